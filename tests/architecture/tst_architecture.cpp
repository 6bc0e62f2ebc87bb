// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/architecture/includerules.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

using namespace cutaway::test;

namespace {

/// Every .h and .cpp of core, ui and app: path below the source root → text.
std::map<std::string, std::string> readSources()
{
    namespace fs = std::filesystem;
    const fs::path root(CUTAWAY_SOURCE_DIR);
    std::map<std::string, std::string> sources;
    for (const char *top : {"core", "ui", "app"}) {
        for (const auto &entry : fs::recursive_directory_iterator(root / top)) {
            const auto ending = entry.path().extension();
            if (ending == ".h" || ending == ".cpp") {
                std::ifstream file(entry.path(), std::ios::binary);
                sources[entry.path().lexically_relative(root).generic_string()] =
                    std::string(std::istreambuf_iterator<char>(file), {});
            }
        }
    }
    return sources;
}

QByteArray lines(const std::vector<std::string> &problems)
{
    QByteArray text;
    for (const std::string &problem : problems) {
        text += '\n' + QByteArray::fromStdString(problem);
    }
    return text;
}

} // namespace

class TestArchitecture : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void rulesAreEnforced_data();
    void rulesAreEnforced();
    void threadsAreSeen_data();
    void threadsAreSeen();
    void includesFollowTheTable();
    void yamlAndTomlHaveOneDoorEach();
    void threadsStartInThreeRooms();
    void programsAreSeen_data();
    void programsAreSeen();
    void oneFileRunsPrograms();
    void filesOpenWithTheirLicence();

private:
    std::map<std::string, std::string> m_sources;
};

void TestArchitecture::initTestCase()
{
    m_sources = readSources();
    QVERIFY2(m_sources.size() > 40, "the source tree is not where this test looks");
}

