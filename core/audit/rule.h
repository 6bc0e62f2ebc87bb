// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/analysis.h"
#include "core/audit/finding.h"

#include <span>
#include <string_view>
#include <vector>

namespace cutaway {

/// What a rule may look at.
struct AuditContext
{
    const Image &image;
    const Analysis &analysis;
};

/// What a rule needs to be asked at all; an unmet need makes it skipped, never silent.
enum Need : std::uint8_t {
    NeedsConfig = 1,
    NeedsHistory = 2,
    NeedsTree = 4,
    NeedsSeveralLayers = 8
};

/// A rule is a row: who it is, what it says to people, and the function that looks.
struct Rule
{
    const char *id;
    const char *title;
    Severity severity; ///< the highest it gives
    std::uint8_t needs;
    const char *why;
    const char *fix;
    const char *references; ///< one a line: text, then its address
    std::vector<Finding> (*check)(const AuditContext &);
};

/// Every rule, families in order.
[[nodiscard]] std::span<const Rule> allRules();
[[nodiscard]] const Rule *findRule(std::string_view id);

/// Severity of a finding that is about bytes alone: none below 64 KiB, info below 5 MiB, low below
/// 50 MiB, medium from 50 MiB or a tenth of the image on.
[[nodiscard]] std::optional<Severity> sizeSeverity(std::uint64_t bytes, std::uint64_t imageBytes);

} // namespace cutaway
