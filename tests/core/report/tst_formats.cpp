// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/formats.h"
#include "core/report/githublimits.h"
#include "core/report/rulewords.h"
#include "tests/core/inspect/schemacheck.h"
#include "tests/support/auditimage.h"
#include "tests/support/fakesecrets.h"

#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <bit>
#include <set>

using namespace cutaway;
using namespace cutaway::test;
using nlohmann::json;

namespace {

/// Markup, a formula, a terminal's escape, a bidi override, a line separator and a stray byte.
constexpr std::string_view kPayload = "=</script><img src=x onerror=alert(1)>|`**&\"'@you #1 "
                                      "[a](http://evil) www.evil.example\x1b[2J\xe2\x80\xae"
                                      "\xe2\x80\xa8\xc2\x85\xff\r\n<!-- ]]>";

Finding findingOf(const char *rule, Severity severity, std::string summary)
{
    Finding finding;
    finding.ruleId = rule;
    finding.severity = severity;
    finding.origin = Origin::App;
    finding.summary = std::move(summary);
    finding.fingerprint = std::string(64, rule[0]);
    return finding;
}

Image imageOf(std::size_t layers)
{
    Image image;
    image.reference = "app.tar";
    image.tags = {"registry.example.org:5000/team/app:1.2"};
    image.config.platform = {"linux", "amd64", {}, {}};
    image.digest = Digest::ofSha256(std::string(64, 'd'));
    for (std::size_t i = 0; i < layers; ++i) {
        Layer layer;
        layer.state = Layer::State::Read;
        layer.digest = Digest::ofSha256(std::string(64, 'a'));
        image.layers.push_back(layer);
        HistoryEntry entry;
        entry.createdBy = "RUN /bin/sh -c step" + std::to_string(i) + " # buildkit";
        entry.layer = static_cast<std::uint32_t>(i);
        image.config.history.push_back(entry);
    }
    return image;
}

Inspection inspectionOf(Image image, std::vector<Finding> findings)
{
    Inspection inspection;
    inspection.analysis.layers.resize(image.layers.size());
    for (LayerNumbers &numbers : inspection.analysis.layers) {
        numbers.fileBytes = 1000;
        inspection.analysis.fileBytes += 1000;
    }
    inspection.image = std::make_shared<const Image>(std::move(image));
    inspection.findings = std::move(findings);
    inspection.skipped = {{"supply/no-attestation", "this source keeps nothing beside the image"}};
    inspection.score = scoreOf(inspection.findings, inspection.analysis.fileBytes, 100, 1);
    return inspection;
}

/// A high one, two of one rule and layer, a low one, and one that somebody suppressed.
Inspection sample()
{
    Finding root = findingOf("security/root-user", Severity::High, "The image runs as root.");
    root.evidence = {{.text = "not set", .field = "config.User"}};
    std::vector<Finding> findings = {root};
    for (const char *file : {"/etc/a b", "/etc/\xff%"}) {
        Finding finding =
            findingOf("security/setuid-setgid", Severity::Medium, "A setuid program.");
        finding.layer = 1;
        finding.evidence = {{.layer = 1, .path = file, .bytes = 12}};
        findings.push_back(finding);
    }
    Finding step = findingOf("supply/install-recommends", Severity::Low, "A step hides failures.");
    step.evidence = {{.text = "step1 | cat", .layer = 1, .step = 1}};
    findings.push_back(step);
    Finding accepted = findingOf("secret/env-var", Severity::Critical, "A secret in a variable.");
    accepted.evidence = {{.text = "TOKEN=[redacted]", .field = "config.Env"}};
    accepted.suppressed =
        Suppression{"a test value", "2099-01-01", "sec@example.org", "policy.yaml"};
    findings.push_back(accepted);
    return inspectionOf(imageOf(2), std::move(findings));
}

/// The names of all elements in a page.
std::set<std::string> tagsOf(std::string_view page)
{
    std::set<std::string> tags;
    for (std::size_t at = page.find('<'); at != std::string_view::npos;
         at = page.find('<', at + 1)) {
        const std::size_t end = page.find_first_of(" >\n", at);
        tags.emplace(page.substr(at + 1, end - at - 1));
    }
    return tags;
}

json sarifOf(const Inspection &inspection, const AuditReportOptions &options = {})
{
    return json::parse(auditSarif(inspection, options));
}

/// The result of a rule; null where there is none.
json resultOf(const json &sarif, std::string_view rule)
{
    for (const json &result : sarif["runs"][0]["results"]) {
        if (result["ruleId"] == rule) {
            return result;
        }
    }
    return nullptr;
}

} // namespace

