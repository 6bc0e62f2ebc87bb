// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/imports.h"

#include "core/audit/policy/diveci.h"
#include "core/audit/policy/policyreader.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <ranges>

namespace cutaway {
namespace {

constexpr std::size_t kIdsShown = 5;

/// trivy writes one check as DS002, DS-0002 and AVD-DS-0002.
std::string trivyId(std::string_view id)
{
    constexpr std::size_t kDigits = 4;
    if (id.starts_with("AVD-")) {
        id.remove_prefix(4);
    }
    if (!id.starts_with("DS") || id.starts_with("DS-")) {
        return std::string(id);
    }
    const std::string digits(id.substr(2));
    const bool isNumber =
        !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
    return isNumber ? "DS-" + std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits
                    : std::string(id);
}

/// Takes ids over one by one, and counts those that nothing here stands for.
class Importer
{
public:
    Importer(const std::string &path, Policy &policy)
        : m_path(path)
        , m_policy(policy)
    {}

    void add(std::string_view id, std::uint32_t line, Ignore ignore = {})
    {
        ignore.rules = ruleIdsNamed(id);
        if (ignore.rules.empty()) {
            m_unknown.emplace_back(id);
            return;
        }
        ignore.named = displayText(id);
        ignore.source = displayText(m_path) + ':' + std::to_string(line);
        if (ignore.reason.empty()) {
            ignore.reason = "listed in " + displayText(m_path);
        }
        ignore.isImported = true;
        m_policy.ignores.push_back(std::move(ignore));
        ++m_count;
    }
    /// "DL3008  exp:2027-01-01  # why": an id at the beginning of each line.
    Result<> addLines(std::string_view text, bool isTrivy)
    {
        std::uint32_t number = 0;
        for (const auto &&part : std::views::split(text, '\n')) {
            ++number;
            const std::string_view whole(part.begin(), part.end());
            const std::vector<std::string> words = wordsOf(whole.substr(0, whole.find('#')));
            if (words.empty()) {
                continue;
            }
            Ignore ignore;
            for (const std::string &word : words | std::views::drop(1)) {
                if (!isTrivy || !word.starts_with("exp:")) {
                    continue;
                }
                ignore.untilText = word.substr(4);
                ignore.until = dayNamed(ignore.untilText);
                if (!ignore.until) {
                    return fail(ErrorCode::InvalidInput,
                                displayText(m_path) + ':' + std::to_string(number)
                                    + ": a day is written as exp:2027-03-31");
                }
            }
            add(isTrivy ? trivyId(words.front()) : words.front(), number, std::move(ignore));
        }
        return {};
    }
    void tell()
    {
        std::string notice =
            displayText(m_path) + ": " + formatCount(m_count, "ignore", "ignores") + " taken over";
        if (!m_unknown.empty()) {
            notice += "; nothing here stands for ";
            for (std::size_t i = 0; i < std::min(kIdsShown, m_unknown.size()); ++i) {
                notice += (i > 0 ? ", " : "") + displayText(m_unknown[i]);
            }
            notice += m_unknown.size() > kIdsShown
                          ? " and " + formatNumber(m_unknown.size() - kIdsShown) + " more"
                          : "";
        }
        m_policy.notices.push_back(std::move(notice));
    }

private:
    static std::vector<std::string> wordsOf(std::string_view line)
    {
        std::vector<std::string> words(1);
        for (const char c : line) {
            if (c != ' ' && c != '\t' && c != '\r') {
                words.back() += c;
            } else if (!words.back().empty()) {
                words.emplace_back();
            }
        }
        std::erase(words, std::string());
        return words;
    }

