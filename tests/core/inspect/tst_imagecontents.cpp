// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/elffacts.h"
#include "core/base/hash.h"
#include "core/base/limits.h"
#include "core/inspect/inspect.h"
#include "core/report/report.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/elfwriter.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace cutaway;
using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

using Pack = std::string (*)(std::string_view);

std::string plainLayer(std::string_view bytes)
{
    return std::string(bytes);
}
std::string gzipLayer(std::string_view bytes)
{
    return gzip(bytes);
}
std::string zstdLayer(std::string_view bytes)
{
    return zstd(bytes);
}

std::string noise(std::size_t size, std::uint32_t seed)
{
    std::string bytes(size, '\0');
    for (char &c : bytes) {
        seed = seed * 1664525 + 1013904223;
        c = "0123456789abcdef"[seed >> 28];
    }
    return bytes;
}

/// Longer than what is kept of a program that says nothing of itself.
const std::string kApp = "import sys\n" + std::string(100, '#') + "\n";
const std::string kScript = "#!/bin/sh\nexec app \"$@\"\n";

TestImage imageOf(const std::vector<std::string> &layers, Pack pack)
{
    TestImage image;
    for (const std::string &layer : layers) {
        image.layers.push_back(layer);
        image.blobs.push_back(pack(layer));
        image.mediaTypes.emplace_back("application/vnd.oci.image.layer.v1.tar");
        image.diffIds.push_back("sha256:" + sha256Hex(layer));
    }
    return image;
}

