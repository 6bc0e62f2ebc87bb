// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/report.h"
#include "core/report/sections.h"
#include "core/report/table.h"

namespace cutaway {
namespace {

using jsonparts::Value;

constexpr std::size_t kNameWidth = 15;

/// The block between two rules, a bar before each line, as container-api printed it.
class Block
{
public:
    void rule() { m_text += ' ' + std::string(kRuleWidth, '-') + '\n'; }
    void innerRule() { m_text += '|' + std::string(kRuleWidth, '-') + '\n'; }
    void head(std::string_view name, std::string_view value)
    {
        constexpr std::size_t kHeadWidth = 10;
        m_text += "| " + padded(name, kHeadWidth) + displayText(value) + '\n';
    }
    void group(std::string_view name) { m_text += "| * " + std::string(name) + '\n'; }
    void item(std::string_view text) { m_text += "|   - " + displayText(text) + '\n'; }
    void field(std::string_view name, std::string_view value)
    {
        m_text += "|   - " + padded(name, kNameWidth) + displayText(value) + '\n';
    }
    void fieldIfAny(std::string_view name, std::string_view value)
    {
        if (!value.empty()) {
            field(name, value);
        }
    }
    void line(std::string_view text) { m_text += "| " + std::string(text) + '\n'; }
    void empty() { item("< empty >"); }
    const std::string &text() const { return m_text; }

private:
    static constexpr std::size_t kRuleWidth = 59;
    static std::string padded(std::string_view name, std::size_t width)
    {
        std::string text = std::string(name) + ':';
        text.resize(std::max(width, text.size() + 1), ' ');
        return text;
    }

