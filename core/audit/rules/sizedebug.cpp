// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/elffacts.h"
#include "core/audit/evidence.h"
#include "core/audit/rules/sizechecks.h"
#include "core/base/text.h"

#include <algorithm>
#include <set>

namespace cutaway {

namespace {

constexpr std::uint64_t kLeastSymbols = 256 * 1024; ///< of one program
constexpr std::uint64_t kLeastDebug = 1024 * 1024;  ///< of one layer
constexpr std::size_t kDebugFilesShown = 50;

/// A file and how much of it a debugger alone reads.
struct Strippable
{
    EntryId entry = kNone;
    std::uint64_t bytes = 0;
    bool isWhole = false; ///< a file of symbols and nothing else
};

/// Go's programs keep what they need of their symbols elsewhere, and stripping them gains no more
/// than the debug sections.
std::uint64_t strippableBytes(const ElfFacts &elf)
{
    return elf.isGo ? elf.debugBytes : elf.debugBytes + elf.symbolBytes;
}

std::map<LayerIndex, std::vector<Strippable>> strippableFiles(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::map<LayerIndex, std::vector<Strippable>> layers;
    std::set<EntryId> told;
    for (std::size_t group = 0; group <= static_cast<std::size_t>(PathGroup::Docs); ++group) {
        for (const PathMatch &match : context.facts.matches.groups.at(group)) {
            if (match.bytes >= kLeastSymbols) {
                told.insert(match.entry);
            }
        }
    }
    for (const PathMatch &match : context.facts.matches.of(PathGroup::Debug)) {
        layers[tree.entry(match.entry).layer].push_back({match.entry, match.bytes, true});
    }
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        const Entry &entry = tree.entry(id);
        const bool isProgram = entry.type == EntryType::File && entry.size >= kLeastSymbols
                               && entry.hiddenBy == kNoLayer && !told.contains(id);
        if (!isProgram) {
            continue;
        }
        const std::string_view name = tree.name(entry.node);
        const std::optional<ElfFacts> elf = name.ends_with(".ko") || name.ends_with(".o")
                                                ? std::nullopt
                                                : elfFactsOf(*context.contents, id);
        const std::uint64_t bytes = elf ? std::min(strippableBytes(*elf), entry.size) : 0;
        if (bytes >= kLeastSymbols) {
            layers[entry.layer].push_back({id, bytes, false});
        }
    }
    return layers;
}

} // namespace

std::vector<Finding> debugSymbols(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (auto &[layer, files] : strippableFiles(context)) {
        Finding finding = layerFinding(context.image, Severity::Info, layer);
        std::ranges::sort(files, [](const Strippable &a, const Strippable &b) {
            return a.bytes == b.bytes ? a.entry < b.entry : a.bytes > b.bytes;
        });
        for (const Strippable &file : files) {
            finding.bytes += file.bytes;
            if (finding.evidence.size() < kDebugFilesShown) {
                finding.evidence.push_back(entryEvidence(
                    *context.image.tree,
                    file.entry,
                    file.isWhole ? "symbols alone" : formatBytes(file.bytes) + " of symbols"));
                finding.evidence.back().bytes = file.bytes;
            }
        }
        if (finding.bytes < kLeastDebug) {
            continue;
        }
        finding.severity = sizeSeverity(finding.bytes, context).value_or(Severity::Info);
        finding.summary = formatBytes(finding.bytes) + " of symbols for debuggers in "
                          + formatCount(files.size(), "file", "files") + " of layer "
                          + std::to_string(layer) + ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
