// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/contentreader.h"

#include "core/archive/codec.h"
#include "core/archive/tarcursor.h"
#include "core/base/limits.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

namespace cutaway {

namespace {

/// Content wanted by several entries (names of one file) is kept up to this size to be given again;
/// beyond it the layer is read once more for each.
constexpr std::uint64_t kReplayBytes = 64u << 20;
constexpr std::size_t kZeroBytes = 64 * 1024;
constexpr std::size_t kSniffBytes = 16;

/// Entries wanted of one layer, by where their content lies: those that are told its bytes.
using Wanted = std::map<std::uint64_t, std::vector<EntryId>>;

class LayerContents
{
public:
    LayerContents(const PathTree &tree, const ContentReceiver &receiver, const Monitor &monitor)
        : m_tree(tree)
        , m_receiver(receiver)
        , m_monitor(monitor)
    {}

    Result<> readTar(const ByteSourcePtr &blob, Wanted wanted);
    Result<> readFile(const ByteSource &file, const std::vector<EntryId> &entries);

private:
    Result<> pass(ByteStream &stream, std::uint64_t firstOffset, Wanted &wanted);
    Result<> giveMember(TarCursor &cursor, const TarMember &member, std::vector<EntryId> &entries);
    Result<> giveStored(TarCursor &cursor, const TarMember &member, EntryId entry);
    Result<> giveCopies(const std::vector<EntryId> &entries);
    Result<> give(EntryId entry, Bytes run);
    Result<> giveZeros(EntryId entry, std::uint64_t count);

