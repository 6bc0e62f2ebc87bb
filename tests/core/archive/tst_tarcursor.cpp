// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/tarcursor.h"
#include "core/base/bytesource.h"
#include "core/base/limits.h"
#include "tests/support/chunkstream.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <algorithm>

using namespace cutaway;
using namespace std::string_literals;
using test::TarWriter;

namespace {

constexpr std::size_t kWhole = static_cast<std::size_t>(-1);
using Options = TarWriter::Options;

QString typeName(EntryType type)
{
    switch (type) {
    case EntryType::File: return QStringLiteral("file");
    case EntryType::Directory: return QStringLiteral("dir");
    case EntryType::Symlink: return QStringLiteral("symlink");
    case EntryType::HardLink: return QStringLiteral("hardlink");
    case EntryType::CharDevice: return QStringLiteral("char");
    case EntryType::BlockDevice: return QStringLiteral("block");
    case EntryType::Fifo: return QStringLiteral("fifo");
    default: return QStringLiteral("?");
    }
}

/// Names are cut, so that rows with long ones stay readable.
QString shown(const std::string &bytes)
{
    QString text = QString::fromLatin1(bytes.data(), static_cast<qsizetype>(bytes.size()));
    text.replace(QChar(0), QStringLiteral("<NUL>"));
    return text.size() <= 60
               ? text
               : QStringLiteral("%1…%2 (%3)").arg(text.left(5), text.right(5)).arg(text.size());
}

QString describe(const TarMember &member, const std::string &data)
{
    QString line = QStringLiteral("%1 %2").arg(typeName(member.type), shown(member.name));
    if (!member.target.empty()) {
        line += QStringLiteral(" -> ") + shown(member.target);
    }
    if (member.type == EntryType::File) {
        line += QStringLiteral(" %1").arg(member.size);
    }
    if (member.sparse) {
        line += QStringLiteral(" sparse");
        for (const SparseRun &run : *member.sparse) {
            line += QStringLiteral(" %1+%2").arg(run.offset).arg(run.size);
        }
    }
    if (!data.empty()) {
        line += QStringLiteral(" \"%1\"").arg(shown(data));
    }
    for (const auto &[name, value] : member.xattrs) {
        line += QStringLiteral(" %1=%2").arg(shown(name), shown(value));
    }
    return line;
}

/// The members of an archive, a line each, then the error if there is one, then the remarks.
QString walk(const std::string &tar, std::size_t chunk)
{
    test::ChunkStream stream(tar, chunk);
    TarCursor cursor(stream);
    QStringList lines;
    while (const TarMember *member = cursor.next()) {
        std::string data;
        while (true) {
            const Result<Bytes> run = cursor.readData();
            if (!run || run->empty()) {
                break;
            }
            data.append(reinterpret_cast<const char *>(run->data()), run->size());
        }
        if (cursor.status()) {
            lines += describe(*member, data);
        }
    }
    if (!cursor.status()) {
        lines +=
            QStringLiteral("error: ") + QString::fromStdString(cursor.status().error().message);
    }
    for (const std::string &remark : cursor.remarks()) {
        lines += QStringLiteral("# ") + QString::fromStdString(remark);
    }
    return lines.join(u'\n');
}

std::string octal(std::uint64_t number, std::size_t width)
{
    std::string text(width - 1, '0');
    for (std::size_t i = width - 1; i-- > 0 && number > 0; number >>= 3) {
        text[i] = static_cast<char>('0' + (number & 7));
    }
    return text + '\0';
}

/// Overwrites a field of the header that begins at `at` and makes its checksum right again.
std::string patched(std::string tar, std::size_t at, std::size_t field, const std::string &value)
{
    tar.replace(at + field, value.size(), value);
    tar.replace(at + 148, 8, 8, ' ');
    std::uint64_t sum = 0;
    for (std::size_t i = at; i < at + 512; ++i) {
        sum += static_cast<unsigned char>(tar[i]);
    }
    return tar.replace(at + 148, 7, octal(sum, 7));
}

/// A header of GNU's kind: pairs of offset and size, then the logical size.
std::string oldGnuSparse(const std::string &map,
                         std::uint64_t realSize,
                         const std::string &extension,
                         const std::string &data)
{
    TarWriter writer;
    writer.raw("sparse", 'S', data.size(), extension, {}, {});
    std::string tar = writer.bytes(data)
                          .bytes(std::string((512 - data.size() % 512) % 512, '\0'))
                          .file("after", "x")
                          .finish();
    tar = patched(tar, 0, 257, "ustar  \0"s);
    tar = patched(tar, 0, 386, map);
    tar = patched(tar, 0, 482, extension.empty() ? "\0"s : "\1"s);
    return patched(tar, 0, 483, octal(realSize, 12));
}

std::string sparsePair(std::uint64_t offset, std::uint64_t size)
{
    return octal(offset, 12) + octal(size, 12);
}

std::string paxSparse(std::vector<std::pair<std::string, std::string>> records,
                      const std::string &data)
{
    return TarWriter()
        .file("GNUSparseFile.0/s", data, {.pax = std::move(records)})
        .file("after", "x")
        .finish();
}

std::string padded(std::string text)
{
    text.resize((text.size() + 511) / 512 * 512);
    return text;
}

std::string paxBody(char typeFlag, const std::string &body)
{
    return TarWriter().raw("meta", typeFlag, body.size(), body, {}, {}).file("f", "x").finish();
}

struct Row
{
    const char *name;
    std::string tar;
    const char *expected;
};

} // namespace

