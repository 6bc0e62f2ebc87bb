// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/inventory.h"

#include <cstdint>
#include <ranges>
#include <span>
#include <string_view>

namespace cutaway {

/// Finds out why each package is there, by what they need and recommend, for those package managers
/// that tell what somebody asked for. Versions are not compared: what is installed fits together.
/// Of alternatives all that are there count.
void findReasons(std::span<Package> packages);

/// "asked", "needed", "recommended", "none"; empty for Unknown.
[[nodiscard]] std::string_view reasonName(Reason reason);

/// The name in "libc6:any (>= 2.36)", "so:libc.so.1=1.2" or "glibc>=2.3".
[[nodiscard]] std::string_view relationName(std::string_view relation);

/// Visits the parts of "a | b (>= 1)": any of them will do.
template<typename Visit>
void forEachAlternative(std::string_view relation, Visit visit)
{
    for (auto &&part : std::views::split(relation, '|')) {
        visit(std::string_view(part.begin(), part.end()));
    }
}

/// Packages that are there for that reason.
struct ReasonSum
{
    std::uint32_t packages = 0;
    std::uint64_t bytes = 0; ///< that would be free without them
};
[[nodiscard]] ReasonSum sumOf(const Packages &packages, Reason reason);

} // namespace cutaway
