// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/config.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A word for the paths that match a glob; an empty word exempts them.
struct PathRow
{
    std::string_view kind;
    std::string glob;
};

/// Puts an image's home directories in place of `~` in globs: /root, those below /home, what the
/// image's HOME and XDG_CACHE_HOME say, and what its passwd does.
class Homes
{
public:
    explicit Homes(const ImageConfig &config, std::span<const std::string> ofUsers = {});

    /// Appends the rows that the glob, `~` and braces in it, stands for.
    void add(std::string_view kind, std::string_view glob, std::vector<PathRow> &rows) const;

private:
    void addHome(std::string home);

    std::vector<std::string> m_homes;
    std::string m_cacheHome; ///< XDG_CACHE_HOME, or empty
};

/// The value of an environment variable where it is an absolute path that no glob character stands
/// in, without a slash at the end; else empty.
[[nodiscard]] std::string absolutePathIn(const ImageConfig &config, std::string_view variable);

} // namespace cutaway
