// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/layerwaste.h"
#include "core/audit/rules/packagecommands.h"
#include "core/base/text.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::uint64_t kLeastInstalled = 1024 * 1024;
constexpr std::size_t kFewestMergeable = 3;            ///< RUNs in a row
constexpr std::size_t kShortRun = 3;                   ///< commands
constexpr std::uint64_t kLargeRun = 100 * 1024 * 1024; ///< better pulled on its own

/// Files that name dependencies: copied alone before the install, as it should be.
constexpr std::array<std::string_view, 20> kManifests = {
    "requirements", "package.json",  "package-lock",    "yarn.lock", "pnpm-lock",
    "go.mod",       "go.sum",        "Gemfile",         "composer.", "Cargo.",
    "pom.xml",      "build.gradle",  "settings.gradle", "pyproject", "poetry.lock",
    "Pipfile",      "environment.y", "uv.lock",         "setup.",    "constraints"};

bool isManifest(std::string_view source)
{
    const std::string_view name = baseName(source);
    return std::ranges::any_of(kManifests,
                               [&](std::string_view start) { return name.starts_with(start); });
}

/// Whether the step brings in sources: a directory or several files, from the build context.
bool bringsSources(const AuditContext &context, const BuildFact &fact)
{
    const bool copies = fact.step.keyword == "COPY" || fact.step.keyword == "ADD";
    if (!copies || !fact.entry->layer || *fact.entry->layer >= context.analysis.layers.size()) {
        return false;
    }
    std::vector<std::string> words = wordsOf(fact.step.arguments);
    std::erase_if(words, [](const std::string &word) { return word.starts_with("--"); });
    if (words.size() < 2) {
        return false;
    }
    words.pop_back(); // where it goes
    const bool isOther = std::ranges::all_of(words, [](const std::string &source) {
        return isManifest(source) || source.starts_with('/') || source.contains("://")
               || source.starts_with("file:") || source.starts_with("multi:")
               || source.ends_with(".tgz") || source.contains(".tar");
    });
    return !isOther && context.analysis.layers[*fact.entry->layer].files > 1;
}

/// A value that changes with every build, set before.
bool changesWithEachBuild(const BuildFact &fact)
{
    const std::string &keyword = fact.step.keyword;
    if (keyword != "LABEL" && keyword != "ENV" && keyword != "ARG") {
        return false;
    }
    const std::string &text = fact.step.arguments;
    return text.contains("image.revision=") || text.contains("image.created=")
           || text.contains("build-date=") || text.contains("vcs-ref=")
           || text.starts_with("BUILD_DATE") || text.starts_with("GIT_COMMIT")
           || text.starts_with("BUILD_NUMBER");
}

bool usesSources(const ShellScript &script)
{
    return std::ranges::any_of(script.commands, [](const ShellCommand &command) {
        const std::string_view program = command.program();
        return program == "make" || program == "cmake" || command.has("build")
               || (!command.words.empty() && command.words.front().starts_with("./"))
               || std::ranges::any_of(command.words, [](const std::string &word) {
                      return word == "." || word == "./" || word.starts_with(".[");
                  });
    });
}

/// A RUN that could stand in one with its neighbours: short, and of no great size.
bool isMergeable(const AuditContext &context, const BuildFact &fact)
{
    const bool hasHeredoc =
        std::ranges::any_of(fact.script.commands,
                            [](const ShellCommand &command) { return !command.heredoc.empty(); })
        || fact.step.arguments.contains("<<");
    const std::uint64_t bytes =
        fact.entry->layer && *fact.entry->layer < context.analysis.layers.size()
            ? context.analysis.layers[*fact.entry->layer].fileBytes
            : 0;
    return fact.step.keyword == "RUN" && !hasHeredoc && !fact.script.commands.empty()
           && fact.script.commands.size() <= kShortRun && bytes < kLargeRun;
}

/// What a later RUN depends on, or what decides whether it is run again.
bool endsSeries(const BuildFact &fact)
{
    static constexpr std::array<std::string_view, 9> kKeywords = {
        "RUN", "COPY", "ADD", "USER", "WORKDIR", "SHELL", "ARG", "ENV", "FROM"};
    return std::ranges::find(kKeywords, fact.step.keyword) != kKeywords.end();
}

bool installs(const ShellScript &script)
{
    return std::ranges::any_of(script.commands, [](const ShellCommand &command) {
        return systemPackageAct(command) == PackageAct::Install
               || installsLanguagePackages(command);
    });
}

} // namespace

std::vector<Finding> volatileFirst(const AuditContext &context)
{
    const BuildFact *changing = nullptr;
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.origin == Origin::Base) {
            continue;
        }
        if (bringsSources(context, fact) || changesWithEachBuild(fact)) {
            changing = changing == nullptr ? &fact : changing;
            continue;
        }
        const bool isInstall = changing != nullptr && fact.step.keyword == "RUN"
                               && fact.entry->layer && installs(fact.script)
                               && !usesSources(fact.script);
        if (!isInstall || *fact.entry->layer >= context.analysis.layers.size()) {
            continue;
        }
        const std::uint64_t bytes = context.analysis.layers[*fact.entry->layer].fileBytes;
        if (bytes < kLeastInstalled) {
            continue;
        }
        Finding finding = stepFinding(Severity::Medium,
                                      "Packages of " + formatBytes(bytes)
                                          + " are installed after what changes with each build, "
                                            "and so anew each time.",
                                      fact);
        finding.confidence = Confidence::Likely;
        finding.evidence.push_back(stepEvidence(*changing));
        return {std::move(finding)};
    }
    return {};
}

std::vector<Finding> mergeableRuns(const AuditContext &context)
{
    std::vector<Finding> findings;
    std::vector<const BuildFact *> series;
    const auto end = [&] {
        if (series.size() >= kFewestMergeable) {
            Finding finding = stepFinding(Severity::Info,
                                          formatCount(series.size(), "short RUN", "short RUNs")
                                              + " stand in a row, a layer each.",
                                          *series.front());
            finding.confidence = Confidence::Likely;
            for (std::size_t i = 1; i < series.size(); ++i) {
                finding.evidence.push_back(stepEvidence(*series[i]));
            }
            findings.push_back(std::move(finding));
        }
        series.clear();
    };
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.origin != Origin::Base && isMergeable(context, fact)) {
            series.push_back(&fact);
        } else if (fact.origin == Origin::Base || endsSeries(fact)) {
            end();
        }
    }
    end();
    return findings;
}

} // namespace cutaway
