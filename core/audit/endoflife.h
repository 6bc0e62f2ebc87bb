// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cutaway {

/// Until when distributions mend what is found in their releases.
class EndOfLifeTable
{
public:
    struct Release
    {
        std::string system;                       ///< "Debian"
        std::string version;                      ///< as the table has it: "11"
        std::optional<std::chrono::sys_days> end; ///< the last day; nothing where none is announced
    };

    /// From JSON as in resources/data/endoflife.json.
    [[nodiscard]] static Result<EndOfLifeTable> parse(std::string_view json);
    /// The one that is built in.
    [[nodiscard]] static const EndOfLifeTable &builtIn();

    std::chrono::sys_days date() const { return m_date; }
    bool knows(std::string_view id) const { return m_systems.contains(systemId(id)); }
    /// The release of an os-release's ID and VERSION_ID: "3.11.6" is found as "3.11", "9.4" as "9".
    [[nodiscard]] std::optional<Release> find(std::string_view id, std::string_view version) const;

private:
    struct System
    {
        std::string name;
        std::map<std::string, std::optional<std::chrono::sys_days>, std::less<>> releases;
    };
    static std::string_view systemId(std::string_view id);

    std::chrono::sys_days m_date;
    std::map<std::string, System, std::less<>> m_systems;
};

/// "2026-08-31".
[[nodiscard]] std::string dayText(std::chrono::sys_days day);
/// The day of a text that begins with one: "2024-05-01T…"; nothing where it is none.
[[nodiscard]] std::optional<std::chrono::sys_days> dayOf(std::string_view text);

} // namespace cutaway
