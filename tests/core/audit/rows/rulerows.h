// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

namespace cutaway::test {

/// An image (tests/support/auditimage.h) and what one rule says of it: severities of its findings,
/// "none" or "skipped". Every rule has a row that fires and a near miss that does not.
struct RuleRow
{
    const char *rule;
    const char *name; ///< in words
    const char *image;
    const char *expected;
};

/// One family a file.
[[nodiscard]] std::span<const RuleRow> cacheRows();
[[nodiscard]] std::span<const RuleRow> sizeRows();
[[nodiscard]] std::span<const RuleRow> contextRows();
[[nodiscard]] std::span<const RuleRow> layerRows();
[[nodiscard]] std::span<const RuleRow> securityRows();
[[nodiscard]] std::span<const RuleRow> secretRows();
[[nodiscard]] std::span<const RuleRow> processRows();
[[nodiscard]] std::span<const RuleRow> contractRows();
[[nodiscard]] std::span<const RuleRow> metadataRows();
[[nodiscard]] std::span<const RuleRow> supplyRows();
[[nodiscard]] std::span<const RuleRow> reproRows();
[[nodiscard]] std::span<const RuleRow> styleRows();
[[nodiscard]] std::span<const RuleRow> policyRows();
[[nodiscard]] std::span<const RuleRow> assertRows();

[[nodiscard]] inline std::array<std::span<const RuleRow>, 14> allRuleRows()
{
    return {cacheRows(),
            sizeRows(),
            contextRows(),
            layerRows(),
            securityRows(),
            secretRows(),
            processRows(),
            contractRows(),
            metadataRows(),
            supplyRows(),
            reproRows(),
            styleRows(),
            policyRows(),
            assertRows()};
}

} // namespace cutaway::test
