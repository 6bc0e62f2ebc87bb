// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/decoder.h"
#include "core/archive/tarseek.h"
#include "core/cache/analysiscache.h"
#include "tests/support/tarwriter.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

using namespace cutaway;
using test::TarWriter;
namespace fs = std::filesystem;

namespace {

/// Numbers without pattern: restart points have states of some size.
std::string digits(std::size_t size, std::uint32_t seed)
{
    std::string bytes(size, '\0');
    for (char &c : bytes) {
        seed = seed * 1664525 + 1013904223;
        c = "0123456789abcdef"[seed >> 28];
    }
    return bytes;
}

std::string layerTar(std::uint32_t seed)
{
    return TarWriter()
        .file("big", digits(9u << 20, seed))
        .file("late", "late " + std::to_string(seed))
        .symlink("link", "big")
        .finish();
}

struct Read
{
    std::string blob;
    LayerReading reading;
    LayerTree tree;
};

Read readOf(const std::string &blob)
{
    LayerReadOptions options;
    options.wantRestarts = true;
    const Monitor monitor;
    auto reading = readLayer(memorySource(blob), options, monitor);
    Read read{blob, std::move(*reading), {}};
    read.tree = std::move(read.reading.tree);
    return read;
}

FileIdentity identityOf(std::uint64_t inode)
{
    return {1, inode, 1000, 1'700'000'000'000'000'001, 1'700'000'000'000'000'002, 512, 100};
}

std::string namesOf(const LayerTree &tree)
{
    std::string names;
    for (const Entry &entry : tree.entries()) {
        names += tree.path(entry.node) + " " + std::to_string(entry.size) + " "
                 + std::to_string(tree.hash(entry).low) + "\n";
    }
    return names;
}

std::vector<fs::path> entriesIn(const std::string &directory, std::string_view extension = {})
{
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(directory)) {
        const fs::path &path = entry.path();
        if (path.has_extension() && (extension.empty() || path.extension() == extension)) {
            files.push_back(path);
        }
    }
    std::ranges::sort(files);
    return files;
}

std::string bytesOf(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void setBytes(const fs::path &path, std::string_view bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

void setAge(const fs::path &path, int seconds)
{
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::seconds(seconds));
}

mode_t modeOf(const fs::path &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
}

} // namespace

class TestAnalysisCache : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsAReading();
    void anotherFileIsNotFound_data();
    void anotherFileIsNotFound();
    void unsettledFiles();
    void sha512IsAskedFor();
    void factsAreAskedFor();
    void damagedFactsAreNone();
    void damagedEntriesAreNone_data();
    void damagedEntriesAreNone();
    void damagedStatesAreToldWhenUsed();
    void entriesOfAnotherNameAreNone();
    void isPrivate();
    void seedIsKept();
    void sizeLimit();
    void abandonedFilesGo();
    void goesOnWithoutRoom();
    void refusedDirectories();
    void manyAtOnce();
    void clear();

private:
    AnalysisCachePtr open(std::uint64_t limit = limits::kCacheBytes) const
    {
        return AnalysisCache::open(m_path, limit).value_or(nullptr);
    }
    std::unique_ptr<QTemporaryDir> m_home;
    std::string m_path;
    Read m_read = readOf(test::gzip(layerTar(1)));
};

void TestAnalysisCache::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_path = m_home->path().toStdString() + "/cutaway/analysis";
}

