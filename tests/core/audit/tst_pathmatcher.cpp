// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/pathmatcher.h"
#include "core/base/glob.h"
#include "tests/support/stack.h"

#include <QTest>

#include <random>

using namespace cutaway;
using namespace cutaway::test;

namespace {

std::string matchesOf(const std::vector<std::string> &globs, const PathTree &tree)
{
    PathMatcher matcher;
    for (const std::string &glob : globs) {
        matcher.add(glob);
    }
    std::string text;
    matcher.walk(tree, [&](NodeId node, const std::vector<std::uint32_t> &hits) {
        text += tree.path(node) + ":";
        for (const std::uint32_t hit : hits) {
            text += " " + std::to_string(hit);
        }
        text += "\n";
    });
    return text;
}

} // namespace

class PathMatcherTest : public QObject
{
    Q_OBJECT

private slots:
    void patterns()
    {
        const PathTreePtr tree = treeOf({"file a/b/c 1 x\nfile a/x/c 1 x\nfile d/a.log 1 x\n"
                                         "file e/f/e/f/g 1 x\nfile Dockerfile.ci 1 x"});
        QCOMPARE(matchesOf({"/a/b/c"}, *tree), std::string("/a/b/c: 0\n"));
        QCOMPARE(matchesOf({"/a/*/c", "/a/x/c"}, *tree), std::string("/a/b/c: 0\n/a/x/c: 0 1\n"));
        QCOMPARE(matchesOf({"/a/**"}, *tree),
                 std::string("/a/b: 0\n/a/x: 0\n/a/b/c: 0\n/a/x/c: 0\n"));
        QCOMPARE(matchesOf({"/**/c"}, *tree), std::string("/a/b/c: 0\n/a/x/c: 0\n"));
        QCOMPARE(matchesOf({"/**/*.log", "/**/Dockerfile*"}, *tree),
                 std::string("/Dockerfile.ci: 1\n/d/a.log: 0\n"));
        QCOMPARE(matchesOf({"/**/e/f/**"}, *tree),
                 std::string("/e/f/e: 0\n/e/f/e/f: 0\n/e/f/e/f/g: 0\n"));
        QCOMPARE(matchesOf({}, *tree), std::string());
    }

    /// Against globMatches, path by path.
    void randomPatterns()
    {
        std::mt19937 random(7);
        const std::array<std::string, 4> names = {"a", "b", "ab", "c.x"};
        const std::array<std::string, 7> parts = {"a", "b", "ab", "*", "a*", "**", "*.x"};
        const auto pick = [&](const auto &list) { return list[random() % list.size()]; };
        for (int round = 0; round < 200; ++round) {
            std::string files;
            for (int i = 0; i < 12; ++i) {
                std::string path = pick(names);
                for (unsigned depth = random() % 4; depth > 0; --depth) {
                    path = "d" + pick(names) + "/" + path;
                }
                files += "file " + path + " 1 x\n";
            }
            std::string glob;
            for (unsigned depth = random() % 4 + 1; depth > 0; --depth) {
                const std::string part = pick(parts);
                glob += (random() % 3 == 0 && part != "**" ? "/d" : "/") + part;
            }
            const PathTreePtr tree = treeOf({files});
            std::string expected;
            for (NodeId node = 1; node < tree->nodeCount(); ++node) {
                if (globMatches(glob, tree->path(node), GlobText::Path)) {
                    expected += tree->path(node) + ": 0\n";
                }
            }
            QCOMPARE(QString::fromStdString(glob + "\n" + matchesOf({glob}, *tree)),
                     QString::fromStdString(glob + "\n" + expected));
        }
    }
};

QTEST_GUILESS_MAIN(PathMatcherTest)
#include "tst_pathmatcher.moc"
