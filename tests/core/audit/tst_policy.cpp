// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/addignore.h"
#include "core/audit/policy/gate.h"
#include "core/audit/policy/imports.h"
#include "core/audit/policy/policyreader.h"
#include "core/audit/policy/profiles.h"
#include "tests/support/auditimage.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace cutaway;
using namespace cutaway::test;

namespace {

void write(const std::string &path, const std::string &text)
{
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.data(), static_cast<qint64>(text.size()));
}

QString contentOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

std::string in(const QTemporaryDir &directory, const char *name)
{
    return (directory.path() + QLatin1Char('/') + QLatin1String(name)).toStdString();
}

QString readError(const std::string &yaml)
{
    Policy policy;
    const Result<> read = readPolicy(parseYaml(yaml, "p").value(), "p", policy);
    return read ? QString() : QString::fromStdString(read.error().message);
}

/// Every rule's findings: "rule severity", suppressed ones in brackets.
QString findingsText(const Inspection &inspection, std::string_view family)
{
    QStringList texts;
    for (const Finding &finding : inspection.findings) {
        if (finding.ruleId.starts_with(family)) {
            const QString text = QString::fromStdString(
                finding.ruleId + ' ' + std::string(severityName(finding.severity)));
            texts << (finding.suppressed ? QLatin1Char('(') + text + QLatin1Char(')') : text);
        }
    }
    return texts.join(QStringLiteral(", "));
}

constexpr const char *kImage = "tag registry.example.org/tools/app:1\n"
                               "base 1\n"
                               "debian\n"
                               "mode usr/bin/one 04755 10 x\n"
                               "layer COPY x\n"
                               "mode app/two 04755 10 y\n";

} // namespace

class PolicyTest : public QObject
{
    Q_OBJECT

private slots:
    void errors_data();
    void errors();
    void ignoreErrors_data();
    void ignoreErrors() { errors(); }
    void keys();
    void thresholds_data();
    void thresholds();
    void ignores_data();
    void ignores();
    void allowedSecrets_data();
    void allowedSecrets();
    void suppressedWeighsNothing();
    void severitiesAndSwitches();
    void confidence();
    void imagesOwnWord_data();
    void imagesOwnWord();
    void labelTypes_data();
    void labelTypes();
    void profilesNameWhatThereIs();
    void profiles();
    void cis();
    void gate();
    void lookup();
    void schemasAreRead();
    void extends();
    void extendsRefuses_data();
    void extendsRefuses();
    void imports_data();
    void imports();
    void addsIgnores_data();
    void addsIgnores();
    void addRefuses();
    void peersIdsAreKnown_data();
    void peersIdsAreKnown();
};

void PolicyTest::errors_data()
{
    QTest::addColumn<std::string>("yaml");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *yaml, const char *message) {
        QTest::newRow(message) << std::string(yaml) << QString::fromUtf8(message);
    };
    row("[]", "p:1:1: this is not a list of settings");
    row("version: 2", "p:1:10: only version 1 of policies is known");
    row("version: 1\nprofle: ska", "p:2:1: there is no key 'profle' here; did you mean 'profile'?");
    row("profile: skaa", "p:1:10: 'skaa' is none of default, strict, ska, openshift, cis, minimal");
    row("failOn: bad", "p:1:9: 'bad' is none of none, info, low, medium, high, critical");
    row("failOnGrade: G", "p:1:14: a grade is one of A, B, C, D, E, F");
    row("budgets: [/usr]", "p:1:10: this is not a list of paths and their sizes");
    row("budgets: {usr: 1MB}", "p:1:11: a path begins with a slash");
    row("budgets: {/usr: much}", "p:1:17: a size is written as 20MB or 20MiB");
    row("minConfidence: sure", "p:1:16: 'sure' is none of heuristic, likely, certain");
    row("thresholds: 1", "p:1:13: this is not a list of settings");
    row("thresholds:\n  size.maxx: 1",
        "p:2:3: there is no key 'size.maxx' here; did you mean 'size.max'?");
    row("thresholds: {size.max: much}", "p:1:24: size.max wants a size, as 20MiB, not 'much'");
    row("thresholds: {layer.minEfficiency: 95}",
        "p:1:35: layer.minEfficiency wants a share from 0 to 1, or as 95%, not '95'");
    row("thresholds: {layer.warn: -1}", "p:1:26: layer.warn wants a number, not '-1'");
    row("severity: {security/rootuser: low}",
        "p:1:12: there is no rule 'security/rootuser'; did you mean 'security/root-user'?");
    row("severity: {security/root-user: bad}",
        "p:1:32: 'bad' is none of info, low, medium, high, critical");
    row("enable: [a/b]", "p:1:10: there is no rule 'a/b'");
    row("disable:\n  - style/*x", "p:2:5: there is no rule 'style/*x'");
    row("disable: {a: b}", "p:1:10: this must be a text or a list of texts");
    row("labels: {require: a}", "p:1:10: there is no key 'require' here; did you mean 'required'?");
    row("labels: {types: {version: number}}",
        "p:1:27: 'number' is none of semver, rfc3339, url, spdx, hash, email");
    row("labels: {required: [[a]]}", "p:1:21: this must be a text");
    row("base: {approve: a}", "p:1:8: there is no key 'approve' here; did you mean 'approved'?");
    row("image: {kind: app}",
        "p:1:15: 'app' is none of application, language-runtime, os-base, builder, distroless, "
        "scratch, windows, artifact");
    row("eol: {overrides: {debian: 2027-01-01}}", "p:1:19: a release is written as debian:11");
    row("eol: {overrides: {\"debian:11\": soon}}", "p:1:32: a day is written as 2027-03-31");
    row("supply: {denyPackage: a}",
        "p:1:10: there is no key 'denyPackage' here; did you mean 'denyPackages'?");
    row("supply: {denyLicenses: {a: b}}", "p:1:24: this must be a text or a list of texts");
    row("assert: {kind: file}", "p:1:9: a list of assertions is expected here");
    row("assert:\n  - {kind: file, path: /a, exist: true}",
        "p:2:28: 'exist' is not known here; did you mean 'exists'?");
    row("assert: [{kind: fil, path: /a}]", "p:1:17: 'kind' wants file, content or metadata");
    row("schemas: [a]", "p:1:10: this is not a list of labels and their schemas");
    row("schemas: {a: no/such.json}", "p:1:14: no/such.json: there is no such file");
    row("schemas: {a: [b]}", "p:1:14: this must be a text");
    row("schemas: {a: '{\"pattern\": \"x\"}'}",
        "p:1:14: the schema of a: 'pattern' and 'patternProperties' are not supported");
    row("requireReason: no", "p:1:16: this must be true or false");
    row("allowImageSuppressions: 1", "p:1:25: this must be true or false");
}