void TestArchitecture::rulesAreEnforced_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("complaint"); // part of it; empty = all is well

    const auto row =
        [](const char *name, const char *path, const char *content, const char *complaint) {
            QTest::newRow(name) << QByteArray(path) << QByteArray(content) << QByteArray(complaint);
        };
    row("own room", "core/tree/a.h", "#include \"core/tree/b.h\"\n", "");
    row("a room below", "core/audit/a.cpp", "#include \"core/analysis/b.h\"\n", "");
    row("a room above",
        "core/analysis/a.cpp",
        "#include \"core/audit/b.h\"\n",
        "may not look into");
    row("a neighbour", "core/image/a.cpp", "#include \"core/archive/b.h\"\n", "may not look into");
    row("core from ui", "ui/models/a.h", "#include \"core/report/b.h\"\n", "");
    row("ui from core", "core/audit/a.cpp", "#include \"ui/models/b.h\"\n", "may not look into");
    row("theme stands alone",
        "ui/theme/a.h",
        "#include \"core/base/text.h\"\n",
        "may not look into");
    row("document from jobs", "ui/jobs/a.h", "#include \"ui/document/b.h\"\n", "");
    row("jobs from document", "ui/document/a.h", "#include \"ui/jobs/b.h\"\n", "may not look into");
    row("ui from cli", "app/cli/a.cpp", "#include \"ui/document/b.h\"\n", "may not look into");
    row("all from gui", "app/gui/main.cpp", "#include \"ui/mainwindow/mainwindow.h\"\n", "");
    row("panel in its folder", "ui/panels/files/a.cpp", "#include \"ui/panels/files/b.h\"\n", "");
    row("panel of another folder",
        "ui/panels/files/a.cpp",
        "#include \"ui/panels/waste/b.h\"\n",
        "panels never");
    row("tests from core", "core/base/a.cpp", "#include \"tests/support/b.h\"\n", "in no room");
    row("not root-relative", "core/base/a.cpp", "#include \"text.h\"\n", "in no room");
    row("unknown room", "core/misc/a.cpp", "", "lives in no room");
    row("commented out",
        "core/base/a.cpp",
        "// #include \"ui/jobs/b.h\"\n/*\n#include <QWidget>\n*/\n",
        "");
    row("indented",
        "core/base/a.cpp",
        "#if 1\n  # include \"ui/jobs/b.h\"\n#endif\n",
        "may not look into");
    row("module and class",
        "ui/jobs/a.h",
        "#include <QtWidgets/QWidget>\n",
        "name the class alone");
    row("whole module", "ui/jobs/a.h", "#include <QtWidgets>\n", "a whole module");
    row("widget in ui", "ui/panels/files/a.h", "#include <QWidget>\n", "");
    row("widget in core", "core/report/a.h", "#include <QWidget>\n", "know no window");
    row("icon in core", "core/audit/a.cpp", "#include <QIcon>\n", "know no window");
    row("widget in the command line",
        "app/cli/a.cpp",
        "#include <QApplication>\n",
        "know no window");
    row("QString in core", "core/report/a.h", "#include <QString>\n", "");
    row("QString in the reader", "core/tree/a.h", "#include <QString>\n", "standard library only");
    row("QString in digest",
        "core/image/digest.cpp",
        "#include <QString>\n",
        "standard library only");
    row("libarchive in its door", "core/archive/a.cpp", "#include <archive.h>\n", "");
    row("libarchive elsewhere",
        "core/source/a.cpp",
        "#include <archive_entry.h>\n",
        "core/archive alone");
    row("zstd elsewhere", "core/source/a.cpp", "#include <zstd.h>\n", "core/archive alone");
    row("ISA-L elsewhere",
        "core/base/a.cpp",
        "#include <isa-l/igzip_lib.h>\n",
        "core/archive alone");
    row("JSON in its door", "core/base/json.cpp", "#include <nlohmann/json.hpp>\n", "");
    row("JSON in a report", "core/report/json.cpp", "#include <nlohmann/json.hpp>\n", "");
    row("JSON elsewhere", "core/image/a.cpp", "#include <nlohmann/json.hpp>\n", "core/base/json");
    row("YAML in its door", "core/base/yaml.cpp", "#include <yaml-cpp/parser.h>\n", "");
    row("valijson elsewhere",
        "core/audit/a.cpp",
        "#include <valijson/schema.hpp>\n",
        "core/base/jsonschema");
    row("YAML elsewhere", "app/cli/a.cpp", "#include <yaml-cpp/yaml.h>\n", "core/base/yaml");
    row("OpenSSL elsewhere",
        "core/image/digest.cpp",
        "#include <openssl/evp.h>\n",
        "core/base/hash");
    row("Vectorscan elsewhere",
        "core/audit/secrets/scan.cpp",
        "#include <hs.h>\n",
        "core/audit/secrets/literals");
    row("RE2 elsewhere", "core/report/a.cpp", "#include <re2/re2.h>\n", "core/base/pattern");
    row("TOML elsewhere",
        "core/audit/policy/a.cpp",
        "#include <toml++/toml.h>\n",
        "core/registry/registriesconf");
    row("a keyring elsewhere",
        "ui/dialogs/a.cpp",
        "#include <libsecret/secret.h>\n",
        "core/registry/keyring");
    row("xxHash elsewhere", "core/tree/names.cpp", "#include <xxhash.h>\n", "core/base/hash");
}

void TestArchitecture::rulesAreEnforced()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, complaint);
    const auto problems = includeProblems(path.toStdString(), content.toStdString());
    QCOMPARE(problems.size(), complaint.isEmpty() ? 0U : 1U);
    QVERIFY2(complaint.isEmpty() || problems.front().contains(complaint.toStdString()),
             lines(problems).constData());
}

void TestArchitecture::threadsAreSeen_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("line"); // 0 = none

    QTest::newRow("jthread") << QByteArray("int a;\nstd::jthread worker(f);\n") << 2;
    QTest::newRow("thread in a vector") << QByteArray("std::vector<std::thread> pool;\n") << 1;
    QTest::newRow("async") << QByteArray("auto x = std::async(f);\n") << 1;
    QTest::newRow("QtConcurrent") << QByteArray("QtConcurrent::run(f);\n") << 1;
    QTest::newRow("QThread") << QByteArray("\n\nQThread::create(f)->start();\n") << 3;
    QTest::newRow("a subclass") << QByteArray("class A : public QThread\n{};\n") << 1;
    QTest::newRow("asking only") << QByteArray("std::thread::hardware_concurrency();\n") << 0;
    QTest::newRow("this thread") << QByteArray("std::this_thread::yield();\n") << 0;
    QTest::newRow("in a comment") << QByteArray("// std::jthread\n/* std::thread */\n") << 0;
    QTest::newRow("in a text") << QByteArray("f(\"std::jthread \\\" std::jthread\");\n") << 0;
    QTest::newRow("in a raw text") << QByteArray("f(R\"x(\" std::jthread)x\");\n") << 0;
    QTest::newRow("behind digits") << QByteArray("int n = 1'000; std::jthread t;\n") << 1;
    QTest::newRow("behind a quote character")
        << QByteArray("char c = '\"'; std::jthread t;\n") << 1;
}

