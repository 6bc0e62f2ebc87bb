// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <optional>
#include <string_view>

namespace cutaway {

/// A package's header as rpm's databases hold it: numbers of entries and of bytes, the entries
/// (tag, type, offset, count), the bytes; all numbers big-endian. Nothing where the bytes are none.
/// Files have digests (MD5 or SHA-256) where they are not settings.
[[nodiscard]] std::optional<PackageRecord> readRpmHeader(std::string_view blob);

} // namespace cutaway
