// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/packages/package.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Releases that nobody should have, by name and version.
class BadPackages
{
public:
    struct Row
    {
        std::vector<std::string> ecosystems; ///< ecosystemName()
        std::vector<std::string> names;      ///< of the package or its source package
        std::vector<std::string> versions;   ///< exact, without a distribution's revision
        std::string id;                      ///< "CVE-2024-3094"
        std::string what;                    ///< "a backdoor in liblzma"
        std::string source;                  ///< an address
    };

    /// From JSON as in resources/data/badpackages.json.
    [[nodiscard]] static Result<BadPackages> parse(std::string_view json);
    /// The one that is built in.
    [[nodiscard]] static const BadPackages &builtIn();

    std::chrono::sys_days date() const { return m_date; }
    const std::vector<Row> &rows() const { return m_rows; }
    /// nullptr where the release is not in the list.
    [[nodiscard]] const Row *find(const PackageRecord &record) const;

private:
    std::chrono::sys_days m_date;
    std::vector<Row> m_rows;
};

/// The version that a release has from its makers: a distribution's epoch and revision are left
/// out ("1:5.6.1-1" is "5.6.1", "5.6.1+really5.4.5-1" is not).
[[nodiscard]] std::string_view releaseVersion(const PackageRecord &record);

} // namespace cutaway
