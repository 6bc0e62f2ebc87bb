// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/collector.h"
#include "core/packages/packagelimits.h"
#include "core/packages/programs.h"
#include "core/packages/recordcodec.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace cutaway;

namespace {

std::string described(const std::optional<PackageRecords> &records)
{
    if (!records) {
        return "-";
    }
    std::string text;
    for (const PackageRecord &package : records->packages) {
        text += std::string(ecosystemName(package.ecosystem)) + ' ' + package.name + ' '
                + package.version;
        for (const std::string &need : package.needs) {
            text += " needs " + need;
        }
        text += package.files.empty() ? "\n" : " the program\n";
    }
    return text;
}

/// As Go writes it: an identifier, and two texts with their lengths.
std::string goInfo(const std::string &version, const std::string &modules)
{
    const auto text = [](const std::string &bytes) {
        std::string length;
        std::size_t left = bytes.size();
        for (; left >= 0x80; left >>= 7) {
            length += static_cast<char>(left | 0x80);
        }
        return length + static_cast<char>(left) + bytes;
    };
    const std::string mark(16, 'm');
    std::string info = "\xff Go buildinf:";
    info += '\x08';
    info += '\x02';
    info.resize(32);
    return info + text(version) + text(modules.empty() ? "" : mark + modules + mark);
}

/// As `cargo auditable` writes it.
std::string auditData(const QByteArray &json)
{
    return qCompress(json).mid(4).toStdString(); // Qt puts the length before a zlib stream
}

std::string littleEndian(std::uint64_t number, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i) {
        text += static_cast<char>(number >> (8 * i));
    }
    return text;
}

struct Program
{
    std::string data = {};        ///< that it may write to
    std::string section = {};     ///< behind what is loaded
    std::string name = ".dep-v0"; ///< of the section
    std::uint16_t type = 3;
    std::size_t codeBytes = 5000;
    std::size_t gap = 0; ///< between the section and the names
};

/// A program for 64 bits: headers, code, data, a section, the sections' names and their table.
std::string elfOf(const Program &program)
{
    constexpr std::size_t kFront = 64 + 2 * 56;
    const std::size_t codeEnd = (kFront + program.codeBytes + 15) / 16 * 16;
    const std::size_t dataEnd = codeEnd + program.data.size();
    const std::string names = std::string("\0.shstrtab\0", 11) + program.name + '\0';
    const std::size_t namesAt = dataEnd + program.section.size() + program.gap;
    const auto segment = [](std::uint32_t flags, std::size_t from, std::size_t to) {
        return littleEndian(1, 4) + littleEndian(flags, 4) + littleEndian(from, 8)
               + littleEndian(0x400000 + from, 8) + std::string(8, '\0')
               + littleEndian(to - from, 8) + std::string(16, '\0');
    };
    const auto record = [](std::uint32_t name, std::size_t from, std::size_t size) {
        return littleEndian(name, 4) + littleEndian(1, 4) + std::string(16, '\0')
               + littleEndian(from, 8) + littleEndian(size, 8) + std::string(24, '\0');
    };
    std::string file = std::string("\x7f"
                                   "ELF\2\1\1",
                                   7)
                       + std::string(9, '\0') + littleEndian(program.type, 2) + littleEndian(62, 2)
                       + littleEndian(1, 4) + littleEndian(0, 8) + littleEndian(64, 8)
                       + littleEndian(namesAt + names.size(), 8) + littleEndian(0, 4)
                       + littleEndian(64, 2) + littleEndian(56, 2) + littleEndian(2, 2)
                       + littleEndian(64, 2) + littleEndian(3, 2) + littleEndian(1, 2);
    file += segment(5, 0, codeEnd) + segment(6, codeEnd, dataEnd);
    file.resize(codeEnd, 'c');
    file += program.data + program.section + std::string(program.gap, 'g') + names;
    return file + record(0, 0, 0) + record(1, namesAt, names.size())
           + record(11, dataEnd, program.section.size());
}

/// What comes out when the file passes by in runs of so many bytes.
std::string collected(const std::string &file, std::size_t run)
{
    ProgramCollector collector;
    collector.reset();
    for (std::size_t at = 0; at < file.size(); at += run) {
        collector.feed(std::as_bytes(std::span(std::string_view(file).substr(at, run))));
    }
    return described(collector.finish());
}

const std::string kModules = "path\texample.com/a/cmd\nmod\texample.com/a\t(devel)\t\n"
                             "dep\tgithub.com/b/c\tv1.2.3\th1:x\ndep\tx.org/old\tv0.1.0\n"
                             "=>\tx.org/new\tv0.2.0\th1:y\ndep\tx.org/here\tv0.3.0\n=>\t./here\t\n"
                             "build\t-compiler=gc\n";
const std::string kModulesFound = "golang example.com/a (devel) the program\n"
                                  "golang github.com/b/c v1.2.3\ngolang x.org/new v0.2.0\n"
                                  "golang x.org/here v0.3.0\ngolang stdlib 1.22.1\n";
const QByteArray kCrates = R"({"packages": [
    {"name": "app", "version": "0.1.0", "source": "local", "dependencies": [1, 2, 7], "root": true},
    {"name": "libc", "version": "0.2.1", "source": "crates.io"},
    {"name": "cc", "version": "1.0.0", "source": "crates.io", "kind": "build"}]})";
const std::string kCratesFound =
    "cargo app 0.1.0 needs libc needs cc the program\ncargo libc 0.2.1\n";

} // namespace

