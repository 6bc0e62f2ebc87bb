// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/score.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace cutaway;

namespace {

Finding finding(const char *rule, Severity severity, Confidence confidence = Confidence::Certain)
{
    Finding made;
    made.ruleId = rule;
    made.severity = severity;
    made.confidence = confidence;
    made.origin = Origin::App;
    return made;
}

Finding bytes(std::uint64_t count, Origin origin = Origin::App)
{
    Finding made = finding("cache/apt-lists", Severity::Info);
    made.bytes = count;
    made.origin = origin;
    return made;
}

constexpr std::uint64_t kImage = 1000;

QString scoreText(std::vector<Finding> findings)
{
    const Score score = scoreOf(findings, kImage, 10, 0);
    return QStringLiteral("%1 %2").arg(score.value).arg(QString::fromStdString(gradeName(score)));
}

} // namespace
Q_DECLARE_METATYPE(std::vector<Finding>)

class ScoreTest : public QObject
{
    Q_OBJECT

private slots:
    void sums_data()
    {
        QTest::addColumn<std::vector<Finding>>("findings");
        QTest::addColumn<QString>("expected");
        const auto row =
            [](const char *name, const std::vector<Finding> &findings, const char *expected) {
                QTest::newRow(name) << findings << QString::fromUtf8(expected);
            };
        const Finding root = finding("security/root-user", Severity::High);
        row("nothing", {}, "100 A");
        row("info is free", {finding("layer/empty", Severity::Info)}, "100 A");
        row("root costs 15, and no better than B", {root}, "85 B");
        row("likely",
            {finding("process/shell-form", Severity::Medium, Confidence::Likely)},
            "96 A");
        row("heuristic", {finding("process/x", Severity::High, Confidence::Heuristic)}, "92.5 A");
        row("a percent of the bytes is a point", {bytes(90)}, "91 A");
        row("of the base a quarter", {bytes(200, Origin::Base)}, "95 A");
        row("bytes cost 25 at most", {bytes(900)}, "75 C");
        row("a second finding of one rule costs a tenth", {root, root}, "83.5 B");
        row("many of one rule cost half as much again", std::vector<Finding>(20, root), "77.5 C");
        row("a family has its limit",
            {finding("contract/a", Severity::High), finding("contract/b", Severity::Medium)},
            "88 B");
        row("one critical fact is no better than D",
            {finding("secret/x", Severity::Critical)},
            "60 D");
        row("the worked example",
            {root,
             bytes(90),
             finding("metadata/a", Severity::Low),
             finding("metadata/b", Severity::Low),
             finding("metadata/c", Severity::Low),
             finding("metadata/d", Severity::Low),
             finding("metadata/e", Severity::Low),
             finding("process/no-healthcheck", Severity::Low),
             finding("supply/no-attestation", Severity::Low)},
            "69 C");
    }
    void sums()
    {
        QFETCH(std::vector<Finding>, findings);
        QTEST(scoreText(std::move(findings)), "expected");
    }

    void pointsAreWhatMendingGains()
    {
        std::vector<Finding> findings = {finding("security/root-user", Severity::High),
                                         finding("contract/a", Severity::High),
                                         finding("contract/b", Severity::Medium),
                                         finding("process/a", Severity::Medium),
                                         finding("process/a", Severity::Low),
                                         bytes(200),
                                         bytes(100)};
        const double before = scoreOf(findings, kImage, 10, 0).value;
        const std::vector<Finding> all = findings;
        for (std::size_t i = 0; i < all.size(); ++i) {
            std::vector<Finding> rest = all;
            rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
            const double after = scoreOf(rest, kImage, 10, 0).value;
            QVERIFY(std::abs(after - before - findings[i].points) < 1e-9);
        }
    }

    void penaltiesAddUp()
    {
        std::vector<Finding> findings = {finding("contract/a", Severity::High),
                                         finding("contract/b", Severity::Medium),
                                         bytes(900)};
        const Score score = scoreOf(findings, kImage, 10, 0);
        double sum = 100;
        for (const Score::Penalty &penalty : score.penalties) {
            sum -= penalty.points;
        }
        QVERIFY(std::abs(sum - score.value) < 1e-9);
        QCOMPARE(score.penalties.front().what, std::string("bytes"));
        QVERIFY(score.penalties.back().points < 0); // what the family's limit gives back
    }

    void noScoreIsBelowNothing()
    {
        std::vector<Finding> findings = {finding("secret/a", Severity::Critical),
                                         finding("security/b", Severity::Critical),
                                         finding("process/c", Severity::Critical)};
        const Score score = scoreOf(findings, kImage, 10, 0);
        QCOMPARE(score.value, 0.0);
        double sum = 100;
        for (const Score::Penalty &penalty : score.penalties) {
            sum -= penalty.points;
        }
        QVERIFY(std::abs(sum) < 1e-9);
        QCOMPARE(score.penalties.back().what, std::string("limit"));
    }

    void gainsAreOfWholeRules()
    {
        std::vector<Finding> findings = {finding("process/a", Severity::Medium),
                                         finding("process/a", Severity::Medium),
                                         finding("process/b", Severity::Low),
                                         finding("process/c", Severity::Info),
                                         bytes(100)};
        const Score score = scoreOf(findings, kImage, 10, 0);
        const double least = score.value;
        for (const Score::Gain &gain : score.gains) {
            std::vector<Finding> rest = findings;
            std::erase_if(rest, [&](const Finding &one) { return one.ruleId == gain.ruleId; });
            QVERIFY(std::abs(scoreOf(rest, kImage, 10, 0).value - least - gain.points) < 1e-9);
        }
        QCOMPARE(score.gains.size(), std::size_t{3}); // info gains nothing
        QVERIFY(std::ranges::is_sorted(score.gains, std::ranges::greater(), &Score::Gain::points));
    }

    void ceilings()
    {
        std::vector<Finding> findings = {finding("security/root-user", Severity::High)};
        findings.front().confidence = Confidence::Likely;
        QCOMPARE(scoreOf(findings, kImage, 10, 0).ceilings.size(), std::size_t{0});
        findings.front().confidence = Confidence::Certain;
        findings.front().origin = Origin::Base;
        const Score base = scoreOf(findings, kImage, 10, 0);
        QCOMPARE(base.grade, 'A');
        QVERIFY(base.ceilings.empty());
    }

    void unknown()
    {
        std::vector<Finding> none;
        QCOMPARE(gradeName(scoreOf(none, kImage, 4, 5)), std::string("N/A"));
        QCOMPARE(gradeName(scoreOf(none, kImage, 5, 5)), std::string("A"));
        QCOMPARE(gradeName(scoreOf(none, 0, 0, 0)), std::string("N/A"));
    }
};

QTEST_GUILESS_MAIN(ScoreTest)
#include "tst_score.moc"
