// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/policy/policy.h"

#include <array>
#include <span>
#include <string_view>

namespace cutaway {

inline constexpr std::array kAllProfiles = {Profile::Default,
                                            Profile::Strict,
                                            Profile::Ska,
                                            Profile::OpenShift,
                                            Profile::Cis,
                                            Profile::Minimal};

/// A profile is data: which rules, how severe, and where the lines are.
struct ProfileRow
{
    struct Severities
    {
        std::string_view rules; ///< ids and globs, blank-separated
        Severity severity;
    };
    struct Threshold
    {
        std::string_view name;
        std::string_view value;
    };
    Profile profile;
    std::string_view help;
    std::string_view only; ///< ids and globs, blank-separated; empty = all rules
    Severity atLeast;      ///< rules that never are so severe are not asked
    std::optional<Severity> failOn;
    std::span<const Severities> severities;
    std::span<const Threshold> thresholds;
    std::string_view labels; ///< required, blank-separated
};
[[nodiscard]] std::span<const ProfileRow> profileRows();
[[nodiscard]] const ProfileRow &profileRow(Profile profile);

/// A recommendation of the CIS Docker Benchmark, chapter 4, and the rules that look after it.
struct CisRow
{
    std::string_view number; ///< "4.1"
    std::string_view title;
    std::string_view rules; ///< ids and globs, blank-separated
};
[[nodiscard]] std::span<const CisRow> cisRows();

/// All ids that the blank-separated names mean.
[[nodiscard]] std::vector<std::string> ruleIdsOf(std::string_view names);

} // namespace cutaway
