// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/preview.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/elfwriter.h"
#include "tests/support/tarwriter.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

constexpr const char *kCertificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBuzCCAWKgAwIBAgICEjQwCgYIKoZIzj0EAwIwKDEQMA4GA1UECgwHRXhhbXBs\n"
    "ZTEUMBIGA1UEAwwLZXhhbXBsZS5vcmcwHhcNMjYxMTI3MTUwMDI5WhcNMzYxMTI0\n"
    "MTUwMDI5WjAoMRAwDgYDVQQKDAdFeGFtcGxlMRQwEgYDVQQDDAtleGFtcGxlLm9y\n"
    "ZzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNjJuCXgCnVLhj+Z7UYSkb95e7RK\n"
    "usVpMZ1QZlEyTv9W7w4s8O3JBVP1b4p2/1loZagrlxeoO5QHnTkvTCTrRNCjfDB6\n"
    "MB0GA1UdDgQWBBT938rNYMrpR7mj5ttd6UYKlPIwBjAfBgNVHSMEGDAWgBT938rN\n"
    "YMrpR7mj5ttd6UYKlPIwBjAPBgNVHRMBAf8EBTADAQH/MCcGA1UdEQQgMB6CC2V4\n"
    "YW1wbGUub3Jngg93d3cuZXhhbXBsZS5vcmcwCgYIKoZIzj0EAwIDRwAwRAIgZ197\n"
    "8bEShpeziESBZ6p+U8saTu4qHdQro9VvDT8jGSsCID4qOsbrwjTQz10HJ4oQoxI5\n"
    "/2T4qKkzPV4YuZtU+uxF\n"
    "-----END CERTIFICATE-----\n";

/// What a collector makes of the bytes, given in runs of so many.
Preview previewOf(std::string_view path,
                  const std::string &bytes,
                  std::uint64_t wanted = limits::kPreviewFirstBytes,
                  std::size_t run = 64 * 1024)
{
    PreviewCollector collector(path, bytes.size(), wanted);
    for (std::size_t at = 0; at < bytes.size(); at += run) {
        if (!collector.feed(std::as_bytes(std::span(std::string_view(bytes).substr(at, run))))) {
            break;
        }
    }
    return collector.finish(Monitor());
}

std::string zipOf(std::string_view name, std::string_view content)
{
    const auto number = [](std::uint64_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i) {
            text += static_cast<char>(value >> (8 * i) & 255U);
        }
        return text;
    };
    std::string sizes = number(content.size(), 4) + number(content.size(), 4);
    std::string file =
        "PK\3\4" + std::string(14, '\0') + sizes + number(name.size(), 2) + number(0, 2);
    file += std::string(name) + std::string(content);
    const std::uint64_t directory = file.size();
    file +=
        "PK\1\2" + std::string(16, '\0') + sizes + number(name.size(), 2) + std::string(16, '\0');
    file += std::string(name);
    const std::uint64_t length = file.size() - directory;
    return file + "PK\5\6" + std::string(4, '\0') + number(1, 2) + number(1, 2) + number(length, 4)
           + number(directory, 4) + number(0, 2);
}

std::string membersOf(const std::optional<ArchiveListing> &listing)
{
    std::string text = listing ? listing->format + ":" : "none";
    for (const ArchiveMember &member : listing ? listing->members : std::vector<ArchiveMember>()) {
        text += ' ' + member.name + '=' + std::to_string(member.size);
    }
    return text;
}

std::string someTar()
{
    return TarWriter().file("a", "1").directory("d/").file("d/b", "22").finish();
}

} // namespace

class TestPreview : public QObject
{
    Q_OBJECT

private slots:
    void kinds_data();
    void kinds();
    void smallRunsTellTheSame_data() { kinds_data(); }
    void smallRunsTellTheSame();
    void textIsBounded();
    void moreCanBeAskedFor();
    void elfTellsItsSections();
    void elfWithoutTable();
    void certificates();
    void listsArchives_data();
    void listsArchives();
    void listsWhatThereIsOfALongArchive();
    void compressedTextIsUnpacked();
    void readsOutOfAnImage();
    void cancels();
};

