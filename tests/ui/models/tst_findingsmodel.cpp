// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/images.h"
#include "ui/models/audittexts.h"
#include "ui/models/explanation.h"
#include "ui/models/findingsmodel.h"
#include "ui/models/roles.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QPalette>
#include <QTest>

using namespace cutaway;

/// What the Findings panel shows, in which order, and what there is to read of it.
class TestFindingsModel : public QObject
{
    Q_OBJECT

private slots:
    void linesAndTheirFacts();
    void filters_data();
    void filters();
    void groups_data();
    void groups();
    void sorts();
    void suppressedOnesAreMarked();
    void countsFollowWhatIsShown();
    void textOfImagesIsEscaped();
    void explanationSaysAll();
    void manyRowsStayQuick();

private:
    using Tester = QAbstractItemModelTester;
    static constexpr auto kReport = Tester::FailureReportingMode::QtTest;
};

namespace {

using Query = FindingsQuery;

Finding findingOf(const char *rule, Severity severity, const char *summary, const char *fingerprint)
{
    Finding finding;
    finding.ruleId = rule;
    finding.severity = severity;
    finding.summary = summary;
    finding.fingerprint = fingerprint;
    finding.origin = Origin::App;
    return finding;
}

InspectionPtr inspectionOf(std::vector<Finding> findings)
{
    Image image = test::imageOf({"file usr/a 1000 x", "file usr/b 7 y"}, {"ADD . /", "RUN b"});
    image.notes.add(
        {.code = "diff-id-mismatch", .message = "Layer 1 is not what it says.", .layer = 1});
    auto inspection = std::make_shared<Inspection>();
    inspection->image = std::make_shared<const Image>(std::move(image));
    inspection->findings = std::move(findings);
    return inspection;
}

InspectionPtr sample()
{
    Finding copied =
        findingOf("layer/metadata-copy", Severity::High, "1 kB is copied <b>again</b>.", "f1");
    copied.evidence = {{.text = "all of it", .layer = 0},
                       {.layer = 1, .path = "/usr/a", .bytes = 1000},
                       {.text = "RUN chmod", .layer = 1, .step = 1}};
    copied.bytes = 1000;
    copied.state = State::Overwritten;
    Finding root = findingOf("security/root-user", Severity::High, "It runs as root.", "f2");
    root.evidence = {{.text = "not set", .field = "config.User"}};
    root.points = 15;
    Finding shell = findingOf("process/shell-form", Severity::Low, "A shell is in between.", "f3");
    shell.origin = Origin::Base;
    shell.points = 1;
    Finding known = findingOf("security/sudo", Severity::Medium, "sudo is there.", "f4");
    known.layer = 1;
    known.suppressed = Suppression{.reason = "needed by <i>setup</i>",
                                   .until = "2099-01-01",
                                   .owner = "ops",
                                   .source = "p.yaml"};
    return inspectionOf({copied, root, shell, known});
}

QString column(const FindingsModel &model, FindingsColumn column, const QModelIndex &parent = {})
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        lines << model.index(row, static_cast<int>(column), parent).data().toString();
    }
    return lines.join(QLatin1Char('|'));
}

QString rules(const FindingsModel &model, const QModelIndex &parent = {})
{
    return column(model, FindingsColumn::Rule, parent);
}

} // namespace

