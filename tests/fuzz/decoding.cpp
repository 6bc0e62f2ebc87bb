// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/decoding.h"

#include "core/base/text.h"
#include "tests/support/chunkstream.h"

#include <algorithm>
#include <array>

namespace cutaway::fuzz {

namespace {

constexpr std::size_t kMostBytes = 1u << 20;
constexpr std::array<std::size_t, 5> kBuffers = {1, 13, 512, 4096, 256 * 1024};

Decoded decode(Decoder &decoder, std::size_t buffer)
{
    Decoded decoded;
    std::vector<std::byte> into(buffer);
    const std::size_t most = std::min(kMostBytes, buffer * 4096);
    while (decoded.bytes.size() < most) {
        const Result<std::size_t> filled = decoder.fill(into);
        if (!filled) {
            decoded.error = filled.error().message;
            requireEqual(displayText(decoded.error), decoded.error, "safe message");
            return decoded;
        }
        require(*filled <= buffer, "no more than there is room for");
        decoded.bytes.append(reinterpret_cast<const char *>(into.data()), *filled);
        if (*filled < buffer) {
            decoded.isWhole = true;
            requireEqual(decoder.fill(into).value_or(1), 0, "an end stays an end");
            return decoded;
        }
    }
    return decoded;
}

} // namespace

Decoded decodeInChunks(std::string_view input,
                       const MakeDecoder &make,
                       Choices choices,
                       Verdict verdict)
{
    const auto run = [&](std::size_t chunk, std::size_t buffer) {
        const std::unique_ptr<Decoder> decoder =
            make(std::make_unique<test::ChunkStream>(std::string(input), chunk, choices.byte()));
        return decode(*decoder, buffer);
    };
    Decoded whole = run(std::max<std::size_t>(input.size(), 1), kBuffers.back());
    for (int i = 0; i < 2; ++i) {
        const std::size_t buffer = kBuffers.at(choices.below(kBuffers.size()));
        const Decoded chunked = run(choices.below(20), buffer);
        const std::size_t both = std::min(whole.bytes.size(), chunked.bytes.size());
        if (whole.error.empty() && chunked.error.empty()) {
            require(whole.bytes.compare(0, both, chunked.bytes, 0, both) == 0, "the same bytes");
        }
        // One that stopped at the limit says nothing of the end.
        if (verdict == Verdict::Ours && (whole.isWhole || chunked.isWhole)) {
            require(chunked.error.empty() && whole.error.empty(), "chunks do not matter");
        }
    }
    return whole;
}

} // namespace cutaway::fuzz
