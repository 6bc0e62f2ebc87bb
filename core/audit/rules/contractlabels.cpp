// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/contract/apilabels.h"
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/contractrules.h"
#include "core/base/json.h"

#include <algorithm>
#include <array>
#include <set>

namespace cutaway {

namespace {

constexpr std::string_view kEnv = "api.ENV.";
constexpr std::string_view kOlderEnv = "api.expected-envs.";
constexpr std::string_view kExpose = "api.EXPOSE.";
constexpr std::string_view kLinks = "api.LINKS.";

Finding fault(Severity severity, const std::string &key, const std::string &what)
{
    return configFinding(severity,
                         "The label " + quoted(key) + " " + what + ".",
                         configEvidence("config.Labels", key));
}

/// How a label about a variable begins; empty for others.
std::string_view envPrefix(std::string_view key)
{
    for (const std::string_view prefix : {kEnv, kOlderEnv}) {
        if (key.starts_with(prefix)) {
            return prefix;
        }
    }
    return {};
}

ApiKey split(std::string_view key, std::string_view prefix)
{
    return splitApiKey(key.substr(prefix.size()));
}

void checkAttribute(const std::string &key,
                    const ApiKey &api,
                    const std::string &value,
                    std::vector<Finding> &findings)
{
    if (api.attribute.empty()) {
        return;
    }
    if (!isApiAttribute(api.attribute)) {
        findings.push_back(fault(Severity::Info, key, "has an attribute that nobody knows"));
    } else if (api.attribute == "mandatory" && value != "true" && value != "false") {
        findings.push_back(fault(Severity::Medium, key, "is neither true nor false"));
    } else if (api.attribute == "description" && value.empty()) {
        findings.push_back(fault(Severity::Low, key, "is empty"));
    }
}

void checkEnv(const AuditContext &context,
              const std::string &key,
              const std::string &value,
              std::vector<Finding> &findings)
{
    const ApiKey api = split(key, envPrefix(key));
    if (api.name.empty() || leadingName(api.name).size() != api.name.size()) {
        findings.push_back(fault(Severity::Medium, key, "names no variable"));
        return;
    }
    checkAttribute(key, api, value, findings);
    const std::string *given = context.facts.variable(api.name);
    if (api.attribute == "mandatory" && value == "true" && given != nullptr && !given->empty()) {
        findings.push_back(fault(Severity::Low, key, "calls mandatory what has a default"));
    }
}

void checkPort(const AuditContext &context,
               const std::string &key,
               const std::string &value,
               std::vector<Finding> &findings)
{
    const ApiKey api = split(key, kExpose);
    checkAttribute(key, api, value, findings);
    const std::optional<ExposedPorts> named = parsePorts(api.name);
    const bool isExposed =
        named && std::ranges::any_of(context.image.config.exposedPorts, [&](const auto &text) {
            const std::optional<ExposedPorts> ports = parsePorts(text);
            return ports && ports->first <= named->first && named->first <= ports->last;
        });
    if (!isExposed && api.attribute.empty()) {
        findings.push_back(fault(Severity::Medium, key, "describes a port that is not exposed"));
    }
}

void checkLink(const std::string &key, const std::string &value, std::vector<Finding> &findings)
{
    const ApiKey api = split(key, kLinks);
    checkAttribute(key, api, value, findings);
    if (api.attribute == "port" && !parsePorts(value)) {
        findings.push_back(fault(Severity::Medium, key, "is no port"));
    }
}

/// The third notation: a JSON array of objects under one label.
void checkList(const std::string &key, const std::string &value, std::vector<Finding> &findings)
{
    const Result<ParsedJson> parsed = parseJson(value, key, BadUtf8::Replace);
    const bool isList =
        parsed && parsed->value.isArray()
        && std::ranges::all_of(parsed->value.elements(), [](const Json &item) {
               return item.isObject()
                      && (item.contains("key") || item.contains("arg") || item.contains("name"));
           });
    if (!isList) {
        findings.push_back(fault(Severity::Medium, key, "is no list of objects with a key"));
    }
}

/// Variables that are described before they are named: `api.ENV.X.mandatory` without `api.ENV.X`.
void checkNamed(const AuditContext &context, std::vector<Finding> &findings)
{
    const auto &labels = context.image.config.labels;
    std::set<std::string> told;
    for (const auto &[key, value] : labels) {
        const std::string_view prefix = envPrefix(key);
        if (prefix.empty()) {
            continue;
        }
        const ApiKey api = split(key, prefix);
        const std::string name = std::string(prefix).append(api.name);
        const bool isDescribed = labels.contains(name) || labels.contains(name + ".description");
        if (!api.attribute.empty() && !isDescribed && told.insert(name).second) {
            findings.push_back(fault(Severity::Low,
                                     key,
                                     "speaks of a variable without describing "
                                     "it"));
        }
    }
}

/// `COPY x .` with no WORKDIR before it.
bool copiesIntoRoot(const AuditContext &context)
{
    bool hasFolder = false;
    for (const BuildFact &fact : context.facts.steps) {
        hasFolder = hasFolder || fact.step.keyword == "WORKDIR";
        const bool isCopy = fact.step.keyword == "COPY" || fact.step.keyword == "ADD";
        if (!isCopy || hasFolder || fact.origin == Origin::Base) {
            continue;
        }
        const std::vector<std::string> words = wordsOf(fact.step.arguments);
        if (!words.empty() && (words.back() == "." || words.back() == "./")) {
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<Finding> apiLabelSchema(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const auto &[key, value] : context.image.config.labels) {
        if (!envPrefix(key).empty()) {
            checkEnv(context, key, value, findings);
        } else if (key.starts_with(kExpose)) {
            checkPort(context, key, value, findings);
        } else if (key.starts_with(kLinks)) {
            checkLink(key, value, findings);
        } else if (key == "api.expected-envs" || key == "api.expected-args"
                   || key == "api.expected-links") {
            checkList(key, value, findings);
        }
    }
    checkNamed(context, findings);
    return findings;
}

std::vector<Finding> workingDirectory(const AuditContext &context)
{
    const std::string &path = context.image.config.workingDir;
    const auto say = [&](Severity severity, const std::string &what) {
        return std::vector<Finding>{
            configFinding(severity,
                          path.empty() ? "No working directory is set" + what
                                       : "The working directory " + quoted(path) + what,
                          path.empty() ? Evidence{.text = "not set", .field = "config.WorkingDir"}
                                       : configEvidence("config.WorkingDir", path))};
    };
    if (path.empty() || path == "/") {
        const std::vector<std::string> &argv = context.facts.argv;
        const bool isRelative =
            !argv.empty() && argv.front().contains('/') && !argv.front().starts_with('/');
        if (isRelative) {
            return say(Severity::Low, ", and the command is relative to it.");
        }
        return copiesIntoRoot(context) ? say(Severity::Low, ", and files are copied to it: into /.")
                                       : std::vector<Finding>();
    }
    if (!path.starts_with('/')) {
        return say(Severity::Medium, " is relative.");
    }
    for (const std::string_view system : {"/proc", "/sys", "/dev", "/boot"}) {
        if (path == system || path.starts_with(std::string(system) + "/")) {
            return say(Severity::High, " belongs to the system.");
        }
    }
    const bool isKnown = context.image.tree != nullptr && context.image.complete
                         && context.image.tree->nodeCount() > 1;
    if (isKnown && !pathExists(*context.image.tree, path)) {
        const std::string &user = context.image.config.user;
        const bool isOther = !user.empty() && user != "root" && !user.starts_with("0");
        return say(isOther ? Severity::Medium : Severity::Low,
                   " is not in the image; the engine makes it, for root.");
    }
    return {};
}

std::vector<Finding> onBuildTriggers(const AuditContext &context)
{
    const std::vector<std::string> &triggers = context.image.config.onBuild;
    if (triggers.empty()) {
        return {};
    }
    const bool isNamedSo = std::ranges::any_of(context.image.tags, [](const std::string &tag) {
        return tag.substr(std::min(tag.rfind(':'), tag.size())).contains("onbuild");
    });
    Finding finding = configFinding(isNamedSo ? Severity::Low : Severity::Medium,
                                    "Builds upon this image run steps that their Dockerfile does "
                                    "not show.",
                                    configEvidence("config.OnBuild", triggers.front()));
    for (std::size_t i = 1; i < triggers.size(); ++i) {
        finding.evidence.push_back(configEvidence("config.OnBuild", triggers[i]));
    }
    return {std::move(finding)};
}

std::vector<Finding> noUsageDoc(const AuditContext &context)
{
    static constexpr std::array<std::string_view, 9> kKeys = {
        "org.opencontainers.image.documentation",
        "org.opencontainers.image.url",
        "org.label-schema.usage",
        "org.label-schema.url",
        "usage",
        "help",
        "url",
        "website",
        "HELP"};
    if (context.facts.kind == ImageKind::OsBase) {
        return {};
    }
    const bool hasLabel = std::ranges::any_of(kKeys, [&](std::string_view key) {
        const std::string name(key);
        const auto has = [&](const auto &map) {
            const auto found = map.find(name);
            return found != map.end() && !found->second.empty();
        };
        return has(context.image.config.labels) || has(context.image.annotations);
    });
    const bool hasFile =
        context.image.tree != nullptr
        && std::ranges::any_of(
            std::array{"/help.1", "/README", "/README.md", "/README.txt", "/help.md"},
            [&](const char *path) { return pathExists(*context.image.tree, path); });
    if (hasLabel || hasFile) {
        return {};
    }
    return {configFinding(
        Severity::Low,
        "Nothing in the image leads to its documentation.",
        {.text = "not set: org.opencontainers.image.documentation", .field = "config.Labels"})};
}

} // namespace cutaway
