// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"
#include "core/tree/fileobserver.h"

#include <cstdint>
#include <optional>
#include <span>
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
    /// first limits::kContentBytes, of binary ones perhaps no more than limits::kHeadBytes. Nothing
    /// where it was not kept and cannot be read any more, or the limit on such readings is spent.
    /// May be long the first time. For one thread at a time.
    [[nodiscard]] virtual std::optional<FileContent> content(EntryId entry) const = 0;
    /// The same where limits::kHeadBytes are enough, to tell a script from a program.
    [[nodiscard]] virtual std::optional<FileContent> head(EntryId entry) const
    {
        return content(entry);
    }

    /// What observers found out about the file while its layer was read; empty where nothing.
    [[nodiscard]] virtual std::string_view fact(EntryId entry, std::uint32_t kind) const
    {
        (void)entry;
        (void)kind;
        return {};
    }
    /// All that they found in a layer, in the order of its tar.
    [[nodiscard]] virtual std::span<const FileFact> facts(LayerIndex layer) const
    {
        (void)layer;
        return {};
    }
};

} // namespace cutaway
