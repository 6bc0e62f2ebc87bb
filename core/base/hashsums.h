// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cutaway {

/// Weak digests, lowercase hexadecimal, only to compare with what package managers wrote down.
/// Empty where the library does not give them.
[[nodiscard]] std::string md5Hex(std::string_view bytes);
[[nodiscard]] std::string sha1Hex(std::string_view bytes);

/// Tells equal texts from others without telling the text: keyed with contentSeed(), so that nobody
/// who does not have that can look values up in a table.
[[nodiscard]] std::uint64_t keyedHash(std::string_view bytes);

} // namespace cutaway
