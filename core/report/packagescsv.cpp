// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/words.h"
#include "core/packages/cpe.h"
#include "core/report/escape.h"
#include "core/report/layerfacts.h"
#include "core/report/report.h"

#include <string>
#include <vector>

namespace cutaway {
namespace {

/// Lines end as RFC 4180 has it.
std::string lineOf(const std::vector<std::string> &cells)
{
    std::string line;
    for (const std::string &cell : cells) {
        line += (line.empty() ? "" : ",") + csvCell(cell);
    }
    return line + "\r\n";
}

std::string changesOf(const Package &package)
{
    std::string text;
    for (const LayerIndex layer : package.changedBy) {
        text += (text.empty() ? "" : " ") + std::to_string(layer);
    }
    return text;
}

std::vector<std::string> cellsOf(const Inspection &inspection, const Package &package)
{
    const PackageRecord &record = package.record;
    const auto &declared = record.declaredBytes;
    return {record.name,
            record.version,
            record.architecture,
            std::string(ecosystemName(record.ecosystem)),
            record.state,
            package.knowsFiles ? std::to_string(package.bytes) : std::string(),
            declared ? std::to_string(*declared) : std::string(),
            package.knowsFiles ? std::to_string(package.files.size()) : std::string(),
            std::to_string(package.layer),
            changesOf(package),
            package.isVisible() ? std::string() : std::to_string(package.removedBy),
            std::string(layerOrigin(inspection, package.layer)),
            record.source,
            record.sourceVersion,
            record.licence,
            record.supplier,
            record.homepage,
            inspection.image->tree->path(package.database),
            package.purl,
            record.licenceExpression,
            joined(cpeCandidates(record))};
}

} // namespace

std::string packagesCsv(const Inspection &inspection)
{
    std::string text = lineOf({"name",     "version",        "architecture",   "ecosystem",
                               "state",    "bytes",          "declared bytes", "files",
                               "layer",    "changed by",     "removed by",     "origin",
                               "source",   "source version", "license",        "supplier",
                               "homepage", "database",       "purl",           "license expression",
                               "cpes"});
    if (inspection.packages) {
        for (const Package &package : inspection.packages->list) {
            text += lineOf(cellsOf(inspection, package));
        }
    }
    return text;
}

} // namespace cutaway
