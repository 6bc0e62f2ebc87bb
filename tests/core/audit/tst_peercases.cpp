// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/inspection.h"
#include "core/base/json.h"
#include "tests/support/auditimage.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <string>

using namespace cutaway;
using namespace cutaway::test;

namespace {

QString casesFolder()
{
    return qEnvironmentVariable("CUTAWAY_CASES_DIR");
}

std::string textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// The commands of a case, as one RUN upon a first layer.
Inspection inspectionOf(const Json &slices)
{
    std::string text;
    for (int i = 0; slices.contains(std::to_string(i)); ++i) {
        text += i == 0 ? "" : " && ";
        for (const Json &word : slices[std::to_string(i)].elements()) {
            text += word.toString() + " ";
        }
    }
    text.insert(0, text.starts_with("/bin/sh") ? "" : "/bin/sh -c ");
    return auditOf("debian\nlayer " + text + "\nfile cmd 1 x");
}

bool fires(const std::string &verdict)
{
    return verdict != "none" && verdict != "skipped";
}

/// Upgrades that stay within a release are info for us, and nothing for the peer.
bool weighs(const std::string &verdict)
{
    return fires(verdict) && verdict != "info";
}

} // namespace

/// What another auditor's tests expect of the same build steps and configurations.
class PeerCasesTest : public QObject
{
    Q_OBJECT

private slots:
    void steps_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<bool>("onlyWeighing");
        QTest::newRow("update alone") << QStringLiteral("TestReducableAptGetUpdate.tests")
                                      << QByteArray("supply/update-alone") << false;
        QTest::newRow("dist-upgrade") << QStringLiteral("TestUseDistUpgrade.tests")
                                      << QByteArray("supply/dist-upgrade") << true;
        QTest::newRow("ADD") << QStringLiteral("TestAddStatement.tests")
                             << QByteArray("supply/add-instead-of-copy") << false;
    }
    void steps()
    {
        QFETCH(QString, table);
        QFETCH(QByteArray, rule);
        QFETCH(bool, onlyWeighing);
        const std::string text =
            textOf(casesFolder() + QStringLiteral("/inline/dockle_manifest_rules.json"));
        if (text.empty()) {
            QSKIP("CUTAWAY_CASES_DIR has no inline cases");
        }
        const ParsedJson cases = parseJson(text, "cases").value();
        int count = 0;
        for (const auto &[name, entry] : cases.value[table.toStdString()].members()) {
            if (!entry.isObject()) {
                continue;
            }
            const Inspection inspection = inspectionOf(entry["cmdSlices"]);
            const std::string verdict = verdictOf(inspection, rule.toStdString());
            QVERIFY2((onlyWeighing ? weighs(verdict) : fires(verdict))
                         == entry["expected"].toBool(),
                     (name + ": " + verdict).c_str());
            ++count;
        }
        QVERIFY(count >= 3);
    }

    void secretsInLines()
    {
        const std::string text =
            textOf(casesFolder() + QStringLiteral("/inline/dockle_manifest_rules.json"));
        if (text.empty()) {
            QSKIP("CUTAWAY_CASES_DIR has no inline cases");
        }
        const ParsedJson cases = parseJson(text, "cases").value();
        int count = 0;
        for (const auto &[name, entry] : cases.value["TestSensitiveVars.tests"].members()) {
            if (!entry.isObject()) {
                continue;
            }
            const std::string line = entry["cmd"].toString();
            const Inspection inspection = auditOf("debian\nstep " + line);
            const bool found = fires(verdictOf(inspection, "secret/env-var"))
                               || fires(verdictOf(inspection, "secret/run-inline"));
            QVERIFY2(found == entry["expected"].toBool(), (name + ": " + line).c_str());
            ++count;
        }
        QVERIFY(count >= 8);
    }

    void configurations_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("adds");
        QTest::newRow("root by default") << QStringLiteral("root_default.json") << 0;
        QTest::newRow("arguments and the first ADD")
            << QStringLiteral("add_with_arg_statement.json") << 0;
        QTest::newRow("two more ADDs") << QStringLiteral("multi_add.json") << 2;
    }
    void configurations()
    {
        QFETCH(QString, file);
        QFETCH(int, adds);
        const std::string text =
            textOf(casesFolder()
                   + QStringLiteral("/goodwithtech+dockle/pkg/assessor/manifest/testdata/") + file);
        if (text.empty()) {
            QSKIP("CUTAWAY_CASES_DIR has no configurations of the peer");
        }
        Image image;
        image.sourceName = "docker-archive";
        image.config = parseConfig(text, image.notes).value();
        // Each step that makes a layer puts one file there.
        const auto layers = static_cast<std::uint32_t>(
            std::ranges::count(image.config.history, false, &HistoryEntry::emptyLayer));
        std::string tree;
        for (std::uint32_t layer = 0; layer < layers; ++layer) {
            tree += "layer RUN\nfile f" + std::to_string(layer) + " 1 x\n";
        }
        image.tree = auditImage(tree).tree;
        image.layers.resize(layers);
        QVERIFY(alignHistory(image.config.history, layers));
        image.config.entrypoint = std::vector<std::string>{"/app"}; // no base distribution
        const Inspection inspection = auditOf(std::move(image));
        QVERIFY(fires(verdictOf(inspection, "security/root-user")));
        QVERIFY(fires(verdictOf(inspection, "process/no-healthcheck")));
        const std::string found = verdictOf(inspection, "supply/add-instead-of-copy");
        QCOMPARE(QString::fromStdString(found),
                 adds == 0 ? QStringLiteral("none") : QStringLiteral("low low"));
    }
};

QTEST_GUILESS_MAIN(PeerCasesTest)
#include "tst_peercases.moc"