void PolicyTest::ignoreErrors_data()
{
    QTest::addColumn<std::string>("yaml");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *yaml, const char *message) {
        QTest::newRow(message) << std::string(yaml) << QString::fromUtf8(message);
    };
    row("ignore: {rule: x}", "p:1:9: this is not a list of entries");
    row("ignore: [x]", "p:1:10: an entry has at least 'rule' and 'reason'");
    row("ignore: [{reason: x}]", "p:1:10: this entry says no 'rule'");
    row("ignore:\n  - rule: layer/empty", "p:2:5: this entry gives no 'reason'");
    row("ignore:\n  - {rule: layer/emty, reason: x}",
        "p:2:12: there is no rule 'layer/emty'; did you mean 'layer/empty'?");
    row("ignore: [{rule: DL3057, reason: x, path: /a}]",
        "p:1:36: there is no key 'path' here; did you mean 'paths'?");
    row("ignore: [{rule: DL3057, reason: x, paths: [a]}]", "p:1:44: a path begins with / or **");
    row("ignore: [{rule: DL3057, reason: x, layers: top}]",
        "p:1:44: a layer is base, app, its number, or the first digits of its sha256 digest");
    row("ignore: [{rule: DL3057, reason: x, until: 2027-02-30}]",
        "p:1:43: a day is written as 2027-03-31");
    row("secrets: {alow: []}", "p:1:11: there is no key 'alow' here; did you mean 'allow'?");
    row("secrets: {allow: [x]}",
        "p:1:19: an entry has at least 'detector' or 'paths', and 'reason'");
    row("secrets: {allow: [{reason: x}]}", "p:1:19: this entry says no 'detector' and no 'paths'");
    row("secrets: {allow: [{detector: D26}]}", "p:1:19: this entry gives no 'reason'");
    row("secrets: {allow: [{detector: D2600, reason: x}]}", "p:1:30: there is no detector 'D2600'");
    row("secrets: {allow: [{rule: secret/token, reason: x}]}",
        "p:1:20: there is no key 'rule' here");
    row("ignore: [{detector: D26, reason: x}]", "p:1:11: there is no key 'detector' here");
    row("ignore: [{rule: secret/*, reason: x}]",
        "p:1:17: secrets are not ignored wholesale: name one rule or 'paths', or say 'force: "
        "true'");
}

void PolicyTest::errors()
{
    QFETCH(std::string, yaml);
    QTEST(readError(yaml), "message");
}

