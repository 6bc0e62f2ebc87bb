// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/layerfacts.h"
#include "core/report/report.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <algorithm>
#include <string>

namespace cutaway {
namespace {

constexpr std::size_t kFilesShown = 50;
constexpr std::size_t kGroupsShown = 20;
constexpr std::size_t kCopiesShown = 4;

using Kind = TextTable::Kind;

std::string causeTable(const Analysis &analysis, const TextStyle &style)
{
    TextTable table(
        {{"", Kind::Text}, {"size", Kind::Number}, {"of all files", Kind::Number}}, style, "  ");
    for (std::size_t i = 1; i < analysis.shadowedBy.size(); ++i) {
        if (const std::uint64_t bytes = analysis.shadowedBy[i]; bytes > 0) {
            const double share =
                static_cast<double>(bytes) / static_cast<double>(analysis.fileBytes);
            table.addRow({{std::string(causeWords(static_cast<Cause>(i)))},
                          {formatBytes(bytes)},
                          {sections::percent(share)}});
        }
    }
    return table.text();
}

std::string duplicateTable(const Inspection &inspection, const TextStyle &style)
{
    const std::vector<DuplicateGroup> &groups = inspection.analysis.duplicates;
    const PathTree &tree = *inspection.image->tree;
    TextTable table(
        {{"size", Kind::Number}, {"copies", Kind::Number}, {"paths", Kind::Path}}, style, "  ");
    const std::size_t shown = std::min(kGroupsShown, groups.size());
    for (std::size_t i = 0; i < shown; ++i) {
        std::string paths;
        const std::size_t copies = groups[i].copies.size();
        for (std::size_t j = 0; j < std::min(copies, kCopiesShown); ++j) {
            paths +=
                (j == 0 ? "" : "  ") + displayText(tree.path(tree.entry(groups[i].copies[j]).node));
        }
        if (copies > kCopiesShown) {
            paths += "  …";
        }
        table.addRow({{formatBytes(groups[i].size)}, {formatNumber(copies)}, {paths}});
    }
    std::string text = table.text();
    if (shown < groups.size()) {
        text += "  … " + formatCount(groups.size() - shown, "group", "groups") + " more\n";
    }
    return text;
}

jsonparts::Value wasteItems(const Inspection &inspection)
{
    const PathTree &tree = *inspection.image->tree;
    jsonparts::Value list = jsonparts::Value::array();
    for (const WasteItem &item : inspection.analysis.waste) {
        jsonparts::Value row;
        jsonparts::setPath(row, tree.path(tree.entry(item.entry).node));
        row["bytes"] = item.bytes;
        row["layer"] = item.layer;
        row["hiddenBy"] = item.hiddenBy;
        row["cause"] = causeName(item.cause);
        list.push_back(std::move(row));
    }
    return list;
}

jsonparts::Value duplicateGroups(const Inspection &inspection)
{
    const PathTree &tree = *inspection.image->tree;
    jsonparts::Value list = jsonparts::Value::array();
    for (const DuplicateGroup &group : inspection.analysis.duplicates) {
        jsonparts::Value row;
        row["size"] = group.size;
        row["bytes"] = group.size * (group.copies.size() - 1);
        row["copies"] = jsonparts::Value::array();
        for (const EntryId copy : group.copies) {
            jsonparts::Value place;
            jsonparts::setPath(place, tree.path(tree.entry(copy).node));
            place["layer"] = tree.entry(copy).layer;
            row["copies"].push_back(std::move(place));
        }
        list.push_back(std::move(row));
    }
    return list;
}

} // namespace

std::string wasteText(const Inspection &inspection, const TextStyle &style)
{
    const Analysis &analysis = inspection.analysis;
    std::string text;
    if (analysis.shadowedBytes == 0) {
        text = "No byte is shadowed: everything that the layers ship is seen in the end.\n";
    } else {
        text = painted(formatBytes(analysis.shadowedBytes), Paint::Bold, style) + " of "
               + formatBytes(analysis.fileBytes) + " are shipped and never seen ("
               + sections::percent(1.0 - analysis.efficiency) + ")\n";
        text += sections::heading("Why", style) + causeTable(analysis, style);
        text += sections::heading("Which files", style)
                + sections::wasteTable(
                    inspection, style.width > 0 ? kFilesShown : analysis.waste.size(), style);
    }
    if (!analysis.duplicates.empty()) {
        text += sections::heading("Same content at several paths", style);
        text += "  " + formatBytes(analysis.duplicatedBytes) + " could be hard links or left out\n";
        text += duplicateTable(inspection, style);
    }
    return text;
}

std::string wasteJson(const Inspection &inspection)
{
    const Analysis &analysis = inspection.analysis;
    jsonparts::Value report = jsonparts::document();
    report["complete"] = inspection.image->complete && analysis.complete;
    report["sizes"] = jsonparts::sizes(analysis);
    report["shadowedBy"] = jsonparts::causes(analysis.shadowedBy);
    report["efficiency"] = analysis.efficiency;
    report["dive"] = jsonparts::dive(analysis.dive);
    report["waste"] = wasteItems(inspection);
    report["duplicates"] = duplicateGroups(inspection);
    return jsonparts::writtenWithDive(report, inspection);
}

} // namespace cutaway
