// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/codec.h"
#include "core/archive/decoder.h"
#include "core/archive/inflater.h"
#include "core/base/limits.h"
#include "tests/support/chunkstream.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

using namespace cutaway;
using namespace std::string_literals;

namespace {

constexpr std::size_t kWhole = static_cast<std::size_t>(-1);

/// Text that compresses, but not to nothing.
std::string sampleText(std::size_t size)
{
    std::string text;
    std::uint32_t random = 7;
    while (text.size() < size) {
        random = random * 1664525 + 1013904223;
        text += "line " + std::to_string(random >> 20) + "\n";
    }
    text.resize(size);
    return text;
}

/// One gzip member with every optional header field there is.
std::string gzipWithFields(std::string_view bytes)
{
    const std::string plain = test::gzip(bytes);
    std::string header = "\x1f\x8b\x08\x1e"s + std::string(4, '\0') + "\0\x03"s;
    header += "\x05\x00"s + "extra"s + "name.tar\0"s + "a comment\0"s;
    const auto crc = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef *>(header.data()), static_cast<uInt>(header.size())));
    header += static_cast<char>(crc & 0xff);
    header += static_cast<char>((crc >> 8) & 0xff);
    return header + plain.substr(10);
}

/// A zstd frame of private data, which decoders pass over.
std::string skippableFrame(std::string_view data)
{
    std::string frame = "\x52\x2a\x4d\x18"s;
    for (int i = 0; i < 4; ++i) {
        frame += static_cast<char>((data.size() >> (8 * i)) & 0xff);
    }
    return frame.append(data);
}

