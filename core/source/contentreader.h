// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/imagesource.h"

#include <functional>
#include <vector>

namespace cutaway {

/// Receives contents.
struct ContentReceiver
{
    /// Called before the first run of each entry.
    std::function<Result<>(EntryId entry)> begin;
    /// The content of one file at a time: runs in order, holes of sparse files filled with zeros.
    std::function<Result<>(EntryId entry, Bytes run)> run;
};

/// Reads the contents of `entries` (regular files, or hard links: then of the file they are bound
/// to) in one pass over each layer concerned, in the order of the layers' tars. Regular files of no
/// bytes get their `begin` too. NotFound when the layer's bytes are not there any more.
[[nodiscard]] Result<> readContents(ImageSource &source,
                                    const Image &image,
                                    const std::vector<EntryId> &entries,
                                    const ContentReceiver &receiver,
                                    const Monitor &monitor);

/// How many bytes have to be unpacked before the content of a file is reached.
[[nodiscard]] std::uint64_t bytesBefore(ImageSource &source, const Image &image, EntryId entry);

} // namespace cutaway