void TestFindingsModel::linesAndTheirFacts()
{
    FindingsModel model;
    const Tester tester(&model, kReport);
    model.setInspection(sample());
    QCOMPARE(rules(model),
             QStringLiteral(
                 "layer/metadata-copy|security/root-user|process/shell-form|diff-id-mismatch"));
    const QModelIndex copied = model.find(QStringLiteral("f1"));
    QCOMPARE(copied.row(), 0);
    QCOMPARE(copied.data(role::Path).toByteArray(), QByteArray("/usr/a")); // before what has none
    QCOMPARE(copied.data(role::Layer).toInt(), 1);
    QCOMPARE(copied.data(role::Finding).toString(), QStringLiteral("f1"));
    QCOMPARE(column(model, FindingsColumn::Where, copied),
             QStringLiteral("Layer 0|/usr/a|Build step 2"));
    QCOMPARE(column(model, FindingsColumn::Severity, copied),
             QStringLiteral("Layer|File|Build step"));
    const QModelIndex fact = model.evidenceIndex(copied, 1);
    QCOMPARE(model.evidence(fact)->bytes, 1000U);
    QCOMPARE(model.finding(fact)->fingerprint, std::string("f1"));
    QCOMPARE(fact.parent(), copied);
    QCOMPARE(model.level(fact), FindingsModel::Level::Evidence);
    QVERIFY(!model.find(QStringLiteral("f4")).isValid()); // suppressed
    QVERIFY(!model.find({}).isValid());
    const QModelIndex note = model.index(3, 0);
    QVERIFY(model.finding(note) == nullptr);
    QCOMPARE(model.item(note)->layer, 1);
    QCOMPARE(model.rowCount(note), 0);
    model.setInspection(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestFindingsModel::filters_data()
{
    QTest::addColumn<FindingsQuery>("query");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const Query &query, const char *shown) {
        QTest::newRow(name) << query << QString::fromLatin1(shown);
    };
    row("one severity", {.severities = 1U << 3}, "layer/metadata-copy|security/root-user");
    row("notes alone", {.severities = Query::kNotes}, "diff-id-mismatch");
    row("nothing", {.severities = 0}, "");
    row("family", {.family = QStringLiteral("security")}, "security/root-user");
    row("family with suppressed",
        {.family = QStringLiteral("security"), .withSuppressed = true},
        "security/root-user|security/sudo");
    row("origin", {.origin = Origin::Base}, "process/shell-form");
    row("state", {.state = State::Overwritten}, "layer/metadata-copy");
    row("layer", {.layer = 1}, "layer/metadata-copy|diff-id-mismatch");
    row("no layer", {.layer = -1}, "security/root-user|process/shell-form");
    row("a word in any case", {.words = {QStringLiteral("ROOT")}}, "security/root-user");
    row("every word",
        {.words = {QStringLiteral("high"), QStringLiteral("runs")}},
        "security/root-user");
    row("a word of what it rests on", {.words = {QStringLiteral("chmod")}}, "layer/metadata-copy");
    row("no such word", {.words = {QStringLiteral("zzz")}}, "");
    row("all at once", {.severities = 1U << 3, .family = QStringLiteral("layer"), .layer = 0}, "");
}

void TestFindingsModel::filters()
{
    QFETCH(FindingsQuery, query);
    QFETCH(QString, shown);
    FindingsModel model;
    const Tester tester(&model, kReport);
    model.setInspection(sample());
    model.setQuery(query);
    QCOMPARE(rules(model), shown);
}

void TestFindingsModel::groups_data()
{
    QTest::addColumn<int>("grouping");
    QTest::addColumn<QString>("titles");
    QTest::addColumn<QString>("first");
    const auto row =
        [](const char *name, Query::Grouping by, const char *titles, const char *first) {
            QTest::newRow(name) << static_cast<int>(by) << QString::fromUtf8(titles)
                                << QString::fromLatin1(first);
        };
    row("severity",
        Query::Grouping::Severity,
        "High|Low|Notes on reading the image",
        "layer/metadata-copy|security/root-user");
    row("family",
        Query::Grouping::Family,
        "Layers|Security|Process|Notes on reading the image",
        "layer/metadata-copy");
    row("layer",
        Query::Grouping::Layer,
        "The image as a whole|Layer 1",
        "security/root-user|process/shell-form");
    row("rule",
        Query::Grouping::Rule,
        "Files copied only to change mode, owner or time|The container runs as root|"
        "A shell stands between the engine and the program|Notes on reading the image",
        "layer/metadata-copy");
}

void TestFindingsModel::groups()
{
    QFETCH(int, grouping);
    QFETCH(QString, titles);
    QFETCH(QString, first);
    FindingsModel model;
    const Tester tester(&model, kReport);
    model.setInspection(sample());
    model.setQuery({.grouping = static_cast<Query::Grouping>(grouping)});
    if (static_cast<Query::Grouping>(grouping) == Query::Grouping::Rule) {
        titles = ruleTitle("layer/metadata-copy") + QLatin1Char('|')
                 + ruleTitle("security/root-user") + QLatin1Char('|')
                 + ruleTitle("process/shell-form") + QStringLiteral("|Notes on reading the image");
    }
    QCOMPARE(column(model, FindingsColumn::Summary), titles);
    const QModelIndex group = model.index(0, 0);
    QCOMPARE(model.level(group), FindingsModel::Level::Group);
    QCOMPARE(rules(model, group), first);
    const QModelIndex copied = model.find(QStringLiteral("f1"));
    QCOMPARE(model.level(copied.parent()), FindingsModel::Level::Group);
    QCOMPARE(model.rowCount(copied), 3);
    QVERIFY(model.finding(group) == nullptr);
    QVERIFY(model.item(group) == nullptr);
}

void TestFindingsModel::sorts()
{
    FindingsModel model;
    const Tester tester(&model, kReport);
    model.setInspection(sample());
    model.sort(static_cast<int>(FindingsColumn::Points), Qt::DescendingOrder);
    QCOMPARE(column(model, FindingsColumn::Points), QStringLiteral("+15|+1||"));
    model.sort(static_cast<int>(FindingsColumn::Rule), Qt::AscendingOrder);
    QVERIFY(rules(model).startsWith(QLatin1String("diff-id")));
    model.sort(static_cast<int>(FindingsColumn::Severity), Qt::AscendingOrder);
    QVERIFY(rules(model).startsWith(QLatin1String("diff-id"))); // not by the word's letters
    QVERIFY(rules(model).endsWith(QLatin1String("security/root-user")));
    model.sort(-1, Qt::AscendingOrder);
    QVERIFY(rules(model).startsWith(QLatin1String("layer/metadata-copy")));
}

void TestFindingsModel::suppressedOnesAreMarked()
{
    FindingsModel model;
    const Tester tester(&model, kReport);
    model.setInspection(sample());
    model.setQuery({.withSuppressed = true});
    const QModelIndex known = model.find(QStringLiteral("f4"));
    QVERIFY(known.isValid());
    const QModelIndex summary = known.siblingAtColumn(static_cast<int>(FindingsColumn::Summary));
    QVERIFY(summary.data(role::Struck).toBool());
    QVERIFY(summary.data(role::Suffix).toString().contains(QLatin1String("needed by")));
    const QString html = findingHtml(*model.finding(known), QPalette());
    for (const char *part : {"needed by &lt;i&gt;", "2099-01-01", "ops", "p.yaml"}) {
        QVERIFY2(html.contains(QLatin1String(part)), part);
    }
    QVERIFY(!model.find(QStringLiteral("f1"))
                 .siblingAtColumn(static_cast<int>(FindingsColumn::Summary))
                 .data(role::Struck)
                 .toBool());
}

void TestFindingsModel::countsFollowWhatIsShown()
{
    FindingsList list;
    list.setInspection(sample());
    QCOMPARE(list.count(static_cast<int>(Severity::High), false), 2);
    QCOMPARE(list.count(static_cast<int>(Severity::Medium), false), 0);
    QCOMPARE(list.count(static_cast<int>(Severity::Medium), true), 1);
    QCOMPARE(list.count(-1, false), 1);
    QCOMPARE(list.suppressedCount(), 1);
    QCOMPARE(list.families().at(QStringLiteral("security")), 2);
    QCOMPARE(list.layers().at(-1), 2);
    QCOMPARE((Query{.family = QStringLiteral("a"), .layer = 1}.narrowings()), 2);
}

void TestFindingsModel::textOfImagesIsEscaped()
{
    FindingsModel model;
    model.setInspection(sample());
    const QModelIndex copied = model.find(QStringLiteral("f1"));
    const QString html = findingHtml(*model.finding(copied), QPalette());
    QVERIFY(!html.contains(QLatin1String("<b>again")));
    QVERIFY(html.contains(QLatin1String("&lt;b&gt;again")));
    QVERIFY(copied.siblingAtColumn(static_cast<int>(FindingsColumn::Summary))
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QLatin1String("&lt;b&gt;")));
    Finding hostile = findingOf("layer/empty", Severity::Low, "\x1b[31m\xe2\x80\xae", "h");
    hostile.evidence = {{.path = "/<img src=x>\n"}};
    const QString text = findingHtml(hostile, QPalette());
    QVERIFY(!text.contains(QLatin1String("<img")));
    QVERIFY(!text.contains(QChar(0x1b)));
    QVERIFY(!text.contains(QChar(0x202e)));
}

