// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace cutaway {

/// Small files out of layers that can only be decompressed from their start (zstd in one frame, xz,
/// bzip2), kept after they were read once: reaching them again would take as long as the first
/// time. The least recently used ones go first. May be used from any thread.
class OpenedFiles
{
public:
    /// `offset` of the file's header within the tar of that blob.
    void put(const std::string &blob, std::uint64_t offset, std::string content);
    [[nodiscard]] std::shared_ptr<const std::string> find(const std::string &blob,
                                                          std::uint64_t offset);

private:
    struct File
    {
        std::string blob;
        std::uint64_t offset = 0;
        std::shared_ptr<const std::string> content;
    };

    std::mutex m_mutex;
    std::list<File> m_files; ///< the most recently used first
    std::uint64_t m_bytes = 0;
};

} // namespace cutaway
