// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/paths.h"

namespace cutaway {

NormalPath normalisePath(std::string_view path)
{
    NormalPath normal;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t slash = std::min(path.find('/', at), path.size());
        const std::string_view component = path.substr(at, slash - at);
        at = slash + 1;
        if (component.empty() || component == ".") {
            continue;
        }
        if (component != "..") {
            normal.components.push_back(component);
        } else if (normal.components.empty()) {
            normal.leftRoot = true;
        } else {
            normal.components.pop_back();
        }
    }
    return normal;
}

std::string joinPath(const std::vector<std::string_view> &components)
{
    std::string path;
    for (const std::string_view component : components) {
        if (!path.empty()) {
            path += '/';
        }
        path += component;
    }
    return path;
}

std::string_view baseName(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

} // namespace cutaway
