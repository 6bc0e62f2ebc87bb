// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cutaway {

struct AuditContext;
class FileContents;
class PathTree;

/// Which distribution the files are from, as far as they tell. Text as the image has it.
struct OsRelease
{
    std::string id;      ///< "debian", "opensuse-leap"; in small letters
    std::string version; ///< VERSION_ID: "12", "3.20.1"; may be empty
    std::string name;    ///< "Debian GNU/Linux"
    std::string file;    ///< that told, as it was found: "/etc/os-release"
};

/// Of the text of an os-release file (man 5 os-release); nothing where it names nothing.
[[nodiscard]] std::optional<OsRelease> parseOsRelease(std::string_view text);
/// Of the line of an older file: "Rocky Linux release 8.10 (Green Obsidian)".
[[nodiscard]] std::optional<OsRelease> parseReleaseLine(std::string_view line);

/// Looks at /etc/os-release, /usr/lib/os-release and the older files, by content.
[[nodiscard]] std::optional<OsRelease> osReleaseOf(const AuditContext &context);
[[nodiscard]] std::optional<OsRelease> osReleaseOf(const PathTree &tree,
                                                   const FileContents *contents);

} // namespace cutaway
