// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/redaction.h"
#include "core/base/text.h"
#include "core/report/contracttext.h"
#include "core/report/escape.h"
#include "core/report/htmlparts.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::html {
namespace {

constexpr std::size_t kValuesShown = 200; ///< of one row of the contract, and rows of one table

using Rows = std::vector<std::vector<std::string>>;

/// A table below a heading of its own, raw texts in its cells; nothing where it has no rows.
std::string table(std::string_view title,
                  const std::vector<std::string_view> &columns,
                  const Rows &rows)
{
    if (rows.empty()) {
        return {};
    }
    std::string text = element("h3", "", title) + "<table>\n<thead><tr>";
    for (const std::string_view column : columns) {
        text += element("th", "", column);
    }
    text += "</tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < std::min(rows.size(), kValuesShown); ++i) {
        text += "<tr>";
        for (const std::string &cell : rows[i]) {
            text += element("td", "", cell);
        }
        text += "</tr>\n";
    }
    text += "</tbody>\n</table>\n";
    return rows.size() <= kValuesShown
               ? text
               : text
                     + element("p",
                               "soft small",
                               "… " + formatNumber(rows.size() - kValuesShown) + " more");
}

std::string declared(const ImageConfig &config)
{
    std::string text = "<dl class=\"pairs\">\n";
    for (const ContractRow &row : contractRows(config, Secrets::Redacted)) {
        text += element("dt", "", row.name) + "<dd>";
        for (std::size_t i = 0; i < std::min(row.values.size(), kValuesShown); ++i) {
            text += element("code", "", row.values[i]);
        }
        if (row.values.size() > kValuesShown) {
            text += element("span",
                            "soft small",
                            "… " + formatNumber(row.values.size() - kValuesShown) + " more");
        }
        text += "</dd>\n";
    }
    return text + "</dl>\n";
}

Rows touchRows(const Contract &contract)
{
    Rows rows;
    for (const TouchPoint &point : contract.touchPoints) {
        for (const TouchFact &fact : point.facts) {
            rows.push_back({&fact == point.facts.data() ? std::string(point.title) : std::string(),
                            std::string(knownName(fact.known)),
                            fact.text});
        }
    }
    return rows;
}

Rows variableRows(const Contract &contract)
{
    Rows rows;
    for (const ContractVariable &variable : contract.variables) {
        rows.push_back({variable.name(),
                        variable.api.isMandatory ? "yes" : "no",
                        variable.shownDefault(Secrets::Redacted).text,
                        variable.api.description});
    }
    return rows;
}

Rows portRows(const Contract &contract)
{
    Rows rows;
    for (const ContractPort &port : contract.ports) {
        rows.push_back(
            {port.text, port.isExposed ? "exposed" : "documented only", port.description});
    }
    return rows;
}

Rows volumeRows(const Contract &contract)
{
    Rows rows;
    for (const ContractVolume &volume : contract.volumes) {
        rows.push_back({volume.path,
                        volume.bytes ? formatBytes(*volume.bytes) : std::string("unknown"),
                        volume.files ? formatNumber(*volume.files) : std::string("unknown")});
    }
    return rows;
}

Rows hookRows(const Contract &contract)
{
    Rows rows;
    for (const ContractHook &hook : contract.hooks) {
        rows.push_back({hook.name, redactLine(hook.command, Secrets::Redacted).text, hook.source});
    }
    return rows;
}

} // namespace

std::string contractSection(const Inspection &inspection)
{
    const Contract &contract = inspection.contract;
    return sectionHead("contract", "Contract")
           + table("Touch points", {"touch point", "known", "what"}, touchRows(contract))
           + table("Variables", {"name", "needed", "default", "what"}, variableRows(contract))
           + table("Ports", {"port", "state", "what"}, portRows(contract))
           + table("Volumes", {"path", "bytes in the image", "files"}, volumeRows(contract))
           + table("Lifecycle hooks", {"name", "command", "source"}, hookRows(contract))
           + element("h3", "", "As its configuration declares it")
           + declared(inspection.image->config);
}

} // namespace cutaway::html