void PolicyTest::keys()
{
    const Policy policy = policyOf("version: 1\n"
                                   "profile: strict\n"
                                   "failOn: none\n"
                                   "failOnGrade: C\n"
                                   "minConfidence: likely\n"
                                   "thresholds: {size.max: 1GiB, layer.minEfficiency: 95%}\n"
                                   "severity: {\"metadata/*\": info}\n"
                                   "labels: {required: a, types: {b: url}}\n"
                                   "base: {approved: [x/*], ref: sha256:ab}\n"
                                   "image: {kind: os-base}\n"
                                   "requireReason: false\n"
                                   "budgets: {/usr/lib: 20MB, /: 1GiB}\n"
                                   "ignore: [{rule: [CIS-DI-0006, secret/*], force: true}]\n");
    QCOMPARE(policy.profile, Profile::Strict);
    QVERIFY(policy.failOn && !*policy.failOn);
    QVERIFY(!failOnOf(policy));
    QCOMPARE(*policy.failOnGrade, 'C');
    QCOMPARE(settingsOf(policy).thresholds.sizeMax, std::uint64_t{1} << 30);
    QCOMPARE(settingsOf(policy).thresholds.layerMinEfficiency, 0.95);
    QCOMPARE(settingsOf(policy).thresholds.supplyStaleDays, std::uint64_t{90}); // strict's
    QVERIFY(policy.severities.front().rules.size() > 5);
    QCOMPARE(policy.baseReference, std::string("sha256:ab"));
    QCOMPARE(*policy.kind, ImageKind::OsBase);
    QCOMPARE(policy.budgets.size(), std::size_t{2});
    QCOMPARE(policy.budgets.at("/usr/lib"), std::uint64_t{20'000'000});
    QVERIFY(policy.ignores.front().reason.empty());
    QCOMPARE(policy.ignores.front().rules.front(), std::string("process/no-healthcheck"));
    QCOMPARE(auditOf("policy image: {kind: builder}\ndebian").kind, ImageKind::Builder);
}

void PolicyTest::thresholds_data()
{
    QTest::addColumn<std::string>("image");
    QTest::addColumn<std::string>("policy");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name,
                        const char *image,
                        const char *value,
                        const char *before,
                        const char *after) {
        QTest::newRow(name) << std::string(image)
                            << "policy thresholds: {" + std::string(name) + ": " + value + "}\n"
                            << QString::fromUtf8(before) << QString::fromUtf8(after);
    };
    const char *lists = "debian\nfile var/lib/apt/lists/a_Packages 100000 x";
    row("size.ignoreBelow", lists, "1MB", "cache/apt-lists medium", "");
    row("cache.minBytes", lists, "1MB", "cache/apt-lists medium", "");
    row("size.tmpMin", "debian\nfile tmp/a 20000 x", "1MB", "size/tmp-files info", "");
    row("size.archiveMin",
        "debian\nlayer COPY a\nfile opt/a.tar.gz 1000 x",
        "1kB",
        "",
        "size/leftover-archives info");
    row("size.warn", "debian\nfile a 2000 x", "1kB", "", "size/large-image low");
    row("size.max",
        "debian\nfile a 600000000 x",
        "1kB",
        "size/large-image low",
        "size/large-image medium");
    row("layer.warn", "debian\nlayer b\nfile a 1 x", "2", "", "layer/too-many low");
    row("contract.maxPortRange", "port 8000-8020/tcp\ndebian", "30", "contract/odd-port low", "");
    row("supply.staleDays",
        "created 2001-01-01T00:00:00Z\ndebian",
        "100000",
        "supply/stale-image medium",
        "");
    // 20 MB of 1.84 GB are hidden: 98.9 %.
    const char *waste = "debian\nlayer b\nfile b 900000000 z\nfile a 20000000 x\n"
                        "layer c\nfile c 900000000 v\nfile a 20000000 y";
    row("layer.minEfficiency", waste, "0.995", "", "layer/low-efficiency medium");
    row("layer.maxWasted", waste, "1MB", "", "layer/low-efficiency medium");
    row("layer.maxWastedPct", waste, "1%", "", "layer/low-efficiency medium");
}

void PolicyTest::thresholds()
{
    QFETCH(std::string, image);
    QFETCH(std::string, policy);
    QFETCH(QString, before);
    QFETCH(QString, after);
    const std::string rule =
        (before.isEmpty() ? after : before).section(QLatin1Char(' '), 0, 0).toStdString();
    QCOMPARE(findingsText(auditOf(image), rule), before);
    QCOMPARE(findingsText(auditOf(policy + image), rule), after);
}

void PolicyTest::ignores_data()
{
    QTest::addColumn<std::string>("entry");
    QTest::addColumn<QString>("findings"); // of the rule that finds both programs
    const QString open = QStringLiteral("open");
    const QString hidden = QStringLiteral("hidden");
    const auto row = [](const char *entry, const QString &findings) {
        QTest::newRow(entry) << std::string(entry) << findings;
    };
    row("", hidden);
    row("paths: [/usr/bin/one, /app/two]", hidden);
    row("paths: [\"/**/one\", \"/app/*\"]", hidden);
    row("paths: [/usr/bin/one]", open); // the other one is still there
    row("paths: [\"/usr/*\"]", open);
    row("layers: base", open);
    row("layers: [base, app]", hidden);
    row("layers: [0, 1]", hidden);
    row("layers: [0]", open);
    row("layers: [sha256:0123456789]", open);
    row("paths: [\"/**\"], layers: [app]", open);
    row("paths: [\"/**\"], layers: [base, 1]", hidden);
    row("images: [registry.example.org/tools/*]", hidden);
    row("images: [\"*\", \"registry.example.org/**\"]", hidden);
    row("images: [registry.example.org/*]", open);
    row("until: 2999-12-31", hidden);
    row("until: 2020-12-31", open);
}

