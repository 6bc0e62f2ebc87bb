// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/auditimage.h"
#include "tests/support/images.h"
#include "ui/models/audittexts.h"
#include "ui/models/contractmodel.h"
#include "ui/models/propertiesmodel.h"
#include "ui/models/roles.h"
#include "ui/models/scoremodel.h"
#include "ui/models/skippedmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <algorithm>

using namespace cutaway;

/// The score card, the seven properties, and the rules that were not asked.
class TestAuditModels : public QObject
{
    Q_OBJECT

private slots:
    void headline_data();
    void headline();
    void points_data();
    void points();
    void sumAddsUp();
    void gainsAreSorted();
    void ceilingsLeadToTheirFinding();
    void noGradeNoSum();
    void propertiesLeadToFindings();
    void propertiesJoinQuietRules();
    void skippedRulesSayWhy();
    void contractFindsFields();

private:
    using Tester = QAbstractItemModelTester;
    static constexpr auto kReport = Tester::FailureReportingMode::QtTest;
};

namespace {

InspectionPtr audited(const char *text)
{
    return std::make_shared<const Inspection>(test::auditOf(std::string_view(text)));
}

constexpr auto kPoorImage = "tag shop:1\nentrypoint /bin/run it\nuser 0\nenv A=1\n"
                            "layer RUN one\nfile bin/run 100 x\n"
                            "layer RUN two\nfile usr/a 90000000 a\n"
                            "layer RUN rm\nfile usr/.wh.a 0 -";

QModelIndex groupOf(const ScoreModel &model, ScoreModel::Part part)
{
    for (int group = 0; group < model.rowCount(); ++group) {
        if (model.part(group) == part) {
            return model.groupIndex(group);
        }
    }
    return {};
}

QString rowText(const QAbstractItemModel &model, int row, const QModelIndex &parent = {})
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(parent); ++column) {
        cells << model.index(row, column, parent).data().toString();
    }
    return cells.join(QLatin1Char('|'));
}

double raw(const QModelIndex &index)
{
    return index.siblingAtColumn(ScoreModel::PointsColumn).data(role::Sort).toDouble();
}

} // namespace

void TestAuditModels::headline_data()
{
    QTest::addColumn<Score>("score");
    QTest::addColumn<QString>("text");
    Score score;
    QTest::newRow("no grade") << score << QStringLiteral("No grade: too few rules could be asked");
    score.isKnown = true;
    score.grade = 'A';
    score.value = 96.25;
    QTest::newRow("as the sum says") << score << QStringLiteral("A — score 96.3 of 100");
    score.grade = 'B';
    score.value = 91;
    score.ceilings = {{.grade = 'B', .ruleId = "security/root-user"}};
    QTest::newRow("capped") << score
                            << QStringLiteral("B — capped by security/root-user (score 91)");
    score.grade = 'D';
    score.ceilings.push_back({.grade = 'D', .ruleId = "secret/env-var"});
    QTest::newRow("by the lowest ceiling")
        << score << QStringLiteral("D — capped by secret/env-var (score 91)");
}

void TestAuditModels::headline()
{
    QFETCH(Score, score);
    QTEST(gradeHeadline(score), "text");
}

void TestAuditModels::points_data()
{
    QTest::addColumn<double>("points");
    QTest::addColumn<QString>("text");
    QTest::newRow("whole") << 15.0 << QStringLiteral("+15");
    QTest::newRow("a part") << 0.75 << QStringLiteral("+0.8");
    QTest::newRow("none") << 0.0 << QString();
    QTest::newRow("too little to be shown") << 0.04 << QString();
    QTest::newRow("less than none") << -1.0 << QString();
}

void TestAuditModels::points()
{
    QFETCH(double, points);
    QTEST(gainText(points), "text");
}

void TestAuditModels::sumAddsUp()
{
    ScoreModel model;
    const Tester tester(&model, kReport);
    const InspectionPtr inspection = audited(kPoorImage);
    model.setInspection(inspection);
    const QModelIndex sum = groupOf(model, ScoreModel::Part::Sum);
    const int rows = model.rowCount(sum);
    QVERIFY(rows > 4);
    QCOMPARE(rowText(model, 0, sum), QStringLiteral("To begin with||100"));
    double total = 0;
    for (int row = 0; row < rows - 1; ++row) {
        total += raw(model.index(row, 0, sum));
    }
    const QModelIndex last = model.index(rows - 1, 0, sum);
    QCOMPARE(last.data().toString(), QStringLiteral("Score"));
    QVERIFY(std::abs(std::max(total, 0.0) - raw(last)) < 1e-6);
    QVERIFY(std::abs(raw(last) - inspection->score.value) < 1e-9);
}

void TestAuditModels::gainsAreSorted()
{
    ScoreModel model;
    const Tester tester(&model, kReport);
    model.setInspection(audited(kPoorImage));
    const QModelIndex gains = groupOf(model, ScoreModel::Part::Gains);
    QVERIFY(model.rowCount(gains) > 2);
    double before = 1000;
    for (int row = 0; row < model.rowCount(gains); ++row) {
        const QModelIndex index = model.index(row, 0, gains);
        QVERIFY(raw(index) > 0 && raw(index) <= before);
        before = raw(index);
        QVERIFY(model.finding(index) != nullptr);
        QCOMPARE(index.data(role::Finding).toString(),
                 QString::fromStdString(model.finding(index)->fingerprint));
    }
}

