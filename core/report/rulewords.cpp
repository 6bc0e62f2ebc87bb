// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/rulewords.h"

#include "core/report/escape.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

namespace cutaway {
namespace {

constexpr std::array kNeeds = {
    std::pair{NeedsConfig, NeedWords{"config", "an image configuration"}},
    std::pair{NeedsHistory, NeedWords{"history", "the history of build steps"}},
    std::pair{NeedsTree, NeedWords{"tree", "the files of at least one layer"}},
    std::pair{NeedsSeveralLayers, NeedWords{"several-layers", "two layers or more"}},
    std::pair{NeedsDockerfile, NeedWords{"dockerfile", "an image built from a Dockerfile"}},
    std::pair{NeedsReference, NeedWords{"reference", "a name and tag of the image"}},
    std::pair{NeedsBase, NeedWords{"base", "the name of the base image"}},
    std::pair{NeedsIndex, NeedWords{"index", "a source that keeps what travels beside an image"}},
    std::pair{NeedsPosix, NeedWords{"posix", "no Windows image"}},
    std::pair{NeedsContent, NeedWords{"content", "what files hold"}},
    std::pair{NeedsSignatures, NeedWords{"signatures", "a source that keeps signatures of images"}},
    std::pair{NeedsRegistry, NeedWords{"registry", "an image that came from a registry"}},
    std::pair{NeedsAccounts, NeedWords{"accounts", "a list of accounts in the image"}},
    std::pair{NeedsApprovedBases,
              NeedWords{"approved-bases", "a policy that names approved bases"}},
    std::pair{NeedsPackages, NeedWords{"packages", "a package database"}},
};

template<typename Parts, typename Word>
std::string joined(const Parts &parts, std::string_view between, Word word)
{
    std::string text;
    for (const auto &part : parts) {
        text += text.empty() ? "" : between;
        text += word(part);
    }
    return text;
}

} // namespace

std::vector<RuleReference> referencesOf(const Rule &rule)
{
    std::vector<RuleReference> list;
    std::string_view rest = rule.references;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::size_t second = std::min(rest.find('\n', end + 1), rest.size());
        const std::size_t url = std::min(end + 1, rest.size());
        list.push_back({rest.substr(0, end), rest.substr(url, second - url)});
        rest.remove_prefix(std::min(second + 1, rest.size()));
    }
    return list;
}

std::vector<std::string_view> aliasesOf(const Rule &rule)
{
    std::vector<std::string_view> list;
    for (const auto &&alias : std::views::split(std::string_view(rule.aliases), ' ')) {
        if (!alias.empty()) {
            list.emplace_back(alias.begin(), alias.end());
        }
    }
    return list;
}

std::vector<NeedWords> needsOf(const Rule &rule)
{
    std::vector<NeedWords> list;
    for (const auto &[need, words] : kNeeds) {
        if ((rule.needs & need) != 0) {
            list.push_back(words);
        }
    }
    return list;
}

std::vector<RuleSection> sectionsOf(const Rule &rule)
{
    const std::vector<NeedWords> needs = needsOf(rule);
    std::vector<RuleSection> sections = {
        {"Why", rule.why},
        {"What it looks at", rule.detects},
        {"Where it stays silent", rule.guards},
        {"How to fix it", rule.fix},
        {"Severity", "up to " + std::string(severityName(rule.severity))},
        {"What it needs", joined(needs, ", ", [](const NeedWords &need) { return need.words; })},
        {"Known elsewhere as",
         joined(aliasesOf(rule), " ", [](std::string_view alias) { return alias; })},
    };
    std::erase_if(sections, [](const RuleSection &section) { return section.text.empty(); });
    return sections;
}

std::string ruleMarkdown(const Rule &rule)
{
    std::string text;
    for (const RuleSection &section : sectionsOf(rule)) {
        text += "- **" + std::string(section.title) + "**: " + markdownText(section.text) + '\n';
    }
    text += "- **Where it says so**: ";
    return text
           + joined(referencesOf(rule),
                    ", ",
                    [](const RuleReference &reference) {
                        return '[' + markdownText(reference.title) + "](<"
                               + std::string(reference.url) + ">)";
                    })
           + '\n';
}

} // namespace cutaway
