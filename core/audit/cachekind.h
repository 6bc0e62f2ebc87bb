// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/config.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Tells which tool's cache a file belongs to, by where it lies. Homes are /root, those below
/// /home, and what the image's HOME and XDG_CACHE_HOME say.
class CacheKinds
{
public:
    explicit CacheKinds(const ImageConfig &config);

    /// "apt-lists", "npm", …: the last part of the cache rules' ids; empty for a file of no known
    /// cache.
    std::string_view of(std::string_view path) const;

private:
    struct Pattern
    {
        std::string_view kind;
        std::string glob;
    };
    void add(std::string_view kind, std::string_view glob);

    std::vector<std::string> m_homes;
    std::string m_cacheHome; ///< XDG_CACHE_HOME, or empty
    std::vector<Pattern> m_patterns;
};

} // namespace cutaway
