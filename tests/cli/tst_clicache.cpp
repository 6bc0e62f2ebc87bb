// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <thread>

using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

/// Longer than the steps of a file system's clock: the cache takes only files that are older.
void letSettle()
{
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
}

/// The answer without what only says when the bytes were verified.
QByteArray withoutMoment(QByteArray out)
{
    return out.replace(R"("verifiedEarlier": true)", R"("verifiedEarlier": false)");
}

} // namespace

class TestCliCache : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void secondRunIsEarlier();
    void noCache();
    void damagedCacheIsMadeAnew();
    void placeIsChosen();
    void goesOnWithoutAPlace();
    void command();
    void sizeIsChosen();
    void contents();
    void twoAtOnce();

private:
    Ran run(const Words &arguments) const
    {
        return runCli(arguments, {.environment = {"CUTAWAY_CACHE_DIR=" + m_cache}});
    }
    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_cache;
    std::string m_image;
};

void TestCliCache::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_cache = in(*m_directory, "cache");
    m_image = in(*m_directory, "image.tar");
    writeFile(m_image, sampleImage().bytes());
    letSettle();
}

void TestCliCache::secondRunIsEarlier()
{
    const Ran first = run({"layers", m_image, "--format", "json"});
    const Ran second = run({"layers", m_image, "--format", "json"});
    QCOMPARE(first.code, 0);
    QCOMPARE(second.code, 0);
    for (const char *row : {"layers/0", "layers/1"}) {
        const std::string name = std::string(row) + "/verifiedEarlier";
        QCOMPARE(first.at(name), QJsonValue(false));
        QCOMPARE(second.at(name), QJsonValue(true));
        QCOMPARE(second.at(std::string(row) + "/verified"), QJsonValue(true));
    }
    QCOMPARE(withoutMoment(second.out), first.out);
    QVERIFY(run({"layers", m_image}).out.contains("verified earlier"));
    QCOMPARE(withoutMoment(run({"files", m_image, "--view", "all", "--format", "json"}).out),
             run({"files", m_image, "--view", "all", "--format", "json", "--no-cache"}).out);
}

void TestCliCache::noCache()
{
    const Ran ran = run({"layers", m_image, "--format", "json", "--no-cache"});
    QCOMPARE(ran.at("layers/0/verifiedEarlier"), QJsonValue(false));
    QVERIFY(!fs::exists(m_cache));
    QVERIFY(run({"layers", m_image}).code == 0);
    QVERIFY(fs::exists(m_cache));
    QCOMPARE(run({"layers", m_image, "--format", "json", "--no-cache"}).out, ran.out);
}

void TestCliCache::damagedCacheIsMadeAnew()
{
    const QByteArray right = run({"inspect", m_image, "--format", "json"}).out;
    for (const auto &entry : fs::directory_iterator(m_cache + "/analysis")) {
        std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(100);
        file.write("damaged", 7);
    }
    const Ran again = run({"inspect", m_image, "--format", "json"});
    QCOMPARE(again.code, 0);
    QCOMPARE(again.out, right);
    QCOMPARE(again.err, QByteArray());
    QCOMPARE(withoutMoment(run({"inspect", m_image, "--format", "json"}).out), right);
    QCOMPARE(run({"inspect", m_image, "--format", "json"}).at("layers/0/verifiedEarlier"),
             QJsonValue(true));
}

void TestCliCache::placeIsChosen()
{
    const std::string home = in(*m_directory, "home");
    const RunOptions byHome{
        .environment = {"CUTAWAY_CACHE_DIR=", "XDG_CACHE_HOME=", "HOME=" + home}};
    const RunOptions byXdg{
        .environment = {"CUTAWAY_CACHE_DIR=", "XDG_CACHE_HOME=" + home + "/xdg", "HOME=/none"}};
    QCOMPARE(runCli({"inspect", m_image}, byHome).code, 0);
    QVERIFY(fs::exists(home + "/.cache/cutaway/analysis/seed"));
    QCOMPARE(runCli({"inspect", m_image}, byXdg).code, 0);
    QVERIFY(fs::exists(home + "/xdg/cutaway/analysis/seed"));
}

