// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/resolve.h"

#include "core/base/limits.h"
#include "core/base/text.h"

#include <algorithm>
#include <string>
#include <vector>

namespace cutaway::cli {
namespace {

/// Puts the components of `path` before those that are left; the next one stands last.
void prepend(std::vector<std::string> &left, std::string_view path)
{
    while (!path.empty()) {
        const std::size_t slash = path.rfind('/');
        const std::size_t start = slash == std::string_view::npos ? 0 : slash + 1;
        if (start < path.size() && path.substr(start) != ".") {
            left.emplace_back(path.substr(start));
        }
        path = path.substr(0, start == 0 ? 0 : slash);
    }
}

EntryId contentAt(const PathTree &tree, NodeId node, LayerIndex layer)
{
    const EntryId entry = tree.entryAt(node, layer);
    if (entry == kNone || tree.entry(entry).type != EntryType::HardLink) {
        return entry;
    }
    const EntryId content = tree.content(entry);
    return content == kNone ? entry : content;
}

} // namespace

Result<NodeId> resolvePath(const PathTree &tree,
                           std::string_view path,
                           LayerIndex layer,
                           LastLink lastLink)
{
    std::vector<std::string> left;
    prepend(left, path);
    NodeId at = kRoot;
    std::uint32_t hops = 0;
    while (!left.empty()) {
        const std::string name = std::move(left.back());
        left.pop_back();
        if (name == "..") {
            at = at == kRoot ? kRoot : tree.node(at).parent;
            continue;
        }
        const NodeId child = tree.child(at, name);
        const EntryId entry = child == kNone ? kNone : contentAt(tree, child, layer);
        if (entry == kNone) {
            const std::string parent = at == kRoot ? "" : tree.path(at);
            return fail(ErrorCode::NotFound,
                        "the image has no path " + displayText(parent + '/' + name));
        }
        const EntryType type = tree.entry(entry).type;
        if (type == EntryType::Symlink && (!left.empty() || lastLink == LastLink::Follow)) {
            if (++hops > limits::kLinkHops) {
                return fail(ErrorCode::LimitExceeded,
                            displayText(path) + ": too many symbolic links on the way");
            }
            const std::string_view target = tree.linkTarget(entry);
            at = target.starts_with('/') ? kRoot : at;
            prepend(left, target);
            continue;
        }
        if (type != EntryType::Directory && !left.empty()) {
            return fail(ErrorCode::NotFound,
                        displayText(tree.path(child)) + " is no directory of the image");
        }
        at = child;
    }
    return at;
}

} // namespace cutaway::cli
