// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/pathrows.h"

#include "core/base/glob.h"

#include <algorithm>
#include <utility>

namespace cutaway {

std::string absolutePathIn(const ImageConfig &config, std::string_view variable)
{
    for (const std::string &entry : config.env) {
        if (entry.starts_with(variable) && entry.substr(variable.size(), 2) == "=/"
            && entry.find_first_of("*?{}[]\\") == std::string::npos) {
            std::string path = entry.substr(variable.size() + 1);
            while (path.ends_with('/')) {
                path.pop_back();
            }
            return path;
        }
    }
    return {};
}

Homes::Homes(const ImageConfig &config, std::span<const std::string> ofUsers)
    : m_homes{"/root", "/home/*"}
    , m_cacheHome(absolutePathIn(config, "XDG_CACHE_HOME"))
{
    addHome(absolutePathIn(config, "HOME"));
    for (const std::string &home : ofUsers) {
        addHome(home);
    }
}

void Homes::addHome(std::string home)
{
    constexpr std::string_view kHome = "/home/";
    const bool isBelowHome = home.starts_with(kHome) && home.find('/', kHome.size()) == home.npos;
    if (!home.empty() && !isBelowHome && std::ranges::find(m_homes, home) == m_homes.end()) {
        m_homes.push_back(std::move(home));
    }
}

void Homes::add(std::string_view kind, std::string_view glob, std::vector<PathRow> &rows) const
{
    constexpr std::string_view kCache = "/.cache/";
    for (const std::string &one : expandBraces(glob)) {
        if (!one.starts_with('~')) {
            rows.push_back({kind, one});
            continue;
        }
        const std::string rest = one.substr(1);
        for (const std::string &home : m_homes) {
            rows.push_back({kind, home + rest});
        }
        if (!m_cacheHome.empty() && rest.starts_with(kCache)) {
            rows.push_back({kind, m_cacheHome + rest.substr(kCache.size() - 1)});
        }
    }
}

} // namespace cutaway
