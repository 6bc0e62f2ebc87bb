// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/reveal.h"
#include "core/base/hash.h"
#include "tests/support/tarwriter.h"
#include "ui/jobs/background.h"
#include "ui/jobs/inspectjob.h"
#include "ui/jobs/revealjob.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace cutaway;

namespace {

/// A docker archive of one layer a file; `repeat` makes the layers large.
std::string archiveOf(const std::vector<std::string> &names, std::size_t repeat = 1)
{
    test::TarWriter archive;
    std::string layers;
    std::string diffIds;
    for (const std::string &name : names) {
        test::TarWriter layer;
        layer.file(name, std::string(repeat * 1000, name[0]));
        const std::string tar = layer.finish();
        const std::string member = name + ".tar";
        archive.file(member, tar);
        layers += (layers.empty() ? "\"" : ",\"") + member + "\"";
        diffIds += (diffIds.empty() ? "\"sha256:" : ",\"sha256:") + sha256Hex(tar) + "\"";
    }
    archive.file("config.json",
                 R"({"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[)"
                     + diffIds + "]}}");
    archive.file("manifest.json",
                 R"([{"Config":"config.json","RepoTags":["test:1"],"Layers":[)" + layers + "]}]");
    return archive.finish();
}

} // namespace

class InspectJobTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsAnImage();
    void newestWins();
    void cancelIsInstant();
    void tellsOfTheConfigFirst();
    void refusalIsShown();
    void goesToThePlace();
    void followsThePolicy();
    void endsWhileRunning();
    void backgroundDeliversTheNewestOnly();
    void revealsTheBeginningOfAFile();
    void revealsNothingOfWhatIsNotThere();

private:
    QString write(const char *name, const std::string &bytes);

    QTemporaryDir m_folder;
    QString m_small;
    QString m_large;
};

QString InspectJobTest::write(const char *name, const std::string &bytes)
{
    const QString path = m_folder.filePath(QLatin1String(name));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qint64(bytes.size())) < 0) {
        return {};
    }
    return path;
}