void TestCliCache::goesOnWithoutAPlace()
{
    m_cache = "/proc/none";
    const Ran ran = run({"inspect", m_image});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.err, QByteArray());
}

void TestCliCache::command()
{
    QVERIFY(run({"cache"}).out.contains("0 files, 0 B of at most"));
    QCOMPARE(run({"inspect", m_image}).code, 0);
    const QByteArray filled = run({"cache"}).out;
    QVERIFY2(filled.startsWith(QByteArray::fromStdString(m_cache + "/analysis\n4 files, ")),
             filled);
    QVERIFY(run({"cache", "clear"}).out.contains("0 files, 0 B"));
    QCOMPARE(run({"layers", m_image, "--format", "json"}).at("layers/0/verifiedEarlier"),
             QJsonValue(false));
    QCOMPARE(run({"cache", "burn"}).code, 2);
    m_cache = "/proc/none";
    QCOMPARE(run({"cache"}).code, 3);
}

/// Contents out of a layer whose tree came from the cache.
void TestCliCache::sizeIsChosen()
{
    QVERIFY(run({"cache", "--limit", "cache-size=5MB"}).out.contains("of at most 5.00 MB"));
    QCOMPARE(run({"cache", "--limit", "cache-size=none"}).code, 2);
    QCOMPARE(run({"inspect", m_image, "--limit", "cache-size=1"}).code, 0);
    QVERIFY(run({"cache"}).out.contains("0 files"));
    QCOMPARE(run({"inspect", m_image}).code, 0);
    QVERIFY(!run({"cache"}).out.contains("analysis\n0 files"));
}

void TestCliCache::contents()
{
    std::string deep(12u << 20, '\0');
    std::uint32_t seed = 3;
    for (char &c : deep) {
        seed = seed * 1664525 + 1013904223;
        c = static_cast<char>('a' + (seed >> 28));
    }
    TarWriter tar;
    tar.file("deep", deep).file("late", "at the end\n").hardlink("again", "late");
    writeFile(m_image, DockerArchive().layerBytes(tar.finish(), "RUN x").bytes());
    const std::string rootfs = in(*m_directory, "rootfs.tar.gz");
    writeFile(rootfs,
              gzip(TarWriter()
                       .directory("etc/")
                       .directory("usr/")
                       .directory("bin/")
                       .file("deep", deep)
                       .file("late", "at the end\n")
                       .hardlink("again", "late")
                       .finish()));
    letSettle();
    for (const std::string &image : {m_image, rootfs}) {
        QCOMPARE(run({"inspect", image}).code, 0);
        QCOMPARE(run({"cat", image, "/late"}).out, QByteArray("at the end\n"));
        QCOMPARE(run({"cat", image, "/again"}).out, QByteArray("at the end\n"));
        QVERIFY(run({"cat", image, "/deep"}).out == QByteArray::fromStdString(deep));
        const std::string target = in(*m_directory, fs::path(image).stem().string());
        QCOMPARE(run({"extract", image, "/", "-C", target}).code, 0);
        QCOMPARE(readFile(target + "/again"), QByteArray("at the end\n"));
    }
    const std::string name = in(*m_directory, "rootfs.tar.gz");
    std::fstream file(name, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(fs::file_size(name) - 40));
    file.write("changed!", 8);
    file.close();
    QVERIFY(run({"cat", rootfs, "/late"}).code == 3);
}

void TestCliCache::twoAtOnce()
{
    std::vector<int> codes(6, -1);
    {
        std::vector<std::jthread> runs;
        for (int &code : codes) {
            runs.emplace_back([this, &code] { code = run({"inspect", m_image}).code; });
        }
    }
    QCOMPARE(codes, std::vector<int>(codes.size(), 0));
    QCOMPARE(run({"layers", m_image, "--format", "json"}).at("layers/1/verifiedEarlier"),
             QJsonValue(true));
}

QTEST_GUILESS_MAIN(TestCliCache)
#include "tst_clicache.moc"
