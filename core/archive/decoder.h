// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/codec.h"
#include "core/archive/restartpoints.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Decompresses into buffers of the caller, so that what comes out can be handed between threads
/// without being copied.
class Decoder
{
public:
    Decoder() = default;
    virtual ~Decoder() = default;
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    /// Fills `into` from its start and says how much was written: less than all of it only at the
    /// end, 0 past the end. After an error the decoder is spent.
    [[nodiscard]] virtual Result<std::size_t> fill(std::span<std::byte> into) = 0;

    /// An oddity that did not stop the decoding; empty while there is none.
    virtual std::string_view remark() const { return {}; }
};

/// A decoder as a stream, with a buffer of its own.
class DecodedStream : public ByteStream
{
public:
    explicit DecodedStream(std::unique_ptr<Decoder> decoder);

    [[nodiscard]] Result<Bytes> next() override;
    std::string_view remark() const { return m_decoder->remark(); }

private:
    std::unique_ptr<Decoder> m_decoder;
    std::vector<std::byte> m_buffer;
};

/// `compression` must not be None. Nothing is read before the first fill().
/// `collector`, where there is one, is told the places that decoding could begin again at; it must
/// outlive the decoder. LimitExceeded once too much comes out (checkUnpacked).
[[nodiscard]] std::unique_ptr<Decoder> makeDecoder(std::unique_ptr<ByteStream> from,
                                                   Compression compression,
                                                   RestartCollector *collector = nullptr,
                                                   const Limits &limits = {});
/// Goes on at a place that a collector was told of; `from` begins at its `blobOffset`. `state` is
/// unpacked and empty where the place has none. Corrupt when it cannot be the state of a decoder.
[[nodiscard]] Result<std::unique_ptr<Decoder>> resumeDecoder(std::unique_ptr<ByteStream> from,
                                                             Compression compression,
                                                             const RestartPlace &place,
                                                             Bytes state);
/// Size of a state before it is packed; 0 where there are none.
[[nodiscard]] std::size_t restartStateBytes();

/// Compressed bytes on their way into a decoder, counted for its messages.
class DecoderInput
{
public:
    /// `offset` is that of the first byte, for messages and places.
    explicit DecoderInput(std::unique_ptr<ByteStream> from, std::uint64_t offset = 0);

    /// Of the next byte.
    std::uint64_t offset() const { return m_taken; }
    /// Bytes not taken yet; empty before the first fetch().
    Bytes rest() const { return m_rest; }
    void take(std::size_t count);
    /// The next run, once the last one is used up. False at the end of the input.
    [[nodiscard]] Result<bool> fetch();
    /// Reads to the end, for digests over the input.
    [[nodiscard]] Result<> drain();

    /// Corrupt: "WHAT at byte N of the compressed data".
    [[nodiscard]] std::unexpected<Error> corrupt(const std::string &what) const;

private:
    std::unique_ptr<ByteStream> m_from;
    Bytes m_rest;
    std::uint64_t m_taken = 0;
    bool m_isAtEnd = false;
};

class Inflater;
/// Where a decoder begins: at the start, or with members (frames) before it.
struct DecoderStart
{
    RestartPlace place = {};
    bool isResumed = false;
    RestartCollector *collector = nullptr;
};
[[nodiscard]] std::unique_ptr<Decoder> gzipDecoder(std::unique_ptr<ByteStream> from,
                                                   std::unique_ptr<Inflater> inflater,
                                                   const DecoderStart &start = {});
[[nodiscard]] std::unique_ptr<Decoder> zstdDecoder(std::unique_ptr<ByteStream> from,
                                                   const DecoderStart &start = {});
/// Xz, Bzip2 and Compress, through libarchive.
[[nodiscard]] std::unique_ptr<Decoder> filterDecoder(std::unique_ptr<ByteStream> from,
                                                     Compression compression);

} // namespace cutaway