void TestFindingsModel::explanationSaysAll()
{
    FindingsModel model;
    model.setInspection(sample());
    const QString html = findingHtml(*model.finding(model.find(QStringLiteral("f2"))), QPalette());
    const Rule *rule = findRule("security/root-user");
    for (const QString &part : {QString::fromUtf8(rule->title).toHtmlEscaped(),
                                QString::fromUtf8(rule->why).toHtmlEscaped(),
                                QString::fromUtf8(rule->fix).toHtmlEscaped(),
                                QString::fromUtf8(rule->detects).toHtmlEscaped(),
                                QString::fromUtf8(rule->guards).toHtmlEscaped(),
                                QStringLiteral("USER 10001:10001"),
                                QStringLiteral("+15 points when mended"),
                                QStringLiteral("evidence:0"),
                                QStringLiteral("CIS-DI-0001"),
                                QStringLiteral("href=\"https://")}) {
        QVERIFY2(html.contains(part), qPrintable(part));
    }
    QVERIFY(noteHtml(*model.item(model.index(3, 0)), QPalette())
                .contains(QLatin1String("Layer 1 is not what it says.")));
    QVERIFY(ruleHtml(*rule, QStringLiteral("Not <asked>"), QPalette())
                .contains(QLatin1String("Not &lt;asked&gt;")));
}

