// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/families.h"
#include "core/audit/rules/packagecommands.h"
#include "core/audit/rules/references.h"

#include <algorithm>
#include <array>
#include <set>

namespace cutaway {

namespace {

constexpr std::size_t kManySteps = 3;    ///< that begin with cd: then it is a habit
constexpr std::size_t kManyPackages = 4; ///< in a list that is worth sorting

bool isTemporary(std::string_view folder)
{
    return folder.starts_with("/tmp") || folder.starts_with("/var/tmp")
           || folder.starts_with("/usr/src") || folder.contains('$');
}

std::vector<Finding> cdInsteadOfWorkdir(const AuditContext &context)
{
    std::vector<Finding> findings;
    std::vector<const BuildFact *> leading;
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        const std::vector<ShellCommand> &commands = fact.script.commands;
        if (commands.empty() || commands.front().program() != "cd"
            || commands.front().words.size() < 2 || isTemporary(commands.front().words[1])) {
            return;
        }
        if (commands.size() > 1) {
            leading.push_back(&fact);
            return;
        }
        findings.push_back(stepFinding(
            Severity::Low, "A step changes the folder, and the next one is back.", fact));
    });
    if (leading.size() >= kManySteps) {
        Finding finding =
            stepFinding(Severity::Info,
                        std::to_string(leading.size()) + " steps begin by changing the folder.",
                        *leading.front());
        for (const BuildFact *fact : leading) {
            if (fact != leading.front()) {
                finding.evidence.push_back(stepEvidence(*fact));
            }
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

/// Words that stood on a line of their own: the builder keeps the blanks at the beginning of a
/// continued line.
std::vector<std::string> ownLines(std::string_view text)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size()) {
            end = std::min(text.find_first_of(" \t\n", end), text.size());
            const std::size_t next = std::min(text.find_first_not_of(" \t\n", end), text.size());
            if (next - end >= 2 || next == text.size() || text[end] != ' ') {
                break;
            }
            end = next;
        }
        if (end > at) {
            lines.emplace_back(text.substr(at, end - at));
        }
        at = std::min(text.find_first_not_of(" \t\n", std::min(end, text.size())), text.size());
    }
    return lines;
}

std::string_view packageName(std::string_view word)
{
    return word.substr(0, word.find_first_of("=<>~@"));
}

/// The longest run of packages that stand one a line in an install.
std::vector<std::string> packageLines(const BuildFact &fact, const ShellCommand &install)
{
    std::vector<std::string> longest;
    std::vector<std::string> run;
    for (const std::string &line : ownLines(fact.step.arguments)) {
        const bool isPackage = !line.starts_with('-') && !line.contains(' ') && install.has(line);
        if (isPackage) {
            run.emplace_back(packageName(line));
            longest = run.size() > longest.size() ? run : longest;
        } else {
            run.clear();
        }
    }
    return longest;
}

std::vector<Finding> unsortedPackages(const AuditContext &context)
{
    std::vector<Finding> findings;
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        for (const ShellCommand &command : fact.script.commands) {
            if (systemPackageAct(command) != PackageAct::Install) {
                continue;
            }
            const std::vector<std::string> packages = packageLines(fact, command);
            const std::set<std::string> distinct(packages.begin(), packages.end());
            const bool hasTwice = distinct.size() < packages.size();
            if (packages.size() < kManyPackages
                || (!hasTwice && std::ranges::is_sorted(packages))) {
                continue;
            }
            findings.push_back(stepFinding(
                hasTwice ? Severity::Low : Severity::Info,
                hasTwice ? "A package stands in the list twice."
                         : "Packages stand one a line, but not in the order of the alphabet.",
                fact,
                commandText(command)));
            return;
        }
    });
    return findings;
}

constexpr std::array kRules = {
    Rule{.id = "style/cd-instead-of-workdir",
         .title = "cd where WORKDIR is meant",
         .severity = Severity::Low,
         .needs = NeedsHistory | NeedsDockerfile | NeedsPosix,
         .why = "Each step begins in the working directory again: a cd does not outlive its step, "
                "and repeated ones hide where things happen.",
         .fix = "WORKDIR /app",
         .references = references::kContract,
         .check = &cdInsteadOfWorkdir,
         .detects = "A RUN that does nothing but cd: low; three or more that begin with cd: info.",
         .guards = "Temporary folders and those that variables name; cd further inside a step.",
         .aliases = "DL3003 DS-0013",
         .traits = LessInBase},
    Rule{.id = "style/unsorted-packages",
         .title = "A list of packages that is not sorted",
         .severity = Severity::Low,
         .needs = NeedsHistory | NeedsDockerfile | NeedsPosix,
         .why = "In a sorted list people see at once what is there, and changes are one line.",
         .fix = "One package a line, sorted.",
         .references = references::kPackages,
         .check = &unsortedPackages,
         .detects = "Four or more packages of one install, one a line, out of order: info; one of "
                    "them twice: low.",
         .guards = "Lists on one line; options; versions behind the names.",
         .traits = LessInBase},
};

} // namespace

std::span<const Rule> styleRules()
{
    return kRules;
}

} // namespace cutaway
