// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/pathversions.h"

#include "core/tree/view.h"
#include "ui/models/text.h"

#include <QCoreApplication>

namespace cutaway {

std::vector<PathVersion> versionsOf(const PathTree &tree, NodeId node)
{
    std::vector<PathVersion> versions;
    const PathTree::Node &record = tree.node(node);
    for (EntryId id = record.firstEntry; id < record.firstEntry + record.entryCount; ++id) {
        const Entry &entry = tree.entry(id);
        const EntryId content = entry.makesPath() ? tree.content(id) : kNone;
        if (content == kNone || tree.entry(content).type != EntryType::File) {
            continue;
        }
        const EntryId before =
            entry.layer == 0 ? kNone : tree.entryAt(node, static_cast<LayerIndex>(entry.layer - 1));
        const QString change = changeWord(changeBetween(tree, before, id));
        versions.push_back(
            {id,
             entry.layer,
             QCoreApplication::translate("cutaway", "Layer %1 · %2 · %3")
                 .arg(QString::number(entry.layer), change, sizeText(tree.entry(content).size))});
    }
    return versions;
}

EntryId entryAtPlace(const PathTree &tree, NodeId node, std::optional<LayerIndex> layer)
{
    if (layer) {
        const EntryId own = tree.entryOf(node, *layer);
        const EntryId there = own != kNone ? own : tree.entryAt(node, *layer);
        if (there != kNone) {
            return there;
        }
    }
    return tree.lastEntry(node);
}

} // namespace cutaway