/// The formats of the audit's report, and what keeps an image's text from breaking out of them.
class TestFormats : public QObject
{
    Q_OBJECT

private slots:
    void escapes_data();
    void escapes();
    void payloadsStayText_data();
    void payloadsStayText();
    void equalImagesGiveEqualBytes_data();
    void equalImagesGiveEqualBytes();
    void sarifKeepsItsSchema();
    void sarifSaysWhere();
    void sarifKeepsGithubsLimits();
    void sarifOfAllRules();
    void junit();
    void gitlab();
    void csv();
    void markdownFitsIntoAComment();
    void markdownOfNothing();
    void html();
    void suppressedIsShown_data();
    void suppressedIsShown();
    void knownIsShown_data();
    void knownIsShown();
    void baselineStates();
    void noReportTellsASecret();
    void wholeContractInHtml();
    void timestamps_data();
    void timestamps();
    void everyRuleIsExplained();
};

void TestFormats::escapes_data()
{
    QTest::addColumn<QByteArray>("found");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const std::string &found, const char *expected) {
        QTest::newRow(name) << QByteArray::fromStdString(found) << QByteArray(expected);
    };
    row("markup", markupText("<a b='\"'>&\x01\xff"), "&lt;a b=&#39;&quot;&#39;&gt;&amp;\\x01\\xff");
    row("noncharacter in markup", markupText("\xef\xbf\xbf\xef\xbf\xbe"), "\\uffff\\ufffe");
    row("emphasis", markdownText("a*b*_c_~|`"), "a\\*b\\*\\_c\\_\\~\\|\\`");
    row("HTML in Markdown", markdownText("<b>&"), "&lt;b&gt;&amp;");
    row("a link", markdownText("[a](http://b)"), "\\[a\\](http\\://b)");
    row("a bare host", markdownText("www.b.c"), "www\\.b.c");
    row("a mention and an issue", markdownText("@you #1"), "@&#8203;you \\#&#8203;1");
    row("no mention", markdownText("@ 10:30 3.5"), "@ 10:30 3.5");
    row("line break in Markdown", markdownText("a\n# b"), "a\\\\n\\# b");
    row("code", markdownCode("/a_b"), "`/a_b`");
    row("code with backticks", markdownCode("a`b"), "<code>a\\`b</code>");
    row("code in a table", markdownCode("a|b<"), "<code>a\\|b&lt;</code>");
    row("no code", markdownCode(""), "");
    row("cell", csvCell("a\"b,c"), "\"a\"\"b,c\"");
    for (const char *formula : {"=1", "+1", "-1", "@a"}) {
        row(formula, csvCell(formula), (QByteArray("\"'") + formula + "\"").constData());
    }
    row("a tab before a formula", csvCell("\t=1"), "\"\\t=1\"");
    row("a sign further on", csvCell("a=1"), "\"a=1\"");
    row("path", uriPath("/usr/bin/su"), "usr/bin/su");
    row("path of any bytes", uriPath("/a b%#?\xff:é"), "a%20b%25%23%3F%FF%3A%C3%A9");
    row("two slashes", uriPath("//a"), "a");
    row("root", uriPath("/"), ".");
}

void TestFormats::escapes()
{
    QFETCH(QByteArray, found);
    QFETCH(QByteArray, expected);
    QCOMPARE(found, expected);
}

void TestFormats::payloadsStayText_data()
{
    QTest::addColumn<QByteArray>("format");
    for (const AuditFormat &format : auditFormats()) {
        QTest::addRow("%.*s", static_cast<int>(format.name.size()), format.name.data())
            << QByteArray(format.name.data(), static_cast<qsizetype>(format.name.size()));
    }
}