class TestPrograms : public QObject
{
    Q_OBJECT

private slots:
    void goBuildInfo_data();
    void goBuildInfo();
    void rustAuditData();
    void passing_data();
    void passing();
    void collecting();
    void damagedBytes();
};

void TestPrograms::goBuildInfo_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char *what, const std::string &bytes, const std::string &found) {
        QTest::newRow(what) << QByteArray::fromStdString(bytes) << QByteArray::fromStdString(found);
    };
    row("modules, replaced ones too", goInfo("go1.22.1", kModules), kModulesFound);
    row("a changed toolchain",
        goInfo("go1.21.3 X:boringcrypto", ""),
        "golang stdlib 1.21.3 the program\n");
    row("a toolchain of no release", goInfo("devel +abc", kModules).substr(0, 60), "-");
    std::string older = goInfo("go1.17", kModules);
    older[15] = '\0';
    row("addresses instead of texts", older, "-");
    row("ends too early", goInfo("go1.22.1", kModules).substr(0, 100), "-");
    row("a length that never ends", goInfo("", "").substr(0, 32) + std::string(20, '\xff'), "-");
    row("something else", "\xff Go buildid:", "-");
    row("nothing", "", "-");
}

void TestPrograms::goBuildInfo()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, found);
    QCOMPARE(QByteArray::fromStdString(described(readGoBuildInfo(bytes.toStdString()))), found);
}

void TestPrograms::rustAuditData()
{
    const std::string data = auditData(kCrates);
    QCOMPARE(described(readRustAuditData(data)), kCratesFound);
    QCOMPARE(described(readRustAuditData(data.substr(0, data.size() / 2))), std::string("-"));
    QCOMPARE(described(readRustAuditData("")), std::string("-"));
    QCOMPARE(described(readRustAuditData(auditData("{}"))), std::string("-"));
    QCOMPARE(described(readRustAuditData(auditData("no JSON"))), std::string("-"));
    // What unpacks to more than is read.
    const QByteArray much(static_cast<qsizetype>(limits::kRustAuditBytes), ' ');
    QCOMPARE(described(readRustAuditData(auditData(much + kCrates))), std::string("-"));
    QCOMPARE(described(readRustAuditData(auditData(much.chopped(kCrates.size()) + kCrates))),
             kCratesFound);
}

void TestPrograms::passing_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char *what, const std::string &file, const std::string &found) {
        QTest::newRow(what) << QByteArray::fromStdString(file) << QByteArray::fromStdString(found);
    };
    const std::string go = goInfo("go1.22.1", kModules);
    const std::string rust = auditData(kCrates);
    row("Go, first in its data", elfOf({.data = go}), kModulesFound);
    row("Go, later in its data", elfOf({.data = std::string(4096, 'd') + go}), kModulesFound);
    row("Go, after what looks like it",
        elfOf({.data = "\xff Go build....16!" + std::string(15, ' ') + '\xff' + go}),
        "-");
    row("Go, after an identifier cut short",
        elfOf({.data = "\xff Go buildid: 16" + go}),
        kModulesFound);
    row("Go, in a short file", elfOf({.data = go, .codeBytes = 0}), kModulesFound);
    row("Go, not where Go puts it", elfOf({.data = "d" + go}), "-");
    row("Go's texts in code are no program's", elfOf({.data = "d", .section = go}), "-");
    row("Rust", elfOf({.data = "d", .section = rust}), kCratesFound);
    row("Rust, in a short file", elfOf({.section = rust, .codeBytes = 0}), kCratesFound);
    row("Rust, names far behind", elfOf({.section = rust, .gap = 100'000}), kCratesFound);
    row("another section", elfOf({.section = rust, .name = ".dep-v1"}), "-");
    row("an object file", elfOf({.data = go, .section = rust, .type = 1}), "-");
    row("neither", elfOf({.data = "d", .section = "s"}), "-");
    row("a script", "#!/bin/sh\nexit 0\n", "-");
    row("nothing", "", "-");
}

/// Whichever runs it passes by in.
void TestPrograms::passing()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, found);
    for (const std::size_t run : {1U, 7U, 16U, 512U, 4096U, 1U << 20}) {
        QCOMPARE(QByteArray::fromStdString(collected(file.toStdString(), run)), found);
    }
}

/// Only of what may be executed and is no database.
void TestPrograms::collecting()
{
    const std::string file = elfOf({.data = goInfo("go1.22.1", kModules)});
    const auto factsOf = [&file](std::string_view name, std::uint16_t mode) {
        const auto collector = packageCollector();
        Entry entry;
        entry.size = file.size();
        entry.mode = mode;
        FileFacts facts;
        if (collector->begin(name, entry)) {
            collector->data(std::as_bytes(std::span(file)));
            collector->end(facts);
        }
        return facts;
    };
    const FileFacts facts = factsOf("usr/bin/a", 0755);
    QCOMPARE(facts.size(), std::size_t{1});
    QCOMPARE(facts.front().kind, kProgramFact);
    QCOMPARE(described(decodeRecords(facts.front().bytes)), kModulesFound);
    QVERIFY(factsOf("usr/lib/a.so", 0644).empty());
}

void TestPrograms::damagedBytes()
{
    const std::string whole = elfOf(
        {.data = goInfo("go1.22.1", kModules), .section = auditData(kCrates), .codeBytes = 0});
    std::mt19937 random(3);
    for (int round = 0; round < 2000; ++round) {
        std::string file = whole.substr(0, whole.size() - random() % 200);
        for (int flips = 0; flips < 5; ++flips) {
            file[random() % file.size()] = static_cast<char>(random());
        }
        QVERIFY(collected(file, 1 + random() % 500).size() < 4 * whole.size());
    }
}

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
