// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/values.h"

#include "core/audit/secrets/names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace cutaway {

namespace {

constexpr std::size_t kLongValue = 8;
constexpr double kMixedValue = 3.0; ///< bits a character
constexpr std::size_t kShortNumber = 6;

/// Names by which one provider's secret is known, whatever its value looks like.
constexpr std::array<std::string_view, 12> kProviderNames = {"AWS_SECRET_ACCESS_KEY",
                                                             "GITHUB_TOKEN",
                                                             "GH_TOKEN",
                                                             "GITLAB_TOKEN",
                                                             "NPM_TOKEN",
                                                             "PYPI_TOKEN",
                                                             "DOCKER_AUTH_CONFIG",
                                                             "AZURE_CLIENT_SECRET",
                                                             "CARGO_REGISTRY_TOKEN",
                                                             "SLACK_BOT_TOKEN",
                                                             "HF_TOKEN",
                                                             "SONAR_TOKEN"};

constexpr std::array<std::string_view, 9> kDefaultPasswords = {
    "changeme", "password", "passwd", "secret", "admin", "root", "test", "postgres", "123456"};

constexpr std::array<std::string_view, 9> kPlaceholders = {
    "example", "dummy", "sample", "your-", "your_", "insert", "redacted", "placeholder", "xxxx"};

/// Last words of names that tell about a secret rather than hold it.
constexpr std::array<std::string_view, 12> kDescribing = {"public",
                                                          "version",
                                                          "type",
                                                          "mode",
                                                          "method",
                                                          "provider",
                                                          "realm",
                                                          "enabled",
                                                          "algorithm",
                                                          "server",
                                                          "fingerprint",
                                                          "description"};

bool describesOne(std::string_view name)
{
    const std::string lower = lowered(name);
    return std::ranges::any_of(kDescribing,
                               [&](std::string_view word) {
                                   if (!lower.ends_with(word) || lower.size() == word.size()) {
                                       return false;
                                   }
                                   const char before = lower[lower.size() - word.size() - 1];
                                   return before < 'a' || before > 'z';
                               })
           || lower.starts_with("public_") || lower.contains("_public_");
}

} // namespace

double entropyOf(std::string_view text)
{
    std::map<char, double> counts;
    for (const char c : text) {
        counts[c] += 1;
    }
    double bits = 0;
    for (const auto &[c, count] : counts) {
        const double share = count / static_cast<double>(text.size());
        bits -= share * std::log2(share);
    }
    return bits;
}

bool isPlaceholder(std::string_view value)
{
    if (value.empty()) {
        return true;
    }
    const std::string lower = lowered(value);
    const bool isVariable = value.contains('$') || value.contains("{{")
                            || (value.front() == '%' && value.back() == '%')
                            || (value.front() == '@' && value.back() == '@')
                            || (value.front() == '<' && value.back() == '>');
    const bool isRepeated = value.find_first_not_of(value.front()) == std::string_view::npos;
    const bool isNumber = value.size() <= kShortNumber
                          && value.find_first_not_of("0123456789") == std::string_view::npos
                          && value != "123456";
    return isVariable || isRepeated || isNumber
           || std::ranges::any_of(kPlaceholders,
                                  [&](std::string_view word) { return lower.contains(word); });
}

std::string_view unquoted(std::string_view value)
{
    const bool isQuoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'')
                          && value.front() == value.back();
    return isQuoted ? value.substr(1, value.size() - 2) : value;
}

std::optional<Severity> secretSeverity(std::string_view name, std::string_view value)
{
    value = unquoted(value);
    const bool isNamedSo = isSecretName(name) || lowered(name) == "pass";
    if (!isNamedSo || describesOne(name) || value.empty() || !isSecretValue(value)
        || isPlaceholder(value) || value.starts_with("/")) {
        return std::nullopt;
    }
    if (std::ranges::find(kDefaultPasswords, lowered(value)) != kDefaultPasswords.end()) {
        return Severity::Medium;
    }
    if (std::ranges::find(kProviderNames, name) != kProviderNames.end()) {
        return Severity::Critical;
    }
    return value.size() >= kLongValue || entropyOf(value) >= kMixedValue ? Severity::High
                                                                         : Severity::Medium;
}

} // namespace cutaway
