// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cutaway {

/// What `files` takes as a pattern for absolute paths: a glob; without a leading slash it matches
/// at any depth, without any wildcard it names a path and all that is below it.
class PathPattern
{
public:
    explicit PathPattern(std::string_view pattern);

    bool matches(std::string_view path) const;

private:
    std::string m_glob;  ///< empty: matches nothing
    std::string m_below; ///< of a pattern without wildcards
};

} // namespace cutaway
