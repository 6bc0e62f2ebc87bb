// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <optional>
#include <string>
#include <string_view>

namespace cutaway {

/// Records as bytes, for databases that are much longer than what is wanted of them. Digests of
/// files are left out: seldom wanted, and longer than the paths.
[[nodiscard]] std::string encodeRecords(const PackageRecords &records);
/// Nothing where the bytes are none of encodeRecords().
[[nodiscard]] std::optional<PackageRecords> decodeRecords(std::string_view bytes);

} // namespace cutaway
