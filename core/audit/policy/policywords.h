// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/yaml.h"

#include <string>
#include <vector>

/// What the values of a policy are made of: texts, and names of rules.
namespace cutaway {

/// The texts of a list, or the one text.
[[nodiscard]] Result<std::vector<std::string>> textsOf(const Yaml &value, const std::string &file);
[[nodiscard]] Result<std::string> textOf(const Yaml &value, const std::string &file);
/// The ids that the texts name.
[[nodiscard]] Result<std::vector<std::string>> rulesOf(const Yaml &value, const std::string &file);
/// Error for a key that nobody knows, with the nearest of those that there are.
[[nodiscard]] std::unexpected<Error> unknownKey(const Yaml &key,
                                                const std::string &file,
                                                const std::vector<std::string> &known);

} // namespace cutaway