void TestFormats::payloadsStayText()
{
    QFETCH(QByteArray, format);
    const std::string payload(kPayload);
    Image image = imageOf(1);
    image.reference = image.tags[0] = payload;
    image.config.user = replaceBadUtf8(payload);
    image.config.labels[replaceBadUtf8(payload)] = replaceBadUtf8(payload);
    image.config.history[0].createdBy = "RUN " + replaceBadUtf8(payload);
    Finding finding = findingOf("security/root-user", Severity::High, payload);
    finding.layer = 0;
    finding.evidence = {{.text = payload, .layer = 0, .path = "/" + payload, .bytes = 1},
                        {.text = payload, .field = "config.Labels." + payload},
                        {.text = payload, .layer = 0, .step = 0}};
    Finding accepted = finding;
    accepted.suppressed = Suppression{payload, payload, payload, payload};
    Inspection inspection = inspectionOf(std::move(image), {finding, accepted});
    inspection.skipped.push_back({"supply/no-attestation", payload});

    const AuditFormat *row = findAuditFormat(format.toStdString());
    QVERIFY(row != nullptr);
    const std::string text = row->write(inspection, {});
    QVERIFY(isUtf8(text));
    std::string lines = text;
    std::erase(lines, '\r'); // CSV's own
    QCOMPARE(displayLines(lines), lines);
    const bool isForPeople = format == "text"; // where brackets are nothing special
    const bool isJson = format == "json" || format == "sarif" || format == "gitlab";
    const bool isCsv = format == "csv";
    QVERIFY(isForPeople || isJson || isCsv
            || (!text.contains("<img") && !text.contains("<!--") && !text.contains("</script")));
    if (isJson) {
        QVERIFY(json::accept(text));
    } else if (format == "junit") {
        QXmlStreamReader reader(QByteArray::fromStdString(text));
        while (!reader.atEnd()) {
            reader.readNext();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    } else if (format == "html") {
        QVERIFY(std::ranges::includes(tagsOf(auditHtml(sample(), {})), tagsOf(text)));
    } else if (isCsv) {
        QVERIFY(!text.contains(",\"="));
        QVERIFY(text.contains("\"'=<"));
    } else if (format == "markdown") {
        QVERIFY(!text.contains("[a]("));
        QVERIFY(!text.contains("@you"));
    }
}

void TestFormats::equalImagesGiveEqualBytes_data()
{
    payloadsStayText_data();
}

void TestFormats::equalImagesGiveEqualBytes()
{
    QFETCH(QByteArray, format);
    const AuditFormat *row = findAuditFormat(format.toStdString());
    const std::string text = row->write(sample(), {});
    QVERIFY(text.size() > 100);
    QCOMPARE(row->write(sample(), {}), text);
}

void TestFormats::sarifKeepsItsSchema()
{
    test::SchemaCheck checker{CUTAWAY_REPORT_TESTS};
    for (const bool all : {false, true}) {
        AuditReportOptions options;
        options.all = all;
        options.timestamp = all ? "2026-01-02T03:04:05Z" : "";
        const std::string problem = checker.check(sarifOf(sample(), options), "sarif.schema.json");
        QVERIFY2(problem.empty(), problem.c_str());
    }
    json broken = sarifOf(sample());
    broken["runs"][0]["results"][0]["level"] = "fatal";
    QVERIFY(checker.check(broken, "sarif.schema.json").contains("/level"));
}

void TestFormats::sarifSaysWhere()
{
    const json sarif = sarifOf(sample());
    const json &run = sarif["runs"][0];
    QCOMPARE(run["results"].size(), std::size_t(4));
    const json root = resultOf(sarif, "security/root-user");
    QCOMPARE(root["level"].dump(), json("error").dump());
    QCOMPARE(root["locations"][0]["physicalLocation"]["artifactLocation"].dump(),
             json({{"uri", "image/config.json"}}).dump());
    QCOMPARE(root["partialFingerprints"]["cutaway/v1"].dump(), json(std::string(64, 's')).dump());
    const json two = resultOf(sarif, "security/setuid-setgid");
    QCOMPARE(two["locations"][0]["physicalLocation"]["artifactLocation"].dump(),
             json({{"uri", "etc/a%20b"}, {"uriBaseId", "ROOTPATH"}}).dump());
    QCOMPARE(two["locations"][1]["physicalLocation"]["artifactLocation"]["uri"].dump(),
             json("etc/%FF%25").dump());
    const json &layer = two["locations"][0]["logicalLocations"][0];
    QCOMPARE(layer["name"].dump(), json("layer 1: RUN step1").dump());
    QCOMPARE(layer["fullyQualifiedName"].dump(), json("sha256:" + std::string(64, 'a')).dump());
    QCOMPARE(two["partialFingerprints"]["cutaway/v1"].get<std::string>().size(), std::size_t(64));
    const json step = resultOf(sarif, "supply/install-recommends");
    QCOMPARE(step["level"].dump(), json("note").dump());
    QCOMPARE(step["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].dump(),
             json("image/history/01").dump());
    QCOMPARE(run["automationDetails"]["id"].dump(),
             json("cutaway/registry.example.org:5000/team/app/linux/amd64/").dump());
    QCOMPARE(run["tool"]["driver"]["rules"][root["ruleIndex"].get<std::size_t>()]["id"].dump(),
             json("security/root-user").dump());
    QCOMPARE(run["properties"]["image digest"].dump(),
             json("sha256:" + std::string(64, 'd')).dump());
}

void TestFormats::sarifKeepsGithubsLimits()
{
    Finding many = findingOf("layer/empty", Severity::Low, "Many.");
    for (std::size_t i = 0; i < limits::kSarifLocations + 7; ++i) {
        many.evidence.push_back({.path = "/f" + std::to_string(i)});
    }
    const json sarif = sarifOf(inspectionOf(imageOf(1), {many}));
    const json result = resultOf(sarif, "layer/empty");
    QCOMPARE(result["locations"].size(), limits::kSarifLocations);
    QCOMPARE(result["message"]["text"].dump(), json("Many. 7 more places are not listed.").dump());
    for (const json &rule : sarif["runs"][0]["tool"]["driver"]["rules"]) {
        QVERIFY(rule["properties"]["tags"].size() <= limits::kSarifTags);
    }
}

void TestFormats::sarifOfAllRules()
{
    AuditReportOptions options;
    options.all = true;
    const json sarif = sarifOf(sample(), options);
    QCOMPARE(resultOf(sarif, "layer/empty")["kind"].dump(), json("pass").dump());
    QCOMPARE(resultOf(sarif, "supply/no-attestation")["kind"].dump(), json("notApplicable").dump());
    QCOMPARE(resultOf(sarifOf(sample()), "layer/empty").dump(), json(nullptr).dump());
    std::size_t index = 0;
    for (const json &rule : sarif["runs"][0]["tool"]["driver"]["rules"]) {
        const Rule &row = allRules()[index++];
        QCOMPARE(rule["id"].dump(), json(row.id).dump());
        const bool isSecurity =
            row.family() == "security" || row.family() == "secret" || row.family() == "supply";
        QVERIFY(isSecurity || !rule["properties"].contains("security-severity"));
        QVERIFY(!isSecurity || !rule["properties"].contains("problem.severity"));
    }
    QCOMPARE(index, allRules().size());
}

void TestFormats::junit()
{
    const QByteArray text = QByteArray::fromStdString(auditJunit(sample(), {}));
    QXmlStreamReader reader(text);
    int failures = 0;
    int skipped = 0;
    int cases = 0;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        failures += reader.name() == QLatin1String("failure") ? 1 : 0;
        skipped += reader.name() == QLatin1String("skipped") ? 1 : 0;
        cases += reader.name() == QLatin1String("testcase") ? 1 : 0;
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(cases, static_cast<int>(allRules().size()));
    QCOMPARE(failures, 1);
    QCOMPARE(skipped, 1);
    QVERIFY(text.contains("<failure type=\"high\" message=\"The image runs as root.\">"));
    QVERIFY(text.contains("failures=\"1\" errors=\"0\" skipped=\"1\">\n  <testsuite"));
    AuditReportOptions low;
    low.failOn = Severity::Low;
    QCOMPARE(QByteArray::fromStdString(auditJunit(sample(), low)).count("<failure"), 3);
    low.failOn.reset();
    QCOMPARE(QByteArray::fromStdString(auditJunit(sample(), low)).count("<failure"), 0);
}

void TestFormats::gitlab()
{
    const json list = json::parse(auditGitlab(sample(), {}));
    QCOMPARE(list.size(), std::size_t(4));
    QCOMPARE(list[0]["severity"].dump(), json("critical").dump());
    QCOMPARE(list[0]["check_name"].dump(), json("security/root-user").dump());
    QCOMPARE(list[1]["location"].dump(),
             json({{"path", "etc/a%20b"}, {"lines", {{"begin", 1}}}}).dump());
}

void TestFormats::csv()
{
    const QByteArray text = QByteArray::fromStdString(auditCsv(sample(), {}));
    QList<QByteArray> lines = text.split('\n');
    QVERIFY(lines.takeLast().isEmpty());
    QCOMPARE(lines.size(), 7); // titles, five findings, a rule that was not asked
    QVERIFY(lines[0].startsWith("\"status\",\"severity\",\"rule\""));
    QVERIFY(lines[1].startsWith("\"open\",\"high\",\"security/root-user\""));
    QVERIFY(lines[5].startsWith("\"suppressed\",\"critical\""));
    QVERIFY(lines[6].startsWith("\"skipped\",\"\",\"supply/no-attestation\""));
    for (const QByteArray &line : lines) {
        QCOMPARE(line.count("\",\""), lines[0].count("\",\""));
    }
}

void TestFormats::markdownFitsIntoAComment()
{
    std::vector<Finding> findings;
    for (const Rule &rule : allRules()) {
        for (int i = 0; i < 50; ++i) {
            Finding finding = findingOf(rule.id, Severity::Low, std::string(300, '<'));
            finding.evidence.assign(20, {.path = "/" + std::string(500, '`')});
            findings.push_back(finding);
        }
    }
    const std::string text = auditMarkdown(inspectionOf(imageOf(1), std::move(findings)), {});
    QVERIFY2(text.size() <= limits::kMarkdownBytes, std::to_string(text.size()).c_str());
    QVERIFY(text.contains(" more\n"));
    QVERIFY(text.ends_with("</sub>\n"));
    std::size_t opened = 0;
    std::size_t closed = 0;
    for (std::size_t at = 0; (at = text.find("<details>", at)) != std::string::npos; ++at) {
        ++opened;
    }
    for (std::size_t at = 0; (at = text.find("</details>", at)) != std::string::npos; ++at) {
        ++closed;
    }
    QVERIFY(opened > 5);
    QCOMPARE(opened, closed);
}

void TestFormats::markdownOfNothing()
{
    const std::string text = auditMarkdown(inspectionOf(imageOf(1), {}), {});
    QVERIFY(text.starts_with("## Cutaway: grade A, score 100.0\n"));
    QVERIFY(text.contains("No findings.\n"));
}

void TestFormats::html()
{
    const std::string text = auditHtml(sample(), {});
    for (const char *part : {"default-src 'none'",
                             "<h1>registry.example.org:5000/team/app:1.2</h1>",
                             "href=\"#security/root-user\"",
                             "id=\"security/root-user\"",
                             "<svg class=\"bar\"",
                             "Why",
                             "How to fix it",
                             "Rules that could not be asked",
                             "Contract"}) {
        QVERIFY2(text.contains(part), part);
    }
    QVERIFY(!text.contains("<script"));
    QVERIFY(!text.contains("src="));
    const std::string empty = auditHtml(inspectionOf(imageOf(0), {}), {});
    QVERIFY(empty.contains("found anything to mend"));
    QVERIFY(empty.contains("has no layers"));
}

void TestFormats::suppressedIsShown_data()
{
    QTest::addColumn<QByteArray>("format");
    for (const char *format : {"text", "json", "html", "markdown", "sarif", "junit", "csv"}) {
        QTest::newRow(format) << QByteArray(format);
    }
}

void TestFormats::suppressedIsShown()
{
    QFETCH(QByteArray, format);
    const std::string text = findAuditFormat(format.toStdString())->write(sample(), {});
    QVERIFY(text.contains("secret/env-var"));
    QVERIFY(text.contains("a test value"));
    QVERIFY(!text.contains("1 critical"));
}

void TestFormats::knownIsShown_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("mark");
    const auto row = [](const char *format, const char *mark) {
        QTest::newRow(format) << QByteArray(format) << QByteArray(mark);
    };
    row("text", "known");
    row("json", "\"known\": true");
    row("html", "known");
    row("markdown", "*Known.*");
    row("sarif", "\"unchanged\"");
    row("junit", "known: the baseline has it");
    row("csv", "\"known\",\"high\"");
    row("gitlab", "(known)");
}

void TestFormats::knownIsShown()
{
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, mark);
    const AuditFormat *row = findAuditFormat(format.toStdString());
    AuditReportOptions options;
    options.failOn = Severity::High;
    Inspection inspection = sample();
    inspection.policy.hasBaseline = true;
    const std::string before = row->write(inspection, options);
    QVERIFY2(!before.contains(mark.toStdString()), before.c_str());
    inspection.findings.front().isKnown = true;
    const std::string text = row->write(inspection, options);
    QVERIFY2(text.contains(mark.toStdString()), text.c_str());
    QCOMPARE(text.contains("<failure"), false); // the one that would fail is known
    QCOMPARE(before.contains("<failure"), format == "junit");
}

