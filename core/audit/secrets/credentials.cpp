// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/credentials.h"

#include "core/audit/secrets/secretlimits.h"
#include "core/audit/secrets/values.h"
#include "core/base/glob.h"
#include "core/base/pattern.h"

#include <array>
#include <memory>
#include <mutex>

namespace cutaway {

namespace {

using Use = SecretPlace::Use;

/// What to look for in files of a name. The pattern's groups are the key and the value.
struct CredentialRow
{
    Use use;
    std::string_view name; ///< a pattern
    const char *pattern;
};

constexpr std::array kRows = {
    CredentialRow{
        Use::Cloud,
        "*.json",
        R"re((?i)"(refresh_?token|access_?token|secret|clientSecret|password)"\s*:\s*"([^"]{8,})")re"},
    CredentialRow{Use::Cloud, "config.yaml", R"((?m)^\s*(access-token):\s*"?([^\s"]+))"},
    CredentialRow{Use::Cloud, "cli.toml", R"re((?m)^\s*(token)\s*=\s*"([^"]+)")re"},
    CredentialRow{Use::Cloud,
                  "config",
                  R"((?m)^\s*(token|password|id-token|refresh-token):\s*"?([^\s"]{8,}))"},
    CredentialRow{Use::Cloud,
                  "*.conf",
                  R"((?m)^\s*(token|password|id-token|refresh-token):\s*"?([^\s"]{8,}))"},
    CredentialRow{Use::Cloud,
                  "*",
                  R"((?m)^\s*(aws_secret_access_key|aws_session_token|gs_secret_access_key|)"
                  R"(gs_oauth2_refresh_token|secret_key|secret_access_key)\s*=\s*(\S+))"},
    CredentialRow{Use::Cloud,
                  "rclone.conf",
                  R"((?m)^\s*(pass|password|token|client_secret|key)\s*=\s*(\S.*))"},
    CredentialRow{Use::Cloud, ".terraformrc", R"re((token)\s*=\s*"([^"]+)")re"},
    CredentialRow{Use::Cloud, "credentials.tfrc.json", R"re("(token)"\s*:\s*"([^"]+)")re"},
    CredentialRow{
        Use::Cloud,
        "*.tfstate",
        R"re((?i)"([\w-]*(?:password|secret|private_key|access_key|token)[\w-]*)"\s*:\s*"([^"]{8,})")re"},
    CredentialRow{Use::Registry, "*", R"re("(identitytoken|registrytoken)"\s*:\s*"([^"]+)")re"},
    CredentialRow{
        Use::Registry, "auth.json", R"re("(password|[\w.-]+\.[a-z]{2,})"\s*:\s*"([^"]{4,})")re"},
    CredentialRow{Use::Registry,
                  "*npmrc",
                  R"((?m)^\s*(?:[^\s=#;]*:)?(_authToken|_auth|_password)\s*=\s*"?([^\s"]+))"},
    CredentialRow{
        Use::Registry, ".yarnrc.yml", R"re((npmAuthToken|npmAuthIdent)"?:\s*"?([^\s"]+))re"},
    CredentialRow{Use::Registry, ".pypirc", R"((?m)^\s*(password)\s*[:=]\s*(\S+))"},
    CredentialRow{Use::Registry, "?netrc", R"((?m)(?:^|\s)(password)\s+(\S+))"},
    CredentialRow{
        Use::Registry, "*config", R"((?i)(extraheader)\s*=\s*"?authorization:\s*\w+\s+([^\s"]+))"},
    CredentialRow{Use::Registry, "credentials", R"((?m)^:?([\w.:/-]+):\s*(\S{8,}))"},
    CredentialRow{
        Use::Registry, "credentials*", R"re((?m)^\s*(token|secret-key)\s*=\s*"([^"]+)")re"},
    CredentialRow{
        Use::Registry, "settings.xml", R"(<(password|passphrase)>\s*([^<\s][^<]*?)\s*</)"},
    CredentialRow{Use::Registry,
                  "gradle.properties",
                  R"((?mi)^\s*([\w.-]*(?:password|token|secret))\s*[=:]\s*(\S+))"},
    CredentialRow{Use::Registry,
                  "[nN]u[gG]et.[cC]onfig",
                  R"re((?i)key="(ClearTextPassword)"\s+value="([^"]+)")re"},
    CredentialRow{Use::Registry, "hosts.yml", R"((?m)^\s*(oauth_token):\s*(\S+))"},
    CredentialRow{Use::Registry, "repositories.yaml", R"((?m)^\s*(password):\s*(\S+))"},
    CredentialRow{
        Use::Dotenv,
        "*",
        R"((?m)^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*([^\r\n]*))"},
};

struct LazyPattern
{
    std::once_flag once;
    std::unique_ptr<const Pattern> pattern;
};

const Pattern &patternOfRow(std::size_t row)
{
    static std::array<LazyPattern, kRows.size()> patterns;
    LazyPattern &lazy = patterns.at(row);
    std::call_once(lazy.once, [&] {
        lazy.pattern = std::make_unique<const Pattern>(
            Pattern::compile(kRows.at(row).pattern, PatternText::Latin1).value());
    });
    return *lazy.pattern;
}

/// Whether a value of XML stands in a comment: there templates show what could be written.
bool isCommentedOut(std::string_view text, std::size_t at)
{
    const std::size_t opened = text.substr(0, at).rfind("<!--");
    return opened != std::string_view::npos
           && text.substr(opened, at - opened).find("-->") == std::string_view::npos;
}

bool standsForAnother(std::string_view value)
{
    return isPlaceholder(value) || (value.starts_with('{') && value.ends_with('}'))
           || value == "null" || value == "none" || value == "true" || value == "false"
           || value == "\"\"" || value == "''";
}

/// A value of a .env file, without quotes and what is written behind it.
std::string_view assignedValue(std::string_view value)
{
    if (value.starts_with('"') || value.starts_with('\'')) {
        const std::size_t end = value.find(value.front(), 1);
        return end == std::string_view::npos ? value.substr(1) : value.substr(1, end - 1);
    }
    value = value.substr(0, value.find(" #"));
    return value.substr(0, value.find_last_not_of(" \t") + 1);
}

void addFrom(std::size_t row,
             std::string_view text,
             const SecretPlace &place,
             std::vector<Credential> &found)
{
    const Pattern &pattern = patternOfRow(row);
    const bool isXml = place.path.ends_with(".xml");
    std::size_t at = 0;
    for (auto groups = pattern.find(text, at); groups && found.size() < limits::kSecretHits;
         groups = pattern.find(text, at)) {
        const std::string_view name = (*groups)[1];
        std::string_view value = (*groups)[2];
        const auto begin = static_cast<std::size_t>(value.data() - text.data());
        at = begin + std::max<std::size_t>(value.size(), 1);
        Severity severity = Severity::Critical;
        if (place.use == Use::Dotenv) {
            value = assignedValue(value);
            const auto judged = value.empty() ? std::nullopt : secretSeverity(name, value);
            if (!judged) {
                continue;
            }
            severity = *judged;
        } else if (standsForAnother(value) || (isXml && isCommentedOut(text, begin))) {
            continue;
        }
        found.push_back({value, std::string(name.substr(0, limits::kSecretNameBytes)), severity});
    }
}

} // namespace

std::vector<Credential> credentialsIn(std::string_view text, const SecretPlace &place)
{
    std::vector<Credential> found;
    if (place.use == Use::Any || place.use == Use::History) {
        return found;
    }
    const std::string_view name = place.path.substr(place.path.rfind('/') + 1);
    for (std::size_t row = 0; row < kRows.size(); ++row) {
        if (kRows.at(row).use == place.use
            && globMatches(kRows.at(row).name, name, GlobText::Name)) {
            addFrom(row, text, place, found);
        }
    }
    return found;
}

} // namespace cutaway
