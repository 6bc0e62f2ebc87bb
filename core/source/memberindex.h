// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/tarcursor.h"
#include "core/base/bytesource.h"
#include "core/base/monitor.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cutaway {

/// A name inside an archive in its one normal form: relative, no empty, "." or ".." parts. Nothing
/// when it leads outside.
[[nodiscard]] std::optional<std::string> memberName(std::string_view raw);

/// Which members an outer tar has and where their bytes lie. Symbolic and hard links between
/// members are followed, never out of the archive; of members with one name the last counts.
class MemberIndex
{
public:
    explicit MemberIndex(const Limits &limits = {})
        : m_most(limits.archiveMembers)
    {}

    struct Member
    {
        EntryType type = EntryType::File;
        bool isSparse = false;
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
        std::string target;         ///< of links, normalised
        bool leavesArchive = false; ///< the link's target does
    };

    /// LimitExceeded beyond Limits::archiveMembers. Names that lead outside are counted, not kept.
    [[nodiscard]] Result<> add(const TarMember &member);

    /// The regular file that `name` leads to. NotFound; Corrupt for a directory, a device, a name
    /// or link that leads outside, and links in a circle.
    [[nodiscard]] Result<std::string> resolve(std::string_view name) const;
    /// The member of a normalised name, or nullptr.
    const Member *find(const std::string &name) const;

    /// Sorted names of the first level, those that are only directories on the way included.
    std::vector<std::string> topNames() const { return {m_topNames.begin(), m_topNames.end()}; }
    /// Directories of the first level that hold a member of that name, sorted.
    std::vector<std::string> directoriesWith(std::string_view fileName) const;
    bool isEmpty() const { return m_members.empty() && m_outside == 0; }

    /// Names met more than once, the first few.
    const std::vector<std::string> &duplicates() const { return m_duplicates; }
    std::uint64_t outsideCount() const { return m_outside; }

    /// How the archive ended: plain, or why it could not be read any further.
    const Result<> &status() const { return m_status; }
    void setStatus(Result<> status) { m_status = std::move(status); }

private:
    std::optional<std::string> throughLinkedDirectory(const std::string &name) const;
    bool isDirectory(const std::string &name) const;

    std::unordered_map<std::string, Member> m_members;
    std::set<std::string> m_topNames;
    std::vector<std::string> m_duplicates;
    std::uint64_t m_most;
    std::uint64_t m_outside = 0;
    Result<> m_status;
};

/// Reads the headers of a plain tar, not the data. Fails when cancelled or beyond a limit; an
/// archive that is broken further on is indexed as far as it goes (`status()`).
[[nodiscard]] Result<MemberIndex> indexMembers(const ByteSourcePtr &archive,
                                               const Limits &limits,
                                               Monitor &monitor);

} // namespace cutaway
