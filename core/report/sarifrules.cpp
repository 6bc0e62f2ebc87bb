// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/sarifrules.h"

#include "core/audit/rule.h"
#include "core/audit/ruledata.h"
#include "core/report/githublimits.h"
#include "core/report/rulewords.h"

#include <algorithm>
#include <array>
#include <string>

namespace cutaway::sarif {
namespace {

using jsonparts::Value;

/// "security/root-user" → "SecurityRootUser".
std::string pascalCase(std::string_view id)
{
    std::string name;
    bool beginsWord = true;
    for (const char c : id) {
        if (c == '/' || c == '-') {
            beginsWord = true;
            continue;
        }
        const bool isLower = c >= 'a' && c <= 'z';
        name += beginsWord && isLower ? static_cast<char>(c - 'a' + 'A') : c;
        beginsWord = false;
    }
    return name;
}

/// GitHub shows these as critical, high, medium and low; nothing for info.
std::string_view securitySeverity(Severity severity)
{
    constexpr std::array<std::string_view, 5> kScores = {"", "2.0", "5.5", "8.0", "9.5"};
    return kScores.at(static_cast<std::size_t>(severity));
}

std::string_view problemSeverity(Severity severity)
{
    return severity >= Severity::High     ? "error"
           : severity == Severity::Medium ? "warning"
                                          : "recommendation";
}

std::string_view precisionOf(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Heuristic: return "medium";
    case Confidence::Likely: return "high";
    case Confidence::Certain: return "very-high";
    }
    return "medium";
}

/// A rule is as severe and as sure as what it found here; without findings as it may be at most.
struct Standing
{
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Certain;
};

Standing standingOf(const Rule &rule, const Inspection &inspection)
{
    Standing standing{rule.severity, Confidence::Certain};
    bool isFirst = true;
    for (const Finding &finding : inspection.findings) {
        if (finding.ruleId != rule.id) {
            continue;
        }
        standing.severity =
            isFirst ? finding.severity : std::max(standing.severity, finding.severity);
        standing.confidence = std::min(standing.confidence, finding.confidence);
        isFirst = false;
    }
    return standing;
}

Value tagsOf(const Rule &rule, bool isSecurity)
{
    Value tags = Value::array({"container-image", rule.family()});
    if (isSecurity && rule.family() != "security") {
        tags.push_back("security");
    }
    for (const std::string_view alias : aliasesOf(rule)) {
        const Value tag = alias;
        if (tags.size() < limits::kSarifTags && std::ranges::find(tags, tag) == tags.end()) {
            tags.push_back(tag);
        }
    }
    return tags;
}

Value propertiesOf(const Rule &rule, const Standing &standing)
{
    const std::string_view family = rule.family();
    const bool isSecurity = family == "security" || family == "secret" || family == "supply";
    Value properties;
    properties["tags"] = tagsOf(rule, isSecurity);
    properties["precision"] = precisionOf(standing.confidence);
    if (!isSecurity) {
        properties["problem.severity"] = problemSeverity(standing.severity);
    } else if (const auto score = securitySeverity(standing.severity); !score.empty()) {
        properties["security-severity"] = score;
    }
    return properties;
}

std::string helpText(const Rule &rule)
{
    std::string text;
    for (const RuleSection &section : sectionsOf(rule)) {
        text += std::string(section.title) + ": " + section.text + '\n';
    }
    for (const RuleReference &reference : referencesOf(rule)) {
        text += std::string(reference.title) + ": " + std::string(reference.url) + '\n';
    }
    return text;
}

Value ruleOf(const Rule &rule, const Inspection &inspection)
{
    const std::vector<RuleReference> references = referencesOf(rule);
    Value value;
    value["id"] = rule.id;
    value["name"] = pascalCase(rule.id);
    value["shortDescription"] = {{"text", rule.title}};
    value["fullDescription"] = {{"text", rule.why}};
    value["help"] = {{"text", helpText(rule)}, {"markdown", ruleMarkdown(rule)}};
    if (!references.empty()) {
        value["helpUri"] = references.front().url;
    }
    value["defaultConfiguration"] = {{"level", levelOf(rule.severity)}};
    value["properties"] = propertiesOf(rule, standingOf(rule, inspection));
    return value;
}

} // namespace

std::string_view levelOf(Severity severity)
{
    return severity >= Severity::High ? "error" : severity == Severity::Medium ? "warning" : "note";
}

std::optional<std::size_t> ruleIndex(std::string_view ruleId)
{
    const Rule *rule = findRule(ruleId);
    if (rule == nullptr) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(rule - allRules().data());
}

Value driver(const Inspection &inspection)
{
    Value value;
    value["name"] = "Cutaway";
    value["version"] = CUTAWAY_VERSION;
    value["semanticVersion"] = CUTAWAY_VERSION;
    value["rules"] = Value::array();
    for (const Rule &rule : allRules()) {
        value["rules"].push_back(ruleOf(rule, inspection));
    }
    // GitHub wants of notifications what it wants of rules.
    value["notifications"] = Value::array(
        {{{"id", "skipped"},
          {"shortDescription", {{"text", "The rule could not be asked of this image."}}},
          {"fullDescription",
           {{"text",
             "What the rule needs is not there, or was not read. The message says what it is."}}},
          {"help",
           {{"text",
             "Give the audit what the message names, or read the rule's own page: "
             "cutaway-cli rules ID."}}}}});
    value["properties"] = {{"rule data", ruleDataDate()}};
    return value;
}

} // namespace cutaway::sarif
