// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstddef>
#include <string>

namespace cutaway {

/// What was compressed as one zlib stream (RFC 1950), in memory. Corrupt for anything else,
/// LimitExceeded where more than `most` bytes come out.
[[nodiscard]] Result<std::string> inflateZlib(Bytes packed, std::size_t most);

} // namespace cutaway
