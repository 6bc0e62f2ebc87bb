// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/report/jsonparts.h"
#include "core/report/report.h"
#include "core/report/sections.h"
#include "core/report/table.h"

namespace cutaway {
namespace {

using jsonparts::Value;

std::string explained(const Rule &rule, const TextStyle &style)
{
    std::string text = painted(rule.id, Paint::Bold, style) + "  " + rule.title + '\n';
    const auto section = [&](std::string_view title, std::string_view body) {
        if (!body.empty()) {
            text += sections::heading(title, style) + wrapped(body, "  ", style);
        }
    };
    section("Why", rule.why);
    section("What it looks at", rule.detects);
    section("Where it stays silent", rule.guards);
    section("How to fix it", rule.fix);
    section("Severity", "up to " + std::string(severityName(rule.severity)));
    section("Known elsewhere as", rule.aliases);
    text += sections::heading("Where it says so", style);
    for (const Value &reference : jsonparts::references(rule)) {
        text += "  " + reference["title"].get<std::string>() + "\n    "
                + reference["url"].get<std::string>() + '\n';
    }
    return text;
}

/// `|`, `*` and their like stand for themselves in running text of Markdown.
std::string markdown(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (std::string_view("\\`*_{}[]<>#|").contains(c)) {
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

std::string markdownRule(const Rule &rule)
{
    std::string text = "### `" + std::string(rule.id) + "`\n\n" + markdown(rule.title)
                       + ". Severity up to " + std::string(severityName(rule.severity)) + ".\n\n";
    const auto section = [&](std::string_view title, std::string_view body) {
        if (!body.empty()) {
            text += "- **" + std::string(title) + "**: " + markdown(body) + '\n';
        }
    };
    section("Why", rule.why);
    section("What it looks at", rule.detects);
    section("Where it stays silent", rule.guards);
    section("How to fix it", rule.fix);
    section("Known elsewhere as", rule.aliases);
    text += "- **Where it says so**:";
    for (const Value &reference : jsonparts::references(rule)) {
        text += " [" + markdown(reference["title"].get<std::string>()) + "](<"
                + reference["url"].get<std::string>() + ">)";
    }
    return text + "\n\n";
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
    std::string text = "# Rules\n\n";
    std::string_view family;
    const auto add = [&](const Rule &rule) {
        if (rule.family() != family) {
            family = rule.family();
            text += "## " + std::string(family) + "\n\n";
        }
        text += markdownRule(rule);
    };
    for (const Rule *rule : rules) {
        add(*rule);
    }
    for (const Rule &rule : allRules()) {
        if (rules.empty()) {
            add(rule);
        }
    }
    return text;
}

std::string rulesJson(const std::vector<const Rule *> &rules)
{
    Value report = jsonparts::document();
    report["rules"] = Value::array();
    const auto add = [&](const Rule &rule) {
        report["rules"].push_back({{"id", rule.id},
                                   {"family", rule.family()},
                                   {"title", rule.title},
                                   {"severity", severityName(rule.severity)},
                                   {"why", rule.why},
                                   {"detects", rule.detects},
                                   {"guards", rule.guards},
                                   {"fix", rule.fix},
                                   {"aliases", jsonparts::aliases(rule)},
                                   {"refs", jsonparts::references(rule)}});
    };
    for (const Rule *rule : rules) {
        add(*rule);
    }
    for (const Rule &rule : allRules()) {
        if (rules.empty()) {
            add(rule);
        }
    }
    return jsonparts::written(report);
}

} // namespace cutaway
