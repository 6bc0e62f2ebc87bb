// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/inspect.h"
#include "core/report/comparereport.h"
#include "core/report/report.h"
#include "tests/core/inspect/schemacheck.h"

#include <QTest>

#include <fstream>
#include <sstream>

using namespace cutaway;
using nlohmann::json;
using test::SchemaCheck;

/// What we write is what resources/schema says that we write.
class TestSchema : public QObject
{
    Q_OBJECT

private slots:
    void checkerFindsFaults_data();
    void checkerFindsFaults();
    void reportsKeepTheirSchemas_data();
    void reportsKeepTheirSchemas();
    void choicesKeepTheirSchema();

private:
    void check(const std::string &text, const std::string &schema);
    void checkFiles(const Image &image);
    void checkComparison(const InspectionPtr &inspection);

    InspectionPtr m_previous; ///< to be compared with
    SchemaCheck m_checker{CUTAWAY_SCHEMA_DIR};
};

void TestSchema::check(const std::string &text, const std::string &schema)
{
    const std::string problem = m_checker.check(json::parse(text), schema);
    QVERIFY2(problem.empty(), (schema + " " + problem).c_str());
}

void TestSchema::checkerFindsFaults_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("nothing") << QByteArray("[]") << QByteArray();
    const auto replace =
        [](const char *name, const char *path, const char *value, const char *problem) {
            QTest::newRow(name) << R"([{"op": "replace", "path": ")" + QByteArray(path)
                                       + R"(", "value": )" + value + "}]"
                                << QByteArray(problem);
        };
    replace("type", "/complete", "1", "/complete: 1 breaks type");
    replace("type, of several", "/images/0/platform", "1", "/images/0/platform: 1 breaks type");
    replace("integer", "/images/0/index", "1.5", "/images/0/index: 1.5 breaks type");
    replace("minimum", "/images/0/index", "-1", "/images/0/index: -1 breaks minimum");
    replace("const", "/schemaVersion", "2", "/schemaVersion: 2 breaks const");
    replace("pattern", "/images/0/digest", "\"x\"", "/images/0/digest: \"x\" breaks pattern");
    QTest::newRow("required") << QByteArray(R"([{"op": "remove", "path": "/images/0/tags"}])")
                              << QByteArray("breaks required");
    QTest::newRow("unknown") << QByteArray(R"([{"op": "add", "path": "/images/0/x", "value": 1}])")
                             << QByteArray("/images/0/x: the schema does not name it");
}

void TestSchema::checkerFindsFaults()
{
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, problem);
    ImageCandidate candidate;
    candidate.digest = Digest::ofSha256(std::string(64, 'a'));
    json report = json::parse(candidatesJson({candidate}));
    report["complete"] = true;
    const bool isComplete = patch.contains("/complete");
    if (!isComplete) {
        report.erase("complete");
    }
    report = report.patch(json::parse(patch.toStdString()));
    const std::string found = isComplete ? m_checker.check({{"schemaVersion", 1},
                                                            {"tool", report["tool"]},
                                                            {"complete", report["complete"]},
                                                            {"layers", json::array()}},
                                                           "layers.schema.json")
                                         : m_checker.check(report, "images.schema.json");
    QVERIFY2(problem.isEmpty() ? found.empty() : QByteArray::fromStdString(found).contains(problem),
             found.c_str());
}

void TestSchema::reportsKeepTheirSchemas_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("the sample image") << QStringLiteral(CUTAWAY_SAMPLE);
    const QString folder = qEnvironmentVariable("CUTAWAY_CASES_DIR");
    if (folder.isEmpty()) {
        return;
    }
    std::ifstream stream(folder.toStdString() + "/CASES.json");
    for (const json &entry : json::parse(stream)) {
        const std::string kind = entry["kind"];
        if (kind == "image-archive" || kind == "image-oci-layout" || kind == "tiny-image") {
            const std::string id = entry["id"];
            const std::string file = entry["file"];
            QTest::newRow(id.c_str()) << folder + QLatin1Char('/') + QString::fromStdString(file);
        }
    }
}

