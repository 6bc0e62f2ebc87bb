// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/packagelimits.h"
#include "core/packages/rpm.h"
#include "core/packages/sqliterows.h"
#include "core/packages/stanzas.h"

#include <utility>

namespace cutaway {

std::string readDnfHistory(std::string bytes)
{
    constexpr const char *kQuery =
        "SELECT rpm.name || '.' || rpm.arch || ' ' || trans_item.reason FROM trans_item "
        "JOIN rpm ON rpm.item_id = trans_item.item_id ORDER BY trans_item.id";
    std::string lines;
    const Result<> read =
        forEachSqliteBlob(std::move(bytes), kQuery, [&lines](std::string_view row) {
            if (lines.size() + row.size() < limits::kPackageFileBytes) {
                lines += std::string(row) + '\n';
            }
        });
    // The order matters, and of a damaged one the end may be missing.
    return read ? lines : std::string();
}

std::map<std::string, InstalledAs, std::less<>> dnfReasons(std::string_view lines)
{
    std::map<std::string, InstalledAs, std::less<>> reasons;
    while (!lines.empty()) {
        const std::string_view line = takeLine(lines);
        const std::size_t blank = line.rfind(' ');
        const auto reason =
            blank == std::string_view::npos ? std::nullopt : numberOf(line.substr(blank));
        if (!reason) {
            continue;
        }
        InstalledAs as = InstalledAs::Unknown;
        switch (*reason) {
        case 1:                                  // as a dependency
        case 4: as = InstalledAs::Needed; break; // as a weak one
        case 2:                                  // by somebody
        case 5: as = InstalledAs::Asked; break;  // with a group of packages
        default: break;
        }
        reasons[std::string(line.substr(0, blank))] = as;
    }
    return reasons;
}

} // namespace cutaway
