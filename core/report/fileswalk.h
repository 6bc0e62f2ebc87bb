// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace cutaway {

/// One line of a file list.
struct FileRow
{
    NodeId node = kNone;
    EntryId entry = kNone; ///< what the line describes; of a removed path the entry that was hidden
    EntryId inode = kNone; ///< whose mode, owner, time and link target hold: of a bound hard link
                           ///< the entry that it is bound to
    EntryId group = kNone; ///< content entry of a file with several names
    std::uint64_t size = 0;
    LayerIndex hiddenBy = kNoLayer;
    EntryType type = EntryType::File;
    std::optional<Change> change; ///< none for whiteouts and opaque markers
};

/// Gives the rows that the query asks for, in its order. Sorted by path: one row at a time, nothing
/// kept.
void walkFiles(const Image &image,
               const FilesQuery &query,
               const std::function<void(const FileRow &)> &visit);

/// "file", "dir", "symlink" …
[[nodiscard]] std::string_view entryTypeName(EntryType type);
[[nodiscard]] std::string_view changeName(Change change); ///< "added", "modified" …
[[nodiscard]] std::string_view changeSign(Change change); ///< "+", "~" …; a blank for unmodified

} // namespace cutaway
