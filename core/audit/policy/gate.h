// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/audit/policy/profiles.h"

namespace cutaway {

/// Whether the finding is one that the policy does not let pass: severe enough, or an assertion
/// that does not hold. Suppressed ones never are, nor those that a baseline knows.
[[nodiscard]] bool failsGate(const Finding &finding, const AppliedPolicy &policy);
/// Whether the image fails: by a finding, or by its grade.
[[nodiscard]] bool failsGate(const Inspection &inspection);

/// How the image stands to one recommendation of the CIS benchmark.
struct CisResult
{
    enum class Status : std::uint8_t { Pass, Fail, NotAsked };
    const CisRow *row = nullptr;
    Status status = Status::NotAsked;
    std::vector<std::string> rules; ///< that found something; else all that stand for it
};
[[nodiscard]] std::vector<CisResult> cisResults(const Inspection &inspection);
[[nodiscard]] std::string_view cisStatusName(CisResult::Status status); ///< "pass", "fail" …

} // namespace cutaway
