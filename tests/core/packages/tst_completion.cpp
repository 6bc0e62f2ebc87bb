// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/collector.h"
#include "core/packages/inventory.h"
#include "tests/support/auditimage.h"

#include <QTest>

#include <map>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// The contents of an image's files, and what the collector kept of them.
class CollectedContents : public FileContents
{
public:
    CollectedContents(const Image &image, const FileContents &contents)
        : m_contents(contents)
        , m_facts(image.layers.size())
    {
        const PathTree &tree = *image.tree;
        for (EntryId entry = 0; entry < tree.entryCount(); ++entry) {
            const Entry &mention = tree.entry(entry);
            const bool isContent = mention.holdsBytes() && tree.content(entry) == entry;
            const auto content = isContent ? contents.content(entry) : std::nullopt;
            const auto collector = packageCollector();
            if (!content || !collector->begin(tree.path(mention.node), mention)) {
                continue;
            }
            FileFacts facts;
            collector->data(std::as_bytes(std::span(content->bytes)));
            collector->end(facts);
            for (FileFact &fact : facts) {
                m_facts[mention.layer].push_back(fact);
                m_ofEntry[{entry, fact.kind}] = std::move(fact.bytes);
            }
        }
    }

    std::optional<FileContent> content(EntryId entry) const override
    {
        return m_contents.content(entry);
    }
    std::string_view fact(EntryId entry, std::uint32_t kind) const override
    {
        const auto found = m_ofEntry.find({entry, kind});
        return found == m_ofEntry.end() ? std::string_view() : found->second;
    }
    std::span<const FileFact> facts(LayerIndex layer) const override { return m_facts[layer]; }

private:
    const FileContents &m_contents;
    std::vector<FileFacts> m_facts;
    std::map<std::pair<EntryId, std::uint32_t>, std::string> m_ofEntry;
};

std::string littleEndian(std::uint64_t number, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i) {
        text += static_cast<char>(number >> (8 * i));
    }
    return text;
}

/// A program of Go's as a line of an image: headers, and one segment that it may write to.
std::string goLine(const std::string &path, const std::string &modules)
{
    const std::string mark(16, 'm');
    const std::string texts =
        "\x06go1.22" + littleEndian(modules.size() + 32, 1) + mark + modules + mark;
    const std::string info =
        std::string("\xff Go buildinf:\x08\x02") + std::string(16, '\0') + texts;
    constexpr std::size_t kFront = 64 + 56 + 8;
    std::string file = std::string("\x7f"
                                   "ELF\2\1\1",
                                   7)
                       + std::string(9, '\0') + littleEndian(2, 2) + littleEndian(62, 2)
                       + littleEndian(1, 4) + littleEndian(0, 8) + littleEndian(64, 8)
                       + std::string(14, '\0') + littleEndian(56, 2) + littleEndian(1, 2)
                       + std::string(6, '\0');
    file += littleEndian(1, 4) + littleEndian(6, 4) + littleEndian(kFront, 8)
            + std::string(16, '\0') + littleEndian(info.size(), 8) + std::string(16, '\0')
            + std::string(8, '\0');
    std::string line = "script " + path + ' ';
    for (const char c : file + info) {
        constexpr std::string_view kHex = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        line += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15U]};
    }
    return line + '\n';
}

const char *asWhat(InstalledAs as)
{
    return as == InstalledAs::Asked ? " asked" : as == InstalledAs::Needed ? " needed" : "";
}

} // namespace

class TestCompletion : public QObject
{
    Q_OBJECT

private slots:
    void completed_data();
    void completed();
    void programs();
};

