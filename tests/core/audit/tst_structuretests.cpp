// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/audit/structuretest/runner.h"
#include "core/audit/structuretest/testsubject.h"
#include "core/base/yaml.h"
#include "tests/support/auditimage.h"

#include <QTest>

#include <stdexcept>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// Something of everything that can be asked about.
constexpr std::string_view kImage = R"(user 10001
workdir /app
entrypoint ["/app/server", "--port"]
cmd ["8080"]
env PATH=/usr/bin:/bin
env APP=/app
env MODE=fast and safe
env API_TOKEN=hunter2hunter2
port 8080/tcp
port 53/udp
volume /data
label version=1.2.3
label empty=
layer COPY . /
script app/server #!/bin/sh\nexec real\n
text app/app.conf listen 8080\ndaemon off\n# end\n
text app/latin caf\xe9 8\n
owned app/owned 1000 1001
file app/gone 3 g
mode app/setuid 04755 3 s
mode app/secret 0600 3 s
mode app/groupx 0610 3 s
dir app/folder
symlink app/link -> app.conf
symlink app/dangling -> nowhere
symlink srv -> app
fifo app/pipe
char dev/null
text usr/share/doc/good/copyright License: MIT\n
text usr/share/doc/libgnutls30/copyright AGPL but allowed\n
text LICENSE Apache License\n
text BAD agpl-3.0\n
layer RUN rm
file app/.wh.gone 0 w
)";

StructureTests parsed(const std::string &yaml)
{
    Result<StructureTests> tests =
        parseStructureTests("schemaVersion: \"2.0.0\"\n" + yaml, "t.yaml");
    return tests ? std::move(*tests) : throw std::runtime_error(tests.error().message);
}

