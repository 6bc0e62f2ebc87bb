// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/policyreader.h"
#include "core/audit/policy/policywords.h"
#include "core/audit/secrets/scan.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>
#include <span>

namespace cutaway {
namespace {

constexpr std::size_t kLeastDigits = 6; ///< of a digest's beginning
/// The rules about secrets in files; what they find has a detector.
constexpr std::array kFileSecrets = {"secret/private-key",
                                     "secret/cloud-credentials",
                                     "secret/token",
                                     "secret/registry-auth",
                                     "secret/dotenv"};

/// Which list of a policy an entry is in.
enum class List : std::uint8_t { Ignore, AllowedSecrets };

std::optional<std::uint32_t> numberOf(std::string_view text)
{
    std::uint32_t number = 0;
    const char *begin = text.data();
    const char *end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

std::optional<LayerChoice> layerChoiceOf(std::string_view text)
{
    if (text == "base" || text == "app") {
        return LayerChoice{text == "base" ? Origin::Base : Origin::App, std::nullopt, {}};
    }
    if (const auto index = numberOf(text); index && *index < kNoLayer) {
        return LayerChoice{Origin::Unknown, static_cast<LayerIndex>(*index), {}};
    }
    const std::string_view digits =
        text.starts_with("sha256:") ? text.substr(std::string_view("sha256:").size()) : text;
    const bool isHex = digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    if (!isHex || digits.size() < kLeastDigits) {
        return std::nullopt;
    }
    return LayerChoice{Origin::Unknown, std::nullopt, "sha256:" + std::string(digits)};
}

/// Reads one entry, key by key.
class EntryReader
{
public:
    EntryReader(const Yaml &entry, const std::string &file, List list)
        : m_entry(entry)
        , m_file(file)
        , m_list(list)
    {}

    Result<Ignore> read(bool requiresReason)
    {
        const bool isSecrets = m_list == List::AllowedSecrets;
        if (!m_entry.isMap()) {
            return failAt(m_file,
                          m_entry,
                          isSecrets ? "an entry has at least 'detector' or 'paths', and 'reason'"
                                    : "an entry has at least 'rule' and 'reason'");
        }
        if (isSecrets) {
            m_ignore.rules.assign(kFileSecrets.begin(), kFileSecrets.end());
            m_ignore.named = "secrets";
        }
        for (const auto &[key, value] : m_entry.members()) {
            if (const Result<> done = readKey(key, value); !done) {
                return std::unexpected(done.error());
            }
        }
        if (m_ignore.rules.empty()) {
            return failAt(m_file, m_entry, "this entry says no 'rule'");
        }
        if (isSecrets && m_ignore.detectors.empty() && m_ignore.paths.empty()) {
            return failAt(m_file, m_entry, "this entry says no 'detector' and no 'paths'");
        }
        if (requiresReason && m_ignore.reason.empty()) {
            return failAt(m_file, m_entry, "this entry gives no 'reason'");
        }
        if (!isSecrets && namesSecrets() && m_ignore.paths.empty() && !m_force) {
            return failAt(m_file,
                          m_entry["rule"],
                          "secrets are not ignored wholesale: name one rule or 'paths', or say "
                          "'force: true'");
        }
        m_ignore.source = displayText(m_file) + ':' + std::to_string(m_entry.line());
        return std::move(m_ignore);
    }

private:
    Result<> readKey(const Yaml &key, const Yaml &value)
    {
        static constexpr std::array<std::string_view, 9> kKeys = {
            "detector", "paths", "layers", "images", "until", "reason", "owner", "rule", "force"};
        const std::span known =
            m_list == List::Ignore ? std::span(kKeys).subspan(1) : std::span(kKeys).first(7);
        const std::string_view name = key.text();
        if (std::ranges::find(known, name) == known.end()) {
            return unknownKey(key, m_file, {known.begin(), known.end()});
        }
        if (name == "detector") {
            return readDetectors(value);
        }
        if (name == "rule") {
            m_ignore.named = displayText(value.text());
            for (const Yaml &element : value.elements()) {
                m_ignore.named +=
                    (m_ignore.named.empty() ? "" : ", ") + displayText(element.text());
            }
            return take(rulesOf(value, m_file), m_ignore.rules);
        }
        if (name == "paths") {
            return readPaths(value);
        }
        if (name == "images") {
            return take(textsOf(value, m_file), m_ignore.images);
        }
        if (name == "layers") {
            return readLayers(value);
        }
        if (name == "force") {
            m_force = value.toBool().value_or(false);
            return value.toBool() ? Result<>()
                                  : failAt(m_file, value, "this must be true or false");
        }
        if (name == "until") {
            return readUntil(value);
        }
        return take(textOf(value, m_file), name == "reason" ? m_ignore.reason : m_ignore.owner);
    }

    template<typename Value>
    static Result<> take(Result<Value> value, Value &into)
    {
        if (!value) {
            return std::unexpected(value.error());
        }
        into = std::move(*value);
        return {};
    }

    Result<> readDetectors(const Yaml &value)
    {
        const Result<std::vector<std::string>> names = textsOf(value, m_file);
        if (!names) {
            return std::unexpected(names.error());
        }
        for (std::size_t i = 0; i < names->size(); ++i) {
            const std::vector<SecretKind> kinds = secretKinds();
            const auto isMeant = [&](const SecretKind &kind) {
                return kind.id == (*names)[i] || kind.name == (*names)[i];
            };
            if (std::ranges::none_of(kinds, isMeant)) {
                return failAt(m_file,
                              value.isList() ? value.elements()[i] : value,
                              noSuchDetector((*names)[i], kinds));
            }
            for (const SecretKind &kind : kinds | std::views::filter(isMeant)) {
                m_ignore.detectors.emplace_back(kind.id);
            }
        }
        return {};
    }
    static std::string noSuchDetector(const std::string &name, const std::vector<SecretKind> &kinds)
    {
        std::vector<std::string> known;
        for (const SecretKind &kind : kinds) {
            known.emplace_back(kind.id);
            known.emplace_back(kind.name);
        }
        const std::string nearest = nearestWord(name, known);
        return "there is no detector '" + displayText(name) + "'"
               + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?");
    }
    Result<> readPaths(const Yaml &value)
    {
        if (const Result<> read = take(textsOf(value, m_file), m_ignore.paths); !read) {
            return read;
        }
        for (std::size_t i = 0; i < m_ignore.paths.size(); ++i) {
            if (!m_ignore.paths[i].starts_with('/') && !m_ignore.paths[i].starts_with("**")) {
                return failAt(m_file,
                              value.isList() ? value.elements()[i] : value,
                              "a path begins with / or **");
            }
        }
        return {};
    }
    Result<> readLayers(const Yaml &value)
    {
        const Result<std::vector<std::string>> texts = textsOf(value, m_file);
        if (!texts) {
            return std::unexpected(texts.error());
        }
        for (std::size_t i = 0; i < texts->size(); ++i) {
            const std::optional<LayerChoice> choice = layerChoiceOf((*texts)[i]);
            if (!choice) {
                return failAt(m_file,
                              value.isList() ? value.elements()[i] : value,
                              "a layer is base, app, its number, or the first digits of its "
                              "sha256 digest");
            }
            m_ignore.layers.push_back(*choice);
        }
        return {};
    }
    Result<> readUntil(const Yaml &value)
    {
        m_ignore.until = dayNamed(value.text());
        m_ignore.untilText = value.text();
        return m_ignore.until ? Result<>()
                              : failAt(m_file, value, "a day is written as 2027-03-31");
    }
    /// Whether one name of the entry means several kinds of secrets.
    bool namesSecrets() const
    {
        const Yaml &rule = m_entry["rule"];
        const auto isWholesale = [](const Yaml &name) {
            return std::ranges::count_if(
                       ruleIdsNamed(name.text()),
                       [](const std::string &id) { return id.starts_with("secret/"); })
                   > 1;
        };
        return isWholesale(rule) || std::ranges::any_of(rule.elements(), isWholesale);
    }

    const Yaml &m_entry;
    const std::string &m_file;
    List m_list;
    Ignore m_ignore;
    bool m_force = false;
};

Result<> readEntries(const Yaml &list, const std::string &file, List kind, Policy &policy)
{
    if (list.isNull()) {
        return {};
    }
    if (!list.isList()) {
        return failAt(file, list, "this is not a list of entries");
    }
    for (const Yaml &entry : list.elements()) {
        Result<Ignore> ignore = EntryReader(entry, file, kind).read(policy.requireReason);
        if (!ignore) {
            return std::unexpected(ignore.error());
        }
        policy.ignores.push_back(std::move(*ignore));
    }
    return {};
}

} // namespace

Result<> readIgnores(const Yaml &list, const std::string &file, Policy &policy)
{
    return readEntries(list, file, List::Ignore, policy);
}

Result<> readAllowedSecrets(const Yaml &list, const std::string &file, Policy &policy)
{
    return readEntries(list, file, List::AllowedSecrets, policy);
}

std::optional<std::chrono::sys_days> dayNamed(std::string_view text)
{
    namespace chrono = std::chrono;
    constexpr std::size_t kLength = 10; // 2027-03-31
    if (text.size() != kLength || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = numberOf(text.substr(0, 4));
    const auto month = numberOf(text.substr(5, 2));
    const auto day = numberOf(text.substr(8, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const chrono::year_month_day date{
        chrono::year(static_cast<int>(*year)), chrono::month(*month), chrono::day(*day)};
    return date.ok() ? std::optional(chrono::sys_days(date)) : std::nullopt;
}

} // namespace cutaway
