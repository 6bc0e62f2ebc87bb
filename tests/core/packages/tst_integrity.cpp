// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/base/hashsums.h"
#include "core/packages/integrity.h"
#include "core/packages/packagelimits.h"
#include "tests/core/packages/rpmwriter.h"
#include "tests/support/auditimage.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <map>
#include <string>
#include <vector>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// Contents that have to be read: those of a map by path.
struct Store
{
    const Image &image;
    std::map<std::string, std::string> files;
    std::vector<std::string> read = {};

    WholeContents contents()
    {
        return {.kept = [](EntryId) { return std::string_view(); },
                .way = [](EntryId) { return std::uint64_t{0}; },
                .read =
                    [this](const std::vector<EntryId> &entries, const WholeContents::Visit &visit) {
                        for (const EntryId entry : entries) {
                            const std::string path =
                                image.tree->path(image.tree->entry(entry).node);
                            read.push_back(path);
                            if (const auto found = files.find(path); found != files.end()) {
                                visit(entry, found->second);
                            }
                        }
                    }};
    }
};

std::string described(const Image &image, const Packages &packages)
{
    std::string text = std::to_string(packages.checks->compared) + " compared "
                       + std::to_string(packages.checks->leftOut) + " left out";
    for (const DifferingFile &file : packages.checks->different) {
        text += ' ' + image.tree->path(file.node) + ' ' + packages.list[file.package].record.name;
    }
    return text;
}

constexpr std::string_view kPackage =
    "layer a\n"
    R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
    "\n"
    R"(text var/lib/dpkg/info/a.list /usr/a\n/usr/b\n/etc/c\n)"
    "\nfile var/lib/dpkg/info/a.md5sums 99 m\nfile usr/a 6 a\nfile usr/b 6 b\n"
    "file etc/c 6 c\n";

std::string sums()
{
    return md5Hex("hello\n") + "  usr/a\n" + md5Hex("world\n") + "  usr/b\n" + md5Hex("x")
           + "  etc/c\n";
}

/// As auditImage() understands it.
std::string escaped(std::string_view bytes)
{
    constexpr const char *kDigits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += "\\x";
        text += kDigits[byte >> 4];
        text += kDigits[byte & 0xF];
    }
    return text;
}

} // namespace

class TestIntegrity : public QObject
{
    Q_OBJECT

private slots:
    void laterLayersAreRead();
    void unreadable();
    void tooLarge();
    void tooMany();
    void pacman();
    void rpm();
};

/// All times are equal in these images: what the step that installs wrote may have changed too.
void TestIntegrity::laterLayersAreRead()
{
    const std::string text = std::string(kPackage) + "layer b\nfile usr/a 6 z\n";
    const Image image = auditImage(text);
    Packages packages = findPackages(image, *auditContents(text), {});
    Store store{
        image,
        {{"/var/lib/dpkg/info/a.md5sums", sums()}, {"/usr/a", "HELLO\n"}, {"/usr/b", "world\n"}}};
    checkFiles(image, *auditContents(text), store.contents(), packages);
    QCOMPARE(described(image, packages), std::string("2 compared 0 left out /usr/a a"));
    QCOMPARE(store.read,
             (std::vector<std::string>{"/var/lib/dpkg/info/a.md5sums", "/usr/a", "/usr/b"}));
}

void TestIntegrity::unreadable()
{
    const std::string text(kPackage);
    const Image image = auditImage(text);
    Packages packages = findPackages(image, *auditContents(text), {});
    Store none{image, {}};
    checkFiles(image, *auditContents(text), none.contents(), packages);
    QCOMPARE(described(image, packages), std::string("0 compared 2 left out"));
    Store sumsAlone{image, {{"/var/lib/dpkg/info/a.md5sums", sums()}}};
    checkFiles(image, *auditContents(text), sumsAlone.contents(), packages);
    QCOMPARE(described(image, packages), std::string("0 compared 2 left out"));
}

/// What is unpacked for it is bounded too; the rest goes on.
void TestIntegrity::tooLarge()
{
    const std::string text = std::string(kPackage) + "layer b\nfile usr/a "
                             + std::to_string(limits::kCheckedLeast + 1) + " z\n";
    const Image image = auditImage(text);
    Packages packages = findPackages(image, *auditContents(text), {});
    Store store{image, {{"/var/lib/dpkg/info/a.md5sums", sums()}, {"/usr/b", "world\n"}}};
    checkFiles(image, *auditContents(text), store.contents(), packages);
    QCOMPARE(described(image, packages), std::string("1 compared 1 left out"));
}

