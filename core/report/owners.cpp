// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/report.h"

#include <algorithm>

namespace cutaway {
namespace {

bool hasNow(const Package &package, NodeId node)
{
    return std::ranges::binary_search(package.files, node)
           || std::ranges::binary_search(package.directories, node);
}

/// "tool 1.0 (deb)", and where it is so that it was the package's once.
std::string ownerText(const Package &package, NodeId node)
{
    return displayText(package.record.name) + ' ' + displayText(package.record.version) + " ("
           + std::string(ecosystemName(package.record.ecosystem))
           + (hasNow(package, node) ? ")" : ", once)");
}

} // namespace

std::string ownersText(const Inspection &inspection, const std::vector<NodeId> &nodes)
{
    if (!inspection.packages) {
        return {};
    }
    const Packages &packages = *inspection.packages;
    std::string text;
    for (const NodeId node : nodes) {
        std::string owners;
        for (const std::uint32_t owner : packages.owners.all(node)) {
            owners += (owners.empty() ? "" : ", ") + ownerText(packages.list[owner], node);
        }
        text += displayText(inspection.image->tree->path(node)) + ": "
                + (owners.empty() ? "of no package" : owners) + '\n';
    }
    return text;
}

std::string ownersJson(const Inspection &inspection, const std::vector<NodeId> &nodes)
{
    if (!inspection.packages) {
        return {};
    }
    const Packages &packages = *inspection.packages;
    jsonparts::Value report = jsonparts::document();
    report["paths"] = jsonparts::Value::array();
    for (const NodeId node : nodes) {
        jsonparts::Value row = jsonparts::Value::object();
        jsonparts::setPath(row, inspection.image->tree->path(node));
        row["owners"] = jsonparts::Value::array();
        for (const std::uint32_t owner : packages.owners.all(node)) {
            const Package &package = packages.list[owner];
            row["owners"].push_back({{"name", package.record.name},
                                     {"version", package.record.version},
                                     {"ecosystem", ecosystemName(package.record.ecosystem)},
                                     {"purl", package.purl},
                                     {"current", hasNow(package, node)}});
        }
        report["paths"].push_back(std::move(row));
    }
    return jsonparts::written(report);
}

} // namespace cutaway