QString outcomesOf(const std::vector<TestOutcome> &outcomes)
{
    QStringList lines;
    for (const TestOutcome &outcome : outcomes) {
        QString line = outcome.state == TestOutcome::State::Passed   ? QStringLiteral("pass")
                       : outcome.state == TestOutcome::State::Failed ? QStringLiteral("fail")
                                                                     : QStringLiteral("skip");
        for (const std::string &error : outcome.errors) {
            line += QStringLiteral(" | ") + QString::fromStdString(error);
        }
        lines << line;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

/// container-structure-test's semantics, one a row.
class StructureTestsTest : public QObject
{
    Q_OBJECT

private slots:
    void existence_data();
    void existence();
    void content_data();
    void content();
    void metadata_data();
    void metadata();
    void licenses_data();
    void licenses();
    void refusals_data();
    void refusals();
    void goModes_data();
    void goModes();
    void variables_data();
    void variables();
    void orderAndNames();
    void jsonIsYaml();
    void wholeContentsAreAskedFor();
    void missingContentFails();
    void asserts_data();
    void asserts();
    void assertRefusals_data();
    void assertRefusals();

private:
    QString run(const std::string &yaml)
    {
        return outcomesOf(runStructureTests(parsed(yaml), m_image, m_contents.get()));
    }

    const Image m_image = auditImage(kImage);
    const std::unique_ptr<FileContents> m_contents = auditContents(kImage);
};

void StructureTestsTest::existence_data()
{
    QTest::addColumn<QString>("fields");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, const char *fields, const char *outcome) {
        QTest::newRow(name) << QString::fromUtf8(fields) << QString::fromUtf8(outcome);
    };
    row("there", "path: /app/server", "pass");
    row("without a slash before it", "path: app/server", "pass");
    row("a slash behind a directory", "path: /app/folder/", "pass");
    row("the root", "path: /, permissions: drwxr-xr-x", "pass");
    row("not there", "path: /no", "fail | /no is not there");
    row("not there, as wanted", "path: /no, shouldExist: false", "pass");
    row("not there, other wishes unasked",
        "path: /no, shouldExist: false, permissions: -rw-r--r--, uid: 3",
        "pass");
    row("there, unwanted",
        "path: /app/server, shouldExist: false",
        "fail | /app/server is there, and should not be");
    row("deleted by a later layer", "path: /app/gone, shouldExist: false", "pass");
    row("through a link to its directory", "path: /srv/server", "pass");
    row("a link itself, though it dangles", "path: /app/dangling", "pass");
    row("permissions", "path: /app/server, permissions: -rwxr-xr-x", "pass");
    row("other permissions",
        "path: /app/server, permissions: -rw-r--r--",
        "fail | /app/server has the permissions -rwxr-xr-x, not -rw-r--r--");
    row("of a directory", "path: /app/folder, permissions: drwxr-xr-x", "pass");
    row("of a link itself", "path: /app/link, permissions: Lrw-r--r--", "pass");
    row("of a setuid program", "path: /app/setuid, permissions: urwxr-xr-x", "pass");
    row("uid and gid", "path: /app/owned, uid: 1000, gid: 1001", "pass");
    row("any uid", "path: /app/owned, uid: -1, gid: -1", "pass");
    row("another uid", "path: /app/owned, uid: 0", "fail | /app/owned belongs to user 1000, not 0");
    row("another gid",
        "path: /app/owned, gid: 5",
        "fail | /app/owned belongs to group 1001, not 5");
    row("executable by its owner", "path: /app/server, isExecutableBy: owner", "pass");
    row("by its group", "path: /app/groupx, isExecutableBy: group", "pass");
    row("by others", "path: /app/server, isExecutableBy: other", "pass");
    row("by any", "path: /app/groupx, isExecutableBy: any", "pass");
    row("by nobody",
        "path: /app/secret, isExecutableBy: any",
        "fail | /app/secret cannot be executed by anybody: -rw-------");
    row("not by its owner",
        "path: /app/groupx, isExecutableBy: owner",
        "fail | /app/groupx cannot be executed by its owner: -rw---x---");
    row("not by others",
        "path: /app/groupx, isExecutableBy: other",
        "fail | /app/groupx cannot be executed by others: -rw---x---");
    row("two faults",
        "path: /app/secret, uid: 7, permissions: -rwx------",
        "fail | /app/secret has the permissions -rw-------, not -rwx------"
        " | /app/secret belongs to user 0, not 7");
    row("a variable of the image", "path: $APP/server", "pass");
    row("a variable of the file", "path: '${HOMES}/server'", "pass");
    row("a variable that is not set", "path: /app$NONE/server", "pass");
    row("hostile text", "path: \"/no\\n\\u202e\"", "fail | /no\\n\\u202e is not there");
}

void StructureTestsTest::existence()
{
    QFETCH(QString, fields);
    QTEST(run("globalEnvVars: [{key: HOMES, value: '$APP'}]\nfileExistenceTests:\n- {name: x, "
              + fields.toStdString() + "}"),
          "outcome");
}

void StructureTestsTest::content_data()
{
    QTest::addColumn<QString>("fields");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, const char *fields, const char *outcome) {
        QTest::newRow(name) << QString::fromUtf8(fields) << QString::fromUtf8(outcome);
    };
    row("nothing asked", "path: /app/app.conf", "pass");
    row("found anywhere", "path: /app/app.conf, expectedContents: ['daemon off']", "pass");
    row("a pattern", "path: /app/app.conf, expectedContents: ['listen \\d+']", "pass");
    row("not found",
        "path: /app/app.conf, expectedContents: ['daemon on']",
        "fail | nothing in /app/app.conf matches \"daemon on\"");
    row("all must be found",
        "path: /app/app.conf, expectedContents: [listen, x, y]",
        "fail | nothing in /app/app.conf matches \"x\" | nothing in /app/app.conf matches \"y\"");
    row("excluded, not there", "path: /app/app.conf, excludedContents: [autoindex]", "pass");
    row("excluded, there",
        "path: /app/app.conf, excludedContents: ['l.sten']",
        "fail | /app/app.conf has a match of \"l.sten\"");
    row("a caret is the text's beginning",
        "path: /app/app.conf, expectedContents: ['^daemon']",
        "fail | nothing in /app/app.conf matches \"^daemon\"");
    row("a line's with (?m)",
        "path: /app/app.conf, expectedContents: ['(?m)^daemon off$']",
        "pass");
    row("a dot is no line feed",
        "path: /app/app.conf, expectedContents: ['8080.daemon']",
        "fail | nothing in /app/app.conf matches \"8080.daemon\"");
    row("a line feed in a pattern",
        "path: /app/app.conf, expectedContents: ['8080\\ndaemon']",
        "pass");
    row("bytes that are no text", "path: /app/latin, expectedContents: ['^caf. 8']", "pass");
    row("through a link", "path: /app/link, expectedContents: [listen]", "pass");
    row("a variable in the path", "path: '${APP}/app.conf', expectedContents: [listen]", "pass");
    row("no such file", "path: /no, excludedContents: [x]", "fail | /no is not there");
    row("a dangling link", "path: /app/dangling", "fail | /app/dangling is no regular file");
    row("a directory", "path: /app/folder", "fail | /app/folder is no regular file");
}

