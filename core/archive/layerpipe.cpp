// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/layerpipe.h"

#include "core/archive/decoder.h"

#include <algorithm>
#include <exception>
#include <new>
#include <optional>

namespace cutaway {

/// In thread D, what the decoder reads: each block of the blob goes to H as well.
class LayerPipe::BlobInput : public ByteStream
{
public:
    explicit BlobInput(LayerPipe &pipe)
        : m_pipe(pipe)
    {}
    ~BlobInput() override { m_pipe.release(m_block); }

    Result<Bytes> next() override
    {
        m_pipe.release(m_block);
        m_block = m_pipe.acquire();
        if (m_block == nullptr) {
            return failCancelled();
        }
        const Result<std::size_t> got = m_pipe.readBlob({m_block->bytes.get(), limits::kBlockSize});
        if (!got) {
            return std::unexpected(got.error());
        }
        m_block->size = *got;
        if (*got == 0) {
            return Bytes();
        }
        m_pipe.push(*m_block, false, 2);
        return Bytes(m_block->bytes.get(), *got);
    }

private:
    LayerPipe &m_pipe;
    Block *m_block = nullptr;
};

LayerPipe::LayerPipe(ByteSourcePtr blob,
                     Compression compression,
                     const LayerReadOptions &options,
                     const Monitor &monitor)
    : m_blob(std::move(blob))
    , m_options(options)
    , m_monitor(monitor)
    , m_compression(compression)
    , m_digests(compression, options.wantSha512)
{}

LayerPipe::~LayerPipe()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopped = true;
    }
    m_blockFreed.notify_all();
}

void LayerPipe::start()
{
    m_thread = std::jthread([this] { produce(); });
}

Result<Bytes> LayerPipe::next()
{
    while (true) {
        release(m_current);
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        m_current = pop();
        if (m_current == nullptr) {
            if (!m_outcome) {
                return std::unexpected(m_outcome.error());
            }
            return Bytes();
        }
        const Bytes bytes(m_current->bytes.get(), m_current->size);
        if (m_current->isTar) {
            m_digests.updateTar(bytes);
            return bytes;
        }
        m_digests.updateBlob(bytes);
    }
}

void LayerPipe::finish(LayerReading &reading)
{
    m_digests.finish(reading);
    if (!m_remark.empty()) {
        reading.remarks.push_back(m_remark);
    }
    reading.restarts = m_restarts;
}

void LayerPipe::produce()
{
    Result<> outcome;
    try {
        outcome = m_compression == Compression::None ? passThrough() : unpack();
    } catch (const std::bad_alloc &) {
        outcome = failOutOfMemory();
    } catch (const std::exception &exception) {
        outcome = fail(ErrorCode::Io, exception.what());
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_outcome = std::move(outcome);
        m_isFinished = true;
    }
    m_blockPushed.notify_all();
}

Result<> LayerPipe::passThrough()
{
    while (true) {
        Block *block = acquire();
        if (block == nullptr) {
            return failCancelled();
        }
        const Result<std::size_t> got = readBlob({block->bytes.get(), limits::kBlockSize});
        if (!got || *got == 0) {
            release(block);
            return got ? Result<>() : std::unexpected(got.error());
        }
        block->size = *got;
        push(*block, true, 1);
    }
}

Result<> LayerPipe::unpack()
{
    std::optional<RestartCollector> restarts;
    if (m_options.wantRestarts) {
        restarts.emplace();
    }
    const std::unique_ptr<Decoder> decoder = makeDecoder(std::make_unique<BlobInput>(*this),
                                                         m_compression,
                                                         restarts ? &*restarts : nullptr,
                                                         m_options.limits);
    while (true) {
        Block *block = acquire();
        if (block == nullptr) {
            return failCancelled();
        }
        const Result<std::size_t> got = decoder->fill({block->bytes.get(), limits::kBlockSize});
        if (!got || *got == 0) {
            release(block);
            const std::scoped_lock lock(m_mutex);
            m_remark = decoder->remark();
            m_restarts = restarts && got ? restarts->finish() : nullptr;
            return got ? Result<>() : std::unexpected(got.error());
        }
        block->size = *got;
        push(*block, true, 1);
    }
}

/// A free block, held by the caller; nullptr when nobody wants any more.
LayerPipe::Block *LayerPipe::acquire()
{
    if (m_monitor.isCancelled()) {
        return nullptr;
    }
    Block *block = nullptr;
    {
        std::unique_lock lock(m_mutex);
        const auto findFree = [this, &block] {
            const auto found = std::ranges::find(m_blocks, 0, &Block::holders);
            block = found != m_blocks.end() ? &*found : nullptr;
            return block != nullptr || m_isStopped;
        };
        m_blockFreed.wait(lock, findFree);
        if (m_isStopped) {
            return nullptr;
        }
        block->holders = 1;
    }
    if (block->bytes == nullptr) {
        block->bytes = std::make_unique_for_overwrite<std::byte[]>(limits::kBlockSize);
    }
    return block;
}

void LayerPipe::push(Block &block, bool isTar, int holders)
{
    {
        const std::scoped_lock lock(m_mutex);
        block.isTar = isTar;
        block.holders = holders;
        m_queue[(m_queueBegin + m_queued) % m_queue.size()] = &block;
        ++m_queued;
    }
    m_blockPushed.notify_one();
}

Result<std::size_t> LayerPipe::readBlob(std::span<std::byte> into)
{
    const Result<std::size_t> got = m_blob->readAt(m_blobOffset, into);
    if (got && *got > 0) {
        m_blobOffset += *got;
        if (m_options.onProgress) {
            m_options.onProgress(m_blobOffset);
        }
    }
    return got;
}

LayerPipe::Block *LayerPipe::pop()
{
    std::unique_lock lock(m_mutex);
    m_blockPushed.wait(lock, [this] { return m_queued > 0 || m_isFinished; });
    if (m_queued == 0) {
        return nullptr;
    }
    Block *block = m_queue[m_queueBegin];
    m_queueBegin = (m_queueBegin + 1) % m_queue.size();
    --m_queued;
    return block;
}

void LayerPipe::release(Block *&block)
{
    if (block == nullptr) {
        return;
    }
    {
        const std::scoped_lock lock(m_mutex);
        --std::exchange(block, nullptr)->holders;
    }
    m_blockFreed.notify_one();
}

} // namespace cutaway
