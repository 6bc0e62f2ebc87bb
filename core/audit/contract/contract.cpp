// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/contract/contract.h"

#include "core/audit/contract/touchpoints.h"
#include "core/audit/contract/treesurvey.h"
#include "core/audit/files.h"
#include "core/audit/rule.h"
#include "core/audit/rules/contractrules.h"
#include "core/audit/rules/metadatarules.h"
#include "core/audit/secrets/names.h"

#include <algorithm>
#include <array>
#include <map>

namespace cutaway {

namespace {

/// Variables that every process has, or that only tell what was built: nobody configures by them.
constexpr std::array<std::string_view, 14> kOrdinary = {"PATH",
                                                        "HOME",
                                                        "HOSTNAME",
                                                        "PWD",
                                                        "OLDPWD",
                                                        "SHLVL",
                                                        "TERM",
                                                        "USER",
                                                        "LOGNAME",
                                                        "SHELL",
                                                        "LANG",
                                                        "LC_ALL",
                                                        "GPG_KEY",
                                                        "DEBIAN_FRONTEND"};
constexpr std::array<std::string_view, 4> kMarkers = {"_VERSION", "_SHA256", "_SHA512", "_SHA"};

bool isOrdinary(std::string_view name)
{
    return std::ranges::find(kOrdinary, name) != kOrdinary.end()
           || std::ranges::any_of(kMarkers,
                                  [&](std::string_view end) { return name.ends_with(end); });
}

/// The labels that the generic-label convention has for the stations of a container's life;
/// capitals are the older form.
constexpr std::array<std::string_view, 7> kHookLabels = {
    "install", "run", "update", "stop", "uninstall", "debug", "help"};

/// What entry scripts read, and what they make of it where it is not given.
void addScripts(const AuditContext &context, std::map<std::string, ContractVariable> &variables)
{
    for (const ScriptVariable &read : scriptVariables(context)) {
        ContractVariable &variable = variables[read.name];
        variable.api.name = read.name;
        if (!read.script.empty()) {
            variable.scripts.push_back(read.script);
        }
        const bool hasDefault = !variable.api.defaultValue.value_or("").empty();
        variable.api.isMandatory = variable.api.isMandatory || (read.isRequired && !hasDefault);
        if (!hasDefault && !read.fallback.empty() && !read.fallback.contains('$')) {
            variable.api.defaultValue = read.fallback;
        }
    }
}

std::vector<ContractVariable> variablesOf(const AuditContext &context, std::vector<ApiEntry> labels)
{
    std::map<std::string, ContractVariable> variables;
    for (ApiEntry &entry : labels) {
        ContractVariable &variable = variables[entry.name];
        variable.isDocumented = true;
        variable.api = std::move(entry);
    }
    for (const auto &[name, value] : context.facts.env) {
        if (name.empty() || (isOrdinary(name) && !variables.contains(name))) {
            continue;
        }
        ContractVariable &variable = variables[name];
        variable.api.name = name;
        variable.api.defaultValue = value;
        variable.isDeclared = true;
    }
    addScripts(context, variables);
    std::vector<ContractVariable> list;
    for (auto &[name, variable] : variables) {
        list.push_back(std::move(variable));
    }
    return list;
}

/// Which port numbers the image exposes; as many ranges as it has, in time that does not grow with
/// their widths.
std::vector<bool> exposedNumbers(const ImageConfig &config)
{
    constexpr std::size_t kNumbers = 65536;
    std::vector<int> steps(kNumbers + 1);
    for (const std::string &text : config.exposedPorts) {
        if (const std::optional<ExposedPorts> ports = parsePorts(text)) {
            ++steps[static_cast<std::size_t>(ports->first)];
            --steps[static_cast<std::size_t>(ports->last) + 1];
        }
    }
    std::vector<bool> exposed(kNumbers);
    int open = 0;
    for (std::size_t number = 0; number < kNumbers; ++number) {
        open += steps[number];
        exposed[number] = open > 0;
    }
    return exposed;
}

std::vector<ContractPort> portsOf(const ImageConfig &config, const std::vector<ApiEntry> &labels)
{
    std::map<int, const ApiEntry *> described; // by the first port of what a label speaks of
    for (const ApiEntry &label : labels) {
        described.try_emplace(parsePorts(label.name)->first, &label);
    }
    std::vector<ContractPort> ports;
    for (const std::string &text : config.exposedPorts) {
        const std::optional<ExposedPorts> range = parsePorts(text);
        const auto found = range ? described.find(range->first) : described.end();
        ports.push_back(
            {.text = text,
             .description = found == described.end() ? std::string() : found->second->description,
             .isExposed = true});
    }
    const std::vector<bool> exposed = exposedNumbers(config);
    for (const auto &[number, label] : described) {
        if (!exposed[static_cast<std::size_t>(number)]) {
            const std::string protocol =
                label->protocol.empty() ? parsePorts(label->name)->protocol : label->protocol;
            ports.push_back({.text = label->name.substr(0, label->name.find('/')) + '/' + protocol,
                             .description = label->description});
        }
    }
    return ports;
}

std::string healthCommand(const Healthcheck &check)
{
    std::string text;
    for (const std::string &word : check.test) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

std::vector<ContractHook> hooksOf(const Image &image)
{
    std::vector<ContractHook> hooks;
    const auto addLabel = [&](std::string_view name, const std::string &key) {
        const auto found = image.config.labels.find(key);
        if (found != image.config.labels.end() && !found->second.empty()) {
            hooks.push_back({std::string(name), found->second, "label " + key});
        }
    };
    for (const std::string_view name : kHookLabels) {
        std::string capitals(name);
        std::ranges::transform(
            capitals, capitals.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        addLabel(name, std::string(name));
        addLabel(name, capitals);
    }
    addLabel("s2i-scripts", "io.openshift.s2i.scripts-url");
    if (image.tree != nullptr && image.tree->nodeCount() > 0) {
        for (const std::string_view name : {"assemble", "run", "save-artifacts", "usage"}) {
            const std::string path = "/usr/libexec/s2i/" + std::string(name);
            if (pathExists(*image.tree, path)) {
                hooks.push_back({"s2i-" + std::string(name), path, "file " + path});
            }
        }
    }
    if (image.config.healthcheck && !image.config.healthcheck->test.empty()) {
        hooks.push_back(
            {"healthcheck", healthCommand(*image.config.healthcheck), "config.Healthcheck"});
    }
    return hooks;
}

std::string authorOf(const Image &image)
{
    const std::optional<LabelValue> label = labelOf(image, LabelItem::Author);
    return label ? label->value : image.config.author;
}

/// Descriptions are prose: whoever wants to see a secret in one looks at the label.
void redactDescriptions(std::vector<ApiEntry> &entries)
{
    for (ApiEntry &entry : entries) {
        entry.description = redactLine(entry.description, Secrets::Redacted).text;
    }
}

} // namespace

std::string_view knownName(Known known)
{
    switch (known) {
    case Known::Declared: return "declared";
    case Known::Inferred: return "inferred";
    case Known::RunTime: return "run-time";
    }
    return {};
}

bool ContractVariable::isSecret() const
{
    return api.isSecret || isSecretName(api.name);
}

Redacted ContractVariable::shownDefault(Secrets secrets) const
{
    // What a label calls a secret is one whatever its name is.
    return redactValue(api.isSecret ? "SECRET" : api.name, api.defaultValue.value_or(""), secrets);
}

Contract contractOf(const AuditContext &context)
{
    const Image &image = context.image;
    ApiLabels labels = readApiLabels(image.config.labels);
    for (auto *entries : {&labels.variables, &labels.arguments, &labels.ports, &labels.links}) {
        redactDescriptions(*entries);
    }
    TreeSurvey survey = surveyTree(image);
    Contract contract;
    contract.isTagged = !image.tags.empty();
    contract.image = contract.isTagged ? image.tags.front() : image.reference;
    contract.author = authorOf(image);
    contract.created = image.config.created;
    contract.fileBytes = context.analysis.fileBytes;
    contract.wireBytes = context.analysis.wireBytes;
    contract.variables = variablesOf(context, std::move(labels.variables));
    contract.links = std::move(labels.links);
    contract.arguments = std::move(labels.arguments);
    contract.ports = portsOf(image.config, labels.ports);
    contract.volumes = std::move(survey.volumes);
    contract.hooks = hooksOf(image);
    contract.touchPoints = touchPointsOf(context, contract, survey);
    return contract;
}

} // namespace cutaway
