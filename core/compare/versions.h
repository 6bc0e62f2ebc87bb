// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <compare>
#include <optional>
#include <string_view>

namespace cutaway {

/// Which version is the newer one by the rules of its ecosystem: dpkg's, rpm's (pacman's are the
/// same), Semantic Versioning for Node.js, Go and Rust; for the others numbers between dots, which
/// all of them order alike. Nothing where these rules do not say.
[[nodiscard]] std::optional<std::weak_ordering> compareVersions(Ecosystem ecosystem,
                                                                std::string_view a,
                                                                std::string_view b);

} // namespace cutaway
