// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/sparsemap.h"
#include "core/archive/tarstate.h"

#include <algorithm>
#include <limits>

namespace cutaway {

namespace {

constexpr std::int64_t kMost32 = std::numeric_limits<std::uint32_t>::max();

/// Nothing for types that no file system has: volume labels, ACLs, dump directories, later
/// inventions.
std::optional<EntryType> entryTypeOf(char typeFlag, std::string_view name)
{
    switch (typeFlag) {
    case '\0': // before 1988 a directory was told by its slash alone
        return name.ends_with('/') ? EntryType::Directory : EntryType::File;
    case '0':
    case '7':
    case 'S': return EntryType::File;
    case '1': return EntryType::HardLink;
    case '2': return EntryType::Symlink;
    case '3': return EntryType::CharDevice;
    case '4': return EntryType::BlockDevice;
    case '5': return EntryType::Directory;
    case '6': return EntryType::Fifo;
    default: return std::nullopt;
    }
}

} // namespace

Result<TarCursor::State::Step> TarCursor::State::takeMember(const TarHeader &header,
                                                            std::uint64_t at)
{
    member.typeFlag = header.typeFlag();
    member.headerOffset = pendingAt.value_or(at);
    using Taker = Result<> (State::*)(const TarHeader &);
    for (const Taker take : {&State::takeNames,
                             &State::takeNumbers,
                             &State::takeTime,
                             &State::takeDevice,
                             &State::takeSize}) {
        if (const Result<> taken = (this->*take)(header); !taken) {
            return std::unexpected(taken.error());
        }
    }
    const std::optional<EntryType> type = entryTypeOf(member.typeFlag, member.name);
    if (!type) {
        remarks.add(std::string("a member of the unknown type '") + shownName({&member.typeFlag, 1})
                        + "' was passed over",
                    member.name);
        restLeft += std::exchange(dataLeft, 0);
        clearPending();
        return Step::Other;
    }
    member.type = *type;
    if (member.type != EntryType::HardLink && member.type != EntryType::Symlink) {
        member.target.clear();
    }
    if (member.type != EntryType::File) {
        // Their size field means nothing, whatever it says: no data follows.
        member.size = member.storedSize = dataLeft = restLeft = padding = 0;
        member.sparse.reset();
    } else if (const Result<> taken = takeSparse(header); !taken) {
        return atHeader(headerOffset, taken.error());
    }
    takeXattrs();
    member.dataOffset = input.offset();
    clearPending();
    return Step::Member;
}

Result<> TarCursor::State::takeNames(const TarHeader &header)
{
    const std::string_view path = pax[PaxKey::Path];
    if (!path.empty()) {
        member.name = path;
    } else if (longName) {
        member.name = *longName;
    } else {
        member.name = header.prefix();
        if (!member.name.empty()) {
            member.name += '/';
        }
        member.name += header.name();
    }
    const std::string_view target = pax[PaxKey::LinkPath];
    if (!target.empty()) {
        member.target = target;
    } else if (longTarget) {
        member.target = *longTarget;
    } else {
        member.target = header.target();
    }
    return {};
}

Result<> TarCursor::State::takeNumbers(const TarHeader &header)
{
    const std::optional<TarNumber> mode = tarNumber(header.modeField());
    if (!mode) {
        return corruptAt(headerOffset, "a bad mode");
    }
    member.mode = static_cast<std::uint32_t>(mode->value);
    const Result<std::uint32_t> uid = idOf(header.uidField(), PaxKey::Uid, "user id");
    if (!uid) {
        return std::unexpected(uid.error());
    }
    member.uid = *uid;
    const Result<std::uint32_t> gid = idOf(header.gidField(), PaxKey::Gid, "group id");
    if (!gid) {
        return std::unexpected(gid.error());
    }
    member.gid = *gid;
    return {};
}

Result<std::uint32_t> TarCursor::State::idOf(std::string_view field,
                                             PaxKey key,
                                             std::string_view what)
{
    // The field must be sound even where a record overrules it: so does Go's reader.
    const std::optional<TarNumber> number = tarNumber(field);
    if (!number) {
        return corruptAt(headerOffset, "a bad " + std::string(what));
    }
    std::int64_t id = number->value;
    if (std::string_view text = pax[key]; !text.empty()) {
        const bool isNegative = text.starts_with('-');
        text.remove_prefix(isNegative ? 1 : 0);
        const std::optional<std::uint64_t> digits = paxDigits(text);
        if (!digits) {
            return corruptAt(headerOffset, "a bad " + std::string(what) + " in a pax header");
        }
        id = static_cast<std::int64_t>(*digits) * (isNegative ? -1 : 1);
    }
    if ((id < 0 || id > kMost32) && !remarks.isFull()) {
        remarks.add("the " + std::string(what) + " " + std::to_string(id)
                        + " is out of range and was clamped",
                    member.name);
    }
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(id, 0, kMost32));
}

