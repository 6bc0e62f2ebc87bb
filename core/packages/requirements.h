// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/inventory.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cutaway {

/// Whether databases of that kind say what a package needs.
[[nodiscard]] bool tellsNeeds(Ecosystem ecosystem);

/// For each package of the list the places of those that it needs, sorted, itself left out: by
/// name and by what they provide, versions not compared, of alternatives all that are installed.
/// Within limits::kPackageEdges.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> neededPackages(
    std::span<const Package> packages);

} // namespace cutaway
