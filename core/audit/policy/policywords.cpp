// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/policywords.h"

#include "core/audit/policy/policy.h"
#include "core/audit/rule.h"
#include "core/base/glob.h"
#include "core/base/text.h"

#include <algorithm>
#include <iterator>
#include <ranges>

namespace cutaway {

Result<std::string> textOf(const Yaml &value, const std::string &file)
{
    if (!value.isScalar() || value.text().empty()) {
        return failAt(file, value, "this must be a text");
    }
    return value.text();
}

Result<std::vector<std::string>> textsOf(const Yaml &value, const std::string &file)
{
    std::vector<std::string> texts;
    if (!value.isList()) {
        Result<std::string> text = textOf(value, file);
        if (!text) {
            return failAt(file, value, "this must be a text or a list of texts");
        }
        texts.push_back(std::move(*text));
        return texts;
    }
    for (const Yaml &element : value.elements()) {
        Result<std::string> text = textOf(element, file);
        if (!text) {
            return std::unexpected(text.error());
        }
        texts.push_back(std::move(*text));
    }
    return texts;
}

Result<std::vector<std::string>> rulesOf(const Yaml &value, const std::string &file)
{
    const Result<std::vector<std::string>> names = textsOf(value, file);
    if (!names) {
        return std::unexpected(names.error());
    }
    std::vector<std::string> rules;
    for (std::size_t i = 0; i < names->size(); ++i) {
        std::vector<std::string> ids = ruleIdsNamed((*names)[i]);
        if (ids.empty()) {
            return failAt(
                file, value.isList() ? value.elements()[i] : value, noSuchRule((*names)[i]));
        }
        std::ranges::move(ids, std::back_inserter(rules));
    }
    return rules;
}

std::unexpected<Error> unknownKey(const Yaml &key,
                                  const std::string &file,
                                  const std::vector<std::string> &known)
{
    std::string message = "there is no key '" + displayText(key.text()) + "' here";
    if (const std::string nearest = nearestWord(key.text(), known); !nearest.empty()) {
        message += "; did you mean '" + nearest + "'?";
    }
    return failAt(file, key, message);
}

std::vector<std::string> ruleIdsNamed(std::string_view name)
{
    std::vector<std::string> ids;
    if (name.find_first_of("*?[") != std::string_view::npos) {
        for (const Rule &rule : allRules()) {
            if (globMatches(name, rule.id, GlobText::Path)) {
                ids.emplace_back(rule.id);
            }
        }
        return ids;
    }
    for (const Rule *rule : rulesNamed(name)) {
        ids.emplace_back(rule->id);
    }
    return ids;
}

std::string noSuchRule(std::string_view name)
{
    std::vector<std::string> known;
    for (const Rule &rule : allRules()) {
        known.emplace_back(rule.id);
        for (const auto &&alias : std::views::split(std::string_view(rule.aliases), ' ')) {
            known.emplace_back(alias.begin(), alias.end());
        }
    }
    std::erase(known, std::string());
    std::string message = "there is no rule '" + displayText(name) + "'";
    if (const std::string nearest = nearestWord(name, known); !nearest.empty()) {
        message += "; did you mean '" + nearest + "'?";
    }
    return message;
}

} // namespace cutaway
