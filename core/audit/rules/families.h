// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <array>
#include <span>

namespace cutaway {

/// The families, each a table in a file of its own.
[[nodiscard]] std::span<const Rule> cacheRules();
[[nodiscard]] std::span<const Rule> sizeRules();
[[nodiscard]] std::span<const Rule> contextRules();
[[nodiscard]] std::span<const Rule> layerRules();
[[nodiscard]] std::span<const Rule> securityRules();
[[nodiscard]] std::span<const Rule> secretRules();
[[nodiscard]] std::span<const Rule> processRules();
[[nodiscard]] std::span<const Rule> contractRules();
[[nodiscard]] std::span<const Rule> metadataRules();
[[nodiscard]] std::span<const Rule> supplyRules();
[[nodiscard]] std::span<const Rule> reproRules();
[[nodiscard]] std::span<const Rule> styleRules();
[[nodiscard]] std::span<const Rule> policyRules();
[[nodiscard]] std::span<const Rule> assertRules();

/// In the order in which the engine asks them and lists show them.
[[nodiscard]] inline std::array<std::span<const Rule>, 14> ruleFamilies()
{
    return {cacheRules(),
            sizeRules(),
            contextRules(),
            layerRules(),
            securityRules(),
            secretRules(),
            processRules(),
            contractRules(),
            metadataRules(),
            supplyRules(),
            reproRules(),
            styleRules(),
            policyRules(),
            assertRules()};
}

} // namespace cutaway
