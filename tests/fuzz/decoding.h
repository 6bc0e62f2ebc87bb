// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/decoder.h"
#include "tests/fuzz/fuzz.h"

#include <functional>

namespace cutaway::fuzz {

using MakeDecoder = std::function<std::unique_ptr<Decoder>(std::unique_ptr<ByteStream>)>;

/// What a decoder made of an input, at most so many bytes of it.
struct Decoded
{
    bool isWhole = false; ///< read to its end, without an error
    std::string bytes;
    std::string error;
};

/// Decodes the input in one piece and in chunks that the choices name, into buffers of several
/// sizes: the same must come out. Gives it.
///
/// `Library`: whether broken data is refused may depend on the chunks, for the library has a quick
/// way for what it has in one piece.
enum class Verdict : std::uint8_t { Ours, Library };
Decoded decodeInChunks(std::string_view input,
                       const MakeDecoder &make,
                       Choices choices,
                       Verdict verdict = Verdict::Ours);

} // namespace cutaway::fuzz