    const std::string &m_path;
    Policy &m_policy;
    std::size_t m_count = 0;
    std::vector<std::string> m_unknown;
};

Result<> importTrivyYaml(const Yaml &root, const std::string &path, Importer &importer)
{
    for (const char *section : {"misconfigurations", "secrets"}) {
        const Yaml &list = root[section];
        if (!list.isNull() && !list.isList()) {
            return failAt(path, list, "this is not a list of entries");
        }
        for (const Yaml &entry : list.elements()) {
            Ignore ignore;
            for (const Yaml &element : entry["paths"].elements()) {
                const bool isAnchored =
                    element.text().starts_with('/') || element.text().starts_with("**");
                ignore.paths.push_back(isAnchored ? element.text() : '/' + element.text());
            }
            ignore.reason = entry["statement"].text();
            ignore.untilText = entry["expired_at"].text();
            ignore.until = dayNamed(ignore.untilText);
            if (!entry["expired_at"].isNull() && !ignore.until) {
                return failAt(path, entry["expired_at"], "a day is written as 2027-03-31");
            }
            // Its names of secrets are not ours: the paths have to say what is meant.
            const bool isSecret = std::string_view(section) == "secrets";
            const std::string id =
                isSecret && !ignore.paths.empty() ? "secret/*" : trivyId(entry["id"].text());
            importer.add(id, entry.line(), std::move(ignore));
        }
    }
    return {};
}

constexpr std::array<std::pair<std::string_view, Severity>, 4> kHadolintLevels = {
    {{"error", Severity::High},
     {"warning", Severity::Medium},
     {"info", Severity::Low},
     {"style", Severity::Info}}};

void importOverrides(const Yaml &overrides, Policy &policy)
{
    std::vector<Policy::SeverityChange> changes;
    for (const auto &[level, severity] : kHadolintLevels) {
        for (const Yaml &id : overrides[level].elements()) {
            if (std::vector<std::string> rules = ruleIdsNamed(id.text()); !rules.empty()) {
                changes.push_back({std::move(rules), severity});
            }
        }
    }
    policy.severities.insert(policy.severities.begin(), changes.begin(), changes.end());
}

void importThreshold(const Yaml &value, Policy &policy)
{
    if (!value.isScalar() || policy.failOn) {
        return;
    }
    if (value.text() == "ignore" || value.text() == "none") {
        policy.failOn = std::optional<Severity>();
        return;
    }
    const auto *const level = std::ranges::find(
        kHadolintLevels, value.text(), &std::pair<std::string_view, Severity>::first);
    if (level != kHadolintLevels.end()) {
        policy.failOn = std::optional(level->second);
    }
}

void importHadolint(const Yaml &root, Policy &policy, Importer &importer)
{
    for (const Yaml &id : root["ignored"].elements()) {
        importer.add(id.text(), id.line());
    }
    importOverrides(root["override"], policy);
    importThreshold(root["failure-threshold"], policy);
    if (policy.approvedBases.empty()) {
        for (const Yaml &registry : root["trustedRegistries"].elements()) {
            policy.approvedBases.push_back(registry.text() + "/**");
        }
    }
    for (const auto &[label, type] : root["label-schema"].members()) {
        for (const LabelType ours : {LabelType::SemVer,
                                     LabelType::Rfc3339,
                                     LabelType::Url,
                                     LabelType::Spdx,
                                     LabelType::Hash,
                                     LabelType::Email}) {
            if (labelTypeName(ours) == type.text()) {
                policy.labels.types.push_back({label.text(), ours});
            }
        }
    }
}

/// dive's limits, before those that the policy gives itself.
Result<> importDive(const std::string &path, Policy &policy)
{
    const Result<GateLimits> limits = readDiveCi(path);
    if (!limits) {
        return std::unexpected(limits.error());
    }
    std::vector<Policy::Threshold> thresholds;
    const auto take = [&](std::string_view name, const std::string &text) -> Result<> {
        if (text.empty() || text == "disabled" || text == "off" || text == "false") {
            return {};
        }
        const ThresholdRow *row = findThreshold(name);
        Thresholds tried;
        thresholds.push_back({row, text});
        const Result<> set = setThreshold(tried, *row, text);
        return set ? set : failIn(displayText(path), set.error());
    };
    for (const auto &[name, text] :
         {std::pair{"layer.minEfficiency", &limits->lowestEfficiency},
          std::pair{"layer.maxWasted", &limits->highestWastedBytes},
          std::pair{"layer.maxWastedPct", &limits->highestUserWastedPercent}}) {
        if (const Result<> taken = take(name, *text); !taken) {
            return taken;
        }
    }
    policy.notices.push_back(displayText(path) + ": "
                             + formatCount(thresholds.size(), "threshold", "thresholds")
                             + " taken over");
    policy.thresholds.insert(policy.thresholds.begin(), thresholds.begin(), thresholds.end());
    return {};
}

bool isYaml(std::string_view name, std::string_view stem)
{
    return name.ends_with(std::string(stem) + ".yaml")
           || name.ends_with(std::string(stem) + ".yml");
}

} // namespace

Result<> importFile(const std::string &path, Policy &policy)
{
    const std::string name = std::filesystem::path(path).filename().string();
    if (name.ends_with(".dive-ci")) {
        return importDive(path, policy);
    }
    const bool isTrivy = name.ends_with(".trivyignore");
    const bool isTrivyYaml = isYaml(name, ".trivyignore");
    const bool isHadolint = isYaml(name, ".hadolint");
    if (!isTrivy && !isTrivyYaml && !isHadolint && !name.ends_with(".dockleignore")) {
        return fail(ErrorCode::InvalidInput,
                    displayText(path)
                        + ": the name has to end in .dockleignore, .trivyignore, "
                          ".trivyignore.yaml, .hadolint.yaml or .dive-ci");
    }
    const Result<std::string> text = readSmallFile(path);
    if (!text) {
        return std::unexpected(text.error());
    }
    Importer importer(path, policy);
    if (!isTrivyYaml && !isHadolint) {
        const Result<> added = importer.addLines(*text, isTrivy);
        importer.tell();
        return added;
    }
    const Result<Yaml> root = parseYaml(*text, path);
    if (!root) {
        return std::unexpected(root.error());
    }
    if (isHadolint) {
        importHadolint(*root, policy, importer);
    } else if (const Result<> read = importTrivyYaml(*root, path, importer); !read) {
        return read;
    }
    importer.tell();
    return {};
}

std::vector<std::string> foreignFilesIn(const std::string &directory)
{
    std::vector<std::string> files;
    for (const char *name : {".dockleignore",
                             ".trivyignore",
                             ".trivyignore.yaml",
                             ".hadolint.yaml",
                             ".hadolint.yml",
                             ".dive-ci"}) {
        const std::string path = directory == "." ? name : directory + '/' + name;
        std::error_code ignored;
        if (std::filesystem::is_regular_file(path, ignored)) {
            files.push_back(path);
        }
    }
    return files;
}

} // namespace cutaway