void TestIntegrity::tooMany()
{
    constexpr std::size_t kMore = 3;
    std::string list;
    std::string files;
    std::string checksums;
    std::map<std::string, std::string> contents;
    for (std::size_t i = 0; i < limits::kCheckedFiles + kMore; ++i) {
        const std::string name = "usr/f" + std::to_string(i);
        list += '/' + name + "\\n";
        files += "file " + name + " 6 " + name + '\n';
        checksums += md5Hex("hello\n") + "  " + name + '\n';
        contents["/" + name] = "hello\n";
    }
    contents["/var/lib/dpkg/info/a.md5sums"] = checksums;
    const std::string text =
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
        "\ntext var/lib/dpkg/info/a.list "
        + list + "\nfile var/lib/dpkg/info/a.md5sums 99 m\n" + files;
    const Image image = auditImage(text);
    Packages packages = findPackages(image, *auditContents(text), {});
    Store store{image, contents};
    checkFiles(image, *auditContents(text), store.contents(), packages);
    QCOMPARE(described(image, packages), std::string("500 compared 3 left out"));
}

/// What pacman wrote of a package's files is read when one of them may have changed.
void TestIntegrity::pacman()
{
    const std::string text =
        "layer a\n"
        R"(text var/lib/pacman/local/a-1/desc %NAME%\na\n\n%VERSION%\n1\n)"
        "\n"
        R"(text var/lib/pacman/local/a-1/files %FILES%\nusr/\nusr/a\nusr/b\n)"
        "\nfile var/lib/pacman/local/a-1/mtree 99 m\nfile usr/a 6 a\nfile usr/b 6 b\n"
        "layer b\nfile usr/a 6 z\n";
    const Image image = auditImage(text);
    Packages packages = findPackages(image, *auditContents(text), {});
    const std::string sums = "#mtree\n./usr/a sha256digest=" + sha256Hex("hello\n")
                             + "\n./usr/b sha256digest=" + sha256Hex("world\n") + '\n';
    Store store{image,
                {{"/var/lib/pacman/local/a-1/mtree", gzip(sums)},
                 {"/usr/a", "HELLO\n"},
                 {"/usr/b", "world\n"}}};
    checkFiles(image, *auditContents(text), store.contents(), packages);
    QCOMPARE(described(image, packages), std::string("2 compared 0 left out /usr/a a"));
    Store damaged{image, {{"/var/lib/pacman/local/a-1/mtree", "no gzip"}}};
    checkFiles(image, *auditContents(text), damaged.contents(), packages);
    QCOMPARE(described(image, packages), std::string("0 compared 2 left out"));
}

/// rpm's digests are not kept with its records: the database is read once more.
void TestIntegrity::rpm()
{
    const std::string database =
        slotsOf({HeaderWriter()
                     .texts(1000, {"a"})
                     .texts(1001, {"1"})
                     .texts(1035, {sha256Hex("hello\n"), md5Hex("world\n")})
                     .numbers(1116, {0, 0})
                     .texts(1117, {"a", "b"})
                     .texts(1118, {"/usr/"})
                     .bytes()});
    const std::string text = "layer a\ntext var/lib/rpm/Packages.db " + escaped(database)
                             + "\nfile usr/a 6 a\nfile usr/b 6 b\nlayer b\nfile usr/a 6 z\n";
    const Image image = auditImage(text);
    Packages packages = findPackages(image, *auditContents(text), {});
    QCOMPARE(packages.list.size(), std::size_t{1});
    Store store{
        image,
        {{"/var/lib/rpm/Packages.db", database}, {"/usr/a", "HELLO\n"}, {"/usr/b", "world\n"}}};
    checkFiles(image, *auditContents(text), store.contents(), packages);
    QCOMPARE(described(image, packages), std::string("2 compared 0 left out /usr/a a"));
    QCOMPARE(store.read.front(), std::string("/var/lib/rpm/Packages.db"));
}

QTEST_GUILESS_MAIN(TestIntegrity)
#include "tst_integrity.moc"
