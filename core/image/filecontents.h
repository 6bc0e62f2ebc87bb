// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"

#include <optional>
#include <string_view>

namespace cutaway {

/// The beginning of a regular file's content.
struct FileContent
{
    std::string_view bytes; ///< raw; valid as long as the FileContents that gave it
    bool isWhole = false;   ///< nothing comes behind them
};

/// What files hold, for those who judge an image. Most of what is asked for was kept when the
/// layers were read; the rest is read when it is asked for, up to a limit.
class FileContents
{
public:
    FileContents() = default;
    virtual ~FileContents() = default;
    FileContents(const FileContents &) = delete;
    FileContents &operator=(const FileContents &) = delete;

    /// The content of a regular file, or of what a hard link is bound to; of long files the
    /// beginning. Nothing where it was not kept and cannot be read any more, or the limit on such
    /// readings is spent. May be long the first time. For one thread at a time.
    [[nodiscard]] virtual std::optional<FileContent> content(EntryId entry) const = 0;
};

} // namespace cutaway
