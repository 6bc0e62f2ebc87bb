// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/gate.h"
#include "core/compare/parts.h"
#include "tests/support/auditimage.h"
#include "tests/support/images.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

using Texts = std::vector<std::string>;

InspectionPtr inspectionOf(std::string_view text)
{
    return std::make_shared<const Inspection>(auditOf(text));
}

Comparison comparisonOf(std::string_view before, std::string_view after)
{
    return compare(inspectionOf(before), inspectionOf(after), Monitor()).value();
}

std::string numberOrDash(const auto &number)
{
    return number ? std::to_string(*number) : "-";
}

std::string textOf(const LayerPairs &pairs)
{
    std::string text = std::to_string(pairs.shared) + ':';
    for (const LayerPair &pair : pairs.list) {
        text += ' ' + std::string(kindName(pair.kind)) + ' ' + numberOrDash(pair.before) + '>'
                + numberOrDash(pair.after);
    }
    return text;
}

std::string textOf(const std::vector<SettingDifference> &settings)
{
    std::string text;
    for (const SettingDifference &setting : settings) {
        text += text.empty() ? "" : "; ";
        text += std::string(setting.field) + (setting.name.empty() ? "" : "." + setting.name) + ' ';
        text += setting.before ? shownSetting(setting, setting.before, Secrets::Redacted).text
                               : "(none)";
        text += " > ";
        text +=
            setting.after ? shownSetting(setting, setting.after, Secrets::Redacted).text : "(none)";
    }
    return text;
}

std::string textOf(const std::vector<FindingPair> &findings, std::string_view rules)
{
    std::string text;
    for (const FindingPair &pair : findings) {
        if (pair.any().ruleId.starts_with(rules)) {
            text += (text.empty() ? "" : "; ") + std::string(kindName(pair.kind)) + ' '
                    + pair.any().ruleId + ' ' + std::string(severityName(pair.any().severity));
        }
    }
    return text;
}

std::string textOf(const PackageDifferences &packages)
{
    std::string text = std::to_string(packages.same) + ':';
    for (const PackageDifference &difference : packages.list) {
        text += ' ' + std::string(kindName(difference.kind)) + ' ' + difference.any().record.name;
        text += difference.before == nullptr ? "" : ' ' + difference.before->record.version;
        text += difference.after == nullptr ? "" : '>' + difference.after->record.version;
    }
    return text;
}

/// A layer with dpkg's database: "a=1 b=2".
std::string dpkg(const Texts &packages)
{
    std::string text = "layer RUN apt\ntext var/lib/dpkg/status ";
    for (const std::string &package : packages) {
        const std::size_t equals = package.find('=');
        text += "Package: " + package.substr(0, equals)
                + "\\nStatus: install ok installed\\nArchitecture: amd64\\nVersion: "
                + package.substr(equals + 1) + "\\n\\n";
    }
    return text + '\n';
}

std::string reasonsOf(const Comparison &comparison)
{
    std::string text(verdictName(comparison.verdict));
    for (const VerdictReason &reason : comparison.reasons) {
        text += std::string(reason.isWorse ? "\n- " : "\n+ ") + reason.text;
    }
    return text;
}

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

class TestCompare : public QObject
{
    Q_OBJECT

private slots:
    void layers_data();
    void layers();
    void settings_data();
    void settings();
    void steps_data();
    void steps();
    void manySteps();
    void findings_data();
    void findings();
    void findingsOfOneSideOnly();
    void packages_data();
    void packages();
    void packagesUnknown();
    void verdict_data();
    void verdict();
    void noticed();
    void gate_data();
    void gate();
    void cancelled();
};

