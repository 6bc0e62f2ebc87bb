// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/endoflife.h"

#include "core/audit/endoflifedata.h"
#include "core/base/json.h"

#include <array>
#include <charconv>
#include <utility>

namespace cutaway {

namespace chrono = std::chrono;

std::string dayText(chrono::sys_days day)
{
    const chrono::year_month_day date(day);
    const auto digits = [](unsigned number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return std::to_string(static_cast<int>(date.year())) + '-'
           + digits(static_cast<unsigned>(date.month())) + '-'
           + digits(static_cast<unsigned>(date.day()));
}

std::optional<chrono::sys_days> dayOf(std::string_view text)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto number = [&](std::size_t at, std::size_t count, auto &value) {
        const char *const end = text.data() + at + count;
        return std::from_chars(text.data() + at, end, value).ptr == end;
    };
    if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) {
        return std::nullopt;
    }
    const chrono::year_month_day date{chrono::year(year), chrono::month(month), chrono::day(day)};
    return date.ok() ? std::optional(chrono::sys_days(date)) : std::nullopt;
}

Result<EndOfLifeTable> EndOfLifeTable::parse(std::string_view json)
{
    auto parsed = parseJson(json, "end-of-life table");
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const auto date = dayOf(parsed->value["date"].toString());
    if (!date) {
        return fail(ErrorCode::InvalidInput, "the end-of-life table has no date");
    }
    EndOfLifeTable table;
    table.m_date = *date;
    for (const Json &row : parsed->value["systems"].elements()) {
        System system;
        system.name = row["name"].toString();
        for (const auto &[version, end] : row["releases"].members()) {
            const auto day = dayOf(end.toString());
            if (!day && !end.isNull()) {
                return fail(ErrorCode::InvalidInput, system.name + ' ' + version + ": no date");
            }
            system.releases.emplace(version, day);
        }
        table.m_systems.emplace(row["id"].toString(), std::move(system));
    }
    return table;
}

const EndOfLifeTable &EndOfLifeTable::builtIn()
{
    // The data are ours, and a test reads them: nothing is empty here.
    static const EndOfLifeTable kTable = parse(kEndOfLifeJson).value_or(EndOfLifeTable());
    return kTable;
}

std::string_view EndOfLifeTable::systemId(std::string_view id)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kOthers = {
        {{"opensuse", "opensuse-leap"}, {"sled", "sles"}, {"sle_hpc", "sles"}}};
    for (const auto &[other, usual] : kOthers) {
        if (id == other) {
            return usual;
        }
    }
    return id;
}

std::optional<EndOfLifeTable::Release> EndOfLifeTable::find(std::string_view id,
                                                            std::string_view version) const
{
    const auto system = m_systems.find(systemId(id));
    if (system == m_systems.end()) {
        return std::nullopt;
    }
    while (!version.empty()) {
        const auto release = system->second.releases.find(version);
        if (release != system->second.releases.end()) {
            return Release{system->second.name, release->first, release->second};
        }
        const std::size_t dot = version.rfind('.');
        version = version.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
    return std::nullopt;
}

} // namespace cutaway