void StructureTestsTest::content()
{
    QFETCH(QString, fields);
    QTEST(run("fileContentTests:\n- {name: x, " + fields.toStdString() + "}"), "outcome");
}

void StructureTestsTest::metadata_data()
{
    QTest::addColumn<QString>("fields");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, const char *fields, const char *outcome) {
        QTest::newRow(name) << QString::fromUtf8(fields) << QString::fromUtf8(outcome);
    };
    row("nothing", "", "");
    row("a variable", "envVars: [{key: MODE, value: fast and safe}]", "pass");
    row("by its older name", "env: [{key: MODE, value: fast and safe}]", "pass");
    row("another value",
        "envVars: [{key: MODE, value: slow}]",
        "fail | the variable MODE is \"fast and safe\", not \"slow\"");
    row("a pattern", "envVars: [{key: MODE, value: '^fast', isRegex: true}]", "pass");
    row("no pattern unless it says so",
        "envVars: [{key: MODE, value: '^fast'}]",
        "fail | the variable MODE is \"fast and safe\", not \"^fast\"");
    row("a pattern that fails",
        "envVars: [{key: MODE, value: 'slow|late', isRegex: true}]",
        "fail | the variable MODE is \"fast and safe\", which does not match \"slow|late\"");
    row("not set", "envVars: [{key: NONE, value: x}]", "fail | the variable NONE is not set");
    row("a secret is not shown",
        "envVars: [{key: API_TOKEN, value: correcthorse9}]",
        "fail | the variable API_TOKEN is \"[redacted]\", not \"[redacted]\"");
    row("unbound", "unboundEnvVars: [{key: NONE}]", "pass");
    row("unbound, but set",
        "unboundEnvVars: [{key: MODE}]",
        "fail | the variable MODE is set, and should not be");
    row("a label", "labels: [{key: version, value: 1.2.3}]", "pass");
    row("a label's pattern",
        "labels: [{key: version, value: '^\\d+\\.\\d+\\.\\d+$', isRegex: true}]",
        "pass");
    row("an empty label", "labels: [{key: empty, value: ''}]", "pass");
    row("no label", "labels: [{key: none, value: ''}]", "fail | the label none is not set");
    row("a port by its number", "exposedPorts: [\"8080\"]", "pass");
    row("without quotes", "exposedPorts: [8080]", "pass");
    row("with its protocol", "exposedPorts: [8080/tcp, 53/udp]", "pass");
    row("another protocol", "exposedPorts: [53/tcp]", "fail | port 53/tcp is not exposed");
    row("no such port", "exposedPorts: [\"80\"]", "fail | port 80 is not exposed");
    row("unexposed", "unexposedPorts: [\"22\"]", "pass");
    row("unexposed, but exposed",
        "unexposedPorts: [\"53\"]",
        "fail | port 53 is exposed, and should not be");
    row("a volume", "volumes: [/data]", "pass");
    row("no volume", "volumes: [/var]", "fail | /var is no volume");
    row("unmounted", "unmountedVolumes: [/etc]", "pass");
    row("unmounted, but a volume",
        "unmountedVolumes: [/data]",
        "fail | /data is a volume, and should not be");
    row("the entrypoint", "entrypoint: [/app/server, --port]", "pass");
    row("in another order",
        "entrypoint: [--port, /app/server]",
        "fail | the entrypoint is [\"/app/server\", \"--port\"], not [\"--port\", "
        "\"/app/server\"]");
    row("a part of it",
        "entrypoint: [/app/server]",
        "fail | the entrypoint is [\"/app/server\", \"--port\"], not [\"/app/server\"]");
    row("must be empty", "cmd: []", "fail | the command is [\"8080\"], not []");
    row("the command", "cmd: ['8080']", "pass");
    row("a password in it",
        "cmd: [--token, hunter2]",
        "fail | the command is [\"8080\"], not [\"--token\", \"[redacted]\"]");
    row("the working directory", "workdir: /app", "pass");
    row("another working directory",
        "workdir: /srv",
        "fail | the working directory is \"/app\", not \"/srv\"");
    row("an empty one is not asked", "{workdir: '', user: ''}", "pass");
    row("the user", "user: 10001", "pass");
    row("another user", "user: root", "fail | the user is \"10001\", not \"root\"");
}

