// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/sightings.h"

#include "core/base/text.h"
#include "core/packages/collector.h"
#include "core/packages/packagelimits.h"

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

} // namespace

std::vector<Sighting> DatabaseReader::sightings()
{
    std::vector<Sighting> found;
    for (NodeId node = 1; node < m_tree.nodeCount(); ++node) {
        const PathTree::Node place = m_tree.node(node);
        if (place.childCount > 0 || place.entryCount == 0) {
            continue;
        }
        const DatabaseFile kind = databaseFile(m_tree.path(node));
        if (namesPackages(kind)) {
            readNode(node, kind, found);
        }
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
    if (kind == DatabaseFile::RpmBerkeley) {
        addNote(entry, "package-database-unsupported", "databases of Berkeley DB are not read");
        return;
    }
    if (kind == DatabaseFile::RpmSqlite && hasLog(m_tree, mention)) {
        addNote(entry, "package-log-unread", "what its write-ahead log holds is not read");
    }
    const auto bytes = text(entry, isLongDatabase(kind));
    if (!bytes) {
        return;
    }
    PackageRecords read = readDatabase(kind, m_tree.path(mention.node), *bytes);
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

std::optional<std::string_view> DatabaseReader::text(EntryId entry, bool isLong)
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
        size <= limits::kContentBytes && !isLong ? m_contents.content(entry) : std::nullopt;
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