void TestPreview::kinds_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    const auto row =
        [](const char *name, const char *path, const std::string &bytes, PreviewKind kind) {
            QTest::newRow(name) << QString::fromLatin1(path) << QByteArray::fromStdString(bytes)
                                << static_cast<int>(kind);
        };
    row("nothing", "/a", "", PreviewKind::Empty);
    row("text", "/a", "hello\n", PreviewKind::Text);
    row("binary", "/a", std::string("\1\0\2", 3), PreviewKind::Binary);
    row("PNG",
        "/a",
        std::string("\x89PNG\r\n\x1a\n", 8) + std::string(600, '\0'),
        PreviewKind::Picture);
    row("a drawing is text", "/a.svg", "<svg xmlns=\"x\"/>", PreviewKind::Text);
    row("WebP", "/a", "RIFF1234WEBPVP8 ", PreviewKind::Picture);
    row("RIFF of another kind", "/a", std::string("RIFF\0\0\0\0WAVE", 12), PreviewKind::Binary);
    row("program", "/a", elfOf({}), PreviewKind::Elf);
    row("program cut short", "/a", elfOf({}).substr(0, 40), PreviewKind::Binary);
    row("certificate", "/a.pem", kCertificate, PreviewKind::Certificate);
    row("a broken certificate is text",
        "/a.pem",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        PreviewKind::Text);
    row("tar", "/a", someTar(), PreviewKind::Archive);
    row("tar in gzip", "/a", gzip(someTar()), PreviewKind::Archive);
    row("gzip of text", "/a.gz", gzip("hello"), PreviewKind::Text);
    row("gzip of bytes", "/a.gz", gzip(std::string("\0\1\2", 3)), PreviewKind::Binary);
    row("zip", "/a", zipOf("x", "y"), PreviewKind::Archive);
}

void TestPreview::kinds()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    const Preview preview = previewOf(path.toStdString(), bytes.toStdString());
    QCOMPARE(static_cast<int>(preview.kind), kind);
    QCOMPARE(preview.size, static_cast<std::uint64_t>(bytes.size()));
    QVERIFY(preview.isWhole);
    QCOMPARE(QByteArray::fromStdString(preview.bytes), bytes);
}

void TestPreview::smallRunsTellTheSame()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    const Preview preview = previewOf(path.toStdString(), bytes.toStdString(), 4096, 7);
    QCOMPARE(static_cast<int>(preview.kind), kind);
    QCOMPARE(preview.bytes.size(),
             std::min<std::size_t>(4096, static_cast<std::size_t>(bytes.size())));
}

void TestPreview::textIsBounded()
{
    const std::string text(3 << 20, 'x');
    PreviewCollector collector("/a", text.size(), 1000);
    QVERIFY2(!collector.feed(std::as_bytes(std::span(std::string_view(text).substr(0, 1000)))),
             "nothing more is read");
    const Preview preview = collector.finish(Monitor());
    QCOMPARE(preview.bytes.size(), std::size_t{1000});
    QVERIFY(!preview.isWhole);
    QVERIFY(!preview.isTextWhole);
    QCOMPARE(preview.text->text.size(), std::size_t{1000});
}

void TestPreview::moreCanBeAskedFor()
{
    const std::string text(9 << 20, 'x');
    QCOMPARE(previewOf("/a", text, 2000).bytes.size(), std::size_t{2000});
    QCOMPARE(previewOf("/a", text, 64u << 20).bytes.size(), std::size_t{limits::kPreviewMostBytes});
}

void TestPreview::elfTellsItsSections()
{
    const std::string bytes = elfOf({.interpreter = "/lib/ld.so",
                                     .needed = {"libc.so.6"},
                                     .codeBytes = 300'000,
                                     .debugBytes = 5000,
                                     .symbolBytes = 400});
    const Preview preview = previewOf("/a", bytes, 4096);
    QVERIFY(preview.elf.has_value());
    QCOMPARE(preview.elf->interpreter, std::string("/lib/ld.so"));
    QCOMPARE(preview.elf->needed, std::vector<std::string>{"libc.so.6"});
    QCOMPARE(preview.elf->symbolBytes > 0, true);
    QCOMPARE(preview.bytes.size(), std::size_t{4096});
    std::uint64_t debug = 0;
    std::string names;
    for (const ElfSection &section : preview.sections) {
        names += section.name + ' ';
        debug = section.name == ".debug_info" ? section.bytes : debug;
    }
    QVERIFY2(debug == 5000, names.c_str());
    QCOMPARE(elfMachineName(preview.elf->machine), std::string_view("x86-64"));
    QCOMPARE(elfMachineName(9999), std::string_view());
}

void TestPreview::elfWithoutTable()
{
    std::string bytes = elfOf({.debugBytes = 5000});
    for (std::size_t i = 40; i < 48; ++i) {
        bytes[i] = '\x7f'; // the place of the table: far behind the end
    }
    const Preview preview = previewOf("/a", bytes);
    QVERIFY(preview.elf.has_value());
    QVERIFY(preview.sections.empty());
}

void TestPreview::certificates()
{
    const Preview preview =
        previewOf("/bundle.crt", "# a comment\n" + std::string(kCertificate) + kCertificate);
    QCOMPARE(preview.certificates.size(), std::size_t{2});
    const Certificate &one = preview.certificates.front();
    QCOMPARE(one.subject, std::string("O=Example, CN=example.org"));
    QCOMPARE(one.issuer, one.subject);
    QVERIFY(one.isSelfIssued);
    QVERIFY(one.isAuthority);
    QCOMPARE(one.serial, std::string("1234"));
    QCOMPARE(one.key, std::string("EC 256"));
    QCOMPARE(one.names, (std::vector<std::string>{"DNS:example.org", "DNS:www.example.org"}));
    QCOMPARE(one.validFrom, std::optional<std::int64_t>(1795791629));
    QCOMPARE(one.validUntil, std::optional<std::int64_t>(2111151629));
    QCOMPARE(one.sha256,
             std::string("01bdc4508fe7ec54e5db4e2119413aaae714985453cad552aa32b373e91ba2e9"));
    QVERIFY(preview.text.has_value());
    QCOMPARE(readCertificates(preview.bytes, 1).size(), std::size_t{1});
    QVERIFY(readCertificates("\x30\x82\xff\xff no", 9).empty());
}

