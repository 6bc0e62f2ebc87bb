// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/scan.h"
#include "core/base/json.h"

#include <QFile>
#include <QTest>

#include <map>
#include <set>

using namespace cutaway;

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

/// The detectors that stand for the peer's rules.
const std::map<std::string, std::string, std::less<>> kOurs = {
    {"aws-access-key-id", "D05"},
    {"aws-secret-access-key", "D06"},
    {"github-pat", "D12"},
    {"github-fine-grained-pat", "D12"},
    {"private-key", "D01"},
    {"azure-storage-account-key", "D10"},
    {"azure-sas-token", "D10"},
    {"azure-devops-pat", "D10"},
    {"azure-container-registry-credential", "D10"},
    {"azure-app-config-connection-string", "D10"},
    {"azure-ai-services-key", "D10"},
    {"maven-settings-password", "F01"},
    {"maven-settings-passphrase", "F01"},
    {"grafana-api-token", "D25"},
    {"private-packagist-token", "D25"},
    {"None", "D21"}, // the row for OpenAI's, whose rule the case does not name
};

/// Where we say otherwise, and why.
struct Otherwise
{
    std::string_view file;
    std::string_view ours; ///< "D06 1"
    std::string_view why;
};
constexpr Otherwise kOtherwise[] = {
    {"example-secret.txt", "D06 1", "a file is not passed over for its name alone"},
    {"obfuscated.js", "", "keys that are made to be published are no secrets"},
    {"secret.txt", "", "words of the case's own configuration"},
    {"secret.md", "", "words of the case's own configuration"},
    {"multi-line.txt", "", "words of the case's own configuration"},
    {"symfony-secret.yaml", "", "a value that its name gives away counts in settings alone"},
};

} // namespace

/// What another scanner's tests expect of the same files.
class SecretCasesTest : public QObject
{
    Q_OBJECT

private slots:
    void files_data();
    void files();
};

void SecretCasesTest::files_data()
{
    if (casesFolder().isEmpty()) {
        QSKIP("CUTAWAY_CASES_DIR is not set");
    }
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("expected");
    const auto cases =
        parseJson(textOf(casesFolder() + QStringLiteral("/CASES.json")), "CASES.json");
    QVERIFY(cases.has_value());
    int number = 0;
    for (const Json &row : cases->value.elements()) {
        if (row["kind"].toString() != "secret-file") {
            continue;
        }
        const std::string &file = row["file"].toString();
        const Json &peer = row["expected"]["peer"].elements().at(0);
        std::set<std::pair<std::int64_t, std::string>> hits;
        for (const Json &finding : peer["findings"].elements()) {
            const auto ours = kOurs.find(finding["rule"].toString());
            if (ours != kOurs.end()) {
                hits.emplace(finding["start"].toInteger().value_or(1), ours->second);
            }
        }
        std::string expected;
        for (const auto &[line, detector] : hits) {
            expected += (expected.empty() ? "" : "; ") + detector + ' ' + std::to_string(line);
        }
        for (const Otherwise &otherwise : kOtherwise) {
            if (file.ends_with("/" + std::string(otherwise.file))) {
                expected = otherwise.ours;
            }
        }
        QTest::newRow((std::to_string(++number) + ' ' + peer["name"].toString()).c_str())
            << QByteArray::fromStdString(file) << QByteArray::fromStdString(expected);
    }
    QCOMPARE(number, 40);
}

void SecretCasesTest::files()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, expected);
    const std::string text = textOf(casesFolder() + u'/' + QString::fromUtf8(file));
    QVERIFY(!text.empty());
    // As part of an application: where the case lies would make it a test's.
    const std::string path = "app/" + file.mid(file.lastIndexOf('/') + 1).toStdString();
    const SecretMemory memory;
    std::string found;
    for (const SecretHit &hit : secretsIn(text, secretPlace(path), &memory)) {
        found += (found.empty() ? "" : "; ") + std::string(secretKind(hit.detector).id) + ' '
                 + std::to_string(hit.line);
        QVERIFY(hit.severity >= Severity::Medium);
    }
    QCOMPARE(QByteArray::fromStdString(found), expected);
}

QTEST_GUILESS_MAIN(SecretCasesTest)
#include "tst_secretcases.moc"
