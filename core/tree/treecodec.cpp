// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/treecodec.h"

#include "core/base/limits.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::size_t kRows = 4096; ///< records written together, column by column
constexpr std::uint32_t kNanoseconds = 1'000'000'000;
constexpr std::uint16_t kModeBits = 07777;
constexpr std::uint8_t kKnownFlags =
    Entry::Leftover | Entry::UnsafePath | Entry::ToolFile; // of a layer alone

/// So many records of a layer, one array a field: equal things lie together and pack well.
struct EntryRows
{
    std::array<std::uint64_t, kRows> size, headerOffset, hashLow, hashHigh;
    std::array<std::int64_t, kRows> mtime;
    std::array<std::uint32_t, kRows> mtimeNsec, uid, gid, node, link, extra;
    std::array<std::uint16_t, kRows> mode;
    std::array<std::uint8_t, kRows> type, flags;

    /// Hands each column's first `count` values to `visit`.
    template<typename Visit>
    void forEachColumn(std::size_t count, const Visit &visit)
    {
        const auto each = [&](auto &...columns) { (visit(std::span(columns).first(count)), ...); };
        each(size, headerOffset, hashLow, hashHigh, mtime, mtimeNsec, uid);
        each(gid, node, link, extra, mode, type, flags);
    }
};

bool isLink(EntryType type)
{
    return type == EntryType::Symlink || type == EntryType::HardLink;
}

/// A name that a path can have; "" and ".." would lead elsewhere.
bool isNodeName(std::string_view name)
{
    return !name.empty() && name != "." && name != ".." && !name.contains('/');
}

void writeNames(const LayerTree &tree, BinaryWriter &writer)
{
    writer.number(tree.nameCount());
    for (NameId id = 0; id < tree.nameCount(); ++id) {
        writer.text(tree.name(id));
    }
}

void writeNodes(const LayerTree &tree, BinaryWriter &writer)
{
    std::vector<std::uint32_t> parents;
    std::vector<std::uint32_t> names;
    const auto flush = [&] {
        writer.column(std::span<const std::uint32_t>(parents));
        writer.column(std::span<const std::uint32_t>(names));
        parents.clear();
        names.clear();
    };
    const auto nodes = tree.nodes();
    writer.number(static_cast<std::uint32_t>(nodes.size()));
    for (std::size_t id = 1; id < nodes.size(); ++id) {
        parents.push_back(nodes[id].parent);
        names.push_back(nodes[id].name);
        if (parents.size() == kRows) {
            flush();
        }
    }
    flush();
}

void writeExtras(const LayerTree &tree, BinaryWriter &writer)
{
    writer.number(static_cast<std::uint32_t>(tree.extras().size()));
    for (const EntryExtra &extra : tree.extras()) {
        writer.number(extra.deviceMajor);
        writer.number(extra.deviceMinor);
        writer.number(static_cast<std::uint8_t>(extra.isSparse));
        writer.number(extra.storedBytes);
        writer.number(static_cast<std::uint32_t>(extra.xattrs.size()));
        for (const auto &[name, value] : extra.xattrs) {
            writer.text(name);
            writer.text(value);
        }
    }
}

void writeEntries(const LayerTree &tree, BinaryWriter &writer)
{
    const auto rows = std::make_unique<EntryRows>();
    const auto entries = tree.entries();
    writer.number(static_cast<std::uint32_t>(entries.size()));
    for (std::size_t first = 0; first < entries.size(); first += kRows) {
        const std::size_t count = std::min(kRows, entries.size() - first);
        for (std::size_t i = 0; i < count; ++i) {
            const Entry &entry = entries[first + i];
            const ContentHash hash = tree.hash(entry);
            rows->size[i] = entry.size;
            rows->headerOffset[i] = entry.headerOffset;
            rows->hashLow[i] = hash.low;
            rows->hashHigh[i] = hash.high;
            rows->mtime[i] = entry.mtime;
            rows->mtimeNsec[i] = entry.mtimeNsec;
            rows->uid[i] = entry.uid;
            rows->gid[i] = entry.gid;
            rows->node[i] = entry.node;
            rows->link[i] = isLink(entry.type) ? entry.link : kNone;
            rows->extra[i] = entry.extra;
            rows->mode[i] = entry.mode;
            rows->type[i] = static_cast<std::uint8_t>(entry.type);
            rows->flags[i] = entry.flags;
        }
        rows->forEachColumn(count, [&writer](auto column) {
            writer.column(std::span<const typename decltype(column)::value_type>(column));
        });
    }
}

} // namespace

void writeLayerTree(const LayerTree &tree, BinaryWriter &writer)
{
    writeNames(tree, writer);
    writeNodes(tree, writer);
    writeExtras(tree, writer);
    writeEntries(tree, writer);
    writer.number(static_cast<std::uint32_t>(tree.invalidWhiteouts().size()));
    for (const std::string &name : tree.invalidWhiteouts()) {
        writer.text(name);
    }
}

/// Puts a tree together again, each record looked at as if a stranger had written it.
class LayerTreeReader
{
public:
    explicit LayerTreeReader(ByteStream &from)
        : m_reader(from)
    {}

