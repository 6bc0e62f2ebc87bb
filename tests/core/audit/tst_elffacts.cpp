// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/elffacts.h"
#include "core/base/limits.h"
#include "tests/support/elfwriter.h"

#include <QTest>

#include <algorithm>

using namespace cutaway;
using cutaway::test::elfOf;
using cutaway::test::ElfSpec;

namespace {

Bytes bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text));
}

std::optional<ElfFacts> factsOf(std::string_view file, std::size_t run = 256 * 1024)
{
    ElfCollector collector;
    collector.reset();
    for (std::size_t at = 0; at < file.size(); at += run) {
        collector.feed(bytesOf(file.substr(at, run)));
    }
    return collector.finish();
}

/// What the facts of such a file must be.
ElfFacts expected(const ElfSpec &spec)
{
    ElfFacts facts;
    facts.is64 = spec.is64;
    facts.isLittleEndian = spec.isLittleEndian;
    facts.type = spec.type;
    facts.machine = spec.machine;
    facts.interpreter = spec.interpreter;
    facts.needed = spec.needed;
    facts.soname = spec.soname;
    facts.rpath = spec.rpath;
    facts.runpath = spec.runpath;
    facts.isDynamic = !spec.needed.empty() || !spec.soname.empty();
    facts.debugBytes = spec.debugBytes;
    facts.symbolBytes = spec.symbolBytes + spec.symbolBytes / 4;
    facts.isGo = spec.isGo;
    if (spec.hasNamesFirst) { // .comment looks like the others
        facts.debugBytes += 8;
    }
    facts.hasAllNames = true;
    facts.hasSections = true;
    return facts;
}

void setNumber(std::string &file, std::size_t at, std::uint64_t value, std::size_t bytes)
{
    for (std::size_t i = 0; i < bytes; ++i) {
        file[at + i] = static_cast<char>(value >> (8 * i) & 0xff);
    }
}

const ElfSpec kProgram = {.interpreter = "/lib64/ld-linux-x86-64.so.2",
                          .needed = {"libm.so.6", "libc.so.6"},
                          .runpath = "$ORIGIN/../lib",
                          .debugBytes = 300,
                          .symbolBytes = 400};

} // namespace

class TestElfFacts : public QObject
{
    Q_OBJECT

private slots:
    void files_data();
    void files();
    void coding();
    void truncated();
    void brokenBytes();
    void hostile_data();
    void hostile();
    void noElf_data();
    void noElf();
    void bounds();
};

void TestElfFacts::files_data()
{
    QTest::addColumn<ElfSpec>("spec");
    const auto row = [](const char *name, const ElfSpec &spec) { QTest::newRow(name) << spec; };
    row("program", kProgram);
    row("static program", {.type = 2, .machine = 183});
    row("library", {.needed = {"libc.so.6"}, .soname = "libx.so.1", .rpath = "/opt/x/lib"});
    row("32 bits",
        {.is64 = false,
         .machine = 3,
         .interpreter = "/lib/ld-linux.so.2",
         .needed = {"libc.so.6"}});
    row("big-endian",
        {.isLittleEndian = false, .machine = 22, .interpreter = "/lib/ld64.so.1", .needed = {"a"}});
    row("32 bits, big-endian", {.is64 = false, .isLittleEndian = false, .needed = {"a"}});
    row("much code",
        {.interpreter = "/i",
         .needed = {"liba.so"},
         .codeBytes = 3u << 20,
         .debugBytes = 1u << 20});
    row("strings behind much code",
        {.needed = {"liba.so"}, .runpath = "/r", .codeBytes = 3u << 20, .hasStringsLast = true});
    row("many libraries", {.needed = std::vector<std::string>(limits::kElfNames, "l.so")});
    row("table first", {.hasTableFirst = true, .debugBytes = 2u << 20, .isGo = true});
    row("names of sections first",
        {.codeBytes = 20'000, .hasNamesFirst = true, .debugBytes = 100'000});
    row("symbols alone", {.symbolBytes = 8000});
}

/// In runs of any size, as they come off a tar.
void TestElfFacts::files()
{
    QFETCH(ElfSpec, spec);
    const std::string file = elfOf(spec);
    for (const std::size_t run : {4u << 20, 256u * 1024, 100'003u, 4096u, 512u, 7u}) {
        if (run < 1000 && file.size() > 100'000) {
            continue;
        }
        const auto facts = factsOf(file, run);
        QVERIFY(facts.has_value());
        QVERIFY2(*facts == expected(spec), qPrintable(QStringLiteral("in runs of %1").arg(run)));
    }
}

void TestElfFacts::coding()
{
    const ElfFacts facts = expected(kProgram);
    const std::string bytes = encodeElf(facts);
    QVERIFY(decodeElf(bytes) == facts);
    QVERIFY(decodeElf(encodeElf({})) == ElfFacts());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        QVERIFY(!decodeElf(std::string_view(bytes).substr(0, size)));
    }
    QVERIFY(!decodeElf(bytes + 'x'));
}