/// Wherever an image can have one: by its shape and by the name it has.
void TestFormats::noReportTellsASecret()
{
    const Inspection inspection = auditOf(
        "author me <<github>>\n"
        "env GH=<<github>>\nenv URL=https://me:hunter2hunter2@x/\nenv DB_PASSWORD=hunter2hunter2\n"
        "label note=see <<github>>\nlabel RUN=docker run -e DB_PASSWORD=hunter2hunter2 x\n"
        "label api.ENV.X.description=like <<github>>\nlabel api.ENV.X.default=<<github>>\n"
        "annotation note=<<github>>\n"
        "entrypoint [\"/app\", \"<<github>>\"]\ncmd [\"--token\", \"hunter2hunter2\"]\n"
        "health [\"CMD-SHELL\", \"curl -u me:hunter2hunter2 http://x/<<github>>\"]\n"
        "onbuild RUN echo <<github>>\n"
        "debian\n"
        "step ENV GH=<<github>>\n"
        "comment by <<github>>\n"
        "layer RUN |1 GH=<<github>> /bin/sh -c curl --token hunter2hunter2 <<github>> # buildkit\n"
        "text root/.bash_history curl <<github>>\n");
    std::vector<std::string> reports;
    for (const AuditFormat &format : auditFormats()) {
        reports.push_back(format.write(inspection, {}));
    }
    const Secrets redacted = Secrets::Redacted;
    const Image &image = *inspection.image;
    reports.insert(reports.end(),
                   {inspectText(inspection, {}),
                    inspectJson(inspection),
                    layersText(inspection, {}),
                    layersJson(inspection),
                    dockerfileText(image),
                    dockerfileJson(image),
                    contractReportText(inspection, {}),
                    contractReportJson(inspection),
                    contractReportMarkdown(inspection, redacted),
                    contractSkeleton(inspection, Skeleton::Run, redacted),
                    contractSkeleton(inspection, Skeleton::Compose, redacted),
                    contractSkeleton(inspection, Skeleton::Pod, redacted)});
    for (const std::string &report : reports) {
        QVERIFY2(!report.contains("hunter2") && !report.contains(withFakeSecrets("<<github>>")),
                 report.c_str());
    }
    QVERIFY(inspectJson(inspection, Secrets::Shown).contains("hunter2"));
    QVERIFY(inspectJson(inspection, Secrets::Shown).contains(withFakeSecrets("<<github>>")));
}

