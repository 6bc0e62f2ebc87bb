// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/layercontents.h"

#include "core/archive/layerfill.h"
#include "core/base/limits.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cutaway {

namespace {

/// Content wanted by several entries (names of one file) is kept up to this size to be given again;
/// beyond it the layer is read once more for each.
constexpr std::uint64_t kReplayBytes = 64u << 20;
constexpr std::size_t kZeroBytes = 64 * 1024;
/// A gap in a plain tar that is worth a new start; shorter ones are hopped over.
constexpr std::uint64_t kPlainGap = 1u << 20;

std::unexpected<Error> failChanged()
{
    return fail(ErrorCode::Corrupt, "the layer is not what it was when it was inspected");
}

} // namespace

Result<> LayerContents::begin(EntryId entry)
{
    m_hasBegun = true;
    m_given = 0;
    m_hasher.reset();
    m_hashesHoles = true;
    return m_receiver.begin(entry);
}

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
        if (m_hashesHoles) {
            m_hasher.update(Bytes(kZeros).first(part));
        }
        if (auto given = give(entry, Bytes(kZeros).first(part)); !given) {
            return given;
        }
        count -= part;
    }
    return {};
}

/// What came is what the inspection found: a file may have been written to since.
Result<> LayerContents::checkHash(EntryId entry) const
{
    const EntryId content = m_tree.content(entry);
    const bool isRight = m_tree.entry(content).size == 0 // which has no hash
                             ? m_given == 0
                             : m_hasher.finish() == m_tree.hash(content);
    if (isRight) {
        return {};
    }
    return fail(ErrorCode::Corrupt,
                displayText(m_tree.path(m_tree.entry(entry).node))
                    + ": its bytes are not what they were when it was inspected");
}

bool LayerContents::isWorthKeeping(const TarMember &member) const
{
    return m_keeping.files != nullptr && !member.sparse && member.size <= limits::kOpenedFileBytes;
}

/// Gives what was read before; nothing unless all of it was, so that the order is the tar's.
Result<bool> LayerContents::giveKept(const WantedContents &wanted)
{
    std::vector<std::shared_ptr<const std::string>> kept;
    for (const auto &[offset, entries] : wanted) {
        kept.push_back(m_keeping.files->find(m_keeping.blob, offset));
        if (kept.back() == nullptr) {
            return false;
        }
    }
    auto content = kept.begin();
    for (const auto &[offset, entries] : wanted) {
        m_copy = **content++;
        m_given = m_copy.size();
        m_hasher.reset();
        m_hasher.update(std::as_bytes(std::span(m_copy)));
        if (auto checked = checkHash(entries.front()); !checked) {
            return std::unexpected(checked.error());
        }
        if (auto given = giveCopies(entries); !given) {
            return std::unexpected(given.error());
        }
    }
    return true;
}

/// Gives the member's content to the first of `entries`, then, while it is small enough to have
/// been kept, to the others; takes those served off the list.
Result<> LayerContents::giveMember(TarCursor &cursor,
                                   const TarMember &member,
                                   std::vector<EntryId> &entries)
{
    const EntryId entry = entries.front();
    m_copy.clear();
    const bool isKept = isWorthKeeping(member);
    m_keepCopy = isKept || (entries.size() > 1 && member.size <= kReplayBytes);
    if (auto begun = begin(entry); !begun) {
        return begun;
    }
    if (auto given = giveStored(cursor, member, entry); !given) {
        return given;
    }
    if (auto checked = checkHash(entry); !checked) {
        return checked;
    }
    entries.erase(entries.begin());
    if (!m_keepCopy) {
        return {};
    }
    m_keepCopy = false;
    if (isKept) {
        m_keeping.files->put(m_keeping.blob, member.headerOffset, m_copy);
    }
    return giveCopies(std::exchange(entries, {}));
}