void TestFindingsModel::manyRowsStayQuick()
{
    std::vector<Finding> findings;
    for (int i = 0; i < 20'000; ++i) {
        Finding finding = findingOf("layer/deleted-later", Severity::Low, "Some bytes.", "");
        finding.fingerprint = std::to_string(i);
        finding.evidence = {{.path = "/usr/share/" + std::to_string(i), .bytes = 1}};
        findings.push_back(std::move(finding));
    }
    Finding big = findingOf("layer/deleted-later", Severity::High, "Much.", "big");
    for (int i = 0; i < 20'000; ++i) {
        big.evidence.push_back({.path = "/opt/" + std::to_string(i), .bytes = 1});
    }
    findings.push_back(std::move(big));
    FindingsModel model;
    model.setInspection(inspectionOf(std::move(findings)));
    constexpr qint64 kMost =
        5000; // milliseconds; far above what it takes, also on a loaded machine
    QElapsedTimer clock;
    clock.start();
    model.setQuery({.words = {QStringLiteral("19999")}});
    QCOMPARE(model.rowCount(), 2);
    model.setQuery({.grouping = Query::Grouping::Layer});
    model.sort(static_cast<int>(FindingsColumn::Where), Qt::DescendingOrder);
    QCOMPARE(model.rowCount(model.index(0, 0)), 20'001);
    QCOMPARE(model.rowCount(model.find(QStringLiteral("big"))), 20'000);
    QVERIFY2(clock.elapsed() < kMost, qPrintable(QString::number(clock.elapsed())));
    qInfo("three arrangements of 20,001 findings: %lld ms",
          static_cast<long long>(clock.elapsed()));
}

QTEST_MAIN(TestFindingsModel)
#include "tst_findingsmodel.moc"