    std::string m_text;
};

/// "2016-03-01 15:59"; what is no such time stays as it is.
std::string shortTime(const std::string &text)
{
    constexpr std::size_t kMinutes = 16;
    const bool isTime = text.size() > kMinutes && text[10] == 'T' && text[kMinutes] == ':';
    return isTime ? text.substr(0, 10) + ' ' + text.substr(11, 5) : text;
}

void variableFields(const ContractVariable &variable, Secrets secrets, Block &block)
{
    block.field("ENV", variable.name());
    block.fieldIfAny("Description", variable.api.description);
    block.field("Mandatory", variable.api.isMandatory ? "true" : "false");
    block.fieldIfAny("Default", variable.shownDefault(secrets).text);
    block.fieldIfAny("Example", redactValue(variable.name(), variable.api.example, secrets).text);
    if (!variable.scripts.empty()) {
        block.field("Read by", variable.scripts.front());
    }
}

void variableGroup(const Contract &contract, bool isMandatory, Secrets secrets, Block &block)
{
    block.group(isMandatory ? "Mandatory ENVs to configure:" : "Optional ENVs to configure:");
    bool isEmpty = true;
    for (const ContractVariable &variable : contract.variables) {
        if (variable.api.isMandatory == isMandatory) {
            variableFields(variable, secrets, block);
            isEmpty = false;
        }
    }
    if (isEmpty) {
        block.empty();
    }
}

void linkGroups(const Contract &contract, Secrets secrets, Block &block)
{
    block.group("Expected links:");
    for (const ApiEntry &link : contract.links) {
        block.field("Name", link.name);
        block.fieldIfAny("Image", link.image);
        block.fieldIfAny("Port", link.port);
        block.fieldIfAny("Description", link.description);
        block.field("Mandatory", link.isMandatory ? "true" : "false");
    }
    if (contract.links.empty()) {
        block.empty();
    }
    block.group("Expected args:");
    for (const ApiEntry &argument : contract.arguments) {
        block.field("Arg", argument.name);
        block.fieldIfAny("Description", argument.description);
        block.fieldIfAny(
            "Default",
            redactValue(argument.name, argument.defaultValue.value_or(""), secrets).text);
        block.field("Mandatory", argument.isMandatory ? "true" : "false");
    }
    if (contract.arguments.empty()) {
        block.empty();
    }
}

std::string volumeText(const ContractVolume &volume)
{
    return volume.files.value_or(0) == 0
               ? volume.path
               : volume.path + " (" + formatBytes(*volume.bytes) + " in "
                     + formatCount(*volume.files, "file", "files") + " of the image)";
}

void placeGroups(const Contract &contract, Block &block)
{
    block.group("Available ports:");
    for (const ContractPort &port : contract.ports) {
        block.item(port.text + (port.description.empty() ? "" : "  " + port.description)
                   + (port.isExposed ? "" : "  (not exposed)"));
    }
    if (contract.ports.empty()) {
        block.empty();
    }
    block.group("Volumes:");
    for (const ContractVolume &volume : contract.volumes) {
        block.item(volumeText(volume));
    }
    if (contract.volumes.empty()) {
        block.empty();
    }
}

Value entryJson(const ApiEntry &entry)
{
    Value value;
    value["name"] = entry.name;
    value["description"] = jsonparts::textOrNull(entry.description);
    value["mandatory"] = entry.isMandatory;
    return value;
}

Value variablesJson(const Contract &contract, Secrets secrets)
{
    Value list = Value::array();
    for (const ContractVariable &variable : contract.variables) {
        const Redacted value = variable.shownDefault(secrets);
        Value item = entryJson(variable.api);
        item["default"] = variable.api.defaultValue ? Value(value.text) : Value(nullptr);
        item["example"] =
            jsonparts::textOrNull(redactValue(variable.name(), variable.api.example, secrets).text);
        item["type"] = jsonparts::textOrNull(variable.api.type);
        item["declared"] = variable.isDeclared;
        item["documented"] = variable.isDocumented;
        item["secret"] = variable.isSecret();
        item["scripts"] = Value::array();
        for (const std::string &script : variable.scripts) {
            item["scripts"].push_back(jsonName(script).text);
        }
        if (value.redacted) {
            item["redacted"] = true;
        }
        list.push_back(std::move(item));
    }
    return list;
}

Value linksJson(const Contract &contract)
{
    Value list = Value::array();
    for (const ApiEntry &link : contract.links) {
        Value item = entryJson(link);
        item["image"] = jsonparts::textOrNull(link.image);
        item["port"] = jsonparts::textOrNull(link.port);
        list.push_back(std::move(item));
    }
    return list;
}

Value argumentsJson(const Contract &contract, Secrets secrets)
{
    Value list = Value::array();
    for (const ApiEntry &argument : contract.arguments) {
        Value item = entryJson(argument);
        item["default"] = nullptr;
        if (argument.defaultValue) {
            item["default"] = redactValue(argument.name, *argument.defaultValue, secrets).text;
        }
        list.push_back(std::move(item));
    }
    return list;
}

Value placesJson(const Contract &contract, Value &ports)
{
    ports = Value::array();
    for (const ContractPort &port : contract.ports) {
        ports.push_back({{"port", port.text},
                         {"description", jsonparts::textOrNull(port.description)},
                         {"exposed", port.isExposed}});
    }
    Value volumes = Value::array();
    for (const ContractVolume &volume : contract.volumes) {
        volumes.push_back({{"path", volume.path},
                           {"bytes", jsonparts::numberOrNull(volume.bytes)},
                           {"files", jsonparts::numberOrNull(volume.files)}});
    }
    return volumes;
}

} // namespace

Value jsonparts::contract(const Contract &contract, Secrets secrets)
{
    Value value;
    value["author"] = textOrNull(redactLine(contract.author, secrets).text);
    value["created"] = textOrNull(contract.created);
    value["fileBytes"] = contract.fileBytes;
    value["wireBytes"] = contract.wireBytes;
    value["variables"] = variablesJson(contract, secrets);
    value["links"] = linksJson(contract);
    value["args"] = argumentsJson(contract, secrets);
    value["ports"] = Value();
    value["volumes"] = placesJson(contract, value["ports"]);
    value["hooks"] = Value::array();
    for (const ContractHook &hook : contract.hooks) {
        const Redacted command = redactLine(hook.command, secrets);
        Value item = {{"name", hook.name}, {"command", command.text}, {"source", hook.source}};
        if (command.redacted) {
            item["redacted"] = true;
        }
        value["hooks"].push_back(std::move(item));
    }
    value["touchPoints"] = Value::array();
    for (const TouchPoint &point : contract.touchPoints) {
        Value item = {{"id", point.id}, {"title", point.title}, {"facts", Value::array()}};
        for (const TouchFact &fact : point.facts) {
            item["facts"].push_back({{"known", knownName(fact.known)}, {"text", fact.text}});
        }
        value["touchPoints"].push_back(std::move(item));
    }
    return value;
}

std::string contractReportText(const Inspection &inspection, const TextStyle &style)
{
    const Contract &contract = inspection.contract;
    Block block;
    block.rule();
    block.head("Image", contract.image);
    block.innerRule();
    block.head("Author",
               contract.author.empty() ? "< unknown >"
                                       : redactLine(contract.author, style.secrets).text);
    block.head("Size",
               formatBytes(contract.fileBytes) + " (" + formatBytes(contract.wireBytes)
                   + " as stored)");
    block.head("Created", contract.created.empty() ? "< unknown >" : shortTime(contract.created));
    block.innerRule();
    block.line("Container API:");
    variableGroup(contract, true, style.secrets, block);
    variableGroup(contract, false, style.secrets, block);
    linkGroups(contract, style.secrets, block);
    placeGroups(contract, block);
    if (!contract.hooks.empty()) {
        block.group("Lifecycle hooks:");
        for (const ContractHook &hook : contract.hooks) {
            block.field(hook.name, redactLine(hook.command, style.secrets).text);
        }
    }
    block.rule();
    TextTable table({{"touch point", TextTable::Kind::Text},
                     {"known", TextTable::Kind::Text},
                     {"what", TextTable::Kind::Prose}},
                    style);
    for (const TouchPoint &point : contract.touchPoints) {
        for (const TouchFact &fact : point.facts) {
            const bool isFirst = &fact == point.facts.data();
            table.addRow({{isFirst ? std::string(point.title) : std::string(), Paint::Bold},
                          {std::string(knownName(fact.known)),
                           fact.known == Known::Declared ? Paint::Green : Paint::Dim},
                          {fact.text}});
        }
    }
    return block.text() + '\n' + table.text();
}

std::string contractReportJson(const Inspection &inspection, Secrets secrets)
{
    Value report = jsonparts::document();
    report["image"] = jsonparts::image(*inspection.image, secrets);
    report["complete"] = inspection.image->complete;
    report["contract"] = jsonparts::contract(inspection.contract, secrets);
    return jsonparts::written(report);
}

} // namespace cutaway
