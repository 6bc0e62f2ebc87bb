// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerpool.h"
#include "core/source/loader.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// Reads the layers of an image's list, each distinct blob once, and keeps the readings by row.
class LayerLoading
{
public:
    LayerLoading(ImageSource &source, Image &image, const LoadOptions &options, Monitor &monitor);

    /// Fails only when cancelled, or when a layer could not be fetched; what could not be read is
    /// in the rows.
    [[nodiscard]] Result<> run();
    /// What the watch found, for each row.
    [[nodiscard]] ImageFacts takeFacts();
    /// Builds the path tree out of the layers read, and frees these.
    [[nodiscard]] Result<PathTreePtr> merge();

private:
    struct Row
    {
        std::uint32_t sameAs = 0; ///< the first row with the same blob; itself mostly
        std::optional<Error> failure;
        Layer::State failedState = Layer::State::Damaged;
        std::optional<LayerReading> reading;
        std::shared_ptr<LayerTree> tree; ///< the reading's, shared with viewers
        std::shared_ptr<FileFacts> facts;
        std::uint64_t spareBytes = 0;         ///< of the facts that may be dropped, dropped or not
        std::optional<FileIdentity> identity; ///< of the blob before it was read
        ByteSourcePtr blob;                   ///< until it has been read
        bool hasChanged = false;              ///< the blob's file, meanwhile
        bool isCached = false;                ///< the reading is of an earlier run
        bool mayBeKept = false;               ///< in the cache: not written to just before
        std::atomic<std::uint64_t> done = 0;
    };

    bool isArtifactData(const Layer &layer) const;
    void prepare(std::uint32_t index);
    void recordAbsence(std::uint32_t index, const Error &error);
    Result<> checkTransfers() const;
    bool isWatchedFromAfar() const;
    void readJobs();
    void prepareDamagedAnew();
    void showTreesFirst();
    void finish(std::uint32_t index, Result<LayerReading> reading);
    std::optional<LayerReading> readingFromCache(std::uint32_t index, const LayerJob &job);
    void storeInCache(std::uint32_t index, const ByteSourcePtr &blob);
    void keepAccess(std::uint32_t index);
    void keepFacts(std::uint32_t index);
    void tellViewer(std::uint32_t index, const std::shared_ptr<const LayerTree> &tree);
    void advance(std::uint32_t index, std::uint64_t done);
    void record();

    ImageSource &m_source;
    Image &m_image;
    const LoadOptions &m_options;
    Monitor &m_monitor;
    std::vector<Row> m_rows;
    std::vector<LayerJob> m_jobs;
    std::atomic<std::uint64_t> m_done = 0;
    std::atomic<std::uint64_t> m_restartBytes = 0;
    std::mutex m_factsMutex;
    std::uint64_t m_spareBytes = 0; ///< of all rows' facts
    std::uint64_t m_total = 0;
};

} // namespace cutaway
