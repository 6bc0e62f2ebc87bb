// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/parts.h"
#include "core/tree/view.h"
#include "tests/support/images.h"
#include "tests/support/randomstack.h"
#include "tests/support/stack.h"

#include <QTest>

#include <map>
#include <set>

using namespace cutaway;
using namespace cutaway::test;

namespace {

using Texts = std::vector<std::string>;

/// One difference a line: "modified /a content+mode 10>20".
std::string textOf(const FileDifferences &files, const Image &before, const Image &after)
{
    std::string text;
    for (const FileDifference &difference : files.list) {
        text += text.empty() ? "" : "; ";
        text += std::string(kindName(difference.kind)) + ' '
                + (difference.before != kNone ? before.tree->path(difference.before)
                                              : after.tree->path(difference.after));
        std::string aspects;
        for (const std::string_view name : aspectNames(difference)) {
            aspects += (aspects.empty() ? " " : "+") + std::string(name);
        }
        text += aspects;
        if (!difference.isDirectory) {
            text += ' ' + std::to_string(difference.beforeBytes) + '>'
                    + std::to_string(difference.afterBytes);
        }
    }
    return text;
}

FileDifferences differencesOf(const Image &before, const Image &after)
{
    return compareFiles(before, after, pairLayers(before, after), Monitor()).value();
}

std::map<std::string, EntryId> pathsOf(const PathTree &tree)
{
    std::map<std::string, EntryId> paths;
    for (NodeId node = kRoot + 1; node < tree.nodeCount(); ++node) { // not all name their root
        if (const EntryId entry = tree.finalEntry(node); entry != kNone) {
            paths[tree.path(node)] = entry;
        }
    }
    return paths;
}

/// What a program in a container can tell of a path, as text.
std::string looksOf(const PathTree &tree, EntryId id)
{
    const EntryId held = tree.content(id);
    const EntryId inode = held == kNone ? id : held;
    const Entry &entry = tree.entry(inode);
    const bool isDirectory = tree.effectiveType(id) == EntryType::Directory;
    const ContentHash hash = tree.hash(inode);
    return std::to_string(static_cast<int>(entry.type)) + ' ' + std::to_string(entry.size) + ' '
           + std::to_string(hash.low) + ' ' + std::to_string(entry.mode) + ' '
           + std::to_string(isDirectory ? 0 : entry.mtime) + ' '
           + std::string(tree.linkTarget(inode));
}

} // namespace

class TestCompareFiles : public QObject
{
    Q_OBJECT

private slots:
    void differences_data();
    void differences();
    void counts();
    void directories();
    void random();
    void veryDeep();
    void cancelled();
};

