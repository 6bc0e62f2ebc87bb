// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/sizechecks.h"

#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/packagewords.h"
#include "core/base/text.h"
#include "core/packages/purl.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

namespace cutaway {

namespace {

constexpr std::uint64_t kLargestUserLog = 1024 * 1024;
constexpr std::uint64_t kMoreForGpu = 4;
constexpr std::size_t kFoldersShown = 20;
constexpr std::size_t kPackagesShown = 10;

constexpr std::array kBuildTools = {
    "gcc",  "g++",    "cc",    "c++",    "clang", "clang++",  "ld",       "as",
    "make", "gmake",  "cmake", "ninja",  "meson", "autoconf", "automake", "libtool",
    "go",   "rustc",  "cargo", "javac",  "mvn",   "gradle",   "msbuild",  "node-gyp",
    "ghc",  "swiftc", "bazel", "protoc", "nasm"};

constexpr std::array<std::string_view, 6> kToolPackages = {"build-essential",
                                                           "build-base",
                                                           "kernel-headers",
                                                           "linux-headers",
                                                           "linux-libc-dev",
                                                           "glibc-devel"};

using Layers = std::map<LayerIndex, std::vector<EntryId>>;

Layers layersOf(const AuditContext &context, PathGroup group)
{
    Layers layers;
    for (const PathMatch &match : context.facts.matches.of(group)) {
        layers[context.image.tree->entry(match.entry).layer].push_back(match.entry);
    }
    return layers;
}

/// Like caches, but worth saying from 16 KiB on.
std::vector<Finding> leftovers(const AuditContext &context, PathGroup group, std::string_view what)
{
    std::vector<Finding> findings;
    for (auto &[layer, entries] : layersOf(context, group)) {
        Finding finding = layerFinding(context.image, Severity::Info, layer);
        finding.evidence.push_back(
            {.text = "made by " + layerText(context.image, layer), .layer = layer});
        addFiles(context.image, std::move(entries), finding);
        if (finding.bytes < context.settings.thresholds.sizeTmpMin) {
            continue;
        }
        finding.severity = sizeSeverity(finding.bytes, context).value_or(Severity::Info);
        finding.summary = formatBytes(finding.bytes) + " " + std::string(what) + " in layer "
                          + std::to_string(layer) + ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

bool isTemporaryPath(std::string_view path)
{
    return path.starts_with("/tmp/") || path.starts_with("/var/tmp/") || path == "/tmp"
           || path == "/var/tmp";
}

bool isNamedInConfig(const AuditContext &context, std::string_view name)
{
    const auto names = [&](const std::string &text) { return text.contains(name); };
    return std::ranges::any_of(context.facts.argv, names)
           || std::ranges::any_of(context.image.config.env, names);
}

/// A build step that brings the archive in by its name.
bool isNamedInStep(const AuditContext &context, std::string_view name)
{
    return std::ranges::any_of(context.facts.steps, [&](const BuildFact &fact) {
        const std::string &text = fact.step.arguments;
        const bool brings =
            fact.step.keyword == "ADD"
            || (fact.step.keyword == "RUN" && (text.contains("curl") || text.contains("wget")));
        return brings && text.contains(name);
    });
}

/// `/opt/a-1.0.tar.gz` beside `/opt/a-1.0`.
bool isUnpackedBeside(const PathTree &tree, NodeId node, std::string_view end)
{
    const std::string_view name = tree.name(node);
    const NodeId folder =
        tree.child(tree.node(node).parent, name.substr(0, name.size() - end.size()));
    return folder != kNone && tree.finalEntry(folder) != kNone;
}

/// The tool that a name of several parts stands for: "gcc" of "gcc-12" and of
/// "x86_64-linux-gnu-gcc-12"; empty where there is none.
std::string_view plainTool(std::string_view name)
{
    const std::size_t version = name.find_last_not_of("0123456789.");
    name = name.substr(0, version == std::string_view::npos ? 0 : version + 1);
    if (name.ends_with('-')) {
        name.remove_suffix(1);
    }
    for (const std::string_view target : {"-linux-gnu-", "-linux-musl-", "-linux-gnueabihf-"}) {
        if (const std::size_t at = name.find(target); at != std::string_view::npos) {
            name.remove_prefix(at + target.size());
        }
    }
    if (name.starts_with("python") && name.ends_with("-config")) {
        return "python-config"; // of the headers for building extensions
    }
    const auto *const tool = std::ranges::find(kBuildTools, name);
    return tool == kBuildTools.end() ? std::string_view() : std::string_view(*tool);
}

/// Tools that are there under names with a version or a target alone.
void addVersionedTools(const PathTree &tree, std::map<std::string_view, EntryId> &tools)
{
    for (const char *folder : {"/usr/local/bin", "/usr/bin"}) {
        const NodeId at = tree.find(folder);
        const PathTree::Node bin = at == kNone ? PathTree::Node{} : tree.node(at);
        for (NodeId node = bin.firstChild; node < bin.firstChild + bin.childCount; ++node) {
            const std::string_view tool = plainTool(tree.name(node));
            if (tool.empty() || tools.contains(tool)) {
                continue;
            }
            const EntryId entry = installedProgram(tree, tree.name(node));
            if (entry != kNone) {
                tools.emplace(tool, entry);
            }
        }
    }
}

/// Of one origin; one of the two is not empty.
struct ToolsFound
{
    std::vector<EntryId> entries;
    std::vector<const Package *> packages;
};

/// Packages that only bring tools along, or what they read.
std::vector<const Package *> toolPackages(const AuditContext &context)
{
    std::vector<const Package *> found;
    for (const Package &package :
         context.packages == nullptr ? std::span<const Package>() : context.packages->list) {
        const bool isTool =
            std::ranges::find(kToolPackages, package.record.name) != kToolPackages.end();
        if (isTool && package.isThere() && isOfDistribution(package.record.ecosystem)) {
            found.push_back(&package);
        }
    }
    return found;
}

Finding toolsFinding(const AuditContext &context, Origin origin, const ToolsFound &found)
{
    const PathTree &tree = *context.image.tree;
    const LayerIndex layer = found.entries.empty() ? found.packages.front()->layer
                                                   : tree.entry(found.entries.front()).layer;
    Finding finding = layerFinding(context.image, Severity::Medium, layer);
    finding.origin = origin;
    finding.fingerprint = "tools";
    std::set<std::string> names;
    for (const EntryId entry : found.entries) {
        names.emplace(tree.name(tree.entry(entry).node));
        finding.evidence.push_back(entryEvidence(tree, entry, {}));
    }
    for (const Package *package : found.packages) {
        names.insert(displayText(package->record.name));
        finding.evidence.push_back(packageEvidence(context, *package, packageText(*package)));
    }
    finding.summary = "Build tools are installed:";
    for (const std::string &name : names) {
        finding.summary += (name == *names.begin() ? " " : ", ") + name;
    }
    finding.summary += ".";
    return finding;
}

/// The heaviest of them.
void addPackages(const AuditContext &context, Finding &finding)
{
    if (context.packages == nullptr) {
        return;
    }
    std::size_t shown = 0;
    for (const Package &package : context.packages->list) { // heaviest first
        if (shown == kPackagesShown || !package.isVisible() || package.weight() == 0) {
            return;
        }
        ++shown;
        finding.evidence.push_back(
            packageEvidence(context, package, "package " + packageText(package)));
        finding.evidence.back().bytes = package.weight();
    }
}

} // namespace

std::vector<Finding> temporaryFiles(const AuditContext &context)
{
    std::vector<Finding> findings = leftovers(context, PathGroup::Temporary, "of temporary files");
    const bool livesThere = isTemporaryPath(context.image.config.workingDir)
                            || (context.facts.application < context.facts.argv.size()
                                && isTemporaryPath(context.facts.argv[context.facts.application]));
    for (Finding &finding : findings) {
        if (livesThere) {
            finding.severity = std::max(finding.severity, Severity::Medium);
            finding.summary += " The application itself lives there.";
        }
    }
    return findings;
}

std::vector<Finding> logFiles(const AuditContext &context)
{
    return leftovers(context, PathGroup::Log, "of logs");
}

std::vector<Finding> buildTools(const AuditContext &context)
{
    if (context.facts.kind == ImageKind::Builder) {
        return {};
    }
    std::map<std::string_view, EntryId> tools;
    for (const char *tool : kBuildTools) {
        const EntryId entry = installedProgram(*context.image.tree, tool);
        if (entry != kNone) {
            tools.emplace(tool, entry);
        }
    }
    addVersionedTools(*context.image.tree, tools);
    std::map<Origin, ToolsFound> byOrigin;
    for (const auto &[tool, entry] : tools) {
        const LayerIndex layer = context.image.tree->entry(entry).layer;
        byOrigin[originOf(context.image, layer)].entries.push_back(entry);
    }
    for (const Package *package : toolPackages(context)) {
        byOrigin[originOf(context.image, package->layer)].packages.push_back(package);
    }
    std::vector<Finding> findings;
    for (const auto &[origin, found] : byOrigin) {
        findings.push_back(toolsFinding(context, origin, found));
    }
    return findings;
}

std::vector<Finding> leftoverArchives(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    Layers layers;
    std::set<LayerIndex> unpacked;
    std::set<LayerIndex> downloaded;
    for (const PathMatch &match : context.facts.matches.of(PathGroup::Archive)) {
        const LayerIndex layer = tree.entry(match.entry).layer;
        if (match.bytes < context.settings.thresholds.sizeArchiveMin
            || originOf(context.image, layer) == Origin::Base
            || isNamedInConfig(context, tree.name(match.node))) {
            continue;
        }
        layers[layer].push_back(match.entry);
        if (isUnpackedBeside(tree, match.node, match.kind)) {
            unpacked.insert(layer);
        } else if (isNamedInStep(context, tree.name(match.node))) {
            downloaded.insert(layer);
        }
    }
    std::vector<Finding> findings;
    for (auto &[layer, entries] : layers) {
        Finding finding = layerFinding(context.image, Severity::Info, layer);
        const std::size_t count = entries.size();
        addFiles(context.image, std::move(entries), finding);
        finding.severity = sizeSeverity(finding.bytes, context).value_or(Severity::Info);
        const bool isUnpacked = unpacked.contains(layer);
        finding.confidence =
            isUnpacked || downloaded.contains(layer) ? Confidence::Certain : Confidence::Likely;
        finding.summary = formatCount(count, "archive", "archives") + " of "
                          + formatBytes(finding.bytes) + " in layer " + std::to_string(layer)
                          + (isUnpacked ? ", unpacked beside." : ".");
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> sparseUserLogs(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::vector<Finding> findings;
    for (const char *path : {"/var/log/lastlog", "/var/log/faillog", "/var/log/tallylog"}) {
        const NodeId id = tree.find(path);
        if (id == kNone) {
            continue;
        }
        const PathTree::Node &node = tree.node(id);
        for (EntryId entry = node.firstEntry; entry < node.firstEntry + node.entryCount; ++entry) {
            const Entry &found = tree.entry(entry);
            if (found.type != EntryType::File || found.size <= kLargestUserLog) {
                continue;
            }
            Finding finding = layerFinding(context.image, Severity::Medium, found.layer);
            finding.fingerprint = path;
            finding.state = found.hiddenBy == kNoLayer ? State::Visible : State::Overwritten;
            finding.summary = std::string(path) + " is " + formatBytes(found.size)
                              + " long in layer " + std::to_string(found.layer) + ".";
            finding.bytes = found.size;
            finding.evidence.push_back(entryEvidence(tree, entry, {}));
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

std::vector<Finding> largeImage(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    const bool hasGpuLibraries =
        pathExists(tree, "/usr/local/cuda") || context.facts.variable("CUDA_VERSION") != nullptr;
    const std::uint64_t more = hasGpuLibraries ? kMoreForGpu : 1;
    const std::uint64_t bytes = context.analysis.fileBytes;
    if (bytes < context.settings.thresholds.sizeWarn * more) {
        return {};
    }
    Finding finding;
    finding.severity =
        bytes < context.settings.thresholds.sizeMax * more ? Severity::Low : Severity::Medium;
    finding.origin = Origin::App;
    finding.summary = "The layers hold " + formatBytes(bytes) + " of files, "
                      + formatBytes(context.analysis.wireBytes) + " as transferred.";
    finding.fingerprint = "size";
    std::vector<std::uint64_t> sums(tree.nodeCount());
    for (NodeId node = tree.nodeCount(); node-- > 1;) { // children come behind their parents
        const EntryId entry = tree.finalEntry(node);
        sums[node] += entry == kNone ? 0 : tree.entry(entry).size;
        sums[tree.node(node).parent] += sums[node];
    }
    std::vector<NodeId> folders;
    for (NodeId node = 1; node < tree.nodeCount(); ++node) {
        const NodeId parent = tree.node(node).parent;
        if (parent != kRoot && tree.node(parent).parent == kRoot && sums[node] > 0) {
            folders.push_back(node);
        }
    }
    std::ranges::sort(folders, [&](NodeId a, NodeId b) {
        return sums[a] == sums[b] ? a < b : sums[a] > sums[b];
    });
    folders.resize(std::min(folders.size(), kFoldersShown));
    for (const NodeId node : folders) {
        finding.evidence.push_back({.path = tree.path(node), .bytes = sums[node]});
    }
    addPackages(context, finding);
    return {std::move(finding)};
}

} // namespace cutaway
