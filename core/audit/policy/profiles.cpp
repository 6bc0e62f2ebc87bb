// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/profiles.h"

#include <algorithm>
#include <iterator>
#include <ranges>

namespace cutaway {
namespace {

using Severities = ProfileRow::Severities;
using Threshold = ProfileRow::Threshold;

constexpr std::array kStrictSeverities = {
    Severities{"process/no-healthcheck supply/latest-tag supply/base-unpinned", Severity::High},
    Severities{"metadata/missing-*", Severity::Medium},
};
constexpr std::array kStrictThresholds = {
    Threshold{"layer.minEfficiency", "0.95"},
    Threshold{"layer.maxWasted", "20MiB"},
    Threshold{"layer.maxWastedPct", "0.05"},
    Threshold{"supply.staleDays", "90"},
};

constexpr std::array kSkaSeverities = {
    Severities{"metadata/missing-author-label metadata/missing-description-label "
               "metadata/missing-license-label metadata/missing-repository-label "
               "metadata/missing-vendor-label metadata/missing-version-label "
               "metadata/missing-website-label metadata/bad-version supply/tag-label-mismatch",
               Severity::Medium},
    Severities{"process/entrypoint-not-absolute", Severity::Low},
    Severities{"security/sudo supply/latest-tag", Severity::High},
};

constexpr std::array kOpenShiftSeverities = {
    Severities{"process/no-healthcheck", Severity::Info}, // probes are the platform's
    Severities{"contract/privileged-port", Severity::Medium},
};
constexpr std::string_view kOpenShiftLabels = "name vendor version release summary description";

constexpr std::array kRows = {
    ProfileRow{
        Profile::Default, "all rules as they are", "", Severity::Info, Severity::High, {}, {}, ""},
    ProfileRow{Profile::Strict,
               "fails from medium on, lines drawn closer",
               "",
               Severity::Info,
               Severity::Medium,
               kStrictSeverities,
               kStrictThresholds,
               ""},
    ProfileRow{Profile::Ska,
               "the SKA containerisation standards: labels, naming, tags",
               "",
               Severity::Info,
               Severity::High,
               kSkaSeverities,
               {},
               ""},
    ProfileRow{Profile::OpenShift,
               "what OpenShift and its certification ask for",
               "",
               Severity::Info,
               Severity::High,
               kOpenShiftSeverities,
               {},
               kOpenShiftLabels},
    ProfileRow{Profile::Cis,
               "chapter 4 of the CIS Docker Benchmark alone",
               "security/root-user supply/base-unapproved "
               "supply/unsigned "
               "security/admin-tools size/build-tools supply/eol-os supply/stale-image "
               "process/no-healthcheck supply/update-alone security/setuid-setgid "
               "supply/add-instead-of-copy secret/* security/unverified-packages "
               "supply/unverified-download",
               Severity::Info,
               Severity::High,
               {},
               {},
               ""},
    ProfileRow{Profile::Minimal,
               "the rules that can be high or critical alone",
               "",
               Severity::High,
               Severity::High,
               {},
               {},
               ""},
};

constexpr std::array kCis = {
    CisRow{"4.1", "A user for the container", "security/root-user"},
    CisRow{"4.2", "Trusted base images only", "supply/base-unapproved supply/unsigned"},
    CisRow{"4.3", "No packages that are not needed", "security/admin-tools size/build-tools"},
    CisRow{"4.4", "Images are rebuilt with security patches", "supply/eol-os supply/stale-image"},
    CisRow{"4.5", "Content trust", "supply/unsigned"},
    CisRow{"4.6", "A health check", "process/no-healthcheck"},
    CisRow{"4.7", "No update instruction alone", "supply/update-alone"},
    CisRow{"4.8", "setuid and setgid are removed", "security/setuid-setgid"},
    CisRow{"4.9", "COPY instead of ADD", "supply/add-instead-of-copy"},
    CisRow{"4.10", "No secrets in the image", "secret/*"},
    CisRow{"4.11",
           "Verified packages only",
           "security/unverified-packages supply/unverified-download security/package-integrity"},
    CisRow{"4.12", "Signed artifacts", "supply/unsigned"},
};

} // namespace

std::span<const ProfileRow> profileRows()
{
    return kRows;
}

const ProfileRow &profileRow(Profile profile)
{
    return *std::ranges::find(kRows, profile, &ProfileRow::profile);
}

std::span<const CisRow> cisRows()
{
    return kCis;
}

std::vector<std::string> ruleIdsOf(std::string_view names)
{
    std::vector<std::string> ids;
    for (const auto &&name : std::views::split(names, ' ')) {
        std::ranges::move(ruleIdsNamed(std::string_view(name.begin(), name.end())),
                          std::back_inserter(ids));
    }
    return ids;
}

AuditSettings settingsOf(const Policy &policy)
{
    const ProfileRow &row = profileRow(policy.profile);
    AuditSettings settings;
    settings.profile = policy.profile;
    // Both were checked where they come from: the rows by a test, the policy by its reader.
    for (const Threshold &threshold : row.thresholds) {
        [[maybe_unused]] const Result<> set =
            setThreshold(settings.thresholds, *findThreshold(threshold.name), threshold.value);
    }
    for (const Policy::Threshold &threshold : policy.thresholds) {
        [[maybe_unused]] const Result<> set =
            setThreshold(settings.thresholds, *threshold.row, threshold.text);
    }
    settings.labels = policy.labels;
    for (const auto &&label : std::views::split(row.labels, ' ')) {
        if (!label.empty()) {
            settings.labels.required.emplace_back(label.begin(), label.end());
        }
    }
    settings.asserts = std::make_shared<const StructureTests>(policy.asserts);
    settings.approvedBases = policy.approvedBases;
    settings.endsOfLife = policy.endsOfLife;
    settings.deniedPackages = policy.deniedPackages;
    settings.deniedLicences = policy.deniedLicences.value_or(settings.deniedLicences);
    return settings;
}

std::optional<Severity> failOnOf(const Policy &policy)
{
    return policy.failOn ? *policy.failOn : profileRow(policy.profile).failOn;
}

} // namespace cutaway
