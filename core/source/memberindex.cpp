// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/memberindex.h"

#include "core/base/limits.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::size_t kDuplicatesKept = 16;

std::string cleanTarget(const TarMember &member, const std::string &name, bool *leaves)
{
    std::string raw = member.target;
    if (member.type == EntryType::Symlink) {
        if (raw.starts_with('/')) {
            *leaves = true;
            return {};
        }
        const std::size_t slash = name.rfind('/');
        raw = slash == std::string::npos ? raw : name.substr(0, slash + 1) + raw;
    }
    auto clean = memberName(raw);
    *leaves = !clean;
    return clean.value_or(std::string());
}

} // namespace

std::optional<std::string> memberName(std::string_view raw)
{
    std::string clean;
    while (!raw.empty()) {
        const std::size_t slash = raw.find('/');
        const std::string_view part = raw.substr(0, slash);
        raw.remove_prefix(slash == std::string_view::npos ? raw.size() : slash + 1);
        if (part.empty() || part == ".") {
            continue;
        }
        if (part == "..") {
            if (clean.empty()) {
                return std::nullopt;
            }
            const std::size_t last = clean.rfind('/');
            clean.resize(last == std::string::npos ? 0 : last);
            continue;
        }
        if (!clean.empty()) {
            clean += '/';
        }
        clean += part;
    }
    return clean;
}

Result<> MemberIndex::add(const TarMember &member)
{
    auto name = memberName(member.name);
    if (!name) {
        ++m_outside;
        return {};
    }
    if (name->empty()) {
        return {};
    }
    if (m_members.size() >= m_most) {
        return failLimit("the archive has more than " + formatNumber(m_most) + " members",
                         &Limits::archiveMembers);
    }
    Member entry;
    entry.type = member.type;
    entry.isSparse = member.sparse.has_value();
    entry.offset = member.dataOffset;
    entry.size = member.storedSize;
    if (member.type == EntryType::Symlink || member.type == EntryType::HardLink) {
        entry.target = cleanTarget(member, *name, &entry.leavesArchive);
    }
    m_topNames.insert(name->substr(0, name->find('/')));
    const bool isDirectory = entry.type == EntryType::Directory;
    const auto [place, isNew] = m_members.insert_or_assign(*name, std::move(entry));
    if (!isNew && !isDirectory && m_duplicates.size() < kDuplicatesKept) {
        m_duplicates.push_back(place->first);
    }
    return {};
}

const MemberIndex::Member *MemberIndex::find(const std::string &name) const
{
    const auto found = m_members.find(name);
    return found == m_members.end() ? nullptr : &found->second;
}

std::optional<std::string> MemberIndex::throughLinkedDirectory(const std::string &name) const
{
    for (std::size_t slash = name.find('/'); slash != std::string::npos;
         slash = name.find('/', slash + 1)) {
        const Member *member = find(name.substr(0, slash));
        if (member != nullptr && member->type == EntryType::Symlink && !member->leavesArchive) {
            return memberName(member->target + name.substr(slash));
        }
    }
    return std::nullopt;
}

bool MemberIndex::isDirectory(const std::string &name) const
{
    const std::string prefix = name + '/';
    return std::ranges::any_of(m_members,
                               [&](const auto &item) { return item.first.starts_with(prefix); });
}

Result<std::string> MemberIndex::resolve(std::string_view name) const
{
    const std::string shown = "\"" + displayText(name) + "\"";
    auto clean = name.starts_with('/') ? std::nullopt : memberName(name);
    if (!clean) {
        return fail(ErrorCode::Corrupt, shown + " leads out of the archive");
    }
    if (clean->empty()) {
        return fail(ErrorCode::Corrupt, shown + " names no file of the archive");
    }
    for (std::uint32_t hops = 0; hops <= limits::kLinkHops; ++hops) {
        const Member *member = find(*clean);
        if (member == nullptr) {
            clean = throughLinkedDirectory(*clean);
            if (clean) {
                continue;
            }
            if (auto literal = memberName(name); literal && isDirectory(*literal)) {
                return fail(ErrorCode::Corrupt, shown + " is a directory in the archive");
            }
            return fail(ErrorCode::NotFound, shown + " is missing from the archive");
        }
        if (member->type == EntryType::File) {
            return *clean;
        }
        if (member->type != EntryType::Symlink && member->type != EntryType::HardLink) {
            return fail(ErrorCode::Corrupt,
                        shown
                            + (member->type == EntryType::Directory
                                   ? " is a directory in the archive"
                                   : " is no file in the archive"));
        }
        if (member->leavesArchive) {
            return fail(ErrorCode::Corrupt, shown + " is a link that escapes from the archive");
        }
        clean = member->target;
    }
    return fail(ErrorCode::Corrupt, shown + " is a link that leads in a circle");
}

std::vector<std::string> MemberIndex::directoriesWith(std::string_view fileName) const
{
    std::vector<std::string> directories;
    for (const auto &[name, member] : m_members) {
        const std::size_t slash = name.find('/');
        if (slash != std::string::npos && std::string_view(name).substr(slash + 1) == fileName) {
            directories.push_back(name.substr(0, slash));
        }
    }
    std::ranges::sort(directories);
    return directories;
}

Result<MemberIndex> indexMembers(const ByteSourcePtr &archive,
                                 const Limits &limits,
                                 Monitor &monitor)
{
    // Small runs: of a big archive only the headers are read.
    constexpr std::size_t kHeaderRun = std::size_t{16} * 1024;
    const std::unique_ptr<ByteStream> stream = streamOf(archive, 0, kHeaderRun);
    TarCursor cursor(*stream, 0, limits);
    MemberIndex index(limits);
    while (const TarMember *member = cursor.next()) {
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        if (auto added = index.add(*member); !added) {
            return std::unexpected(added.error());
        }
        monitor.advance(member->dataOffset, archive->size());
    }
    index.setStatus(cursor.status());
    return index;
}

} // namespace cutaway
