// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cutaway::sample {

struct Meta
{
    std::uint32_t mode = 0644;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

/// Writes a plain ustar archive in memory: names up to 100 bytes, which is all the sample needs.
class Ustar
{
public:
    /// Seconds since 1970 that the entries to come are dated.
    void setTime(std::int64_t seconds) { m_time = seconds; }

    void directory(std::string_view name, Meta meta = {.mode = 0755});
    void file(std::string_view name, std::string_view content, Meta meta = {});
    void symlink(std::string_view name, std::string_view target);
    void hardlink(std::string_view name, std::string_view target, Meta meta = {});
    void whiteout(std::string_view folder,
                  std::string_view name); ///< hides folder/name of lower layers
    void opaque(std::string_view folder); ///< hides all that lower layers have in folder

    /// The whole archive, end mark included.
    [[nodiscard]] std::string finish() const;

private:
    void header(
        std::string_view name, char type, std::uint64_t size, std::string_view target, Meta meta);

    std::string m_bytes;
    std::int64_t m_time = 0;
};

} // namespace cutaway::sample
