// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/formats.h"
#include "tests/support/auditimage.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace cutaway;
using namespace cutaway::test;

namespace {

constexpr std::string_view kSecret = "a3f8c1d2e4";

/// With the secret in place of each "@@".
std::string filled(std::string text)
{
    for (std::size_t at = text.find("@@"); at != std::string::npos; at = text.find("@@", at)) {
        text.replace(at, 2, kSecret);
    }
    return text;
}

/// Everything that is written of an image.
std::vector<std::pair<std::string, std::string>> allReports(const Inspection &inspection)
{
    const TextStyle style;
    std::vector<std::pair<std::string, std::string>> reports = {
        {"inspect", inspectText(inspection, style)},
        {"inspect JSON", inspectJson(inspection)},
        {"layers", layersText(inspection, style)},
        {"layers JSON", layersJson(inspection)},
        {"waste", wasteText(inspection, style)},
        {"waste JSON", wasteJson(inspection)},
        {"history", historyText(inspection, kRoot, style)},
        {"history JSON", historyJson(inspection, kRoot)},
        {"dockerfile", dockerfileText(*inspection.image)},
        {"dockerfile JSON", dockerfileJson(*inspection.image)},
        {"contract", contractReportText(inspection, style)},
        {"contract JSON", contractReportJson(inspection, Secrets::Redacted)},
        {"contract Markdown", contractReportMarkdown(inspection, Secrets::Redacted)},
        {"run", contractSkeleton(inspection, Skeleton::Run, Secrets::Redacted)},
        {"compose", contractSkeleton(inspection, Skeleton::Compose, Secrets::Redacted)},
        {"pod", contractSkeleton(inspection, Skeleton::Pod, Secrets::Redacted)},
        {"gate JSON", gateJson(inspection, {})},
    };
    for (const AuditFormat &format : auditFormats()) {
        reports.emplace_back("audit " + std::string(format.name), format.write(inspection, {}));
    }
    return reports;
}

} // namespace

/// What the rules call a secret, no report shows.
class TestNoSecrets : public QObject
{
    Q_OBJECT

private slots:
    void foundAndNeverShown_data();
    void foundAndNeverShown();
};

void TestNoSecrets::foundAndNeverShown_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("image");
    const std::vector<std::pair<const char *, const char *>> commands = {
        {"curl", "curl -u me:@@ https://x"},
        {"curl, quoted", "curl -u \"me:@@\" https://x"},
        {"curl, long", "curl --user me:@@ https://x"},
        {"curl, long and joined", "curl --user=me:@@ https://x"},
        {"curl after another", "cd /x && /usr/bin/curl -fsS -u 'me:@@' https://x; ls"},
        {"a login", "docker login -u me -p @@ r"},
        {"a login of podman", "podman login r -u me -p @@"},
        {"az", "az login -u me -p @@"},
        {"sshpass", "sshpass -p @@ ssh h"},
        {"mysql", "mysql -u me -p@@ d"},
        {"mysql, quoted", "mysql -e 'select 1; select 2' -p\"@@\" d"},
        {"mysqldump in a shell", "sh -c \"mysqldump -e 'a;b' -p@@ d | gzip\""},
        {"a wrapper", "sudo -u root env A=b mysql -p@@ d"},
        {"a substitution", "X=$(curl -u me:@@ https://x) make"},
        {"an option", "app --password @@ -v"},
        {"an option, joined", "app --token=@@ -v"},
        {"an option, quoted", "app --api-key '@@' -v"},
        {"aws", "aws configure set aws_secret_access_key @@"},
        {"aws, a profile", "aws configure set profile.x.aws_secret_access_key '@@'"},
        {"a header", "curl -H 'Authorization: Bearer @@' https://x"},
        {"a header in small letters", "curl -H \"authorization: basic @@\" https://x"},
        {"a header and blanks", "curl -H 'Authorization:  token @@' https://x"},
        {"an address", "git clone https://me:@@@x/y"},
        {"an address of a database", "psql postgres://me:@@@db:5432/x -c 'select 1'"},
        {"an export", "export API_SECRET=\"@@\" && x"},
        {"an assignment", "API_TOKEN=@@ x"},
    };
    for (const auto &[name, command] : commands) {
        const std::string line = filled(command);
        const std::string quoted = nlohmann::json(line).dump();
        const auto row = [&](const std::string &kind, const char *rule, const std::string &image) {
            QTest::newRow((std::string(name) + ", " + kind).c_str())
                << QByteArray(rule) << QByteArray::fromStdString(image);
        };
        row("BuildKit",
            "secret/run-inline",
            "debian\nlayer RUN /bin/sh -c " + line + " # buildkit");
        row("the old builder", "secret/run-inline", "debian\nlayer /bin/sh -c " + line);
        row("with an argument", "secret/run-inline", "debian\nlayer |1 A=b /bin/sh -c " + line);
        row("shell form", "secret/cmd-args", "debian\ncmd [\"/bin/sh\", \"-c\", " + quoted + "]");
        row("health check",
            "secret/cmd-args",
            "debian\ncmd [\"/app\"]\nhealth [\"CMD-SHELL\", " + quoted + "]");
    }
    const std::vector<std::pair<const char *, const char *>> words = {
        {"curl", R"(["curl", "-u", "me:@@", "x"])"},
        {"a password with a blank", R"(["docker", "login", "-p", "@@ x", "r"])"},
        {"mysql after a statement", R"(["/usr/bin/mysql", "-e", "a;b", "-p@@"])"},
        {"mysql in a wrapper", R"(["env", "A=b", "mysqldump", "-p@@"])"},
        {"an option", R"(["/app", "--password", "@@"])"},
        {"an option, joined", R"(["/app", "--password=@@ x"])"},
        {"aws", R"(["aws", "configure", "set", "aws_secret_access_key", "@@"])"},
        {"a header", R"(["curl", "-H", "authorization: Bearer @@", "x"])"},
        {"an address", R"(["/app", "redis://:@@@h:1/0"])"},
    };
    for (const auto &[name, list] : words) {
        QTest::newRow((std::string(name) + ", exec form").c_str())
            << QByteArray("secret/cmd-args")
            << QByteArray::fromStdString("debian\nentrypoint " + filled(list));
    }
}

void TestNoSecrets::foundAndNeverShown()
{
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, image);
    const Inspection inspection = auditOf(image.toStdString());
    const std::string verdict = verdictOf(inspection, rule.toStdString());
    QVERIFY2(verdict != "none" && verdict != "skipped", verdict.c_str());
    for (const auto &[name, report] : allReports(inspection)) {
        QVERIFY2(!report.contains(kSecret), (name + ":\n" + report).c_str());
    }
}

QTEST_GUILESS_MAIN(TestNoSecrets)
#include "tst_nosecrets.moc"
