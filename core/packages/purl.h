// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// Whether a distribution's package manager has it.
[[nodiscard]] bool isOfDistribution(Ecosystem ecosystem);

/// The package URL (ECMA-427): "pkg:deb/debian/bash@5.2.15-2?arch=amd64&distro=debian-12". Empty
/// where there is no name.
[[nodiscard]] std::string packageUrl(const PackageRecord &package,
                                     const Distribution &distribution);

/// A URL of any type, its qualifiers sorted by their keys; those without a value are left out.
[[nodiscard]] std::string purlOf(
    std::string_view type,
    std::string_view name,
    std::string_view version,
    const std::vector<std::pair<std::string_view, std::string>> &qualifiers);

/// What a package URL says of a package, to compare it with others: their producers spell names in
/// several ways.
struct PackageKey
{
    std::string name; ///< with its type and namespace, "npm/@scope/name"; of distributions without
    std::string version; ///< empty where it has none

    std::string kind() const { return name.substr(0, name.find('/')); } ///< "npm"
};
/// Nothing where it is no package URL.
[[nodiscard]] std::optional<PackageKey> packageKey(std::string_view purl);

} // namespace cutaway
