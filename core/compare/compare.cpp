// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/parts.h"

#include <algorithm>
#include <utility>

namespace cutaway {

Result<Comparison> compare(InspectionPtr before, InspectionPtr after, const Monitor &monitor)
{
    Comparison comparison;
    comparison.before = std::move(before);
    comparison.after = std::move(after);
    const Inspection &first = *comparison.before;
    const Inspection &second = *comparison.after;
    comparison.layers = pairLayers(*first.image, *second.image);
    Result<FileDifferences> files =
        compareFiles(*first.image, *second.image, comparison.layers, monitor);
    if (!files) {
        return std::unexpected(files.error());
    }
    comparison.files = std::move(*files);
    comparison.settings = compareSettings(first, second);
    comparison.steps = pairSteps(first.image->config.history, second.image->config.history);
    comparison.findings = pairFindings(first, second);
    comparison.packages = comparePackages(first, second);
    comparison.sizes = sizeRows(first.analysis, second.analysis);
    judge(comparison);
    return comparison;
}

std::vector<SizeRow> sizeRows(const Analysis &before, const Analysis &after)
{
    return {{"wire", before.wireBytes, after.wireBytes},
            {"unpacked", before.unpackedBytes, after.unpackedBytes},
            {"files", before.fileBytes, after.fileBytes},
            {"visible", before.visibleBytes, after.visibleBytes},
            {"shadowed", before.shadowedBytes, after.shadowedBytes},
            {"duplicated", before.duplicatedBytes, after.duplicatedBytes}};
}

std::size_t Comparison::count(FindingPair::Kind kind) const
{
    return static_cast<std::size_t>(std::ranges::count(findings, kind, &FindingPair::kind));
}

std::string_view verdictName(Comparison::Verdict verdict)
{
    switch (verdict) {
    case Comparison::Verdict::Same: return "same";
    case Comparison::Verdict::Better: return "better";
    case Comparison::Verdict::Worse: return "worse";
    }
    return {};
}

std::string_view kindName(LayerPair::Kind kind)
{
    switch (kind) {
    case LayerPair::Kind::Shared: return "shared";
    case LayerPair::Kind::Moved: return "moved";
    case LayerPair::Kind::Rebuilt: return "rebuilt";
    case LayerPair::Kind::Removed: return "removed";
    case LayerPair::Kind::Added: return "added";
    }
    return {};
}

std::string_view kindName(FileDifference::Kind kind)
{
    switch (kind) {
    case FileDifference::Kind::Removed: return "removed";
    case FileDifference::Kind::Added: return "added";
    case FileDifference::Kind::Modified: return "modified";
    case FileDifference::Kind::Metadata: return "metadata";
    case FileDifference::Kind::Moved: return "moved";
    }
    return {};
}

std::string_view kindName(FindingPair::Kind kind)
{
    switch (kind) {
    case FindingPair::Kind::New: return "new";
    case FindingPair::Kind::Fixed: return "fixed";
    case FindingPair::Kind::Changed: return "changed";
    case FindingPair::Kind::Same: return "same";
    case FindingPair::Kind::NotAsked: return "notAsked";
    }
    return {};
}

std::string_view kindName(PackageDifference::Kind kind)
{
    switch (kind) {
    case PackageDifference::Kind::Removed: return "removed";
    case PackageDifference::Kind::Added: return "added";
    case PackageDifference::Kind::Upgraded: return "upgraded";
    case PackageDifference::Kind::Downgraded: return "downgraded";
    case PackageDifference::Kind::Changed: return "changed";
    }
    return {};
}

} // namespace cutaway
