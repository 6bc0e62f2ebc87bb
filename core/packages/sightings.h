// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/filecontents.h"
#include "core/image/note.h"
#include "core/packages/bills.h"
#include "core/packages/databases.h"
#include "core/tree/pathtree.h"

#include <optional>
#include <vector>

namespace cutaway {

/// A record, and from which layer on it stood in its database until which one.
struct Sighting
{
    PackageRecord record;
    NodeId database = kNone;
    DatabaseFile kind = DatabaseFile::None;
    LayerIndex from = 0;
    std::uint32_t to = 0; ///< the layer that took it away; the number of layers where none did
};

/// Reads databases out of an image's layers, within limits::kPackageWorkBytes.
class DatabaseReader
{
public:
    DatabaseReader(const PathTree &tree, const FileContents &contents, Notes &notes)
        : m_tree(tree)
        , m_contents(contents)
        , m_notes(notes)
    {}

    /// All records of all layers, those of a database in the order of layers.
    std::vector<Sighting> sightings();
    /// What the file holds; nothing, and a note, where that is not known. For those of which the
    /// bytes are kept.
    std::optional<std::string_view> text(EntryId entry);
    /// The bills of materials in the final file system, of those that sightings() came by.
    std::vector<FoundBill> bills() const;

private:
    void readNode(NodeId node, DatabaseFile kind, std::vector<Sighting> &found);
    void readEntry(EntryId entry, DatabaseFile kind, std::vector<Sighting> &found);
    std::optional<PackageRecords> recordsOf(EntryId entry, DatabaseFile kind);
    void addNote(EntryId entry, const char *code, std::string what);

    const PathTree &m_tree;
    const FileContents &m_contents;
    Notes &m_notes;
    std::uint64_t m_work = 0;
    bool m_isSpent = false; ///< and it has been said
    std::vector<NodeId> m_bills;
};

} // namespace cutaway
