// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace cutaway {

/// Who looks into a zip file.
struct ZipVisitor
{
    /// Whether the content of that member is wanted.
    std::function<bool(std::string_view name, std::uint64_t size)> wants;
    std::function<void(std::string_view name, std::string_view content)> visit;
    std::size_t mostMembers = 0; ///< looked at
};

/// Goes over the members that the central directory of a zip file in memory names
/// (APPNOTE.TXT 6.3), bytes before the first one allowed. What of them cannot be read is passed
/// over: encrypted ones, other compressions than deflate, ones of 4 GiB, and all those that
/// together say they are longer than `budget`, which is lessened by them. An error only where the
/// whole is no zip file. By hand, for libarchive asks for the time zone with each member, which
/// costs more than all else.
[[nodiscard]] Result<> forEachZipMember(std::string_view bytes,
                                        const ZipVisitor &visitor,
                                        std::uint64_t &budget);

} // namespace cutaway
