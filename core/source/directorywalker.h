// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"
#include "core/base/monitor.h"
#include "core/source/beneath.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct stat;

namespace cutaway {

/// Reads a directory tree as if it were a layer's tar: names sorted, links not followed, other file
/// systems not entered, nothing but regular files opened, their content hashed while reading and
/// shown to the observer that the options ask for. Entries are told by their number, where those of
/// a tar are by their place.
class DirectoryWalker
{
public:
    DirectoryWalker(int root, const LayerReadOptions &options, Monitor &monitor);
    [[nodiscard]] Result<LayerReading> run();

private:
    Result<> readDirectory(const std::string &path);
    Result<> addEntry(const OwnedFd &directory, const std::string &path, const std::string &name);
    Result<> addFile(const OwnedFd &directory, const std::string &path, const std::string &name);
    Result<ContentHash> readContent(int descriptor, const std::string &path, Entry &entry);
    Entry entryOf(const struct stat &status) const;
    void remark(const std::string &path, std::string_view what);
    Result<> append(const std::string &path,
                    Entry entry,
                    std::string_view target,
                    const ContentHash &hash,
                    int xattrsFrom);

    int m_root;
    std::uint64_t m_mostEntries;
    std::unique_ptr<FileObserver> m_observer;
    Monitor &m_monitor;
    std::uint64_t m_device = 0;
    std::uint64_t m_bytes = 0;
    std::vector<std::string> m_stack; ///< directories to read
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> m_linked; ///< (device, inode)
    std::vector<std::byte> m_block;
    LayerReading m_reading;
};

} // namespace cutaway