void PolicyTest::ignores()
{
    QFETCH(std::string, entry);
    QFETCH(QString, findings);
    const std::string yaml = "ignore: [{rule: CIS-DI-0008, reason: r, owner: o"
                             + (entry.empty() ? std::string() : ", " + entry) + "}]";
    const Inspection inspection = auditOf("policy " + yaml + '\n' + kImage);
    std::size_t open = 0;
    std::size_t hidden = 0;
    for (const Finding &finding : inspection.findings) {
        if (finding.ruleId == "security/setuid-setgid") {
            (finding.suppressed ? hidden : open) += 1;
        }
        if (finding.suppressed) {
            QCOMPARE(finding.suppressed->reason, std::string("r"));
            QCOMPARE(finding.suppressed->owner, std::string("o"));
            QCOMPARE(finding.suppressed->source, std::string("policy:1"));
        }
    }
    QVERIFY(open + hidden > 0);
    QCOMPARE(open > 0, findings == QStringLiteral("open"));
}

void PolicyTest::allowedSecrets_data()
{
    QTest::addColumn<std::string>("entry");
    QTest::addColumn<bool>("isAllowed");
    const auto row = [](const char *entry, bool isAllowed) {
        QTest::newRow(entry) << std::string(entry) << isAllowed;
    };
    row("detector: D12", true);
    row("detector: [D26, a GitHub token]", true);
    row("detector: D26", false);
    row("paths: [/app/*]", true);
    row("paths: [/srv/**]", false);
    row("detector: D12, paths: [/srv/**]", false);
    row("detector: D12, until: 2020-01-01", false);
    row("detector: D12, layers: base", false);
}

void PolicyTest::allowedSecrets()
{
    QFETCH(std::string, entry);
    QFETCH(bool, isAllowed);
    const Inspection inspection = auditOf("policy secrets: {allow: [{" + entry
                                          + ", reason: known, owner: ops}]}\n"
                                            "base 1\n"
                                            "debian\n"
                                            "layer COPY x\n"
                                            "text app/x.py t = '<<github>>'");
    QCOMPARE(findingsText(inspection, "secret/"),
             isAllowed ? QStringLiteral("(secret/token critical)")
                       : QStringLiteral("secret/token critical"));
    const auto token = std::ranges::find(inspection.findings, "secret/token", &Finding::ruleId);
    QCOMPARE(token->suppressed.value_or(Suppression()).owner, std::string(isAllowed ? "ops" : ""));
}

void PolicyTest::suppressedWeighsNothing()
{
    const std::string image =
        "entrypoint [\"/app\"]\ndebian\nlayer COPY app /app # buildkit\nmode app 0755 10 x\n";
    const Inspection before = auditOf(image);
    const Inspection after = auditOf("policy ignore: [{rule: DL3002, reason: r}]\n" + image);
    const auto isRoot = [](const Finding &finding) {
        return finding.ruleId == "security/root-user";
    };
    const auto root = std::ranges::find_if(after.findings, isRoot);
    QVERIFY(root != after.findings.end() && root->suppressed);
    QCOMPARE(root->points, 0.0);
    QVERIFY(after.score.value > before.score.value);
    QVERIFY(failsGate(before) && !failsGate(after));
    // A finding about no file is not hidden by an entry for files.
    const Inspection files =
        auditOf("policy ignore: [{rule: DL3002, reason: r, paths: \"/**\"}]\n" + image);
    QVERIFY(!std::ranges::find_if(files.findings, isRoot)->suppressed);
    // Nor does what the policy itself says weigh anything.
    const Inspection labels = auditOf("policy labels: {required: [a, b, c]}\n" + image);
    QCOMPARE(labels.score.value, before.score.value);
}

void PolicyTest::severitiesAndSwitches()
{
    const std::string image = "entrypoint [\"/app\"]\ndebian\n";
    const auto root = [&](const std::string &policy) {
        return verdictOf(auditOf("policy " + policy + '\n' + image), "security/root-user");
    };
    QCOMPARE(root("severity: {security/root-user: critical}"), std::string("critical"));
    QCOMPARE(root("severity: {\"security/*\": low, DL3002: info}"), std::string("info"));
    QCOMPARE(root("disable: [\"security/*\"]"), std::string("skipped"));
    QCOMPARE(root("disable: [\"security/*\"]\npolicy enable: [security/root-user]"),
             std::string("high"));
    const Inspection off = auditOf("policy disable: \"*/*\"\n" + image);
    QCOMPARE(off.findings.size(), std::size_t{0});
    QCOMPARE(off.skipped.size(), allRules().size());
    QCOMPARE(off.skipped.front().reason, std::string("switched off by the policy"));
}

void PolicyTest::confidence()
{
    const std::string image = "entrypoint [\"/bin/sh\",\"-c\",\"node x\"]\ndebian\n";
    const Inspection all = auditOf(image);
    const Inspection certain = auditOf("policy minConfidence: certain\n" + image);
    QVERIFY(std::ranges::all_of(certain.findings, [](const Finding &finding) {
        return finding.confidence == Confidence::Certain;
    }));
    QVERIFY(certain.policy.leftOut > 0);
    QCOMPARE(certain.findings.size() + certain.policy.leftOut, all.findings.size());
}

