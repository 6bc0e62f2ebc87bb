// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/capture.h"
#include "core/audit/capturenames.h"
#include "core/audit/elffacts.h"
#include "core/base/limits.h"
#include "tests/support/elfwriter.h"

#include <QTest>

#include <algorithm>

using namespace cutaway;

namespace {

constexpr std::size_t kAnyRun = 256 * 1024;

struct Shown
{
    std::string_view name;
    std::string_view content;
};

/// Shows a file to an observer in runs of that size.
void show(FileObserver &observer,
          const Shown &file,
          const Entry &given,
          FileFacts &facts,
          std::size_t run = kAnyRun)
{
    Entry entry = given;
    entry.size = std::max<std::uint64_t>(entry.size, file.content.size());
    if (!observer.begin(file.name, entry)) {
        return;
    }
    for (std::size_t at = 0; at < file.content.size(); at += run) {
        observer.data(std::as_bytes(std::span(file.content.substr(at, run))));
    }
    observer.end(facts);
}

Entry entryWith(std::uint16_t mode)
{
    Entry entry;
    entry.mode = mode;
    return entry;
}

/// "content 12", "content 64 elf", "-": what is kept of one file.
std::string keptOf(std::string_view name,
                   std::string_view content,
                   std::uint16_t mode,
                   std::size_t run = kAnyRun)
{
    FileFacts facts;
    show(*makeCapture(), {name, content}, entryWith(mode), facts, run);
    std::string text;
    for (const FileFact &fact : facts) {
        text += text.empty() ? "" : " ";
        if (fact.kind == kElfFact) {
            text += decodeElf(fact.bytes) ? "elf" : "no elf";
        } else if (fact.bytes == content.substr(0, fact.bytes.size())) {
            text += "content " + std::to_string(fact.bytes.size());
        } else {
            text += "other content";
        }
    }
    return text.empty() ? "-" : text;
}

} // namespace

class TestCapture : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void decisions_data();
    void decisions();
    void sparseFilesAreNotKept();
    void everyLayerHasALimit();
    void chainAsksAll();
    void spareFactsCanBeDropped();
};

void TestCapture::names_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<int>("says");
    const auto text = [](const char *path) {
        QTest::newRow(path) << std::string(path) << static_cast<int>(NameSays::Text);
    };
    const auto nothing = [](const char *path) {
        QTest::newRow(path) << std::string(path) << static_cast<int>(NameSays::Nothing);
    };
    const auto dump = [](const char *path) {
        QTest::newRow(path) << std::string(path) << static_cast<int>(NameSays::Dump);
    };
    for (const char *path : {"etc/passwd",
                             "./etc/passwd",
                             "/etc/shadow",
                             "etc/group",
                             "etc/gshadow",
                             "etc/shadow-",
                             "etc/sudoers",
                             "etc/sudoers.d/app",
                             "etc/os-release",
                             "usr/lib/os-release",
                             "etc/hosts",
                             "etc/resolv.conf",
                             "etc/hostname",
                             "etc/ld.so.conf",
                             "etc/ld.so.conf.d/x86_64-linux-gnu.conf",
                             "etc/ld.so.preload",
                             "etc/nginx/nginx.conf",
                             "etc/nginx/sites-enabled/default",
                             "usr/local/apache2/conf/httpd.conf",
                             "etc/redis/redis.conf",
                             "etc/mysql/my.cnf",
                             "var/lib/postgresql/data/postgresql.conf",
                             "usr/local/etc/php-fpm.d/www.conf",
                             "etc/supervisor/supervisord.conf",
                             "etc/services.d/app/run",
                             "etc/s6-overlay/s6-rc.d/app/type",
                             "etc/apt/apt.conf",
                             "etc/apt/apt.conf.d/99x",
                             "etc/apt/sources.list",
                             "etc/apt/sources.list.d/x.list",
                             "etc/apt/sources.list.d/debian.sources",
                             "root/.npmrc",
                             "root/.curlrc",
                             "etc/gitconfig",
                             "home/a/.gitconfig",
                             "etc/pip.conf",
                             "etc/yum.repos.d/x.repo",
                             "etc/apk/repositories",
                             "app/package.json",
                             "app/.dockerignore",
                             "app/Dockerfile",
                             "app/Dockerfile.dev",
                             "etc/crontab",
                             "etc/cron.d/backup",
                             "var/spool/cron/crontabs/root",
                             "templates/default.conf.template",
                             "a.tmpl",
                             "b.j2",
                             "c.tpl",
                             "d.ctmpl",
                             "app/.env.local",
                             "app/run.sh",
                             "root/.docker/config.json",
                             "etc/curlrc",
                             "root/.config/git/config",
                             "app/.git",
                             "srv/web/site.htpasswd",
                             "srv/htpasswd.users",
                             "etc/supervisor.d/app.ini",
                             "etc/ld-musl-x86_64.path",
                             "root/.ssh/id_ed25519"}) {
        text(path);
    }
    for (const char *path : {"app/a.jks", "root/.keystore"}) {
        QTest::newRow(path) << std::string(path) << static_cast<int>(NameSays::Store);
    }
    for (const char *path : {"",
                             "/",
                             "passwd",
                             "usr/share/doc/passwd",
                             "app/config.json",
                             "app/main.py",
                             "usr/bin/tool",
                             "app/node_modules/a/package.json",
                             "var/lib/dpkg/info/a.list",
                             "app/hosts",
                             "etc/hosts.txt",
                             "core/x",
                             "score",
                             "README.md"}) {
        nothing(path);
    }
    for (const char *path :
         {"core", "app/core.123", "a.core", "vgcore.77", "java_pid1.hprof", "a.dmp"}) {
        dump(path);
    }
}