/// What could not be seen is said to be missing, and never made up.
void TestElfFacts::truncated()
{
    const std::string file = elfOf(kProgram);
    const ElfFacts whole = expected(kProgram);
    for (std::size_t size = 0; size < file.size(); ++size) {
        const auto facts = factsOf(std::string_view(file).substr(0, size));
        QCOMPARE(facts.has_value(), size >= 64);
        if (!facts) {
            continue;
        }
        QVERIFY(!facts->hasSections);
        QVERIFY(facts->needed == whole.needed || !facts->hasAllNames);
        QVERIFY(facts->interpreter == whole.interpreter || !facts->hasAllNames);
        QCOMPARE(facts->debugBytes, std::uint64_t{0});
    }
}

/// Any byte may be any other; sizes stay within the file.
void TestElfFacts::brokenBytes()
{
    const std::string file = elfOf(kProgram);
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (const char value : {'\0', '\x01', '\x7f', '\xff'}) {
            std::string broken = file;
            broken[at] = value;
            const auto facts = factsOf(broken, 4096);
            QVERIFY(!facts || facts->debugBytes <= file.size());
            QVERIFY(!facts || facts->symbolBytes <= file.size());
        }
    }
}

void TestElfFacts::hostile_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("keepsNames");
    QTest::addColumn<bool>("keepsSections");
    constexpr int kFirstSegment = 64;
    constexpr int kDynamic = 64 + 2 * 56;
    constexpr int kInterpreter = 64 + 3 * 56;
    QTest::newRow("program headers far away") << 32 << 8 << false << true;
    QTest::newRow("size of a program header") << 54 << 2 << false << true;
    QTest::newRow("65535 program headers") << 56 << 2 << false << true;
    QTest::newRow("section table far away") << 40 << 8 << true << false;
    QTest::newRow("size of a section header") << 58 << 2 << true << false;
    QTest::newRow("65535 sections") << 60 << 2 << true << false;
    QTest::newRow("names in no section") << 62 << 2 << true << false;
    QTest::newRow("first segment at no place") << kFirstSegment + 8 << 8 << false << true;
    QTest::newRow("first segment at no address") << kFirstSegment + 16 << 8 << false << true;
    QTest::newRow("first segment without end") << kFirstSegment + 32 << 8 << true << true;
    QTest::newRow("dynamic segment far away") << kDynamic + 8 << 8 << false << true;
    QTest::newRow("dynamic segment without end") << kDynamic + 32 << 8 << false << true;
    QTest::newRow("loader's name far away") << kInterpreter + 8 << 8 << false << true;
    QTest::newRow("loader's name without end") << kInterpreter + 32 << 8 << true << true;
}

/// Numbers as big as they get.
void TestElfFacts::hostile()
{
    QFETCH(int, at);
    QFETCH(int, bytes);
    QFETCH(bool, keepsNames);
    QFETCH(bool, keepsSections);
    std::string file = elfOf(kProgram);
    setNumber(
        file, static_cast<std::size_t>(at), ~std::uint64_t{0}, static_cast<std::size_t>(bytes));
    const auto facts = factsOf(file);
    QVERIFY(facts.has_value());
    QCOMPARE(facts->hasAllNames, keepsNames);
    QCOMPARE(facts->hasSections, keepsSections);
    QCOMPARE(facts->debugBytes, keepsSections ? std::uint64_t{300} : std::uint64_t{0});
}

void TestElfFacts::noElf_data()
{
    QTest::addColumn<std::string>("file");
    std::string badKind = elfOf({});
    badKind[4] = 3;
    std::string badOrder = elfOf({});
    badOrder[5] = 0;
    QTest::newRow("nothing") << std::string();
    QTest::newRow("text") << std::string(5000, 't');
    QTest::newRow("magic alone") << std::string("\x7f"
                                                "ELF");
    QTest::newRow("neither 32 nor 64 bits") << badKind;
    QTest::newRow("no byte order") << badOrder;
}

void TestElfFacts::noElf()
{
    QFETCH(std::string, file);
    QVERIFY(!factsOf(file));
}

void TestElfFacts::bounds()
{
    const auto names = [](std::size_t count) {
        return factsOf(elfOf({.needed = std::vector<std::string>(count, "l")}));
    };
    QVERIFY(names(limits::kElfNames)->hasAllNames);
    QVERIFY(!names(limits::kElfNames + 1)->hasAllNames);
    QCOMPARE(names(limits::kElfNames + 1)->needed.size(), limits::kElfNames);
    const auto path = [](std::size_t size) {
        return factsOf(elfOf({.needed = {"a"}, .runpath = std::string(size, 'r')}));
    };
    QVERIFY(path(limits::kElfNameBytes - 1)->hasAllNames);
    QCOMPARE(path(limits::kElfNameBytes - 1)->runpath.size(), limits::kElfNameBytes - 1);
    QVERIFY(!path(limits::kElfNameBytes)->hasAllNames);
    QVERIFY(path(limits::kElfNameBytes)->runpath.empty());
}

QTEST_APPLESS_MAIN(TestElfFacts)
#include "tst_elffacts.moc"
