// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/sizechecks.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cutaway {

namespace {

constexpr std::uint64_t kLeastLeftovers = 1024 * 1024; ///< of one layer
constexpr std::uint64_t kFewPythonHeaders = 2ULL * 1024 * 1024;
constexpr std::uint64_t kLeastStaticLibrary = 100 * 1024;
constexpr std::uint64_t kLeastCopy = 64 * 1024;
constexpr std::uint64_t kLeastDuplicates = 1024 * 1024; ///< of the whole image

bool isLicence(std::string_view name)
{
    return name.starts_with("LICEN") || name.starts_with("COPYING") || name == "copyright"
           || name.starts_with("NOTICE");
}

/// The interpreter that a virtual environment has of its own.
bool isVenvPython(const PathTree &tree, NodeId node)
{
    const NodeId folder = tree.node(node).parent;
    return tree.name(node).starts_with("python") && tree.name(folder) == "bin"
           && tree.child(tree.node(folder).parent, "pyvenv.cfg") != kNone;
}

/// The path with folders that name a processor all alike.
std::string withoutProcessors(const std::string &path)
{
    static constexpr std::array<std::string_view, 16> kProcessors = {"x64",
                                                                     "x86",
                                                                     "x86_64",
                                                                     "amd64",
                                                                     "i386",
                                                                     "i686",
                                                                     "ia32",
                                                                     "arm",
                                                                     "arm64",
                                                                     "armhf",
                                                                     "armv7",
                                                                     "aarch64",
                                                                     "ppc64le",
                                                                     "s390x",
                                                                     "riscv64",
                                                                     "win32"};
    std::string masked;
    std::size_t at = 0;
    while (at < path.size()) {
        const std::size_t end = std::min(path.find('/', at + 1), path.size());
        const std::string_view part = std::string_view(path).substr(at + 1, end - at - 1);
        const bool isProcessor = std::ranges::any_of(kProcessors, [&](std::string_view name) {
            return part == name || part.ends_with("-" + std::string(name));
        });
        masked += isProcessor ? "/*" : path.substr(at, end - at);
        at = end;
    }
    return masked;
}

/// A copy that could be a link to the one that is kept.
struct Copy
{
    EntryId entry = kNone;
    EntryId kept = kNone;
};

/// Copies that no other rule about bytes names, when together they are worth saying.
std::vector<Copy> spareCopies(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::set<EntryId> told;
    for (std::size_t group = 0; group < static_cast<std::size_t>(PathGroup::Docs); ++group) {
        for (const PathMatch &match : context.facts.matches.groups.at(group)) {
            if (match.bytes >= kLeastCopy) {
                told.insert(match.entry);
            }
        }
    }
    std::vector<Copy> copies;
    std::uint64_t bytes = 0;
    for (const DuplicateGroup &group : context.analysis.duplicates) {
        if (group.size < kLeastCopy) {
            continue;
        }
        std::vector<EntryId> entries;
        for (const EntryId entry : group.copies) {
            const NodeId node = tree.entry(entry).node;
            const bool isOther = told.contains(entry) || isLicence(tree.name(node))
                                 || tree.name(tree.node(node).parent) == "__pycache__"
                                 || isVenvPython(tree, node);
            if (!isOther) {
                entries.push_back(entry);
            }
        }
        std::ranges::stable_sort(
            entries, {}, [&](EntryId entry) { return tree.entry(entry).layer; });
        for (std::size_t i = 1; i < entries.size(); ++i) {
            const std::string kept = tree.path(tree.entry(entries[0]).node);
            if (withoutProcessors(kept)
                != withoutProcessors(tree.path(tree.entry(entries[i]).node))) {
                copies.push_back({entries[i], entries[0]});
                bytes += group.size;
            }
        }
    }
    if (bytes < kLeastDuplicates) {
        copies.clear();
    }
    return copies;
}

} // namespace

MatchLayers matchesByLayer(const AuditContext &context,
                           PathGroup group,
                           const std::function<bool(const PathMatch &)> &isMeant)
{
    MatchLayers layers;
    for (const PathMatch &match : context.facts.matches.of(group)) {
        if (isMeant(match)) {
            layers[context.image.tree->entry(match.entry).layer].push_back(&match);
        }
    }
    return layers;
}