la_ssize_t appendTo(archive *, void *out, const void *bytes, std::size_t size)
{
    static_cast<std::string *>(out)->append(static_cast<const char *>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

std::string withFilter(int filter, std::string_view bytes)
{
    std::string out;
    archive *writer = archive_write_new();
    archive_write_set_format_raw(writer);
    archive_write_add_filter(writer, filter);
    archive_write_set_bytes_in_last_block(writer, 1);
    archive_write_open(writer, &out, nullptr, appendTo, nullptr);
    archive_entry *entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(writer, entry);
    archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
    archive_write_free(writer);
    return out;
}

std::string broken(std::string bytes, std::ptrdiff_t fromEnd)
{
    char &c = *(bytes.end() - fromEnd);
    c = static_cast<char>(c ^ 0x55);
    return bytes;
}

std::string truncated(std::string bytes, std::size_t by)
{
    bytes.resize(bytes.size() - by);
    return bytes;
}

QByteArray bytesOf(const std::string &text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// As a decoder does it that was given a gzip engine, read in blocks that fit nothing.
Result<std::string> gunzip(const std::string &packed,
                           std::size_t chunk,
                           std::unique_ptr<Inflater> inflater)
{
    const auto decoder =
        gzipDecoder(std::make_unique<test::ChunkStream>(packed, chunk), std::move(inflater));
    std::string all;
    std::vector<std::byte> block(1000);
    while (true) {
        const Result<std::size_t> got = decoder->fill(block);
        if (!got) {
            return std::unexpected(got.error());
        }
        all.append(reinterpret_cast<const char *>(block.data()), *got);
        if (*got < block.size()) {
            return all;
        }
    }
}

} // namespace

Q_DECLARE_METATYPE(cutaway::Compression)
Q_DECLARE_METATYPE(cutaway::ErrorCode)

class TestCodec : public QObject
{
    Q_OBJECT
private slots:
    void sniffs_data();
    void sniffs();
    void unpacks_data();
    void unpacks();
    void refuses_data();
    void refuses();
    void passesErrorsOn_data();
    void passesErrorsOn();
    void boundsTheZstdWindow();
};

void TestCodec::sniffs_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<Compression>("expected");
    QTest::newRow("gzip") << bytesOf("\x1f\x8b\x08") << Compression::Gzip;
    QTest::newRow("zstd") << bytesOf("\x28\xb5\x2f\xfd") << Compression::Zstd;
    QTest::newRow("zstd, first skippable magic")
        << bytesOf("\x50\x2a\x4d\x18") << Compression::Zstd;
    QTest::newRow("zstd, last skippable magic") << bytesOf("\x5f\x2a\x4d\x18") << Compression::Zstd;
    QTest::newRow("near a skippable magic") << bytesOf("\x60\x2a\x4d\x18") << Compression::None;
    QTest::newRow("xz") << bytesOf("\xfd\x37zXZ\0"s) << Compression::Xz;
    QTest::newRow("xz cut short") << bytesOf("\xfd\x37zXZ"s) << Compression::None;
    QTest::newRow("bzip2") << bytesOf("BZh9") << Compression::Bzip2;
    QTest::newRow("compress") << bytesOf("\x1f\x9d\x90") << Compression::Compress;
    QTest::newRow("pack, which we do not read") << bytesOf("\x1f\x1e") << Compression::None;
    QTest::newRow("a tar") << bytesOf("etc/passwd") << Compression::None;
    QTest::newRow("one byte") << bytesOf("\x1f") << Compression::None;
    QTest::newRow("nothing") << QByteArray() << Compression::None;
}

void TestCodec::sniffs()
{
    QFETCH(QByteArray, first);
    const std::string text = first.toStdString();
    QTEST(sniffCompression(std::as_bytes(std::span(text))), "expected");
}

void TestCodec::unpacks_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<QByteArray>("expected");
    const std::string big = sampleText(1'500'000);
    const std::string small = "hello\n";
    const std::string gz = test::gzip(small);
    const std::string zs = test::zstd(small);
    QTest::newRow("gzip, one member") << bytesOf(test::gzip(big)) << bytesOf(big);
    QTest::newRow("gzip of nothing") << bytesOf(test::gzip("")) << QByteArray();
    QTest::newRow("gzip, three members")
        << bytesOf(gz + test::gzip(big) + gz) << bytesOf(small + big + small);
    QTest::newRow("gzip, an empty member between")
        << bytesOf(gz + test::gzip("") + gz) << bytesOf(small + small);
    QTest::newRow("gzip, zeros after it")
        << bytesOf(gz + std::string(1000, '\0')) << bytesOf(small);
    QTest::newRow("gzip, text after it") << bytesOf(gz + "garbage") << bytesOf(small);
    QTest::newRow("gzip, text after the zeros") << bytesOf(gz + "\0\0text"s) << bytesOf(small);
    QTest::newRow("gzip, half a magic after it") << bytesOf(gz + "\x1f") << bytesOf(small);
    QTest::newRow("gzip, nearly a magic after it") << bytesOf(gz + "\x1fzz") << bytesOf(small);
    QTest::newRow("gzip, every header field")
        << bytesOf(gzipWithFields(small) + gz) << bytesOf(small + small);
    std::string many;
    std::string manyText;
    for (int i = 0; i < 500; ++i) {
        many += test::gzip("member " + std::to_string(i));
        manyText += "member " + std::to_string(i);
    }
    QTest::newRow("gzip, 500 members") << bytesOf(many) << bytesOf(manyText);
    QTest::newRow("zstd, one frame") << bytesOf(test::zstd(big)) << bytesOf(big);
    QTest::newRow("zstd of nothing") << bytesOf(test::zstd("")) << QByteArray();
    QTest::newRow("zstd, two frames") << bytesOf(zs + test::zstd(big)) << bytesOf(small + big);
    QTest::newRow("zstd, a skippable frame first")
        << bytesOf(skippableFrame("toc") + zs) << bytesOf(small);
    QTest::newRow("zstd, skippable frames between and last")
        << bytesOf(zs + skippableFrame(big) + zs + skippableFrame("")) << bytesOf(small + small);
    QTest::newRow("zstd, only a skippable frame") << bytesOf(skippableFrame("x")) << QByteArray();
    QTest::newRow("xz") << bytesOf(withFilter(ARCHIVE_FILTER_XZ, big)) << bytesOf(big);
    QTest::newRow("xz, two streams")
        << bytesOf(withFilter(ARCHIVE_FILTER_XZ, small) + withFilter(ARCHIVE_FILTER_XZ, small))
        << bytesOf(small + small);
    QTest::newRow("xz of xz is unwrapped once")
        << bytesOf(withFilter(ARCHIVE_FILTER_XZ, withFilter(ARCHIVE_FILTER_XZ, small)))
        << bytesOf(withFilter(ARCHIVE_FILTER_XZ, small));
    QTest::newRow("xz of nothing") << bytesOf(withFilter(ARCHIVE_FILTER_XZ, "")) << QByteArray();
    QTest::newRow("bzip2") << bytesOf(withFilter(ARCHIVE_FILTER_BZIP2, big)) << bytesOf(big);
    QTest::newRow("bzip2 of nothing")
        << bytesOf(withFilter(ARCHIVE_FILTER_BZIP2, "")) << QByteArray();
    QTest::newRow("compress") << bytesOf(withFilter(ARCHIVE_FILTER_COMPRESS, big)) << bytesOf(big);
    QTest::newRow("not compressed") << bytesOf(big) << bytesOf(big);
}

void TestCodec::unpacks()
{
    QFETCH(QByteArray, packed);
    QFETCH(QByteArray, expected);
    const std::string bytes = packed.toStdString();
    const Compression compression = sniffCompression(std::as_bytes(std::span(bytes)));
    const std::string wanted = expected.toStdString();
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{7}, std::size_t{0}, kWhole}) {
        if (chunk == 1 && bytes.size() > 20'000) {
            continue;
        }
        const auto stream =
            decompress(std::make_unique<test::ChunkStream>(bytes, chunk), compression);
        const Result<std::string> all = test::readToEnd(*stream);
        QVERIFY2(all.has_value(), all ? "" : all.error().message.c_str());
        QVERIFY(*all == wanted);
        if (compression == Compression::Gzip) {
            const Result<std::string> withZlib = gunzip(bytes, chunk, zlibInflater());
            QVERIFY2(withZlib.has_value(), withZlib ? "" : withZlib.error().message.c_str());
            QVERIFY(*withZlib == wanted);
            QVERIFY(gunzip(bytes, chunk, fastInflater()) == wanted);
        }
    }
}