void TestCompare::layers_data()
{
    QTest::addColumn<Texts>("before");
    QTest::addColumn<Texts>("beforeSteps");
    QTest::addColumn<Texts>("after");
    QTest::addColumn<Texts>("afterSteps");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name,
                        const Texts &before,
                        const Texts &beforeSteps,
                        const Texts &after,
                        const Texts &afterSteps,
                        const char *text) {
        QTest::newRow(name) << before << beforeSteps << after << afterSteps << QByteArray(text);
    };
    const std::string a = "file a 1 a";
    const std::string b = "file b 1 b";
    const std::string c = "file c 1 c";
    row("none", {}, {}, {}, {}, "0:");
    row("all shared", {a, b}, {}, {a, b}, {}, "2: shared 0>0 shared 1>1");
    row("one more", {a}, {}, {a, b}, {}, "1: shared 0>0 added ->1");
    row("one less", {a, b}, {}, {a}, {}, "1: shared 0>0 removed 1>-");
    row("another", {a, b}, {}, {a, c}, {}, "1: shared 0>0 removed 1>- added ->1");
    row("rebuilt",
        {a, b},
        {"FROM", "RUN x"},
        {a, c},
        {"FROM", "RUN x"},
        "1: shared 0>0 rebuilt 1>1");
    row("other step",
        {a, b},
        {"FROM", "RUN x"},
        {a, c},
        {"FROM", "RUN y"},
        "1: shared 0>0 removed 1>- added ->1");
    row("one slipped in", {a, b}, {}, {a, c, b}, {}, "1: shared 0>0 added ->1 moved 1>2");
    row("swapped", {a, b}, {}, {b, a}, {}, "0: moved 1>0 moved 0>1");
    row("the same blob twice", {a, a, b}, {}, {a, b, a}, {}, "1: shared 0>0 moved 2>1 moved 1>2");
    row("once more than before", {a}, {}, {a, a}, {}, "1: shared 0>0 added ->1");
}

void TestCompare::layers()
{
    QFETCH(Texts, before);
    QFETCH(Texts, beforeSteps);
    QFETCH(Texts, after);
    QFETCH(Texts, afterSteps);
    QTEST(bytes(textOf(pairLayers(imageOf(before, beforeSteps), imageOf(after, afterSteps)))),
          "text");
}

void TestCompare::settings_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    QTest::addColumn<QByteArray>("text"); // those of the configuration
    const auto row = [](const char *name, const char *before, const char *after, const char *text) {
        QTest::newRow(name) << std::string(before) << std::string(after) << QByteArray(text);
    };
    row("the same", "user a\nenv A=b", "user a\nenv A=b", "");
    row("user", "user a", "user b", "user a > b");
    row("no user", "user a", "", "user a > (none)");
    row("entrypoint",
        "entrypoint [\"/a\", \"b c\"]",
        "entrypoint [\"/a\"]",
        "entrypoint /a \"b c\" > /a");
    row("an empty one is none's other", "entrypoint []", "", "entrypoint  > (none)");
    row("variables",
        "env A=1\nenv B=2\nenv D=4",
        "env B=3\nenv C=\nenv D=4",
        "env.A 1 > (none); env.B 2 > 3; env.C (none) > ");
    row("the last of a name counts", "env A=1\nenv A=2", "env A=2", "");
    row("a secret",
        "env DB_PASSWORD=hunter2hunter2",
        "env DB_PASSWORD=correct-horse",
        "env.DB_PASSWORD [redacted] > [redacted]");
    row("labels", "label a=1", "label a=2\nlabel b=", "labels.a 1 > 2; labels.b (none) > ");
    row("ports",
        "port 80/tcp",
        "port 443/tcp",
        "exposedPorts.443/tcp (none) > 443/tcp; exposedPorts.80/tcp 80/tcp > (none)");
    row("volume", "", "volume /data", "volumes./data (none) > /data");
    row("healthcheck", "", "health [\"CMD\", \"curl\"]", "healthcheck (none) > CMD curl");
    row("architecture", "arch amd64", "arch arm64", "platform linux/amd64 > linux/arm64");
    row("stop signal", "", "stopsignal SIGQUIT", "stopSignal (none) > SIGQUIT");
}

void TestCompare::settings()
{
    QFETCH(std::string, before);
    QFETCH(std::string, after);
    std::vector<SettingDifference> all =
        compareSettings(auditOf(before + "\ndebian"), auditOf(after + "\ndebian"));
    std::erase_if(all, [](const SettingDifference &setting) {
        return setting.area == SettingDifference::Area::Contract;
    });
    QTEST(bytes(textOf(all)), "text");
}

void TestCompare::steps_data()
{
    QTest::addColumn<Texts>("before");
    QTest::addColumn<Texts>("after");
    QTest::addColumn<QByteArray>("text");
    const auto row =
        [](const char *name, const Texts &before, const Texts &after, const char *text) {
            QTest::newRow(name) << before << after << QByteArray(text);
        };
    row("none", {}, {}, "");
    row("the same", {"RUN a", "RUN b"}, {"RUN a", "RUN b"}, " 0=0 1=1");
    row("other dialect", {"/bin/sh -c #(nop)  USER a"}, {"USER a"}, " 0=0");
    row("in the middle",
        {"RUN a", "RUN b", "RUN c"},
        {"RUN a", "RUN x", "RUN c"},
        " 0=0 1- 1+ 2=2");
    row("added at the end", {"RUN a"}, {"RUN a", "RUN b"}, " 0=0 1+");
    row("removed at the beginning", {"RUN a", "RUN b"}, {"RUN b"}, " 0- 1=0");
    row("longest common part",
        {"RUN x", "RUN a", "RUN b", "RUN y"},
        {"RUN a", "RUN z", "RUN b", "RUN w"},
        " 0- 1=0 1+ 2=2 3- 3+");
    row("all others", {"RUN a"}, {"RUN b"}, " 0- 0+");
}

