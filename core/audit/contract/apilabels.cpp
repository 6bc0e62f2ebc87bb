// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/contract/apilabels.h"

#include "core/audit/rules/contractrules.h"
#include "core/base/json.h"
#include "core/image/shellscript.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

/// The text attributes, and where they are kept.
struct TextAttribute
{
    std::string_view name;
    std::string ApiEntry::*text;
};
constexpr std::array kTexts = {
    TextAttribute{"description", &ApiEntry::description},
    TextAttribute{"example", &ApiEntry::example},
    TextAttribute{"type", &ApiEntry::type},
    TextAttribute{"image", &ApiEntry::image},
    TextAttribute{"port", &ApiEntry::port},
    TextAttribute{"protocol", &ApiEntry::protocol},
};
constexpr std::array<std::string_view, 4> kOthers = {
    "mandatory", "default", "default_value", "secret"};

using Entries = std::map<std::string, ApiEntry, std::less<>>;

struct Lists
{
    Entries variables;
    Entries arguments;
    Entries ports;
    Entries links;
};

/// Labels that begin so speak of entries of that list.
struct Prefix
{
    std::string_view text;
    Entries Lists::*list;
};
constexpr std::array kPrefixes = {
    Prefix{"api.ENV.", &Lists::variables},
    Prefix{"api.EXPOSE.", &Lists::ports},
    Prefix{"api.LINKS.", &Lists::links},
    Prefix{"api.expected-envs.", &Lists::variables},
    Prefix{"api.expected-args.", &Lists::arguments},
    Prefix{"api.expected-links.", &Lists::links},
};

/// Labels of this name hold a JSON array; `member` names the entry.
struct JsonLabel
{
    std::string_view key;
    Entries Lists::*list;
    std::string_view member;
};
constexpr std::array kJsonLabels = {
    JsonLabel{"api.expected-envs", &Lists::variables, "key"},
    JsonLabel{"api.expected-args", &Lists::arguments, "arg"},
    JsonLabel{"api.expected-links", &Lists::links, "name"},
};

/// What is said first stays.
void setText(std::string &text, std::string_view value)
{
    if (text.empty()) {
        text = value;
    }
}

void setAttribute(ApiEntry &entry, std::string_view attribute, std::string_view value)
{
    const auto *const found = std::ranges::find(kTexts, attribute, &TextAttribute::name);
    if (found != kTexts.end()) {
        setText(entry.*(found->text), value);
    } else if (attribute == "mandatory") {
        entry.isMandatory = entry.isMandatory || value == "true";
    } else if (attribute == "secret") {
        entry.isSecret = entry.isSecret || value == "true";
    } else if ((attribute == "default" || attribute == "default_value") && !entry.defaultValue) {
        entry.defaultValue = value;
    }
}

/// A member of a JSON object as the label notation has it.
std::string textOf(const Json &value)
{
    if (value.kind() == Json::Kind::Bool) {
        return value.toBool() ? "true" : "false";
    }
    const std::optional<std::int64_t> number = value.toInteger();
    return number ? std::to_string(*number) : value.toString();
}

void readJsonLabel(const JsonLabel &label, const std::string &text, Entries &entries)
{
    const Result<ParsedJson> parsed = parseJson(text, label.key, BadUtf8::Replace);
    if (!parsed) {
        return;
    }
    for (const Json &item : parsed->value.elements()) {
        std::string name;
        for (const std::string_view member : {label.member, std::string_view("name")}) {
            setText(name, item[member].toString());
        }
        if (name.empty()) {
            continue;
        }
        ApiEntry &entry = entries[name];
        for (const auto &[member, value] : item.members()) {
            setAttribute(entry, member, textOf(value));
        }
    }
}

void readLabel(const std::string &key, const std::string &value, Lists &lists)
{
    for (const JsonLabel &label : kJsonLabels) {
        if (key == label.key) {
            readJsonLabel(label, value, lists.*(label.list));
            return;
        }
    }
    for (const Prefix &prefix : kPrefixes) {
        if (!key.starts_with(prefix.text)) {
            continue;
        }
        const ApiKey api = splitApiKey(std::string_view(key).substr(prefix.text.size()));
        if (!api.name.empty()) {
            ApiEntry &entry = (lists.*(prefix.list))[std::string(api.name)];
            setAttribute(entry, api.attribute.empty() ? "description" : api.attribute, value);
        }
        return;
    }
}

template<typename Accept>
std::vector<ApiEntry> listOf(Entries &entries, Accept accept)
{
    std::vector<ApiEntry> list;
    for (auto &[name, entry] : entries) {
        if (accept(name)) {
            entry.name = name;
            list.push_back(std::move(entry));
        }
    }
    return list;
}

} // namespace

bool isApiAttribute(std::string_view word)
{
    return std::ranges::find(kTexts, word, &TextAttribute::name) != kTexts.end()
           || std::ranges::find(kOthers, word) != kOthers.end();
}

ApiKey splitApiKey(std::string_view rest)
{
    const std::size_t last = rest.rfind('.');
    if (last == std::string_view::npos) {
        return {rest, {}};
    }
    const std::size_t dot = isApiAttribute(rest.substr(last + 1)) ? last : rest.find('.');
    return {rest.substr(0, dot), rest.substr(dot + 1)};
}

ApiLabels readApiLabels(const std::map<std::string, std::string> &labels)
{
    Lists lists;
    for (auto at = labels.lower_bound("api."); at != labels.end(); ++at) {
        if (!at->first.starts_with("api.")) {
            break;
        }
        readLabel(at->first, at->second, lists);
    }
    const auto any = [](const std::string &) { return true; };
    return {.variables = listOf(
                lists.variables,
                [](const std::string &name) { return !name.empty() && leadingName(name) == name; }),
            .arguments = listOf(lists.arguments, any),
            .ports = listOf(lists.ports,
                            [](const std::string &name) { return parsePorts(name).has_value(); }),
            .links = listOf(lists.links, any)};
}

} // namespace cutaway
