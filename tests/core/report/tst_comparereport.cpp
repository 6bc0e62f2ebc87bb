// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/comparereport.h"
#include "core/report/githublimits.h"
#include "tests/support/auditimage.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace cutaway;
using namespace cutaway::test;
using nlohmann::json;

namespace {

/// Markup, a table's cell, a terminal's escape, a bidi override, a line separator, a stray byte.
constexpr std::string_view kPayload = "=<img src=x onerror=alert(1)>|`**&\"'@you #1 "
                                      "[a](http://evil)\x1b[2J\xe2\x80\xae\xe2\x80\xa8\xc2\x85\xff";

Comparison comparisonOf(Inspection before, Inspection after)
{
    return compare(std::make_shared<const Inspection>(std::move(before)),
                   std::make_shared<const Inspection>(std::move(after)),
                   Monitor())
        .value();
}

std::string jsonOf(const Comparison &comparison,
                   const std::vector<GateCheck> &gate = {},
                   Secrets secrets = Secrets::Redacted)
{
    std::string text;
    compareJson(comparison, gate, secrets, [&text](std::string_view part) { text += part; });
    return text;
}

TextStyle plain()
{
    TextStyle style;
    style.width = 0;
    return style;
}

/// The same words wherever an image has words of its own.
Inspection hostile()
{
    Image image = auditImage("debian\nlayer RUN x\nfile a 100000 x");
    const std::string payload(kPayload);
    image.reference = payload;
    image.tags = {payload};
    image.config.user = payload;
    image.config.env = {"A" + payload + "=" + payload};
    image.config.labels = {{payload, payload}};
    image.config.history.push_back({.createdBy = payload, .emptyLayer = true});
    image.config.cmd = std::vector<std::string>{payload, payload};
    Inspection inspection = auditOf(std::move(image));
    Finding finding;
    finding.ruleId = "secret/file";
    finding.severity = Severity::Critical;
    finding.summary = payload;
    finding.fingerprint = "x";
    inspection.findings.push_back(finding);
    Package package;
    package.record.name = payload;
    package.record.version = payload;
    inspection.packages.emplace().list = {package};
    return inspection;
}

} // namespace

class TestCompareReport : public QObject
{
    Q_OBJECT

private slots:
    void text();
    void jsonNames();
    void markdown();
    void nothingDiffers();
    void hostileText();
    void hostilePaths();
    void secretsStayHidden();
    void longReportsFit();
    void longTextIsCut();
};

void TestCompareReport::text()
{
    const Comparison comparison = comparisonOf(
        auditOf("user app\ndebian\nlayer COPY a\nfile app/a 1000000 a\nfile app/b 10 b"),
        auditOf("user app\nport 80/tcp\ndebian\nlayer COPY a\nfile app/a 3000000 x\n"
                "mode app/b 0600 10 b\nfile app/c 10 c"));
    const QByteArray text = QByteArray::fromStdString(
        compareText(comparison, checkGate(comparison, policyOf("budgets: {/app: 2MB}")), plain()));
    for (const char *part : {"\nWorse\n  worse   ",
                             "visible files 3.00 MB, 2.00 MB more\n",
                             "  visible      1.00 MB   3.00 MB   +2.00 MB\n",
                             "Layers, 1 shared from the bottom\n",
                             "  rebuilt       1      1  3.00 MB  +2.00 MB  COPY a\n",
                             "Files: 1 added, 1 modified, 1 with other metadata\n",
                             "  ~  +2.00 MB  /app/a  content\n",
                             "  +     +10 B  /app/c\n",
                             "  *            /app/b  mode 0644 > 0600\n",
                             "  1.00 MB  3.00 MB  +2.00 MB  /app\n",
                             "  exposedPorts  –       80/tcp\n",
                             "Findings: ",
                             "  PASS  newFindings (none is high or worse)\n",
                             "  FAIL  budget /app (3.00 MB is beyond the limit of 2.00 MB"}) {
        QVERIFY2(text.contains(part), part + QByteArray("\nis not in\n") + text);
    }
}

