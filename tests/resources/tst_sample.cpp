// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/inspect.h"
#include "core/tree/view.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <numeric>

using namespace cutaway;

namespace {

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The built-in sample keeps what the welcome page and the lessons promise.
class TestSample : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void isSmallAndTheSameAtEveryBuild();
    void readsWithoutANote();
    void statesItsContract();
    void historyNamesEachLayer();
    void wastesByEveryCause_data();
    void wastesByEveryCause();
    void everyByteIsVisibleOrShadowed();
    void deletedSecretIsStillShipped();
    void aptListsAreLeftBehind();
    void sameLogoTwice();
    void auditFindsWhatWasPutThere();
    void skopeoReadsTheSame();

private:
    const Image &image() const { return *m_inspected.inspection->image; }
    const Analysis &analysis() const { return m_inspected.inspection->analysis; }

    Inspected m_inspected;
};

void TestSample::initTestCase()
{
    const auto reference = parseReference(CUTAWAY_SAMPLE);
    QVERIFY(reference);
    Monitor monitor;
    auto inspected = inspect(*reference, {}, monitor);
    QVERIFY2(inspected, inspected ? "" : inspected.error().error.message.c_str());
    m_inspected = *std::move(inspected);
}

void TestSample::isSmallAndTheSameAtEveryBuild()
{
    const QByteArray bytes = readAll(QStringLiteral(CUTAWAY_SAMPLE));
    QVERIFY(bytes.size() > 100'000);
    QVERIFY(bytes.size() < 1'000'000);

    const QTemporaryDir folder;
    const QString again = folder.filePath(QStringLiteral("again.tar"));
    QCOMPARE(QProcess::execute(QStringLiteral(CUTAWAY_MAKESAMPLE), {again}), 0);
    QVERIFY(bytes == readAll(again));
}

void TestSample::readsWithoutANote()
{
    QCOMPARE(image().sourceName, std::string("docker-archive"));
    QCOMPARE(image().notes.list().size(), 0U);
    QVERIFY(image().complete);
    QCOMPARE(image().layers.size(), 9U);
    for (const Layer &layer : image().layers) {
        QVERIFY(layer.isRead());
        QCOMPARE(layer.verified, std::optional(true)); // so the diff IDs are right
    }
}

void TestSample::statesItsContract()
{
    const ImageConfig &config = image().config;
    QCOMPARE(config.exposedPorts, (std::vector<std::string>{"8080/tcp", "8443/tcp"}));
    QCOMPARE(config.volumes, std::vector<std::string>{"/var/lib/shop"});
    QCOMPARE(config.user, std::string("shop"));
    QCOMPARE(config.workingDir, std::string("/srv/shop"));
    QCOMPARE(config.stopSignal, std::string("SIGINT"));
    QCOMPARE(config.entrypoint.value_or(std::vector<std::string>{}).size(), 1U);
    QCOMPARE(config.cmd.value_or(std::vector<std::string>{}).size(), 2U);
    QVERIFY(config.healthcheck.has_value());
    QCOMPARE(config.healthcheck->test.front(), std::string("CMD"));
    QVERIFY(config.labels.contains("org.opencontainers.image.title"));
    QVERIFY(config.labels.contains("org.opencontainers.image.version"));
    QCOMPARE(image().tags, std::vector<std::string>{"cutaway-sample:1.4.2"});
}

void TestSample::historyNamesEachLayer()
{
    QVERIFY(image().historyAligned);
    const auto &history = image().config.history;
    const auto stepOf = [&history](std::uint32_t layer) {
        const auto entry = std::ranges::find(history, std::optional(layer), &HistoryEntry::layer);
        return entry == history.end() ? std::string() : normaliseHistory(*entry).text();
    };
    QVERIFY(stepOf(0).starts_with("ADD "));
    QVERIFY(stepOf(1).starts_with("RUN apt-get update"));
    QVERIFY(stepOf(4).starts_with("RUN chmod 0755"));
    QVERIFY(stepOf(7).starts_with("RUN rm -rf .env"));
    QVERIFY(std::ranges::count(history, true, &HistoryEntry::emptyLayer) >= 10);
}

void TestSample::wastesByEveryCause_data()
{
    QTest::addColumn<int>("cause");
    QTest::addColumn<quint64>("atLeast");
    QTest::addColumn<quint64>("atMost");

    const auto row = [](const char *name, Cause cause, quint64 atLeast, quint64 atMost) {
        QTest::newRow(name) << static_cast<int>(cause) << atLeast << atMost;
    };
    row("the chmod copies the program", Cause::MetadataCopy, 80'000, 80'000);
    row("package list, users and groups are rewritten", Cause::Rewritten, 500, 5'000);
    row("a folder becomes a link", Cause::TypeChange, 9'000, 9'000);
    row("the secret, the key and a note are deleted", Cause::DeletedFile, 1'000, 5'000);
    row("the fixtures are deleted", Cause::DeletedDirectory, 72'000, 73'000);
    row("the cache is emptied", Cause::Opaque, 30'000, 30'000);
    row("nothing is named twice in a layer", Cause::DuplicateEntry, 0, 0);
}

void TestSample::wastesByEveryCause()
{
    QFETCH(int, cause);
    QFETCH(quint64, atLeast);
    QFETCH(quint64, atMost);
    const quint64 bytes = analysis().shadowedBy.at(static_cast<std::size_t>(cause));
    QVERIFY2(bytes >= atLeast && bytes <= atMost, qPrintable(QString::number(bytes)));
}

void TestSample::everyByteIsVisibleOrShadowed()
{
    const Analysis &numbers = analysis();
    QCOMPARE(
        std::accumulate(numbers.shadowedBy.begin(), numbers.shadowedBy.end(), std::uint64_t(0)),
        numbers.shadowedBytes);
    QCOMPARE(numbers.visibleBytes + numbers.shadowedBytes, numbers.fileBytes);
    QVERIFY(numbers.efficiency > 0.5);
    QVERIFY(numbers.efficiency < 0.8);
}

void TestSample::deletedSecretIsStillShipped()
{
    const PathTree &tree = *image().tree;
    for (const char *path : {"/srv/shop/.env", "/srv/shop/deploy_key.pem"}) {
        const NodeId node = tree.find(path);
        QVERIFY(node != kNone);
        QCOMPARE(tree.finalEntry(node), kNone);
        const EntryId entry = tree.entryOf(node, 5);
        QVERIFY(entry != kNone);
        QVERIFY(tree.entry(entry).size > 0);
        QCOMPARE(tree.byteFate(entry).cause, Cause::DeletedFile);
        QCOMPARE(tree.byteFate(entry).hiddenBy, LayerIndex(7));
    }
}

void TestSample::aptListsAreLeftBehind()
{
    const PathTree &tree = *image().tree;
    const NodeId lists = tree.find("/var/lib/apt/lists");
    QVERIFY(lists != kNone);
    const TreeView view(image().tree, {.kind = ViewSpec::Kind::Final});
    QVERIFY(view.bytes(lists) > 70'000);
}

void TestSample::sameLogoTwice()
{
    QCOMPARE(analysis().duplicates.size(), 1U);
    QCOMPARE(analysis().duplicates.front().copies.size(), 2U);
    QCOMPARE(analysis().duplicatedBytes, std::uint64_t(12'000));
}

/// Above info, in the families whose rules the sample was made to break or to keep; what is cached,
/// copied or secret shows elsewhere.
void TestSample::auditFindsWhatWasPutThere()
{
    const Inspection &inspection = *m_inspected.inspection;
    static constexpr std::array kFamilies = {
        "layer/", "security/", "process/", "contract/", "metadata/", "supply/", "repro/", "style/"};
    QStringList rules;
    for (const Finding &finding : inspection.findings) {
        const bool isMeant = std::ranges::any_of(
            kFamilies, [&](const char *family) { return finding.ruleId.starts_with(family); });
        if (isMeant && finding.severity > Severity::Info) {
            rules << QString::fromStdString(finding.ruleId);
        }
    }
    rules.removeDuplicates();
    rules.sort();
    QCOMPARE(rules.join(QLatin1Char('\n')),
             QStringLiteral("contract/no-usage-doc\n"
                            "layer/deleted-later\n"
                            "layer/metadata-copy\n"
                            "metadata/missing-provenance-label\n"
                            "metadata/missing-repository-label\n"
                            "metadata/missing-vendor-label\n"
                            "metadata/missing-website-label\n"
                            "supply/stale-image"));
    QVERIFY(std::ranges::find(inspection.findings, "cache/apt-lists", &Finding::ruleId)
            != inspection.findings.end());
    QVERIFY(inspection.score.isKnown);
    QVERIFY2(inspection.score.grade >= 'D', qPrintable(QString::number(inspection.score.value)));
}

void TestSample::skopeoReadsTheSame()
{
    const QString skopeo = QStandardPaths::findExecutable(QStringLiteral("skopeo"));
    if (skopeo.isEmpty()) {
        QSKIP("skopeo is not installed");
    }
    QProcess process;
    process.start(skopeo,
                  {QStringLiteral("inspect"),
                   QStringLiteral("--config"),
                   QStringLiteral("docker-archive:" CUTAWAY_SAMPLE)});
    QVERIFY(process.waitForFinished());
    const QJsonObject config = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    const QJsonArray diffIds =
        config.value(QLatin1String("rootfs")).toObject().value(QLatin1String("diff_ids")).toArray();
    QCOMPARE(static_cast<std::size_t>(diffIds.size()), image().layers.size());
    for (qsizetype i = 0; i < diffIds.size(); ++i) {
        QCOMPARE(diffIds.at(i).toString().toStdString(),
                 image().layers.at(static_cast<std::size_t>(i)).diffId.text());
    }
}

QTEST_GUILESS_MAIN(TestSample)

#include "tst_sample.moc"
