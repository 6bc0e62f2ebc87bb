// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/filecontents.h"
#include "core/tree/resolve.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Asking the final file system as a container would: symbolic links are followed inside the image.
namespace cutaway {

struct ImageConfig;

/// Whether something is there in the end.
[[nodiscard]] bool pathExists(const PathTree &tree, std::string_view path);

/// The program of that name, as execvp finds it: a path as it is (relative ones from the working
/// directory), a bare name along PATH. kNone where there is none.
[[nodiscard]] NodeId findProgram(const PathTree &tree,
                                 const ImageConfig &config,
                                 std::string_view name);

/// Directories in PATH, or those that engines put there.
[[nodiscard]] std::vector<std::string> programFolders(const ImageConfig &config);

/// The entry of a program below one of the usual program folders (/usr/bin, /sbin …), not
/// following links that lead to `busybox`; kNone where there is none.
[[nodiscard]] EntryId installedProgram(const PathTree &tree, std::string_view name);

/// What the file at the path holds in the end, links followed; nothing where there is no regular
/// file or its content cannot be had. `contents` may be nullptr.
[[nodiscard]] std::optional<FileContent> contentAt(const PathTree &tree,
                                                   const FileContents *contents,
                                                   std::string_view path);

} // namespace cutaway
