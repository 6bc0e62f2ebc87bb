// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/blobdigests.h"
#include "core/archive/layerreader.h"
#include "core/base/limits.h"

#include <array>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace cutaway {

/// Thread D and what it shares with thread H: a fixed number of blocks. D fills them with bytes of
/// the blob and of the tar, H takes them in the same order, hashes both and hands on the tar. The
/// empty pool is the back-pressure; nothing is copied. Destroying the pipe stops and joins D.
class LayerPipe : public ByteStream
{
public:
    LayerPipe(ByteSourcePtr blob,
              Compression compression,
              const LayerReadOptions &options,
              const Monitor &monitor);
    ~LayerPipe() override;

    /// Starts D; throws std::system_error where there is no thread to be had.
    void start();
    /// In thread H: the next run of the tar.
    [[nodiscard]] Result<Bytes> next() override;
    /// In thread H, after the last run.
    void finish(LayerReading &reading);

private:
    struct Block
    {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t size = 0;
        bool isTar = false;
        int holders = 0; ///< a block of the blob is held by D, which decodes it, and by H
    };
    class BlobInput;

    // Thread D.
    void produce();
    Result<> unpack();
    Result<> passThrough();
    Block *acquire();
    void push(Block &block, bool isTar, int holders);
    Result<std::size_t> readBlob(std::span<std::byte> into);
    // Thread H.
    Block *pop();
    // Both.
    void release(Block *&block);

    ByteSourcePtr m_blob;
    const LayerReadOptions &m_options;
    const Monitor &m_monitor;
    Compression m_compression;
    BlobDigests m_digests;
    std::uint64_t m_blobOffset = 0;
    Block *m_current = nullptr; ///< whose bytes H handed out last

    std::mutex m_mutex;
    std::condition_variable m_blockFreed;
    std::condition_variable m_blockPushed;
    std::array<Block, limits::kBlocksInFlight> m_blocks;
    std::array<Block *, limits::kBlocksInFlight> m_queue = {}; ///< a ring
    std::size_t m_queueBegin = 0;
    std::size_t m_queued = 0;
    Result<> m_outcome;   ///< of D, once it is finished
    std::string m_remark; ///< of the decoder
    RestartIndexPtr m_restarts;
    bool m_isFinished = false;
    bool m_isStopped = false; ///< H wants no more

    std::jthread m_thread;
};

} // namespace cutaway