void PolicyTest::imagesOwnWord_data()
{
    QTest::addColumn<std::string>("policy");
    QTest::addColumn<std::string>("label");
    QTest::addColumn<bool>("isHidden");
    QTest::newRow("not asked for") << std::string() << std::string("DL3002") << false;
    QTest::newRow("allowed") << std::string("policy allowImageSuppressions: true\n")
                             << std::string("a/b, DL3002") << true;
    QTest::newRow("another rule") << std::string("policy allowImageSuppressions: true\n")
                                  << std::string("DL3057") << false;
}

void PolicyTest::imagesOwnWord()
{
    QFETCH(std::string, policy);
    QFETCH(std::string, label);
    const Inspection inspection = auditOf(
        policy + "entrypoint [\"/app\"]\nlabel io.cutaway.audit.ignore=" + label + "\ndebian\n");
    const auto root =
        std::ranges::find(inspection.findings, "security/root-user", &Finding::ruleId);
    QVERIFY(root != inspection.findings.end());
    QTEST(root->suppressed.has_value(), "isHidden");
}

void PolicyTest::labelTypes_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<bool>("isRight");
    const auto row = [](LabelType type, const char *value, bool isRight) {
        QTest::addRow("%s %s", std::string(labelTypeName(type)).c_str(), value)
            << static_cast<int>(type) << std::string(value) << isRight;
    };
    row(LabelType::SemVer, "1.2.3-rc.1+b", true);
    row(LabelType::SemVer, "1.2", false);
    row(LabelType::Rfc3339, "2024-05-01T10:00:00Z", true);
    row(LabelType::Rfc3339, "2024-05-01T10:00:00.5+02:00", true);
    row(LabelType::Rfc3339, "2024-13-01T10:00:00Z", false);
    row(LabelType::Rfc3339, "2024-05-01", false);
    row(LabelType::Url, "https://example.org/a?b#c", true);
    row(LabelType::Url, "example.org", false);
    row(LabelType::Url, "https://", false);
    row(LabelType::Spdx, "Apache-2.0", true);
    row(LabelType::Spdx, "(MIT OR GPL-2.0+) AND GPL-2.0-only WITH Classpath-exception-2.0", true);
    row(LabelType::Spdx, "MIT License", false);
    row(LabelType::Hash, "0123abc", true);
    row(LabelType::Hash, "main", false);
    row(LabelType::Email, "a.b@example.org", true);
    row(LabelType::Email, "A B <a.b@example.org>", true);
    row(LabelType::Email, "a.b", false);
}

void PolicyTest::labelTypes()
{
    QFETCH(int, type);
    QFETCH(std::string, value);
    QTEST(isOfType(value, static_cast<LabelType>(type)), "isRight");
}

void PolicyTest::profilesNameWhatThereIs()
{
    const auto check = [](std::string_view names) {
        for (const QString &name :
             QString::fromUtf8(names.data(), static_cast<qsizetype>(names.size()))
                 .split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            QVERIFY2(!ruleIdsNamed(name.toStdString()).empty(), qPrintable(name));
        }
    };
    for (const ProfileRow &row : profileRows()) {
        check(row.only);
        for (const ProfileRow::Severities &change : row.severities) {
            check(change.rules);
        }
        for (const ProfileRow::Threshold &threshold : row.thresholds) {
            const ThresholdRow *found = findThreshold(threshold.name);
            QVERIFY(found != nullptr);
            Thresholds tried;
            QVERIFY(setThreshold(tried, *found, threshold.value).has_value());
        }
        QCOMPARE(*profileNamed(profileName(row.profile)), row.profile);
    }
    QCOMPARE(profileRows().size(), kAllProfiles.size());
    for (const CisRow &row : cisRows()) {
        check(row.rules);
    }
}

void PolicyTest::profiles()
{
    const std::string image = "tag x:1.0\nentrypoint [\"/app\"]\nport 80/tcp\ndebian\n";
    const auto verdict = [&](const char *profile, const char *rule) {
        return verdictOf(auditOf("policy profile: " + std::string(profile) + '\n' + image), rule);
    };
    QCOMPARE(verdict("default", "process/no-healthcheck"), std::string("low"));
    QCOMPARE(verdict("strict", "process/no-healthcheck"), std::string("high"));
    QCOMPARE(verdict("openshift", "process/no-healthcheck"), std::string("info"));
    QCOMPARE(verdict("minimal", "process/no-healthcheck"), std::string("skipped"));
    QCOMPARE(verdict("minimal", "security/root-user"), std::string("high"));
    QCOMPARE(verdict("ska", "metadata/missing-version-label"), std::string("medium"));
    QCOMPARE(verdict("cis", "metadata/missing-version-label"), std::string("skipped"));
    QCOMPARE(verdict("cis", "security/root-user"), std::string("high"));
    QCOMPARE(verdict("openshift", "policy/required-label"),
             std::string("high high high high high high"));
    // A profile that leaves most rules out does not leave the grade out.
    QVERIFY(auditOf("policy profile: cis\n" + image).score.isKnown);
    QCOMPARE(*auditOf("policy profile: strict\n" + image).policy.failOn, Severity::Medium);
}

