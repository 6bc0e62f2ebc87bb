// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "core/base/text.h"
#include "tests/support/images.h"
#include "tests/support/randomstack.h"

#include <QTest>

#include <map>
#include <memory>

using namespace cutaway;
using namespace cutaway::test;

namespace {

using Layers = std::vector<std::string>;

/// dive 0.13's algorithm as its source has it: real trees, stacked anew for every whiteout.
class PlainDive
{
public:
    struct Node
    {
        std::map<std::string, std::unique_ptr<Node>> children;
        std::uint64_t size = 0;
        bool isDirectory = false;
    };
    struct Record
    {
        std::int64_t sum = 0;
        std::int64_t smallest = -1;
        int count = 0;
    };

    explicit PlainDive(const MemberLists &layers)
    {
        for (const std::vector<Member> &layer : layers) {
            m_trees.push_back(std::make_unique<Node>());
            for (const Member &member : layer) {
                insert(*m_trees.back(), parts(member.name), member);
            }
        }
        for (std::size_t index = 0; index < m_trees.size(); ++index) {
            std::vector<std::string> path;
            visitLeaves(*m_trees[index], path, index);
        }
    }

    const std::map<std::string, Record> &records() const { return m_records; }

private:
    using Path = std::vector<std::string>;

    static Path parts(const std::string &name)
    {
        Path path;
        std::string part;
        for (const char c : name + "/") {
            if (c != '/') {
                part += c;
                continue;
            }
            if (!part.empty() && part != ".") {
                path.push_back(part);
            }
            part.clear();
        }
        return path;
    }
    static bool isWhiteout(const std::string &name) { return name.starts_with(".wh."); }

    static void insert(Node &root, const Path &path, const Member &member)
    {
        Node *node = &root;
        for (const std::string &part : path) {
            if (!node->children.contains(part)) {
                if (part.starts_with(".wh..wh..")) {
                    return;
                }
                node->children[part] = std::make_unique<Node>();
            }
            node = node->children[part].get();
        }
        if (node != &root) {
            node->size = member.size;
            node->isDirectory = member.type == EntryType::Directory;
        }
    }

    static void graft(Node &target, const Node &upper, Path &path)
    {
        for (const auto &[name, child] : upper.children) {
            path.push_back(name);
            graft(target, *child, path);
            path.pop_back();
        }
        if (path.empty()) {
            return;
        }
        if (isWhiteout(path.back())) {
            Path hidden = path;
            hidden.back() = hidden.back().substr(4);
            remove(target, hidden);
            return;
        }
        Node *node = &target;
        for (const std::string &part : path) {
            std::unique_ptr<Node> &child = node->children[part];
            if (child == nullptr) {
                child = std::make_unique<Node>();
            }
            node = child.get();
        }
        node->size = upper.size;
        node->isDirectory = upper.isDirectory;
    }

    static void remove(Node &root, const Path &path)
    {
        Node *node = &root;
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            const auto child = node->children.find(path[i]);
            if (child == node->children.end()) {
                return;
            }
            node = child->second.get();
        }
        node->children.erase(path.back());
    }

    static const Node *find(const Node &root, const Path &path)
    {
        const Node *node = &root;
        for (const std::string &part : path) {
            const auto child = node->children.find(part);
            if (child == node->children.end()) {
                return nullptr;
            }
            node = child->second.get();
        }
        return node;
    }

    static void copy(const Node &from, Node &to)
    {
        to.size = from.size;
        to.isDirectory = from.isDirectory;
        for (const auto &[name, child] : from.children) {
            to.children[name] = std::make_unique<Node>();
            copy(*child, *to.children[name]);
        }
    }

    static std::uint64_t sum(const Node &node)
    {
        std::uint64_t bytes = node.size;
        for (const auto &[name, child] : node.children) {
            bytes += sum(*child);
        }
        return bytes;
    }