void InspectJobTest::initTestCase()
{
    m_small = write("small.tar", archiveOf({"a", "b"}));
    m_large = write("large.tar", archiveOf({"c", "d"}, 60'000));
    QVERIFY(!m_small.isEmpty());
    QVERIFY(!m_large.isEmpty());
}

void InspectJobTest::readsAnImage()
{
    Document document;
    Selection selection;
    InspectJob job(document, selection);
    const QSignalSpy images(&document, &Document::imageChanged);
    const QSignalSpy layers(&document, &Document::layerRead);
    job.open({.reference = m_small, .image = {}, .platform = {}, .place = {}});
    QCOMPARE(document.state(), Document::State::Loading);
    QTRY_COMPARE(document.state(), Document::State::Ready);
    QVERIFY(!job.isRunning());
    QCOMPARE(images.count(), 2); // early, then full
    QCOMPARE(layers.count(), 2);
    QCOMPARE(document.inspection()->analysis.visibleBytes, 2000U);
    QVERIFY(document.source());
}

void InspectJobTest::newestWins()
{
    Document document;
    Selection selection;
    InspectJob job(document, selection);
    const QSignalSpy inspections(&document, &Document::inspectionChanged);
    job.open({.reference = m_large, .image = {}, .platform = {}, .place = {}});
    job.open({.reference = m_small, .image = {}, .platform = {}, .place = {}});
    QTRY_COMPARE(document.state(), Document::State::Ready);
    QTest::qWait(300);
    QCOMPARE(inspections.count(), 1);
    QCOMPARE(document.reference(), m_small);
    QCOMPARE(document.inspection()->analysis.visibleBytes, 2000U);
}

void InspectJobTest::cancelIsInstant()
{
    Document document;
    Selection selection;
    InspectJob job(document, selection);
    job.open({.reference = m_large, .image = {}, .platform = {}, .place = {}});
    QElapsedTimer timer;
    timer.start();
    job.cancel();
    QVERIFY(timer.elapsed()
            < 1000); // nothing is waited for; a loaded machine may not run us at all
    QCOMPARE(document.state(), Document::State::Failed);
    QCOMPARE(document.error().error.code, ErrorCode::Cancelled);
    QTest::qWait(300);
    QCOMPARE(document.state(), Document::State::Failed); // what the reader still said was dropped
    job.cancel();                                        // nothing to stop
}

/// What the config alone says is there before the layers are, and stays when reading is stopped.
void InspectJobTest::tellsOfTheConfigFirst()
{
    Document document;
    Selection selection;
    InspectJob job(document, selection);
    bool isStopped = false;
    connect(&document, &Document::imageChanged, &document, [&] {
        if (document.image() && !isStopped) {
            isStopped = true; // at once: far from all can be in
            job.cancel();
        }
    });
    job.open({.reference = m_large, .image = {}, .platform = {}, .place = {}});
    QTRY_VERIFY(isStopped);
    QCOMPARE(document.state(), Document::State::Stopped);
    QVERIFY(!job.isRunning());
    QCOMPARE(document.image()->layers.size(), 2U);
    QTRY_VERIFY(document.earlyInspection());
    const std::vector<Finding> &findings = document.earlyInspection()->findings;
    QVERIFY(std::ranges::find(findings, "security/root-user", &Finding::ruleId) != findings.end());
    QVERIFY(!document.inspection());

    job.open({.reference = m_large, .image = {}, .platform = {}, .place = {}});
    QVERIFY(!document.earlyInspection());
    QTRY_COMPARE_WITH_TIMEOUT(document.state(), Document::State::Ready, 60'000);
    QVERIFY(!document.earlyInspection());
    const std::vector<Finding> &all = document.inspection()->findings;
    QVERIFY(std::ranges::find(all, "security/root-user", &Finding::ruleId) != all.end());
}

void InspectJobTest::refusalIsShown()
{
    Document document;
    Selection selection;
    InspectJob job(document, selection);
    job.open({.reference = m_folder.filePath(QStringLiteral("none.tar")),
              .image = {},
              .platform = {},
              .place = {}});
    QTRY_COMPARE(document.state(), Document::State::Failed);
    QVERIFY(!document.error().error.message.empty());
    QVERIFY(document.error().error.code != ErrorCode::Cancelled);
}

void InspectJobTest::goesToThePlace()
{
    Document document;
    Selection selection;
    selection.selectPath("/of/another/image");
    InspectJob job(document, selection);
    Place place;
    place.path = "/b";
    place.layer = LayerIndex{1};
    job.open({.reference = m_small, .image = {}, .platform = {}, .place = place});
    QVERIFY(selection.place() == Place{});
    QTRY_COMPARE(document.state(), Document::State::Ready);
    QVERIFY(selection.place() == place);
    QVERIFY(!selection.canGoBack());
}

void InspectJobTest::followsThePolicy()
{
    const QString policy = write("p.yaml", "ignore: [{rule: security/root-user, reason: known}]\n");
    Document document;
    Selection selection;
    InspectJob job(document, selection);
    job.setPolicySearch({.file = policy.toStdString(), .lookHome = false});
    const auto open = [&] {
        job.open({.reference = m_small, .image = {}, .platform = {}, .place = {}});
        return QTest::qWaitFor([&] { return document.state() == Document::State::Ready; });
    };
    const auto isSuppressed = [&document] {
        const std::vector<Finding> &findings = document.inspection()->findings;
        const auto root = std::ranges::find(findings, "security/root-user", &Finding::ruleId);
        return root != findings.end() && root->suppressed;
    };
    QVERIFY(open());
    QVERIFY(isSuppressed());
    QCOMPARE(document.policyProblem(), QString());
    QCOMPARE(write("p.yaml", "ignroe: []\n"), policy);
    QVERIFY(open()); // an image can be looked at whatever the policy is
    QVERIFY(!isSuppressed());
    QCOMPARE(document.policyProblem(),
             policy
                 + QStringLiteral(":1:1: there is no key 'ignroe' here; did you mean 'ignore'?"));
    document.clear();
    QCOMPARE(document.policyProblem(), QString());
}

void InspectJobTest::endsWhileRunning()
{
    Document document;
    Selection selection;
    QElapsedTimer timer;
    {
        InspectJob job(document, selection);
        job.open({.reference = m_large, .image = {}, .platform = {}, .place = {}});
        QTest::qWait(5);
        timer.start();
    }
    QVERIFY(timer.elapsed() < 10'000); // far less than reading it all, on a loaded machine too
    QTest::qWait(20);
}

void InspectJobTest::backgroundDeliversTheNewestOnly()
{
    Background background;
    std::atomic<int> worked = 0;
    QList<int> delivered;
    for (int i = 0; i < 5; ++i) {
        background.run(
            [&worked, i] {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                ++worked;
                return i;
            },
            [&delivered](int value) { delivered.append(value); });
    }
    QVERIFY(background.isBusy());
    QTRY_COMPARE(delivered, QList<int>{4});
    QTest::qWait(50);
    QCOMPARE(delivered, QList<int>{4});
    QVERIFY(!background.isBusy());
    background.run([] { return 7; }, [&delivered](int value) { delivered.append(value); });
    background.drop();
    QVERIFY(!background.isBusy());
    QTest::qWait(50);
    QCOMPARE(delivered, QList<int>{4});
}

void InspectJobTest::revealsTheBeginningOfAFile()
{
    Document document;
    Selection selection;
    InspectJob job(document, selection);
    RevealJob reveal(document);
    QSignalSpy revealed(&reveal, &RevealJob::revealed);
    const Evidence evidence{.layer = 0, .path = "/c"};
    QVERIFY(!reveal.canReveal(evidence)); // nothing is open
    job.open({.reference = m_large, .image = {}, .platform = {}, .place = {}});
    QTRY_COMPARE(document.state(), Document::State::Ready);
    QVERIFY(reveal.canReveal(evidence));
    reveal.start(evidence);
    QTRY_COMPARE(revealed.count(), 1);
    QCOMPARE(revealed.first().first().toByteArray(), QByteArray(qsizetype{kRevealedBytes}, 'c'));
    reveal.start({.layer = 1, .path = "/d"});
    reveal.drop(); // what is not wanted any more is not told
    QTest::qWait(200);
    QCOMPARE(revealed.count(), 1);
}

void InspectJobTest::revealsNothingOfWhatIsNotThere()
{
    Document document;
    Selection selection;
    InspectJob job(document, selection);
    RevealJob reveal(document);
    const QSignalSpy revealed(&reveal, &RevealJob::revealed);
    const QSignalSpy failed(&reveal, &RevealJob::failed);
    const QString path = write("gone.tar", archiveOf({"e"}, 6000));
    job.open({.reference = path, .image = {}, .platform = {}, .place = {}});
    QTRY_COMPARE(document.state(), Document::State::Ready);
    QVERIFY(!reveal.canReveal({.path = "/none"}));
    reveal.start({.path = "/none"});
    QVERIFY(QFile::resize(path, 100));
    reveal.start({.layer = 0, .path = "/e"});
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!failed.first().first().toString().isEmpty());
    QCOMPARE(revealed.count(), 0);
}

QTEST_MAIN(InspectJobTest)
#include "tst_inspectjob.moc"
