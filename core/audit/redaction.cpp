// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/redaction.h"

#include "core/image/history.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace cutaway {
namespace {

constexpr std::string_view kReplacement = "[redacted]";

constexpr std::array<std::string_view, 15> kSecretWords = {
    "password",
    "passwd",
    "passphrase",
    "pword",
    "pwd",
    "pass",
    "secret",
    "secrets",
    "token",
    "apikey",
    "credential",
    "credentials",
    "privatekey",
    "accesskeyid",
    "secretaccesskey",
};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSecretPairs = {{
    {"api", "key"},
    {"access", "key"},
    {"private", "key"},
    {"encryption", "key"},
    {"signing", "key"},
}};
/// Last words that say the value only leads to the secret, or describes it.
constexpr std::array<std::string_view, 10> kHarmlessEnds = {
    "file",
    "path",
    "dir",
    "url",
    "uri",
    "length",
    "ttl",
    "expiry",
    "policy",
    "name",
};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isNameCharacter(char c)
{
    return isWordCharacter(c) || c == '_' || c == '-' || c == '.';
}

std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words(1);
    for (const char c : name) {
        if (isWordCharacter(c)) {
            words.back() += lower(c);
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

bool isSecretPair(const std::string &first, const std::string &second)
{
    return std::ranges::any_of(kSecretPairs, [&](const auto &pair) {
        return pair.first == first && pair.second == second;
    });
}

/// Whether a blank at `text[at]` is followed by the NAME= of the next assignment.
bool isBeforeAssignment(std::string_view text, std::size_t at)
{
    std::size_t end = at + 1;
    while (end < text.size() && isNameCharacter(text[end])) {
        ++end;
    }
    return end > at + 1 && end < text.size() && text[end] == '=';
}

/// Where the value at the front of `text` ends; quotes included. History keeps values of ENV and
/// ARG without their quotes: there a blank only ends the value before the next assignment.
std::size_t valueLength(std::string_view text, bool blanksInside)
{
    if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
        const char quote = text.front();
        for (std::size_t i = 1; i < text.size(); ++i) {
            if (text[i] == '\\' && quote == '"') {
                ++i;
            } else if (text[i] == quote) {
                return i + 1;
            }
        }
        return text.size();
    }
    if (blanksInside) {
        std::size_t blank = text.find(' ');
        while (blank != std::string_view::npos && !isBeforeAssignment(text, blank)) {
            blank = text.find(' ', blank + 1);
        }
        return std::min(blank, text.size());
    }
    const std::size_t end = text.find_first_of(" \t\r\n;&|()<>\"'`");
    return end == std::string_view::npos ? text.size() : end;
}

std::string_view withoutQuotes(std::string_view value)
{
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')
        && value.back() == value.front()) {
        return value.substr(1, value.size() - 2);
    }
    return value;
}

/// `ENV NAME value` and `ARG NAME value`: the old form, the value reaches to the end.
std::size_t startOfSpacedValue(std::string_view line)
{
    for (const std::string_view keyword : {"ENV ", "ARG ", "env ", "arg "}) {
        if (!line.starts_with(keyword)) {
            continue;
        }
        const std::size_t name = line.find_first_not_of(" \t", keyword.size());
        if (name == std::string_view::npos) {
            continue;
        }
        std::size_t end = name;
        while (end < line.size() && isNameCharacter(line[end])) {
            ++end;
        }
        const std::size_t value = line.find_first_not_of(" \t", end);
        if (value != std::string_view::npos && value > end
            && isSecretName(line.substr(name, end - name)) && isSecretValue(line.substr(value))) {
            return value;
        }
    }
    return std::string_view::npos;
}

} // namespace

bool isSecretName(std::string_view name)
{
    const std::vector<std::string> words = wordsOf(name);
    if (words.empty() || (words.size() == 1 && (words[0] == "pwd" || words[0] == "pass"))
        || std::ranges::find(kHarmlessEnds, words.back()) != kHarmlessEnds.end()) {
        return false;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (std::ranges::find(kSecretWords, words[i]) != kSecretWords.end()
            || (i > 0 && isSecretPair(words[i - 1], words[i]))) {
            return true;
        }
    }
    return false;
}

bool isSecretValue(std::string_view value)
{
    value = withoutQuotes(value);
    if (value == kReplacement || value.size() < 2 || value.front() == '$') {
        return false;
    }
    std::string word;
    std::ranges::transform(value, std::back_inserter(word), lower);
    return word != "true" && word != "false" && word != "yes" && word != "no" && word != "none"
           && word != "null" && word != "off" && word != "on";
}

Redacted redactValue(std::string_view name, std::string_view value, Secrets secrets)
{
    if (secrets == Secrets::Redacted && isSecretName(name) && isSecretValue(value)) {
        return {std::string(kReplacement), true};
    }
    return {std::string(value), false};
}

Redacted redactAssignment(std::string_view assignment, Secrets secrets)
{
    const std::size_t equals = assignment.find('=');
    if (equals == std::string_view::npos) {
        return {std::string(assignment), false};
    }
    Redacted value =
        redactValue(assignment.substr(0, equals), assignment.substr(equals + 1), secrets);
    return {std::string(assignment.substr(0, equals + 1)) + value.text, value.redacted};
}

Redacted redactHistory(const HistoryEntry &entry, Secrets secrets)
{
    if (secrets == Secrets::Shown) {
        return {entry.createdBy, false};
    }
    Redacted result{entry.createdBy, false};
    for (const auto &[name, value] : normaliseHistory(entry).buildArgs) {
        const std::string assignment = name + '=' + value;
        const std::size_t at = result.text.find(assignment);
        if (at != std::string::npos && isSecretName(name) && isSecretValue(value)) {
            result.text.replace(at, assignment.size(), name + '=' + std::string(kReplacement));
            result.redacted = true;
        }
    }
    Redacted rest = redactLine(result.text, secrets);
    return {std::move(rest.text), result.redacted || rest.redacted};
}

Redacted redactLine(std::string_view line, Secrets secrets)
{
    if (secrets == Secrets::Shown) {
        return {std::string(line), false};
    }
    if (const std::size_t value = startOfSpacedValue(line); value != std::string_view::npos) {
        return {std::string(line.substr(0, value)) + std::string(kReplacement), true};
    }
    const bool blanksInside = line.starts_with("ENV ") || line.starts_with("ARG ")
                              || line.starts_with("/bin/sh -c #(nop)");
    Redacted result;
    std::size_t kept = 0; // everything before this is in the result already
    for (std::size_t equals = line.find('='); equals != std::string_view::npos;
         equals = line.find('=', equals + 1)) {
        std::size_t name = equals;
        while (name > kept && isNameCharacter(line[name - 1])) {
            --name;
        }
        const std::size_t length = valueLength(line.substr(equals + 1), blanksInside);
        if (isSecretName(line.substr(name, equals - name))
            && isSecretValue(line.substr(equals + 1, length))) {
            result.text += line.substr(kept, equals + 1 - kept);
            result.text += kReplacement;
            result.redacted = true;
            kept = equals + 1 + length;
            equals = kept - 1;
        }
    }
    result.text += line.substr(kept);
    return result;
}

} // namespace cutaway