void TestAnalysisCache::keepsAReading()
{
    LayerReading reading = readOf(m_read.blob).reading;
    reading.remarks = {"one", "two"};
    QVERIFY(!open()->find(identityOf(1), {}));
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree));
    const auto found = open()->find(identityOf(1), {});
    QVERIFY(found.has_value());
    QCOMPARE(namesOf(found->tree), namesOf(m_read.tree));
    QCOMPARE(found->blobSha256, m_read.reading.blobSha256);
    QCOMPARE(found->diffSha256, m_read.reading.diffSha256);
    QCOMPARE(found->compression, Compression::Gzip);
    QCOMPARE(found->blobBytes, m_read.reading.blobBytes);
    QCOMPARE(found->unpackedBytes, m_read.reading.unpackedBytes);
    QVERIFY(found->remarks == reading.remarks);
    if (restartStateBytes() == 0) {
        return;
    }
    QVERIFY(found->restarts);
    QCOMPARE(found->restarts->memoryBytes(), std::uint64_t{0});
    const Entry &late = found->tree.entries()[1];
    const auto tar = seekableTar(memorySource(m_read.blob), found->restarts);
    QVERIFY(tar->startFor(late.headerOffset) > 0);
    const Monitor monitor;
    const auto stream = tar->open(late.headerOffset + 512, monitor);
    const auto run = (*stream)->next();
    QCOMPARE(std::string(reinterpret_cast<const char *>(run->data()), 6), std::string("late 1"));
}

void TestAnalysisCache::anotherFileIsNotFound_data()
{
    QTest::addColumn<int>("field");
    int field = 0;
    for (const char *name : {"device", "inode", "size", "mtime", "ctime", "offset", "length"}) {
        QTest::newRow(name) << field++;
    }
}

void TestAnalysisCache::anotherFileIsNotFound()
{
    QFETCH(int, field);
    Read read = readOf(TarWriter().file("f", "1").finish());
    FileIdentity identity = identityOf(1);
    QVERIFY(open()->store(identity, read.reading, read.tree));
    QVERIFY(open()->find(identity, {.sha512 = false}));
    switch (field) {
    case 0: ++identity.device; break;
    case 1: ++identity.inode; break;
    case 2: ++identity.fileSize; break;
    case 3: ++identity.modified; break;
    case 4: ++identity.changed; break;
    case 5: ++identity.offset; break;
    default: ++identity.size; break;
    }
    QVERIFY(!open()->find(identity, {.sha512 = false}));
}

void TestAnalysisCache::unsettledFiles()
{
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    FileIdentity identity = identityOf(1);
    QVERIFY(AnalysisCache::isSettled(identity));
    identity.changed = now + 1'000'000'000;
    QVERIFY(!AnalysisCache::isSettled(identity)); // from the future, as from a server's clock
    identity.changed = now / 1'000'000'000 * 1'000'000'000;
    QVERIFY(!AnalysisCache::isSettled(identity)); // whole seconds: the next write may look alike
}

void TestAnalysisCache::sha512IsAskedFor()
{
    Read read = readOf(TarWriter().file("f", "1").finish());
    QVERIFY(open()->store(identityOf(1), read.reading, read.tree));
    QVERIFY(!open()->find(identityOf(1), {.sha512 = true}));
    read.reading.blobSha512 = std::string(128, 'a');
    QVERIFY(open()->store(identityOf(1), read.reading, read.tree));
    QVERIFY(open()->find(identityOf(1), {.sha512 = true}));
}

void TestAnalysisCache::damagedEntriesAreNone_data()
{
    QTest::addColumn<std::string>("extension");
    QTest::newRow("the blob's record") << std::string(".blob");
    QTest::newRow("the tree") << std::string(".tree");
    if (restartStateBytes() > 0) {
        QTest::newRow("the restart points") << std::string(".restarts");
    }
}

namespace {

const FileFacts kFacts = {{512, 1, "one"}, {512, 70'000, std::string(100'000, 'f')}, {2048, 1, ""}};

bool sameFacts(const FileFacts &one, const FileFacts &other)
{
    return std::ranges::equal(one, other, [](const FileFact &a, const FileFact &b) {
        return a.headerOffset == b.headerOffset && a.kind == b.kind && a.bytes == b.bytes;
    });
}

} // namespace

