// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/audit/rule.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// The seven properties of a module container, each with the practices that make it up and the
/// rules that can tell of them.
namespace cutaway {

struct Practice
{
    const char *title;
    const char *rules; ///< ids, blank-separated; "cache/*": a whole family; "": no rule can tell
    const char *remark = ""; ///< where no rule can tell: what to look at instead
};

struct ModuleProperty
{
    const char *id;
    const char *title;
    const char *meaning; ///< one sentence
    std::span<const Practice> practices;
};

/// In the order in which the document lists them.
[[nodiscard]] std::span<const ModuleProperty> moduleProperties();

/// The rules that a practice names.
[[nodiscard]] std::vector<const Rule *> rulesOf(const Practice &practice);

/// How an image does, from the best that can be said to nothing at all.
enum class Verdict : std::uint8_t {
    Kept,    ///< asked, and nothing found but facts
    Remarks, ///< what was found is of low severity
    Broken,  ///< something was found that matters
    Unknown  ///< could not be asked
};
[[nodiscard]] std::string_view verdictName(Verdict verdict); ///< "kept", "remarks" …

struct RuleVerdict
{
    const Rule *rule = nullptr;
    Verdict verdict = Verdict::Unknown;
    std::vector<std::size_t> findings =
        {}; ///< indices into the inspection's; suppressed ones are not
    // NOLINTNEXTLINE(readability-redundant-member-init): so that it may be left out.
    std::string reason = {}; ///< why it was not asked
};

struct PracticeVerdict
{
    const Practice *practice = nullptr;
    Verdict verdict = Verdict::Unknown;
    std::vector<RuleVerdict> rules = {};
};

struct PropertyVerdict
{
    const ModuleProperty *property = nullptr;
    Verdict verdict = Verdict::Unknown;
    std::vector<PracticeVerdict> practices = {};
};

[[nodiscard]] std::vector<PropertyVerdict> propertiesOf(const Inspection &inspection);

} // namespace cutaway
