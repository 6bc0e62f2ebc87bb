// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/inventory.h"

namespace cutaway {

/// Sums up the bytes of packages whose files are known, by package, ecosystem and layer, and those
/// of none.
void weighPackages(const PathTree &tree, Packages &packages);

} // namespace cutaway
