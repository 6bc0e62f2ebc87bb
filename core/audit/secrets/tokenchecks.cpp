// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/checks.h"
#include "core/audit/secrets/encodings.h"
#include "core/audit/secrets/values.h"
#include "core/base/json.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace cutaway::secretchecks {

namespace {

constexpr std::size_t kNear = 512;

bool isBlankOrQuote(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '"' || c == '\'';
}

/// The run of characters without blanks and quotes that the match is a part of.
std::string_view wordAround(const SecretMatch &match)
{
    const std::string_view before = match.before(kNear);
    const std::string_view behind = match.behind(kNear);
    const auto start = std::find_if(before.rbegin(), before.rend(), isBlankOrQuote);
    const auto *const end = std::ranges::find_if(behind, isBlankOrQuote);
    const auto lead = static_cast<std::size_t>(start - before.rbegin());
    const auto tail = static_cast<std::size_t>(end - behind.begin());
    return match.text.substr(match.begin() - lead, lead + match.whole.size() + tail);
}

Verdict certain(SecretVerdict verdict)
{
    verdict.confidence = Confidence::Certain;
    return verdict;
}

Json jsonOf(const std::optional<std::string> &text)
{
    if (!text) {
        return {};
    }
    auto parsed = parseJson(*text, "token", BadUtf8::Replace);
    return parsed ? std::move(parsed->value) : Json();
}

} // namespace

Verdict awsSecret(const SecretMatch &match, SecretVerdict verdict)
{
    const std::string_view key = match.value;
    const auto has = [&](char from, char to) {
        return std::ranges::any_of(key, [&](char c) { return c >= from && c <= to; });
    };
    return has('a', 'z') && has('A', 'Z') && has('0', '9') ? Verdict(std::move(verdict))
                                                           : std::nullopt;
}

Verdict bedrockKey(const SecretMatch &match, SecretVerdict verdict)
{
    const auto decoded = base64Decoded(match.whole.substr(4));
    return decoded && decoded->contains("BedrockAPIKey") ? certain(std::move(verdict))
                                                         : std::nullopt;
}

Verdict googleKey(const SecretMatch &match, SecretVerdict verdict)
{
    if (match.place.isFrontEnd) { // what browsers are sent is known to all, and limited by site
        verdict.severity = Severity::Low;
    }
    return verdict;
}

Verdict sharedSignature(const SecretMatch &match, SecretVerdict verdict)
{
    const std::string_view address = wordAround(match);
    const std::size_t version = address.find("sv=20");
    return version != std::string_view::npos ? Verdict(std::move(verdict)) : std::nullopt;
}

Verdict checksum(const SecretMatch &match, SecretVerdict verdict)
{
    constexpr std::size_t kPrefix = 4; // "ghp_", "npm_"
    return endsWithChecksum(match.value.substr(kPrefix)) ? certain(std::move(verdict))
                                                         : Verdict(std::move(verdict));
}

Verdict pypiToken(const SecretMatch &match, SecretVerdict verdict)
{
    const auto decoded = base64Decoded(match.whole.substr(5));
    return decoded && decoded->substr(3).starts_with("pypi.org") ? certain(std::move(verdict))
                                                                 : Verdict(std::move(verdict));
}

Verdict stripeKey(const SecretMatch &match, SecretVerdict verdict)
{
    if (match.whole.substr(2).starts_with("_test_")) {
        verdict.severity = Severity::Low;
    }
    return verdict;
}

Verdict webToken(const SecretMatch &match, SecretVerdict verdict)
{
    const std::size_t first = match.whole.find('.');
    const std::size_t second = match.whole.find('.', first + 1);
    const Json header = jsonOf(base64Decoded(match.whole.substr(0, first)));
    const std::string &algorithm = header["alg"].toString();
    if (algorithm.empty() || lowered(algorithm) == "none") {
        return std::nullopt;
    }
    const Json claims = jsonOf(base64Decoded(match.whole.substr(first + 1, second - first - 1)));
    if (claims["iss"].toString().starts_with("kubernetes/serviceaccount")) {
        verdict.severity = Severity::High;
    }
    if (const auto expiry = claims["exp"].toInteger(); expiry && *expiry < std::time(nullptr)) {
        verdict.severity = Severity::Low;
        verdict.note = SecretNote::Expired;
    }
    return claims.isObject() ? certain(std::move(verdict)) : Verdict(std::move(verdict));
}

Verdict urlPassword(const SecretMatch &match, SecretVerdict verdict)
{
    constexpr std::array<std::string_view, 24> kSchemes = {
        "http",    "https",       "postgres",  "postgresql", "mysql", "mariadb",
        "mongodb", "mongodb+srv", "redis",     "rediss",     "amqp",  "amqps",
        "ftp",     "ftps",        "sftp",      "smtp",       "smtps", "ldap",
        "ldaps",   "git",         "git+https", "ssh",        "imap",  "imaps"};
    const std::string scheme = lowered(match.whole.substr(0, match.whole.find("://")));
    const std::string_view password = match.value;
    const bool isWildcard = password.find_first_not_of("*x.") == std::string_view::npos;
    if (std::ranges::find(kSchemes, scheme) == kSchemes.end() || isWildcard
        || isPlaceholder(password) || password.contains('{') || password.contains("%s")
        || lowered(password) == "password" || lowered(password) == "pass"
        || lowered(password) == "passwd" || lowered(password) == "pwd") {
        return std::nullopt;
    }
    const std::string host = lowered(match.whole.substr(match.whole.rfind('@') + 1));
    const bool isHarmless = host.starts_with("localhost") || host.starts_with("127.")
                            || host.starts_with("example.") || host.contains(".example")
                            || host.starts_with("host") || host.starts_with("proxy.example");
    if (isHarmless) {
        verdict.severity = Severity::Medium;
    }
    return verdict;
}

Verdict registryAuth(const SecretMatch &match, SecretVerdict verdict)
{
    const bool isKnown =
        match.place.use == SecretPlace::Use::Registry || match.before(4096).contains("\"auths\"");
    const auto decoded = base64Decoded(match.value);
    if (!isKnown || !decoded) {
        return std::nullopt;
    }
    const std::size_t colon = decoded->find(':');
    const bool isPrintable =
        std::ranges::all_of(*decoded, [](char c) { return c >= 0x20 && c < 0x7F; });
    if (colon == std::string::npos || colon == 0 || !isPrintable
        || isPlaceholder(std::string_view(*decoded).substr(colon + 1))) {
        return std::nullopt;
    }
    return certain(std::move(verdict));
}

} // namespace cutaway::secretchecks