void PolicyTest::cis()
{
    const Inspection inspection =
        auditOf("policy profile: cis\nentrypoint [\"/app\"]\nport 80/tcp\ndebian\n");
    const std::vector<CisResult> results = cisResults(inspection);
    QCOMPARE(results.size(), std::size_t{12});
    QCOMPARE(cisStatusName(results[0].status), std::string_view("fail"));
    QCOMPARE(results[0].rules, std::vector<std::string>{"security/root-user"});
    QCOMPARE(cisStatusName(results[5].status), std::string_view("fail"));
    QCOMPARE(cisStatusName(results[7].status), std::string_view("pass"));
    QCOMPARE(cisStatusName(results[11].status), std::string_view("not asked"));
}

void PolicyTest::gate()
{
    Inspection inspection;
    inspection.policy.failOn = Severity::High;
    QVERIFY(!failsGate(inspection));
    Finding finding;
    finding.severity = Severity::High;
    inspection.findings.push_back(finding);
    QVERIFY(failsGate(inspection));
    inspection.findings.front().isKnown = true;
    QVERIFY(!failsGate(inspection));
    inspection.findings.front().isKnown = false;
    inspection.policy.failOn.reset();
    QVERIFY(!failsGate(inspection));
    inspection.findings.front().ruleId = "assert/file"; // fails on its own
    QVERIFY(failsGate(inspection));
    inspection.findings.front().suppressed = Suppression();
    QVERIFY(!failsGate(inspection));
    inspection.findings.clear();
    inspection.policy.failOnGrade = 'C';
    inspection.score.grade = 'D';
    QVERIFY(!failsGate(inspection)); // not known
    inspection.score.isKnown = true;
    QVERIFY(failsGate(inspection));
    inspection.score.grade = 'C';
    QVERIFY(!failsGate(inspection));
}

void PolicyTest::lookup()
{
    QTemporaryDir directory;
    const std::string path = directory.path().toStdString();
    PolicySearch search;
    search.directory = path;
    search.lookHome = false;
    QVERIFY(loadPolicy(search).value().files.empty());
    QCOMPARE(policyFileToWrite(search), in(directory, ".cutaway.yaml")); // a new one
    write(in(directory, ".cutaway.json"), "{\"version\": 1,\n\t\"failOn\": \"low\"}");
    Policy policy = loadPolicy(search).value();
    QCOMPARE(policy.files.front(), in(directory, ".cutaway.json"));
    QCOMPARE(**policy.failOn, Severity::Low);
    QCOMPARE(policy.digest.size(), std::size_t{64});
    QCOMPARE(policyFileToWrite(search), in(directory, ".cutaway.json"));
    write(in(directory, ".cutaway.yaml"), "failOn: medium\n");
    QCOMPARE(**loadPolicy(search).value().failOn, Severity::Medium);
    search.file = in(directory, "none.yaml");
    QCOMPARE(policyFileToWrite(search), search.file);
    QCOMPARE(loadPolicy(search).error().code, ErrorCode::NotFound);
    write(in(directory, "bad.yaml"), "a: [\n");
    search.file = in(directory, "bad.yaml");
    QVERIFY(loadPolicy(search).error().message.starts_with(search.file + ":"));
}

void PolicyTest::schemasAreRead()
{
    QTemporaryDir directory;
    PolicySearch search;
    search.file = in(directory, "p.yaml");
    write(search.file, "schemas: {api.ENV: env.json}\n");
    QVERIFY(loadPolicy(search).error().message.contains("there is no such file"));
    write(in(directory, "env.json"), R"({"type": "array"})"); // beside the policy
    const Policy policy = loadPolicy(search).value();
    QCOMPARE(policy.labels.schemas.front().text, std::string(R"({"type": "array"})"));
    write(in(directory, "env.json"), R"({"type": "object"})");
    QVERIFY(loadPolicy(search).value().digest != policy.digest);
}

void PolicyTest::extends()
{
    QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkdir(QStringLiteral("team")));
    write(in(directory, "team/base.yaml"),
          "failOn: low\nfailOnGrade: B\nignore: [{rule: DL3057, reason: team}]\n"
          "thresholds: {layer.warn: 5, layer.max: 6}\nassert: [{kind: file, path: /a}]\n");
    write(in(directory, "team/policy.yaml"), "extends: base.yaml\nfailOn: medium\n");
    write(in(directory, "own.yaml"),
          "thresholds: {layer.warn: 7}\nextends: [./team/policy.yaml]\n"
          "ignore: [{rule: DL3002, reason: own}]\nassert: [{kind: file, path: /b}]\n");
    PolicySearch search;
    search.file = in(directory, "own.yaml");
    const Policy policy = loadPolicy(search).value();
    QCOMPARE(**policy.failOn, Severity::Medium);
    QCOMPARE(*policy.failOnGrade, 'B');
    QCOMPARE(policy.ignores.size(), std::size_t{2});
    QCOMPARE(policy.ignores[1].reason, std::string("own"));
    QCOMPARE(policy.asserts.existenceTests.size(), std::size_t{2}); // both hold
    QCOMPARE(policy.asserts.existenceTests[1].path, std::string("/b"));
    QCOMPARE(settingsOf(policy).thresholds.layerWarn, std::uint64_t{7});
    QCOMPARE(settingsOf(policy).thresholds.layerMax, std::uint64_t{6});
    QCOMPARE(policy.files.size(), std::size_t{3});
    write(in(directory, "team/base.yaml"), "failOn: low\n");
    QVERIFY(loadPolicy(search).value().digest != policy.digest);
}

