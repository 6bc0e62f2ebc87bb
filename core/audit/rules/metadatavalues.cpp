// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/metadatarules.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace cutaway {

namespace {

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool areIdentifiers(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(std::views::split(text, '.'), [](auto &&part) {
        const std::string_view word(part.begin(), part.end());
        return !word.empty() && std::ranges::all_of(word, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                   || c == '-';
        });
    });
}

/// A reference to a variable that nothing has put a value in place of.
bool hasUnresolved(std::string_view value)
{
    for (std::size_t at = value.find('$'); at != std::string_view::npos;
         at = value.find('$', at + 1)) {
        const std::string_view rest = value.substr(at + 1);
        if (rest.starts_with('(') || (rest.starts_with('{') && rest.contains('}'))
            || !leadingName(rest).empty()) {
            return true;
        }
    }
    const std::size_t open = value.find("{{");
    if (open != std::string_view::npos && value.find("}}", open) != std::string_view::npos) {
        return true;
    }
    const std::size_t percent = value.find('%');
    if (percent == std::string_view::npos) {
        return false;
    }
    const std::string_view name = leadingName(value.substr(percent + 1));
    return name.size() > 1 && value.substr(percent + 1 + name.size()).starts_with('%');
}

bool isPlaceholder(std::string_view value)
{
    static constexpr std::array<std::string_view, 6> kWords = {
        "unknown", "unspecified", "TODO", "TBD", "Unknown", "UNKNOWN"};
    const bool isBracketed =
        value.size() > 2 && value.front() == '<' && value.back() == '>' && !value.contains('@');
    return isBracketed || std::ranges::find(kWords, value) != kWords.end();
}

/// Variables whose value a shell or a runtime reads when the container runs.
bool isForRunTime(std::string_view name)
{
    return name.starts_with("PS") || name.ends_with("_OPTS") || name.ends_with("OPTIONS")
           || name == "PROMPT_COMMAND" || name.ends_with("_FORMAT");
}

} // namespace

bool isSemanticVersion(std::string_view text, bool allowsV)
{
    text.remove_prefix(allowsV && text.starts_with('v') ? 1 : 0);
    const std::size_t plus = text.find('+');
    if (plus != std::string_view::npos && !areIdentifiers(text.substr(plus + 1))) {
        return false;
    }
    text = text.substr(0, plus);
    const std::size_t dash = text.find('-');
    if (dash != std::string_view::npos && !areIdentifiers(text.substr(dash + 1))) {
        return false;
    }
    text = text.substr(0, dash);
    std::size_t count = 0;
    for (const auto &&part : std::views::split(text, '.')) {
        const std::string_view word(part.begin(), part.end());
        if (!isNumber(word) || (word.size() > 1 && word.front() == '0')) {
            return false;
        }
        ++count;
    }
    return count == 3;
}

bool isCalendarVersion(std::string_view text)
{
    const bool hasYear = text.size() >= 7 && (text.starts_with("20") || text.starts_with("19"))
                         && isNumber(text.substr(0, 4)) && (text[4] == '.' || text[4] == '-');
    return hasYear && isNumber(text.substr(5, 2))
           && (text.size() == 7 || !isNumber(text.substr(7, 1)));
}

std::vector<Finding> badVersion(const AuditContext &context)
{
    const std::optional<LabelValue> version = labelOf(context.image, LabelItem::Version);
    if (!version || isSemanticVersion(version->value)) {
        return {};
    }
    const std::string &value = version->value;
    const bool isInfo = isCalendarVersion(value) || isSemanticVersion(value, true);
    static constexpr std::array<std::string_view, 9> kBranches = {
        "latest", "main", "master", "develop", "dev", "trunk", "edge", "nightly", "HEAD"};
    const bool isBranch = std::ranges::find(kBranches, value) != kBranches.end();
    const Severity severity = isInfo ? Severity::Info : isBranch ? Severity::Medium : Severity::Low;
    return {configFinding(
        severity,
        "The version " + quoted(value)
            + (isBranch ? " moves: it names a branch." : " is no semantic version (X.Y.Z)."),
        configEvidence("config.Labels", version->key + "=" + value))};
}

std::vector<Finding> maintainerInstruction(const AuditContext &context)
{
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.step.keyword == "MAINTAINER") {
            return {stepFinding(
                Severity::Low, "The author is set by MAINTAINER, which is deprecated.", fact)};
        }
    }
    return {};
}

std::vector<Finding> unresolvedVariable(const AuditContext &context)
{
    std::vector<Finding> findings;
    const auto add = [&](Severity severity, const char *field, const std::string &text) {
        const std::size_t equals = text.find('=');
        findings.push_back(
            configFinding(severity,
                          quoted(text.substr(0, equals)) + " has no value in place of a variable.",
                          configEvidence(field, text)));
    };
    for (const auto &[key, value] : context.image.config.labels) {
        const bool isText = key.contains("usage") || key.contains("help") || key == "RUN"
                            || key == "run" || key == "INSTALL" || key == "install"
                            || key == "UNINSTALL" || key == "uninstall" || key == "STOP"
                            || key.starts_with("api.");
        if (!isText && (hasUnresolved(value) || isPlaceholder(value))) {
            add(Severity::Medium, "config.Labels", key + "=" + value);
        }
    }
    for (const auto &[name, value] : context.facts.env) {
        if (hasUnresolved(value)) {
            add(isForRunTime(name) ? Severity::Info : Severity::Medium,
                "config.Env",
                name + "=" + value);
        }
    }
    return findings;
}

} // namespace cutaway
