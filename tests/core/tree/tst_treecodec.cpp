// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/layerreader.h"
#include "core/tree/treecodec.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <sstream>

using namespace cutaway;
using test::TarWriter;

namespace {

/// Something of everything that a tree can hold.
LayerTree fullTree()
{
    TarWriter tar;
    tar.directory("a/").file("a/f", "content", {.mode = 04755, .uid = 7, .gid = 8, .mtime = -5});
    tar.file("empty", "").symlink("link", "../a/f").hardlink("hard", "a/f").hardlink("none", "x");
    tar.whiteout("gone").opaque("a").file("a/.wh.", "").file(".wh..wh.plnk", "left");
    tar.file("../up", "unsafe").file("stargz.index.json", "{}").raw("dev", '3', 0, "", "", {});
    tar.raw("fifo", '6', 0, "", "", {}).file(std::string("latin\xe9\n"), "name");
    tar.file("x", "attributes", {.pax = {{"SCHILY.xattr.user.a", "1"}, {"mtime", "5.25"}}});
    for (int i = 0; i < 4200; ++i) { // more than are written together
        tar.file("many/" + std::to_string(i % 70) + "/" + std::to_string(i), "same");
    }
    const Monitor monitor;
    auto reading = readLayer(memorySource(tar.finish()), {}, monitor);
    return reading ? std::move(reading->tree) : LayerTree();
}

std::string describe(const LayerTree &tree)
{
    std::ostringstream text;
    for (const Entry &entry : tree.entries()) {
        text << tree.path(entry.node) << ' ' << static_cast<int>(entry.type) << ' ' << entry.size
             << ' ' << entry.headerOffset << ' ' << entry.mtime << '.' << entry.mtimeNsec << ' '
             << entry.uid << ':' << entry.gid << ' ' << entry.mode << ' '
             << static_cast<int>(entry.flags) << ' ' << tree.hash(entry).low << ' '
             << tree.hash(entry).high;
        if (entry.type == EntryType::Symlink || entry.type == EntryType::HardLink) {
            text << " -> " << tree.name(entry.link);
        }
        if (entry.extra != kNone) {
            const EntryExtra &extra = tree.extras()[entry.extra];
            text << " extra " << extra.deviceMajor << ',' << extra.deviceMinor << extra.isSparse
                 << extra.storedBytes;
            for (const auto &[name, value] : extra.xattrs) {
                text << ' ' << name << '=' << value;
            }
        }
        text << '\n';
    }
    const LayerTree::Counts &counts = tree.counts();
    text << counts.fileBytes << ' ' << counts.files << ' ' << counts.directories << ' '
         << counts.symlinks << ' ' << counts.others << ' ' << counts.whiteouts;
    for (const std::string &name : tree.invalidWhiteouts()) {
        text << " invalid " << name;
    }
    return text.str();
}

std::string written(const LayerTree &tree)
{
    std::string bytes;
    BinaryWriter writer([&bytes](Bytes run) {
        bytes.append(reinterpret_cast<const char *>(run.data()), run.size());
    });
    writeLayerTree(tree, writer);
    return bytes;
}

Result<LayerTree> readBack(std::string_view bytes)
{
    return readLayerTree(*streamOf(memorySource(bytes)));
}

} // namespace

class TestTreeCodec : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip();
    void truncated();
    void anyByteMayBeWrong();
    void refused_data();
    void refused();
};

void TestTreeCodec::roundTrip()
{
    const LayerTree tree = fullTree();
    QVERIFY(tree.entries().size() > 4200);
    QVERIFY(!tree.invalidWhiteouts().empty());
    const auto again = readBack(written(tree));
    QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
    QCOMPARE(describe(*again), describe(tree));
    QCOMPARE(describe(*readBack(written(LayerTree()))), describe(LayerTree()));
}

void TestTreeCodec::truncated()
{
    const std::string bytes = written(fullTree());
    for (std::size_t size = 0; size < bytes.size(); size += size < 500 ? 1 : 2003) {
        const auto tree = readBack(std::string_view(bytes).substr(0, size));
        QVERIFY(!tree.has_value());
        QCOMPARE(tree.error().code, ErrorCode::Corrupt);
    }
    QVERIFY(!readBack(bytes + '\0').has_value());
}

/// Read as something or refused: whatever comes out can be walked without harm.
void TestTreeCodec::anyByteMayBeWrong()
{
    const std::string bytes = written(fullTree());
    int refused = 0;
    for (std::size_t at = 0; at < bytes.size(); at += at < 300 ? 1 : 1511) {
        for (const char wrong : {'\xff', '\0'}) {
            std::string other = bytes;
            other[at] = wrong;
            const auto tree = readBack(other);
            refused += tree ? 0 : 1;
            QVERIFY(!tree || !describe(*tree).empty());
        }
    }
    QVERIFY(refused > 50);
}

void TestTreeCodec::refused_data()
{
    QTest::addColumn<std::string>("from");
    QTest::addColumn<std::string>("to");
    using namespace std::string_literals;
    QTest::newRow("a node called ..") << "\x02\0\0\0zz"s << "\x02\0\0\0.."s;
    QTest::newRow("a node with a slash") << "\x02\0\0\0zz"s << "\x02\0\0\0/z"s;
    QTest::newRow("a name that stands twice") << "\x02\0\0\0zz"s << "\x02\0\0\0yy"s;
    QTest::newRow("a mode of too many bits") << "\xa4\x01"s << "\xa4\xf1"s;
}

void TestTreeCodec::refused()
{
    QFETCH(std::string, from);
    QFETCH(std::string, to);
    const Monitor monitor;
    const auto reading =
        readLayer(memorySource(TarWriter().file("yy", "1").file("zz", "2").finish()), {}, monitor);
    std::string bytes = written(reading->tree);
    QVERIFY(readBack(bytes).has_value());
    QVERIFY(bytes.contains(from));
    bytes.replace(bytes.find(from), from.size(), to);
    const auto tree = readBack(bytes);
    QVERIFY(!tree.has_value());
    QCOMPARE(tree.error().code, ErrorCode::Corrupt);
}

QTEST_APPLESS_MAIN(TestTreeCodec)
#include "tst_treecodec.moc"