class TestTarCursor : public QObject
{
    Q_OBJECT
private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void numbers_data();
    void numbers();
    void times_data();
    void times();
    void offsets();
    void skipsWithoutReading();
    void takesEveryByte();
    void bounds_data();
    void bounds();
    void streamErrorIsKept();
    void remarksAreBounded();

private:
    static void add(const std::vector<Row> &rows);
    static std::vector<Row> plainRows();
    static std::vector<Row> extendedRows();
    static std::vector<Row> sparseRows();
    static std::vector<Row> endRows();
};

void TestTarCursor::add(const std::vector<Row> &rows)
{
    for (const Row &row : rows) {
        QTest::newRow(row.name) << QByteArray(row.tar.data(),
                                              static_cast<qsizetype>(row.tar.size()))
                                << QString::fromUtf8(row.expected);
    }
}

std::vector<Row> TestTarCursor::plainRows()
{
    const std::string v7 =
        patched(TarWriter().file("d/", "").file("f", "x").finish(), 0, 156, "\0"s);
    const std::string prefix = patched(
        patched(TarWriter().file("f", "x").finish(), 0, 345, "some/where"), 0, 257, "ustar\0"s);
    return {
        {"nothing at all", "", ""},
        {"only an end mark", TarWriter().finish(), ""},
        {"each type",
         TarWriter()
             .directory("d")
             .file("d/f", "text")
             .symlink("l", "d/f")
             .hardlink("h", "d/f")
             .finish(),
         "dir d/\nfile d/f 4 \"text\"\nsymlink l -> d/f\nhardlink h -> d/f"},
        {"devices and a FIFO",
         TarWriter()
             .raw("c", '3', 0, {}, {}, {})
             .raw("b", '4', 0, {}, {}, {})
             .raw("p", '6', 0, {}, {}, {})
             .finish(),
         "char c\nblock b\nfifo p"},
        {"sizes of links, devices and directories mean nothing",
         TarWriter()
             .raw("h", '1', 700, {}, "f", {})
             .raw("l", '2', 700, {}, "f", {})
             .raw("c", '3', 700, {}, {}, {})
             .raw("d/", '5', 700, {}, {}, {})
             .raw("p", '6', 700, {}, {}, {})
             .file("f", "x")
             .finish(),
         "hardlink h -> f\nsymlink l -> f\nchar c\ndir d/\nfifo p\nfile f 1 \"x\""},
        {"a pax size does not give a hard link data",
         TarWriter().raw("h", '1', 0, {}, "f", {.pax = {{"size", "700"}}}).file("f", "x").finish(),
         "hardlink h -> f\nfile f 1 \"x\""},
        {"NUL type with a slash is a directory", v7, "dir d/\nfile f 1 \"x\""},
        {"type 0 with a slash stays a file",
         TarWriter().file("f/", "x").finish(),
         "file f/ 1 \"x\""},
        {"contiguous file", TarWriter().raw("f", '7', 1, "x", {}, {}).finish(), "file f 1 \"x\""},
        {"unknown types are passed over with their data",
         TarWriter().raw("label", 'V', 600, std::string(600, 'v'), {}, {}).file("f", "x").finish(),
         "file f 1 \"x\"\n# a member of the unknown type 'V' was passed over: label"},
        {"ustar prefix", prefix, "file some/where/f 1 \"x\""},
        {"prefix bytes mean nothing to GNU",
         patched(prefix, 0, 257, "ustar  \0"s),
         "file f 1 \"x\""},
        {"prefix bytes mean nothing to v7",
         patched(prefix, 0, 257, std::string(8, '\0')),
         "file f 1 \"x\""},
        {"star prefix ends early",
         patched(patched(prefix, 0, 345, std::string(140, 'p')), 0, 508, "tar\0"s),
         "file ppppp…ppp/f (133) 1 \"x\""},
        {"checksum over signed bytes",
         [] {
             std::string tar = TarWriter().file("caf\xe9", "x").finish();
             const std::uint64_t sum = std::stoull(tar.substr(148, 6), nullptr, 8) - 256;
             return tar.replace(148, 7, octal(sum, 7));
         }(),
         "file caf\u00e9 1 \"x\""},
        {"a name of all hundred bytes",
         TarWriter().file(std::string(100, 'n'), "x").finish(),
         "file nnnnn…nnnnn (100) 1 \"x\""},
        {"no name", TarWriter().file("", "x").finish(), "file  1 \"x\""},
        {"data of exactly one block",
         TarWriter().file("a", std::string(512, 'a')).file("b", "x").finish(),
         "file a 512 \"aaaaa…aaaaa (512)\"\nfile b 1 \"x\""},
    };
}

