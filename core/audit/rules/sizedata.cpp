// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/sizechecks.h"
#include "core/base/limits.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace cutaway {

namespace {

constexpr std::uint64_t kLeastDataFile = 10ULL * 1024 * 1024;
constexpr std::uint64_t kLeastDataFolder = 50ULL * 1024 * 1024;

constexpr std::array<std::string_view, 6> kDataFolders = {
    "data", "datasets", "dumps", "backup", "backups", "models"};

/// The folder nearest to the root, at or above the file, that is named as one for data; or kNone.
NodeId dataFolderOf(const PathTree &tree, NodeId file)
{
    NodeId folder = kNone;
    for (NodeId at = tree.node(file).parent; at != kRoot; at = tree.node(at).parent) {
        folder = std::ranges::find(kDataFolders, tree.name(at)) != kDataFolders.end() ? at : folder;
    }
    return folder;
}

/// A label such as "com.example.data.bundled=true": somebody thought about it.
bool isMeantToHaveData(const ImageConfig &config)
{
    return std::ranges::any_of(config.labels, [](const auto &label) {
        return label.first.ends_with("data.bundled") && label.second == "true";
    });
}

/// What is left of a process that died; empty for a file that only has such a name.
std::string_view dumpKind(std::string_view bytes)
{
    constexpr std::size_t kTypeAt = 16; ///< of e_type in an ELF header
    constexpr std::size_t kOrderAt = 5; ///< of EI_DATA: 1 is little-endian, 2 big
    constexpr char kCore = 4;           ///< ET_CORE
    if (bytes.starts_with("\x7f"
                          "ELF")
        && bytes.size() >= kTypeAt + 2) {
        const bool isBig = bytes[kOrderAt] == 2;
        const char low = bytes[kTypeAt + (isBig ? 1 : 0)];
        const char high = bytes[kTypeAt + (isBig ? 0 : 1)];
        return low == kCore && high == 0 ? "core of a process" : std::string_view();
    }
    if (bytes.starts_with("JAVA PROFILE")) {
        return "heap of a Java process";
    }
    return bytes.starts_with("MDMP") ? "minidump" : std::string_view();
}

Finding dataFinding(const AuditContext &context, LayerIndex layer, std::vector<EntryId> entries)
{
    Finding finding = layerFinding(context.image, Severity::Medium, layer);
    finding.confidence = Confidence::Likely;
    addFiles(context.image, std::move(entries), finding);
    return finding;
}

} // namespace

std::vector<Finding> bakedData(const AuditContext &context)
{
    if (isMeantToHaveData(context.image.config)) {
        return {};
    }
    const PathTree &tree = *context.image.tree;
    std::map<NodeId, std::vector<EntryId>> folders;
    std::map<NodeId, std::uint64_t> sums;
    std::map<LayerIndex, std::vector<EntryId>> files;
    for (const PathMatch &match : context.facts.matches.of(PathGroup::Data)) {
        const LayerIndex layer = tree.entry(match.entry).layer;
        if (originOf(context.image, layer) == Origin::Base) {
            continue;
        }
        const NodeId folder = dataFolderOf(tree, match.node);
        if (folder != kNone) {
            folders[folder].push_back(match.entry);
            sums[folder] += match.bytes;
        }
    }
    for (const PathMatch &match : context.facts.matches.of(PathGroup::Data)) {
        const LayerIndex layer = tree.entry(match.entry).layer;
        const NodeId folder = dataFolderOf(tree, match.node);
        const bool isTold = folder != kNone && sums[folder] >= kLeastDataFolder;
        if (match.kind == "data file" && match.bytes >= kLeastDataFile && !isTold
            && originOf(context.image, layer) != Origin::Base) {
            files[layer].push_back(match.entry);
        }
    }
    std::vector<Finding> findings;
    for (auto &[folder, entries] : folders) {
        if (sums[folder] < kLeastDataFolder) {
            continue;
        }
        const LayerIndex layer = tree.entry(entries.front()).layer;
        Finding finding = dataFinding(context, layer, std::move(entries));
        finding.fingerprint = tree.path(folder);
        finding.summary =
            formatBytes(finding.bytes) + " of data lie in " + displayText(tree.path(folder)) + ".";
        findings.push_back(std::move(finding));
    }
    for (auto &[layer, entries] : files) {
        const std::size_t count = entries.size();
        Finding finding = dataFinding(context, layer, std::move(entries));
        finding.summary = formatCount(count, "data file", "data files") + " of "
                          + formatBytes(finding.bytes) + " in layer " + std::to_string(layer) + ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> coreDumps(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::vector<Finding> findings;
    std::size_t reads = 0;
    for (const PathMatch &match : context.facts.matches.of(PathGroup::Dump)) {
        if (tree.effectiveType(match.entry) != EntryType::File || ++reads > limits::kContentReads) {
            continue;
        }
        const std::optional<FileContent> content = context.contents->content(match.entry);
        const std::string_view kind = content ? dumpKind(content->bytes) : std::string_view();
        if (kind.empty()) {
            continue;
        }
        const LayerIndex layer = tree.entry(match.entry).layer;
        Finding finding = layerFinding(context.image, Severity::Medium, layer);
        finding.fingerprint = tree.path(match.node);
        finding.bytes = match.bytes;
        finding.summary = displayText(tree.path(match.node)) + " is the " + std::string(kind) + ", "
                          + formatBytes(tree.entry(match.entry).size)
                          + ": all that it had in its memory.";
        finding.evidence.push_back(entryEvidence(tree, match.entry, std::string(kind)));
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