/// Files that are kept while reading, and such that are not.
TestImage contentImage(Pack pack)
{
    TarWriter::Options program;
    program.mode = 0755;
    return imageOf({TarWriter()
                        .file("etc/passwd", "root:x:0:0::/root:/bin/sh\n")
                        .file("filler", noise(10u << 20, 1))
                        .file("entry", kScript, program)
                        .hardlink("link", "entry")
                        .file("tool", elfOf({.needed = {"libc.so.6"}}), program)
                        .file("app.py", kApp, program)
                        .file("late", noise(200'000, 2))
                        .file("empty", "")
                        .symlink("soft", "entry")
                        .finish(),
                    TarWriter().file("etc/passwd", "app:x:1:1::/:/bin/sh\n").finish()},
                   pack);
}

std::expected<Inspected, InspectError> inspectAt(const std::string &path,
                                                 const std::string &cache = {},
                                                 InspectDepth depth = InspectDepth::Contents)
{
    InspectOptions options;
    options.depth = depth;
    options.cache = cache.empty() ? nullptr : AnalysisCache::open(cache).value_or(nullptr);
    Monitor monitor;
    return inspect(pathReference(path), options, monitor);
}

EntryId entryOf(const Inspected &inspected, std::string_view path)
{
    const PathTree &tree = *inspected.inspection->image->tree;
    return tree.finalEntry(tree.find(path));
}

/// "whole text", "part 65536", "nothing".
std::string shown(const std::optional<FileContent> &content)
{
    if (!content) {
        return "nothing";
    }
    return content->isWhole ? "whole " + std::string(content->bytes)
                            : "part " + std::to_string(content->bytes.size());
}

std::string contentOf(const Inspected &inspected, std::string_view path)
{
    return shown(inspected.contents->content(entryOf(inspected, path)));
}

/// All that an audit says, as text.
std::string findingsOf(const Inspection &inspection)
{
    std::string text = std::to_string(inspection.score.value) + "\n";
    for (const Finding &finding : inspection.findings) {
        text += finding.ruleId + " " + finding.fingerprint + "\n";
    }
    for (const SkippedRule &skipped : inspection.skipped) {
        text += skipped.ruleId + " " + skipped.reason + "\n";
    }
    return text;
}

} // namespace

class TestImageContents : public QObject
{
    Q_OBJECT

private slots:
    void contents_data();
    void contents();
    void lowerLayersToo();
    void onlyWhereWanted();
    void treeAlone();
    void streamsHaveWhatWasKept();
    void directories();
    void vanishedFile();
    void countIsLimited();
    void workIsLimited();
    void cachedEqualsUncached_data();
    void cachedEqualsUncached();
    void otherCommandsUseTheCacheAsItIs();
    void packagesUseWhatAnAuditLeft();
    void damagedFactsAreFoundAnew();

private:
    Folder m_folder;
};

using PackFunction = Pack;
Q_DECLARE_METATYPE(PackFunction)

void TestImageContents::contents_data()
{
    QTest::addColumn<PackFunction>("pack");
    QTest::newRow("plain layers") << PackFunction(plainLayer);
    QTest::newRow("gzip layers") << PackFunction(gzipLayer);
    QTest::newRow("zstd layers") << PackFunction(zstdLayer);
}

/// Kept or read later: who asks cannot tell.
void TestImageContents::contents()
{
    QFETCH(PackFunction, pack);
    const auto path = m_folder.write("image.tar", tarOf(ociFiles(contentImage(pack))));
    const auto inspected = inspectAt(path);
    QVERIFY(inspected.has_value());
    QVERIFY(inspected->contents != nullptr);
    QCOMPARE(contentOf(*inspected, "/etc/passwd"), std::string("whole app:x:1:1::/:/bin/sh\n"));
    QCOMPARE(contentOf(*inspected, "/entry"), "whole " + kScript);
    QCOMPARE(contentOf(*inspected, "/link"), "whole " + kScript);
    QCOMPARE(contentOf(*inspected, "/tool"), std::string("part 64"));
    QCOMPARE(contentOf(*inspected, "/app.py"), "whole " + kApp);
    QCOMPARE(contentOf(*inspected, "/late"), std::string("part 65536"));
    QCOMPARE(contentOf(*inspected, "/late"), std::string("part 65536")); // as before
    QCOMPARE(contentOf(*inspected, "/empty"), std::string("whole "));
    QCOMPARE(contentOf(*inspected, "/soft"), std::string("nothing"));
    QCOMPARE(contentOf(*inspected, "/etc"), std::string("nothing"));
    const FileContents &contents = *inspected->contents;
    QVERIFY(contents.content(entryOf(*inspected, "/late"))->bytes
            == noise(200'000, 2).substr(0, limits::kContentBytes));
    QCOMPARE(contents.head(entryOf(*inspected, "/tool"))->bytes.size(), limits::kHeadBytes);
    const auto elf = elfFactsOf(contents, entryOf(*inspected, "/tool"));
    QVERIFY(elf.has_value());
    QVERIFY(elf->needed == std::vector<std::string>{"libc.so.6"});
    QVERIFY(!elfFactsOf(contents, entryOf(*inspected, "/entry")));
}

void TestImageContents::lowerLayersToo()
{
    const auto path = m_folder.write("image.tar", tarOf(ociFiles(contentImage(gzipLayer))));
    const auto inspected = inspectAt(path);
    QVERIFY(inspected.has_value());
    const PathTree &tree = *inspected->inspection->image->tree;
    const EntryId hidden = tree.entryOf(tree.find("/etc/passwd"), 0);
    QCOMPARE(shown(inspected->contents->content(hidden)),
             std::string("whole root:x:0:0::/root:/bin/sh\n"));
    QVERIFY(!inspected->contents->facts(0).empty());
    QVERIFY(inspected->contents->facts(99).empty());
}

void TestImageContents::onlyWhereWanted()
{
    const auto path = m_folder.write("image.tar", tarOf(ociFiles(contentImage(gzipLayer))));
    const auto inspected = inspectAt(path, {}, InspectDepth::Numbers);
    QVERIFY(inspected.has_value());
    QVERIFY(inspected->contents == nullptr);
    QVERIFY(!inspected->inspection->findings.empty());
    QVERIFY(inspected->inspection->analysis.fileBytes > 0);
    QVERIFY(!inspected->inspection->packages.has_value());
}

void TestImageContents::treeAlone()
{
    const auto path = m_folder.write("image.tar", tarOf(ociFiles(contentImage(gzipLayer))));
    const auto inspected = inspectAt(path, {}, InspectDepth::Tree);
    QVERIFY(inspected.has_value());
    QVERIFY(inspected->contents == nullptr);
    QVERIFY(inspected->inspection->findings.empty());
    QCOMPARE(inspected->inspection->analysis.fileBytes, 0U);
    QVERIFY(entryOf(*inspected, "/entry") != kNone);
}

void TestImageContents::directories()
{
    const std::string root = m_folder.writeAll(
        "root", {{"etc/passwd", "root:x:0:0\n"}, {"usr/bin/a", kScript}, {"app.py", "print(1)\n"}});
    const auto inspected = inspectAt(root);
    QVERIFY(inspected.has_value());
    QCOMPARE(contentOf(*inspected, "/etc/passwd"), std::string("whole root:x:0:0\n"));
    QCOMPARE(contentOf(*inspected, "/usr/bin/a"), "whole " + kScript);
    QCOMPARE(contentOf(*inspected, "/app.py"), std::string("whole print(1)\n"));
}

/// What came by on a stream cannot be read again.
void TestImageContents::streamsHaveWhatWasKept()
{
    const std::string bytes = tarOf(ociFiles(contentImage(gzipLayer)));
    std::array<int, 2> ends{};
    QCOMPARE(::pipe(ends.data()), 0);
    const std::jthread writer([&] {
        std::string_view rest = bytes;
        while (!rest.empty()) {
            const ssize_t count = ::write(ends[1], rest.data(), rest.size());
            rest.remove_prefix(count < 0 ? rest.size() : static_cast<std::size_t>(count));
        }
        ::close(ends[1]);
    });
    InspectOptions options;
    options.open.stdinDescriptor = ends[0];
    Monitor monitor;
    const auto inspected = inspect(*parseReference("-"), options, monitor);
    ::close(ends[0]);
    QVERIFY(inspected.has_value());
    QCOMPARE(contentOf(*inspected, "/entry"), "whole " + kScript);
    QCOMPARE(contentOf(*inspected, "/app.py"), std::string("nothing"));
}

void TestImageContents::vanishedFile()
{
    const auto path = m_folder.writeAll("image", ociFiles(contentImage(gzipLayer)));
    const auto inspected = inspectAt(path);
    QVERIFY(inspected.has_value());
    fs::remove_all(path);
    QCOMPARE(contentOf(*inspected, "/entry"), "whole " + kScript);
    QCOMPARE(contentOf(*inspected, "/app.py"), std::string("nothing"));
}

/// So many files are read later, and no more; those that were can be had again.
void TestImageContents::countIsLimited()
{
    TarWriter tar;
    const auto name = [](std::size_t i) { return "f" + std::to_string(i); };
    for (std::size_t i = 0; i <= limits::kLaterFiles; ++i) {
        tar.file(name(i), name(i));
    }
    const auto path =
        m_folder.write("many.tar", tarOf(ociFiles(imageOf({tar.finish()}, plainLayer))));
    const auto inspected = inspectAt(path);
    QVERIFY(inspected.has_value());
    for (std::size_t i = 0; i < limits::kLaterFiles; ++i) {
        QCOMPARE(contentOf(*inspected, "/" + name(i)), "whole " + name(i));
    }
    QCOMPARE(contentOf(*inspected, "/" + name(limits::kLaterFiles)), std::string("nothing"));
    QCOMPARE(contentOf(*inspected, "/f0"), std::string("whole f0"));
}

/// A layer without restart points is unpacked from its start for each file: that adds up.
void TestImageContents::workIsLimited()
{
    TarWriter tar;
    tar.file("filler", std::string(100u << 20, '\0'));
    for (char c = 'a'; c < 'i'; ++c) {
        tar.file(std::string(1, c), std::string(1, c));
    }
    const auto path =
        m_folder.write("deep.tar", tarOf(ociFiles(imageOf({tar.finish()}, zstdLayer))));
    const auto inspected = inspectAt(path);
    QVERIFY(inspected.has_value());
    std::string read;
    for (char c = 'a'; c < 'i'; ++c) {
        read += contentOf(*inspected, std::string("/") + c) == "nothing" ? '-' : c;
    }
    QCOMPARE(read, std::string("abcde---"));
}

namespace {

void letSettle()
{
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
}

bool isEarlier(const Inspected &inspected)
{
    return inspected.inspection->image->layers.front().verifiedEarlier;
}

std::vector<fs::path> factsIn(const std::string &cache)
{
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(cache)) {
        if (entry.path().extension() == ".facts") {
            files.push_back(entry.path());
        }
    }
    return files;
}

} // namespace

void TestImageContents::cachedEqualsUncached_data()
{
    contents_data();
}

void TestImageContents::cachedEqualsUncached()
{
    QFETCH(PackFunction, pack);
    const Folder folder;
    const auto path = folder.write("image.tar", tarOf(ociFiles(contentImage(pack))));
    letSettle();
    const std::string cache = folder.path("cache/analysis");
    const auto plain = inspectAt(path);
    const auto first = inspectAt(path, cache);
    const auto second = inspectAt(path, cache);
    QVERIFY(plain && first && second);
    QVERIFY(!isEarlier(*first));
    QVERIFY(isEarlier(*second));
    QCOMPARE(factsIn(cache).size(), std::size_t{2});
    for (const auto &one : {&first, &second}) {
        QCOMPARE(findingsOf(*(*one)->inspection), findingsOf(*plain->inspection));
        for (const char *file : {"/etc/passwd", "/entry", "/tool", "/app.py", "/late", "/empty"}) {
            QCOMPARE(contentOf(**one, file), contentOf(*plain, file));
        }
        for (LayerIndex layer = 0; layer < 2; ++layer) {
            const auto facts = (*one)->contents->facts(layer);
            const auto expected = plain->contents->facts(layer);
            QVERIFY(std::ranges::equal(facts, expected, [](const FileFact &a, const FileFact &b) {
                return a.headerOffset == b.headerOffset && a.kind == b.kind && a.bytes == b.bytes;
            }));
        }
    }
}

/// What they left has no facts: an audit reads anew. What an audit left serves them too.
void TestImageContents::otherCommandsUseTheCacheAsItIs()
{
    const auto path = m_folder.write("image.tar", tarOf(ociFiles(contentImage(gzipLayer))));
    letSettle();
    const std::string cache = m_folder.path("shared/analysis");
    QVERIFY(!isEarlier(*inspectAt(path, cache, InspectDepth::Numbers)));
    QVERIFY(factsIn(cache).empty());
    QVERIFY(isEarlier(*inspectAt(path, cache, InspectDepth::Numbers)));
    QVERIFY(!isEarlier(*inspectAt(path, cache)));
    QVERIFY(isEarlier(*inspectAt(path, cache, InspectDepth::Numbers)));
    QVERIFY(isEarlier(*inspectAt(path, cache)));
}

/// What an audit left serves who lists packages; the other way round something would be missing.
void TestImageContents::packagesUseWhatAnAuditLeft()
{
    const auto path = m_folder.write("image.tar", tarOf(ociFiles(contentImage(gzipLayer))));
    letSettle();
    const std::string cache = m_folder.path("packages/analysis");
    const auto alone = inspectAt(path, cache, InspectDepth::Packages);
    QVERIFY(alone && alone->inspection->packages);
    QVERIFY(alone->inspection->findings.empty());
    QVERIFY(isEarlier(*inspectAt(path, cache, InspectDepth::Packages)));
    const auto audited = inspectAt(path, cache);
    QVERIFY(!isEarlier(*audited));
    QVERIFY(!audited->inspection->findings.empty());
    const auto after = inspectAt(path, cache, InspectDepth::Packages);
    QVERIFY(isEarlier(*after));
    QVERIFY(after->inspection->findings.empty());
    QCOMPARE(packagesJson(*after->inspection), packagesJson(*alone->inspection));
    QCOMPARE(packagesJson(*audited->inspection), packagesJson(*alone->inspection));
    QVERIFY(isEarlier(*inspectAt(path, cache)));
}

void TestImageContents::damagedFactsAreFoundAnew()
{
    const auto path = m_folder.write("image.tar", tarOf(ociFiles(contentImage(gzipLayer))));
    letSettle();
    const std::string cache = m_folder.path("damaged/analysis");
    const auto good = inspectAt(path, cache);
    QVERIFY(good.has_value());
    for (const fs::path &file : factsIn(cache)) {
        std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
        stream.seekp(static_cast<std::streamoff>(fs::file_size(file) / 2));
        stream.put('?').put('?');
    }
    const auto again = inspectAt(path, cache);
    QVERIFY(again.has_value());
    QVERIFY(!isEarlier(*again));
    QCOMPARE(findingsOf(*again->inspection), findingsOf(*good->inspection));
    QVERIFY(isEarlier(*inspectAt(path, cache)));
}

QTEST_APPLESS_MAIN(TestImageContents)
#include "tst_imagecontents.moc"