std::vector<Row> TestTarCursor::extendedRows()
{
    const std::string longName(300, 'n');
    const auto gnu = [](char typeFlag, const std::string &body) {
        return TarWriter().raw("././@LongLink", typeFlag, body.size(), body, {}, {}).unfinished();
    };
    const auto global = [](const std::string &body) {
        return TarWriter().raw("g", 'g', body.size(), body, {}, {}).unfinished();
    };
    const std::string file = TarWriter().file("f", "x").file("g", "y").finish();
    return {
        {"GNU long name",
         gnu('L', longName + '\0') + file,
         "file nnnnn…nnnnn (300) 1 \"x\"\nfile g 1 \"y\""},
        {"GNU long name without its NUL",
         gnu('L', "some/name") + file,
         "file some/name 1 \"x\"\nfile g 1 \"y\""},
        {"of two GNU long names the last counts",
         gnu('L', "one\0"s) + gnu('L', "two\0"s) + file,
         "file two 1 \"x\"\nfile g 1 \"y\""},
        {"GNU long name and target",
         gnu('K', "far/away\0"s) + gnu('L', "link\0"s) + TarWriter().symlink("l", "t").finish(),
         "symlink link -> far/away"},
        {"pax path and target",
         TarWriter().symlink(longName, longName).finish(),
         "symlink nnnnn…nnnnn (300) -> nnnnn…nnnnn (300)"},
        {"pax path over a GNU long name",
         gnu('L', "gnu\0"s) + TarWriter().file("f", "x", {.pax = {{"path", "pax"}}}).finish(),
         "file pax 1 \"x\""},
        {"pax header of Solaris, type X", paxBody('X', "11 path=pq\n"), "file pq 1 \"x\""},
        {"of two pax headers the last counts, whole",
         TarWriter().raw("x", 'x', 12, "12 path=one\n", {}, {}).unfinished()
             + TarWriter().symlink("l", longName).finish(),
         "symlink l -> nnnnn…nnnnn (300)"},
        {"pax size over the header's",
         TarWriter().raw("f", '0', 0, "text", {}, {.pax = {{"size", "4"}}}).file("g", "y").finish(),
         "file f 4 \"text\"\nfile g 1 \"y\""},
        {"an empty pax value leaves the header's",
         TarWriter().file("f", "x", {.pax = {{"path", ""}, {"uid", ""}, {"mtime", ""}}}).finish(),
         "file f 1 \"x\""},
        {"an empty value takes an earlier one back",
         TarWriter().file("f", "x", {.pax = {{"path", "p"}, {"path", ""}}}).finish(),
         "file f 1 \"x\""},
        {"unknown records mean nothing",
         TarWriter().file("f", "x", {.pax = {{"comment", "a=b"}, {"VENDOR.key", "1"}}}).finish(),
         "file f 1 \"x\""},
        {"a global record holds for all that follow",
         global("11 path=all\n"s.replace(0, 2, "12")) + file,
         "file all 1 \"x\"\nfile all 1 \"y\""},
        {"a local record stands over a global one",
         global("12 path=all\n") + TarWriter().file("f", "x", {.pax = {{"path", "own"}}}).finish(),
         "file own 1 \"x\""},
        {"an empty global record ends it",
         global("12 path=all\n") + TarWriter().file("f", "x").unfinished() + global("8 path=\n")
             + TarWriter().file("g", "y").finish(),
         "file all 1 \"x\"\nfile g 1 \"y\""},
        {"extended attributes, sorted, the last of each",
         TarWriter()
             .file("f",
                   "x",
                   {.pax = {{"SCHILY.xattr.user.b", "2"},
                            {"SCHILY.xattr.user.a", "1"},
                            {"SCHILY.xattr.user.b", "3"}}})
             .file("g", "y")
             .finish(),
         "file f 1 \"x\" user.a=1 user.b=3\nfile g 1 \"y\""},
        {"attributes of libarchive and SELinux",
         TarWriter()
             .file("f",
                   "x",
                   {.pax = {{"LIBARCHIVE.xattr.user.a%3Db", "aGk"},
                            {"RHT.security.selinux", "system_u:object_r"}}})
             .finish(),
         "file f 1 \"x\" security.selinux=system_u:object_r user.a=b=hi"},
        {"an attribute with a broken encoding is left out",
         TarWriter().file("f", "x", {.pax = {{"LIBARCHIVE.xattr.user.a", "a!"}}}).finish(),
         "file f 1 \"x\"\n# an extended attribute is not base64 and was left out: f"},
        {"an attribute's value may hold a NUL",
         TarWriter().file("f", "x", {.pax = {{"SCHILY.xattr.a", "1\0002"s}}}).finish(),
         "file f 1 \"x\" a=1<NUL>2"},
        {"an extended header before the end",
         TarWriter().raw("x", 'x', 0, {}, {}, {}).finish(),
         "# the last extended header belongs to no member"},
    };
}

