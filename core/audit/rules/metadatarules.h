// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A label or annotation that says something of general interest, under any of its usual names.
struct LabelValue
{
    std::string key;
    std::string value;
};

enum class LabelItem : std::uint8_t {
    Author,
    Description,
    License,
    Repository,
    Vendor,
    Version,
    Website,
    Source,
    Revision,
};

/// The first label, then annotation, of the item's names that is not blank; letters in any case.
[[nodiscard]] std::optional<LabelValue> labelOf(const Image &image, LabelItem item);

/// X.Y.Z with what semver.org allows behind it; `allowsV` takes "v1.2.3" too.
[[nodiscard]] bool isSemanticVersion(std::string_view text, bool allowsV = false);
/// 2024.05 or 2024.05.01, with anything behind a dash or dot.
[[nodiscard]] bool isCalendarVersion(std::string_view text);

/// The checks of the family `metadata`.
[[nodiscard]] std::vector<Finding> missingLabel(const AuditContext &context, LabelItem item);
[[nodiscard]] std::vector<Finding> missingProvenanceLabel(const AuditContext &context);
[[nodiscard]] std::vector<Finding> labelKeyFormat(const AuditContext &context);
[[nodiscard]] std::vector<Finding> badVersion(const AuditContext &context);
[[nodiscard]] std::vector<Finding> labelJson(const AuditContext &context);
[[nodiscard]] std::vector<Finding> inheritedLabel(const AuditContext &context);
[[nodiscard]] std::vector<Finding> maintainerInstruction(const AuditContext &context);
[[nodiscard]] std::vector<Finding> unresolvedVariable(const AuditContext &context);
[[nodiscard]] std::vector<Finding> badValue(const AuditContext &context);
[[nodiscard]] std::vector<Finding> legacyLabel(const AuditContext &context);
[[nodiscard]] std::vector<Finding> nameCase(const AuditContext &context);

} // namespace cutaway