void TestAuditModels::ceilingsLeadToTheirFinding()
{
    ScoreModel model;
    const Tester tester(&model, kReport);
    auto inspection = std::make_shared<Inspection>();
    Finding finding;
    finding.ruleId = "security/root-user";
    finding.severity = Severity::High;
    finding.fingerprint = "r";
    inspection->findings = {finding};
    inspection->score.isKnown = true;
    inspection->score.grade = 'B';
    inspection->score.value = 91;
    inspection->score.ceilings = {{.grade = 'B', .ruleId = "security/root-user"}};
    model.setInspection(inspection);
    const QModelIndex ceilings = groupOf(model, ScoreModel::Part::Ceilings);
    QCOMPARE(model.rowCount(ceilings), 1);
    const QModelIndex row = model.index(0, 0, ceilings);
    QCOMPARE(row.data(role::Finding).toString(), QStringLiteral("r"));
    QCOMPARE(row.siblingAtColumn(ScoreModel::PointsColumn).data().toString(),
             QStringLiteral("at most B"));
    QVERIFY(!groupOf(model, ScoreModel::Part::Gains).data(role::Suffix).toString().isEmpty());
}

void TestAuditModels::noGradeNoSum()
{
    ScoreModel model;
    const Tester tester(&model, kReport);
    model.setInspection(std::make_shared<const Inspection>());
    QVERIFY(!groupOf(model, ScoreModel::Part::Sum).isValid());
    QVERIFY(groupOf(model, ScoreModel::Part::Gains).isValid());
    model.setInspection(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestAuditModels::propertiesLeadToFindings()
{
    PropertiesModel model;
    const Tester tester(&model, kReport);
    model.setInspection(audited(kPoorImage));
    QCOMPARE(model.rowCount(), 7);
    QCOMPARE(model.verdict(2), Verdict::Remarks); // descriptive: labels are missing
    const QModelIndex descriptive = model.groupIndex(2);
    QCOMPARE(descriptive.data().toString(), QStringLiteral("Descriptive"));
    const QModelIndex first = model.index(0, 0, descriptive);
    QVERIFY(model.finding(first) != nullptr); // what was found comes first
    QVERIFY(model.rule(first) != nullptr);
    QCOMPARE(first.data(role::Finding).toString(),
             QString::fromStdString(model.finding(first)->fingerprint));
    QVERIFY(!model.explanation(first).isEmpty());
    QVERIFY(!model.explanation(descriptive).isEmpty());
    QVERIFY(model.rule(descriptive) == nullptr);
    // A practice that no rule can tell of says what to do instead.
    const QModelIndex process = model.groupIndex(0);
    const QModelIndex last = model.index(model.rowCount(process) - 1, 0, process);
    QCOMPARE(last.siblingAtColumn(PropertiesModel::StateColumn).data().toString(),
             QStringLiteral("No rule can tell"));
    QVERIFY(model.explanation(last).contains(QLatin1String("run")));
    QCOMPARE(model.count(Verdict::Kept) + model.count(Verdict::Remarks)
                 + model.count(Verdict::Broken) + model.count(Verdict::Unknown),
             7);
}

void TestAuditModels::propertiesJoinQuietRules()
{
    PropertiesModel model;
    const Tester tester(&model, kReport);
    model.setInspection(audited(kPoorImage));
    const QModelIndex small = model.groupIndex(6);
    QStringList rows;
    for (int row = 0; row < model.rowCount(small); ++row) {
        rows << rowText(model, row, small);
    }
    const QString text = rows.join(QLatin1Char('\n'));
    QVERIFY2(text.contains(QLatin1String("other rules|Kept|No caches")), qPrintable(text));
    QVERIFY2(rows.size() < 20, qPrintable(text));
}

void TestAuditModels::skippedRulesSayWhy()
{
    SkippedModel model;
    const Tester tester(&model, kReport);
    auto inspection = std::make_shared<Inspection>();
    inspection->skipped = {{.ruleId = "supply/no-attestation", .reason = "no <index>"},
                           {.ruleId = "none/such", .reason = "gone"}};
    model.setInspection(inspection);
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(rowText(model, 0).startsWith(QLatin1String("supply/no-attestation|")));
    QVERIFY(rowText(model, 0).endsWith(QLatin1String("|no <index>")));
    QVERIFY(model.rule(0) != nullptr);
    QVERIFY(model.rule(1) == nullptr);
    QCOMPARE(model.reason(1), QStringLiteral("gone"));
    model.setInspection(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestAuditModels::contractFindsFields()
{
    Image image = test::imageOf({"file a 1 x"});
    image.config.env = {"PATH=/bin", "TZ=UTC"};
    image.config.user = "app";
    ContractModel model;
    model.setImage(std::make_shared<const Image>(std::move(image)));
    const auto value = [&model](const char *field) {
        return model.find(QLatin1String(field))
            .siblingAtColumn(ContractModel::ValueColumn)
            .data()
            .toString();
    };
    QCOMPARE(value("config.User"), QStringLiteral("app"));
    QCOMPARE(value("config.Env"), QStringLiteral("2"));
    QCOMPARE(value("config.Env.TZ"), QStringLiteral("UTC"));
    QCOMPARE(value("config.Env.NONE"), QStringLiteral("2"));
    QVERIFY(!model.find({}).isValid());
    QVERIFY(!model.find(QStringLiteral("none")).isValid());
}

QTEST_MAIN(TestAuditModels)
#include "tst_auditmodels.moc"
