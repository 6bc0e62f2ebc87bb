// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/secrets/values.h"

#include <functional>
#include <string>
#include <string_view>

namespace cutaway {

/// A setting in a file of the ini kind; works for `key value` as well.
struct ConfigLine
{
    std::string section; ///< "main" of "[main]"; empty before the first
    std::string key;     ///< lowercase
    std::string_view value;
    std::string_view text;  ///< the whole line
    std::size_t number = 0; ///< from 1
};

/// Visits the lines that are neither empty nor comments (`#`, `;`), blanks at their ends taken off.
void forEachConfigLine(std::string_view text, const std::function<void(const ConfigLine &)> &visit);

/// "0", "false", "no", "off", "none", quoted or not, letters in any case.
[[nodiscard]] bool saysNo(std::string_view value);
/// "1", "true", "yes", "on", "always".
[[nodiscard]] bool saysYes(std::string_view value);

} // namespace cutaway
