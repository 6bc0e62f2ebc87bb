// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/packages/reasons.h"
#include "core/report/billsreport.h"
#include "core/report/report.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <algorithm>
#include <string>

namespace cutaway {
namespace {

using Kind = TextTable::Kind;

constexpr std::size_t kPlacesShown = 10;

std::uint64_t countOf(const Packages &packages)
{
    return static_cast<std::uint64_t>(std::ranges::count_if(packages.list, &Package::isThere));
}

/// "deb 413 (520 MB), npm 612 (80 MB)"
std::string ecosystemList(const Packages &packages)
{
    std::string text;
    for (int i = 0; i < kEcosystemCount; ++i) {
        const auto ecosystem = static_cast<Ecosystem>(i);
        const auto count = std::ranges::count_if(packages.list, [&](const Package &package) {
            return package.isThere() && package.record.ecosystem == ecosystem;
        });
        if (count > 0) {
            text += (text.empty() ? "" : ", ") + std::string(ecosystemName(ecosystem)) + ' '
                    + formatNumber(static_cast<std::uint64_t>(count)) + " ("
                    + formatBytes(packages.ecosystemBytes[static_cast<std::size_t>(i)]) + ')';
        }
    }
    return text;
}

/// With a tilde where it is the database's own word.
std::string sizeOf(const Package &package)
{
    if (package.knowsFiles) {
        return formatBytes(package.bytes);
    }
    const auto &declared = package.record.declaredBytes;
    return declared ? '~' + formatBytes(*declared) : std::string("?");
}

std::string layersOf(const Package &package)
{
    std::string text = std::to_string(package.layer);
    for (const LayerIndex layer : package.changedBy) {
        text += ", " + std::to_string(layer);
    }
    return text;
}

std::string versionOf(const Package &package)
{
    const PackageRecord &record = package.record;
    return displayText(record.version)
           + (record.isInstalled() ? std::string() : " (" + displayText(record.state) + ')');
}

std::string packageTable(const Packages &packages, const TextStyle &style)
{
    TextTable table({{"size", Kind::Number},
                     {"name", Kind::Prose},
                     {"version", Kind::Prose},
                     {"kind", Kind::Text},
                     {"layer", Kind::Prose}},
                    style,
                    "  ");
    for (const Package &package : packages.list) {
        if (package.isVisible()) {
            table.addRow({{sizeOf(package)},
                          {displayText(package.record.name)},
                          {versionOf(package)},
                          {std::string(ecosystemName(package.record.ecosystem)), Paint::Dim},
                          {layersOf(package)}});
        }
    }
    return table.text();
}

std::string removedTable(const Packages &packages, const TextStyle &style)
{
    TextTable table({{"name", Kind::Prose},
                     {"version", Kind::Prose},
                     {"kind", Kind::Text},
                     {"layer", Kind::Prose},
                     {"removed by", Kind::Text}},
                    style,
                    "  ");
    for (const Package &package : packages.list) {
        if (!package.isVisible()) {
            table.addRow({{displayText(package.record.name)},
                          {versionOf(package)},
                          {std::string(ecosystemName(package.record.ecosystem)), Paint::Dim},
                          {layersOf(package)},
                          {std::to_string(package.removedBy)}});
        }
    }
    return table.isEmpty() ? std::string()
                           : sections::heading("Removed by later layers", style) + table.text();
}

/// What each layer brings, and whose bytes it holds; what later layers hide of them apart.
std::string layerTable(const Inspection &inspection, const TextStyle &style)
{
    const Packages &packages = *inspection.packages;
    const std::vector<PackageChanges> changes =
        packageChanges(packages, inspection.image->layers.size());
    TextTable table({{"#", Kind::Number},
                     {"added", Kind::Number},
                     {"changed", Kind::Number},
                     {"removed", Kind::Number},
                     {"packages'", Kind::Number},
                     {"hidden", Kind::Number},
                     {"of none", Kind::Number}},
                    style,
                    "  ");
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const PackageChanges &layer = changes[i];
        const LayerOwners owners = i < packages.layers.size() ? packages.layers[i] : LayerOwners();
        const std::uint64_t owned = ownedBytes(owners);
        if (layer.added + layer.changed + layer.removed > 0 || owned + owners.hiddenBytes > 0) {
            table.addRow({{std::to_string(i)},
                          {formatNumber(layer.added)},
                          {formatNumber(layer.changed)},
                          {formatNumber(layer.removed)},
                          {formatBytes(owned)},
                          {formatBytes(owners.hiddenBytes)},
                          {formatBytes(owners.unownedBytes)}});
        }
    }
    return table.isEmpty() ? std::string() : sections::heading("Layers", style) + table.text();
}

std::string unownedTable(const Inspection &inspection, const TextStyle &style)
{
    const Packages &packages = *inspection.packages;
    if (packages.unowned.empty()) {
        return {};
    }
    const PathTree &tree = *inspection.image->tree;
    TextTable table(
        {{"size", Kind::Number}, {"files", Kind::Number}, {"below", Kind::Path}}, style, "  ");
    const std::size_t shown =
        style.width > 0 ? std::min(kPlacesShown, packages.unowned.size()) : packages.unowned.size();
    for (std::size_t i = 0; i < shown; ++i) {
        const UnownedPlace &place = packages.unowned[i];
        table.addRow({{formatBytes(place.bytes)},
                      {formatNumber(place.files)},
                      {displayText(tree.path(place.directory))}});
    }
    std::string text = sections::heading("Of no package", style) + table.text();
    if (shown < packages.unowned.size()) {
        text +=
            "  … " + formatCount(packages.unowned.size() - shown, "place", "places") + " more\n";
    }
    return text;
}

/// "3 packages of 2 MB are only recommended, 1 package of 40 kB nothing needs any more"
std::string spareText(const Packages &packages)
{
    std::string text;
    const auto add = [&](Reason reason, const char *one, const char *many) {
        const ReasonSum sum = sumOf(packages, reason);
        if (sum.packages > 0) {
            text += (text.empty() ? "" : ", ") + formatCount(sum.packages, "package", "packages")
                    + " of " + formatBytes(sum.bytes) + (sum.packages == 1 ? one : many);
        }
    };
    add(Reason::Recommended, " is only recommended", " are only recommended");
    add(Reason::None, " is needed by nothing", " are needed by nothing");
    return text.empty() ? text : text + '\n';
}

/// "12 files that may have changed: 1 is not what its package's checksum says, 2 not compared"
std::string checksText(const Packages &packages)
{
    if (!packages.checks || packages.checks->compared + packages.checks->leftOut == 0) {
        return {};
    }
    const FileChecks &checks = *packages.checks;
    std::string text = formatCount(checks.compared, "file", "files")
                       + " held against the checksums of packages: "
                       + formatNumber(checks.different.size()) + " different";
    if (checks.leftOut > 0) {
        text += ", " + formatNumber(checks.leftOut) + " more could not be compared";
    }
    return text + '\n';
}

std::string summaryOf(const Packages &packages, const TextStyle &style)
{
    const std::uint64_t visible = packages.ownedBytes + packages.unownedBytes;
    std::string text =
        painted(formatCount(countOf(packages), "package", "packages"), Paint::Bold, style);
    if (const std::string list = ecosystemList(packages); !list.empty()) {
        text += ": " + list;
    }
    text = wrapped(text, "", style);
    if (visible > 0) {
        const double owned = static_cast<double>(packages.ownedBytes);
        text += formatBytes(packages.ownedBytes) + " of " + formatBytes(visible)
                + " that a container sees are theirs ("
                + sections::percentDown(owned / static_cast<double>(visible)) + "), "
                + formatBytes(packages.unownedBytes) + " are of no package\n";
    }
    return text + spareText(packages) + checksText(packages);
}

} // namespace

std::string packagesText(const Inspection &inspection, const TextStyle &style)
{
    if (!inspection.packages) {
        return {};
    }
    const Packages &packages = *inspection.packages;
    std::string text = summaryOf(packages, style);
    if (std::ranges::any_of(packages.list, &Package::isVisible)) {
        text += sections::heading("Packages", style) + packageTable(packages, style);
    }
    text += unownedTable(inspection, style);
    text += removedTable(packages, style);
    text += layerTable(inspection, style);
    text += billsText(inspection, style);
    return text + sections::notes(packages.notes, style);
}

} // namespace cutaway
