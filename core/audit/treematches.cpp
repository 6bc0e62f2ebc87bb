// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/treematches.h"

#include "core/audit/pathmatcher.h"
#include "core/audit/pathtables.h"

#include <span>

namespace cutaway {

namespace {

struct Pattern
{
    PathGroup group = PathGroup::Cache;
    std::string_view kind;
};

/// Patterns of all groups, and the matcher that knows them by number.
class Groups
{
public:
    Groups(const ImageConfig &config, std::span<const std::string> homes)
    {
        for (const PathTable &table : pathTables(config, homes)) {
            for (const PathRow &row : table.rows) {
                m_matcher.add(row.glob);
                m_patterns.push_back({table.group, row.kind});
            }
        }
    }
    const Pattern &pattern(std::uint32_t number) const { return m_patterns[number]; }
    PathMatcher &matcher() { return m_matcher; }

private:
    std::vector<Pattern> m_patterns;
    PathMatcher m_matcher;
};

bool isAboutBytes(PathGroup group)
{
    return group <= PathGroup::Docs;
}

} // namespace

TreeMatches matchTree(const PathTree &tree,
                      const ImageConfig &config,
                      std::span<const std::string> homes)
{
    TreeMatches matches;
    Groups groups(config, homes);
    groups.matcher().walk(tree, [&](NodeId node, const std::vector<std::uint32_t> &hits) {
        const EntryId entry = tree.finalEntry(node);
        if (entry == kNone) {
            return;
        }
        const bool isFile = tree.entry(entry).type == EntryType::File;
        const bool isShared = isFile && tree.linkGroup(entry) != kNone;
        const std::uint64_t bytes = isFile && !isShared ? tree.entry(entry).size : 0;
        std::array<bool, kPathGroups> decided{};
        bool hasBytesGroup = false;
        for (const std::uint32_t hit : hits) {
            const Pattern &pattern = groups.pattern(hit);
            const auto at = static_cast<std::size_t>(pattern.group);
            if (decided[at]) {
                continue;
            }
            decided[at] = true;
            const bool aboutBytes = isAboutBytes(pattern.group);
            if (pattern.kind.empty() || (aboutBytes && (bytes == 0 || hasBytesGroup))) {
                continue;
            }
            hasBytesGroup = hasBytesGroup || aboutBytes;
            matches.groups[at].push_back({node, entry, pattern.kind, bytes});
        }
    });
    return matches;
}

} // namespace cutaway
