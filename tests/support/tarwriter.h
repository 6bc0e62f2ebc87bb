// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway::test {

/// Writes tar archives in memory, byte by byte, so that tests can also write what no tool would.
class TarWriter
{
public:
    struct Options
    {
        std::uint32_t mode = 0644;
        std::uint64_t uid = 0;
        std::uint64_t gid = 0;
        std::int64_t mtime = 0;
        /// Records put before the entry.
        // Without the initialiser g++ warns wherever it is left out.
        // NOLINTNEXTLINE(readability-redundant-member-init)
        std::vector<std::pair<std::string, std::string>> pax = {};
    };

    TarWriter &file(std::string_view name, std::string_view content);
    TarWriter &file(std::string_view name, std::string_view content, const Options &options);
    TarWriter &directory(std::string_view name);
    TarWriter &directory(std::string_view name, const Options &options);
    TarWriter &symlink(std::string_view name, std::string_view target);
    TarWriter &hardlink(std::string_view name, std::string_view target);
    TarWriter &whiteout(std::string_view hiddenPath); ///< "a/b" writes "a/.wh.b"
    TarWriter &opaque(std::string_view directory);
    /// Any header: `size` is what the header says, `content` what follows it (padded).
    TarWriter &raw(std::string_view name,
                   char typeFlag,
                   std::uint64_t size,
                   std::string_view content,
                   std::string_view target,
                   const Options &options);
    TarWriter &bytes(std::string_view raw); ///< as they are

    /// The archive with its two zero blocks; the writer may go on.
    [[nodiscard]] std::string finish() const;
    /// The archive without an end mark.
    [[nodiscard]] const std::string &unfinished() const { return m_bytes; }

private:
    void header(std::string_view name,
                char typeFlag,
                std::uint64_t size,
                std::string_view target,
                const Options &options);
    void paxHeader(const std::vector<std::pair<std::string, std::string>> &records);

    std::string m_bytes;
};

/// One gzip member / one zstd frame around the bytes.
[[nodiscard]] std::string gzip(std::string_view bytes);
[[nodiscard]] std::string zstd(std::string_view bytes);

} // namespace cutaway::test
