// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cutaway {

/// Whether whoever takes the software takes a licence that one of the patterns (globs, letters in
/// any case) names. The text is an SPDX licence expression, or what package databases have instead:
/// of licences with OR between them one that no pattern names is enough. "GNU AGPLv3" and the like
/// are read as AGPL-3.0.
[[nodiscard]] bool bindsTo(std::string_view licence, std::span<const std::string> patterns);

} // namespace cutaway