    Result<LayerTree> read()
    {
        readNames();
        readNodes();
        readExtras();
        readEntries();
        readInvalidWhiteouts();
        if (m_reader.isGood() && !m_reader.isAtEnd()) {
            m_reader.fail("more bytes than the layer tree has");
        }
        if (!m_reader.isGood()) {
            return std::unexpected(m_reader.status().error());
        }
        m_tree.freeze();
        return std::move(m_tree);
    }

private:
    void readNames()
    {
        const auto count = m_reader.number<std::uint32_t>();
        for (NameId id = 0; id < count && m_reader.isGood(); ++id) {
            const std::string name = m_reader.text(limits::kPathBytes);
            if (m_reader.isGood() && m_tree.m_names.intern(name) != id) {
                m_reader.fail("a name stands twice"); // the root's empty one is the first
            }
        }
    }

    void readNodes()
    {
        std::array<std::uint32_t, kRows> parents{};
        std::array<std::uint32_t, kRows> names{};
        const auto count = m_reader.number<std::uint32_t>();
        while (m_reader.isGood() && m_tree.m_nodes.size() < count) {
            const std::size_t rows = std::min<std::size_t>(kRows, count - m_tree.m_nodes.size());
            m_reader.column(std::span(parents).first(rows));
            m_reader.column(std::span(names).first(rows));
            for (std::size_t i = 0; i < rows && m_reader.isGood(); ++i) {
                LayerTree::Node node;
                node.parent = parents[i];
                node.name = names[i];
                if (node.parent >= m_tree.m_nodes.size() || node.name >= m_tree.nameCount()
                    || !isNodeName(m_tree.name(node.name))) {
                    m_reader.fail("a node has no place or no name");
                } else {
                    m_tree.m_nodes.push_back(node);
                }
            }
        }
    }

    void readExtras()
    {
        const auto count = m_reader.number<std::uint32_t>();
        for (std::uint32_t i = 0; i < count && m_reader.isGood(); ++i) {
            EntryExtra extra;
            extra.deviceMajor = m_reader.number<std::uint32_t>();
            extra.deviceMinor = m_reader.number<std::uint32_t>();
            extra.isSparse = m_reader.number<std::uint8_t>() != 0;
            extra.storedBytes = m_reader.number<std::uint64_t>();
            const auto xattrs = m_reader.number<std::uint32_t>();
            for (std::uint32_t x = 0; x < xattrs && m_reader.isGood(); ++x) {
                std::string name = m_reader.text(limits::kXattrBytes);
                extra.xattrs.emplace_back(std::move(name), m_reader.text(limits::kXattrBytes));
            }
            m_tree.m_extras.push_back(std::move(extra));
        }
    }

    void readEntries()
    {
        const auto rows = std::make_unique<EntryRows>();
        const auto count = m_reader.number<std::uint32_t>();
        if (count > limits::kLayerEntries) {
            m_reader.fail("more entries than a layer may have");
        }
        for (std::uint32_t first = 0; first < count && m_reader.isGood(); first += kRows) {
            const std::size_t here = std::min<std::size_t>(kRows, count - first);
            rows->forEachColumn(here, [this](auto column) { m_reader.column(column); });
            for (std::size_t i = 0; i < here && m_reader.isGood(); ++i) {
                addEntry(*rows, i);
            }
        }
    }

    void addEntry(const EntryRows &rows, std::size_t i)
    {
        Entry entry;
        entry.size = rows.size[i];
        entry.headerOffset = rows.headerOffset[i];
        entry.mtime = rows.mtime[i];
        entry.mtimeNsec = rows.mtimeNsec[i];
        entry.uid = rows.uid[i];
        entry.gid = rows.gid[i];
        entry.node = rows.node[i];
        entry.link = rows.link[i];
        entry.extra = rows.extra[i];
        entry.mode = rows.mode[i];
        entry.flags = rows.flags[i];
        const std::uint8_t type = rows.type[i];
        if (type > static_cast<std::uint8_t>(EntryType::Opaque)) {
            m_reader.fail("an entry of an unknown type");
            return;
        }
        entry.type = static_cast<EntryType>(type);
        if (!isPossible(entry)) {
            m_reader.fail("an entry that no tar could have made");
            return;
        }
        if (entry.holdsBytes()) {
            entry.link = static_cast<std::uint32_t>(m_tree.m_hashes.size());
            m_tree.m_hashes.push_back({rows.hashLow[i], rows.hashHigh[i]});
        }
        m_tree.count(entry);
        m_tree.m_entries.push_back(entry);
    }

    bool isPossible(const Entry &entry) const
    {
        const bool holdsBytes = entry.type == EntryType::File && !entry.has(Entry::Leftover);
        const bool linkIsRight =
            isLink(entry.type) ? entry.link < m_tree.nameCount() : entry.link == kNone;
        return entry.node < m_tree.m_nodes.size() && linkIsRight
               && (entry.extra == kNone || entry.extra < m_tree.m_extras.size())
               && (holdsBytes || entry.size == 0) && entry.size >> 63 == 0
               && entry.mtimeNsec < kNanoseconds && (entry.mode & ~kModeBits) == 0
               && (entry.flags & ~kKnownFlags) == 0;
    }

    void readInvalidWhiteouts()
    {
        const auto count = m_reader.number<std::uint32_t>();
        for (std::uint32_t i = 0; i < count && m_reader.isGood(); ++i) {
            m_tree.m_invalidWhiteouts.push_back(m_reader.text(2 * limits::kPathBytes));
        }
    }

    BinaryReader m_reader;
    LayerTree m_tree;
};

Result<LayerTree> readLayerTree(ByteStream &from)
{
    return LayerTreeReader(from).read();
}

} // namespace cutaway
