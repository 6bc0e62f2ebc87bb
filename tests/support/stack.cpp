// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/stack.h"

#include "core/base/text.h"

#include <array>
#include <sstream>
#include <stdexcept>

namespace cutaway::test {
namespace {

constexpr std::array kTypeNames = {
    "file", "dir", "symlink", "hardlink", "char", "block", "fifo", "whiteout", "opaque"};
constexpr std::array kCauseNames = {"visible",
                                    "metadataCopy",
                                    "rewritten",
                                    "typeChange",
                                    "deletedFile",
                                    "deletedDirectory",
                                    "opaque",
                                    "duplicateEntry"};
constexpr std::array kSigns = {"=", "+", "~", "*", "-"};

const char *typeName(EntryType type)
{
    return kTypeNames.at(static_cast<std::size_t>(type));
}

std::string bytesOfHex(const std::string &text)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

/// The number at the end of a line, if there is one, is user and group.
void readOwner(std::istringstream &words, Entry &entry)
{
    std::uint32_t owner = 0;
    if (words >> owner) {
        entry.uid = owner;
        entry.gid = owner;
    }
}

void appendLine(LayerTree &layer, const std::string &line)
{
    std::istringstream words(line);
    std::string kind;
    std::string path;
    std::string target;
    std::string key;
    words >> kind >> path;
    std::optional<EntryExtra> extra;
    Entry entry;
    entry.mode = 0644;
    entry.headerOffset = layer.entries().size(); // no tar: its number tells it from the others
    if (kind == "mode") {
        words >> std::oct >> entry.mode >> std::dec >> entry.size >> key;
        readOwner(words, entry);
    } else if (kind == "file") {
        words >> entry.size >> key;
    } else if (kind == "dirmode") {
        entry.type = EntryType::Directory;
        words >> std::oct >> entry.mode >> std::dec;
        readOwner(words, entry);
    } else if (kind == "xattr") {
        words >> key >> target;
        extra.emplace();
        extra->xattrs.emplace_back(key, bytesOfHex(target));
        target.clear();
        entry.mode = 0755;
        entry.size = 100;
    } else if (kind == "dir") {
        entry.type = EntryType::Directory;
        entry.mode = 0755;
    } else if (kind == "symlink" || kind == "hardlink") {
        entry.type = kind == "symlink" ? EntryType::Symlink : EntryType::HardLink;
        words >> target >> target;
    } else if (kind == "char" || kind == "fifo") {
        entry.type = kind == "char" ? EntryType::CharDevice : EntryType::Fifo;
    } else if (kind == "owned") {
        words >> entry.uid >> entry.gid;
    } else if (kind == "timed") {
        words >> entry.mtime;
    } else {
        throw std::invalid_argument("unknown kind of entry: " + line);
    }
    ContentHasher hasher;
    hasher.update(std::as_bytes(std::span(key)));
    if (!layer.append(path, entry, target, hasher.finish(), std::move(extra))) {
        throw std::invalid_argument("refused: " + line);
    }
}

} // namespace

LayerTree layerOf(std::string_view lines, const Limits &limits)
{
    LayerTree layer(limits);
    std::istringstream stream{std::string(lines)};
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty()) {
            appendLine(layer, line);
        }
    }
    return layer;
}

PathTreePtr treeOf(const std::vector<std::string> &layers, const Limits &limits)
{
    PathTreeBuilder builder;
    for (const std::string &layer : layers) {
        builder.add(layerOf(layer, limits));
    }
    return builder.finish(Monitor()).value();
}

std::string textOf(const TreeView &view)
{
    const PathTree &tree = view.tree();
    std::string text;
    // Depth first with siblings in order, as a person reads a tree.
    std::vector<NodeId> stack = {kRoot};
    while (!stack.empty()) {
        const NodeId id = stack.back();
        stack.pop_back();
        const PathTree::Node &node = tree.node(id);
        for (NodeId child = node.firstChild + node.childCount; child-- > node.firstChild;) {
            stack.push_back(child);
        }
        if (!view.isShown(id) || id == kRoot) {
            continue;
        }
        const EntryId entryId = view.entry(id);
        text += kSigns.at(static_cast<std::size_t>(view.change(id)));
        text += " " + displayText(tree.path(id));
        if (entryId != kNone) {
            const EntryId content = tree.content(entryId);
            text += std::string(" ") + typeName(tree.effectiveType(entryId)) + " "
                    + std::to_string(content == kNone ? 0 : tree.entry(content).size) + " @"
                    + std::to_string(tree.entry(entryId).layer);
        }
        text += "\n";
    }
    return text;
}

std::string fatesOf(const PathTree &tree)
{
    std::string text;
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        const Entry &entry = tree.entry(id);
        if (entry.type != EntryType::File || !entry.makesPath()) {
            continue;
        }
        const PathTree::Fate fate = tree.byteFate(id);
        text += displayText(tree.path(entry.node)) + " @" + std::to_string(entry.layer) + " "
                + std::to_string(entry.size) + " "
                + kCauseNames.at(static_cast<std::size_t>(fate.cause));
        if (fate.hiddenBy != kNoLayer) {
            text += " by " + std::to_string(fate.hiddenBy);
        }
        text += "\n";
    }
    return text;
}

} // namespace cutaway::test
