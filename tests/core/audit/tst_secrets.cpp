// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/literals.h"
#include "core/audit/secrets/packagefiles.h"
#include "core/audit/secrets/scan.h"
#include "core/audit/secrets/scanner.h"
#include "core/audit/secrets/secretfacts.h"
#include "core/audit/secrets/secretlimits.h"
#include "core/tree/entry.h"
#include "tests/support/auditimage.h"
#include "tests/support/fakesecrets.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <random>
#include <set>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// "D12 critical certain 3": detector, severity, confidence, line, for each hit.
std::string described(const std::vector<SecretHit> &hits)
{
    std::string text;
    for (const SecretHit &hit : hits) {
        text += text.empty() ? "" : "; ";
        text += std::string(secretKind(hit.detector).id) + ' '
                + std::string(severityName(hit.severity)) + ' '
                + std::string(confidenceName(hit.confidence)) + ' ' + std::to_string(hit.line);
    }
    return text;
}

/// The scanner's facts about one file that comes in runs of that many bytes.
std::vector<FileFact> scanned(std::string_view name, std::string_view text, std::size_t run)
{
    const auto scanner = secretScanner();
    Entry entry;
    entry.size = text.size();
    entry.headerOffset = 512;
    std::vector<FileFact> facts;
    if (scanner->begin(name, entry)) {
        for (std::size_t at = 0; at < text.size(); at += run) {
            scanner->data(std::as_bytes(std::span(text.substr(at, run))));
        }
        scanner->end(facts);
    }
    return facts;
}

std::string describedFacts(const std::vector<FileFact> &facts)
{
    std::string text;
    for (const FileFact &fact : facts) {
        if (fact.kind == kSecretsFact) {
            text += described(decodeSecrets(fact.bytes).value().hits);
        } else {
            text += "fact " + std::to_string(fact.kind);
        }
    }
    return text;
}

} // namespace

class TestSecrets : public QObject
{
    Q_OBJECT

private slots:
    void found_data();
    void found();
    void factsHoldNoSecret();
    void runsDoNotMatter();
    void whatIsSkipped();
    void unsearchedTextsAreTold();
    void sameSecretSameHash();
    void bothEnginesFindTheSame();
    void hostileTextsTakeNoTime_data();
    void hostileTextsTakeNoTime();
    void detectorsAreTold();
    void packageFiles();
    void brokenFacts();
};