std::vector<Row> TestTarCursor::sparseRows()
{
    const std::string two = sparsePair(512, 4) + sparsePair(1024, 4);
    const std::string zeroOne = "512,4,1024,4";
    return {
        {"old GNU sparse",
         oldGnuSparse(two, 2000, {}, "abcdefgh"),
         "file sparse 2000 sparse 512+4 1024+4 \"abcdefgh\"\nfile after 1 \"x\""},
        {"old GNU sparse with a block of more pairs",
         oldGnuSparse(sparsePair(0, 1) + sparsePair(2, 1) + sparsePair(4, 1) + sparsePair(6, 1),
                      20,
                      padded(sparsePair(8, 1) + sparsePair(20, 0)),
                      "abcde"),
         "file sparse 20 sparse 0+1 2+1 4+1 6+1 8+1 20+0 \"abcde\"\nfile after 1 \"x\""},
        {"old GNU sparse, all hole",
         oldGnuSparse(sparsePair(3000, 0), 3000, {}, ""),
         "file sparse 3000 sparse 3000+0\nfile after 1 \"x\""},
        {"GNU sparse 0.0",
         paxSparse({{"GNU.sparse.size", "2000"},
                    {"GNU.sparse.numblocks", "2"},
                    {"GNU.sparse.offset", "512"},
                    {"GNU.sparse.numbytes", "4"},
                    {"GNU.sparse.offset", "1024"},
                    {"GNU.sparse.numbytes", "4"}},
                   "abcdefgh"),
         "file GNUSparseFile.0/s 2000 sparse 512+4 1024+4 \"abcdefgh\"\nfile after 1 \"x\""},
        {"GNU sparse 0.1",
         paxSparse({{"GNU.sparse.size", "2000"},
                    {"GNU.sparse.map", zeroOne},
                    {"GNU.sparse.name", "real/name"}},
                   "abcdefgh"),
         "file real/name 2000 sparse 512+4 1024+4 \"abcdefgh\"\nfile after 1 \"x\""},
        {"GNU sparse 1.0",
         paxSparse({{"GNU.sparse.major", "1"},
                    {"GNU.sparse.minor", "0"},
                    {"GNU.sparse.name", "real/name"},
                    {"GNU.sparse.realsize", "2000"}},
                   padded("2\n512\n4\n1024\n4\n") + "abcdefgh"),
         "file real/name 2000 sparse 512+4 1024+4 \"abcdefgh\"\nfile after 1 \"x\""},
        {"GNU sparse 1.0 without a run",
         paxSparse({{"GNU.sparse.major", "1"}, {"GNU.sparse.realsize", "9"}}, padded("0\n")),
         "file GNUSparseFile.0/s 9 sparse\nfile after 1 \"x\""},
        {"data behind the last run is passed over",
         paxSparse({{"GNU.sparse.size", "2000"}, {"GNU.sparse.map", "512,4"}}, "abcdefgh"),
         "file GNUSparseFile.0/s 2000 sparse 512+4 \"abcd\"\nfile after 1 \"x\""},
    };
}

std::vector<Row> TestTarCursor::endRows()
{
    const std::string file = TarWriter().file("f", "x").unfinished();
    return {
        {"no end mark", file, "file f 1 \"x\""},
        {"half an end mark", file + std::string(512, '\0'), "file f 1 \"x\""},
        {"no end mark and no padding", file.substr(0, 513), "file f 1 \"x\""},
        {"zeros after the end mark", file + std::string(9999, '\0'), "file f 1 \"x\""},
        {"a second archive after the end mark",
         file + std::string(1024, '\0') + file,
         "file f 1 \"x\"\n# data follows the end-of-archive mark; it was not read as members"},
    };
}

