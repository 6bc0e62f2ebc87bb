// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/codec.h"

#include "core/archive/decoder.h"
#include "core/archive/inflater.h"
#include "core/base/limits.h"

#include <algorithm>
#include <array>
#include <string>

namespace cutaway {

namespace {

bool startsWith(Bytes bytes, std::string_view magic)
{
    return bytes.size() >= magic.size()
           && std::ranges::equal(bytes.first(magic.size()), magic, {}, {}, [](char c) {
                  return static_cast<std::byte>(c);
              });
}

/// Frames of private data, which zstd:chunked may put first: 50..5F 2A 4D 18.
bool isSkippableFrame(Bytes bytes)
{
    return bytes.size() >= 4 && (bytes[0] & std::byte{0xf0}) == std::byte{0x50}
           && startsWith(bytes.subspan(1), "\x2a\x4d\x18");
}

/// Counts what a decoder is given.
class CountedStream : public ByteStream
{
public:
    explicit CountedStream(std::unique_ptr<ByteStream> from)
        : m_from(std::move(from))
    {}

    Result<Bytes> next() override
    {
        const Result<Bytes> run = m_from->next();
        m_bytes += run ? run->size() : 0;
        return run;
    }
    std::uint64_t bytes() const { return m_bytes; }

private:
    std::unique_ptr<ByteStream> m_from;
    std::uint64_t m_bytes = 0;
};

/// Holds what comes out against what went in.
class BoundedDecoder : public Decoder
{
public:
    /// `input` belongs to `decoder`.
    BoundedDecoder(std::unique_ptr<Decoder> decoder,
                   const CountedStream &input,
                   const Limits &limits)
        : m_decoder(std::move(decoder))
        , m_input(input)
        , m_limits(limits)
    {}

    Result<std::size_t> fill(std::span<std::byte> into) override
    {
        const Result<std::size_t> filled = m_decoder->fill(into);
        m_unpacked += filled ? *filled : 0;
        const Result<> bounded = checkUnpacked(m_input.bytes(), m_unpacked, m_limits);
        return bounded ? filled : std::unexpected(bounded.error());
    }
    std::string_view remark() const override { return m_decoder->remark(); }

private:
    std::unique_ptr<Decoder> m_decoder;
    const CountedStream &m_input;
    Limits m_limits;
    std::uint64_t m_unpacked = 0;
};

std::unique_ptr<Decoder> plainDecoder(std::unique_ptr<ByteStream> from,
                                      Compression compression,
                                      RestartCollector *collector)
{
    DecoderStart start;
    start.collector = collector;
    switch (compression) {
    case Compression::Gzip: return gzipDecoder(std::move(from), fastInflater(), start);
    case Compression::Zstd: return zstdDecoder(std::move(from), start);
    default: return filterDecoder(std::move(from), compression);
    }
}

} // namespace

Compression sniffCompression(Bytes firstBytes)
{
    using namespace std::string_view_literals;
    if (startsWith(firstBytes, "\x1f\x8b"sv)) {
        return Compression::Gzip;
    }
    if (startsWith(firstBytes, "\x28\xb5\x2f\xfd"sv) || isSkippableFrame(firstBytes)) {
        return Compression::Zstd;
    }
    if (startsWith(firstBytes,
                   "\xfd"
                   "7zXZ\0"sv)) {
        return Compression::Xz;
    }
    if (startsWith(firstBytes, "BZh"sv)) {
        return Compression::Bzip2;
    }
    if (startsWith(firstBytes, "\x1f\x9d"sv)) {
        return Compression::Compress;
    }
    return Compression::None;
}

std::string_view compressionName(Compression compression)
{
    static constexpr std::array<std::string_view, 6> kNames = {
        "none", "gzip", "zstd", "xz", "bzip2", "compress"};
    return kNames[static_cast<std::size_t>(compression)];
}

std::unique_ptr<ByteStream> decompress(std::unique_ptr<ByteStream> from,
                                       Compression compression,
                                       const Limits &limits)
{
    if (compression == Compression::None) {
        return from;
    }
    return std::make_unique<DecodedStream>(
        makeDecoder(std::move(from), compression, nullptr, limits));
}

std::unique_ptr<Decoder> makeDecoder(std::unique_ptr<ByteStream> from,
                                     Compression compression,
                                     RestartCollector *collector,
                                     const Limits &limits)
{
    auto counted = std::make_unique<CountedStream>(std::move(from));
    const CountedStream &input = *counted;
    return std::make_unique<BoundedDecoder>(
        plainDecoder(std::move(counted), compression, collector), input, limits);
}

Result<std::unique_ptr<Decoder>> resumeDecoder(std::unique_ptr<ByteStream> from,
                                               Compression compression,
                                               const RestartPlace &place,
                                               Bytes state)
{
    const DecoderStart start{place, true, nullptr};
    if (compression == Compression::Zstd && !place.hasState) {
        return zstdDecoder(std::move(from), start);
    }
    if (compression == Compression::Gzip) {
        std::unique_ptr<Inflater> inflater = fastInflater();
        if (!place.hasState || inflater->restore(state)) {
            return gzipDecoder(std::move(from), std::move(inflater), start);
        }
    }
    return fail(ErrorCode::Corrupt, "decompressing cannot go on from a restart point");
}

std::size_t restartStateBytes()
{
    static const std::size_t kBytes = fastInflater()->stateBytes();
    return kBytes;
}

DecodedStream::DecodedStream(std::unique_ptr<Decoder> decoder)
    : m_decoder(std::move(decoder))
    , m_buffer(limits::kBlockSize)
{}

Result<Bytes> DecodedStream::next()
{
    const Result<std::size_t> filled = m_decoder->fill(m_buffer);
    if (!filled) {
        return std::unexpected(filled.error());
    }
    return Bytes(m_buffer).first(*filled);
}

DecoderInput::DecoderInput(std::unique_ptr<ByteStream> from, std::uint64_t offset)
    : m_from(std::move(from))
    , m_taken(offset)
{}

void DecoderInput::take(std::size_t count)
{
    m_rest = m_rest.subspan(count);
    m_taken += count;
}

Result<bool> DecoderInput::fetch()
{
    if (m_isAtEnd) {
        return false;
    }
    const Result<Bytes> run = m_from->next();
    if (!run) {
        return std::unexpected(run.error());
    }
    m_rest = *run;
    m_isAtEnd = run->empty();
    return !m_isAtEnd;
}

Result<> DecoderInput::drain()
{
    while (true) {
        take(m_rest.size());
        const Result<bool> more = fetch();
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            return {};
        }
    }
}

std::unexpected<Error> DecoderInput::corrupt(const std::string &what) const
{
    return fail(ErrorCode::Corrupt,
                what + " at byte " + std::to_string(m_taken) + " of the compressed data");
}

} // namespace cutaway
