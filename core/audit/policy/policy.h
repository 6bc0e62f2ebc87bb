// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/facts.h"
#include "core/audit/finding.h"
#include "core/audit/rule.h"
#include "core/audit/settings.h"
#include "core/audit/structuretest/structuretest.h"
#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What people decide about the rules: which count, from where on, and what is known and accepted.
/// Read from `.cutaway.yaml` and from other tools' ignore files.
namespace cutaway {

/// Which layers an ignore is about.
struct LayerChoice
{
    Origin origin = Origin::Unknown; ///< Base or App; else `index` or `digest` says it
    std::optional<LayerIndex> index;
    std::string digest; ///< beginning of a layer's digest or diff ID: "sha256:ab12"
};

/// Findings that somebody looked at and accepted. All that is given has to fit; of each list one.
struct Ignore
{
    std::vector<std::string> rules;     ///< ids, globs and other tools' ids resolved
    std::string named;                  ///< the rules as they are written
    std::vector<std::string> detectors; ///< kinds of secrets in files, "D26"; empty = whatever
    std::vector<std::string> paths;     ///< globs; then only findings about files
    std::vector<LayerChoice> layers;
    std::vector<std::string> images; ///< globs over names and tags
    std::string reason;
    std::string owner;
    std::optional<std::chrono::sys_days> until; ///< the last day
    std::string untilText;
    std::string source;      ///< "FILE:LINE"
    bool isImported = false; ///< from another tool's file: need not match anything
};

struct Policy
{
    struct Threshold
    {
        const ThresholdRow *row = nullptr;
        std::string text;
    };
    struct SeverityChange
    {
        std::vector<std::string> rules;
        Severity severity = Severity::Info;
    };
    struct Switch
    {
        std::vector<std::string> rules;
        bool isOn = true;
    };

    Profile profile = Profile::Default;
    std::optional<std::optional<Severity>> failOn; ///< unset: the profile's; nothing = none
    std::optional<char> failOnGrade;               ///< worse than this fails
    std::optional<Confidence> minConfidence;
    std::vector<Threshold> thresholds; ///< over the profile's; the last of a name counts
    std::vector<SeverityChange> severities;
    std::vector<Switch> switches;
    std::vector<Ignore> ignores;
    LabelWishes labels;
    std::vector<std::string> approvedBases;
    std::string baseReference; ///< as --base has it
    StructureTests asserts;    ///< what has to hold for an image
    std::map<std::string, std::chrono::sys_days, std::less<>> endsOfLife;
    std::optional<ImageKind> kind;
    bool allowImageSuppressions = false;
    bool requireReason = true;
    std::vector<std::string> deniedPackages;
    std::optional<std::vector<std::string>> deniedLicences; ///< unset: the usual ones

    std::optional<std::set<std::string, std::less<>>> baseline; ///< fingerprints known already
    std::vector<std::string> files;   ///< that it was read from, as named; first what was asked for
    std::string digest;               ///< sha256 over what these hold; empty without files
    std::vector<std::string> notices; ///< what people should know about what was read
    std::chrono::sys_days today =
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    /// Visible bytes that a path and all below it may take, where images are compared.
    std::map<std::string, std::uint64_t, std::less<>> budgets;
};
using PolicyPtr = std::shared_ptr<const Policy>;

struct PolicySearch
{
    std::string file;            ///< nothing else is looked for; empty = look
    std::string directory = "."; ///< for `.cutaway.yaml` and its like
    bool lookHome = true;        ///< then `$XDG_CONFIG_HOME/cutaway/policy.yaml`
};

/// The first policy that is found, with all that it extends; an empty one where there is none.
/// Errors name file, line and column: InvalidInput for what is no policy, NotFound, Io.
[[nodiscard]] Result<Policy> loadPolicy(const PolicySearch &search);
/// Where loadPolicy would look in the directory; empty where no policy is there.
[[nodiscard]] std::string policyFileIn(const std::string &directory);
/// `$XDG_CONFIG_HOME/cutaway/policy.yaml`, there or not; empty where nobody has a home.
[[nodiscard]] std::string homePolicyFile();
/// The policy to write to: the one that loadPolicy reads; where none is, a new `.cutaway.yaml` in
/// the directory, or the one at home when the directory is the home or cannot be written to.
[[nodiscard]] std::string policyFileToWrite(const PolicySearch &search);

/// What the profile and the policy's own figures come to.
[[nodiscard]] AuditSettings settingsOf(const Policy &policy);
/// The least severity that fails; nothing = none.
[[nodiscard]] std::optional<Severity> failOnOf(const Policy &policy);

/// The ids that a name in a policy means: an id, a glob over ids, another tool's id. Empty where
/// there is no such rule.
[[nodiscard]] std::vector<std::string> ruleIdsNamed(std::string_view name);
/// "there is no rule 'x'", and which one may be meant.
[[nodiscard]] std::string noSuchRule(std::string_view name);

[[nodiscard]] std::optional<Severity> severityNamed(std::string_view name);
[[nodiscard]] std::optional<Profile> profileNamed(std::string_view name);
[[nodiscard]] std::optional<Confidence> confidenceNamed(std::string_view name);

} // namespace cutaway