void StructureTestsTest::metadata()
{
    QFETCH(QString, fields);
    const std::string text = fields.toStdString();
    QTEST(run("metadataTest: " + (text.starts_with('{') ? text : "{" + text + "}")), "outcome");
}

void StructureTestsTest::licenses_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, const char *yaml, const char *outcome) {
        QTest::newRow(name) << QString::fromUtf8(yaml) << QString::fromUtf8(outcome);
    };
    row("Debian's", "[{debian: true}]", "pass");
    row("not Debian's", "[{debian: false}]", "pass");
    row("a file", "[{files: [/LICENSE]}]", "pass");
    row("a refused one, in any case", "[{files: [/BAD]}]", "fail | /BAD names the license AGPL");
    row("no such file", "[{files: [/no]}]", "fail | /no is not there");
    row("two tests", "[{debian: true}, {files: [/LICENSE]}]", "pass\npass");
}

void StructureTestsTest::licenses()
{
    QFETCH(QString, yaml);
    QTEST(run("licenseTests: " + yaml.toStdString()), "outcome");
}

void StructureTestsTest::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *name, const char *text, const char *message) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(message);
    };
    row("no YAML", "a: [", "t.yaml:");
    row("no map", "- a", "t.yaml:1:1: a list of settings is expected here");
    row("no version", "licenseTests: []", "t.yaml:1:1: 'schemaVersion' is missing");
    row("another version",
        "schemaVersion: 1.0.0",
        "t.yaml:1:16: only the schema version 2.0.0 can be read");
    row("an unknown key",
        "schemaVersion: 2.0.0\nfileExistanceTests: []",
        "t.yaml:2:1: 'fileExistanceTests' is not known here; did you mean 'fileExistenceTests'?");
    row("an unknown key of a test",
        "schemaVersion: 2.0.0\nfileExistenceTests:\n- name: x\n  path: /x\n  shouldExists: true",
        "t.yaml:5:3: 'shouldExists' is not known here; did you mean 'shouldExist'?");
    row("no name",
        "schemaVersion: 2.0.0\nfileContentTests:\n- path: /x",
        "t.yaml:3:3: 'name' is missing");
    row("no path", "schemaVersion: 2.0.0\nfileExistenceTests: [{name: x}]", "'path' is missing");
    row("no key", "schemaVersion: 2.0.0\nmetadataTest: {labels: [{value: x}]}", "'key' is missing");
    row("an invalid pattern",
        "schemaVersion: 2.0.0\nfileContentTests:\n- name: x\n  path: /x\n  expectedContents:\n"
        "  - '(a'",
        "t.yaml:6:5: ");
    row("a look-ahead, as Go refuses it",
        "schemaVersion: 2.0.0\nfileContentTests: [{name: x, path: /x, excludedContents: "
        "['(?=a)']}]",
        "t.yaml:2:");
    row("an invalid pattern of a label",
        "schemaVersion: 2.0.0\nmetadataTest: {labels: [{key: a, value: '*', isRegex: true}]}",
        "t.yaml:2:");
    row("no flag",
        "schemaVersion: 2.0.0\nfileExistenceTests: [{name: x, path: /x, shouldExist: maybe}]",
        "'shouldExist' wants true or false");
    row("no number",
        "schemaVersion: 2.0.0\nfileExistenceTests: [{name: x, path: /x, uid: root}]",
        "'uid' wants a number, or -1 for any");
    row("nobody",
        "schemaVersion: 2.0.0\nfileExistenceTests: [{name: x, path: /x, isExecutableBy: all}]",
        "'isExecutableBy' wants owner, group, other or any");
    row("no list", "schemaVersion: 2.0.0\ncommandTests: 1", "'commandTests' wants a list");
    row("a list for a text",
        "schemaVersion: 2.0.0\nfileExistenceTests: [{name: x, path: [a]}]",
        "'path' wants a single value");
    row("metadata as a list",
        "schemaVersion: 2.0.0\nmetadataTest: [a]",
        "'metadataTest' wants a list of settings");
    row("a command test without a name",
        "schemaVersion: 2.0.0\ncommandTests: [{command: ls}]",
        "'name' is missing");
    row("an unknown key of a command test",
        "schemaVersion: 2.0.0\ncommandTests: [{name: x, exitcode: 1}]",
        "did you mean 'exitCode'?");
}

