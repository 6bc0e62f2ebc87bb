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
        for (NodeId node = 1; node < tree.nodeCount(); ++node) {
            const EntryId entry = tree.finalEntry(node);
            const auto content = entry == kNone ? std::nullopt : contents.content(entry);
            const auto collector = packageCollector();
            Entry mention = tree.entry(entry == kNone ? 0 : entry);
            if (!content || !collector->begin(tree.path(node), mention)) {
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

QTEST_GUILESS_MAIN(TestCompletion)
#include "tst_completion.moc"