std::vector<Finding> leftoverFindings(const AuditContext &context, const MatchLayers &layers)
{
    std::vector<Finding> findings;
    for (const auto &[layer, matches] : layers) {
        Finding finding = layerFinding(context.image, Severity::Info, layer);
        finding.evidence.push_back(
            {.text = "made by " + layerText(context.image, layer), .layer = layer});
        std::set<std::string_view> kinds;
        std::vector<EntryId> entries;
        for (const PathMatch *match : matches) {
            kinds.insert(match->kind);
            entries.push_back(match->entry);
        }
        const std::size_t files = entries.size();
        addFiles(context.image, std::move(entries), finding);
        if (finding.bytes < kLeastLeftovers) {
            continue;
        }
        finding.severity = sizeSeverity(finding.bytes, context).value_or(Severity::Info);
        finding.summary = formatBytes(finding.bytes) + " in " + formatCount(files, "file", "files")
                          + " of layer " + std::to_string(layer) + ":";
        for (const std::string_view kind : kinds) {
            finding.summary += (kind == *kinds.begin() ? " " : ", ") + std::string(kind);
        }
        finding.summary += ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> docsAndLocales(const AuditContext &context)
{
    std::set<EntryId> copies; // counted by the rule about those
    for (const Copy &copy : spareCopies(context)) {
        copies.insert(copy.entry);
    }
    std::vector<Finding> findings = leftoverFindings(
        context, matchesByLayer(context, PathGroup::Docs, [&](const PathMatch &match) {
            return !copies.contains(match.entry);
        }));
    for (Finding &finding : findings) {
        finding.severity =
            context.facts.kind == ImageKind::OsBase ? Severity::Info : finding.severity;
    }
    return findings;
}

std::vector<Finding> developmentFiles(const AuditContext &context)
{
    if (context.facts.kind == ImageKind::Builder) {
        return {};
    }
    const PathTree &tree = *context.image.tree;
    std::uint64_t ofPython = 0;
    for (const PathMatch &match : context.facts.matches.of(PathGroup::DevFiles)) {
        ofPython += match.kind == "python headers" ? match.bytes : 0;
    }
    const auto isMeant = [&](const PathMatch &match) {
        const bool isSmallLibrary =
            tree.name(match.node).ends_with(".a") && match.bytes <= kLeastStaticLibrary;
        return !isSmallLibrary;
    };
    std::vector<Finding> findings =
        leftoverFindings(context, matchesByLayer(context, PathGroup::DevFiles, isMeant));
    for (Finding &finding : findings) {
        const bool isPythonAlone =
            finding.summary.ends_with(": python headers.") && ofPython < kFewPythonHeaders;
        finding.severity = isPythonAlone ? Severity::Info : finding.severity;
    }
    return findings;
}

std::vector<Finding> duplicateFiles(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::map<LayerIndex, std::vector<Copy>> layers;
    for (const Copy &copy : spareCopies(context)) {
        layers[tree.entry(copy.entry).layer].push_back(copy);
    }
    std::vector<Finding> findings;
    for (const auto &[layer, copies] : layers) {
        std::map<EntryId, EntryId> keptOf;
        std::vector<EntryId> entries;
        for (const Copy &copy : copies) {
            keptOf[copy.entry] = copy.kept;
            entries.push_back(copy.entry);
        }
        Finding finding = layerFinding(context.image, Severity::Info, layer);
        addFiles(context.image, std::move(entries), finding);
        for (Evidence &evidence : finding.evidence) {
            const auto kept = keptOf.find(evidence.entry);
            if (kept != keptOf.end()) {
                const NodeId node = tree.entry(kept->second).node;
                evidence.text = "same as " + displayText(tree.path(node));
            }
        }
        finding.severity = sizeSeverity(finding.bytes, context).value_or(Severity::Info);
        finding.summary = formatCount(copies.size(), "copy", "copies")
                          + " of files that are in the image already, " + formatBytes(finding.bytes)
                          + " in layer " + std::to_string(layer) + ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
