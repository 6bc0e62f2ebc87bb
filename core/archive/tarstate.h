// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/pax.h"
#include "core/archive/remarks.h"
#include "core/archive/tarcursor.h"
#include "core/archive/tarheader.h"
#include "core/archive/tarinput.h"

namespace cutaway {

/// Bytes from the end of `size` bytes to the next block.
[[nodiscard]] std::uint64_t tarPadding(std::uint64_t size);
/// Corrupt: "WHAT (tar header at byte N)".
[[nodiscard]] std::unexpected<Error> corruptAt(std::uint64_t offset, std::string_view what);
[[nodiscard]] std::unexpected<Error> atHeader(std::uint64_t offset, const Error &error);

/// What a cursor knows. The walk over headers is in tarcursor.cpp, what a header and its extensions
/// say about a member in tarmember.cpp.
struct TarCursor::State
{
    enum class Step : std::uint8_t { Member, Other, End };

    State(ByteStream &from, std::uint64_t offset, const Limits &given)
        : input(from, offset)
        , limits(given)
    {}

    Result<Step> step();
    Result<Step> endMark();
    Result<Step> takeMeta(const TarHeader &header, std::uint64_t at);
    Result<Step> takeMember(const TarHeader &header, std::uint64_t at);
    Result<> takeNames(const TarHeader &header);
    Result<> takeNumbers(const TarHeader &header);
    Result<> takeTime(const TarHeader &header);
    Result<> takeDevice(const TarHeader &header);
    Result<> takeSize(const TarHeader &header);
    Result<> takeSparse(const TarHeader &header);
    void takeXattrs();
    Result<std::uint32_t> idOf(std::string_view field, PaxKey key, std::string_view what);
    Result<> passOverRest();
    Result<> drainToEnd();
    void clearPending();

    TarInput input;
    Limits limits;
    TarMember member;
    Result<> status;
    Remarks remarks;

    PaxRecords pax;
    std::optional<std::string> longName;
    std::optional<std::string> longTarget;
    std::optional<std::uint64_t> pendingAt; ///< first meta header of the member to come

    std::uint64_t headerOffset = 0; ///< of the header in hand, for messages
    std::uint64_t dataLeft = 0;     ///< of what readData() gives
    std::uint64_t restLeft = 0;     ///< data behind it, and padding
    std::uint64_t padding = 0;      ///< part of restLeft that may be missing at the very end
    bool isAtEnd = false;
};

} // namespace cutaway
