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
    for (EntryId id = middle; id-- > target.firstEntry;) {
        if (m_tree.entry(id).makesPath()) {
            if (m_overlay.m_hiddenAt[id] >= moment) {
                return id;
            }
            break;
        }
    }
    for (EntryId id = middle; id < target.firstEntry + target.entryCount; ++id) {
        const Entry &entry = m_tree.entry(id);
        if (entry.layer != m_tree.entry(link).layer) {
            break;
        }
        if (entry.makesPath() && id != link) {
            return id;
        }
    }
    return kNone;
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

/// Whether name `a` was hidden after name `b`; between names of one layer the first path in byte
/// order counts as the last to go.
bool HardLinks::diedLater(EntryId a, EntryId b) const
{
    const Entry &first = m_tree.entry(a);
    const Entry &second = m_tree.entry(b);
    if (first.hiddenBy != second.hiddenBy) {
        return first.hiddenBy > second.hiddenBy; // kNoLayer, never hidden, is the greatest
    }
    if (first.hiddenBy == kNoLayer || first.cause == second.cause) {
        return false;
    }
    return m_tree.path(first.node) < m_tree.path(second.node);
}

void HardLinks::settleGroups()
{
    std::vector<PathTree::Binding> byContent;
    for (const PathTree::Binding &binding : m_tree.m_bindings) {
        if (binding.content != kNone) {
            byContent.push_back(binding);
        }
    }
    std::ranges::sort(byContent, [](const PathTree::Binding &a, const PathTree::Binding &b) {
        return std::pair(a.content, a.link) < std::pair(b.content, b.link);
    });
    for (std::size_t i = 0; i < byContent.size();) {
        const EntryId content = byContent[i].content;
        EntryId last = content;
        for (; i < byContent.size() && byContent[i].content == content; ++i) {
            if (diedLater(byContent[i].link, last)) {
                last = byContent[i].link;
            }
        }
        const Entry &entry = m_tree.entry(last);
        m_tree.m_groupFates.push_back({content, {entry.hiddenBy, entry.cause}});
    }
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
