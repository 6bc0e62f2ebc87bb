// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/properties.h"
#include "core/audit/snippets.h"

#include <QTest>

#include <algorithm>
#include <ranges>
#include <set>

using namespace cutaway;

/// The seven properties of a module container, and the lines that mend what rules find.
class TestProperties : public QObject
{
    Q_OBJECT

private slots:
    void everyRuleNamedExists();
    void verdicts_data();
    void verdicts();
    void whatNoRuleCanTell();
    void suppressedFindingsDoNotCount();
    void snippetsBelongToRules();
};

namespace {

const PropertyVerdict &verdictOf(const std::vector<PropertyVerdict> &verdicts, std::string_view id)
{
    const auto found = std::ranges::find_if(
        verdicts, [id](const PropertyVerdict &verdict) { return verdict.property->id == id; });
    if (found == verdicts.end()) {
        qFatal("no such property");
    }
    return *found;
}

const RuleVerdict &ruleIn(const PropertyVerdict &verdict, std::string_view id)
{
    for (const PracticeVerdict &practice : verdict.practices) {
        for (const RuleVerdict &rule : practice.rules) {
            if (rule.rule->id == id) {
                return rule;
            }
        }
    }
    qFatal("no such rule");
}

Finding findingOf(std::string rule, Severity severity)
{
    Finding finding;
    finding.ruleId = std::move(rule);
    finding.severity = severity;
    return finding;
}

} // namespace

void TestProperties::everyRuleNamedExists()
{
    QCOMPARE(moduleProperties().size(), 7U);
    std::set<std::string_view> ids;
    for (const ModuleProperty &property : moduleProperties()) {
        QVERIFY(ids.insert(property.id).second);
        QVERIFY(!property.practices.empty());
        for (const Practice &practice : property.practices) {
            const std::string_view rules = practice.rules;
            QVERIFY2(rules.empty() != std::string_view(practice.remark).empty(), practice.title);
            for (auto &&part : std::views::split(rules, ' ')) {
                const std::string word(part.begin(), part.end());
                const Practice one{practice.title, word.c_str()};
                QVERIFY2(word.empty() || !rulesOf(one).empty(), word.c_str());
            }
        }
    }
}

void TestProperties::verdicts_data()
{
    QTest::addColumn<int>("severity");
    QTest::addColumn<QByteArray>("verdict");
    QTest::newRow("nothing found") << -1 << QByteArray("kept");
    QTest::newRow("a fact") << int(Severity::Info) << QByteArray("kept");
    QTest::newRow("low") << int(Severity::Low) << QByteArray("remarks");
    QTest::newRow("medium") << int(Severity::Medium) << QByteArray("broken");
    QTest::newRow("critical") << int(Severity::Critical) << QByteArray("broken");
}

void TestProperties::verdicts()
{
    QFETCH(int, severity);
    QFETCH(QByteArray, verdict);
    Inspection inspection;
    if (severity >= 0) {
        inspection.findings.push_back(
            findingOf("process/logs-to-file", static_cast<Severity>(severity)));
    }
    const std::vector<PropertyVerdict> verdicts = propertiesOf(inspection);
    const PropertyVerdict &process = verdictOf(verdicts, "process");
    QCOMPARE(QByteArray::fromStdString(std::string(verdictName(process.verdict))), verdict);
    QCOMPARE(ruleIn(process, "process/logs-to-file").findings.size(), severity < 0 ? 0U : 1U);
    QCOMPARE(verdictOf(verdicts, "descriptive").verdict, Verdict::Kept);
}

void TestProperties::whatNoRuleCanTell()
{
    Inspection inspection;
    for (const Rule &rule : allRules()) {
        if (rule.family() != "process" && rule.family() != "cache") {
            inspection.skipped.push_back({.ruleId = rule.id, .reason = "no configuration"});
        }
    }
    const std::vector<PropertyVerdict> verdicts = propertiesOf(inspection);
    const PropertyVerdict &descriptive = verdictOf(verdicts, "descriptive");
    QCOMPARE(descriptive.verdict, Verdict::Unknown);
    QCOMPARE(ruleIn(descriptive, "metadata/label-json").reason, std::string("no configuration"));
    // One rule that could be asked is enough to say something.
    QCOMPARE(verdictOf(verdicts, "small").verdict, Verdict::Kept);
    const PropertyVerdict &process = verdictOf(verdicts, "process");
    QCOMPARE(process.practices.back().verdict, Verdict::Unknown);
    QCOMPARE(process.verdict, Verdict::Kept);
}

void TestProperties::suppressedFindingsDoNotCount()
{
    Inspection inspection;
    inspection.findings.push_back(findingOf("process/logs-to-file", Severity::High));
    inspection.findings.back().suppressed = Suppression{"known", {}, {}, {}};
    const std::vector<PropertyVerdict> verdicts = propertiesOf(inspection);
    QCOMPARE(verdictOf(verdicts, "process").verdict, Verdict::Kept);
}

void TestProperties::snippetsBelongToRules()
{
    QVERIFY(fixSnippets().size() > 50);
    for (const Snippet &snippet : fixSnippets()) {
        const std::string rule(snippet.rule);
        QVERIFY2(findRule(rule) != nullptr, rule.c_str());
        QVERIFY2(!snippet.lines.empty() && !snippet.lines.ends_with('\n'), rule.c_str());
    }
    QVERIFY(fixSnippet("security/root-user").contains("USER 10001"));
    QVERIFY(fixSnippet("none/such").empty());
    QVERIFY(fixSnippet("").empty());
}

QTEST_APPLESS_MAIN(TestProperties)
#include "tst_properties.moc"