/// What the archive stores of the member, with zeros for the holes between and after.
Result<> LayerContents::giveStored(TarCursor &cursor, const TarMember &member, EntryId entry)
{
    const auto runs = member.sparse.value_or(std::vector{SparseRun{0, member.size}});
    hashSparseMap(member, m_hasher);
    m_hashesHoles = hashesHoles(member);
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
            m_hasher.update(part);
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
        if (auto begun = begin(entry); !begun) {
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

/// Gives the member at the place of `next`, if the cursor comes to it.
Result<bool> LayerContents::giveNext(TarCursor &cursor, WantedContents::iterator next)
{
    while (const TarMember *member = cursor.next()) {
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        if (member->headerOffset < next->first) {
            continue;
        }
        const Entry &entry = m_tree.entry(m_tree.content(next->second.front()));
        if (member->headerOffset != next->first || member->size != entry.size) {
            return failChanged();
        }
        m_passedTo = member->dataOffset + member->storedSize;
        const auto given = giveMember(cursor, *member, next->second);
        return given ? Result<bool>(true) : std::unexpected(given.error());
    }
    return cursor.status() ? Result<bool>(false) : std::unexpected(cursor.status().error());
}

/// Begins where the first file wanted begins, and ends early where a new start reaches the next one
/// sooner.
Result<> LayerContents::passFromPlace(const SeekableTar &tar, WantedContents &wanted)
{
    const std::uint64_t start = wanted.begin()->first;
    const auto stream = tar.open(start, m_monitor);
    if (!stream) {
        return std::unexpected(stream.error());
    }
    TarCursor cursor(**stream, start, tar.limits);
    const std::uint64_t gap = tar.compression == Compression::None ? kPlainGap : 0;
    for (auto next = wanted.begin(); next != wanted.end(); ++next) {
        if (next != wanted.begin() && tar.startFor(next->first) > m_passedTo + gap) {
            break;
        }
        const auto given = giveNext(cursor, next);
        if (!given) {
            return std::unexpected(given.error());
        }
        if (!*given) {
            return failChanged();
        }
    }
    return {};
}

Result<> LayerContents::passFromStart(const SeekableTar &tar, WantedContents &wanted)
{
    const auto stream =
        SeekableTar{tar.blob, tar.compression, nullptr, tar.limits}.open(0, m_monitor);
    if (!stream) {
        return std::unexpected(stream.error());
    }
    TarCursor cursor(**stream, 0, tar.limits);
    for (auto next = wanted.begin(); next != wanted.end(); ++next) {
        const auto given = giveNext(cursor, next);
        if (!given) {
            return std::unexpected(given.error());
        }
        if (!*given) {
            return fail(ErrorCode::NotFound, "the layer ends before the file that is looked for");
        }
    }
    return {};
}

Result<> LayerContents::readTar(const SeekableTar &tar,
                                WantedContents wanted,
                                const std::string &blob,
                                OpenedFiles &opened)
{
    m_keeping = {};
    if (tar.compression != Compression::None && tar.restarts == nullptr && !blob.empty()) {
        m_keeping = {&opened, blob};
        const auto given = giveKept(wanted);
        if (!given || *given) {
            return given ? Result<>() : std::unexpected(given.error());
        }
    }
    while (!wanted.empty()) {
        m_hasBegun = false;
        auto done = passFromPlace(tar, wanted);
        // Headers far before the file may say something about it (pax 'g'), and a restart point may
        // be damaged: the whole layer decides, as long as nobody was told anything.
        if (!done && done.error().code == ErrorCode::Corrupt && !m_hasBegun) {
            done = passFromStart(tar, wanted);
        }
        if (!done) {
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
        if (auto begun = begin(entry); !begun) {
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
            m_hasher.update(Bytes(block).first(*count));
            if (auto given = give(entry, Bytes(block).first(*count)); !given) {
                return given;
            }
        }
        if (auto checked = checkHash(entry); !checked) {
            return checked;
        }
    }
    return {};
}

} // namespace cutaway