void PolicyTest::extendsRefuses_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("itself") << std::string("extends: p.yaml\n")
                            << QStringLiteral("p.yaml:1:10: this extends itself");
    QTest::newRow("itself by another name") << std::string("extends: [./x/../p.yaml]\n")
                                            << QStringLiteral("p.yaml:1:11: this extends itself");
    QTest::newRow("nothing there") << std::string("extends: none.yaml\n")
                                   << QStringLiteral("none.yaml: there is no such file");
    QTest::newRow("too deep") << std::string("extends: 0.yaml\n")
                              << QStringLiteral("too many policies extend each other");
}

void PolicyTest::extendsRefuses()
{
    QFETCH(std::string, text);
    QFETCH(QString, message);
    QTemporaryDir directory;
    for (int i = 0; i < 10; ++i) {
        write(in(directory, (std::to_string(i) + ".yaml").c_str()),
              "extends: " + std::to_string(i + 1) + ".yaml\n");
    }
    write(in(directory, "p.yaml"), text);
    PolicySearch search;
    search.file = in(directory, "p.yaml");
    const Result<Policy> policy = loadPolicy(search);
    QVERIFY(!policy.has_value());
    QVERIFY2(QString::fromStdString(policy.error().message).contains(message),
             policy.error().message.c_str());
}

void PolicyTest::imports_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("rules"); // that are ignored
    QTest::addColumn<QString>("notice");
    const auto row = [](const char *name, const char *text, const char *rules, const char *notice) {
        QTest::newRow(name) << QString::fromUtf8(name) << std::string(text)
                            << QString::fromUtf8(rules) << QString::fromUtf8(notice);
    };
    row(".dockleignore",
        "# why\nCIS-DI-0001\n\nDKL-DI-0006 # x\nCIS-DI-9999\n",
        "security/root-user supply/latest-tag",
        ": 2 ignores taken over; nothing here stands for CIS-DI-9999");
    row(".trivyignore",
        "AVD-DS-0002\nDS026 exp:2020-01-01\nCVE-2020-1\n",
        "security/root-user process/no-healthcheck<2020-01-01",
        ": 2 ignores taken over; nothing here stands for CVE-2020-1");
    row(".trivyignore.yaml",
        "misconfigurations:\n  - id: DS-0002\n    paths: [a/b]\n    statement: because\n",
        "security/root-user@/a/b",
        ": 1 ignore taken over");
    row(".hadolint.yaml",
        "ignored: [DL3002, DL9999]\noverride: {error: [DL3057]}\nfailure-threshold: warning\n"
        "trustedRegistries: [docker.io]\nlabel-schema: {author: email, x: text}\n",
        "security/root-user",
        ": 1 ignore taken over; nothing here stands for DL9999");
    row(".dive-ci",
        "rules: {lowestEfficiency: 0.5, highestWastedBytes: 20MB}\n",
        "",
        ": 3 thresholds taken over");
}

void PolicyTest::imports()
{
    QFETCH(QString, name);
    QFETCH(std::string, text);
    QTemporaryDir directory;
    const std::string path = in(directory, qPrintable(name));
    write(path, text);
    QCOMPARE(foreignFilesIn(directory.path().toStdString()), std::vector<std::string>{path});
    Policy policy;
    const Result<> imported = importFile(path, policy);
    QVERIFY2(imported.has_value(), imported ? "" : imported.error().message.c_str());
    QStringList rules;
    for (const Ignore &ignore : policy.ignores) {
        QVERIFY(ignore.isImported && !ignore.reason.empty());
        rules << QString::fromStdString(ignore.rules.front()
                                        + (ignore.until ? "<" + ignore.untilText : "")
                                        + (ignore.paths.empty() ? "" : "@" + ignore.paths.front()));
    }
    QTEST(rules.join(QLatin1Char(' ')), "rules");
    QFETCH(QString, notice);
    QCOMPARE(QString::fromStdString(policy.notices.front()), QString::fromStdString(path) + notice);
    if (name == QStringLiteral(".hadolint.yaml")) {
        QCOMPARE(**policy.failOn, Severity::Medium);
        QCOMPARE(policy.severities.front().severity, Severity::High);
        QCOMPARE(policy.approvedBases, std::vector<std::string>{"docker.io/**"});
        QCOMPARE(policy.labels.types.size(), std::size_t{1});
    }
    if (name == QStringLiteral(".dive-ci")) {
        QCOMPARE(settingsOf(policy).thresholds.layerMinEfficiency, 0.5);
        QCOMPARE(settingsOf(policy).thresholds.layerMaxWasted, std::uint64_t{20'000'000});
    }
}