void TestSecrets::found_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hits");
    const auto row = [](const char *name, const char *path, const char *text, const char *hits) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(text) << QByteArray(hits);
    };
    const char *file = "app/file.txt";
    row("a key", file, "x\n<<rsa>>\n", "D01 critical certain 2");
    row("with CRLF", file, "<<rsa-crlf>>", "D01 critical certain 1");
    row("in JSON", "app/a.json", "{\"a\": \"<<rsa-escaped>>\"}", "D01 critical certain 1");
    row("of PKCS 8", file, "<<pkcs8>>", "D01 critical certain 1");
    row("of OpenSSH", file, "<<openssh>>", "D01 critical certain 1");
    row("with a passphrase", file, "<<rsa-locked>>", "D01 high certain 1");
    row("PKCS 8 with one", file, "<<pkcs8-locked>>", "D01 high certain 1");
    row("OpenSSH with one", file, "<<openssh-locked>>", "D01 high certain 1");
    row("base64 without structure", file, "<<no-asn1>>", "D01 critical likely 1");
    row("two keys",
        file,
        "<<rsa>>\n<<openssh>>\n",
        "D01 critical certain 1; D01 critical certain 10");
    row("no base64", file, "<<no-base64>>", "");
    row("public material", file, "<<public>>\n<<certificate>>\n", "");
    row("PGP", file, "<<pgp>>", "D02 critical certain 1");
    row("PuTTY", file, "<<putty>>", "D03 critical certain 1");
    row("age", file, "# x\n<<age>>\n", "D04 critical certain 2");
    row("age, wrong checksum", file, "<<age-wrong>>", "");
    row("snakeoil", "etc/ssl/private/ssl-cert-snakeoil.key", "<<pkcs8>>", "D01 medium certain 1");

    row("AWS, the id alone", file, "id=<<aws-id>>", "D05 high likely 1");
    row("AWS, the secret alone",
        file,
        "aws_secret_access_key = <<aws-secret>>",
        "D06 critical likely 1");
    row("AWS, a pair",
        file,
        "<<aws-id>>\n\n\"SecretAccessKey\": \"<<aws-secret>>\"",
        "D05 critical likely 1; D06 critical likely 3");
    row("AWS, far from each other",
        file,
        "<<aws-id>>\n\n\n\n\n\n\naws_secret_access_key=<<aws-secret>>",
        "D05 high likely 1; D06 critical likely 8");
    row("AWS, as documented",
        file,
        "AKIAIOSFODNN7EXAMPLE\naws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "");
    row("AWS, part of a word", file, "x<<aws-id>>", "");
    row("Bedrock", file, "<<bedrock>>", "D07 critical certain 1");
    row("Google's service account", "app/key.json", "<<gcp>>", "D08 critical certain 1");
    row("Google's without a key", "app/key.json", R"({"type": "service_account"})", "");
    row("Google API", file, "<<google>>", "D09 medium likely 1");
    row("Google API, in a bundle", "app/a.js", "\"<<google>>\"", "D09 low likely 1");
    row("Azure storage", file, "<<azure-storage>>;x", "D10 critical likely 1");
    row("Azure shared access", file, "u=<<azure-sas>>", "D10 high likely 1");
    row("sig alone", file, "/a?sig=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopQ=", "");
    row("Azure client secret", file, "'<<azure-client>>'", "D11 critical likely 1");

    row("GitHub", file, "t: <<github>>", "D12 critical certain 1");
    row("GitHub, wrong checksum", file, "<<github-unsure>>", "D12 critical likely 1");
    row("GitHub, too short", file, "<<github-short>>", "");
    row("GitHub, fine-grained", file, "our<<github-fine>>", "D12 critical likely 1");
    row("GitHub, behind an escape", file, R"("a\n<<github>>")", "D12 critical certain 1");
    row("GitHub, all the same letter", file, "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "");
    row("GitLab", file, "<<gitlab>>", "D13 critical likely 1");
    row("Slack", file, "<<slack>>", "D14 high likely 1");
    row("Slack, a webhook", file, "<<slack-hook>>", "D14 medium likely 1");
    row("Stripe", file, "<<stripe>>", "D15 critical likely 1");
    row("Stripe, for tests", file, "<<stripe-test>>", "D15 low likely 1");
    row("Stripe, published", file, "<<stripe-public>>", "");
    row("npm", file, "<<npm>>", "D16 critical likely 1");
    row("npm's in a lock file", "app/package-lock.json", "<<npm>>", "D16 critical likely 1");
    row("PyPI", file, "<<pypi>>", "D17 critical certain 1");
    row("RubyGems", file, "<<rubygems>>", "D18 critical likely 1");
    row("crates.io", file, "CARGO_REGISTRY_TOKEN=<<crates>>", "D19 critical likely 1");
    row("crates.io, without a name", file, "<<crates>>", "");
    row("Docker Hub", file, "<<docker>>", "D20 critical likely 1");
    row("OpenAI", file, "<<openai>>", "D21 critical likely 1");
    row("Anthropic", file, "<<anthropic>>", "D21 critical likely 1");
    row("Hugging Face", file, "<<hugging-face>>", "D22 high likely 1");
    row("SendGrid", file, "<<sendgrid>>", "D23 high likely 1");
    row("Mailgun", file, "MAILGUN_KEY=<<mailgun>>", "D23 high likely 1");
    row("Mailgun's without its name", file, "<<mailgun>>", "");
    row("Vault", file, "<<vault>>", "D24 high likely 1");
    row("DigitalOcean", file, "<<digitalocean>>", "D25 high likely 1");
    row("Databricks", file, "<<databricks>>", "D25 high likely 1");
    row("Databricks, in a lock file", "app/yarn.lock", "<<databricks>>", "");
    row("a web token", file, "<<jwt>>", "D26 medium certain 1");
    row("expired", file, "<<jwt-old>>", "D26 low certain 1");
    row("of Kubernetes", file, "<<jwt-kubernetes>>", "D26 high certain 1");
    row("not signed", file, "<<jwt-none>>", "");
    row("as documented", file, "<<jwt-documented>>", "D26 info certain 1");

    row("an address", "app/a.yml", "db: postgres://me:<<password>>@db/x", "D27 high likely 1");
    row("of this host",
        "app/a.yml",
        "db: postgres://me:<<password>>@localhost/x",
        "D27 medium likely 1");
    row("a variable", "app/a.yml", "db: postgres://me:${P}@db/x http://me:<p>@db", "");
    row("in a text", "app/a.md", "postgres://me:<<password>>@db/x", "");
    row("no password", "app/a.yml", "http://h:80/@x ssh://git@h/x", "");
    row("a registry's",
        "root/.docker/config.json",
        R"({"auths": {"r.io": {"auth": "<<auth>>"}}})",
        "D28 critical certain 1");
    row("helpers alone",
        "root/.docker/config.json",
        R"({"auths": {}, "credHelpers": {"x": "y"}})",
        "");
    row("no pair of user and password",
        "root/.docker/config.json",
        R"({"auths": {"r.io": {"auth": "AAAAAAAA"}}})",
        "");
    row("a client of Kubernetes", "x", "client-key-data: <<pem64>>", "D29 high certain 1");
    row("a secret of Kubernetes",
        "app/a.yaml",
        "kind: Secret\nmetadata:\n  name: x\ndata:\n  a: <<auth>>\n---\nkind: x",
        "D29 high likely 5");
    row("a template of one", "app/a.yaml", "kind: Secret\ndata:\n  a: {{x}}\n", "");

    row("npmrc", "root/.npmrc", "//r/:_authToken=<<password>>\n", "F01 critical certain 1");
    row("npmrc, a variable", "root/.npmrc", "//r/:_authToken=${NPM_TOKEN}\n", "");
    row("pypirc", "root/.pypirc", "[pypi]\npassword = <<password>>\n", "F01 critical certain 2");
    row("netrc",
        "root/.netrc",
        "machine x login y password <<password>>\n",
        "F01 critical certain 1");
    row("git's",
        "root/.git-credentials",
        "https://me:<<github>>@github.com",
        "D12 critical certain 1");
    row("Maven",
        "root/.m2/settings.xml",
        "<settings>\n<password> <<password>> </password>",
        "F01 critical certain 2");
    row("Maven, encrypted",
        "root/.m2/settings.xml",
        "<password>{jSMOWnoPFgsHVpMvz5V=}</password>",
        "");
    row("Maven, in a comment",
        "root/.m2/settings.xml",
        "<!-- <password><<password>></password> -->",
        "");
    row("Gradle",
        "root/.gradle/gradle.properties",
        "repoPassword=<<password>>\n",
        "F01 critical certain 1");
    row("gh",
        "root/.config/gh/hosts.yml",
        "github.com:\n    oauth_token: <<password>>\n",
        "F01 critical certain 2");
    row("AWS's file",
        "root/.aws/credentials",
        "[default]\naws_secret_access_key = <<aws-secret>>\n",
        "D06 critical likely 2");
    row("AWS's without a secret", "root/.aws/config", "[default]\nregion = eu-west-1\n", "");
    row("Google's default",
        "root/.config/gcloud/application_default_credentials.json",
        R"({"refresh_token": "<<password>>"})",
        "F02 critical certain 1");
    row("kubeconfig",
        "root/.kube/config",
        "users:\n- user:\n    token: <<password>>\n",
        "F02 critical certain 3");

    row(".env", "app/.env", "A=1\nDB_PASSWORD=<<password>>\n", "D30 high likely 2");
    row(".env, with quotes and a comment",
        "app/.env",
        "export DB_PASSWORD='<<password>>' # x\n",
        "D30 high likely 1");
    row(".env, a known token",
        "app/.env.production",
        "GITHUB_TOKEN=<<github>>\n",
        "D12 critical certain 1");
    row(".env, nothing secret", "app/.env", "PORT=80\nDB_PASSWORD=\nTOKEN=$T\nKEY_FILE=/x\n", "");
    row(".env, an example", "app/.env.example", "DB_PASSWORD=<<password>>\n", "");

    row("a library's test",
        "usr/lib/python3/dist-packages/tornado/test/test.key",
        "<<pkcs8>>",
        "D01 info certain 1");
    row("an application's test", "app/test/test.key", "<<pkcs8>>", "D01 critical certain 1");
    row("nothing at all", file, "", "");
}

void TestSecrets::found()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hits);
    const std::string full = withFakeSecrets(text.toStdString());
    const SecretMemory memory;
    const std::string where = path.toStdString();
    const SecretPlace place = secretPlace(where);
    QCOMPARE(QByteArray::fromStdString(described(secretsIn(full, place, &memory))), hits);
    QCOMPARE(QByteArray::fromStdString(described(secretsIn(full, place))), hits);
}

