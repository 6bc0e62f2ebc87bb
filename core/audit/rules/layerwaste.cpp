// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/layerwaste.h"

#include "core/analysis/changes.h"
#include "core/audit/cachekind.h"
#include "core/audit/evidence.h"
#include "core/base/glob.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

namespace cutaway {

namespace {

constexpr std::size_t kTopPaths = 50; ///< shown of one finding; the rest is one line
constexpr std::uint16_t kSetId = 06000;

/// Files that package managers and user tools rewrite in every step that installs something.
constexpr std::array kPackageFiles = {
    "/var/lib/dpkg/status",
    "/var/lib/dpkg/status-old",
    "/var/lib/rpm/**",
    "/usr/lib/sysimage/rpm/**",
    "/lib/apk/db/installed",
    "/usr/lib/apk/db/installed",
    "/etc/ld.so.cache",
    "/etc/passwd",
};

using Items = std::vector<const WasteItem *>; ///< biggest first

/// Hidden bytes by who made them and who hides them.
using Pairs = std::map<std::pair<LayerIndex, LayerIndex>, Items>;

Pairs pairsOf(const Analysis &analysis, const std::function<bool(const WasteItem &)> &wanted)
{
    Pairs pairs;
    for (const WasteItem &item : analysis.waste) {
        if (wanted(item)) {
            pairs[{item.layer, item.hiddenBy}].push_back(&item);
        }
    }
    return pairs;
}

std::uint64_t sumOf(const Items &items)
{
    std::uint64_t bytes = 0;
    for (const WasteItem *item : items) {
        bytes += item->bytes;
    }
    return bytes;
}

Severity oneStepDown(Severity severity)
{
    return severity == Severity::Info ? severity
                                      : static_cast<Severity>(static_cast<int>(severity) - 1);
}

/// Severity by size and origin. Bytes that the base image made weigh one step less, whoever hides
/// them.
std::optional<Finding> weigh(const AuditContext &context,
                             LayerIndex made,
                             LayerIndex hidden,
                             std::uint64_t bytes)
{
    const std::optional<Severity> severity = sizeSeverity(bytes, context);
    if (!severity) {
        return std::nullopt;
    }
    Finding finding;
    finding.severity = *severity;
    finding.bytes = bytes;
    if (context.image.base.layers > 0) {
        const bool madeByBase = context.analysis.layers[made].isBase;
        const bool hiddenByBase = context.analysis.layers[hidden].isBase;
        finding.origin = madeByBase && hiddenByBase ? Origin::Base : Origin::App;
        finding.severity = madeByBase ? oneStepDown(*severity) : *severity;
    }
    return finding;
}

void addPaths(const AuditContext &context,
              const Items &items,
              const std::function<std::string(const WasteItem &)> &textOf,
              Finding &finding)
{
    const std::size_t shown = std::min(items.size(), kTopPaths);
    for (const WasteItem *item : std::span(items).first(shown)) {
        finding.evidence.push_back(entryEvidence(*context.image.tree, item->entry, textOf(*item)));
    }
    if (shown < items.size()) {
        const Items rest(items.begin() + static_cast<std::ptrdiff_t>(shown), items.end());
        finding.evidence.push_back(
            {.text = "and " + formatCount(rest.size(), "more file", "more files"),
             .layer = items.front()->layer,
             .bytes = sumOf(rest)});
    }
}

void addSteps(const AuditContext &context,
              const WasteItem &item,
              std::string_view verb,
              Finding &finding)
{
    finding.evidence.push_back(
        {.text = "made by " + layerText(context.image, item.layer), .layer = item.layer});
    if (item.hiddenBy != item.layer) {
        finding.evidence.push_back(
            {.text = std::string(verb) + " by " + layerText(context.image, item.hiddenBy),
             .layer = item.hiddenBy});
    }
    finding.fingerprint =
        layerKey(context.image, item.layer) + '\n' + layerKey(context.image, item.hiddenBy);
}

bool isDeletion(const WasteItem &item)
{
    return item.cause == Cause::DeletedFile || item.cause == Cause::DeletedDirectory
           || item.cause == Cause::Opaque || item.cause == Cause::TypeChange;
}

std::string pathOf(const AuditContext &context, const WasteItem &item)
{
    const PathTree &tree = *context.image.tree;
    return tree.path(tree.entry(item.entry).node);
}

} // namespace

std::vector<Finding> deletedLater(const AuditContext &context)
{
    std::vector<Finding> findings;
    const CacheKinds caches(context.image.config, context.facts.homes);
    for (const auto &[pair, items] : pairsOf(context.analysis, isDeletion)) {
        std::optional<Finding> finding = weigh(context, pair.first, pair.second, sumOf(items));
        if (!finding) {
            continue;
        }
        finding->layer = pair.first;
        finding->state = State::Deleted;
        addSteps(context, *items.front(), "deleted", *finding);
        std::set<std::string> kinds;
        const auto cacheText = [&](const WasteItem &item) {
            const std::string_view kind = caches.of(pathOf(context, item));
            if (kind.empty()) {
                return std::string();
            }
            kinds.emplace(kind);
            return "cache: " + std::string(kind);
        };
        addPaths(context, items, cacheText, *finding);
        finding->summary = formatBytes(finding->bytes) + " made in layer "
                           + std::to_string(pair.first) + " are deleted in layer "
                           + std::to_string(pair.second) + " and still shipped";
        std::string_view separator = " (caches: ";
        for (const std::string &kind : kinds) {
            finding->summary += std::string(separator) + kind;
            separator = ", ";
        }
        finding->summary += kinds.empty() ? "." : ").";
        findings.push_back(std::move(*finding));
    }
    return findings;
}

namespace {

bool isOverwrite(const WasteItem &item)
{
    return item.cause == Cause::Rewritten || item.cause == Cause::DuplicateEntry;
}

bool isPackageFile(const AuditContext &context, const WasteItem &item)
{
    const std::string path = pathOf(context, item);
    return std::ranges::any_of(
        kPackageFiles, [&](const char *glob) { return globMatches(glob, path, GlobText::Path); });
}

std::string hiddenCopyText(const WasteItem &item)
{
    return item.cause == Cause::DuplicateEntry
               ? "written again in the same layer"
               : "replaced in layer " + std::to_string(item.hiddenBy);
}

/// All rewritten package databases together: nobody can avoid them but by merging steps.
std::optional<Finding> packageFiles(const AuditContext &context, const Items &items)
{
    const std::uint64_t bytes = sumOf(items);
    if (!sizeSeverity(bytes, context)) {
        return std::nullopt;
    }
    Finding finding;
    finding.severity = Severity::Info;
    finding.bytes = bytes;
    finding.layer = items.front()->layer;
    finding.summary = "Package databases and user lists are rewritten by later layers: "
                      + formatBytes(bytes) + " of hidden copies.";
    finding.fingerprint = "package files";
    finding.state = State::Overwritten;
    if (context.image.base.layers > 0) {
        const bool allBase = std::ranges::all_of(items, [&](const WasteItem *item) {
            return context.analysis.layers[item->hiddenBy].isBase;
        });
        finding.origin = allBase ? Origin::Base : Origin::App;
    }
    addPaths(context, items, hiddenCopyText, finding);
    return finding;
}

} // namespace

std::vector<Finding> overwrittenLater(const AuditContext &context)
{
    std::vector<Finding> findings;
    Items ofPackages;
    const auto isOrdinary = [&](const WasteItem &item) {
        const bool overwritten = isOverwrite(item);
        if (overwritten && isPackageFile(context, item)) {
            ofPackages.push_back(&item);
            return false;
        }
        return overwritten;
    };
    for (const auto &[pair, items] : pairsOf(context.analysis, isOrdinary)) {
        std::optional<Finding> finding = weigh(context, pair.first, pair.second, sumOf(items));
        if (!finding) {
            continue;
        }
        finding->layer = pair.first;
        finding->summary = formatBytes(finding->bytes) + " of layer " + std::to_string(pair.first);
        finding->summary += pair.first == pair.second
                                ? " are in it twice: the same paths are written again."
                                : " are replaced with other content in layer "
                                      + std::to_string(pair.second) + " and still shipped.";
        finding->state = State::Overwritten;
        addSteps(context, *items.front(), "replaced", *finding);
        addPaths(context, items, hiddenCopyText, *finding);
        findings.push_back(std::move(*finding));
    }
    if (!ofPackages.empty()) {
        if (std::optional<Finding> finding = packageFiles(context, ofPackages)) {
            findings.push_back(std::move(*finding));
        }
    }
    return findings;
}

namespace {

/// What stands at a hidden entry's path afterwards.
EntryId successor(const PathTree &tree, const WasteItem &item)
{
    return tree.entryAt(tree.entry(item.entry).node, item.hiddenBy);
}

bool isSetIdStrip(const PathTree &tree, EntryId before, EntryId after)
{
    const Entry &a = tree.entry(before);
    const Entry &b = tree.entry(after);
    return a.mode != b.mode && b.mode == (a.mode & ~kSetId) && a.uid == b.uid && a.gid == b.gid;
}

/// "mode 0644 → 0755, owner 0:0 → 10:10"
std::string differences(const PathTree &tree, EntryId before, EntryId after)
{
    std::string text;
    const auto add = [&](const std::string &what) { text += (text.empty() ? "" : ", ") + what; };
    const auto owner = [](const Entry &entry) {
        return std::to_string(entry.uid) + ':' + std::to_string(entry.gid);
    };
    const Entry &a = tree.entry(before);
    const Entry &b = tree.entry(after);
    if (a.mode != b.mode) {
        add("mode " + formatMode(a.mode) + " → " + formatMode(b.mode));
    }
    if (a.uid != b.uid || a.gid != b.gid) {
        add("owner " + owner(a) + " → " + owner(b));
    }
    const EntryExtra *left = tree.extra(before);
    const EntryExtra *right = tree.extra(after);
    static const EntryExtra kNothing;
    if ((left != nullptr ? *left : kNothing).xattrs
        != (right != nullptr ? *right : kNothing).xattrs) {
        add("extended attributes");
    }
    if (text.empty() && (a.mtime != b.mtime || a.mtimeNsec != b.mtimeNsec)) {
        add("only the time");
    }
    return text.empty() ? "identical" : text;
}

} // namespace

std::vector<Finding> metadataCopies(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    const std::vector<bool> changes = layersThatChange(tree);
    const auto wanted = [&](const WasteItem &item) { // what changes nothing is layer/empty
        return item.cause == Cause::MetadataCopy && changes[item.hiddenBy];
    };
    std::vector<Finding> findings;
    for (const auto &[pair, items] : pairsOf(context.analysis, wanted)) {
        std::optional<Finding> finding = weigh(context, pair.first, pair.second, sumOf(items));
        if (!finding) {
            continue;
        }
        bool stripsSetId = true;
        const auto differenceText = [&](const WasteItem &item) {
            const EntryId after = successor(tree, item);
            return after == kNone ? std::string() : differences(tree, item.entry, after);
        };
        for (const WasteItem *item : items) {
            const EntryId after = successor(tree, *item);
            stripsSetId = stripsSetId && after != kNone && isSetIdStrip(tree, item->entry, after);
        }
        finding->severity = stripsSetId ? Severity::Info : finding->severity;
        finding->layer = pair.second;
        finding->summary = formatBytes(finding->bytes) + " of layer " + std::to_string(pair.first)
                           + " are shipped again in layer " + std::to_string(pair.second)
                           + " for a change of metadata alone.";
        finding->state = State::Overwritten;
        addSteps(context, *items.front(), "copied", *finding);
        addPaths(context, items, differenceText, *finding);
        findings.push_back(std::move(*finding));
    }
    return findings;
}

std::vector<bool> layersThatChange(const PathTree &tree)
{
    std::vector<bool> changes(tree.layerCount(), false);
    for (NodeId node = 0; node < tree.nodeCount(); ++node) {
        forEachChange(tree, node, [&](const PathChange &change) {
            if (!changes[change.layer]
                && changeBetween(tree, change.before, change.after) != Change::Unmodified) {
                changes[change.layer] = true;
            }
        });
    }
    return changes;
}

} // namespace cutaway
