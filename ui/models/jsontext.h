// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <string_view>

namespace cutaway {

/// JSON on lines of its own, indented by depth; text that is none as it is. Escaped for people, and
/// cut off with a word of it where it is longer than anybody reads.
[[nodiscard]] QString indentedJson(std::string_view text);

} // namespace cutaway
