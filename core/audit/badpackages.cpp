// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/badpackages.h"

#include "core/audit/badpackagesdata.h"
#include "core/audit/endoflife.h"
#include "core/base/json.h"
#include "core/packages/purl.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

std::vector<std::string> textsOf(const Json &list)
{
    std::vector<std::string> texts;
    for (const Json &text : list.elements()) {
        texts.push_back(text.toString());
    }
    return texts;
}

bool contains(const std::vector<std::string> &list, std::string_view word)
{
    return !word.empty() && std::ranges::find(list, word) != list.end();
}

} // namespace

std::string_view releaseVersion(const PackageRecord &record)
{
    std::string_view version = record.version;
    if (!isOfDistribution(record.ecosystem)) {
        return version;
    }
    if (const std::size_t colon = version.find(':'); colon != std::string_view::npos) {
        version.remove_prefix(colon + 1);
    }
    return version.substr(0, version.rfind('-'));
}

Result<BadPackages> BadPackages::parse(std::string_view json)
{
    auto parsed = parseJson(json, "list of bad packages");
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const auto date = dayOf(parsed->value["date"].toString());
    if (!date) {
        return fail(ErrorCode::InvalidInput, "the list of bad packages has no date");
    }
    BadPackages list;
    list.m_date = *date;
    for (const Json &row : parsed->value["packages"].elements()) {
        list.m_rows.push_back({textsOf(row["ecosystems"]),
                               textsOf(row["names"]),
                               textsOf(row["versions"]),
                               row["id"].toString(),
                               row["what"].toString(),
                               row["source"].toString()});
    }
    return list;
}

const BadPackages &BadPackages::builtIn()
{
    // The data are ours, and a test reads them: nothing is empty here.
    static const BadPackages kList = parse(kBadPackagesJson).value_or(BadPackages());
    return kList;
}

const BadPackages::Row *BadPackages::find(const PackageRecord &record) const
{
    const std::string_view ecosystem = ecosystemName(record.ecosystem);
    const std::string_view version = releaseVersion(record);
    const auto found = std::ranges::find_if(m_rows, [&](const Row &row) {
        return contains(row.ecosystems, ecosystem) && contains(row.versions, version)
               && (contains(row.names, record.name) || contains(row.names, record.source));
    });
    return found == m_rows.end() ? nullptr : &*found;
}

} // namespace cutaway
