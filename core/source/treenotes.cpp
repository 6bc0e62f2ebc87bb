// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/treenotes.h"

#include "core/base/text.h"
#include "core/source/memberindex.h"

#include <vector>

namespace cutaway {

namespace {

std::string shown(std::string_view path)
{
    return displayText(path);
}

/// Target of the symbolic link that the directory hides; empty when there is none.
std::string hiddenLinkTarget(const PathTree &tree, const PathTree::SymlinkedParent &parent)
{
    const PathTree::Node &node = tree.node(parent.node);
    std::string target;
    for (EntryId id = node.firstEntry; id < node.firstEntry + node.entryCount; ++id) {
        const Entry &entry = tree.entry(id);
        if (entry.layer <= parent.layer && entry.type == EntryType::Symlink) {
            target = tree.linkTarget(id);
        }
    }
    return target;
}

void addSymlinkedParent(Image &image, const PathTree::SymlinkedParent &parent)
{
    const PathTree &tree = *image.tree;
    const std::string path = tree.path(parent.node);
    const std::string target = hiddenLinkTarget(tree, parent);
    const std::string full =
        target.starts_with('/') ? target : path.substr(0, path.rfind('/') + 1) + target;
    const auto clean = memberName(full);
    std::string message = "layer " + std::to_string(parent.layer) + " puts files below "
                          + shown(path)
                          + ", a symbolic link of a lower layer; here it becomes a directory, as "
                            "overlayfs has it";
    if (clean && !target.empty()) {
        message += "; an unpacker that follows links (containerd, umoci) puts them below "
                   + shown("/" + *clean);
    }
    image.notes.add(Note{"symlinked-parent", message + ".", parent.layer, path});
}

/// Hard links that stand before their target in the same tar: unpackers that go through it once
/// fail.
void addForwardLinks(Image &image)
{
    const PathTree &tree = *image.tree;
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        const Entry &entry = tree.entry(id);
        const EntryId content = entry.type == EntryType::HardLink ? tree.content(id) : kNone;
        if (content != kNone && tree.entry(content).layer == entry.layer
            && tree.entry(content).headerOffset > entry.headerOffset) {
            const std::string path = tree.path(entry.node);
            image.notes.add(Note{"forward-hardlink",
                                 "layer " + std::to_string(entry.layer) + ": the hard link "
                                     + shown(path) + " stands before its target "
                                     + shown(tree.linkTarget(id))
                                     + "; most unpackers take it for dangling.",
                                 entry.layer,
                                 path});
        }
    }
}

} // namespace

void addTreeNotes(Image &image)
{
    const PathTree &tree = *image.tree;
    for (const auto &parent : tree.symlinkedParents()) {
        addSymlinkedParent(image, parent);
    }
    std::vector<std::uint64_t> leftovers(image.layers.size());
    addForwardLinks(image);
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        const Entry &entry = tree.entry(id);
        if (entry.flags == 0) {
            continue;
        }
        if (entry.has(Entry::Leftover) && entry.layer < leftovers.size()) {
            ++leftovers[entry.layer];
        }
        if (entry.has(Entry::UnsafePath)) {
            const std::string path = tree.path(entry.node);
            image.notes.add(
                Note{"unsafe-path",
                     "layer " + std::to_string(entry.layer)
                         + ": an unsafe name led above the root and was kept inside, as "
                         + shown(path) + ".",
                     entry.layer,
                     path});
        }
        if (entry.has(Entry::Dangling)) {
            const std::string path = tree.path(entry.node);
            image.notes.add(Note{"dangling-hardlink",
                                 "layer " + std::to_string(entry.layer) + ": " + shown(path)
                                     + " is a dangling hard link; there is no "
                                     + shown(tree.linkTarget(id)) + ".",
                                 entry.layer,
                                 path});
        }
    }
    for (std::uint32_t layer = 0; layer < leftovers.size(); ++layer) {
        if (leftovers[layer] > 0) {
            image.notes.add(
                Note{"aufs-leftover",
                     "layer " + std::to_string(layer) + ": "
                         + formatCount(leftovers[layer], "leftover", "leftovers")
                         + " of AUFS (names beginning with .wh..wh.), which no runtime shows.",
                     layer});
        }
    }
}

} // namespace cutaway