void TestTarCursor::reads_data()
{
    QTest::addColumn<QByteArray>("tar");
    QTest::addColumn<QString>("expected");
    add(plainRows());
    add(extendedRows());
    add(sparseRows());
    add(endRows());
}

void TestTarCursor::reads()
{
    QFETCH(QByteArray, tar);
    QFETCH(QString, expected);
    for (const std::size_t chunk : {kWhole, std::size_t{1}, std::size_t{511}, std::size_t{0}}) {
        QCOMPARE(walk(tar.toStdString(), chunk), expected);
    }
}

void TestTarCursor::refuses_data()
{
    QTest::addColumn<QByteArray>("tar");
    QTest::addColumn<QString>("says");
    const std::string file = TarWriter().file("f", "x").unfinished();
    const auto pax = [](const char *key, const std::string &value) {
        return TarWriter().file("f", "x", {.pax = {{key, value}}}).finish();
    };
    const std::string negative = "\xff"s + std::string(10, '\xff') + "\0"s;
    add({
        {"not a tar", std::string(2048, 'x'), "not a tar archive"},
        {"less than a block", "short", "truncated"},
        {"a header cut", file + file.substr(0, 100), "truncated"},
        {"data cut",
         TarWriter().file("f", std::string(1000, 'x')).unfinished().substr(0, 900),
         "truncated"},
        {"a size beyond the archive",
         TarWriter().raw("f", '0', 8589934591, "x", {}, {}).finish(),
         "truncated"},
        {"the greatest size there is",
         TarWriter().raw("f", '0', INT64_MAX, "x", {}, {}).finish(),
         "truncated"},
        {"a wrong checksum",
         TarWriter(TarWriter().bytes(file)).bytes(std::string(file).replace(0, 1, "g")).finish(),
         "checksum"},
        {"no checksum", std::string(file).replace(148, 8, "notoctal"), "checksum"},
        {"a lone block of zeros", file + std::string(512, '\0') + file, "lone block of zeros"},
        {"one and a half blocks of zeros", file + std::string(700, '\0'), "lone block of zeros"},
        {"a negative size", patched(file, 0, 124, negative), "bad size"},
        {"a size of more than 64 bits",
         patched(file, 0, 124, "\x80\x01"s + std::string(10, '\0')),
         "bad size"},
        {"a size that is no number", patched(file, 0, 124, "12345678\0"s), "bad size"},
        {"a mode that is no number", patched(file, 0, 100, "rwxr-xr-"), "bad mode"},
        {"a user id that is no number",
         patched(file, 0, 108, "\0\0\0\0\0\0\xff\xff"s),
         "bad user id"},
        {"a group id that is no number", patched(file, 0, 116, "-0000001"), "bad group id"},
        {"a time that is no number", patched(file, 0, 136, "9"), "bad modification time"},
        {"a device number that is none",
         patched(TarWriter().raw("c", '3', 0, {}, {}, {}).finish(), 0, 329, "x"),
         "bad device number"},
        {"pax size below zero", pax("size", "-1"), "bad size"},
        {"pax size with a unit", pax("size", "1k"), "bad size"},
        {"pax user id that is no number", pax("uid", "root"), "bad user id"},
        {"pax time that is no number", pax("mtime", "nan"), "bad modification time"},
        {"pax time with an exponent", pax("mtime", "1.5e3"), "bad modification time"},
        {"a NUL in a pax path", pax("path", "evil\0hidden"s), "path holds a NUL"},
        {"a NUL in a pax target", pax("linkpath", "a\0b"s), "linkpath holds a NUL"},
        {"a NUL in a pax key", paxBody('x', "7 a\0=b\n"s), "key holds a NUL"},
        {"pax record without an equals sign", paxBody('x', "8 pathx\n"), "no key"},
        {"pax record without a key", paxBody('x', "5 =b\n"), "no key"},
        {"pax record of length 0", paxBody('x', "0 path=x\n"), "line feed"},
        {"pax record shorter than its length says", paxBody('x', "4 path=x\n"), "line feed"},
        {"pax record longer than the header", paxBody('x', "99 path=x\n"), "longer"},
        {"pax record of a length that overflows",
         paxBody('x', "99999999999999999999 a=b\n"),
         "longer"},
        {"pax record without a length", paxBody('x', " path=x\n"), "its length"},
        {"pax length alone", paxBody('x', "12"), "longer"},
        {"pax record without a line feed", paxBody('x', "9 path=xy"), "line feed"},
        {"bad global header", paxBody('g', "9 path=xy"), "line feed"},
        {"an extended header cut",
         TarWriter().raw("x", 'x', 600, "10 path=x\n", {}, {}).unfinished(),
         "truncated"},
        {"an extended header of negative size",
         patched(TarWriter().raw("x", 'x', 0, {}, {}, {}).finish(), 0, 124, negative),
         "bad size"},
        {"sparse runs overlap",
         oldGnuSparse(sparsePair(4, 4) + sparsePair(6, 2), 20, {}, "abcdef"),
         "overlap"},
        {"a sparse run behind the end", oldGnuSparse(sparsePair(18, 4), 20, {}, "abcd"), "outside"},
        {"a sparse run whose end overflows",
         oldGnuSparse(
             "\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff"s,
             20,
             {},
             "abcd"),
         "outside"},
        {"a negative sparse offset",
         oldGnuSparse(negative + octal(1, 12), 20, {}, "abcd"),
         "pair of numbers"},
        {"more sparse data than stored",
         oldGnuSparse(sparsePair(0, 600), 2000, {}, "abcd"),
         "longer than the data"},
        {"a sparse map cut",
         oldGnuSparse(sparsePair(0, 1), 20, padded(sparsePair(2, 1)), "ab").substr(0, 600),
         "truncated"},
        {"sparse 0.1 with an odd map",
         paxSparse({{"GNU.sparse.size", "9"}, {"GNU.sparse.map", "1,2,3"}}, "abcd"),
         "no size"},
        {"sparse 0.1 with words in the map",
         paxSparse({{"GNU.sparse.size", "9"}, {"GNU.sparse.map", "1,x"}}, "abcd"),
         "else than numbers"},
        {"sparse 1.0 with a comment",
         paxSparse({{"GNU.sparse.major", "1"}, {"GNU.sparse.realsize", "9"}},
                   padded("#1\n1\n0\n1\n")),
         "not a number"},
        {"sparse 1.0 without a size",
         paxSparse({{"GNU.sparse.major", "1"}}, padded("0\n")),
         "bad size"},
        {"sparse 1.0 with a map longer than the data",
         paxSparse({{"GNU.sparse.major", "1"}, {"GNU.sparse.realsize", "9"}}, "2\n0\n"),
         "longer than the data"},
    });
}