/// A reading without them, or with those of another version, is of no use to who wants them, and of
/// use to all others.
void TestAnalysisCache::factsAreAskedFor()
{
    LayerReading reading = readOf(m_read.blob).reading;
    reading.facts = kFacts;
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree));
    QVERIFY(!open()->find(identityOf(1), {.factsVersion = 1}));
    QVERIFY(open()->find(identityOf(1), {}));
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree, 1));
    const auto found = open()->find(identityOf(1), {.factsVersion = 1});
    QVERIFY(found.has_value());
    QVERIFY(sameFacts(found->facts, kFacts));
    QVERIFY(open()->find(identityOf(1), {})->facts.empty());
    const auto fuller = open()->find(identityOf(1), {.factsVersion = 2, .fullerFacts = 1});
    QVERIFY(fuller.has_value());
    QVERIFY(sameFacts(fuller->facts, kFacts));
    QVERIFY(!open()->find(identityOf(1), {.factsVersion = 2}));
    QVERIFY(open()->find(identityOf(1), {}));
    reading.facts.clear();
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree, 2));
    QVERIFY(open()->find(identityOf(1), {.factsVersion = 2})->facts.empty());
    QVERIFY(!open()->find(identityOf(1), {.factsVersion = 1}));
}

void TestAnalysisCache::damagedFactsAreNone()
{
    LayerReading reading = readOf(m_read.blob).reading;
    reading.facts = kFacts;
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree, 1));
    const fs::path file = entriesIn(m_path, ".facts").at(0);
    const std::string right = bytesOf(file);
    std::vector<std::string> wrong = {"", right.substr(0, right.size() / 2), right.substr(0, 30)};
    for (std::size_t at = 0; at < right.size(); ++at) {
        wrong.push_back(right);
        wrong.back()[at] = static_cast<char>(wrong.back()[at] + 1);
    }
    for (const std::string &bytes : wrong) {
        setBytes(file, bytes);
        QVERIFY(!open()->find(identityOf(1), {.factsVersion = 1}));
        QVERIFY(!fs::exists(file));
        QVERIFY(open()->find(identityOf(1), {}));
    }
    std::swap(reading.facts.front(), reading.facts.back()); // as no tar has them
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree, 1));
    QVERIFY(!open()->find(identityOf(1), {.factsVersion = 1}));
}

void TestAnalysisCache::damagedEntriesAreNone()
{
    QFETCH(std::string, extension);
    LayerReading reading = readOf(m_read.blob).reading;
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree));
    const fs::path file = entriesIn(m_path, extension).at(0);
    const std::string right = bytesOf(file);
    const std::size_t most = std::min<std::size_t>(right.size(), 140); // of restarts, the list
    std::vector<std::string> wrong = {"", right.substr(0, right.size() / 2), right.substr(0, 30)};
    for (std::size_t at = 0; at < most; ++at) { // a version of tomorrow, too
        wrong.push_back(right);
        wrong.back()[at] = static_cast<char>(wrong.back()[at] + 1);
    }
    for (const std::string &bytes : wrong) {
        setBytes(file, bytes);
        QVERIFY(!open()->find(identityOf(1), {}));
        QVERIFY(!fs::exists(file));
    }
    LayerReading again = readOf(m_read.blob).reading;
    QVERIFY(open()->store(identityOf(1), again, m_read.tree));
    QVERIFY(open()->find(identityOf(1), {}));
}

void TestAnalysisCache::damagedStatesAreToldWhenUsed()
{
    if (restartStateBytes() == 0) {
        QSKIP("built without a decoder whose state can be kept");
    }
    LayerReading reading = readOf(m_read.blob).reading;
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree));
    const fs::path file = entriesIn(m_path, ".restarts").at(0);
    std::string bytes = bytesOf(file);
    bytes.back() = static_cast<char>(bytes.back() + 1);
    setBytes(file, bytes);
    const auto found = open()->find(identityOf(1), {});
    QVERIFY(found && found->restarts);
    const auto state = found->restarts->packedState(found->restarts->places().size() - 1);
    QVERIFY(!state.has_value());
    QCOMPARE(state.error().code, ErrorCode::Corrupt);
    fs::remove(file);
    QVERIFY(!found->restarts->packedState(0).has_value());
}