    /// False when the layer is given up.
    bool visitLeaves(const Node &node, Path &path, std::size_t layer)
    {
        for (const auto &[name, child] : node.children) {
            path.push_back(name);
            const bool goOn = visitLeaves(*child, path, layer);
            path.pop_back();
            if (!goOn) {
                return false;
            }
        }
        if (!node.children.empty() || path.empty()) {
            return true;
        }
        const bool whiteout = isWhiteout(path.back());
        Path real = path;
        real.back() = whiteout ? real.back().substr(4) : real.back();
        std::string text;
        for (const std::string &part : real) {
            text += "/" + part;
        }
        Record &record = m_records[text];
        std::uint64_t size = node.size;
        if (whiteout) {
            Node stack;
            copy(*m_trees.front(), stack);
            for (std::size_t below = 0; below < layer; ++below) {
                Path start;
                graft(stack, *m_trees[below], start);
            }
            const Node *found = find(stack, real);
            if (found == nullptr) {
                return false;
            }
            size = found->isDirectory ? sum(*found) : 0;
        }
        const auto bytes = static_cast<std::int64_t>(size);
        record.sum += bytes;
        record.smallest = record.smallest < 0 ? bytes : std::min(record.smallest, bytes);
        ++record.count;
        return true;
    }

    std::vector<std::unique_ptr<Node>> m_trees;
    std::map<std::string, Record> m_records;
};

/// Where the two disagree about a random stack; empty where they do not.
std::string disagreement(const MemberLists &layers)
{
    Image image;
    image.tree = treeOfMembers(layers);
    const DiveNumbers numbers = diveNumbers(image);
    const PlainDive plain(layers);
    std::int64_t all = 0;
    std::int64_t smallest = 0;
    std::uint64_t wasted = 0;
    std::size_t rows = 0;
    for (const auto &[path, record] : plain.records()) {
        all += record.sum;
        smallest += record.smallest;
        if (record.count < 2) {
            continue;
        }
        ++rows;
        wasted += static_cast<std::uint64_t>(record.sum);
        const auto row =
            std::ranges::find(numbers.inefficient, image.tree->find(path), &DiveNumbers::Row::node);
        if (row == numbers.inefficient.end() || row->bytes != static_cast<std::uint64_t>(record.sum)
            || row->count != static_cast<std::uint32_t>(record.count)) {
            return "row " + displayText(path);
        }
    }
    const double efficiency =
        all == 0 ? 1.0 : static_cast<double>(smallest) / static_cast<double>(all);
    if (rows != numbers.inefficient.size()) {
        return "rows";
    }
    if (wasted != numbers.wastedBytes) {
        return "wasted bytes";
    }
    return efficiency == numbers.efficiency ? "" : "efficiency";
}

} // namespace
Q_DECLARE_METATYPE(Layers)

class DiveTest : public QObject
{
    Q_OBJECT

private slots:
    void numbers_data()
    {
        QTest::addColumn<Layers>("layers");
        QTest::addColumn<double>("efficiency");
        QTest::addColumn<quint64>("wasted");
        QTest::addColumn<QString>("inefficient");

        QTest::newRow("nothing at all") << Layers{} << 1.0 << quint64{0} << QString();
        QTest::newRow("one layer") << Layers{"file a 10 x"} << 1.0 << quint64{0} << QString();
        QTest::newRow("dive's own unit case")
            << Layers{"file etc/nginx/nginx.conf 2000 a\nfile etc/nginx/public 3000 b",
                      "file etc/nginx/nginx.conf 5000 c\nfile etc/athing 10000 d",
                      "file etc/.wh.nginx 0 x"}
            << 0.75 << quint64{7000} << QStringLiteral("/etc/nginx/nginx.conf 2 7000\n");
        const std::string base = "file etc/os 10 o";
        const std::string added = "dir a\nfile a/f 100 x";
        QTest::newRow("file deleted") << Layers{base, added, "file a/.wh.f 0 w"} << 10.0 / 110
                                      << quint64{100} << QStringLiteral("/a/f 2 100\n");
        QTest::newRow("directory deleted: nothing is wasted")
            << Layers{base, added, "file .wh.a 0 w"} << 1.0 << quint64{0} << QString();
        QTest::newRow("opaque directory: nothing is wasted")
            << Layers{base, added, "file a/.wh..wh..opq 0 w"} << 1.0 << quint64{0} << QString();
        QTest::newRow("chmod: both copies are wasted")
            << Layers{base, added, "mode a/f 0755 100 x"} << 110.0 / 210 << quint64{200}
            << QStringLiteral("/a/f 2 200\n");
        QTest::newRow("a log grows: both copies are wasted")
            << Layers{base, "file log 100 x", "file log 150 y"} << 110.0 / 260 << quint64{250}
            << QStringLiteral("/log 2 250\n");
        QTest::newRow("whiteout of nothing gives the layer up")
            << Layers{base, added, "file a/.wh.nope 0 w\nfile a/f 100 y"} << 109.0 / 110
            << quint64{0} << QString();
        QTest::newRow("emptied folder: file and directory whiteouts")
            << Layers{base,
                      "dir l\nfile l/x 100 x\ndir l/p\nfile l/p/y 50 y",
                      "file l/.wh.x 0 w\nfile l/.wh.p 0 w"}
            << 110.0 / 210 << quint64{100} << QStringLiteral("/l/x 2 100\n");
        QTest::newRow("aufs leftovers give the layer up")
            << Layers{base, "file .wh..wh.plnk 0 w\nfile b 5 y", "file b 5 z"} << 14.0 / 15
            << quint64{0} << QString();
        QTest::newRow("a parent that a layer passes through is no directory any more")
            << Layers{added, "file a/g 7 x", "file .wh.a 0 w"} << 1.0 << quint64{0} << QString();
    }
    void numbers()
    {
        QFETCH(Layers, layers);
        QFETCH(double, efficiency);
        QFETCH(quint64, wasted);
        QFETCH(QString, inefficient);
        const Image image = imageOf(layers);
        const DiveNumbers dive = diveNumbers(image);
        QCOMPARE(dive.wastedBytes, wasted);
        QString rows;
        for (const DiveNumbers::Row &row : dive.inefficient) {
            rows += QString::fromStdString(image.tree->path(row.node))
                    + QStringLiteral(" %1 %2\n").arg(row.count).arg(row.bytes);
        }
        QCOMPARE(rows, inefficient);
        QCOMPARE(dive.efficiency, efficiency);
    }

