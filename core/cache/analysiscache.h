// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"
#include "core/base/bytesource.h"
#include "core/base/limits.h"
#include "core/cache/archiverecord.h"
#include "core/cache/cachedirectory.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>

/// What layers were found to be, kept between runs. Nothing is believed that an image claims: a
/// layer's tree is kept under the diff ID that was computed from its bytes, and is found again by
/// the file that these bytes were read from, as long as that file has not been written to. Entries
/// are versioned and checked; one that is damaged, or of another version, is as good as none.
namespace cutaway {

/// Where the cache is kept: $CUTAWAY_CACHE_DIR, $XDG_CACHE_HOME/cutaway or ~/.cache/cutaway, and in
/// it "analysis". Empty where there is no place.
[[nodiscard]] std::string defaultCachePath();

/// The same for blobs of registries: "images" beside it.
[[nodiscard]] std::string defaultBlobPath();

class AnalysisCache
{
public:
    /// What a reading must come with to be of use.
    struct Needs
    {
        bool sha512 = false;
        std::optional<std::uint32_t> factsVersion = std::nullopt; ///< facts, of this version
        std::uint32_t fullerFacts = 0; ///< or of this one; 0 = of no other
    };

    /// Opens the cache in `path`, whatever is missing of it made. To be called before anything is
    /// read: the content hashes of this process shall be those of the cache.
    [[nodiscard]] static Result<std::shared_ptr<AnalysisCache>> open(
        const std::string &path, std::uint64_t limit = limits::kCacheBytes);

    const std::string &path() const { return m_directory->path(); }
    std::uint64_t limit() const { return m_limit; }

    /// What reading the bytes of that identity gave when they were read and verified before.
    [[nodiscard]] std::optional<LayerReading> find(const FileIdentity &identity,
                                                   const Needs &needs) const;
    /// Whether a file can be told from what it may be after the next write to it. A file system's
    /// clock goes in steps: one that was written to just now cannot.
    [[nodiscard]] static bool isSettled(const FileIdentity &identity);
    /// Keeps a reading of bytes that were verified, and that still had this identity after they
    /// were read, with its facts when their version is given. True when it is kept;
    /// `reading.restarts` then lie in the cache, not in memory. A cache that cannot be written to
    /// is given up for this run.
    bool store(const FileIdentity &identity,
               LayerReading &reading,
               const LayerTree &tree,
               std::optional<std::uint32_t> factsVersion = std::nullopt);
    /// The same for bytes that came by on a stream, known by their own SHA-256 alone.
    [[nodiscard]] std::optional<LayerReading> findBlob(const std::string &blobSha256,
                                                       const Needs &needs) const;
    bool storeBlob(LayerReading &reading, std::optional<std::uint32_t> factsVersion);

    /// What an archive held that came by, under a name that its content gives it: whoever stores it
    /// has made sure of that.
    [[nodiscard]] std::optional<ArchiveRecord> findArchive(const std::string &digest) const;
    void storeArchive(const std::string &digest, const ArchiveRecord &record);

    /// Keeps the size limit. To be called when all is stored.
    void trim();

    CacheDirectory::Usage usage() const { return m_directory->usage(); }
    [[nodiscard]] Result<> clear() const { return m_directory->clear(); }

private:
    AnalysisCache(std::shared_ptr<CacheDirectory> directory, std::uint64_t limit)
        : m_directory(std::move(directory))
        , m_limit(limit)
    {}
    [[nodiscard]] Result<LayerReading> read(const std::string &key,
                                            const FileIdentity &identity,
                                            const Needs &needs) const;
    bool store(const std::string &key,
               const FileIdentity &identity,
               LayerReading &reading,
               const LayerTree &tree,
               std::optional<std::uint32_t> factsVersion);
    [[nodiscard]] Result<> writeTree(const std::string &diffId, const LayerTree &tree) const;
    [[nodiscard]] Result<> writeFacts(const LayerReading &reading, std::uint32_t version) const;
    [[nodiscard]] Result<> writeRecord(const std::string &key,
                                       const FileIdentity &identity,
                                       LayerReading &reading) const;

    std::shared_ptr<CacheDirectory> m_directory;
    std::uint64_t m_limit;
    std::atomic<bool> m_isWritable = true;
    std::atomic<bool> m_hasStored = false;
};

using AnalysisCachePtr = std::shared_ptr<AnalysisCache>;

} // namespace cutaway