    const PathTree &m_tree;
    const ContentReceiver &m_receiver;
    const Monitor &m_monitor;
    std::uint64_t m_given = 0; ///< bytes of the current entry
    std::string m_copy;        ///< of the current content, when it is wanted again
    bool m_keepCopy = false;
};

Result<> LayerContents::give(EntryId entry, Bytes run)
{
    if (m_monitor.isCancelled()) {
        return failCancelled();
    }
    m_given += run.size();
    if (m_keepCopy) {
        m_copy.append(reinterpret_cast<const char *>(run.data()), run.size());
    }
    return m_receiver.run(entry, run);
}

Result<> LayerContents::giveZeros(EntryId entry, std::uint64_t count)
{
    static constexpr std::array<std::byte, kZeroBytes> kZeros{};
    while (count > 0) {
        const std::size_t part = std::min<std::uint64_t>(count, kZeros.size());
        if (auto given = give(entry, Bytes(kZeros).first(part)); !given) {
            return given;
        }
        count -= part;
    }
    return {};
}

/// Gives the member's content to the first of `entries`, then, while it is small enough to have
/// been kept, to the others; takes those served off the list.
Result<> LayerContents::giveMember(TarCursor &cursor,
                                   const TarMember &member,
                                   std::vector<EntryId> &entries)
{
    const EntryId entry = entries.front();
    m_given = 0;
    m_copy.clear();
    m_keepCopy = entries.size() > 1 && member.size <= kReplayBytes;
    if (auto begun = m_receiver.begin(entry); !begun) {
        return begun;
    }
    if (auto given = giveStored(cursor, member, entry); !given) {
        return given;
    }
    entries.erase(entries.begin());
    if (!m_keepCopy) {
        return {};
    }
    m_keepCopy = false;
    return giveCopies(std::exchange(entries, {}));
}

/// What the archive stores of the member, with zeros for the holes between and after.
Result<> LayerContents::giveStored(TarCursor &cursor, const TarMember &member, EntryId entry)
{
    const auto runs = member.sparse.value_or(std::vector{SparseRun{0, member.size}});
    std::size_t nextRun = 0;
    std::uint64_t leftOfRun = 0;
    for (;;) {
        auto data = cursor.readData();
        if (!data) {
            return std::unexpected(data.error());
        }
        if (data->empty()) {
            break;
        }
        while (!data->empty()) {
            if (leftOfRun == 0) {
                if (nextRun >= runs.size()) {
                    return fail(ErrorCode::Corrupt, "more data than its sparse map has room for");
                }
                const SparseRun &run = runs[nextRun++];
                const std::uint64_t hole = run.offset - std::min(run.offset, m_given);
                if (auto given = giveZeros(entry, hole); !given) {
                    return given;
                }
                leftOfRun = run.size;
                continue;
            }
            const Bytes part = data->first(std::min<std::uint64_t>(data->size(), leftOfRun));
            if (auto given = give(entry, part); !given) {
                return given;
            }
            leftOfRun -= part.size();
            *data = data->subspan(part.size());
        }
    }
    return giveZeros(entry, member.size - std::min(member.size, m_given));
}

Result<> LayerContents::giveCopies(const std::vector<EntryId> &entries)
{
    for (const EntryId entry : entries) {
        if (auto begun = m_receiver.begin(entry); !begun) {
            return begun;
        }
        if (m_copy.empty()) {
            continue;
        }
        if (auto given = give(entry, std::as_bytes(std::span(m_copy))); !given) {
            return given;
        }
    }
    return {};
}

Result<> LayerContents::pass(ByteStream &stream, std::uint64_t firstOffset, Wanted &wanted)
{
    TarCursor cursor(stream, firstOffset);
    auto next = wanted.begin();
    while (next != wanted.end()) {
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        const TarMember *member = cursor.next();
        if (member == nullptr) {
            break;
        }
        if (member->headerOffset < next->first) {
            continue;
        }
        const Entry &entry = m_tree.entry(m_tree.content(next->second.front()));
        if (member->headerOffset != next->first || member->size != entry.size) {
            return fail(ErrorCode::Corrupt, "the layer is not what it was when it was inspected");
        }
        if (auto given = giveMember(cursor, *member, next->second); !given) {
            return given;
        }
        ++next;
    }
    if (next == wanted.end()) {
        return {};
    }
    if (!cursor.status()) {
        return std::unexpected(cursor.status().error());
    }
    return fail(ErrorCode::NotFound, "the layer ends before the file that is looked for");
}

Result<> LayerContents::readTar(const ByteSourcePtr &blob, Wanted wanted)
{
    std::array<std::byte, kSniffBytes> head{};
    const auto count = blob->readAt(0, head);
    if (!count) {
        return std::unexpected(count.error());
    }
    const Compression compression = sniffCompression(Bytes(head).first(*count));
    while (!wanted.empty()) {
        const bool isPlain = compression == Compression::None;
        const std::uint64_t start = isPlain ? wanted.begin()->first : 0;
        const auto stream =
            isPlain ? streamOf(blob, start) : decompress(streamOf(blob), compression);
        if (auto done = pass(*stream, start, wanted); !done) {
            return done;
        }
        std::erase_if(wanted, [](const auto &item) { return item.second.empty(); });
    }
    return {};
}

Result<> LayerContents::readFile(const ByteSource &file, const std::vector<EntryId> &entries)
{
    std::vector<std::byte> block(limits::kBlockSize);
    for (const EntryId entry : entries) {
        if (auto begun = m_receiver.begin(entry); !begun) {
            return begun;
        }
        for (std::uint64_t offset = 0;;) {
            const auto count = file.readAt(offset, block);
            if (!count) {
                return std::unexpected(count.error());
            }
            if (*count == 0) {
                break;
            }
            offset += *count;
            if (auto given = give(entry, Bytes(block).first(*count)); !given) {
                return given;
            }
        }
    }
    return {};
}

/// The entries by layer and place of their content.
Result<std::map<LayerIndex, Wanted>> sortByLayer(const PathTree &tree,
                                                 const std::vector<EntryId> &entries)
{
    std::map<LayerIndex, Wanted> layers;
    for (const EntryId id : entries) {
        const EntryId content = tree.content(id);
        const std::string path = displayText(tree.path(tree.entry(id).node));
        if (content == kNone) {
            return fail(ErrorCode::NotFound, path + ": a dangling hard link has no content");
        }
        const Entry &entry = tree.entry(content);
        if (entry.type != EntryType::File) {
            return fail(ErrorCode::InvalidInput, path + ": no regular file");
        }
        layers[entry.layer][entry.headerOffset].push_back(id);
    }
    return layers;
}

Result<bool> readFromDirectory(ImageSource &source,
                               const PathTree &tree,
                               const std::vector<EntryId> &entries,
                               LayerContents &contents)
{
    for (const EntryId id : entries) {
        const std::string path = tree.path(tree.entry(tree.content(id)).node);
        const auto file = source.openEntry(path);
        if (!file) {
            return false;
        }
        if (!*file) {
            return std::unexpected(file->error());
        }
        if (auto read = contents.readFile(***file, {id}); !read) {
            return failIn(displayText(path), read.error());
        }
    }
    return true;
}

} // namespace

Result<> readContents(ImageSource &source,
                      const Image &image,
                      const std::vector<EntryId> &entries,
                      const ContentReceiver &receiver,
                      const Monitor &monitor)
{
    if (!image.tree) {
        return fail(ErrorCode::InvalidInput, "the image has not been read");
    }
    const auto layers = sortByLayer(*image.tree, entries);
    if (!layers) {
        return std::unexpected(layers.error());
    }
    LayerContents contents(*image.tree, receiver, monitor);
    const auto fromDirectory = readFromDirectory(source, *image.tree, entries, contents);
    if (!fromDirectory) {
        return std::unexpected(fromDirectory.error());
    }
    if (*fromDirectory) {
        return {};
    }
    for (const auto &[index, wanted] : *layers) {
        const std::string where = "layer " + std::to_string(index);
        const auto blob = source.blob(image.layers[index].descriptor);
        if (!blob) {
            return failIn(where, blob.error());
        }
        if (auto read = contents.readTar(*blob, wanted); !read) {
            return read.error().code == ErrorCode::Cancelled ? read : failIn(where, read.error());
        }
    }
    return {};
}

} // namespace cutaway
