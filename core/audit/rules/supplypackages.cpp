// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/packagecommands.h"
#include "core/audit/rules/supplyrules.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace cutaway {

namespace {

/// How a package manager of a language writes a version behind a name, and what means that a file
/// pins them all.
struct LanguageRow
{
    std::string_view programs; ///< blank-separated
    std::string_view verbs;
    std::string_view signs;  ///< blank-separated; one of them in a word pins it
    std::string_view pinned; ///< options that name versions or a file with them
};
constexpr std::array kLanguages = {
    LanguageRow{"pip pip3 python python3",
                "install",
                "== @ === ~=",
                "-r --requirement -c --constraint --require-hashes -e --editable --no-index"},
    LanguageRow{"npm pnpm yarn", "install i add global", "@", "ci --frozen-lockfile"},
    LanguageRow{"gem", "install", ": .gem", "-v --version -g --file"},
    LanguageRow{"go", "install get", "@v @0 @1", ""},
    LanguageRow{"cargo", "install", "@", "--version --vers --locked --path --git"},
};
constexpr std::array<std::string_view, 14> kValued = {"-t",
                                                      "-o",
                                                      "-c",
                                                      "--repository",
                                                      "-X",
                                                      "--virtual",
                                                      "--prefix",
                                                      "--target",
                                                      "--index-url",
                                                      "-i",
                                                      "--extra-index-url",
                                                      "--root",
                                                      "--find-links",
                                                      "--cache-dir"};

bool hasWord(std::string_view list, std::string_view word)
{
    return std::ranges::any_of(std::views::split(list, ' '), [&](auto &&part) {
        return !word.empty() && std::string_view(part.begin(), part.end()) == word;
    });
}

/// A folder, file, address or variable rather than the name of a package.
bool isPlace(std::string_view word)
{
    return word.starts_with('.') || word.contains('/') || word.contains('$')
           || word.ends_with(".deb") || word.ends_with(".rpm") || word.ends_with(".whl");
}

bool isPinned(std::string_view word, std::string_view signs)
{
    const std::string_view behind = word.substr(std::min<std::size_t>(1, word.size()));
    return !word.ends_with("@latest")
           && std::ranges::any_of(std::views::split(signs, ' '), [&](auto &&part) {
                  const std::string_view sign(part.begin(), part.end());
                  return !sign.empty() && behind.contains(sign);
              });
}

/// Names without a version behind the verb.
std::vector<std::string> unpinnedNames(const ShellCommand &command, std::string_view signs)
{
    std::vector<std::string> names;
    const std::string_view verb = packageVerb(command);
    bool isBehindVerb = false;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        const std::string &word = command.words[i];
        if (!isBehindVerb) {
            isBehindVerb = word == verb || word == "install";
            continue;
        }
        if (word.starts_with('-')) {
            i += std::ranges::find(kValued, word) == kValued.end() ? 0 : 1;
        } else if (word != "install" && !isPlace(word) && !isPinned(word, signs)) {
            names.push_back(word);
        }
    }
    return names;
}

std::vector<std::string> languageNames(const ShellCommand &command)
{
    if (!installsLanguagePackages(command)) {
        return {};
    }
    for (const LanguageRow &row : kLanguages) {
        const bool isPinnedAll = std::ranges::any_of(command.words, [&](const std::string &word) {
            return hasWord(row.pinned, word.substr(0, word.find('=')));
        });
        const bool isOwn = hasWord(row.programs, command.program());
        const bool isInstall =
            isOwn && std::ranges::any_of(command.words, [&](const std::string &word) {
                return hasWord(row.verbs, word);
            });
        if (isInstall) {
            return isPinnedAll ? std::vector<std::string>() : unpinnedNames(command, row.signs);
        }
    }
    return {};
}

} // namespace

std::vector<Finding> unpinnedPackages(const AuditContext &context)
{
    std::vector<Finding> findings;
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        std::vector<std::string> distribution;
        std::vector<std::string> language;
        for (const ShellCommand &command : fact.script.commands) {
            if (systemPackageAct(command) == PackageAct::Install) {
                std::ranges::move(unpinnedNames(command, "= ~ <"),
                                  std::back_inserter(distribution));
            } else {
                std::ranges::move(languageNames(command), std::back_inserter(language));
            }
        }
        const std::vector<std::string> &names = language.empty() ? distribution : language;
        if (names.empty()) {
            return;
        }
        Finding finding = stepFinding(
            language.empty() ? Severity::Info : Severity::Low,
            quoted(names.front())
                + (names.size() > 1 ? " and " + std::to_string(names.size() - 1)
                                          + (names.size() > 2 ? " others are" : " other are")
                                          + " installed without a version."
                                    : " is installed without a version."),
            fact);
        finding.confidence = Confidence::Likely;
        findings.push_back(std::move(finding));
    });
    return findings;
}

std::vector<Finding> singlePlatform(const AuditContext &context)
{
    if (!context.image.platforms.empty()) {
        return {};
    }
    return {configFinding(Severity::Info,
                          "The image is there for one platform alone, "
                              + quoted(context.image.config.platform.text()) + ".",
                          {.text = "no other platform in the index", .field = "platform"})};
}

} // namespace cutaway
