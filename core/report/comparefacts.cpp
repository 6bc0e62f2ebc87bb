// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/comparefacts.h"

#include "core/base/text.h"
#include "core/report/layerfacts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cutaway::compared {
namespace {

std::uint64_t distance(std::uint64_t before, std::uint64_t after)
{
    return after > before ? after - before : before - after;
}

std::string listed(const std::vector<std::pair<std::uint64_t, std::string_view>> &counts)
{
    std::string text;
    for (const auto &[count, word] : counts) {
        if (count > 0) {
            text += (text.empty() ? "" : ", ") + formatNumber(count) + ' ' + std::string(word);
        }
    }
    return text.empty() ? "none" : text;
}

std::string ownerOf(const Entry &entry)
{
    return std::to_string(entry.uid) + ':' + std::to_string(entry.gid);
}

} // namespace

std::string byteChange(std::uint64_t before, std::uint64_t after)
{
    if (before == after) {
        return "no change";
    }
    return (after > before ? "+" : "−") + formatBytes(distance(before, after));
}

std::string_view signOf(FileDifference::Kind kind)
{
    switch (kind) {
    case FileDifference::Kind::Removed: return "-";
    case FileDifference::Kind::Added: return "+";
    case FileDifference::Kind::Modified: return "~";
    case FileDifference::Kind::Metadata: return "*";
    case FileDifference::Kind::Moved: return ">";
    }
    return {};
}

std::string pathOf(const Comparison &comparison, NodeId before, NodeId after)
{
    return after != kNone ? comparison.after->image->tree->path(after)
                          : comparison.before->image->tree->path(before);
}

std::vector<const FileDifference *> telling(const FileDifferences &files)
{
    using Kind = FileDifference::Kind;
    std::vector<const FileDifference *> list;
    for (const FileDifference &difference : files.list) {
        const bool isDull = difference.kind == Kind::Moved
                            || (difference.kind == Kind::Metadata && difference.isTimeOnly())
                            || (difference.isDirectory && difference.kind != Kind::Metadata);
        if (!isDull) {
            list.push_back(&difference);
        }
    }
    std::ranges::stable_sort(list, std::greater(), [](const FileDifference *difference) {
        return distance(difference->beforeBytes, difference->afterBytes);
    });
    return list;
}

std::string countWords(const FileDifferences &files)
{
    using Kind = FileDifference::Kind;
    return listed({{files.count(Kind::Added), "added"},
                   {files.count(Kind::Removed), "removed"},
                   {files.count(Kind::Modified), "modified"},
                   {files.count(Kind::Metadata) - files.timeOnly, "with other metadata"},
                   {files.timeOnly, "with another time alone"},
                   {files.count(Kind::Moved), "out of another layer"}});
}

std::string changeWords(const Comparison &comparison, const FileDifference &difference)
{
    if (difference.aspects == 0) {
        return {};
    }
    const PathTree &first = *comparison.before->image->tree;
    const PathTree &second = *comparison.after->image->tree;
    const Entry &before = first.entry(inodeOf(first, difference.beforeEntry));
    const Entry &after = second.entry(inodeOf(second, difference.afterEntry));
    std::string words;
    for (const std::string_view aspect : aspectNames(difference)) {
        words += (words.empty() ? "" : ", ") + std::string(aspect);
        if (aspect == "mode") {
            words += ' ' + formatMode(before.mode) + " > " + formatMode(after.mode);
        } else if (aspect == "owner") {
            words += ' ' + ownerOf(before) + " > " + ownerOf(after);
        }
    }
    return words;
}

std::vector<const DirectoryDifference *> telling(
    const std::vector<DirectoryDifference> &directories)
{
    std::vector<bool> isEcho(directories.size());
    for (const DirectoryDifference &child : directories) {
        const auto parent = child.parent;
        if (parent == DirectoryDifference::kNoParent) {
            continue;
        }
        const DirectoryDifference &above = directories[parent];
        const bool isSame =
            above.differences == child.differences
            && above.afterBytes - above.beforeBytes == child.afterBytes - child.beforeBytes;
        isEcho[parent] = isEcho[parent] || isSame;
    }
    std::vector<const DirectoryDifference *> list;
    for (std::size_t i = 0; i < directories.size(); ++i) {
        if (!isEcho[i] && directories[i].beforeBytes != directories[i].afterBytes) {
            list.push_back(&directories[i]);
        }
    }
    std::ranges::stable_sort(list, std::greater(), [](const DirectoryDifference *directory) {
        return distance(directory->beforeBytes, directory->afterBytes);
    });
    return list;
}

std::string countWords(const PackageDifferences &packages)
{
    using Kind = PackageDifference::Kind;
    return listed({{packages.count(Kind::Added), "added"},
                   {packages.count(Kind::Removed), "removed"},
                   {packages.count(Kind::Upgraded), "upgraded"},
                   {packages.count(Kind::Downgraded), "downgraded"},
                   {packages.count(Kind::Changed), "changed"}});
}

std::string settingName(const SettingDifference &setting)
{
    return std::string(setting.field) + (setting.name.empty() ? "" : " " + setting.name);
}

std::string instructionOf(const Comparison &comparison, const LayerPair &pair, Secrets secrets)
{
    return pair.after ? instructionLine(*comparison.after->image, *pair.after, secrets)
                      : instructionLine(*comparison.before->image, *pair.before, secrets);
}

std::uint64_t layerBytes(const InspectionPtr &inspection, const std::optional<LayerIndex> &layer)
{
    const bool isKnown = layer && *layer < inspection->analysis.layers.size();
    return isKnown ? inspection->analysis.layers[*layer].fileBytes : 0;
}

} // namespace cutaway::compared