void TestCodec::refuses_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<QString>("says");
    const std::string big = sampleText(300'000);
    const std::string gz = test::gzip(big);
    const std::string zs = test::zstd(big);
    const std::string xz = withFilter(ARCHIVE_FILTER_XZ, big);
    const std::string bz = withFilter(ARCHIVE_FILTER_BZIP2, big);
    const auto row = [](const char *name, const std::string &packed, const char *says) {
        QTest::newRow(name) << bytesOf(packed) << QString::fromLatin1(says);
    };
    row("gzip, wrong CRC", broken(gz, 8), "check");
    row("gzip, wrong size", broken(gz, 4), "broken gzip");
    row("gzip, wrong CRC of the first of two members", broken(gz, 8) + gz, "check");
    const std::string fields = gzipWithFields(big);
    row("gzip, wrong CRC of the header", broken(fields, std::ssize(fields) - 37), "header");
    row("gzip, cut in the header's fields", fields.substr(0, 20), "truncated");
    row("gzip, cut in the header", gz.substr(0, 5), "truncated");
    row("gzip, cut in the data", gz.substr(0, gz.size() / 2), "truncated");
    row("gzip, cut before the trailer", truncated(gz, 8), "truncated");
    row("gzip, cut in the trailer", truncated(gz, 3), "truncated");
    row("gzip, second member broken", gz + "\x1f\x8bzzzzzzzzzzzz", "broken gzip");
    row("gzip, second member cut", gz + gz.substr(0, 12), "truncated");
    row("gzip, no such method", "\x1f\x8b\x07\0\0\0\0\0\0\x03\1\2\3\4"s, "broken gzip");
    row("gzip, a reserved block type",
        "\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"s,
        "broken gzip");
    row("zstd, cut", truncated(zs, 10), "truncated");
    row("zstd, cut in the first header", zs.substr(0, 5), "truncated");
    row("zstd, cut in a skippable frame", truncated(zs + skippableFrame("abc"), 1), "truncated");
    row("zstd, text after it", zs + "garbage", "broken zstd");
    row("zstd, broken", broken(zs, 200), "broken zstd");
    row("xz, cut", truncated(xz, 40), "broken xz");
    row("xz, broken", broken(xz, 200), "broken xz");
    row("bzip2, cut", truncated(bz, 40), "broken bzip2");
    row("bzip2, broken", broken(bz, 200), "broken bzip2");
}

void TestCodec::refuses()
{
    QFETCH(QByteArray, packed);
    QFETCH(QString, says);
    const std::string bytes = packed.toStdString();
    const Compression compression = sniffCompression(std::as_bytes(std::span(bytes)));
    QVERIFY(compression != Compression::None);
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{0}, kWhole}) {
        const auto stream =
            decompress(std::make_unique<test::ChunkStream>(bytes, chunk), compression);
        std::vector<Result<std::string>> results = {test::readToEnd(*stream)};
        if (compression == Compression::Gzip) {
            results.push_back(gunzip(bytes, chunk, zlibInflater()));
        }
        for (const Result<std::string> &result : results) {
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Corrupt);
            const QString message = QString::fromStdString(result.error().message);
            QVERIFY2(message.contains(says), qPrintable(message));
            QVERIFY2(message.contains(QLatin1String("at byte")), qPrintable(message));
        }
    }
}

void TestCodec::passesErrorsOn_data()
{
    QTest::addColumn<QByteArray>("packed");
    const std::string big = sampleText(300'000);
    QTest::newRow("gzip") << bytesOf(test::gzip(big));
    QTest::newRow("zstd") << bytesOf(test::zstd(big));
    QTest::newRow("xz") << bytesOf(withFilter(ARCHIVE_FILTER_XZ, big));
    QTest::newRow("bzip2") << bytesOf(withFilter(ARCHIVE_FILTER_BZIP2, big));
    QTest::newRow("compress") << bytesOf(withFilter(ARCHIVE_FILTER_COMPRESS, big));
}

void TestCodec::passesErrorsOn()
{
    QFETCH(QByteArray, packed);
    const std::string bytes = packed.toStdString();
    auto source = std::make_unique<test::ChunkStream>(bytes.substr(0, bytes.size() / 2), 1000);
    source->failAtEnd({ErrorCode::Network, "the line is down"});
    const auto stream =
        decompress(std::move(source), sniffCompression(std::as_bytes(std::span(bytes))));
    const Result<std::string> all = test::readToEnd(*stream);
    QVERIFY(!all);
    QVERIFY((all.error() == Error{ErrorCode::Network, "the line is down"}));
}

void TestCodec::boundsTheZstdWindow()
{
    // A frame header alone: no checksum, no content size, window descriptor with exponent 31 - 10.
    const std::string frame = "\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00"s;
    const auto stream =
        decompress(std::make_unique<test::ChunkStream>(frame, kWhole), Compression::Zstd);
    const Result<std::string> all = test::readToEnd(*stream);
    QVERIFY(!all);
    QCOMPARE(all.error().code, ErrorCode::LimitExceeded);
    QVERIFY(all.error().message.find("128 MiB") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestCodec)
#include "tst_codec.moc"