void TestCapture::names()
{
    QFETCH(std::string, path);
    QFETCH(int, says);
    QCOMPARE(static_cast<int>(whatNameSays(path)), says);
}

void TestCapture::decisions_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<int>("mode");
    QTest::addColumn<std::string>("kept");
    const auto row = [](const char *title,
                        const std::string &name,
                        const std::string &content,
                        int mode,
                        const std::string &kept) {
        QTest::newRow(title) << name << content << mode << kept;
    };
    const std::string script = "#!/bin/sh\nexec \"$@\"\n";
    const std::string elf = test::elfOf({.needed = {"libc.so.6"}, .codeBytes = 300'000});
    const auto padded = [](std::string text, std::size_t size) {
        text.resize(size, 'x');
        return text;
    };
    row("script", "usr/bin/entry", script, 0755, "content 20");
    row("script that nobody may run", "lib/entry", script, 0644, "content 20");
    row("two bytes of a script", "entry", "#!", 0644, "content 2");
    row("no script", "entry", "#", 0644, "-");
    row("script just short enough",
        "entry",
        padded(script, limits::kContentBytes),
        0755,
        "content 65536");
    row("script too long",
        "entry",
        padded(script, limits::kContentBytes + 1),
        0755,
        "content 65536");
    row("script a byte shorter",
        "entry",
        padded(script, limits::kContentBytes - 1),
        0755,
        "content 65535");
    row("listed file", "etc/passwd", "root:x:0:0::/:/bin/sh\n", 0644, "content 22");
    row("listed file, empty", "etc/passwd", "", 0644, "-");
    row("long listed file",
        "etc/nginx/nginx.conf",
        std::string(300'000, 'c'),
        0644,
        "content 65536");
    row("other text", "app/main.py", "print(1)\n", 0644, "-");
    row("other text that may be run", "app/main.py", std::string(500, 'p'), 0755, "content 64");
    row("program", "usr/bin/tool", elf, 0755, "content 64 elf");
    row("library", "usr/lib/libx.so", elf, 0644, "elf");
    row("program named as a setting", "etc/x.conf", elf, 0644, "elf");
    row("magic alone",
        "x",
        std::string("\x7f"
                    "ELF"),
        0644,
        "-");
    row("dump", "app/core.1", elf, 0600, "content 64 elf");
    row("named as a dump", "app/core", "text", 0644, "content 4");
    row("heap of Java",
        "a.hprof",
        "JAVA PROFILE 1.0.2" + std::string(1000, '\0'),
        0644,
        "content 64");
}

void TestCapture::decisions()
{
    QFETCH(std::string, name);
    QFETCH(std::string, content);
    QFETCH(int, mode);
    QFETCH(std::string, kept);
    for (const std::size_t run : {kAnyRun, std::size_t{1000}, std::size_t{64}, std::size_t{3}}) {
        QCOMPARE(keptOf(name, content, static_cast<std::uint16_t>(mode), run), kept);
    }
}

/// Their holes are left out of what comes by.
void TestCapture::sparseFilesAreNotKept()
{
    Entry entry = entryWith(0755);
    entry.size = 1000;
    FileFacts facts;
    const auto capture = makeCapture();
    show(*capture, {"entry", "#!/bin/sh\n"}, entry, facts);
    QVERIFY(facts.empty());
    show(*capture, {"entry", "#!/bin/sh\n"}, entryWith(0755), facts);
    QCOMPARE(facts.size(), std::size_t{1});
}

void TestCapture::everyLayerHasALimit()
{
    const std::string script = "#!/bin/sh\n" + std::string(limits::kContentBytes - 10, '#');
    const std::size_t each = sizeof(FileFact) + limits::kContentBytes;
    const std::size_t fitting = limits::kFactLayerBytes / each;
    const auto capture = makeCapture();
    FileFacts facts;
    for (std::size_t i = 0; i < fitting + 3; ++i) {
        show(*capture, {"script", script}, entryWith(0755), facts);
    }
    QCOMPARE(facts.size(), fitting);
    show(*makeCapture(), {"script", script}, entryWith(0755), facts); // of the next layer
    QCOMPARE(facts.size(), fitting + 1);
}

namespace {

/// Takes files of one name, and tells how it was called.
class Recorder : public FileObserver
{
public:
    Recorder(std::string wanted, std::uint32_t kind)
        : m_wanted(std::move(wanted))
        , m_kind(kind)
    {}
    bool begin(std::string_view name, const Entry &) override
    {
        m_bytes.clear();
        return name == m_wanted;
    }
    void data(Bytes run) override
    {
        m_bytes.append(reinterpret_cast<const char *>(run.data()), run.size());
    }
    void end(FileFacts &facts) override { facts.push_back({0, m_kind, m_bytes}); }

private:
    std::string m_wanted;
    std::uint32_t m_kind;
    std::string m_bytes;
};

} // namespace

/// Each link sees the files that it wants, whole.
void TestCapture::chainAsksAll()
{
    std::vector<std::unique_ptr<FileObserver>> links;
    links.push_back(std::make_unique<Recorder>("a", 1));
    links.push_back(std::make_unique<Recorder>("b", 2));
    links.push_back(std::make_unique<Recorder>("a", 3));
    const auto chain = chainObservers(std::move(links));
    QVERIFY(!chain->begin("c", Entry()));
    FileFacts facts;
    show(*chain, {"a", "of a"}, Entry(), facts, 1);
    show(*chain, {"b", "of b"}, Entry(), facts, 3);
    std::string text;
    for (const FileFact &fact : facts) {
        text += std::to_string(fact.kind) + fact.bytes + " ";
    }
    QCOMPARE(text, std::string("1of a 3of a 2of b "));
}

void TestCapture::spareFactsCanBeDropped()
{
    FileFacts facts = {
        {1, 1, "kept"}, {1, kContentFact, "1234"}, {2, kElfFact, "56"}, {3, 2, "kept"}};
    QCOMPARE(spareBytes(facts), std::uint64_t{2 * sizeof(FileFact) + 6});
    dropSpareFacts(facts);
    QCOMPARE(facts.size(), std::size_t{2});
    QVERIFY(std::ranges::all_of(facts, [](const FileFact &fact) { return fact.bytes == "kept"; }));
    QCOMPARE(spareBytes(facts), std::uint64_t{0});
}

QTEST_APPLESS_MAIN(TestCapture)
#include "tst_capture.moc"
