// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/auditpolicy.h"

#include "app/cli/console.h"
#include "core/audit/policy/baseline.h"
#include "core/audit/policy/imports.h"
#include "core/audit/policy/profiles.h"
#include "core/base/text.h"

namespace cutaway::cli {
namespace {

std::unexpected<Error> badValue(std::string_view option,
                                const std::string &value,
                                const std::string &known)
{
    return fail(ErrorCode::InvalidInput,
                std::string(option) + " is '" + displayText(value) + "', but must be " + known);
}

Result<> readProfile(const std::string &word, Policy &policy)
{
    const std::optional<Profile> profile = profileNamed(word);
    if (profile) {
        policy.profile = *profile;
        return {};
    }
    std::string known;
    for (const ProfileRow &row : profileRows()) {
        known += (known.empty() ? "one of " : ", ") + std::string(profileName(row.profile));
    }
    return badValue("--profile", word, known);
}

Result<> readFailOn(const std::string &word, Policy &policy)
{
    const std::optional<Severity> severity = severityNamed(word);
    if (!severity && word != "none") {
        return badValue("--fail-on", word, "none, info, low, medium, high or critical");
    }
    policy.failOn = severity;
    return {};
}

Result<> readFailOnGrade(const std::string &word, Policy &policy)
{
    if (word.size() != 1 || word[0] < 'A' || word[0] > 'F') {
        return badValue("--fail-on-grade", word, "A, B, C, D, E or F");
    }
    policy.failOnGrade = word[0];
    return {};
}

Result<> readMinConfidence(const std::string &word, Policy &policy)
{
    policy.minConfidence = confidenceNamed(word);
    return policy.minConfidence
               ? Result<>()
               : badValue("--min-confidence", word, "heuristic, likely or certain");
}

Result<> readIgnore(const std::string &name, Policy &policy)
{
    Ignore ignore;
    ignore.rules = ruleIdsNamed(name);
    if (ignore.rules.empty()) {
        return fail(ErrorCode::InvalidInput, "--ignore: " + noSuchRule(name));
    }
    ignore.named = displayText(name);
    ignore.reason = "asked for on the command line";
    ignore.source = "--ignore";
    ignore.isImported = true;
    policy.ignores.push_back(std::move(ignore));
    return {};
}

Result<> readBaselineFile(const std::string &path, Policy &policy)
{
    Result<std::set<std::string, std::less<>>> known = readBaseline(path);
    if (!known) {
        return std::unexpected(known.error());
    }
    policy.baseline = std::move(*known);
    return {};
}

struct Reader
{
    Option option;
    Result<> (*read)(const std::string &value, Policy &policy);
};

/// What an option does to the policy, once for each time that it is given.
std::vector<Reader> readers()
{
    return {
        {{"--profile",
          "",
          "NAME",
          "which rules, how severe: default, strict, ska, openshift, cis, minimal",
          "default strict ska openshift cis minimal"},
         &readProfile},
        {{"--fail-on",
          "",
          "SEVERITY",
          "exit code 1 from this severity on: none, info, low, medium, high (default), critical",
          "none info low medium high critical"},
         &readFailOn},
        {{"--fail-on-grade",
          "",
          "GRADE",
          "exit code 1 when the grade is worse than this: A to F",
          "A B C D E F"},
         &readFailOnGrade},
        {{"--min-confidence",
          "",
          "HOW",
          "leave out findings less certain than this: heuristic, likely, certain",
          "heuristic likely certain"},
         &readMinConfidence},
        {{"--ignore", "", "RULE", "accept what this rule finds; may be given more than once"},
         &readIgnore},
        {{"--baseline",
          "",
          "FILE",
          "an earlier report in JSON: only findings that it does not have give exit code 1"},
         &readBaselineFile},
        {{"--import-ignores",
          "",
          "FILE",
          "another tool's: .dockleignore, .trivyignore, .trivyignore.yaml, .hadolint.yaml, "
          ".dive-ci"},
         &importFile},
    };
}

} // namespace

std::vector<Option> policyOptions()
{
    std::vector<Option> options = {
        {"--policy", "", "FILE", "the policy (default: .cutaway.yaml, .yml or .json)"}};
    for (const Reader &reader : readers()) {
        options.push_back(reader.option);
    }
    options.push_back(
        {"--no-import", "", "", "leave other tools' files in the working directory alone"});
    options.push_back(
        {"--write-baseline", "", "FILE", "write the report in JSON to this file, for --baseline"});
    return options;
}

Result<PolicyPtr> policyOf(const Arguments &arguments)
{
    PolicySearch search;
    search.file = arguments.valueOr("--policy", "");
    Result<Policy> loaded = loadPolicy(search);
    if (!loaded) {
        return std::unexpected(loaded.error());
    }
    for (const Reader &reader : readers()) {
        for (const std::string &value : arguments.values(reader.option.name)) {
            if (const Result<> read = reader.read(value, *loaded); !read) {
                return std::unexpected(read.error());
            }
        }
    }
    if (!arguments.has("--no-import") && !arguments.has("--import-ignores")) {
        for (const std::string &file : foreignFilesIn(search.directory)) {
            if (const Result<> imported = importFile(file, *loaded); !imported) {
                return failIn(imported.error().message,
                              {ErrorCode::InvalidInput, "--no-import leaves it alone"});
            }
        }
    }
    if (!arguments.has("--quiet")) {
        for (const std::string &notice : loaded->notices) {
            complain(notice);
        }
    }
    return std::make_shared<const Policy>(std::move(*loaded));
}

} // namespace cutaway::cli
