// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/pathrows.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Where tools keep their caches: "apt-lists", "npm", …, the last part of the cache rules' ids. An
/// empty kind looks like a cache and is none. The first row that matches decides. `ofUsers` are
/// homes beside the usual ones.
[[nodiscard]] std::vector<PathRow> cacheRows(const ImageConfig &config,
                                             std::span<const std::string> ofUsers = {});

/// Tells which tool's cache a file belongs to, by where it lies.
class CacheKinds
{
public:
    explicit CacheKinds(const ImageConfig &config, std::span<const std::string> homes = {});

    /// The kind; empty for a file of no known cache.
    std::string_view of(std::string_view path) const;

private:
    std::vector<PathRow> m_rows;
};

} // namespace cutaway