void TestCompareFiles::differences_data()
{
    QTest::addColumn<Texts>("before");
    QTest::addColumn<Texts>("after");
    QTest::addColumn<std::string>("text");
    const auto row =
        [](const char *name, const Texts &before, const Texts &after, const char *text) {
            QTest::newRow(name) << before << after << std::string(text);
        };
    row("the same", {"file a 10 x"}, {"file a 10 x"}, "");
    row("empty images", {}, {}, "");
    row("into an empty image", {}, {"file d/a 10 x"}, "added /d; added /d/a 0>10");
    row("out of it", {"file d/a 10 x"}, {}, "removed /d; removed /d/a 10>0");
    row("content", {"file a 10 x"}, {"file a 10 y"}, "modified /a content 10>10");
    row("size", {"file a 10 x"}, {"file a 11 x"}, "modified /a content 10>11");
    row("empty files are the same", {"file a 0 x"}, {"file a 0 y"}, "");
    row("mode", {"mode a 0644 10 x"}, {"mode a 0755 10 x"}, "metadata /a mode 10>10");
    row("owner", {"owned a 1 2"}, {"owned a 1 3"}, "metadata /a owner 0>0");
    row("content and mode",
        {"mode a 0644 10 x"},
        {"mode a 0755 10 y"},
        "modified /a content+mode 10>10");
    row("attributes", {"xattr a user.x 01"}, {"xattr a user.x 02"}, "metadata /a xattrs 100>100");
    row("a directory's mode", {"dirmode d 0755"}, {"dirmode d 0777"}, "metadata /d mode");
    row("type", {"file a 10 x"}, {"symlink a -> b"}, "modified /a type 10>0");
    row("a file becomes a directory",
        {"file a 10 x"},
        {"file a/b 5 x"},
        "modified /a type+mode 10>0; added /a/b 0>5");
    row("a link leads elsewhere",
        {"symlink a -> b"},
        {"symlink a -> c"},
        "modified /a content 0>0");
    row("order of names as bytes",
        {"file a/x 1 x\nfile a-b 1 x"},
        {"file a/y 1 x\nfile b 1 x"},
        "removed /a/x 1>0; added /a/y 0>1; removed /a-b 1>0; added /b 0>1");
    row("deleted by a layer",
        {"file a 10 x\nfile b 5 y", "file .wh.a 0 x"},
        {"file b 5 y"},
        "moved /b layer 5>5");
    row("hidden in the second",
        {"file a 10 x\nfile b 5 y"},
        {"file a 10 x\nfile b 5 y", "file .wh.a 0 x"},
        "removed /a 10>0");
    row("a layer above changes nothing below",
        {"file a 10 x"},
        {"file a 10 x", "file b 5 y"},
        "added /b 0>5");
    row("moved to a layer above",
        {"file a 10 x", "file b 5 y"},
        {"file a 10 x", "file c 5 y", "file b 5 y"},
        "added /c 0>5");
    row("squashed",
        {"file a 10 x", "file b 5 y"},
        {"file a 10 x\nfile b 5 y"},
        "moved /a layer 10>10; moved /b layer 5>5");
    row("hard links count once",
        {"file a 10 x\nhardlink b -> a"},
        {"file a 10 y\nhardlink b -> a"},
        "modified /a content 10>10; modified /b content 0>0");
    row("a link becomes a copy",
        {"file a 10 x\nhardlink b -> a"},
        {"file a 10 x\nfile b 10 x"},
        "");
    row("a link to nothing", {"hardlink a -> none"}, {"file a 10 x"}, "modified /a content 0>10");
}

void TestCompareFiles::differences()
{
    QFETCH(Texts, before);
    QFETCH(Texts, after);
    QFETCH(std::string, text);
    Image first = imageOf(before);
    Image second = imageOf(after);
    if (before.size() == after.size() && before.size() == 1) {
        first.layers[0].diffId = second.layers[0].diffId; // not of interest in these rows
    }
    const FileDifferences files = differencesOf(first, second);
    QCOMPARE(QByteArray::fromStdString(textOf(files, first, second)),
             QByteArray::fromStdString(text));
}

void TestCompareFiles::counts()
{
    const Image before = imageOf({"file same 1 x\nfile gone 2 x\nmode m 0644 3 x\ndir d"});
    Image after = imageOf({"file same 1 x\nmode m 0755 3 x\nfile new 4 x\nfile new2 5 x\ndir e"});
    after.layers[0].diffId = before.layers[0].diffId;
    const FileDifferences files = differencesOf(before, after);
    using Kind = FileDifference::Kind;
    QCOMPARE(files.count(Kind::Added), 2U); // the directories are in the list, but are no files
    QCOMPARE(files.count(Kind::Removed), 1U);
    QCOMPARE(files.count(Kind::Metadata), 1U);
    QCOMPARE(files.count(Kind::Modified), 0U);
    QCOMPARE(files.unchanged, 1U);
    QCOMPARE(files.timeOnly, 0U);
    QCOMPARE(files.list.size(), std::size_t{6});
}