void TestCompareReport::jsonNames()
{
    Inspection before = auditOf("debian\nlayer COPY a\nfile app/a 10 a\nfile gone 5 g");
    Inspection after =
        auditOf("env A=1\ndebian\nlayer COPY a\nfile app/a 20 x\nmode usr/bin/dash 0700 100 d");
    before.packages.emplace();
    Package package;
    package.record.name = "bash";
    package.record.version = "5.2";
    after.packages.emplace().list = {package};
    const Comparison comparison = comparisonOf(std::move(before), std::move(after));
    const json report = json::parse(jsonOf(comparison, checkGate(comparison, policyOf(""))));
    QVERIFY(report["schemaVersion"] == 1);
    QVERIFY(report["verdict"] == "same");
    QVERIFY(report["before"]["reference"] == "test");
    QVERIFY(report["after"]["sizes"]["files"] == 350);
    QVERIFY(report["sharedLayers"] == 1);
    QVERIFY(report["layers"][1]["change"] == "rebuilt");
    QVERIFY(report["files"]["counts"]["added"] == 0);
    QVERIFY(report["files"]["removed"][0]["path"] == "/gone");
    QVERIFY(report["files"]["removed"][0]["bytes"] == 5);
    QVERIFY(report["files"]["modified"][0]["path"] == "/app/a");
    QVERIFY(report["files"]["modified"][0]["changes"] == json::array({"content"}));
    QVERIFY(report["files"]["modified"][0]["after"]["bytes"] == 20);
    QVERIFY(report["files"]["metadata"][0]["before"]["mode"] == "0644");
    QVERIFY(report["files"]["metadata"][0]["after"]["mode"] == "0700");
    QVERIFY(report["directories"][0]["path"] == "/");
    QVERIFY(report["config"][0]
            == json({{"field", "env"}, {"name", "A"}, {"before", nullptr}, {"after", "1"}}));
    QVERIFY(report["findings"]["new"].is_array());
    QVERIFY(report["packages"]["added"][0]["name"] == "bash");
    QVERIFY(report["packages"]["added"][0]["before"].is_null());
    QVERIFY(report["gate"]["rules"][0]["rule"] == "newFindings");
    QVERIFY(json::parse(jsonOf(comparison))["gate"].is_null());
}

void TestCompareReport::markdown()
{
    const Comparison comparison =
        comparisonOf(auditOf("tag app:1\ndebian"),
                     auditOf("tag app:2\ndebian\nlayer COPY a\nfile app/a 3000000 x"));
    const QByteArray text = QByteArray::fromStdString(compareMarkdown(comparison, {}));
    for (const char *part :
         {"## Cutaway: worse\n\n`app:1` → `app:2`\n",
          "🔴 visible files 3.00 MB",
          "| visible | 230 B | 3.00 MB | +3.00 MB |\n",
          "<summary><b>Files</b>: 1 added</summary>\n\n- `+` `/app/a` +3.00 MB\n"}) {
        QVERIFY2(text.contains(part), part + QByteArray("\nis not in\n") + text);
    }
}

void TestCompareReport::nothingDiffers()
{
    const Comparison comparison = comparisonOf(auditOf("debian"), auditOf("debian"));
    const QByteArray text = QByteArray::fromStdString(compareText(comparison, {}, plain()));
    QVERIFY2(text.contains("\nNeither better nor worse\n"), text);
    QVERIFY2(text.contains("\nFiles: none\n"), text);
    QVERIFY(!text.contains("Build steps"));
    QVERIFY(!text.contains("Gate"));
    const json report = json::parse(jsonOf(comparison));
    QVERIFY(report["verdict"] == "same");
    QVERIFY(report["reasons"].empty() && report["config"].empty());
    QVERIFY(report["directories"].empty());
    QVERIFY(compareMarkdown(comparison, {}).starts_with("## Cutaway: neither better nor worse\n"));
}

