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

/// Facts from this kind on are spare: where an image has too many of them some are dropped, and who
/// asks for them does without.
inline constexpr std::uint32_t kSpareFacts = 1u << 16;

/// What a layer's observer found, in the order of its tar.
using FileFacts = std::vector<FileFact>;

/// Memory that the spare ones among them take.
[[nodiscard]] std::uint64_t spareBytes(const FileFacts &facts);
void dropSpareFacts(FileFacts &facts);

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
    /// The file is complete. Not called for one that cannot be read to its end.
    virtual void end(FileFacts &facts) = 0;
};

/// Makes an observer for a layer that is about to be read. Called from reading threads.
using FileObserverFactory = std::function<std::unique_ptr<FileObserver>()>;

/// What to look for in files while layers are read.
struct FileWatch
{
    FileObserverFactory observe; ///< empty = nothing
    std::uint32_t version = 0;   ///< of what is found: facts of another version are not believed
    /// Of a watch that finds all this and more: its facts do as well. 0 = there is none.
    std::uint32_t fullerVersion = 0;

    explicit operator bool() const { return static_cast<bool>(observe); }
};

} // namespace cutaway
