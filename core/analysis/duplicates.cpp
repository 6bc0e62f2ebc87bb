// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/duplicates.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace cutaway {

namespace {

struct Visible
{
    ContentHash hash;
    std::uint64_t size = 0;
    EntryId name = kNone; ///< the first path of the content, in node order
};

/// Calls `visit(name, content)` for each visible file with bytes; of several names of one content
/// the first in node order stands for all.
template<typename Visit>
void forEachVisibleFile(const PathTree &tree, Visit visit)
{
    std::vector<bool> seen(tree.entryCount(), false);
    for (NodeId node = 0; node < tree.nodeCount(); ++node) {
        const EntryId name = tree.finalEntry(node);
        const EntryId content = name == kNone ? kNone : tree.content(name);
        if (content == kNone || seen[content]) {
            continue;
        }
        const Entry &entry = tree.entry(content);
        if (entry.type == EntryType::File && entry.size > 0) {
            seen[content] = true;
            visit(name, content);
        }
    }
}

/// Files whose content may be that of another one: most have no twin, and a few bits tell.
std::vector<Visible> filesWithTwins(const PathTree &tree)
{
    const std::size_t slots = std::bit_ceil(std::size_t{8} * (tree.nodeCount() + std::size_t{1}));
    std::vector<bool> once(slots, false);
    std::vector<bool> twice(slots, false);
    const auto slotOf = [&](EntryId content) { return tree.hash(content).low & (slots - 1); };
    forEachVisibleFile(tree, [&](EntryId, EntryId content) {
        const std::size_t slot = slotOf(content);
        twice[slot] = once[slot];
        once[slot] = true;
    });
    std::vector<Visible> files;
    forEachVisibleFile(tree, [&](EntryId name, EntryId content) {
        if (twice[slotOf(content)]) {
            files.push_back({tree.hash(content), tree.entry(content).size, name});
        }
    });
    return files;
}

} // namespace

std::vector<DuplicateGroup> findDuplicates(const PathTree &tree)
{
    std::vector<Visible> files = filesWithTwins(tree);
    const auto order = [](const Visible &file) {
        return std::tuple(file.hash, file.size, file.name);
    };
    std::ranges::sort(files, {}, order);
    std::vector<DuplicateGroup> groups;
    for (auto first = files.begin(); first != files.end();) {
        const auto last = std::find_if(first, files.end(), [&](const Visible &file) {
            return file.hash != first->hash || file.size != first->size;
        });
        if (last - first > 1) {
            DuplicateGroup group{.size = first->size, .copies = {}};
            for (auto file = first; file != last; ++file) {
                group.copies.push_back(file->name);
            }
            groups.push_back(std::move(group));
        }
        first = last;
    }
    std::ranges::sort(groups, [](const DuplicateGroup &a, const DuplicateGroup &b) {
        const std::uint64_t wastedByA = a.size * (a.copies.size() - 1);
        const std::uint64_t wastedByB = b.size * (b.copies.size() - 1);
        return std::tuple(wastedByB, a.copies.front()) < std::tuple(wastedByA, b.copies.front());
    });
    return groups;
}

} // namespace cutaway