    /// A stack that has the figures dive gives for its .data/test-docker-image.tar.
    void goldenImage()
    {
        const std::string folder = "dir root\ndir root/example\n";
        const Layers layers = {
            "file bin/busybox 1154361 b",
            "file somefile.txt 6405 s",
            folder + "file root/example/somefile1.txt 6405 s",
            folder + "file root/example/somefile1.txt 6405 t",
            folder + "file root/example/somefile2.txt 6405 s",
            folder + "file root/example/somefile3.txt 6405 s",
            folder + "file root/example/.wh.somefile3.txt 0 w",
            "dir root\nfile root/saved.txt 6405 s",
            "dir root\nfile root/saved.txt 6405 t",
            "dir root\nfile root/.wh.example 0 w",
            "file other 21402 o",
        };
        const Image image = imageOf(layers);
        const DiveNumbers dive = diveNumbers(image);
        QCOMPARE(dive.sizeBytes, quint64{1220598});
        QCOMPARE(dive.userSizeBytes, quint64{66237});
        QCOMPARE(dive.wastedBytes, quint64{32025});
        QCOMPARE(*dive.userWastedPercent, 0.4834911001404049);
        QCOMPARE(dive.efficiency, 0.9844212134184309);
        QCOMPARE(dive.inefficient.size(), std::size_t{3});
        QCOMPARE(image.tree->path(dive.inefficient[2].node),
                 std::string("/root/example/somefile3.txt"));
        QCOMPARE(dive.inefficient[2].bytes, quint64{6405});
    }

    void percentOfNothingIsUnknown()
    {
        QVERIFY(!diveNumbers(imageOf({"file a 1 x"})).userWastedPercent);
        QVERIFY(!diveNumbers(imageOf({"file a 1 x", "dir b"})).userWastedPercent);
        QCOMPARE(*diveNumbers(imageOf({"file a 1 x", "file b 1 x"})).userWastedPercent, 0.0);
    }

    void randomStacksAgreeWithTheStackedTrees()
    {
        for (std::uint32_t seed = 1; seed <= 4000; ++seed) {
            const MemberLists layers = randomStack(seed);
            const std::string trouble = disagreement(layers);
            QVERIFY2(trouble.empty(),
                     ("seed " + std::to_string(seed) + ": " + trouble + "\n"
                      + displayLines(textOf(layers)))
                         .c_str());
        }
    }
};

QTEST_GUILESS_MAIN(DiveTest)
#include "tst_dive.moc"
