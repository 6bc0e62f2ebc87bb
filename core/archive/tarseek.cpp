// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/tarseek.h"

#include "core/archive/decoder.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::size_t kSniffBytes = 16;

/// A stream without its first bytes, cancellable on the way to them and after.
class TailStream : public ByteStream
{
public:
    TailStream(std::unique_ptr<ByteStream> from, std::uint64_t skipped, const Monitor &monitor)
        : m_from(std::move(from))
        , m_left(skipped)
        , m_monitor(monitor)
    {}

    Result<Bytes> next() override
    {
        while (true) {
            if (m_monitor.isCancelled()) {
                return failCancelled();
            }
            Result<Bytes> run = m_from->next();
            if (!run || run->empty() || m_left < run->size()) {
                if (run && !run->empty()) {
                    *run = run->subspan(static_cast<std::size_t>(std::exchange(m_left, 0)));
                }
                return run;
            }
            m_left -= run->size();
        }
    }

    Result<std::uint64_t> skip(std::uint64_t bytes) override
    {
        return m_left == 0 ? m_from->skip(bytes) : Result<std::uint64_t>(0);
    }

private:
    std::unique_ptr<ByteStream> m_from;
    std::uint64_t m_left;
    const Monitor &m_monitor;
};

Result<std::unique_ptr<Decoder>> resume(const SeekableTar &tar, std::size_t place)
{
    const RestartPlace &start = tar.restarts->places()[place];
    std::vector<std::byte> state;
    if (start.hasState) {
        const auto packed = tar.restarts->packedState(place);
        if (!packed) {
            return std::unexpected(packed.error());
        }
        auto unpacked = unpack(*packed, restartStateBytes());
        if (!unpacked) {
            return std::unexpected(unpacked.error());
        }
        state = std::move(*unpacked);
    }
    return resumeDecoder(streamOf(tar.blob, start.blobOffset), tar.compression, start, state);
}

} // namespace

std::uint64_t SeekableTar::startFor(std::uint64_t tarOffset) const
{
    if (compression == Compression::None) {
        return tarOffset;
    }
    const auto place = restarts != nullptr ? restarts->before(tarOffset) : std::nullopt;
    return place ? restarts->places()[*place].tarOffset : 0;
}

Result<std::unique_ptr<ByteStream>> SeekableTar::open(std::uint64_t tarOffset,
                                                      const Monitor &monitor) const
{
    if (compression == Compression::None) {
        return std::make_unique<TailStream>(streamOf(blob, tarOffset), 0, monitor);
    }
    if (const auto place = restarts != nullptr ? restarts->before(tarOffset) : std::nullopt) {
        if (auto decoder = resume(*this, *place)) {
            return std::make_unique<TailStream>(
                std::make_unique<DecodedStream>(std::move(*decoder)),
                tarOffset - restarts->places()[*place].tarOffset,
                monitor);
        }
    }
    return std::make_unique<TailStream>(
        decompress(streamOf(blob), compression, limits), tarOffset, monitor);
}

Result<SeekableTar> seekableTar(ByteSourcePtr blob, RestartIndexPtr restarts, const Limits &limits)
{
    std::array<std::byte, kSniffBytes> head{};
    const auto count = blob->readAt(0, head);
    if (!count) {
        return std::unexpected(count.error());
    }
    return SeekableTar{
        std::move(blob), sniffCompression(Bytes(head).first(*count)), std::move(restarts), limits};
}

} // namespace cutaway
