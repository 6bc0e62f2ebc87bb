// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <string>

namespace cutaway {

/// Whether a distribution's package manager has it.
[[nodiscard]] bool isOfDistribution(Ecosystem ecosystem);

/// The package URL (ECMA-427): "pkg:deb/debian/bash@5.2.15-2?arch=amd64&distro=debian-12". Empty
/// where there is no name.
[[nodiscard]] std::string packageUrl(const PackageRecord &package,
                                     const Distribution &distribution);

} // namespace cutaway