void TestPreview::listsArchives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("members");
    const auto row = [](const char *name, const std::string &bytes, const char *members) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(members);
    };
    row("tar", someTar(), "tar: a=1 d/=0 d/b=2");
    row("gzip", gzip(someTar()), "tar, gzip: a=1 d/=0 d/b=2");
    row("zstd", zstd(someTar()), "tar, zstd: a=1 d/=0 d/b=2");
    row("zip", zipOf("x/y", "123"), "zip: x/y=3");
    row("ar",
        "!<arch>\ndebian-binary   0           0     0     100644  4         `\n2.0\n"
        "c/              0           0     0     100644  1         `\nx\n",
        "ar: debian-binary=4 c=1");
    row("text", "hello", "none");
    row("gzip of text", gzip("hello"), "none");
}

void TestPreview::listsArchives()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, members);
    const auto listing = listArchive(bytes.toStdString(), true, Monitor());
    QCOMPARE(QByteArray::fromStdString(membersOf(listing)), members);
    QVERIFY(!listing || listing->isWhole);
}

void TestPreview::listsWhatThereIsOfALongArchive()
{
    TarWriter tar;
    for (int i = 0; i < 6; ++i) {
        tar.file("f" + std::to_string(i), std::string(5000, 'x'));
    }
    const auto part = listArchive(tar.finish().substr(0, 13000), false, Monitor());
    QVERIFY(part.has_value());
    QVERIFY(!part->isWhole);
    QVERIFY(part->problem.empty());
    QVERIFY(part->members.size() >= 2 && part->members.size() < 6);
    const auto damaged = listArchive(tar.finish().substr(0, 13000), true, Monitor());
    QVERIFY(damaged.has_value());
    QVERIFY(!damaged->problem.empty());

    TarWriter many;
    for (std::size_t i = 0; i <= limits::kPreviewMembers; ++i) {
        many.file("f", "");
    }
    const auto bounded = listArchive(many.finish(), true, Monitor());
    QCOMPARE(bounded->members.size(), limits::kPreviewMembers);
    QVERIFY(!bounded->isWhole);
}

void TestPreview::compressedTextIsUnpacked()
{
    const Preview preview =
        previewOf("/usr/share/doc/a/config.ini.gz", gzip("[a]\n" + std::string(9000, 'x')), 600);
    QCOMPARE(preview.kind, PreviewKind::Text);
    QCOMPARE(preview.compression, std::string("gzip"));
    QCOMPARE(preview.text->text.size(), std::size_t{600});
    QVERIFY(!preview.isTextWhole);
    QCOMPARE(preview.language, Language::Ini);
}

void TestPreview::readsOutOfAnImage()
{
    TestImage image;
    image.layers = {
        TarWriter().file("etc/a.ini", "[a]\n").hardlink("b", "etc/a.ini").directory("d/").finish()};
    image.blobs = {gzip(image.layers[0])};
    image.mediaTypes = {"application/vnd.oci.image.layer.v1.tar+gzip"};
    image.diffIds = {"sha256:" + sha256Hex(image.layers[0])};
    const Folder folder;
    const std::string path = folder.write("image.tar", tarOf(ociFiles(image)));
    Monitor monitor;
    auto source = openSource(pathReference(path), {}, monitor);
    QVERIFY(source.has_value());
    const auto loaded = loadImage(**source, {}, monitor);
    QVERIFY(loaded.has_value());
    const PathTree &tree = *(*loaded)->tree;
    const auto read = [&](std::string_view name) {
        return readPreview(**source, **loaded, tree.finalEntry(tree.find(name)), 4096, monitor);
    };
    const auto file = read("/etc/a.ini");
    QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
    QCOMPARE(file->language, Language::Ini);
    QCOMPARE(file->bytes, std::string("[a]\n"));
    QCOMPARE(read("/b")->bytes, std::string("[a]\n"));
    QCOMPARE(read("/d").error().code, ErrorCode::InvalidInput);
}

void TestPreview::cancels()
{
    Monitor monitor;
    monitor.cancel();
    const auto listing = listArchive(gzip(someTar()), true, monitor);
    QVERIFY(listing.has_value());
    QVERIFY(!listing->isWhole);
}

QTEST_GUILESS_MAIN(TestPreview)
#include "tst_preview.moc"