void TestTarCursor::refuses()
{
    QFETCH(QByteArray, tar);
    QFETCH(QString, says);
    for (const std::size_t chunk : {kWhole, std::size_t{1}, std::size_t{0}}) {
        test::ChunkStream stream(tar.toStdString(), chunk);
        TarCursor cursor(stream);
        while (cursor.next() != nullptr) {
        }
        QVERIFY(!cursor.status());
        QCOMPARE(cursor.status().error().code, ErrorCode::Corrupt);
        const QString message = QString::fromStdString(cursor.status().error().message);
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY(cursor.next() == nullptr);
        QVERIFY(!cursor.drain());
    }
}

void TestTarCursor::numbers_data()
{
    QTest::addColumn<QByteArray>("tar");
    QTest::addColumn<QString>("expected");
    const std::string file = TarWriter().file("f", "x").finish();
    const auto pax = [](const char *key, const std::string &value) {
        return TarWriter().file("f", "x", {.pax = {{key, value}}}).finish();
    };
    add({
        {"octal",
         TarWriter().file("f", "x", {.mode = 04755, .uid = 1000, .gid = 100}).finish(),
         "4755 1000 100"},
        {"empty fields are 0",
         patched(patched(file, 0, 108, std::string(8, '\0')), 0, 116, "        "),
         "644 0 0"},
        {"blanks around digits", patched(file, 0, 108, "  17 \0  "s), "644 15 0"},
        {"base-256",
         TarWriter().file("f", "x", {.uid = 3'000'000, .gid = 4'294'967'295}).finish(),
         "644 3000000 4294967295"},
        {"pax ids",
         TarWriter().file("f", "x", {.pax = {{"uid", "4294967295"}, {"gid", "07"}}}).finish(),
         "644 4294967295 7"},
        {"base-256 beyond 32 bits",
         TarWriter().file("f", "x", {.uid = 5'000'000'000}).finish(),
         "644 4294967295 0 # the user id 5000000000 is out of range and was clamped: f"},
        {"base-256 below zero",
         patched(file, 0, 116, std::string(8, '\xff')),
         "644 0 0 # the group id -1 is out of range and was clamped: f"},
        {"a pax id of any length",
         pax("uid", std::string(50, '9')),
         "644 4294967295 0 # the user id 9223372036854775807 is out of range and was clamped: f"},
        {"a pax id below zero",
         pax("gid", "-5"),
         "644 0 0 # the group id -5 is out of range and was clamped: f"},
    });
}

void TestTarCursor::numbers()
{
    QFETCH(QByteArray, tar);
    test::ChunkStream stream(tar.toStdString(), kWhole);
    TarCursor cursor(stream);
    const TarMember *member = cursor.next();
    QVERIFY(member != nullptr);
    QString line =
        QStringLiteral("%1 %2 %3").arg(member->mode, 0, 8).arg(member->uid).arg(member->gid);
    for (const std::string &remark : cursor.remarks()) {
        line += QStringLiteral(" # ") + QString::fromStdString(remark);
    }
    QTEST(line, "expected");
}

void TestTarCursor::times_data()
{
    QTest::addColumn<QByteArray>("tar");
    QTest::addColumn<QString>("expected");
    const auto pax = [](const std::string &value) {
        return TarWriter().file("f", "x", {.pax = {{"mtime", value}}}).finish();
    };
    const std::string file = TarWriter().file("f", "x").finish();
    add({
        {"octal", TarWriter().file("f", "x", {.mtime = 1'700'000'000}).finish(), "1700000000 0"},
        {"before 1970, base-256",
         TarWriter().file("f", "x", {.mtime = -86400}).finish(),
         "-86400 0"},
        {"base-256 beyond 64 bits",
         patched(file, 0, 136, "\xbf"s + std::string(11, '\xff')),
         "9223372036854775807 0"},
        {"base-256 far below",
         patched(file, 0, 136, "\xc0"s + std::string(11, '\0')),
         "-9223372036854775808 0"},
        {"whole seconds", pax("1700000000"), "1700000000 0"},
        {"a fraction", pax("1700000000.25"), "1700000000 250000000"},
        {"a fraction finer than nanoseconds", pax("1.0000000019"), "1 1"},
        {"a point and nothing behind it", pax("5."), "5 0"},
        {"a negative fraction", pax("-5.25"), "-6 750000000"},
        {"a fraction below zero", pax("-0.5"), "-1 500000000"},
        {"minus zero", pax("-0"), "0 0"},
        {"far in the future", pax("99999999999999999999.5"), "9223372036854775807 500000000"},
        {"far in the past", pax("-99999999999999999999.5"), "-9223372036854775808 500000000"},
    });
}

void TestTarCursor::times()
{
    QFETCH(QByteArray, tar);
    test::ChunkStream stream(tar.toStdString(), kWhole);
    TarCursor cursor(stream);
    const TarMember *member = cursor.next();
    QVERIFY(member != nullptr);
    QTEST(QStringLiteral("%1 %2").arg(member->mtime).arg(member->mtimeNsec), "expected");
}

void TestTarCursor::offsets()
{
    const std::string sparse = padded("1\n0\n4\n") + "abcd";
    const std::string tar =
        TarWriter()
            .file("a", "aaaa")
            .file("b", "bbbb", {.pax = {{"mtime", "1"}}})
            .file("s", sparse, {.pax = {{"GNU.sparse.major", "1"}, {"GNU.sparse.realsize", "9"}}})
            .finish();
    test::ChunkStream stream(tar, kWhole);
    TarCursor cursor(stream, 10'000);
    QStringList found;
    while (const TarMember *member = cursor.next()) {
        found += QStringLiteral("%1 %2 %3 %4")
                     .arg(QString::fromStdString(member->name))
                     .arg(member->headerOffset)
                     .arg(member->dataOffset)
                     .arg(QString::fromStdString(tar.substr(member->dataOffset - 10'000, 4)));
    }
    QVERIFY(cursor.status().has_value());
    QCOMPARE(found.join(u'\n'),
             QStringLiteral("a 10000 10512 aaaa\nb 11024 12560 bbbb\ns 13072 15120 abcd"));

    // A cursor that starts at a member's first header reads that member.
    test::ChunkStream tail(tar.substr(11'024 - 10'000), kWhole);
    TarCursor second(tail, 11'024);
    const TarMember *member = second.next();
    QVERIFY(member != nullptr);
    QCOMPARE(QString::fromStdString(member->name), QStringLiteral("b"));
    QCOMPARE(member->mtime, 1);
}

void TestTarCursor::skipsWithoutReading()
{
    class CountingSource : public ByteSource
    {
    public:
        explicit CountingSource(std::string bytes)
            : m_bytes(std::move(bytes))
        {}
        std::uint64_t size() const override { return m_bytes.size(); }
        Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
        {
            const std::size_t count = std::min<std::size_t>(into.size(), m_bytes.size() - offset);
            std::ranges::copy(std::as_bytes(std::span(m_bytes)).subspan(offset, count),
                              into.begin());
            bytesRead += count;
            return count;
        }
        mutable std::uint64_t bytesRead = 0;

    private:
        std::string m_bytes;
    };
    const std::string big(20'000'000, 'x');
    const auto source = std::make_shared<CountingSource>(
        TarWriter().file("one", big).file("two", big).file("three", "3").finish());
    const std::unique_ptr<ByteStream> stream = streamOf(source);
    TarCursor cursor(*stream);
    QStringList names;
    while (const TarMember *member = cursor.next()) {
        names += QString::fromStdString(member->name);
    }
    QVERIFY(cursor.status().has_value());
    QCOMPARE(names.join(u' '), QStringLiteral("one two three"));
    QVERIFY(source->bytesRead < 2'000'000);
}

void TestTarCursor::takesEveryByte()
{
    class CountingStream : public test::ChunkStream
    {
    public:
        using ChunkStream::ChunkStream;
        Result<Bytes> next() override
        {
            Result<Bytes> run = ChunkStream::next();
            given += run ? run->size() : 0;
            return run;
        }
        std::size_t given = 0;
    };
    const std::string tar = TarWriter().file("f", std::string(5000, 'x')).finish() + "tail";
    CountingStream walked(tar, 0);
    TarCursor first(walked);
    while (first.next() != nullptr) {
    }
    QCOMPARE(walked.given, tar.size());

    CountingStream drained(tar, 0);
    TarCursor second(drained);
    QVERIFY(second.next() != nullptr);
    QVERIFY(second.drain().has_value());
    QVERIFY(second.next() == nullptr);
    QCOMPARE(drained.given, tar.size());
}

void TestTarCursor::bounds_data()
{
    QTest::addColumn<QByteArray>("tar");
    QTest::addColumn<QString>("says");
    const std::string runs = std::to_string(limits::kSparseRuns + 1) + "\n";
    std::string list = "0,1";
    std::string blocks;
    for (std::uint32_t i = 0; i <= limits::kSparseRuns / 21 + 1; ++i) {
        blocks += std::string(504, '\0') + "\1" + std::string(7, '\0');
    }
    add({
        {"an extended header over 1 MiB",
         TarWriter().raw("x", 'x', limits::kTarMetaBytes + 1, {}, {}, {}).finish(),
         "claims 1048577 bytes"},
        {"a GNU long name of 99 TB",
         TarWriter().raw("L", 'L', 99'000'000'000'000, {}, {}, {}).finish(),
         "claims"},
        {"a long global record",
         [] {
             const std::string path(limits::kTarGlobalBytes + 1, 'p');
             const std::string record = "4108 path=" + path + "\n";
             return paxBody('g', record);
         }(),
         "global pax header"},
        {"a sparse 1.0 map of too many runs",
         paxSparse({{"GNU.sparse.major", "1"}, {"GNU.sparse.realsize", "9"}}, padded(runs)),
         "more than 1048576 runs"},
        {"endless blocks of an old sparse map",
         oldGnuSparse(sparsePair(0, 1), 9, blocks, "x"),
         "more than 1048576 runs"},
    });
}

void TestTarCursor::bounds()
{
    QFETCH(QByteArray, tar);
    QFETCH(QString, says);
    test::ChunkStream stream(tar.toStdString(), kWhole);
    TarCursor cursor(stream);
    QVERIFY(cursor.next() == nullptr);
    QVERIFY(!cursor.status());
    const QString message = QString::fromStdString(cursor.status().error().message);
    QVERIFY2(cursor.status().error().code == ErrorCode::LimitExceeded, qPrintable(message));
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestTarCursor::streamErrorIsKept()
{
    const std::string tar = TarWriter().file("f", std::string(5000, 'x')).finish();
    for (const std::size_t size : {std::size_t{0},
                                   std::size_t{100},
                                   std::size_t{512},
                                   std::size_t{3000},
                                   tar.size() - 700}) {
        test::ChunkStream stream(tar.substr(0, size), 300);
        stream.failAtEnd({ErrorCode::Network, "the line is down"});
        TarCursor cursor(stream);
        while (cursor.next() != nullptr) {
        }
        QVERIFY(!cursor.status());
        QVERIFY((cursor.status().error() == Error{ErrorCode::Network, "the line is down"}));
    }
}

void TestTarCursor::remarksAreBounded()
{
    TarWriter writer;
    for (int i = 0; i < 1000; ++i) {
        writer.raw(std::string(90, 'n') + "\x1b[2J", 'Z', 0, {}, {}, {});
    }
    test::ChunkStream stream(writer.finish(), kWhole);
    TarCursor cursor(stream);
    QVERIFY(cursor.next() == nullptr);
    QCOMPARE(cursor.remarks().size(), std::size_t{101});
    QCOMPARE(QString::fromStdString(cursor.remarks().back()),
             QStringLiteral("more remarks were left out"));
    QVERIFY(cursor.remarks().front().find('\x1b') == std::string::npos);
}

QTEST_APPLESS_MAIN(TestTarCursor)
#include "tst_tarcursor.moc"
