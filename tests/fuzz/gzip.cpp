// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/inflater.h"
#include "tests/fuzz/decoding.h"

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

/// An inflater that is watched: it must stay inside what it was given.
class Watched : public Inflater
{
public:
    explicit Watched(std::unique_ptr<Inflater> inflater)
        : m_inflater(std::move(inflater))
    {}

    void beginMember() override { m_inflater->beginMember(); }
    Step inflate(Bytes in, std::span<std::byte> out) override
    {
        Step step = m_inflater->inflate(in, out);
        require(step.taken <= in.size(), "no more is taken than there is");
        require(step.made <= out.size(), "no more is made than there is room for");
        return step;
    }

private:
    std::unique_ptr<Inflater> m_inflater;
};

std::unique_ptr<Decoder> watched(std::unique_ptr<ByteStream> from,
                                 std::unique_ptr<Inflater> inflater)
{
    return gzipDecoder(std::move(from), std::make_unique<Watched>(std::move(inflater)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Choices choices(textOf(data, size));
    const Decoded fast = decodeInChunks(
        choices.rest(),
        [](std::unique_ptr<ByteStream> from) { return watched(std::move(from), fastInflater()); },
        choices);
    const Decoded plain = decodeInChunks(
        choices.rest(),
        [](std::unique_ptr<ByteStream> from) { return watched(std::move(from), zlibInflater()); },
        choices);
    // ISA-L passes some code tables that zlib refuses, with the right checksum all the same.
    if (fast.isWhole && plain.isWhole) {
        require(fast.bytes == plain.bytes, "both inflaters make the same");
    }
    require(fast.isWhole || !plain.isWhole, "what zlib reads is read");
    return 0;
}