void TestCompare::steps()
{
    QFETCH(Texts, before);
    QFETCH(Texts, after);
    const auto historyOf = [](const Texts &steps) {
        std::vector<HistoryEntry> history;
        for (const std::string &step : steps) {
            history.push_back({.createdBy = step});
        }
        return history;
    };
    std::string text;
    for (const StepPair &pair : pairSteps(historyOf(before), historyOf(after))) {
        text += ' ' + (pair.before ? std::to_string(*pair.before) : std::to_string(*pair.after));
        text += pair.isSame() ? '=' + std::to_string(*pair.after) : pair.before ? "-" : "+";
    }
    QTEST(bytes(text), "text");
}

/// Histories too long for a table of all pairs: what stands between beginning and end is other.
void TestCompare::manySteps()
{
    std::vector<HistoryEntry> before(1, HistoryEntry{.createdBy = "FROM"});
    std::vector<HistoryEntry> after = before;
    constexpr std::uint32_t kMany = 5'000;
    for (std::uint32_t i = 0; i < kMany; ++i) {
        before.push_back({.createdBy = "RUN " + std::to_string(i)});
        after.push_back({.createdBy = "RUN " + std::to_string(i + 1)});
    }
    const std::vector<StepPair> pairs = pairSteps(before, after);
    QCOMPARE(pairs.size(), std::size_t{1 + 2 * kMany});
    QVERIFY(pairs.front().isSame());
    QVERIFY(!pairs.back().before);
}

void TestCompare::findings_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    QTest::addColumn<std::string>("rules");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name,
                        const char *before,
                        const char *after,
                        const char *rules,
                        const char *text) {
        QTest::newRow(name) << std::string(before) << std::string(after) << std::string(rules)
                            << QByteArray(text);
    };
    row("the same",
        "debian\nlayer RUN x\nmode etc/x 0666 5 x",
        "user a\ndebian\nlayer RUN x\nmode etc/x 0666 5 x",
        "security/world-writable",
        "same security/world-writable high");
    row("new",
        "debian",
        "debian\nlayer RUN x\nmode etc/x 0666 5 x",
        "security/world-writable",
        "new security/world-writable high");
    row("fixed",
        "debian\nlayer RUN x\nmode etc/x 0666 5 x",
        "debian",
        "security/world-writable",
        "fixed security/world-writable high");
    row("suppressed in both",
        "policy ignore: [{rule: security/world-writable, reason: so}]\n"
        "debian\nlayer RUN x\nmode etc/x 0666 5 x",
        "policy ignore: [{rule: security/world-writable, reason: so}]\n"
        "debian\nlayer RUN x\nmode etc/x 0666 5 x",
        "security/world-writable",
        "");
    row("suppressed from now on",
        "debian\nlayer RUN x\nmode etc/x 0666 5 x",
        "policy ignore: [{rule: security/world-writable, reason: so}]\n"
        "debian\nlayer RUN x\nmode etc/x 0666 5 x",
        "security/world-writable",
        "fixed security/world-writable high");
}

void TestCompare::findings()
{
    QFETCH(std::string, before);
    QFETCH(std::string, after);
    QFETCH(std::string, rules);
    QTEST(bytes(textOf(comparisonOf(before, after).findings, rules)), "text");
}

/// A rule that could not be asked of one image says nothing of what became better or worse.
void TestCompare::findingsOfOneSideOnly()
{
    Finding finding;
    finding.ruleId = "security/root-user";
    finding.severity = Severity::High;
    finding.fingerprint = "a";
    finding.evidence.push_back({.field = "config.User"});
    Inspection with;
    with.findings = {finding};
    Inspection without;
    without.skipped = {{"security/root-user", "so"}};
    QCOMPARE(textOf(pairFindings(without, with), ""), "notAsked security/root-user high");
    QCOMPARE(textOf(pairFindings(with, without), ""), "notAsked security/root-user high");

    // What the rule says of the same place is another thing: changed, neither new nor fixed.
    Inspection other = with;
    other.findings[0].fingerprint = "b";
    QCOMPARE(textOf(pairFindings(with, other), ""), "changed security/root-user high");
    other.findings[0].evidence[0].field = "config.Env";
    QCOMPARE(textOf(pairFindings(with, other), ""),
             "new security/root-user high; fixed security/root-user high");
    // Twice here, once there.
    other.findings = {finding, finding};
    QCOMPARE(textOf(pairFindings(with, other), ""),
             "new security/root-user high; same security/root-user high");
}