void TestCompareReport::hostileText()
{
    const std::vector<Comparison> comparisons = {comparisonOf(auditOf("debian"), hostile()),
                                                 comparisonOf(hostile(), auditOf("debian"))};
    for (const Comparison &comparison : comparisons) {
        const auto gate = checkGate(comparison, policyOf(""));
        const std::string text = compareText(comparison, gate, plain());
        const std::string markdown = compareMarkdown(comparison, gate);
        for (const std::string_view bad :
             {"\x1b", "\xe2\x80\xae", "\xe2\x80\xa8", "\xc2\x85", "\xff"}) {
            QVERIFY(text.find(bad) == std::string::npos);
            QVERIFY(markdown.find(bad) == std::string::npos);
        }
        QVERIFY(isUtf8(text) && isUtf8(markdown));
        // Only in code spans, where it is text.
        const QString shown = QString::fromStdString(markdown);
        QVERIFY(shown.contains(QStringLiteral("onerror")));
        for (const QString &line : shown.split(QLatin1Char('\n'))) {
            const qsizetype at = line.indexOf(QStringLiteral("<img"));
            QVERIFY2(at < 0 || line.left(at).contains(QLatin1Char('`')), qPrintable(line));
        }
        QVERIFY(json::accept(jsonOf(comparison, gate, Secrets::Shown)));
    }
}

void TestCompareReport::hostilePaths()
{
    Image image = auditImage("debian\nlayer x\nfile a\x1b\xff|`<img 10 x");
    const Comparison comparison = comparisonOf(auditOf("debian"), auditOf(std::move(image)));
    const std::string text = compareText(comparison, {}, plain());
    QVERIFY(text.find("/a\\x1b\\xff|`<img") != std::string::npos);
    const std::string markdown = compareMarkdown(comparison, {});
    QVERIFY(markdown.find('\x1b') == std::string::npos && isUtf8(markdown));
    const json row = json::parse(jsonOf(comparison))["files"]["added"][0];
    QVERIFY(row["pathBytes"] == base64("/a\x1b\xff|`<img"));
}

void TestCompareReport::secretsStayHidden()
{
    const Comparison comparison = comparisonOf(
        auditOf("env DB_PASSWORD=hunter2hunter2\nlabel api.token=hunter2hunter2\ndebian"),
        auditOf("env DB_PASSWORD=secondsecret9\ndebian\n"
                "step /bin/sh -c DB_PASSWORD=secondsecret9 run"));
    for (const std::string &report : {compareText(comparison, {}, plain()),
                                      compareMarkdown(comparison, {}),
                                      jsonOf(comparison)}) {
        QVERIFY(report.find("hunter2hunter2") == std::string::npos);
        QVERIFY(report.find("secondsecret9") == std::string::npos);
        QVERIFY(report.find("DB_PASSWORD") != std::string::npos);
    }
    QVERIFY(jsonOf(comparison, {}, Secrets::Shown).find("hunter2hunter2") != std::string::npos);
}

void TestCompareReport::longReportsFit()
{
    const Comparison comparison = comparisonOf(
        auditOf("debian"), auditOf("debian\nlayer COPY x\nfiles 20000 app/some/where"));
    const std::string text = compareMarkdown(comparison, {});
    QVERIFY(text.size() <= limits::kMarkdownBytes);
    QVERIFY(text.find(" more\n") != std::string::npos);
    QVERIFY(json::parse(jsonOf(comparison))["files"]["counts"]["added"] == 20000);
}

void TestCompareReport::longTextIsCut()
{
    const Comparison comparison =
        comparisonOf(auditOf("debian"), auditOf("debian\nlayer COPY x\nfiles 100 app"));
    TextStyle narrow;
    narrow.width = 80;
    const QString text = QString::fromStdString(compareText(comparison, {}, narrow));
    QVERIFY(text.contains(QStringLiteral("  … 70 more\n")));
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        QVERIFY2(line.size() <= 80 || line.contains(QStringLiteral("Files:"))
                     || line.startsWith(QStringLiteral("  worse"))
                     || line.startsWith(QStringLiteral("after")),
                 qPrintable(line));
    }
}

QTEST_APPLESS_MAIN(TestCompareReport)
#include "tst_comparereport.moc"
