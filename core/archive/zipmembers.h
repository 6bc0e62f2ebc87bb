// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace cutaway {

/// Who looks into a zip file.
struct ZipVisitor
{
    /// Whether the content of that member is wanted, whose size is no more than a claim.
    std::function<bool(std::string_view name, std::uint64_t size)> wants;
    std::function<void(std::string_view name, const std::string &content)> visit;
    std::uint64_t mostBytes = 0; ///< of one content; longer ones are passed over
    std::size_t mostMembers = 0; ///< looked at
};

/// Goes over the members that the central directory of a zip file in memory names. What of them
/// cannot be read is passed over; an error only where the whole is no zip file.
[[nodiscard]] Result<> forEachZipMember(std::string_view bytes, const ZipVisitor &visitor);

} // namespace cutaway