void TestCompareFiles::directories()
{
    const Image before = imageOf({"file a/b/c 10 x\nfile a/d 5 x\nfile s/t 9 x\nfile gone/x 7 x"});
    Image after = imageOf({"file a/b/c 30 y\nfile a/d 5 x\nfile s/t 9 x\nfile new/x/y 1 x"});
    after.layers[0].diffId = before.layers[0].diffId;
    const FileDifferences files = differencesOf(before, after);
    std::string text;
    for (const DirectoryDifference &directory : files.directories) {
        text += (directory.before != kNone ? before.tree->path(directory.before)
                                           : after.tree->path(directory.after))
                + ' ' + std::to_string(directory.beforeBytes) + '>'
                + std::to_string(directory.afterBytes) + ' ' + std::to_string(directory.differences)
                + " in " + std::to_string(static_cast<int>(directory.parent)) + '\n';
    }
    QCOMPARE(QByteArray::fromStdString(text),
             QByteArray("/ 31>45 3 in -1\n/a 15>35 1 in 0\n/a/b 10>30 1 in 1\n/gone 7>0 1 in 0\n"
                        "/new 0>1 1 in 0\n/new/x 0>1 1 in 4\n"));
}

/// Against the obvious way: both final file systems as maps from path to what is there.
void TestCompareFiles::random()
{
    constexpr std::uint32_t kRounds = 300;
    const auto imageOfSeed = [](std::uint32_t seed) {
        Image image;
        image.tree = treeOfMembers(randomStack(seed));
        image.layers.resize(image.tree->layerCount());
        return image;
    };
    for (std::uint32_t seed = 0; seed < kRounds; ++seed) {
        const Image before = imageOfSeed(seed);
        const Image after = imageOfSeed(seed + kRounds);
        const FileDifferences files = differencesOf(before, after);
        const auto left = pathsOf(*before.tree);
        const auto right = pathsOf(*after.tree);
        std::set<std::string> listed;
        for (const FileDifference &difference : files.list) {
            if (difference.before == kRoot) {
                continue;
            }
            const bool isAdded = difference.kind == FileDifference::Kind::Added;
            const std::string path =
                isAdded ? after.tree->path(difference.after) : before.tree->path(difference.before);
            QVERIFY2(listed.insert(path).second, path.c_str());
            QVERIFY(left.contains(path) != isAdded);
            QCOMPARE(right.contains(path), difference.kind != FileDifference::Kind::Removed);
        }
        for (const auto &[path, entry] : left) {
            const auto other = right.find(path);
            const bool isSame =
                other != right.end()
                && looksOf(*before.tree, entry) == looksOf(*after.tree, other->second);
            QVERIFY2(isSame || listed.contains(path), path.c_str());
        }
        for (const auto &[path, entry] : right) {
            QVERIFY2(left.contains(path) || listed.contains(path), path.c_str());
        }
        if (!files.directories.empty()) {
            QCOMPARE(files.directories[0].beforeBytes, TreeView(before.tree, {}).bytes(kRoot));
            QCOMPARE(files.directories[0].afterBytes, TreeView(after.tree, {}).bytes(kRoot));
        }
    }
}

void TestCompareFiles::veryDeep()
{
    std::string deep;
    for (int i = 0; i < 2000; ++i) {
        deep += "d/";
    }
    const Image before = imageOf({"file " + deep + "a 10 x"});
    Image after = imageOf({"file " + deep + "a 20 x"});
    after.layers[0].diffId = before.layers[0].diffId;
    const FileDifferences files = differencesOf(before, after);
    QCOMPARE(files.list.size(), std::size_t{1});
    QCOMPARE(files.directories.size(), std::size_t{2001});
}

void TestCompareFiles::cancelled()
{
    const Image image = imageOf({"file a 10 x"});
    Monitor monitor;
    monitor.cancel();
    const auto files = compareFiles(image, image, pairLayers(image, image), monitor);
    QCOMPARE(files.error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestCompareFiles)
#include "tst_comparefiles.moc"
