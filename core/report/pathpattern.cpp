// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/pathpattern.h"

#include "core/base/glob.h"

namespace cutaway {
namespace {

bool hasWildcard(std::string_view pattern)
{
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '\\') {
            ++at;
        } else if (pattern[at] == '*' || pattern[at] == '?'
                   || (pattern[at] == '[' && pattern.find(']', at + 2) != std::string_view::npos)) {
            return true;
        }
    }
    return false;
}

} // namespace

PathPattern::PathPattern(std::string_view pattern)
{
    if (pattern.empty()) {
        return;
    }
    const std::string anywhere = pattern.starts_with('/') ? "" : "**/";
    while (pattern.ends_with('/')) {
        pattern.remove_suffix(1);
    }
    m_glob = anywhere + std::string(pattern);
    if (!hasWildcard(pattern)) {
        m_below = m_glob + "/**";
    }
}

bool PathPattern::matches(std::string_view path) const
{
    return (!m_glob.empty() && globMatches(m_glob, path, GlobText::Path))
           || (!m_below.empty() && globMatches(m_below, path, GlobText::Path));
}

} // namespace cutaway