void TestCompare::packages_data()
{
    QTest::addColumn<Texts>("before");
    QTest::addColumn<Texts>("after");
    QTest::addColumn<QByteArray>("text");
    const auto row =
        [](const char *name, const Texts &before, const Texts &after, const char *text) {
            QTest::newRow(name) << before << after << QByteArray(text);
        };
    row("the same", {"a=1", "b=2"}, {"b=2", "a=1"}, "2:");
    row("added", {"a=1"}, {"a=1", "b=2"}, "1: added b>2");
    row("removed", {"a=1", "b=2"}, {"a=1"}, "1: removed b 2");
    row("upgraded", {"a=1.9-1"}, {"a=1.10-1"}, "0: upgraded a 1.9-1>1.10-1");
    row("downgraded", {"a=1:1"}, {"a=2"}, "0: downgraded a 1:1>2");
    row("several",
        {"a=1", "b=1", "c=1"},
        {"b=2", "c=1", "d=1"},
        "1: removed a 1 upgraded b 1>2 "
        "added d>1");
}

void TestCompare::packages()
{
    QFETCH(Texts, before);
    QFETCH(Texts, after);
    const auto withPackages = [](const Texts &packages) {
        const std::string text = "debian\n" + dpkg(packages);
        Inspection inspection = auditOf(text);
        inspection.packages =
            findPackages(*inspection.image, *auditContents(text), {"debian", "12"});
        return inspection;
    };
    const Inspection first = withPackages(before);
    const Inspection second = withPackages(after);
    const PackageDifferences differences = comparePackages(first, second);
    QVERIFY(differences.isKnown);
    QTEST(bytes(textOf(differences)), "text");
}

void TestCompare::packagesUnknown()
{
    Inspection before;
    Inspection after;
    after.packages.emplace();
    QVERIFY(!comparePackages(before, after).isKnown);
    before.packages.emplace();
    QVERIFY(comparePackages(before, after).isKnown);

    // Two versions of one module in one tree: what is left over after the equal ones are pairs.
    const auto module = [](const char *version) {
        Package package;
        package.record.ecosystem = Ecosystem::Node;
        package.record.name = "m";
        package.record.version = version;
        return package;
    };
    before.packages->list = {module("1.0.0"), module("2.0.0"), module("2.0.0")};
    after.packages->list = {module("2.0.0"), module("1.1.0"), module("2.0.0")};
    QCOMPARE(textOf(comparePackages(before, after)), "2: upgraded m 1.0.0>1.1.0");
    after.packages->list.push_back(module("3.0.0"));
    QCOMPARE(textOf(comparePackages(before, after)),
             "2: removed m 1.0.0 added m>1.1.0 added m>3.0.0");
    after.packages->list = {module("x")};
    before.packages->list = {module("y")};
    QCOMPARE(textOf(comparePackages(before, after)), "0: changed m y>x");
}

void TestCompare::verdict_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const char *before, const char *after, const char *text) {
        QTest::newRow(name) << std::string(before) << std::string(after) << QByteArray(text);
    };
    const char *plain = "debian\nlayer COPY a\nfile app/a 1000000 a";
    row("the same", plain, plain, "same");
    row("a few bytes", plain, "debian\nlayer COPY a\nfile app/a 1060000 a", "same");
    row("larger",
        plain,
        "debian\nlayer COPY a\nfile app/a 3000000 a",
        "worse\n- visible files 3.00 MB, 2.00 MB more");
    row("smaller",
        "debian\nlayer COPY a\nfile app/a 3000000 a",
        plain,
        "better\n+ visible files 1.00 MB, 2.00 MB less");
    row("a finding weighs more than bytes",
        "debian\nlayer COPY a\nfile app/a 3000000 a",
        "debian\nlayer COPY a\nmode app/a 0666 1000000 a",
        "worse\n- 1 medium finding more: Paths that everybody may write\n"
        "+ visible files 1.00 MB, 2.00 MB less");
    row("and its mending too",
        "debian\nlayer COPY a\nmode app/a 0666 1000000 a",
        "debian\nlayer COPY a\nfile app/a 3000000 a",
        "better\n+ 1 medium finding fewer: Paths that everybody may write\n"
        "- visible files 3.00 MB, 2.00 MB more");
}