Result<> TarCursor::State::takeTime(const TarHeader &header)
{
    const std::optional<TarNumber> field = tarNumber(header.mtimeField());
    if (!field) {
        return corruptAt(headerOffset, "a bad modification time");
    }
    member.mtime = field->value;
    member.mtimeNsec = 0;
    if (const std::string_view text = pax[PaxKey::Mtime]; !text.empty()) {
        const std::optional<PaxTime> time = paxTime(text);
        if (!time) {
            return corruptAt(headerOffset, "a bad modification time in a pax header");
        }
        member.mtime = time->seconds;
        member.mtimeNsec = time->nanoseconds;
    }
    return {};
}

Result<> TarCursor::State::takeDevice(const TarHeader &header)
{
    member.deviceMajor = 0;
    member.deviceMinor = 0;
    const bool isDevice = member.typeFlag == '3' || member.typeFlag == '4';
    if (!isDevice || header.format() == TarHeader::Format::V7) {
        return {};
    }
    const std::optional<TarNumber> major = tarNumber(header.deviceMajorField());
    const std::optional<TarNumber> minor = tarNumber(header.deviceMinorField());
    if (!major || !minor) {
        return corruptAt(headerOffset, "a bad device number");
    }
    member.deviceMajor =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(major->value, 0, kMost32));
    member.deviceMinor =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(minor->value, 0, kMost32));
    return {};
}

Result<> TarCursor::State::takeSize(const TarHeader &header)
{
    const std::optional<TarNumber> field = tarNumber(header.sizeField());
    if (!field || field->value < 0 || field->isClamped) {
        return corruptAt(headerOffset, "a bad size");
    }
    auto size = static_cast<std::uint64_t>(field->value);
    if (const std::string_view text = pax[PaxKey::Size]; !text.empty()) {
        const std::optional<std::uint64_t> digits = paxDigits(text);
        if (!digits) {
            return corruptAt(headerOffset, "a bad size in a pax header");
        }
        size = *digits;
    }
    member.size = size;
    member.storedSize = size;
    member.sparse.reset();
    dataLeft = size;
    padding = tarPadding(size);
    restLeft = padding;
    return {};
}

Result<> TarCursor::State::takeSparse(const TarHeader &header)
{
    Result<SparseRuns> runs;
    std::string_view logicalText;
    std::optional<std::uint64_t> logical;
    const std::string_view major = pax[PaxKey::SparseMajor];
    std::uint64_t stored = member.storedSize;
    if (member.typeFlag == 'S') {
        const std::optional<TarNumber> real = tarNumber(header.sparseRealSizeField());
        if (real && real->value >= 0 && !real->isClamped) {
            logical = static_cast<std::uint64_t>(real->value);
        }
        runs = readOldGnuMap(header, input);
    } else if (major == "1") {
        logicalText = pax[PaxKey::SparseRealSize];
        if (logicalText.empty()) {
            logicalText = pax[PaxKey::SparseSize];
        }
        runs = readInlineMap(input, stored);
    } else if (!pax[PaxKey::SparseSize].empty()
               && (major == "0" || !pax[PaxKey::SparseMap].empty())) {
        logicalText = pax[PaxKey::SparseSize];
        runs = parseSparseList(pax[PaxKey::SparseMap]);
    } else {
        return {};
    }
    if (!runs) {
        return std::unexpected(runs.error());
    }
    if (!logicalText.empty()) {
        logical = paxDigits(logicalText);
    }
    if (!logical) {
        return fail(ErrorCode::Corrupt, "a sparse file has a bad size");
    }
    if (const Result<> checked = checkSparseRuns(*runs, *logical, stored); !checked) {
        return checked;
    }
    if (const std::string_view name = pax[PaxKey::SparseName]; !name.empty()) {
        member.name = name;
    }
    member.size = *logical;
    member.storedSize = sparseBytes(*runs);
    member.sparse = std::move(*runs);
    dataLeft = member.storedSize;
    restLeft = stored - dataLeft + padding;
    return {};
}

void TarCursor::State::takeXattrs()
{
    member.xattrs.clear();
    if (pax.hasXattrs()) {
        member.xattrs = pax.xattrs();
    }
    if (pax.hasBadXattr()) {
        remarks.add("an extended attribute is not base64 and was left out", member.name);
    }
}

} // namespace cutaway