void TestCompletion::completed_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QByteArray>("packages");
    const auto row = [](const char *what, const char *image, const char *packages) {
        QTest::newRow(what) << QByteArray(image) << QByteArray(packages);
    };
    row("Debian's licences, one by a link",
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n\nPackage: b\nStatus: install ok installed\nVersion: 1\n\nPackage: c\nStatus: install ok installed\nVersion: 1\n)"
        "\n"
        R"(text usr/share/doc/a/copyright Format: https://x/copyright-format/1.0/\n\nFiles: *\nLicense: Expat\n)"
        "\nsymlink usr/share/doc/b -> a\n"
        R"(text usr/share/doc/c/copyright See /usr/share/common-licenses/GPL.\n)"
        "\n",
        "a Expat [MIT]\nb Expat [MIT]\nc GPL []\n");
    row("apt's marks",
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n\nPackage: b\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\nPackage: c\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n)"
        "\n"
        R"(text var/lib/apt/extended_states Package: a\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: b\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: c\nArchitecture: amd64\nAuto-Installed: 0\n)"
        "\n",
        "a  [] needed\nb  [] needed\nc  [] asked\n");
    row("what apk was asked for",
        "layer a\n"
        R"(text lib/apk/db/installed P:a\nV:1\nL:MIT\n\nP:b\nV:1\nL:GPL-2.0-only BSD\n\nP:c\nV:1\n)"
        "\n"
        R"(text etc/apk/world a>=1\n!c\n)"
        "\n",
        "a MIT [MIT] asked\nb GPL-2.0-only BSD [] needed\nc  [] needed\n");
    row("pip tells of those it was asked for",
        "layer a\n"
        R"(text v/a-1.dist-info/METADATA Name: a\nVersion: 1\nLicense: MIT License\n)"
        "\nfile v/a-1.dist-info/REQUESTED 0 r\n"
        R"(text v/b-1.dist-info/METADATA Name: b\nVersion: 1\n)"
        "\n"
        R"(text v/b-1.dist-info/INSTALLER pip\n)"
        "\n"
        R"(text v/c-1.dist-info/METADATA Name: c\nVersion: 1\n)"
        "\n"
        R"(text v/c-1.dist-info/INSTALLER conda\n)"
        "\n",
        "a MIT License [MIT] asked\nb  [] needed\nc  []\n");
    row("an older pip tells of none",
        "layer a\n"
        R"(text v/b-1.dist-info/METADATA Name: b\nVersion: 1\n)"
        "\n"
        R"(text v/b-1.dist-info/INSTALLER pip\n)"
        "\n",
        "b  []\n");
}

void TestCompletion::completed()
{
    QFETCH(QByteArray, image);
    QFETCH(QByteArray, packages);
    const Image made = auditImage(image.toStdString());
    const auto contents = auditContents(image.toStdString());
    Packages found = findPackages(made, CollectedContents(made, *contents), {});
    std::ranges::sort(found.list, {}, [](const Package &each) { return each.record.name; });
    QByteArray text;
    for (const Package &package : found.list) {
        const PackageRecord &record = package.record;
        text += QByteArray::fromStdString(record.name + ' ' + record.licence + " ["
                                          + record.licenceExpression + ']')
                + asWhat(record.installedAs) + '\n';
    }
    QCOMPARE(text, packages);
}

/// Programs are told by what is in them; a link to one is not another one.
void TestCompletion::programs()
{
    const std::string text = "layer a\n" + goLine("usr/bin/a", "mod\texample.com/a\tv1.0.0\t\n")
                             + "hardlink usr/bin/b -> usr/bin/a\nfile usr/bin/c 50 c\nlayer b\n"
                             + goLine("usr/bin/d", "mod\texample.com/d\tv2.0.0\t\n")
                             + "file usr/bin/.wh.a 0 w\n";
    const Image image = auditImage(text);
    const auto contents = auditContents(text);
    const Packages found = findPackages(image, CollectedContents(image, *contents), {});
    QByteArray packages;
    for (const Package &package : found.list) {
        packages += QByteArray::fromStdString(package.record.name + ' ' + package.record.version);
        packages += package.isVisible() ? "" : " gone";
        packages += package.knowsFiles ? " its " + QByteArray::number(package.files.size()) : "";
        packages += '\n';
    }
    QCOMPARE(packages,
             QByteArray("example.com/d v2.0.0 its 1\nstdlib 1.22\nexample.com/a v1.0.0 gone\n"
                        "stdlib 1.22 gone\n"));
}

QTEST_GUILESS_MAIN(TestCompletion)
#include "tst_completion.moc"