void PolicyTest::addsIgnores_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *before, const char *after) {
        QTest::newRow(name) << std::string(before) << QString::fromUtf8(after);
    };
    row("an empty one",
        "",
        "version: 1\nignore:\n  - rule: \"layer/empty\"\n    reason: \"say \\\"x\\\"\"\n");
    row("without ignores",
        "# mine\nfailOn: low",
        "# mine\nfailOn: low\nignore:\n  - rule: \"layer/empty\"\n    reason: \"say \\\"x\\\"\"\n");
    row("with ignores",
        "ignore: # why\n# first\n- rule: DL3057\n  reason: a\nfailOn: low\n",
        "ignore: # why\n- rule: \"layer/empty\"\n  reason: \"say \\\"x\\\"\"\n# first\n"
        "- rule: DL3057\n  reason: a\nfailOn: low\n");
    row("indented",
        "ignore:\n    - {rule: DL3057, reason: a}\n",
        "ignore:\n    - rule: \"layer/empty\"\n      reason: \"say \\\"x\\\"\"\n"
        "    - {rule: DL3057, reason: a}\n");
}

void PolicyTest::addsIgnores()
{
    QFETCH(std::string, before);
    QTemporaryDir directory;
    const std::string path = in(directory, "p.yaml");
    if (!before.empty()) {
        write(path, before);
    }
    const NewIgnore entry{"layer/empty", {}, "say \"x\"", {}, {}};
    const IgnorePlace place = placeForIgnore(path).value();
    const Result<> added = addIgnore(path, entry);
    QVERIFY2(added.has_value(), added ? "" : added.error().message.c_str());
    QTEST(contentOf(path), "after");
    QCOMPARE(contentOf(path).toStdString().substr(place.at, ignoreText(place, entry).size()),
             ignoreText(place, entry)); // as it was announced
    const NewIgnore more{"secret/private-key", {patternOf("/a[1]\n*")}, "r", "o", "2999-12-31"};
    QVERIFY(addIgnore(path, more).has_value());
    PolicySearch search;
    search.file = path;
    const Policy policy = loadPolicy(search).value();
    const auto ignore = std::ranges::find(policy.ignores, std::string("o"), &Ignore::owner);
    QVERIFY(ignore != policy.ignores.end());
    QCOMPARE(ignore->paths.front(), std::string("/a\\[1\\]\n\\*"));
    QCOMPARE(QDir(directory.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void PolicyTest::addRefuses()
{
    QTemporaryDir directory;
    const NewIgnore entry{"layer/empty", {}, "r", {}, {}};
    const std::string path = in(directory, "p.yaml");
    for (const char *text :
         {"{version: 1}", "ignore: []\n", "ignore: [{rule: DL3057, reason: a}]\n"}) {
        write(path, text);
        QVERIFY(!addIgnore(path, entry).has_value());
        QCOMPARE(contentOf(path), QString::fromUtf8(text));
    }
    write(path, "version: 1\n");
    QVERIFY(!addIgnore(path, {"layer/none", {}, "r", {}, {}}).has_value());
    QVERIFY(!addIgnore(path, {"layer/empty", {}, "", {}, {}}).has_value());
    QVERIFY(!addIgnore(path, {"layer/empty", {}, "r", {}, "soon"}).has_value());
    QCOMPARE(contentOf(path), QStringLiteral("version: 1\n"));
    const std::string link = in(directory, "link.yaml");
    QCOMPARE(::symlink(path.c_str(), link.c_str()), 0);
    QCOMPARE(addIgnore(link, entry).error().code, ErrorCode::InvalidInput);
    QCOMPARE(placeForIgnore(link).error().code, ErrorCode::InvalidInput);
    write(path, "version: 1\nprofle: ska\n");
    QVERIFY(placeForIgnore(path).error().message.starts_with(path + ":2:1: there is no key"));
}

void PolicyTest::peersIdsAreKnown_data()
{
    QTest::addColumn<QString>("id");
    for (const char *ids :
         {"CIS-DI-0001 CIS-DI-0005 CIS-DI-0006 CIS-DI-0007 CIS-DI-0008 CIS-DI-0009 CIS-DI-0010",
          "DKL-DI-0001 DKL-DI-0002 DKL-DI-0003 DKL-DI-0004 DKL-DI-0005 DKL-DI-0006 DKL-LI-0001 "
          "DKL-LI-0002 DKL-LI-0003",
          "DS-0001 DS-0002 DS-0004 DS-0005 DS-0008 DS-0010 DS-0017 DS-0022 DS-0024 DS-0026",
          "DL3002 DL3004 DL3006 DL3007 DL3009 DL3011 DL3019 DL3026 DL3057 DL4000"}) {
        for (const QString &id : QString::fromUtf8(ids).split(QLatin1Char(' '))) {
            QTest::newRow(qPrintable(id)) << id;
        }
    }
}

void PolicyTest::peersIdsAreKnown()
{
    QFETCH(QString, id);
    QVERIFY(!ruleIdsNamed(id.toStdString()).empty());
}

QTEST_GUILESS_MAIN(PolicyTest)
#include "tst_policy.moc"