void TestFormats::baselineStates()
{
    Inspection inspection = sample();
    QVERIFY(!resultOf(sarifOf(inspection), "security/root-user").contains("baselineState"));
    inspection.policy.hasBaseline = true;
    inspection.findings.front().isKnown = true;
    inspection.findings[1].isKnown = true; // one of two of the same rule and layer
    const json sarif = sarifOf(inspection);
    QCOMPARE(resultOf(sarif, "security/root-user")["baselineState"].get<std::string>(),
             std::string("unchanged"));
    std::vector<std::string> states;
    for (const json &result : sarif["runs"][0]["results"]) {
        if (result["ruleId"] == "security/setuid-setgid") {
            states.push_back(result["baselineState"]);
        }
    }
    QCOMPARE(states, (std::vector<std::string>{"unchanged", "new"}));
    const json accepted = resultOf(sarif, "secret/env-var");
    QCOMPARE(accepted["baselineState"].get<std::string>(), std::string("new"));
    QCOMPARE(accepted["suppressions"].size(), std::size_t{1});
}

void TestFormats::wholeContractInHtml()
{
    Inspection inspection = sample();
    Contract &contract = inspection.contract;
    contract.touchPoints = {{"network", "Network", {{Known::Inferred, "listens on <80>"}}}};
    ContractVariable variable;
    variable.api.name = "DB_PASSWORD";
    variable.api.defaultValue = "hunter2";
    contract.variables = {variable};
    contract.ports = {{"8080/tcp", "the web", true}};
    contract.volumes = {{"/data", 4096, std::nullopt}};
    contract.hooks = {{"run", "start --password hunter2", "label RUN"}};
    const std::string text = auditHtml(inspection, {});
    for (const char *part : {"Touch points",
                             "inferred",
                             "listens on &lt;80&gt;",
                             "DB_PASSWORD",
                             "[redacted]",
                             "8080/tcp",
                             "/data",
                             "label RUN",
                             "As its configuration declares it"}) {
        QVERIFY2(text.contains(part), part);
    }
    QVERIFY(!text.contains("hunter2"));
    QVERIFY(!auditHtml(sample(), {}).contains("Touch points"));
}

