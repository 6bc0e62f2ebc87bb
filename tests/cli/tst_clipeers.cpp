// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "tests/cli/program.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

/// A file of a tree, as both sides can say it.
struct Row
{
    std::string text;
    std::string group; ///< ties the names of one file; its value differs from side to side
};
using Rows = std::map<std::string, Row>;

bool isInstalled(const char *program)
{
    return !QStandardPaths::findExecutable(QLatin1String(program)).isEmpty();
}

std::string octal(std::uint32_t mode)
{
    return QString::number(mode, 8).rightJustified(4, u'0').toStdString();
}

std::string contentOf(const std::string &path)
{
    const QByteArray bytes = readFile(path);
    return cutaway::sha256Hex({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

/// What an unpacker left on disk.
Rows rowsOnDisk(const std::string &root)
{
    Rows rows;
    for (const auto &entry : fs::recursive_directory_iterator(root)) {
        struct stat status = {};
        if (::lstat(entry.path().c_str(), &status) != 0) {
            continue;
        }
        const std::string path = entry.path().string().substr(root.size());
        const std::string owner =
            ' ' + std::to_string(status.st_uid) + ':' + std::to_string(status.st_gid);
        Row row;
        if (S_ISLNK(status.st_mode)) {
            row.text = "symlink " + fs::read_symlink(entry.path()).string() + owner;
        } else if (S_ISDIR(status.st_mode)) {
            row.text = "dir " + octal(status.st_mode & 07777U) + owner;
        } else if (S_ISREG(status.st_mode)) {
            row.text = "file " + octal(status.st_mode & 07777U) + owner + ' '
                       + std::to_string(status.st_mtim.tv_sec) + ' ' + contentOf(entry.path());
            row.group = status.st_nlink > 1 ? std::to_string(status.st_ino) : "";
        } else {
            row.text = "other";
        }
        rows[path] = row;
    }
    return rows;
}

/// What `files --view final --hash` says.
Rows rowsOf(const Ran &files)
{
    Rows rows;
    for (const QJsonValue &value : files.at("entries").toArray()) {
        const QJsonObject entry = value.toObject();
        const auto text = [&entry](const char *key) {
            return entry[QLatin1String(key)].toString().toStdString();
        };
        const std::string type = text("type");
        const std::string owner = ' ' + std::to_string(entry[QStringLiteral("uid")].toInteger())
                                  + ':' + std::to_string(entry[QStringLiteral("gid")].toInteger());
        Row row;
        if (type == "symlink") {
            row.text = "symlink " + text("linkTarget") + owner;
        } else if (type == "dir") {
            row.text = "dir " + text("mode") + owner;
        } else if (type == "file") {
            const QDateTime time =
                QDateTime::fromString(entry[QStringLiteral("mtime")].toString(), Qt::ISODateWithMs);
            row.text = "file " + text("mode") + owner + ' '
                       + std::to_string(time.toSecsSinceEpoch()) + ' ' + text("sha256");
            const QJsonValue group = entry[QStringLiteral("linkGroup")];
            row.group = group.isNull() ? "" : std::to_string(group.toInteger());
        } else {
            row.text = "other";
        }
        rows[text("path")] = row;
    }
    return rows;
}

/// One line a path; the names of one file get the number of the first of them.
std::string textOf(const Rows &rows)
{
    std::map<std::string, int> members;
    for (const auto &[path, row] : rows) {
        ++members[row.group];
    }
    std::map<std::string, std::string> first;
    std::string text;
    for (const auto &[path, row] : rows) {
        text += path + ' ' + row.text;
        if (!row.group.empty() && members[row.group] > 1) {
            text += " = " + first.try_emplace(row.group, path).first->second;
        }
        text += '\n';
    }
    return text;
}

} // namespace

/// The same images through other programs: the tree that umoci unpacks, the config that skopeo
/// reads, and one image in all the forms that skopeo copies it to.
class TestCliPeers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void treeIsUmocis();
    void configIsSkopeos();
    void formsAgree_data();
    void formsAgree();
    void buildah();

private:
    std::string at(const std::string &name) const { return in(m_directory, name); }
    void run(const std::string &program, const Words &arguments);
    void buildLayers();

    QTemporaryDir m_directory;
    std::string m_layout;
};

void TestCliPeers::run(const std::string &program, const Words &arguments)
{
    const Ran ran = runProgram(program, arguments, {.directory = m_directory.path().toStdString()});
    QVERIFY2(ran.code == 0,
             (QByteArray::fromStdString(program) + ": " + ran.out + ran.err).constData());
}

/// Three layers: a small system; deletions, a chmod, new links; an opaque directory and a whiteout.
void TestCliPeers::buildLayers()
{
    const std::string root = at("one/rootfs");
    run("umoci", {"unpack", "--image", "layout:app", "one"});
    for (const char *directory : {"/etc/app", "/usr/bin", "/var/cache/deep", "/srv/old"}) {
        fs::create_directories(root + directory);
    }
    writeFile(root + "/etc/app/a.conf", "a=1\n");
    writeFile(root + "/etc/app/b.conf", "b=1\n");
    writeFile(root + "/usr/bin/tool", std::string(5000, 't'));
    writeFile(root + "/usr/bin/same", std::string(5000, 't'));
    fs::create_hard_link(root + "/usr/bin/tool", root + "/usr/bin/tool2");
    fs::create_hard_link(root + "/usr/bin/tool", root + "/usr/bin/tool3");
    fs::create_symlink("usr/bin", root + "/bin");
    writeFile(root + "/var/cache/deep/x", std::string(700, 'x'));
    writeFile(root + "/var/cache/y", std::string(300, 'y'));
    writeFile(root + "/srv/old/z", "z");
    fs::permissions(root + "/usr/bin/tool", fs::perms(04755));
    run("umoci", {"repack", "--image", "layout:app", "one"});

    const std::string next = at("two/rootfs");
    run("umoci", {"unpack", "--image", "layout:app", "two"});
    fs::remove_all(next + "/var/cache/deep");
    fs::remove(next + "/etc/app/b.conf");
    writeFile(next + "/etc/app/a.conf", "a=2, and longer\n");
    fs::permissions(next + "/usr/bin/same", fs::perms(0700));
    fs::remove(next + "/usr/bin/tool3");
    fs::create_symlink("/etc/app", next + "/usr/bin/tool3");
    writeFile(next + "/caf\xc3\xa9 name", "");
    run("umoci", {"repack", "--image", "layout:app", "two"});

    fs::create_directory(at("insert"));
    writeFile(at("insert") + "/new", "new");
    run("umoci", {"insert", "--image", "layout:app", "--opaque", "insert", "/srv/old"});
    run("umoci", {"insert", "--image", "layout:app", "--whiteout", "/var/cache/y"});
}

void TestCliPeers::initTestCase()
{
    for (const char *program : {"umoci", "skopeo"}) {
        if (!isInstalled(program)) {
            QSKIP("umoci or skopeo is not installed");
        }
    }
    if (::geteuid() != 0) {
        QSKIP("umoci unpacks owners as they are for root alone");
    }
    m_layout = at("layout");
    run("umoci", {"init", "--layout", "layout"});
    run("umoci", {"new", "--image", "layout:app"});
    buildLayers();
    run("umoci",
        {"config",
         "--image",
         "layout:app",
         "--config.user",
         "1000:1000",
         "--config.exposedports",
         "80/tcp",
         "--config.exposedports",
         "53/udp",
         "--config.env",
         "A=b",
         "--config.env",
         "PATH=/usr/bin",
         "--config.label",
         "org.example.a=b",
         "--config.volume",
         "/data",
         "--config.entrypoint",
         "/bin/tool",
         "--config.cmd",
         "-v",
         "--config.workingdir",
         "/srv",
         "--config.stopsignal",
         "SIGQUIT"});
}

void TestCliPeers::treeIsUmocis()
{
    run("umoci", {"unpack", "--image", "layout:app", "out"});
    const Ran files = runCli({"files", "oci:" + m_layout + ":app", "--format", "json", "--hash"});
    QVERIFY2(files.code == 0, files.err);
    const std::string theirs = textOf(rowsOnDisk(at("out/rootfs")));
    QVERIFY(theirs.size() > 500);
    QCOMPARE(textOf(rowsOf(files)), theirs);
    // And our own unpacking of it is the same once more.
    const Ran extracted =
        runCli({"extract", "oci:" + m_layout + ":app", "/", "-C", at("ours"), "--owner"});
    QVERIFY2(extracted.code == 0, extracted.err);
    QCOMPARE(textOf(rowsOnDisk(at("ours"))), theirs);
}

void TestCliPeers::configIsSkopeos()
{
    const Ran theirs = runProgram("skopeo", {"inspect", "--config", "oci:" + m_layout + ":app"});
    const Ran ours = runCli({"inspect", "oci:" + m_layout + ":app", "--format", "json"});
    QVERIFY2(ours.code == 0, ours.err);
    const auto same = [&](std::string_view our, std::string_view their) {
        const QJsonValue value = theirs.at(their);
        QVERIFY2(!value.isUndefined(), theirs.out);
        QCOMPARE(ours.at("image/config/" + std::string(our)), value);
    };
    same("user", "config/User");
    same("env", "config/Env");
    same("entrypoint", "config/Entrypoint");
    same("cmd", "config/Cmd");
    same("workingDir", "config/WorkingDir");
    same("labels", "config/Labels");
    same("stopSignal", "config/StopSignal");
    QStringList ports;
    for (const QJsonValue &port : ours.at("image/config/exposedPorts").toArray()) {
        ports << port.toString();
    }
    QCOMPARE(ports, theirs.at("config/ExposedPorts").toObject().keys());
    QCOMPARE(ours.at("image/created"), theirs.at("created"));
    QCOMPARE(ours.at("history").toArray().size(), theirs.at("history").toArray().size());
    const QJsonArray diffIds = theirs.at("rootfs/diff_ids").toArray();
    QCOMPARE(ours.at("layers").toArray().size(), diffIds.size());
    for (int i = 0; i < diffIds.size(); ++i) {
        QCOMPARE(ours.at("layers/" + std::to_string(i) + "/diffId"), diffIds[i]);
    }
}

void TestCliPeers::formsAgree_data()
{
    QTest::addColumn<std::string>("reference");
    QTest::addColumn<Words>("options");
    QTest::newRow("docker archive") << "docker-archive:" + at("docker.tar") << Words{};
    QTest::newRow("OCI archive") << "oci-archive:" + at("oci.tar") << Words{};
    QTest::newRow("OCI, gzip") << "oci:" + at("gzip")
                               << Words{"--dest-compress", "--dest-compress-format", "gzip"};
    QTest::newRow("OCI, zstd") << "oci:" + at("zstd")
                               << Words{"--dest-compress", "--dest-compress-format", "zstd"};
    QTest::newRow("dir") << "dir:" + at("dir") << Words{};
}

void TestCliPeers::formsAgree()
{
    QFETCH(std::string, reference);
    QFETCH(Words, options);
    const bool isNamed = !reference.starts_with("dir:");
    Words copy{"--insecure-policy",
               "copy",
               "-q",
               "oci:" + m_layout + ":app",
               reference + (isNamed ? ":app:1" : "")};
    copy.insert(copy.end(), options.begin(), options.end());
    if (reference.starts_with("oci")) {
        copy[4] = reference + ":app";
    }
    run("skopeo", copy);

    const std::string original = "oci:" + m_layout + ":app";
    const Ran one = runCli({"inspect", original, "--format", "json"});
    const Ran other = runCli({"inspect", reference, "--format", "json"});
    QVERIFY2(other.code == 0, other.err);
    for (const char *part : {"sizes/unpacked",
                             "sizes/files",
                             "sizes/visible",
                             "sizes/shadowed",
                             "sizes/duplicated",
                             "shadowedBy",
                             "efficiency",
                             "dive",
                             "history"}) {
        QVERIFY2(one.at(part) == other.at(part), part);
    }
    QJsonObject config = one.at("image/config").toObject();
    QJsonObject otherConfig = other.at("image/config").toObject();
    config.remove(QStringLiteral("healthcheck"));
    otherConfig.remove(QStringLiteral("healthcheck"));
    QCOMPARE(otherConfig, config);
    const qsizetype layers = one.at("layers").toArray().size();
    QCOMPARE(other.at("layers").toArray().size(), layers);
    for (qsizetype i = 0; i < layers; ++i) {
        const std::string row = "layers/" + std::to_string(i);
        QCOMPARE(other.at(row + "/diffId"), one.at(row + "/diffId"));
        QCOMPARE(other.at(row + "/fileBytes"), one.at(row + "/fileBytes"));
        QCOMPARE(other.at(row + "/verified").toBool(), true);
    }
    QCOMPARE(runCli({"files", reference, "--view", "all", "--format", "json"}).out,
             runCli({"files", original, "--view", "all", "--format", "json"}).out);
    const Ran duplicates = runCli({"waste", reference, "--format", "json"});
    QCOMPARE(duplicates.at("duplicates"),
             runCli({"waste", original, "--format", "json"}).at("duplicates"));
}

void TestCliPeers::buildah()
{
    if (!isInstalled("buildah")) {
        QSKIP("buildah is not installed");
    }
    const Words store{"--storage-driver", "vfs", "--root", at("store"), "--runroot", at("run")};
    const auto call = [&store, this](const Words &more) {
        Words words = store;
        words.insert(words.end(), more.begin(), more.end());
        return runProgram("buildah", words, {.directory = m_directory.path().toStdString()});
    };
    const Ran from = call({"from", "--name", "work", "scratch"});
    if (from.code != 0) {
        QSKIP("buildah cannot work here: " + from.err.left(200));
    }
    QCOMPARE(call({"copy", "work", "insert", "/app"}).code, 0);
    QCOMPARE(call({"config", "--port", "80", "--label", "a=b", "--healthcheck", "CMD true", "work"})
                 .code,
             0);
    const Ran commit =
        call({"commit", "--format", "docker", "--rm", "work", "docker-archive:" + at("b.tar")});
    QVERIFY2(commit.code == 0, commit.err);
    const Ran ours = runCli({"inspect", at("b.tar"), "--format", "json"});
    QVERIFY2(ours.code == 0, ours.err);
    QCOMPARE(ours.at("image/config/exposedPorts/0").toString(), QStringLiteral("80"));
    QCOMPARE(ours.at("image/config/labels/a").toString(), QStringLiteral("b"));
    QCOMPARE(ours.at("sizes/files").toInt(), 3);
    QCOMPARE(runCli({"cat", at("b.tar"), "/app/new"}).out, QByteArray("new"));
    // The layers of its own storage belong to root and are read-only in places.
    (void)runProgram("chmod", {"-R", "u+rwX", at("store"), at("run")});
}

QTEST_GUILESS_MAIN(TestCliPeers)
#include "tst_clipeers.moc"