/// One layer's tree under the diff ID of another is not believed.
void TestAnalysisCache::entriesOfAnotherNameAreNone()
{
    Read one = readOf(TarWriter().file("one", "1").finish());
    Read two = readOf(TarWriter().file("two", "2").finish());
    QVERIFY(open()->store(identityOf(1), one.reading, one.tree));
    QVERIFY(open()->store(identityOf(2), two.reading, two.tree));
    const std::string ones = m_path + "/" + one.reading.diffSha256 + ".tree";
    fs::copy_file(m_path + "/" + two.reading.diffSha256 + ".tree",
                  ones,
                  fs::copy_options::overwrite_existing);
    QVERIFY(!open()->find(identityOf(1), {}));
    QVERIFY(open()->find(identityOf(2), {}));
}

void TestAnalysisCache::isPrivate()
{
    fs::create_directories(m_path);
    fs::permissions(m_path, fs::perms::all);
    LayerReading reading = readOf(m_read.blob).reading;
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree));
    QCOMPARE(modeOf(m_path), mode_t{0700});
    for (const auto &entry : fs::directory_iterator(m_path)) {
        QCOMPARE(modeOf(entry.path()), mode_t{0600});
    }
}

void TestAnalysisCache::seedIsKept()
{
    const AnalysisCachePtr cache = open();
    QVERIFY(cache);
    const std::string seed = bytesOf(m_path + "/seed");
    QCOMPARE(std::stoull(seed, nullptr, 16), static_cast<unsigned long long>(contentSeed()));
    QVERIFY(open());
    QCOMPARE(bytesOf(m_path + "/seed"), seed);
    QCOMPARE(adoptContentSeed(4711), contentSeed()); // too late
    setBytes(m_path + "/seed", "4711\n");            // of another run, whose hashes are others
    QVERIFY(!open());
    setBytes(m_path + "/seed", "no number");
    QVERIFY(open());
    QCOMPARE(bytesOf(m_path + "/seed"), seed);
}

void TestAnalysisCache::sizeLimit()
{
    for (std::uint32_t i = 1; i <= 3; ++i) {
        Read read = readOf(TarWriter().file("f", digits(100, i)).finish());
        QVERIFY(open()->store(identityOf(i), read.reading, read.tree));
    }
    for (const fs::path &file : entriesIn(m_path)) {
        setAge(file, 100);
    }
    QVERIFY(open()->find(identityOf(2), {})); // of use just now
    for (const fs::path &file : entriesIn(m_path)) {
        const auto age = fs::file_time_type::clock::now() - fs::last_write_time(file);
        setAge(file, age < std::chrono::seconds(50) ? 10 : 100);
    }
    const std::uint64_t all = open()->usage().bytes;
    const AnalysisCachePtr cache = open(all / 2);
    cache->trim(); // nothing was stored: nothing to do
    QCOMPARE(open()->usage().bytes, all);
    Read read = readOf(TarWriter().file("f", digits(100, 4)).finish());
    QVERIFY(cache->store(identityOf(4), read.reading, read.tree));
    cache->trim();
    QVERIFY(cache->usage().bytes <= all / 2 + all / 3);
    QVERIFY(!cache->find(identityOf(1), {}));
    QVERIFY(!cache->find(identityOf(3), {}));
    QVERIFY(cache->find(identityOf(4), {}));
    const AnalysisCachePtr tiny = open(1);
    QVERIFY(tiny->store(identityOf(5), read.reading, read.tree));
    tiny->trim();
    QCOMPARE(tiny->usage().files, std::uint64_t{0});
}

