// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/memberindex.h"
#include "tests/support/tarwriter.h"

#include <QTest>

using namespace cutaway;
using test::TarWriter;

namespace {

MemberIndex indexOf(const std::string &tar)
{
    Monitor monitor;
    auto index = indexMembers(memorySource(std::string_view(tar)), {}, monitor);
    return index ? std::move(*index) : MemberIndex();
}

/// Counts the bytes that are read of it.
class CountedSource : public ByteSource
{
public:
    explicit CountedSource(ByteSourcePtr from)
        : m_from(std::move(from))
    {}
    std::uint64_t size() const override { return m_from->size(); }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        m_bytes += into.size();
        return m_from->readAt(offset, into);
    }
    std::uint64_t bytesRead() const { return m_bytes; }

private:
    ByteSourcePtr m_from;
    mutable std::uint64_t m_bytes = 0;
};

} // namespace

class TestMemberIndex : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void resolves_data();
    void resolves();
    void lastOfDuplicatesWins();
    void dataIsNotRead();
    void brokenArchiveIsIndexedAsFarAsItGoes();
};

void TestMemberIndex::names_data()
{
    QTest::addColumn<std::string>("raw");
    QTest::addColumn<std::string>("clean");
    QTest::newRow("plain") << std::string("a/b") << std::string("a/b");
    QTest::newRow("dot prefix") << std::string("./manifest.json") << std::string("manifest.json");
    QTest::newRow("doubled and trailing slashes") << std::string("a//b/") << std::string("a/b");
    QTest::newRow("up within") << std::string("a/../b") << std::string("b");
    QTest::newRow("absolute") << std::string("/a") << std::string("a");
    QTest::newRow("up and out") << std::string("a/../../b") << std::string("outside");
}

void TestMemberIndex::names()
{
    QFETCH(std::string, raw);
    QFETCH(std::string, clean);
    QCOMPARE(memberName(raw).value_or("outside"), clean);
}

void TestMemberIndex::resolves_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("answer");
    const auto row = [](const char *title, const char *name, const char *answer) {
        QTest::newRow(title) << std::string(name) << std::string(answer);
    };
    row("a file", "one/layer.tar", "one/layer.tar");
    row("a file, written otherwise", "./one//layer.tar", "one/layer.tar");
    row("a symbolic link to a neighbour", "two/layer.tar", "one/layer.tar");
    row("a hard link", "hard", "one/layer.tar");
    row("a chain of links", "chain", "one/layer.tar");
    row("below a linked directory", "linked/layer.tar", "one/layer.tar");
    row("missing", "nope", "is missing from the archive");
    row("a directory", "one", "is a directory");
    row("a directory of no entry", "two", "is a directory");
    row("empty", "", "names no file");
    row("above the root", "../../etc/passwd", "leads out of the archive");
    row("absolute", "/etc/passwd", "leads out of the archive");
    row("a link to the outside", "out", "escapes");
    row("a link to an absolute path", "absolute", "escapes");
    row("links in a circle", "circle-a", "in a circle");
    row("a device", "device", "is no file");
}

void TestMemberIndex::resolves()
{
    QFETCH(std::string, name);
    QFETCH(std::string, answer);
    const MemberIndex index = indexOf(TarWriter()
                                          .directory("one")
                                          .file("one/layer.tar", "bytes")
                                          .symlink("two/layer.tar", "../one/layer.tar")
                                          .hardlink("hard", "one/layer.tar")
                                          .symlink("chain", "two/layer.tar")
                                          .symlink("linked", "./one")
                                          .symlink("out", "../../etc/passwd")
                                          .symlink("absolute", "/etc/passwd")
                                          .symlink("circle-a", "circle-b")
                                          .symlink("circle-b", "circle-a")
                                          .raw("device", '3', 0, "", "", {})
                                          .finish());
    const auto resolved = index.resolve(name);
    const std::string text = resolved ? *resolved : resolved.error().message;
    QVERIFY2(text.find(answer) != std::string::npos, text.c_str());
}

void TestMemberIndex::lastOfDuplicatesWins()
{
    const std::string tar = TarWriter().file("a", "first").file("./a", "second!").finish();
    const MemberIndex index = indexOf(tar);
    QCOMPARE(index.find("a")->size, std::uint64_t(7));
    QCOMPARE(index.duplicates(), std::vector<std::string>{"a"});
}

void TestMemberIndex::dataIsNotRead()
{
    const std::string tar =
        TarWriter().file("big", std::string(8 << 20, 'x')).file("small", "s").finish();
    const auto source = std::make_shared<CountedSource>(memorySource(std::string_view(tar)));
    Monitor monitor;
    const auto index = indexMembers(source, {}, monitor);
    QVERIFY(index.has_value());
    QVERIFY(index->find("small") != nullptr);
    QVERIFY2(source->bytesRead() < 256 * 1024, std::to_string(source->bytesRead()).c_str());
}

void TestMemberIndex::brokenArchiveIsIndexedAsFarAsItGoes()
{
    std::string tar = TarWriter().file("a", "first").file("b", std::string(5000, 'b')).finish();
    tar.resize(3000);
    const MemberIndex index = indexOf(tar);
    QVERIFY(index.find("a") != nullptr);
    QVERIFY(!index.status().has_value());
}

QTEST_GUILESS_MAIN(TestMemberIndex)
#include "tst_memberindex.moc"