void TestSecrets::factsHoldNoSecret()
{
    const std::string secret = withFakeSecrets("<<github>>");
    const auto facts = scanned("app/x", "token " + secret + "\n", 1000);
    QCOMPARE(facts.size(), 1U);
    QCOMPARE(facts[0].headerOffset, 512U);
    for (std::size_t at = 0; at + 8 <= secret.size(); ++at) {
        QVERIFY(!facts[0].bytes.contains(secret.substr(at, 8)));
    }
    const SecretHit hit = decodeSecrets(facts[0].bytes).value().hits.front();
    QCOMPARE(hit.prefix, std::string("ghp_"));
    QCOMPARE(hit.length, secret.size());
    QCOMPARE(hit.offset, 6U);
}

void TestSecrets::runsDoNotMatter()
{
    const std::string text =
        withFakeSecrets(std::string(9000, 'a') + "\n<<rsa>>\n<<jwt>>\n<<aws-id>>"
                        + std::string(9000, '\n') + "<<github>>\n");
    const std::string whole = describedFacts(scanned("app/x.txt", text, text.size()));
    QCOMPARE(std::ranges::count(whole, ';'), 3);
    for (const std::size_t run : {1U, 7U, 100U, 8191U, 8192U, 9100U}) {
        QCOMPARE(describedFacts(scanned("app/x.txt", text, run)), whole);
    }
}

