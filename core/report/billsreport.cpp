// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/billsreport.h"

#include "core/base/text.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <algorithm>

namespace cutaway {
namespace {

using jsonparts::Value;
using Kind = TextTable::Kind;

/// Differences shown of each kind, where the width is limited.
constexpr std::size_t kShown = 10;

std::string placeOf(const Inspection &inspection, const FoundBill &found)
{
    return found.node == kNone ? "attestation " + found.attestation.shortText()
                               : displayText(inspection.image->tree->path(found.node));
}

std::string kindOf(const Bill &bill)
{
    const std::string version = displayText(bill.version);
    return bill.format == Bill::Format::Spdx ? version : "CycloneDX " + version;
}

std::string overview(const Inspection &inspection, const TextStyle &style)
{
    TextTable table({{"bill", Kind::Path},
                     {"format", Kind::Text},
                     {"made by", Kind::Prose},
                     {"found", Kind::Number},
                     {"other version", Kind::Number},
                     {"not found", Kind::Number}},
                    style,
                    "  ");
    const std::vector<FoundBill> &list = inspection.packages->bills.list;
    const std::size_t shown = style.width > 0 ? std::min(kShown, list.size()) : list.size();
    for (std::size_t i = 0; i < shown; ++i) {
        const FoundBill &found = list[i];
        table.addRow({{placeOf(inspection, found)},
                      {kindOf(found.bill)},
                      {displayText(found.bill.tool), Paint::Dim},
                      {formatNumber(found.matching)},
                      {formatNumber(found.otherVersion.size())},
                      {formatNumber(found.onlyListed.size())}});
    }
    std::string text = table.text();
    if (shown < list.size()) {
        text += "  … " + formatCount(list.size() - shown, "bill", "bills") + " more\n";
    }
    return text;
}

/// A line each, and how many are left out.
std::string lines(std::string_view title,
                  const std::vector<std::string> &rows,
                  const TextStyle &style)
{
    if (rows.empty()) {
        return {};
    }
    std::string text = sections::heading(title, style);
    const std::size_t shown = style.width > 0 ? std::min(kShown, rows.size()) : rows.size();
    for (std::size_t i = 0; i < shown; ++i) {
        text += "  " + rows[i] + '\n';
    }
    if (shown < rows.size()) {
        text += "  … " + formatNumber(rows.size() - shown) + " more\n";
    }
    return text;
}

std::string differences(const Packages &packages, const TextStyle &style)
{
    std::vector<std::string> onlyListed;
    std::vector<std::string> otherVersion;
    for (const FoundBill &found : packages.bills.list) {
        for (const std::uint32_t component : found.onlyListed) {
            onlyListed.push_back(displayText(found.bill.components[component].purl));
        }
        for (const OtherVersion &other : found.otherVersion) {
            otherVersion.push_back(displayText(found.bill.components[other.component].purl)
                                   + ": found is "
                                   + displayText(packages.list[other.package].record.version));
        }
    }
    std::vector<std::string> unlisted;
    for (const std::uint32_t place : packages.bills.unlisted) {
        unlisted.push_back(displayText(packages.list[place].purl));
    }
    for (std::vector<std::string> *rows : {&onlyListed, &otherVersion, &unlisted}) {
        std::ranges::sort(*rows);
        const auto again = std::ranges::unique(*rows);
        rows->erase(again.begin(), again.end());
    }
    return lines("Listed, but not found", onlyListed, style)
           + lines("Found in another version", otherVersion, style)
           + lines("Found, but not listed", unlisted, style);
}

Value componentOf(const BillComponent &component)
{
    return {{"purl", component.purl},
            {"name", component.name},
            {"version", jsonparts::textOrNull(component.version)}};
}

Value rowOf(const Inspection &inspection, const FoundBill &found)
{
    const Bill &bill = found.bill;
    Value row = Value::object();
    row["path"] = nullptr;
    if (found.node != kNone) {
        jsonparts::setPath(row, inspection.image->tree->path(found.node));
    }
    row["layer"] = found.node != kNone ? Value(found.layer) : nullptr;
    row["attestation"] = jsonparts::textOrNull(found.attestation.text());
    row["format"] = billFormatName(bill.format);
    row["formatVersion"] = bill.version;
    row["tool"] = jsonparts::textOrNull(bill.tool);
    row["components"] = bill.components.size();
    row["componentsLeftOut"] = bill.leftOut;
    row["matching"] = found.matching;
    row["onlyListed"] = Value::array();
    for (const std::uint32_t component : found.onlyListed) {
        row["onlyListed"].push_back(componentOf(bill.components[component]));
    }
    row["otherVersion"] = Value::array();
    for (const OtherVersion &other : found.otherVersion) {
        Value difference = componentOf(bill.components[other.component]);
        difference["found"] = inspection.packages->list[other.package].record.version;
        row["otherVersion"].push_back(std::move(difference));
    }
    return row;
}

} // namespace

std::string billsText(const Inspection &inspection, const TextStyle &style)
{
    if (inspection.packages->bills.list.empty()) {
        return {};
    }
    return sections::heading("Bills of materials in the image", style) + overview(inspection, style)
           + differences(*inspection.packages, style);
}

void addBills(jsonparts::Value &report, const Inspection &inspection)
{
    report["bills"] = Value::array();
    for (const FoundBill &found : inspection.packages->bills.list) {
        report["bills"].push_back(rowOf(inspection, found));
    }
    report["unlisted"] = Value::array();
    for (const std::uint32_t place : inspection.packages->bills.unlisted) {
        report["unlisted"].push_back(inspection.packages->list[place].purl);
    }
}

} // namespace cutaway