void TestArchitecture::threadsAreSeen()
{
    QFETCH(QByteArray, content);
    QFETCH(int, line);
    QCOMPARE(threadStarts(content.toStdString()),
             line == 0 ? std::vector<int>() : std::vector<int>{line});
}

void TestArchitecture::includesFollowTheTable()
{
    std::vector<std::string> problems;
    for (const auto &[path, content] : m_sources) {
        std::ranges::copy(includeProblems(path, content), std::back_inserter(problems));
    }
    QVERIFY2(problems.empty(), lines(problems).constData());
}

void TestArchitecture::yamlAndTomlHaveOneDoorEach()
{
    for (const char *library : {"yaml", "toml"}) {
        std::vector<std::string> users;
        for (const auto &[path, content] : m_sources) {
            if (std::ranges::any_of(includesOf(content), [library](const Include &include) {
                    return !include.quoted && include.name.starts_with(library);
                })) {
                users.push_back(path);
            }
        }
        QVERIFY2(users.size() <= 1, lines(users).constData());
    }
}

void TestArchitecture::threadsStartInThreeRooms()
{
    std::vector<std::string> elsewhere;
    std::set<std::string> rooms;
    for (const auto &[path, content] : m_sources) {
        for (const int line : threadStarts(content)) {
            rooms.insert(roomOf(path));
            if (!mayStartThreads(path)) {
                elsewhere.push_back(path + ":" + std::to_string(line));
            }
        }
    }
    QVERIFY2(elsewhere.empty(), lines(elsewhere).constData());
    // All do start some; else this test no longer sees them.
    QCOMPARE(rooms, (std::set<std::string>{"core/archive", "core/inspect", "ui/jobs"}));
}

void TestArchitecture::programsAreSeen_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("line"); // 0 = none

    QTest::newRow("system") << QByteArray("int a;\nstd::system(\"ls\");\n") << 2;
    QTest::newRow("popen at the line's start") << QByteArray("\n\npopen (f, g);\n") << 3;
    QTest::newRow("exec") << QByteArray("::execvp(a, b);\n") << 1;
    QTest::newRow("fork") << QByteArray("if (fork() == 0) {\n") << 1;
    QTest::newRow("spawn") << QByteArray("x = posix_spawnp(&p, a);\n") << 1;
    QTest::newRow("Qt's") << QByteArray("QProcess process;\n") << 1;
    QTest::newRow("a dialog's loop") << QByteArray("dialog.exec();\napp->exec();\n") << 0;
    QTest::newRow("a member") << QByteArray("image.system(1);\nimage->fork(2);\n") << 0;
    QTest::newRow("a longer word") << QByteArray("filesystem(1);\nsystemReason(2);\n") << 0;
    QTest::newRow("in a text") << QByteArray("f(\"system(1)\"); // fork()\n") << 0;
}

void TestArchitecture::programsAreSeen()
{
    QFETCH(QByteArray, content);
    QFETCH(int, line);
    QCOMPARE(programStarts(content.toStdString()),
             line == 0 ? std::vector<int>() : std::vector<int>{line});
}

void TestArchitecture::oneFileRunsPrograms()
{
    // Credential helpers of Docker and Podman are programs, named in the user's own configuration:
    // started without a shell, before anything of an image is read, and bounded in time and output.
    constexpr std::string_view kDoor = "core/registry/helper.cpp";
    std::vector<std::string> places;
    std::size_t behindDoor = 0;
    for (const auto &[path, content] : m_sources) {
        for (const int line : programStarts(content)) {
            if (path == kDoor) {
                ++behindDoor;
            } else {
                places.push_back(path + ":" + std::to_string(line));
            }
        }
    }
    QVERIFY2(places.empty(), lines(places).constData());
    QCOMPARE(behindDoor, 1U);
}

void TestArchitecture::filesOpenWithTheirLicence()
{
    std::vector<std::string> without;
    for (const auto &[path, content] : m_sources) {
        if (!content.starts_with("// SPDX-FileCopyrightText: Cutaway contributors\n"
                                 "// SPDX-License-Identifier: Apache-2.0\n")) {
            without.push_back(path);
        }
    }
    QVERIFY2(without.empty(), lines(without).constData());
}

QTEST_APPLESS_MAIN(TestArchitecture)

#include "tst_architecture.moc"
