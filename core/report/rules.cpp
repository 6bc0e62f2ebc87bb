// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/audit/ruledata.h"
#include "core/report/escape.h"
#include "core/report/jsonparts.h"
#include "core/report/report.h"
#include "core/report/rulewords.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <utility>

namespace cutaway {
namespace {

using jsonparts::Value;

std::string explained(const Rule &rule, const TextStyle &style)
{
    std::string text = painted(rule.id, Paint::Bold, style) + "  " + rule.title + '\n';
    for (const RuleSection &section : sectionsOf(rule)) {
        text += sections::heading(section.title, style) + wrapped(section.text, "  ", style);
    }
    text += sections::heading("Where it says so", style);
    for (const RuleReference &reference : referencesOf(rule)) {
        text += "  " + std::string(reference.title) + "\n    " + std::string(reference.url) + '\n';
    }
    return text;
}

std::string markdownRule(const Rule &rule)
{
    return "### `" + std::string(rule.id) + "`\n\n" + markdownText(rule.title) + ".\n\n"
           + ruleMarkdown(rule) + '\n';
}

/// Every id with its severity and its names in other tools.
std::string markdownIndex(const std::vector<const Rule *> &rules)
{
    std::string text = "| Rule | Severity up to | Known elsewhere as |\n|---|---|---|\n";
    for (const Rule *rule : rules) {
        const std::string id = rule->id;
        std::string anchor = id;
        std::erase(anchor, '/');
        text += "| [`" + id + "`](#" + anchor + ") | " + std::string(severityName(rule->severity))
                + " | " + markdownText(rule->aliases) + " |\n";
    }
    return text + '\n';
}

std::vector<const Rule *> orAll(const std::vector<const Rule *> &rules)
{
    std::vector<const Rule *> chosen = rules;
    for (const Rule &rule : allRules()) {
        if (rules.empty()) {
            chosen.push_back(&rule);
        }
    }
    return chosen;
}

} // namespace

std::string rulesText(const std::vector<const Rule *> &rules, const TextStyle &style)
{
    std::string text;
    for (const Rule *rule : rules) {
        text += (text.empty() ? "" : "\n") + explained(*rule, style);
    }
    if (!rules.empty()) {
        return text;
    }
    TextTable table({{"rule", TextTable::Kind::Text},
                     {"severity", TextTable::Kind::Text},
                     {"what it says", TextTable::Kind::Prose}},
                    style);
    for (const Rule &rule : allRules()) {
        table.addRow({{rule.id},
                      {std::string(severityName(rule.severity)), sections::paintOf(rule.severity)},
                      {rule.title}});
    }
    return table.text();
}

std::string rulesMarkdown(const std::vector<const Rule *> &rules)
{
    const std::vector<const Rule *> chosen = orAll(rules);
    std::string text = "# Rules\n\nWhat the audit of Cutaway " CUTAWAY_VERSION " asks, as of "
                       + ruleDataDate() + ".\n\n" + markdownIndex(chosen);
    std::string_view family;
    for (const Rule *rule : chosen) {
        if (rule->family() != family) {
            family = rule->family();
            text += "## " + std::string(family) + "\n\n";
        }
        text += markdownRule(*rule);
    }
    text.pop_back();
    return text;
}

std::string rulesJson(const std::vector<const Rule *> &rules)
{
    Value report = jsonparts::document();
    report["ruleData"] = ruleDataDate();
    report["rules"] = Value::array();
    for (const Rule *rule : orAll(rules)) {
        Value needs = Value::array();
        for (const NeedWords &need : needsOf(*rule)) {
            needs.push_back(need.name);
        }
        report["rules"].push_back({{"id", rule->id},
                                   {"family", rule->family()},
                                   {"title", rule->title},
                                   {"severity", severityName(rule->severity)},
                                   {"why", rule->why},
                                   {"detects", rule->detects},
                                   {"guards", rule->guards},
                                   {"fix", rule->fix},
                                   {"needs", std::move(needs)},
                                   {"aliases", jsonparts::aliases(*rule)},
                                   {"refs", jsonparts::references(*rule)}});
    }
    return jsonparts::written(report);
}

} // namespace cutaway