void TestSecrets::whatIsSkipped()
{
    const std::string secret = withFakeSecrets("<<github>>\n");
    QCOMPARE(describedFacts(scanned("a", std::string(1, '\0') + secret, 100)), std::string());
    QCOMPARE(describedFacts(scanned("a.png", secret, 100)), std::string());
    const std::string late = secret + std::string(limits::kSecretTextFront, ' ') + '\0';
    QCOMPARE(describedFacts(scanned("a", late, 1000)), std::string("D12 critical certain 1"));
    const std::string most = secret + std::string(limits::kSecretFileBytes - secret.size(), ' ');
    QCOMPARE(describedFacts(scanned("a", most, 100'000)), std::string("D12 critical certain 1"));
    QCOMPARE(describedFacts(scanned("a", most + ' ', 100'000)), std::string("fact 2"));
    QCOMPARE(describedFacts(scanned("a", std::string(1, '\0') + most, 100'000)), std::string());
}

void TestSecrets::unsearchedTextsAreTold()
{
    std::string looks; // more beginnings of keys than are looked at
    for (std::size_t i = 0; i <= limits::kSecretWork / limits::kSecretKeyBytes; ++i) {
        looks += "PRIVATE KEY-----,";
    }
    std::string secrets;
    for (std::size_t i = 0; i <= limits::kSecretHits; ++i) {
        secrets += "<<github>> ";
    }
    secrets = withFakeSecrets(secrets);
    const auto unsearched = "fact " + std::to_string(kUnsearchedFact);
    QCOMPARE(describedFacts(scanned("a.txt", looks, looks.size())), unsearched);
    QVERIFY(describedFacts(scanned("a.txt", secrets, secrets.size())).starts_with(unsearched));

    std::string addresses; // without passwords: not even looked at
    for (int i = 0; i < 40'000; ++i) {
        addresses += "http://h/x ";
    }
    addresses += withFakeSecrets("postgres://me:<<password>>@db/x");
    QCOMPARE(describedFacts(scanned("a.yml", addresses, addresses.size())),
             std::string("D27 high likely 1"));

    const auto told = [](const Inspection &inspection) {
        const auto found = std::ranges::find_if(inspection.findings, [](const Finding &finding) {
            return finding.summary.contains("not searched for secrets");
        });
        return found == inspection.findings.end() ? std::string()
                                                  : found->ruleId + ' ' + found->summary;
    };
    QCOMPARE(told(auditOf("debian\ntext a.txt " + looks + "\ntext b.txt " + looks)),
             std::string("secret/token 2 texts were not searched for secrets to the end: too long, "
                         "or too much to look at."));
    QCOMPARE(told(auditOf("debian\ntext a.txt PRIVATE KEY-----")), std::string());
    QCOMPARE(told(auditOf("label x=" + std::string(2 * limits::kSettingBytes, 'x') + "\ndebian")),
             std::string("secret/env-var A text was not searched for secrets to its end."));
}

void TestSecrets::sameSecretSameHash()
{
    const SecretPlace place = secretPlace("a");
    const auto hashOf = [&](std::string_view text) {
        return secretsIn(withFakeSecrets(text), place).front().hash;
    };
    QCOMPARE(hashOf("<<rsa>>"), hashOf("x\n<<rsa-crlf>>"));
    QCOMPARE(hashOf("<<rsa>>"), hashOf("{\"<<rsa-escaped>>\"}"));
    QVERIFY(hashOf("<<rsa>>") != hashOf("<<rsa-other>>"));
    QVERIFY(hashOf("<<github>>") != hashOf("<<github-unsure>>"));
}

void TestSecrets::bothEnginesFindTheSame()
{
    const std::vector<Literal> literals = {{"ab"}, {"aB", true}, {"aab"}, {"ba", true}, {"bbb"}};
    const LiteralFinder finder(literals);
    const LiteralFinder::Memory memory(finder);
    std::minstd_rand random(1); // NOLINT: the same texts each time
    using Places = std::set<std::pair<std::size_t, std::uint32_t>>;
    for (int round = 0; round < 200; ++round) {
        std::string text(random() % 100, ' ');
        std::ranges::generate(text, [&] { return "aAbB"[random() % 4]; });
        Places fast;
        Places plain;
        finder.find(text, memory, [&](std::uint32_t literal, std::size_t end) {
            return fast.emplace(end, literal).second;
        });
        findPlainly(literals, text, [&](std::uint32_t literal, std::size_t end) {
            return plain.emplace(end, literal).second;
        });
        QCOMPARE(fast, plain);
    }
}

void TestSecrets::hostileTextsTakeNoTime_data()
{
    QTest::addColumn<QByteArray>("unit");
    QTest::newRow("keys without end") << QByteArray("-----BEGIN PRIVATE KEY-----");
    QTest::newRow("ends") << QByteArray("-----END PRIVATE KEY-----");
    QTest::newRow("dashes") << QByteArray("PRIVATE KEY------");
    QTest::newRow("web tokens without end") << QByteArray("eyJ.eyJaaaaaaaa.");
    QTest::newRow("accounts") << QByteArray("\"service_account\"\"private_key\"-----BEGIN ");
    QTest::newRow("access keys") << QByteArray("AKIA");
    QTest::newRow("addresses") << QByteArray("a://b:c");
    QTest::newRow("names") << QByteArray("aws_secret_key=");
    QTest::newRow("Kubernetes") << QByteArray("kind: Secret\ndata:\n a: b\n");
    QTest::newRow("tokens") << QByteArray("x T3BlbkFJ sk-a");
}

void TestSecrets::hostileTextsTakeNoTime()
{
    QFETCH(QByteArray, unit);
    std::string text;
    while (text.size() + static_cast<std::size_t>(unit.size()) < limits::kSecretFileBytes) {
        text += unit.toStdString();
    }
    const SecretMemory memory;
    QElapsedTimer timer;
    timer.start();
    (void)secretsIn(text, secretPlace("etc/a.yaml"), &memory);
    QVERIFY2(timer.elapsed() < 10'000, "time that grows faster than the text");
}

void TestSecrets::detectorsAreTold()
{
    std::set<std::string_view> ids;
    for (std::uint16_t i = 0; i < secretDetectors().size(); ++i) {
        const SecretDetector &row = secretDetectors()[i];
        ids.insert(row.id);
        QVERIFY2(!row.name.empty() && !row.triggers.empty(), row.pattern);
        QVERIFY(!patternOf(i).isFoundIn("")); // compiles, and needs something
        QVERIFY(row.shown <= 4);
    }
    QCOMPARE(ids.size(), 29U); // the thirtieth is a name and a value, not a pattern
}

void TestSecrets::packageFiles()
{
    QCOMPARE(packageFile("var/lib/dpkg/info/a.md5sums"), PackageFile::DpkgSums);
    QCOMPARE(packageFile("./var/lib/dpkg/status"), PackageFile::DpkgStatus);
    QCOMPARE(packageFile("app/status"), PackageFile::None);
    const OwnedFiles sums = dpkgSums("var/lib/dpkg/info/libx:amd64.md5sums",
                                     "00000000000000ff00000000000000aa  usr/lib/a b\n");
    QCOMPARE(sums.package, std::string("libx"));
    QCOMPARE(sums.files.size(), 1U);
    QCOMPARE(sums.files[0].path, pathKey("/usr/lib/a b"));
    QCOMPARE(sums.files[0].sum, 0xffU);
    QCOMPARE(publicPackages("Package: a\nVersion: 1\nMaintainer: X <x@debian.org>\n\n"
                            "Package: b\nVersion: 1\nMaintainer: Y <y@corp.example>\n"),
             std::string("a\n"));
    const OwnedFiles apk = apkFiles("P:a\nV:1\nm:X <x@alpinelinux.org>\nF:etc\nR:x\n"
                                    "Z:Q1AAAAAAAAAP8AAAAAAAAAAAAAAAA=\n\n"
                                    "P:b\nV:1\nm:Y <y@corp.example>\nF:etc\nR:y\nZ:Q1AAAA\n\n");
    QCOMPARE(apk.files.size(), 1U);
    QCOMPARE(apk.files[0].path, pathKey("etc/x"));
    QCOMPARE(apk.files[0].sum, 0xffU);
    const auto again = decodeOwned(encodeOwned(apk)).value();
    QCOMPARE(again.sum, OwnedFiles::Sum::Sha1);
    QCOMPARE(again.files.size(), 1U);
    QCOMPARE(describedFacts(scanned("var/lib/dpkg/status", "Package: a\n", 100)),
             "fact " + std::to_string(kVendorFact));
}

void TestSecrets::brokenFacts()
{
    const auto facts = scanned("a", withFakeSecrets("<<github>>\n<<rsa>>"), 10'000);
    const std::string &bytes = facts.at(0).bytes;
    QCOMPARE(decodeSecrets(bytes).value().hits.size(), 2U);
    for (std::size_t size = 17; size + 1 < bytes.size(); ++size) {
        const auto file = decodeSecrets(std::string_view(bytes).substr(0, size));
        QVERIFY(!file || file->hits.size() < 2);
    }
    QVERIFY(!decodeSecrets(std::string(40, '\xff')));
    QVERIFY(!decodeOwned("x"));
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
