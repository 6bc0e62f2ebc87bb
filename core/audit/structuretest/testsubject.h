// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/image/filecontents.h"
#include "core/image/image.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// What is at a path, as lstat(2) in a container would have it.
struct FoundFile
{
    EntryType type = EntryType::Directory;
    std::uint16_t mode = 0;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

struct TestContent
{
    std::string text; ///< valid UTF-8; other bytes are U+FFFD, as Go's patterns take them
    bool isWhole = true;
};

/// A file's type and permissions as Go writes them: "-rwxr-xr-x", "drwxr-xr-x", "Lrwxrwxrwx",
/// "urwxr-xr-x" (setuid), "dtrwxrwxrwx" (sticky).
[[nodiscard]] std::string goFileMode(EntryType type, std::uint16_t mode);

/// `$NAME` and `${NAME}` replaced as Go's os.Expand does; what is not set is empty.
[[nodiscard]] std::string expandVariables(
    std::string_view text, const std::map<std::string, std::string, std::less<>> &variables);

/// An image as its tests ask about it. `$NAME` in paths stands for the image's variables and those
/// that the test file sets.
class TestSubject
{
public:
    using Variables = std::map<std::string, std::string, std::less<>>;

    TestSubject(const Image &image,
                const std::vector<std::pair<std::string, std::string>> &globals,
                const FileContents *contents);

    const ImageConfig &config() const { return m_image.config; }
    /// Of the image alone.
    const Variables &imageVariables() const { return m_imageVariables; }
    std::string expanded(std::string_view path) const;
    /// Links are followed but for one at the very end.
    std::optional<FoundFile> fileAt(const std::string &path) const;
    /// The regular file that the path leads to; kNone where there is none.
    EntryId contentEntry(const std::string &path) const;
    /// NotFound where there is no regular file or its content could not be read.
    Result<TestContent> contentAt(const std::string &path) const;
    /// Names of the directories in a directory.
    std::vector<std::string> foldersIn(std::string_view path) const;
    /// "8080" whatever its protocol, or "8080/udp".
    bool exposes(std::string_view port) const;

private:
    bool hasTree() const { return m_image.tree != nullptr && m_image.tree->nodeCount() > 0; }

    const Image &m_image;
    Variables m_imageVariables;
    Variables m_variables;
    const FileContents *m_contents;
};

} // namespace cutaway
