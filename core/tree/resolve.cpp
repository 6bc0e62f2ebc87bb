// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/resolve.h"

#include "core/base/limits.h"

#include <algorithm>
#include <ranges>
#include <string>
#include <vector>

namespace cutaway {

namespace {

/// Components still to be walked, the next one last.
void pushComponents(std::string_view path, std::vector<std::string> &pending)
{
    std::vector<std::string> components;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end > 0 && path.substr(0, end) != ".") {
            components.emplace_back(path.substr(0, end));
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    for (std::string &component : components | std::views::reverse) {
        pending.push_back(std::move(component));
    }
}

} // namespace

NodeId resolvePath(const PathTree &tree, std::string_view path)
{
    std::vector<std::string> pending;
    pushComponents(path.substr(0, limits::kPathBytes), pending);
    NodeId at = kRoot;
    std::uint32_t hops = 0;
    while (!pending.empty()) {
        const std::string name = std::move(pending.back());
        pending.pop_back();
        if (name == "..") {
            at = at == kRoot ? kRoot : tree.node(at).parent;
            continue;
        }
        const NodeId child = tree.child(at, name);
        const EntryId entry = child == kNone ? kNone : tree.finalEntry(child);
        if (entry == kNone) {
            return kNone;
        }
        if (tree.effectiveType(entry) != EntryType::Symlink) {
            at = child;
            continue;
        }
        if (++hops > limits::kLinkHops) {
            return kNone;
        }
        const std::string_view target = tree.linkTarget(entry);
        at = target.starts_with('/') ? kRoot : at;
        pushComponents(target, pending);
    }
    return at;
}

} // namespace cutaway