void TestAnalysisCache::abandonedFilesGo()
{
    QVERIFY(open());
    setBytes(m_path + "/new-1-1-killed.tree", "half");
    setBytes(m_path + "/new-2-1-at.work", "half");
    setAge(m_path + "/new-1-1-killed.tree", 3600);
    LayerReading reading = readOf(m_read.blob).reading;
    const AnalysisCachePtr cache = open();
    QVERIFY(cache->store(identityOf(1), reading, m_read.tree));
    cache->trim();
    QVERIFY(!fs::exists(m_path + "/new-1-1-killed.tree"));
    QVERIFY(fs::exists(m_path + "/new-2-1-at.work"));
    QVERIFY(cache->find(identityOf(1), {}));
}

/// A disk that is full in the middle of a file.
void TestAnalysisCache::goesOnWithoutRoom()
{
    const AnalysisCachePtr cache = open();
    LayerReading reading = readOf(m_read.blob).reading;
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &usual), 0);
    const rlimit small = {100, usual.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const bool isStored = cache->store(identityOf(1), reading, m_read.tree);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &usual), 0);
    std::signal(SIGXFSZ, before);
    QVERIFY(!isStored);
    QVERIFY(entriesIn(m_path).empty());
    QVERIFY(!cache->store(identityOf(1), reading, m_read.tree)); // given up for this run
    QVERIFY(!cache->find(identityOf(1), {}));
    QVERIFY(open()->store(identityOf(1), reading, m_read.tree));
}

void TestAnalysisCache::refusedDirectories()
{
    const std::string home = m_home->path().toStdString();
    QVERIFY(!AnalysisCache::open("/proc/none/analysis"));
    setBytes(home + "/file", "x");
    QVERIFY(!AnalysisCache::open(home + "/file/analysis"));
    QVERIFY(!AnalysisCache::open(home + "/file"));
    fs::create_directory_symlink(home, home + "/link");
    QVERIFY(!AnalysisCache::open(home + "/link"));
}

/// Several that write, find, trim and clear at once, as processes do: each finds what is whole.
void TestAnalysisCache::manyAtOnce()
{
    std::vector<Read> reads;
    for (std::uint32_t i = 0; i < 4; ++i) {
        reads.push_back(readOf(TarWriter().file("f", digits(20'000, i)).finish()));
    }
    std::atomic<int> wrong = 0;
    std::atomic<int> found = 0;
    {
        std::vector<std::jthread> workers;
        for (int worker = 0; worker < 4; ++worker) {
            workers.emplace_back([&, worker] {
                const AnalysisCachePtr cache = open(worker == 3 ? 30'000 : limits::kCacheBytes);
                for (int round = 0; cache && round < 40; ++round) {
                    const Read &read = reads[static_cast<std::size_t>(round + worker) % 4];
                    LayerReading reading;
                    reading.blobSha256 = read.reading.blobSha256;
                    reading.diffSha256 = read.reading.diffSha256;
                    cache->store(
                        identityOf(1 + static_cast<std::uint64_t>(round) % 4), reading, read.tree);
                    cache->trim();
                    if (const auto back = cache->find(identityOf(1), {})) {
                        ++found;
                        wrong += std::ranges::any_of(reads, [&back](const Read &other) {
                            return other.reading.diffSha256 == back->diffSha256
                                   && namesOf(other.tree) != namesOf(back->tree);
                        });
                    }
                }
            });
        }
    }
    QCOMPARE(wrong.load(), 0);
    QVERIFY(found.load() > 0);
}

void TestAnalysisCache::clear()
{
    LayerReading reading = readOf(m_read.blob).reading;
    const AnalysisCachePtr cache = open();
    QVERIFY(cache->store(identityOf(1), reading, m_read.tree));
    QVERIFY(cache->usage().files >= 2);
    QVERIFY(cache->clear().has_value());
    QCOMPARE(cache->usage().files, std::uint64_t{0});
    QVERIFY(!cache->find(identityOf(1), {}));
    QVERIFY(fs::exists(m_path + "/seed"));
}

QTEST_APPLESS_MAIN(TestAnalysisCache)
#include "tst_analysiscache.moc"
