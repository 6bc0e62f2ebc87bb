// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"
#include "core/tree/entry.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Something that was found out about one file while its layer was read. Kept with the layer's
/// tree, in the cache too; what the bytes mean is between those who wrote and those who read them.
struct FileFact
{
    std::uint64_t headerOffset = 0; ///< of the file's entry: tells it within its layer
    std::uint32_t kind = 0;
    std::string bytes;
};

/// Looks at the contents of one layer's files as they pass by. Called in the thread that parses the
/// layer, in the order of its tar; each layer has an observer of its own.
class FileObserver
{
public:
    FileObserver() = default;
    virtual ~FileObserver() = default;
    FileObserver(const FileObserver &) = delete;
    FileObserver &operator=(const FileObserver &) = delete;

    /// A regular file, its name as the tar has it. False: its bytes are not wanted, and neither of
    /// the other two is called.
    virtual bool begin(std::string_view name, const Entry &entry) = 0;
    /// The next bytes of it; holes of sparse files are left out.
    virtual void data(Bytes run) = 0;
    /// The file is complete.
    virtual void end(std::vector<FileFact> &facts) = 0;
};

/// Makes an observer for a layer that is about to be read. Called from reading threads.
using FileObserverFactory = std::function<std::unique_ptr<FileObserver>()>;

} // namespace cutaway