void StructureTestsTest::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    const Result<StructureTests> tests = parseStructureTests(text.toStdString(), "t.yaml");
    QVERIFY(!tests);
    QVERIFY2(QByteArray::fromStdString(tests.error().message).contains(message),
             tests.error().message.c_str());
    QCOMPARE(tests.error().code, ErrorCode::InvalidInput);
}

void StructureTestsTest::goModes_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *text, EntryType type, int mode) {
        QTest::newRow(text) << static_cast<int>(type) << mode << QString::fromUtf8(text);
    };
    row("-rw-r--r--", EntryType::File, 0644);
    row("----------", EntryType::File, 0);
    row("urwxr-xr-x", EntryType::File, 04755);
    row("grwxr-xr-x", EntryType::File, 02755);
    row("ugrwxr-xr-x", EntryType::File, 06755);
    row("trw-r--r--", EntryType::File, 01644);
    row("drwx------", EntryType::Directory, 0700);
    row("dtrwxrwxrwx", EntryType::Directory, 01777);
    row("dgrwxrwxr-x", EntryType::Directory, 02775);
    row("Lrwxrwxrwx", EntryType::Symlink, 0777);
    row("prw-r--r--", EntryType::Fifo, 0644);
    row("Dcrw-rw-rw-", EntryType::CharDevice, 0666);
    row("Drw-rw----", EntryType::BlockDevice, 0660);
}

void StructureTestsTest::goModes()
{
    QFETCH(int, type);
    QFETCH(int, mode);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(
                 goFileMode(static_cast<EntryType>(type), static_cast<std::uint16_t>(mode))),
             text);
}

void StructureTestsTest::variables_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expanded");
    const auto row = [](const char *text, const char *expanded) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expanded);
    };
    row("/a", "/a");
    row("$A/b", "1/b");
    row("${A}b", "1b");
    row("$AB", "");
    row("$A$B", "12");
    row("a$", "a$");
    row("a$/b", "a$/b");
    row("${}b", "b");
    row("${A", "A"); // as Go's os.Expand: the broken opening is dropped
    row("$1x", "x");
    row("$$A", "A");
}

void StructureTestsTest::variables()
{
    QFETCH(QString, text);
    QTEST(QString::fromStdString(expandVariables(text.toStdString(), {{"A", "1"}, {"B", "2"}})),
          "expanded");
}

void StructureTestsTest::orderAndNames()
{
    const std::vector<TestOutcome> outcomes =
        runStructureTests(parsed("metadataTest: {user: 10001}\n"
                                 "licenseTests: [{files: []}]\n"
                                 "fileExistenceTests: [{name: e, path: /app}]\n"
                                 "fileContentTests: [{name: c, path: /LICENSE}]\n"
                                 "commandTests: [{name: r, command: ls, exitCode: 1}]\n"
                                 "containerRunOptions: {user: root, privileged: true}"),
                          m_image,
                          m_contents.get());
    QStringList names;
    for (const TestOutcome &outcome : outcomes) {
        names << QString::fromStdString(outcome.name);
    }
    QCOMPARE(names.join(QLatin1Char('|')),
             QStringLiteral("Command Test: r|File Content Test: c|File Existence Test: e|"
                            "License Test|Metadata Test"));
    QCOMPARE(outcomes.front().state, TestOutcome::State::Skipped);
    QVERIFY(!outcomes.front().reason.empty());
}

void StructureTestsTest::jsonIsYaml()
{
    const Result<StructureTests> tests = parseStructureTests(
        R"({"schemaVersion": "2.0.0", "fileContentTests": [)"
        R"({"name": "c", "path": "/LICENSE", "expectedContents": ["Apache\\s"]}]})",
        "t.json");
    QVERIFY2(tests, tests ? "" : tests.error().message.c_str());
    QCOMPARE(outcomesOf(runStructureTests(*tests, m_image, m_contents.get())),
             QStringLiteral("pass"));
}

