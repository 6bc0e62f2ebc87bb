// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/jsonparts.h"

#include <cstddef>
#include <optional>
#include <string_view>

/// The half of a SARIF log that speaks of the tool and its rules.
namespace cutaway::sarif {

/// `tool.driver`: every rule of the catalogue, in its order.
[[nodiscard]] jsonparts::Value driver(const Inspection &inspection);
/// The rule's place in `tool.driver.rules`; nothing where the catalogue has no such rule.
[[nodiscard]] std::optional<std::size_t> ruleIndex(std::string_view ruleId);
[[nodiscard]] std::string_view levelOf(Severity severity);

} // namespace cutaway::sarif
