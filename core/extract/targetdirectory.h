// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cutaway {

/// What a file on disk is to look like when it is done.
struct Attributes
{
    std::uint32_t mode = 0; ///< 07777; setuid and setgid are dropped unless owners are kept by root
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::int64_t mtime = 0;
    std::uint32_t mtimeNsec = 0;
};

/// A directory that files out of an image are written below, and nothing outside of it, whatever
/// their names and links say: every component is opened relative to the one before it and never
/// through a link. Paths are the image's, without a leading slash. Errors: Io; InvalidInput where
/// this file system cannot have such a name.
class TargetDirectory
{
public:
    struct Options
    {
        bool force = false; ///< may hold files already; those in the way are replaced
        bool keepOwner = false;
    };

    explicit TargetDirectory(const Options &options);
    ~TargetDirectory(); ///< removes a file that was begun and not ended
    TargetDirectory(const TargetDirectory &) = delete;
    TargetDirectory &operator=(const TargetDirectory &) = delete;

    /// Makes it when it is not there; refuses one that is not empty, without force.
    [[nodiscard]] Result<> open(const std::string &path);

    /// Writable for its owner alone until finishDirectory().
    [[nodiscard]] Result<> makeDirectory(std::string_view path);
    [[nodiscard]] Result<> finishDirectory(std::string_view path, const Attributes &attributes);

    [[nodiscard]] Result<> beginFile(std::string_view path, bool sparse);
    [[nodiscard]] Result<> write(Bytes bytes);
    [[nodiscard]] Result<> endFile(const Attributes &attributes);

    [[nodiscard]] Result<> makeHardLink(std::string_view existing, std::string_view path);
    [[nodiscard]] Result<> makeSymlink(std::string_view path,
                                       const std::string &target,
                                       const Attributes &attributes);
    [[nodiscard]] Result<> makeFifo(std::string_view path, const Attributes &attributes);

private:
    Result<int> openDirectory(std::string_view path) const;
    Result<int> parentOf(std::string_view path);
    Result<> clearTheWay(int parent, const std::string &name) const;
    Result<> applyTo(int descriptor, std::string_view path, const Attributes &attributes) const;
    std::uint32_t modeOf(const Attributes &attributes) const;
    void abandonFile();

    Options m_options;
    bool m_isRoot = false;
    int m_root = -1;
    std::string m_parentPath; ///< of m_parent, the directory used last
    int m_parent = -1;
    int m_file = -1;
    int m_fileParent = -1;
    std::string m_filePath;
    std::string m_fileName;
    std::uint64_t m_fileSize = 0;
    bool m_fileIsSparse = false;
};

} // namespace cutaway