void StructureTestsTest::wholeContentsAreAskedFor()
{
    const StructureTests tests =
        parsed("licenseTests: [{debian: true, files: [/LICENSE, /LICENSE, /no]}]\n"
               "fileContentTests: [{name: a, path: /app/link}, {name: b, path: /app/folder}]\n"
               "fileExistenceTests: [{name: c, path: /app/server}]");
    QStringList paths;
    for (const EntryId entry : contentsOfTests(tests, m_image)) {
        paths << QString::fromStdString(m_image.tree->path(m_image.tree->entry(entry).node));
    }
    paths.sort();
    QCOMPARE(paths.join(QLatin1Char(' ')),
             QStringLiteral("/LICENSE /app/app.conf /usr/share/doc/good/copyright"));
}

void StructureTestsTest::missingContentFails()
{
    const StructureTests tests = parsed("fileContentTests: [{name: a, path: /LICENSE}]");
    QCOMPARE(outcomesOf(runStructureTests(tests, m_image, nullptr)),
             QStringLiteral("fail | the content of /LICENSE could not be read"));
    QCOMPARE(outcomesOf(runStructureTests(tests, Image(), nullptr)),
             QStringLiteral("fail | /LICENSE is not there"));
}

void StructureTestsTest::asserts_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("findings");
    const auto row = [](const char *name, const char *yaml, const char *findings) {
        QTest::newRow(name) << QString::fromUtf8(yaml) << QString::fromUtf8(findings);
    };
    row("none", "[]", "");
    row("all hold",
        "- {kind: file, path: /app/server, exists: true, permissions: '-rwxr-xr-x', uid: 0}\n"
        "- {kind: content, path: /app/app.conf, mustMatch: [daemon off], mustNotMatch: ['x{9}']}\n"
        "- {kind: metadata, user: 10001, exposedPorts: ['8080'], unmountedVolumes: [/etc], env: "
        "{MODE: fast and safe}}",
        "");
    row("a file",
        "[{kind: file, path: /no}]",
        "assert/file File Existence Test: /no: /no is not there.");
    row("a content",
        "[{kind: content, name: quiet, path: /app/app.conf, mustNotMatch: [listen]}]",
        "assert/content File Content Test: quiet: /app/app.conf has a match of \"listen\".");
    row("two of metadata",
        "[{kind: metadata, workdir: /}, {kind: metadata, labels: {version: 2}}]",
        "assert/metadata Metadata Test: the working directory is \"/app\", not \"/\".\n"
        "assert/metadata Metadata Test: the label version is \"1.2.3\", not \"2\".");
}

void StructureTestsTest::asserts()
{
    QFETCH(QString, yaml);
    const Result<Yaml> list = parseYaml(yaml.toStdString(), "p.yaml");
    QVERIFY(list);
    const Result<StructureTests> tests = readAsserts(*list, "p.yaml");
    QVERIFY2(tests, tests ? "" : tests.error().message.c_str());
    const Analysis analysis = analyze(m_image, Monitor()).value();
    const AuditFacts facts = gatherFacts(m_image, m_contents.get(), Monitor());
    QStringList lines;
    for (const Finding &finding :
         runAsserts(*tests, {m_image, analysis, facts, m_contents.get()})) {
        lines << QString::fromStdString(finding.ruleId + " " + finding.summary);
        QCOMPARE(finding.severity, Severity::High);
        QVERIFY(!finding.evidence.empty());
    }
    QTEST(lines.join(QLatin1Char('\n')), "findings");
}

void StructureTestsTest::assertRefusals_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *yaml, const char *message) {
        QTest::newRow(name) << QString::fromUtf8(yaml) << QString::fromUtf8(message);
    };
    row("no list", "kind: file", "a list of assertions is expected here");
    row("no kind", "[{path: /x}]", "'kind' is missing");
    row("another kind", "[{kind: command}]", "'kind' wants file, content or metadata");
    row("an unknown key",
        "[{kind: file, path: /x, mustMatch: [a]}]",
        "'mustMatch' is not known here");
    row("no path", "[{kind: content, mustMatch: [a]}]", "'path' is missing");
}

void StructureTestsTest::assertRefusals()
{
    QFETCH(QString, yaml);
    QFETCH(QString, message);
    const Result<Yaml> list = parseYaml(yaml.toStdString(), "p.yaml");
    QVERIFY(list);
    const Result<StructureTests> tests = readAsserts(*list, "p.yaml");
    QVERIFY(!tests);
    QVERIFY2(QString::fromStdString(tests.error().message).contains(message),
             tests.error().message.c_str());
}

QTEST_GUILESS_MAIN(StructureTestsTest)
#include "tst_structuretests.moc"