void TestSchema::checkFiles(const Image &image)
{
    using View = FilesQuery::View;
    for (const View view : {View::Final, View::At, View::Layer, View::All}) {
        FilesQuery query;
        query.view = view;
        std::string text;
        const Sink sink = [&text](std::string_view run) { text += run; };
        filesJson(image, query, sink);
        check(text, "files.schema.json");
        text.clear();
        filesNdjson(image, query, sink);
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            check(line, "common.schema.json#/$defs/fileEntry");
        }
    }
}

/// With the image before, and with itself.
void TestSchema::checkComparison(const InspectionPtr &inspection)
{
    for (const InspectionPtr &before : {m_previous, inspection}) {
        if (!before) {
            continue;
        }
        const Comparison comparison = compare(before, inspection, Monitor()).value();
        std::string text;
        const Sink sink = [&text](std::string_view run) { text += run; };
        compareJson(comparison, checkGate(comparison, Policy()), Secrets::Redacted, sink);
        check(text, "compare.schema.json");
    }
    m_previous = inspection;
}

void TestSchema::reportsKeepTheirSchemas()
{
    QFETCH(QString, path);
    Reference reference;
    reference.path = path.toStdString();
    reference.text = reference.path;
    Monitor monitor;
    InspectOptions options;
    auto inspected = inspect(reference, options, monitor);
    if (!inspected && !inspected.error().candidates.empty()) {
        check(candidatesJson(inspected.error().candidates), "images.schema.json");
        options.image = "@0";
        inspected = inspect(reference, options, monitor);
    }
    if (!inspected) {
        QSKIP(inspected.error().error.message.c_str());
    }
    const Inspection &inspection = *inspected->inspection;
    const Image &image = *inspection.image;
    check(inspectJson(inspection), "inspect.schema.json");
    check(layersJson(inspection), "layers.schema.json");
    check(wasteJson(inspection), "waste.schema.json");
    check(savingsJson(inspection), "savings.schema.json");
    const WhatIf question = image.layers.size() < 2 ? WhatIf{{}, {kRoot}} : WhatIf{{{0, 1}}, {}};
    check(whatIfJson(inspection, question, whatIf(image, inspection.analysis, question)),
          "what-if.schema.json");
    check(dockerfileJson(image), "dockerfile.schema.json");
    check(auditJson(inspection), "audit.schema.json");
    check(contractReportJson(inspection), "contract.schema.json");
    check(packagesJson(inspection), "packages.schema.json");
    check(ownersJson(inspection, {kRoot}), "owners.schema.json");
    check(gateJson(inspection, {GateLine{GateLine::State::Pass, "a", "b"}, GateLine()}),
          "gate.schema.json");
    checkFiles(image);
    checkComparison(inspected->inspection);
    for (NodeId node = 0; node < std::min<NodeId>(image.tree->nodeCount(), 50); ++node) {
        check(historyJson(inspection, node), "history.schema.json");
    }
}

void TestSchema::choicesKeepTheirSchema()
{
    ImageCandidate candidate;
    check(candidatesJson({candidate, candidate}), "images.schema.json");
    check(candidatesJson({}), "images.schema.json");
    check(rulesJson({}), "rules.schema.json");
    EngineListing engine;
    engine.socket = "/run/docker.sock";
    engine.images.push_back({"sha256:" + std::string(64, 'a'), {"app:1"}, 1'700'000'000, 5});
    engine.images.push_back({"sha256:" + std::string(64, 'b'), {}, 0, 0});
    EngineListing silent;
    silent.kind = EngineKind::Podman;
    silent.error = Error{ErrorCode::Network, "nobody listens"};
    check(enginesJson({engine, silent}), "engines.schema.json");
    check(enginesJson({}), "engines.schema.json");
    using State = TestOutcome::State;
    check(structureTestsJson({{State::Passed, "file", "a", {}, {}, 1},
                              {State::Failed, "file", "b", {"c"}, {}, 1},
                              {State::Skipped, "command", "d", {}, "e", 0}}),
          "test.schema.json");
}

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
