// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/names.h"

#include "core/audit/secrets/values.h"
#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace cutaway {

namespace {

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

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words(1);
    for (const char c : name) {
        if (isWordCharacter(c)) {
            words.back() += asciiLower(c);
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
    value = unquoted(value);
    if (value == kRedacted || value.size() < 2 || value.front() == '$') {
        return false;
    }
    std::string word;
    std::ranges::transform(value, std::back_inserter(word), asciiLower);
    return word != "true" && word != "false" && word != "yes" && word != "no" && word != "none"
           && word != "null" && word != "off" && word != "on";
}

bool isSecretOption(std::string_view option)
{
    constexpr std::array<std::string_view, 4> kOptions = {
        "--password", "--token", "--api-key", "--secret"};
    return std::ranges::find(kOptions, option) != kOptions.end();
}

} // namespace cutaway
