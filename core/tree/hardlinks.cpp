// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/hardlinks.h"

#include <algorithm>

namespace cutaway {

void HardLinks::bind()
{
    for (EntryId id = 0; id < m_tree.entryCount(); ++id) {
        if (m_tree.entry(id).type == EntryType::HardLink && m_tree.entry(id).makesPath()) {
            m_tree.m_bindings.push_back({id, kNone});
        }
    }
    if (m_tree.m_bindings.empty()) {
        tellMetadataCopies();
        return;
    }
    indexMakers();
    m_done.assign(m_tree.m_bindings.size(), false);
    for (const PathTree::Binding &binding : m_tree.m_bindings) {
        resolve(binding.link);
    }
    tellMetadataCopies();
    settleGroups();
}

PathTree::Binding *HardLinks::bindingOf(EntryId link)
{
    auto found = std::ranges::lower_bound(m_tree.m_bindings, link, {}, &PathTree::Binding::link);
    return found != m_tree.m_bindings.end() && found->link == link ? &*found : nullptr;
}

/// The entry that the link's target path had when the link came; if there was none, the first that
/// the same layer brings there afterwards.
EntryId HardLinks::targetOf(EntryId link) const
{
    const NodeId node = m_tree.find(m_tree.linkTarget(link));
    if (node == kNone) {
        return kNone;
    }
    const std::uint32_t moment = m_overlay.m_moments[link];
    const PathTree::Node &target = m_tree.node(node);
    const auto run = std::span(m_overlay.m_moments).subspan(target.firstEntry, target.entryCount);
    const EntryId middle =
        target.firstEntry
        + static_cast<EntryId>(std::ranges::lower_bound(run, moment) - run.begin());
    const EntryId before = middle == target.firstEntry ? kNone : m_makerBefore[middle - 1];
    if (before != kNone && m_overlay.m_hiddenAt[before] >= moment) {
        return before;
    }
    const EntryId end = target.firstEntry + target.entryCount;
    EntryId after = middle == end ? kNone : m_makerAfter[middle];
    if (after == link) {
        after = link + 1 == end ? kNone : m_makerAfter[link + 1];
    }
    const bool isSameLayer =
        after != kNone && m_tree.entry(after).layer == m_tree.entry(link).layer;
    return isSameLayer ? after : kNone;
}

/// Once for all links: a path that is whited out again and again must not be searched for each.
void HardLinks::indexMakers()
{
    m_makerBefore.resize(m_tree.entryCount(), kNone);
    m_makerAfter.resize(m_tree.entryCount(), kNone);
    for (NodeId at = 0; at < m_tree.nodeCount(); ++at) {
        const PathTree::Node node = m_tree.node(at);
        const EntryId end = node.firstEntry + node.entryCount;
        EntryId maker = kNone;
        for (EntryId id = node.firstEntry; id < end; ++id) {
            maker = m_tree.entry(id).makesPath() ? id : maker;
            m_makerBefore[id] = maker;
        }
        maker = kNone;
        for (EntryId id = end; id-- > node.firstEntry;) {
            maker = m_tree.entry(id).makesPath() ? id : maker;
            m_makerAfter[id] = maker;
        }
    }
}

/// Follows links to links, however many, without recursion; a ring of links is dangling.
void HardLinks::resolve(EntryId link)
{
    m_trail.clear();
    EntryId content = kNone;
    for (EntryId at = link; at != kNone;) {
        const PathTree::Binding *binding = bindingOf(at);
        if (binding == nullptr) {
            content = m_tree.entry(at).type == EntryType::Directory ? kNone : at;
            break;
        }
        const auto index = static_cast<std::size_t>(binding - m_tree.m_bindings.data());
        if (m_done[index]) {
            content = binding->content;
            break;
        }
        m_done[index] = true;
        m_trail.push_back(at);
        at = targetOf(at);
    }
    for (const EntryId id : m_trail) {
        bindingOf(id)->content = content;
        if (content == kNone) {
            m_tree.m_entries[id].flags |= Entry::Dangling;
        }
    }
}

void HardLinks::settleGroups()
{
    PageVector<PathTree::Binding> byContent;
    for (const PathTree::Binding &binding : m_tree.m_bindings) {
        if (binding.content != kNone) {
            byContent.push_back(binding);
        }
    }
    std::ranges::sort(byContent, [](const PathTree::Binding &a, const PathTree::Binding &b) {
        return std::pair(a.content, a.link) < std::pair(b.content, b.link);
    });
    for (auto first = byContent.begin(); first != byContent.end();) {
        const EntryId content = first->content;
        const auto next = std::find_if(first, byContent.end(), [&](const PathTree::Binding &each) {
            return each.content != content;
        });
        const Entry &last = m_tree.entry(lastToGo(content, std::span(first, next)));
        m_tree.m_groupFates.push_back({content, {last.hiddenBy, last.cause}});
        first = next;
    }
}

/// The name that was hidden last; between names that one layer hid the first path in byte order.
EntryId HardLinks::lastToGo(EntryId content, std::span<const PathTree::Binding> names) const
{
    LayerIndex hiddenBy = m_tree.entry(content).hiddenBy;
    for (const PathTree::Binding &name : names) {
        hiddenBy = std::max(hiddenBy, m_tree.entry(name.link).hiddenBy); // kNoLayer is the greatest
    }
    EntryId last = kNone;
    std::string path;
    const auto consider = [&](EntryId name) {
        const Entry &entry = m_tree.entry(name);
        if (entry.hiddenBy != hiddenBy) {
            return;
        }
        std::string itsPath = m_tree.path(entry.node);
        if (last == kNone || itsPath < path || (itsPath == path && name > last)) {
            last = name;
            path = std::move(itsPath);
        }
    };
    if (hiddenBy == kNoLayer) { // visible: any of those that are
        const auto visible = std::ranges::find_if(names, [&](const PathTree::Binding &name) {
            return m_tree.entry(name.link).hiddenBy == kNoLayer;
        });
        return visible == names.end() ? content : visible->link;
    }
    consider(content);
    for (const PathTree::Binding &name : names) {
        consider(name.link);
    }
    return last;
}

void HardLinks::tellMetadataCopies()
{
    for (const Overlay::Replacement &replacement : m_overlay.m_replacements) {
        if (m_tree.sameContent(replacement.old, replacement.by)) {
            m_tree.m_entries[replacement.old].cause = Cause::MetadataCopy;
        }
    }
}

} // namespace cutaway
