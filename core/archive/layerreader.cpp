// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/layerreader.h"

#include "core/archive/blobdigests.h"
#include "core/archive/decoder.h"
#include "core/archive/layerfill.h"
#include "core/archive/layerpipe.h"
#include "core/base/limits.h"

#include <array>
#include <new>
#include <system_error>

namespace cutaway {

namespace {

constexpr std::size_t kSniffBytes = 6;
/// Layers so small are read in the calling thread: a thread costs more than it brings.
constexpr std::uint64_t kSmallLayer = 64 * 1024;

/// The blob of a stream, hashed as it passes by, cancellable.
class WatchedBlob : public ByteStream
{
public:
    WatchedBlob(std::unique_ptr<ByteStream> from,
                BlobDigests *digests,
                const LayerReadOptions &options,
                const Monitor &monitor)
        : m_from(std::move(from))
        , m_digests(digests)
        , m_options(options)
        , m_monitor(monitor)
    {}

    Result<Bytes> next() override
    {
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        const Result<Bytes> run = m_from->next();
        if (run && !run->empty()) {
            if (m_digests != nullptr) {
                m_digests->updateBlob(*run);
            }
            m_bytes += run->size();
            if (m_options.onProgress) {
                m_options.onProgress(m_bytes);
            }
        }
        return run;
    }

private:
    std::unique_ptr<ByteStream> m_from;
    BlobDigests *m_digests;
    const LayerReadOptions &m_options;
    const Monitor &m_monitor;
    std::uint64_t m_bytes = 0;
};

/// The tar of a stream, hashed as it passes by, cancellable.
class WatchedTar : public ByteStream
{
public:
    WatchedTar(ByteStream &from, BlobDigests &digests, const Monitor &monitor)
        : m_from(from)
        , m_digests(digests)
        , m_monitor(monitor)
    {}

    Result<Bytes> next() override
    {
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        const Result<Bytes> run = m_from.next();
        if (run) {
            m_digests.updateTar(*run);
        }
        return run;
    }

private:
    ByteStream &m_from;
    BlobDigests &m_digests;
    const Monitor &m_monitor;
};

/// A stream whose first bytes were looked at already.
class ReplayedStream : public ByteStream
{
public:
    ReplayedStream(std::vector<std::byte> first, std::unique_ptr<ByteStream> rest)
        : m_first(std::move(first))
        , m_rest(std::move(rest))
    {}

    Result<Bytes> next() override
    {
        if (!m_isReplayed) {
            m_isReplayed = true;
            if (!m_first.empty()) {
                return Bytes(m_first);
            }
        }
        return m_rest->next();
    }

private:
    std::vector<std::byte> m_first;
    std::unique_ptr<ByteStream> m_rest;
    bool m_isReplayed = false;
};

/// Takes whole runs off the stream until there is enough to tell the compression by.
Result<std::vector<std::byte>> takeFirstBytes(ByteStream &stream)
{
    std::vector<std::byte> first;
    while (first.size() < kSniffBytes) {
        const Result<Bytes> run = stream.next();
        if (!run) {
            return std::unexpected(run.error());
        }
        if (run->empty()) {
            break;
        }
        first.insert(first.end(), run->begin(), run->end());
    }
    return first;
}

Result<LayerReading> readInCaller(std::unique_ptr<ByteStream> blob,
                                  const LayerReadOptions &options,
                                  const Monitor &monitor)
{
    Result<std::vector<std::byte>> first = takeFirstBytes(*blob);
    if (!first) {
        return std::unexpected(first.error());
    }
    const Compression compression = sniffCompression(*first);
    BlobDigests digests(compression, options.wantSha512);
    std::unique_ptr<ByteStream> stream =
        std::make_unique<ReplayedStream>(std::move(*first), std::move(blob));
    BlobDigests *blobDigests = compression == Compression::None ? nullptr : &digests;
    stream = std::make_unique<WatchedBlob>(std::move(stream), blobDigests, options, monitor);
    ByteStream *tarBytes = stream.get();
    std::unique_ptr<DecodedStream> decoded;
    if (compression != Compression::None) {
        decoded = std::make_unique<DecodedStream>(
            makeDecoder(std::move(stream), compression, nullptr, options.limits));
        tarBytes = decoded.get();
    }
    WatchedTar tar(*tarBytes, digests, monitor);
    LayerReading reading;
    if (const Result<> filled = fillFromTar(tar, options, reading); !filled) {
        return std::unexpected(filled.error());
    }
    digests.finish(reading);
    if (decoded != nullptr && !decoded->remark().empty()) {
        reading.remarks.emplace_back(decoded->remark());
    }
    return reading;
}

Result<LayerReading> readPiped(const ByteSourcePtr &blob,
                               const LayerReadOptions &options,
                               const Monitor &monitor)
{
    std::array<std::byte, kSniffBytes> first = {};
    const Result<std::size_t> got = blob->readAt(0, first);
    if (!got) {
        return std::unexpected(got.error());
    }
    LayerPipe pipe(blob, sniffCompression(Bytes(first).first(*got)), options, monitor);
    try {
        pipe.start();
    } catch (const std::system_error &) {
        return readInCaller(streamOf(blob), options, monitor);
    }
    LayerReading reading;
    if (const Result<> filled = fillFromTar(pipe, options, reading); !filled) {
        return std::unexpected(filled.error());
    }
    pipe.finish(reading);
    return reading;
}

} // namespace

Result<LayerReading> readLayer(ByteSourcePtr blob,
                               const LayerReadOptions &options,
                               const Monitor &monitor)
{
    try {
        if (blob->size() <= kSmallLayer) {
            return readInCaller(streamOf(std::move(blob)), options, monitor);
        }
        return readPiped(blob, options, monitor);
    } catch (const std::bad_alloc &) {
        return failOutOfMemory();
    }
}

Result<LayerReading> readLayer(std::unique_ptr<ByteStream> blob,
                               const LayerReadOptions &options,
                               const Monitor &monitor)
{
    try {
        return readInCaller(std::move(blob), options, monitor);
    } catch (const std::bad_alloc &) {
        return failOutOfMemory();
    }
}

Result<LayerTree> readTreeAlone(ByteSourcePtr blob, const Limits &limits, const Monitor &monitor)
{
    try {
        // Small runs: where files are big, nothing but headers is read.
        constexpr std::size_t kHeaderRun = std::size_t{4} * 1024;
        const std::unique_ptr<ByteStream> stream = streamOf(std::move(blob), 0, kHeaderRun);
        LayerTree tree(limits);
        if (const Result<> filled = fillFromHeaders(*stream, limits, tree, monitor); !filled) {
            return std::unexpected(filled.error());
        }
        return tree;
    } catch (const std::bad_alloc &) {
        return failOutOfMemory();
    }
}

} // namespace cutaway
