// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/contract/treesurvey.h"

#include "core/audit/files.h"
#include "core/image/image.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace cutaway {

namespace {

constexpr std::size_t kShown = 4;
constexpr std::size_t kVolumesMeasured = 1000; ///< those behind are listed without their bytes
constexpr std::uint16_t kSetId = 06000;
constexpr std::uint16_t kAnyExecute = 00111;
constexpr std::array<std::string_view, 6> kStreams = {"/dev/stdout",
                                                      "/dev/stderr",
                                                      "/proc/self/fd/1",
                                                      "/proc/self/fd/2",
                                                      "/proc/1/fd/1",
                                                      "/proc/1/fd/2"};

void add(SurveyedPaths &paths, const PathTree &tree, NodeId node)
{
    ++paths.count;
    if (paths.first.size() < kShown) {
        paths.first.push_back(tree.path(node));
    }
}

bool hasCapabilities(const EntryExtra *extra)
{
    return extra != nullptr && std::ranges::any_of(extra->xattrs, [](const auto &attribute) {
               return attribute.first == "security.capability";
           });
}

bool isBelowDev(const PathTree &tree, NodeId node)
{
    while (tree.node(node).parent != kRoot) {
        node = tree.node(node).parent;
    }
    return tree.name(node) == "dev";
}

void look(const PathTree &tree, NodeId node, EntryId id, TreeSurvey &survey)
{
    const Entry &entry = tree.entry(id);
    switch (entry.type) {
    case EntryType::File:
        if ((entry.mode & kSetId) != 0 && (entry.mode & kAnyExecute) != 0) {
            add(survey.setIdPrograms, tree, node);
        }
        if (hasCapabilities(tree.extra(id))) {
            add(survey.capabilities, tree, node);
        }
        return;
    case EntryType::Fifo: add(survey.fifos, tree, node); return;
    case EntryType::CharDevice:
    case EntryType::BlockDevice: add(survey.devices, tree, node); return;
    case EntryType::Symlink:
        if (std::ranges::find(kStreams, tree.linkTarget(id)) != kStreams.end()
            && !isBelowDev(tree, node)) {
            add(survey.logLinks, tree, node);
        }
        return;
    default: return;
    }
}

/// Bytes and files of the final file system at and below each node. Children come after their
/// parents, so that one pass from the end has them all.
std::vector<std::pair<std::uint64_t, std::uint64_t>> sumsBelow(const PathTree &tree)
{
    std::vector<std::pair<std::uint64_t, std::uint64_t>> sums(tree.nodeCount());
    for (NodeId node = tree.nodeCount(); node-- > 0;) {
        const EntryId id = tree.finalEntry(node);
        if (id != kNone && tree.entry(id).type == EntryType::File) {
            sums[node].first += tree.entry(id).size;
            ++sums[node].second;
        }
        if (node != kRoot) {
            auto &parent = sums[tree.node(node).parent];
            parent.first += sums[node].first;
            parent.second += sums[node].second;
        }
    }
    return sums;
}

} // namespace

TreeSurvey surveyTree(const Image &image)
{
    TreeSurvey survey;
    for (const std::string &volume : image.config.volumes) {
        survey.volumes.push_back({volume, std::nullopt, std::nullopt});
    }
    if (image.tree == nullptr || image.tree->nodeCount() == 0) {
        return survey;
    }
    const PathTree &tree = *image.tree;
    for (NodeId node = 1; node < tree.nodeCount(); ++node) {
        if (const EntryId id = tree.finalEntry(node); id != kNone) {
            look(tree, node, id, survey);
        }
    }
    if (survey.volumes.empty()) {
        return survey;
    }
    const auto sums = sumsBelow(tree);
    const std::size_t measured = std::min(survey.volumes.size(), kVolumesMeasured);
    for (ContractVolume &volume : std::span(survey.volumes).first(measured)) {
        const NodeId node = resolvePath(tree, volume.path);
        volume.bytes = node == kNone ? 0 : sums[node].first;
        volume.files = node == kNone ? 0 : sums[node].second;
    }
    return survey;
}

} // namespace cutaway
