// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/filecontents.h"
#include "core/image/image.h"
#include "core/packages/inventory.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace cutaway {

/// Where whole contents come from.
struct WholeContents
{
    using Visit = std::function<void(EntryId entry, std::string_view bytes)>;

    /// What is in memory already; empty where it is not, or not whole.
    std::function<std::string_view(EntryId entry)> kept;
    /// Bytes that have to be unpacked before the file is reached.
    std::function<std::uint64_t(EntryId entry)> way;
    /// Reads files in the order that is cheapest. Those that cannot be read are left out.
    std::function<void(const std::vector<EntryId> &entries, const Visit &visit)> read;
};

/// Holds files of packages against the checksums that their databases have: dpkg's (MD5), apk's
/// (SHA-1), rpm's (MD5 or SHA-256), pacman's and Python's (SHA-256). To hash all of them would cost
/// as much as reading the image does; looked at are those that may well have changed: what a layer
/// behind the one that installed the package wrote, what is not older than the package's record
/// (not of Python's), and, where checksums are cheap to be had, what is in memory anyway. Within
/// limits::kCheckedFiles, kCheckedBytes and kCheckedShare. Settings below /etc and compiled Python
/// do not count.
void checkFiles(const Image &image,
                const FileContents &contents,
                const WholeContents &whole,
                Packages &packages);

} // namespace cutaway
