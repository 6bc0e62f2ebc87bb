// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/layerfill.h"

#include "core/archive/tarcursor.h"
#include "core/base/hash.h"
#include "core/base/limits.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::uint32_t kModeBits = 07777;

/// Files that eStargz builders put at the root for themselves.
bool isToolFile(std::string_view name)
{
    static constexpr std::array<std::string_view, 3> kToolFiles = {
        "stargz.index.json", ".prefetch.landmark", ".no.prefetch.landmark"};
    while (name.starts_with('/') || name.starts_with("./")) {
        name.remove_prefix(name.starts_with('/') ? 1 : 2);
    }
    return std::ranges::find(kToolFiles, name) != kToolFiles.end();
}

/// Hashes what a file holds, run by run, and shows the runs to an observer.
class ContentReader
{
public:
    ContentReader(TarCursor &tar, FileObserver *observer)
        : m_tar(tar)
        , m_observer(observer)
    {}

    Result<ContentHash> read(const TarMember &member, const Entry &entry, FileFacts &facts)
    {
        m_isWatched = m_observer != nullptr && m_observer->begin(member.name, entry);
        Result<ContentHash> hash = hashMember(member);
        if (hash && m_isWatched) {
            m_observer->end(facts);
        }
        return hash;
    }

private:
    Result<ContentHash> hashMember(const TarMember &member)
    {
        m_hasher.reset();
        Result<> hashed;
        if (!member.sparse) {
            hashed = hashStored(member.storedSize);
        } else if (hashesHoles(member)) {
            hashed = hashWithHoles(member);
        } else {
            hashed = hashMap(member);
        }
        if (!hashed) {
            return std::unexpected(hashed.error());
        }
        return m_hasher.finish();
    }

    /// The next `count` stored bytes. A run of the cursor may reach past them.
    Result<> hashStored(std::uint64_t count)
    {
        while (count > 0) {
            if (m_run.empty()) {
                const Result<Bytes> run = m_tar.readData();
                if (!run) {
                    return std::unexpected(run.error());
                }
                m_run = *run;
            }
            const auto taken =
                static_cast<std::size_t>(std::min<std::uint64_t>(count, m_run.size()));
            m_hasher.update(m_run.first(taken));
            if (m_isWatched && taken > 0) {
                m_observer->data(m_run.first(taken));
            }
            m_run = m_run.subspan(taken);
            count -= taken;
        }
        return {};
    }

    void hashZeros(std::uint64_t count)
    {
        static constexpr std::array<std::byte, 64 * 1024> kZeros = {};
        while (count > 0) {
            const auto taken =
                static_cast<std::size_t>(std::min<std::uint64_t>(count, kZeros.size()));
            m_hasher.update(Bytes(kZeros).first(taken));
            count -= taken;
        }
    }

    Result<> hashWithHoles(const TarMember &member)
    {
        std::uint64_t at = 0;
        for (const SparseRun &run : *member.sparse) {
            hashZeros(run.offset - at);
            if (const Result<> hashed = hashStored(run.size); !hashed) {
                return hashed;
            }
            at = run.offset + run.size;
        }
        hashZeros(member.size - at);
        return {};
    }

    Result<> hashMap(const TarMember &member)
    {
        hashSparseMap(member, m_hasher);
        return hashStored(member.storedSize);
    }

    TarCursor &m_tar;
    FileObserver *m_observer;
    bool m_isWatched = false; ///< the current file, by the observer
    ContentHasher m_hasher;
    Bytes m_run;
};

Entry entryOf(const TarMember &member)
{
    Entry entry;
    entry.type = member.type;
    entry.size = member.size;
    entry.headerOffset = member.headerOffset;
    entry.mtime = member.mtime;
    entry.mtimeNsec = member.mtimeNsec;
    entry.uid = member.uid;
    entry.gid = member.gid;
    entry.mode = static_cast<std::uint16_t>(member.mode & kModeBits);
    if (member.type == EntryType::File && isToolFile(member.name)) {
        entry.flags |= Entry::ToolFile;
    }
    return entry;
}

std::optional<EntryExtra> extraOf(const TarMember &member)
{
    const bool isDevice =
        member.type == EntryType::CharDevice || member.type == EntryType::BlockDevice;
    if (!isDevice && member.xattrs.empty() && !member.sparse) {
        return std::nullopt;
    }
    EntryExtra extra;
    extra.xattrs = member.xattrs;
    extra.deviceMajor = member.deviceMajor;
    extra.deviceMinor = member.deviceMinor;
    extra.isSparse = member.sparse.has_value();
    extra.storedBytes = extra.isSparse ? member.storedSize : 0;
    return extra;
}

} // namespace

bool hashesHoles(const TarMember &member)
{
    return !member.sparse || member.size <= limits::kSparseHashBytes;
}

void hashSparseMap(const TarMember &member, ContentHasher &hasher)
{
    if (hashesHoles(member)) {
        return;
    }
    for (const SparseRun &run : *member.sparse) {
        const std::array<std::uint64_t, 2> numbers = {run.offset, run.size};
        hasher.update(std::as_bytes(std::span(numbers)));
    }
}

Result<> fillFromTar(ByteStream &tar, const LayerReadOptions &options, LayerReading &reading)
{
    reading.tree = LayerTree(options.limits);
    const std::unique_ptr<FileObserver> observer = options.observe ? options.observe() : nullptr;
    TarCursor cursor(tar, 0, options.limits);
    ContentReader content(cursor, observer.get());
    while (const TarMember *member = cursor.next()) {
        const Entry entry = entryOf(*member);
        ContentHash hash;
        if (member->type == EntryType::File) {
            const Result<ContentHash> hashed = content.read(*member, entry, reading.facts);
            if (!hashed) {
                return std::unexpected(hashed.error());
            }
            hash = *hashed;
        }
        const Result<> appended =
            reading.tree.append(member->name, entry, member->target, hash, extraOf(*member));
        if (!appended) {
            return appended;
        }
    }
    if (!cursor.status()) {
        return cursor.status();
    }
    reading.remarks = cursor.remarks();
    reading.tree.freeze();
    return {};
}

Result<> fillFromHeaders(ByteStream &tar,
                         const Limits &limits,
                         LayerTree &tree,
                         const Monitor &monitor)
{
    TarCursor cursor(tar, 0, limits);
    while (const TarMember *member = cursor.next()) {
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        const Result<> appended =
            tree.append(member->name, entryOf(*member), member->target, {}, extraOf(*member));
        if (!appended) {
            return appended;
        }
    }
    tree.freeze();
    return cursor.status();
}

} // namespace cutaway
