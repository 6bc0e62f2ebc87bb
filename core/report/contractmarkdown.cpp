// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/report.h"

#include <vector>

namespace cutaway {
namespace {

class Page
{
public:
    void heading(std::string_view text) { m_text += "\n## " + std::string(text) + "\n\n"; }
    void table(const std::vector<std::string> &titles,
               const std::vector<std::vector<std::string>> &rows)
    {
        if (rows.empty()) {
            m_text += "< empty >\n";
            return;
        }
        line(titles);
        line(std::vector<std::string>(titles.size(), "---"));
        for (const std::vector<std::string> &row : rows) {
            line(row);
        }
    }
    void add(std::string_view text) { m_text += text; }
    std::string take() { return std::move(m_text); }

private:
    void line(const std::vector<std::string> &cells)
    {
        m_text += '|';
        for (const std::string &cell : cells) {
            m_text += ' ' + cell + " |";
        }
        m_text += '\n';
    }

    std::string m_text;
};

using Rows = std::vector<std::vector<std::string>>;

Rows variableRows(const Contract &contract, bool isMandatory, Secrets secrets)
{
    Rows rows;
    for (const ContractVariable &variable : contract.variables) {
        if (variable.api.isMandatory != isMandatory) {
            continue;
        }
        rows.push_back({markdownText(variable.name()),
                        markdownText(variable.shownDefault(secrets).text),
                        markdownText(variable.api.description)});
    }
    return rows;
}

Rows entryRows(const std::vector<ApiEntry> &entries, Secrets secrets)
{
    Rows rows;
    for (const ApiEntry &entry : entries) {
        const std::string value = entry.defaultValue.value_or("");
        rows.push_back(
            {markdownText(entry.name),
             markdownText(entry.port.empty() ? redactValue(entry.name, value, secrets).text
                                             : entry.port),
             entry.isMandatory ? "yes" : "no",
             markdownText(entry.description)});
    }
    return rows;
}

Rows portRows(const Contract &contract)
{
    Rows rows;
    for (const ContractPort &port : contract.ports) {
        rows.push_back({markdownText(port.text),
                        port.isExposed ? "exposed" : "documented only",
                        markdownText(port.description)});
    }
    return rows;
}

Rows volumeRows(const Contract &contract)
{
    Rows rows;
    for (const ContractVolume &volume : contract.volumes) {
        rows.push_back({markdownText(volume.path), volume.bytes ? formatBytes(*volume.bytes) : ""});
    }
    return rows;
}

Rows touchRows(const Contract &contract)
{
    Rows rows;
    for (const TouchPoint &point : contract.touchPoints) {
        for (const TouchFact &fact : point.facts) {
            rows.push_back({std::string(point.title),
                            std::string(knownName(fact.known)),
                            markdownText(fact.text)});
        }
    }
    return rows;
}

} // namespace

std::string contractReportMarkdown(const Inspection &inspection, Secrets secrets)
{
    const Contract &contract = inspection.contract;
    Page page;
    page.add("# Contract of " + markdownText(contract.image) + "\n\n");
    page.table(
        {"Author", "Size", "Created"},
        {{markdownText(redactLine(contract.author, secrets).text),
          formatBytes(contract.fileBytes) + " (" + formatBytes(contract.wireBytes) + " as stored)",
          markdownText(contract.created)}});
    page.heading("Mandatory variables");
    page.table({"Name", "Default", "Description"}, variableRows(contract, true, secrets));
    page.heading("Optional variables");
    page.table({"Name", "Default", "Description"}, variableRows(contract, false, secrets));
    page.heading("Expected links");
    page.table({"Name", "Port", "Mandatory", "Description"}, entryRows(contract.links, secrets));
    page.heading("Expected arguments");
    page.table({"Argument", "Default", "Mandatory", "Description"},
               entryRows(contract.arguments, secrets));
    page.heading("Ports");
    page.table({"Port", "State", "Description"}, portRows(contract));
    page.heading("Volumes");
    page.table({"Path", "Bytes in the image"}, volumeRows(contract));
    page.heading("Lifecycle hooks");
    Rows hooks;
    for (const ContractHook &hook : contract.hooks) {
        hooks.push_back({markdownText(hook.name),
                         markdownText(redactLine(hook.command, secrets).text),
                         markdownText(hook.source)});
    }
    page.table({"Hook", "Command", "Source"}, hooks);
    page.heading("Touch points");
    page.table({"Touch point", "Known", "What"}, touchRows(contract));
    return page.take();
}

} // namespace cutaway