void TestCompare::verdict()
{
    QFETCH(std::string, before);
    QFETCH(std::string, after);
    QTEST(bytes(reasonsOf(comparisonOf(before, after))), "text");
}

void TestCompare::noticed()
{
    Inspection before;
    Inspection after;
    before.image = after.image = std::make_shared<const Image>();
    const auto verdictOf = [&](std::uint64_t first, std::uint64_t second) {
        before.analysis.visibleBytes = first;
        after.analysis.visibleBytes = second;
        Comparison comparison;
        comparison.before = std::make_shared<const Inspection>(before);
        comparison.after = std::make_shared<const Inspection>(after);
        judge(comparison);
        return comparison.verdict;
    };
    QCOMPARE(verdictOf(0, 65'535), Comparison::Verdict::Same);
    QCOMPARE(verdictOf(0, 65'536), Comparison::Verdict::Worse);
    QCOMPARE(verdictOf(100'000'000, 100'999'999), Comparison::Verdict::Same);
    QCOMPARE(verdictOf(100'000'000, 101'000'000), Comparison::Verdict::Worse);
    QCOMPARE(verdictOf(100'000'000, 99'000'000), Comparison::Verdict::Better);
}

void TestCompare::gate_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    QTest::addColumn<std::string>("policy");
    QTest::addColumn<QByteArray>("failed"); // names of the checks that fail
    const auto row = [](const char *name,
                        const char *before,
                        const char *after,
                        const char *policy,
                        const char *failed) {
        QTest::newRow(name) << std::string(before) << std::string(after) << std::string(policy)
                            << QByteArray(failed);
    };
    const char *plain = "debian\nlayer COPY a\nfile app/a 1000000 a";
    const char *open = "debian\nlayer COPY a\nfile app/a 1000000 a\nmode etc/x 0666 5 x";
    const char *wasteful = "debian\nlayer COPY a\nfile app/a 1000000 a\n"
                           "layer RUN b\nfile app/a 900000 b";
    const char *moreWasteful =
        "debian\nlayer COPY a\nfile app/a 1000000 a\n"
        "layer RUN b\nfile app/a 1100000 b\nlayer RUN c\nfile app/a 900000 c";
    row("the same", plain, plain, "", "");
    row("no worse than it was", open, open, "", "");
    row("a new high finding", plain, open, "", "newFindings");
    row("one that is let pass", plain, open, "failOn: critical", "");
    row("none fails", plain, open, "failOn: none", "");
    row("a mended one", open, plain, "", "");
    row("wasteful as before", wasteful, wasteful, "", "");
    row("wasteful now",
        plain,
        wasteful,
        "failOn: none",
        "lowestEfficiency highestUserWastedPercent");
    row("more wasteful",
        wasteful,
        moreWasteful,
        "failOn: none\nthresholds: {layer.maxWasted: 2MB}",
        "lowestEfficiency highestWastedBytes"); // the share is 100 % in both
    row("less wasteful", moreWasteful, wasteful, "failOn: none", "");
    row("size",
        plain,
        "debian\nlayer COPY a\nfile app/a 1000001 a",
        "thresholds: {size.max: 1MB}",
        "size");
    row("a budget kept", plain, plain, "budgets: {/app: 1MB}", "");
    row("a budget exceeded",
        plain,
        "debian\nlayer COPY a\nfile app/a 1000001 a",
        "budgets: {/app: 1MB, /usr: 1MB, /none: 0B}",
        "budget /app");
    row("exceeded before", plain, plain, "budgets: {/app: 1kB}", "");
    row("a path that is new",
        "debian",
        plain,
        "failOn: none\nbudgets: {/app/: 1kB}",
        "budget /app/");
}

void TestCompare::gate()
{
    QFETCH(std::string, before);
    QFETCH(std::string, after);
    QFETCH(std::string, policy);
    const std::vector<GateCheck> checks = checkGate(comparisonOf(before, after), policyOf(policy));
    std::string failed;
    for (const GateCheck &check : checks) {
        const bool isFailed = check.state == GateCheck::State::Fail;
        QVERIFY(!check.message.empty());
        if (isFailed && check.name != "grade") { // that is a matter of the score's own tests
            failed += (failed.empty() ? "" : " ") + check.name;
        }
    }
    QVERIFY(failed.empty() || !isPassed(checks));
    QTEST(bytes(failed), "failed");
}

void TestCompare::cancelled()
{
    Monitor monitor;
    monitor.cancel();
    const InspectionPtr inspection = inspectionOf("debian");
    QCOMPARE(compare(inspection, inspection, monitor).error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestCompare)
#include "tst_compare.moc"
