// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/sightings.h"

#include "core/base/text.h"
#include "core/packages/collector.h"
#include "core/packages/packagelimits.h"
#include "core/packages/recordcodec.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

/// Whether SQLite left a write-ahead log beside the database that is not in it yet.
bool hasLog(const PathTree &tree, const Entry &database)
{
    const NodeId log = tree.find(tree.path(database.node) + "-wal");
    const EntryId entry = log == kNone ? kNone : tree.entryAt(log, database.layer);
    return entry != kNone && tree.entry(entry).size > 0;
}

/// Whether a distribution was installed by what wrote an install.json as well: that says more.
bool hasInstallFile(const PathTree &tree, const std::string &packlist, const std::string &name)
{
    const std::string root = packlist.substr(0, packlist.rfind("/auto/"));
    const NodeId meta = tree.find(root + "/.meta");
    const PathTree::Node place = meta == kNone ? PathTree::Node() : tree.node(meta);
    for (NodeId child = place.firstChild; child < place.firstChild + place.childCount; ++child) {
        const std::string_view folder = tree.name(child);
        if (folder.starts_with(name + '-')
            && !folder.substr(name.size() + 1).contains('-')) { // a version follows, no more words
            return true;
        }
    }
    return false;
}

/// Whether a program was found in any layer that tells what it was built from.
bool knowsPrograms(const PathTree &tree, const FileContents &contents)
{
    for (LayerIndex layer = 0; layer < tree.layerCount(); ++layer) {
        const auto facts = contents.facts(layer);
        if (std::ranges::find(facts, kProgramFact, &FileFact::kind) != facts.end()) {
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<Sighting> DatabaseReader::sightings()
{
    const bool hasPrograms = knowsPrograms(m_tree, m_contents);
    std::vector<Sighting> found;
    for (NodeId node = 1; node < m_tree.nodeCount(); ++node) {
        const PathTree::Node place = m_tree.node(node);
        if (place.childCount > 0 || place.entryCount == 0) {
            continue;
        }
        const DatabaseFile kind = databaseFile(m_tree.path(node));
        if (namesPackages(kind)) {
            readNode(node, kind, found);
        } else if (kind == DatabaseFile::BillOfMaterials) {
            m_bills.push_back(node);
        } else if (hasPrograms && kind == DatabaseFile::None) {
            readNode(node, DatabaseFile::Program, found);
        }
    }
    return found;
}

std::vector<FoundBill> DatabaseReader::bills() const
{
    std::vector<FoundBill> found;
    std::size_t components = 0;
    for (const NodeId node : m_bills) {
        const EntryId entry = m_tree.finalEntry(node);
        std::optional<Bill> bill =
            entry == kNone ? std::nullopt : decodeBill(m_contents.fact(entry, kDatabaseFact));
        if (!bill) {
            continue;
        }
        components += bill->components.size();
        if (found.size() >= limits::kBills || components > limits::kBillsComponents) {
            m_notes.add("bill-limit", "there are too many bills of materials for all to be read");
            break;
        }
        FoundBill &row = found.emplace_back();
        row.bill = std::move(*bill);
        row.node = node;
        row.layer = m_tree.entry(entry).layer;
    }
    return found;
}

void DatabaseReader::readNode(NodeId node, DatabaseFile kind, std::vector<Sighting> &found)
{
    const PathTree::Node place = m_tree.node(node);
    for (EntryId entry = place.firstEntry; entry < place.firstEntry + place.entryCount; ++entry) {
        const Entry &mention = m_tree.entry(entry);
        const bool isFile = mention.makesPath() && m_tree.effectiveType(entry) == EntryType::File;
        if (isFile && mention.hiddenBy != mention.layer) {
            readEntry(entry, kind, found);
        }
    }
}

void DatabaseReader::readEntry(EntryId entry, DatabaseFile kind, std::vector<Sighting> &found)
{
    const Entry &mention = m_tree.entry(entry);
    if (kind == DatabaseFile::RpmSqlite && hasLog(m_tree, mention)) {
        addNote(entry, "package-log-unread", "what its write-ahead log holds is not read");
    }
    std::optional<PackageRecords> records = recordsOf(entry, kind);
    if (!records) {
        return;
    }
    PackageRecords &read = *records;
    if (read.damaged > 0) {
        addNote(entry,
                "package-database-damaged",
                formatCount(read.damaged, "entry", "entries") + " could not be understood");
    }
    const std::uint32_t to = mention.hiddenBy == kNoLayer ? m_tree.layerCount() : mention.hiddenBy;
    for (PackageRecord &record : read.packages) {
        if (found.size() >= limits::kPackageRecords) {
            addNote(entry, "package-limit", "there are too many packages for all to be listed");
            m_isSpent = true;
            return;
        }
        found.push_back({std::move(record), mention.node, kind, mention.layer, to});
    }
}

std::optional<PackageRecords> DatabaseReader::recordsOf(EntryId entry, DatabaseFile kind)
{
    const std::string path = m_tree.path(m_tree.entry(entry).node);
    if (isToldByPath(kind)) {
        PackageRecords records = readDatabase(kind, path, {});
        std::erase_if(records.packages, [&](const PackageRecord &package) {
            return hasInstallFile(m_tree, path, package.name);
        });
        return records;
    }
    const bool isProgram = kind == DatabaseFile::Program;
    if ((isProgram || kind == DatabaseFile::JavaArchive) && m_tree.content(entry) != entry) {
        return std::nullopt; // another name of a file that is read anyhow
    }
    if (isProgram || keepsRecords(kind)) {
        const std::string_view fact =
            m_contents.fact(entry, isProgram ? kProgramFact : kDatabaseFact);
        if (!fact.empty() || isProgram) {
            return fact.empty()
                       ? std::nullopt
                       : std::optional(decodeRecords(fact).value_or(PackageRecords{{}, 1}));
        }
    }
    const auto bytes = text(entry);
    if (!bytes && kind == DatabaseFile::JavaArchive) {
        return readDatabase(kind, path, {});
    }
    return bytes ? std::optional(readDatabase(kind, path, *bytes)) : std::nullopt;
}

std::optional<std::string_view> DatabaseReader::text(EntryId entry)
{
    const EntryId content = m_tree.content(entry);
    if (m_isSpent || content == kNone) {
        return std::nullopt;
    }
    const std::uint64_t size = m_tree.entry(content).size;
    m_work += size;
    if (m_work > limits::kPackageWorkBytes) {
        m_isSpent = true;
        addNote(entry, "package-limit", "there are too many databases for all to be read");
        return std::nullopt;
    }
    if (size == 0) {
        return std::string_view();
    }
    if (const std::string_view fact = m_contents.fact(entry, kDatabaseFact); !fact.empty()) {
        return fact;
    }
    const std::optional<FileContent> later =
        size <= limits::kContentBytes ? m_contents.content(entry) : std::nullopt;
    if (!later || !later->isWhole) {
        addNote(entry, "package-database-unread", "it could not be read, or is too long");
        return std::nullopt;
    }
    return later->bytes;
}

void DatabaseReader::addNote(EntryId entry, const char *code, std::string what)
{
    const Entry &mention = m_tree.entry(entry);
    std::string path = m_tree.path(mention.node);
    std::string message = displayText(path) + ": " + std::move(what);
    m_notes.add(Note{code, std::move(message), mention.layer, std::move(path)});
}

} // namespace cutaway