void TestFormats::timestamps_data()
{
    QTest::addColumn<QByteArray>("format");
    for (const char *format : {"json", "html", "markdown", "sarif", "junit", "csv"}) {
        QTest::newRow(format) << QByteArray(format);
    }
}

void TestFormats::timestamps()
{
    QFETCH(QByteArray, format);
    const AuditFormat *row = findAuditFormat(format.toStdString());
    AuditReportOptions options;
    options.timestamp = "2031-01-02T03:04:05Z";
    QVERIFY(row->write(sample(), options).contains("2031-01-02T03"));
    QVERIFY(!row->write(sample(), {}).contains("2031"));
}

void TestFormats::everyRuleIsExplained()
{
    const std::string page = rulesMarkdown({});
    const json list = json::parse(rulesJson({}));
    const json sarif = sarifOf(sample());
    for (std::size_t i = 0; i < allRules().size(); ++i) {
        const Rule &rule = allRules()[i];
        const std::string id = rule.id;
        QVERIFY2(page.contains("### `" + id + "`\n"), rule.id);
        QVERIFY2(page.contains("| [`" + id + "`]"), rule.id);
        QCOMPARE(list["rules"][i]["id"].dump(), json(id).dump());
        QCOMPARE(sarif["runs"][0]["tool"]["driver"]["rules"][i]["id"].dump(), json(id).dump());
        QCOMPARE(needsOf(rule).size(), static_cast<std::size_t>(std::popcount(rule.needs)));
        QVERIFY2(!referencesOf(rule).empty(), rule.id);
        for (const RuleReference &reference : referencesOf(rule)) {
            QVERIFY2(reference.url.starts_with("https://"), rule.id);
        }
        for (const std::string_view alias : aliasesOf(rule)) {
            const std::vector<const Rule *> meant = rulesNamed(alias);
            QVERIFY2(std::ranges::find(meant, &rule) != meant.end(), rule.id);
            QVERIFY2(page.contains(markdownText(alias)), rule.id);
        }
        const std::vector<const Rule *> meant = rulesNamed(id);
        QVERIFY2(std::ranges::find(meant, &rule) != meant.end(), rule.id);
    }
}

QTEST_GUILESS_MAIN(TestFormats)
#include "tst_formats.moc"
