// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/cache/analysiscache.h"

#include "core/base/hash.h"
#include "core/cache/cachedrestarts.h"
#include "core/cache/cacheentry.h"
#include "core/tree/treecodec.h"

#include <cstdlib>
#include <ctime>
#include <utility>

namespace cutaway {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
/// Linux stamps files by a clock that goes in steps of 1 to 10 ms; some file systems keep seconds.
constexpr std::int64_t kFineSteps = kSecond / 50;
constexpr std::int64_t kCoarseSteps = 2 * kSecond;

std::string variable(const char *name)
{
    const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets any
    return value == nullptr ? std::string() : std::string(value);
}

/// The file of an identity: no part of it must be told by the name.
std::string keyOf(const FileIdentity &identity)
{
    std::string text;
    for (const auto number : {identity.device,
                              identity.inode,
                              identity.fileSize,
                              static_cast<std::uint64_t>(identity.modified),
                              static_cast<std::uint64_t>(identity.changed),
                              identity.offset,
                              identity.size}) {
        text += std::to_string(number) + ' ';
    }
    return sha256Hex(text);
}

/// The same of bytes that are known by their digest.
std::string keyOf(const std::string &blobSha256)
{
    return sha256Hex("blob " + blobSha256);
}

std::string archiveName(const std::string &key)
{
    return key + ".archive";
}
std::string blobName(const std::string &key)
{
    return key + ".blob";
}
std::string treeName(const std::string &diffSha256)
{
    return diffSha256 + ".tree";
}
std::string factsName(const std::string &diffSha256)
{
    return diffSha256 + ".facts";
}
std::string restartsName(const std::string &blobSha256)
{
    return blobSha256 + ".restarts";
}

Result<BlobRecord> readRecord(const CacheDirectory &directory, const std::string &key)
{
    const auto file = directory.openFile(blobName(key));
    if (!file) {
        return std::unexpected(file.error());
    }
    Result<BlobRecord> record;
    const auto read = readCacheEntry(*file, CacheKind::Blob, key, [&record](ByteStream &from) {
        record = readBlobRecord(from);
        return record ? Result<>() : std::unexpected(record.error());
    });
    return read ? std::move(record) : std::unexpected(read.error());
}

Result<LayerTree> readTree(const CacheDirectory &directory, const std::string &diffSha256)
{
    const auto file = directory.openFile(treeName(diffSha256));
    if (!file) {
        return std::unexpected(file.error());
    }
    Result<LayerTree> tree;
    const auto read = readCacheEntry(*file, CacheKind::Tree, diffSha256, [&tree](ByteStream &from) {
        tree = readLayerTree(from);
        return tree ? Result<>() : std::unexpected(tree.error());
    });
    return read ? std::move(tree) : std::unexpected(read.error());
}

/// Corrupt also where they are of other versions.
Result<FileFacts> readFacts(const CacheDirectory &directory,
                            const std::string &diffSha256,
                            std::initializer_list<std::uint32_t> versions)
{
    const auto file = directory.openFile(factsName(diffSha256));
    if (!file) {
        return std::unexpected(file.error());
    }
    Result<FileFacts> facts;
    const auto read =
        readCacheEntry(*file, CacheKind::Facts, diffSha256, [&facts, versions](ByteStream &from) {
            facts = readFileFacts(from, versions);
            return facts ? Result<>() : std::unexpected(facts.error());
        });
    return read ? std::move(facts) : std::unexpected(read.error());
}

/// Empty where there is no place.
std::string cacheRoot()
{
    if (std::string own = variable("CUTAWAY_CACHE_DIR"); own.starts_with('/')) {
        return own;
    }
    if (const std::string cache = variable("XDG_CACHE_HOME"); cache.starts_with('/')) {
        return cache + "/cutaway";
    }
    const std::string home = variable("HOME");
    return home.starts_with('/') ? home + "/.cache/cutaway" : std::string();
}

} // namespace

std::string defaultCachePath()
{
    const std::string root = cacheRoot();
    return root.empty() ? root : root + "/analysis";
}

std::string defaultBlobPath()
{
    const std::string root = cacheRoot();
    return root.empty() ? root : root + "/images";
}

Result<std::shared_ptr<AnalysisCache>> AnalysisCache::open(const std::string &path,
                                                           std::uint64_t limit)
{
    auto directory = CacheDirectory::open(path);
    if (!directory) {
        return std::unexpected(directory.error());
    }
    const auto seed = (*directory)->seed();
    if (!seed) {
        return std::unexpected(seed.error());
    }
    if (adoptContentSeed(*seed) != *seed) {
        return fail(ErrorCode::Unsupported, "this process uses the hashes of another cache");
    }
    return std::shared_ptr<AnalysisCache>(new AnalysisCache(std::move(*directory), limit));
}

bool AnalysisCache::isSettled(const FileIdentity &identity)
{
    timespec now = {};
    if (::clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return false;
    }
    const bool isCoarse = identity.changed % kSecond == 0;
    const std::int64_t age = static_cast<std::int64_t>(now.tv_sec) * kSecond + now.tv_nsec
                             - std::max(identity.changed, identity.modified);
    return age > (isCoarse ? kCoarseSteps : kFineSteps);
}

Result<LayerReading> AnalysisCache::read(const std::string &key,
                                         const FileIdentity &identity,
                                         const Needs &needs) const
{
    auto record = readRecord(*m_directory, key);
    if (!record) {
        if (record.error().code != ErrorCode::NotFound) {
            m_directory->remove(blobName(key));
        }
        return std::unexpected(record.error());
    }
    LayerReading reading = std::move(record->reading);
    if (record->identity != identity || (needs.sha512 && reading.blobSha512.empty())) {
        return fail(ErrorCode::NotFound, "another file, or not all of its digests");
    }
    if (record->hasRestarts) {
        const std::string name = restartsName(reading.blobSha256);
        auto restarts = readRestarts(m_directory, name, reading.blobSha256);
        if (!restarts) {
            m_directory->remove(name);
            return std::unexpected(restarts.error());
        }
        reading.restarts = std::move(*restarts);
        m_directory->touch(name);
    }
    if (needs.factsVersion) {
        const std::uint32_t version = *needs.factsVersion;
        const std::uint32_t fuller = needs.fullerFacts == 0 ? version : needs.fullerFacts;
        auto facts = readFacts(*m_directory, reading.diffSha256, {version, fuller});
        if (!facts) {
            m_directory->remove(factsName(reading.diffSha256));
            return std::unexpected(facts.error());
        }
        reading.facts = std::move(*facts);
        m_directory->touch(factsName(reading.diffSha256));
    }
    auto tree = readTree(*m_directory, reading.diffSha256);
    if (!tree) {
        m_directory->remove(treeName(reading.diffSha256));
        return std::unexpected(tree.error());
    }
    reading.tree = std::move(*tree);
    m_directory->touch(treeName(reading.diffSha256));
    m_directory->touch(blobName(key));
    return reading;
}

std::optional<LayerReading> AnalysisCache::find(const FileIdentity &identity,
                                                const Needs &needs) const
{
    auto reading = read(keyOf(identity), identity, needs);
    return reading ? std::optional(std::move(*reading)) : std::nullopt;
}

std::optional<LayerReading> AnalysisCache::findBlob(const std::string &blobSha256,
                                                    const Needs &needs) const
{
    auto reading = read(keyOf(blobSha256), FileIdentity(), needs);
    const bool isRight = reading && reading->blobSha256 == blobSha256;
    return isRight ? std::optional(std::move(*reading)) : std::nullopt;
}

Result<> AnalysisCache::writeTree(const std::string &diffId, const LayerTree &tree) const
{
    if (m_directory->contains(treeName(diffId))) {
        m_directory->touch(treeName(diffId));
        return {};
    }
    return m_directory->writeFile(treeName(diffId), [&](const CacheDirectory::Write &write) {
        const auto content = [&tree](BinaryWriter &writer) { writeLayerTree(tree, writer); };
        return writeCacheEntry(CacheKind::Tree, diffId, content, write);
    });
}

/// Those that are there may be of another version: they are written anew.
Result<> AnalysisCache::writeFacts(const LayerReading &reading, std::uint32_t version) const
{
    const std::string &diffId = reading.diffSha256;
    return m_directory->writeFile(factsName(diffId), [&](const CacheDirectory::Write &write) {
        const auto content = [&reading, version](BinaryWriter &writer) {
            writeFileFacts(reading.facts, version, writer);
        };
        return writeCacheEntry(CacheKind::Facts, diffId, content, write);
    });
}

Result<> AnalysisCache::writeRecord(const std::string &key,
                                    const FileIdentity &identity,
                                    LayerReading &reading) const
{
    BlobRecord record;
    record.identity = identity;
    record.hasRestarts = reading.restarts != nullptr;
    if (record.hasRestarts) {
        const std::string name = restartsName(reading.blobSha256);
        const Result<> written =
            m_directory->writeFile(name, [&](const CacheDirectory::Write &write) {
                return writeRestarts(*reading.restarts, reading.blobSha256, write);
            });
        if (!written) {
            return written;
        }
        auto onDisk = readRestarts(m_directory, name, reading.blobSha256);
        reading.restarts = onDisk && *onDisk != nullptr ? std::move(*onDisk) : reading.restarts;
    }
    record.reading.blobSha256 = reading.blobSha256;
    record.reading.blobSha512 = reading.blobSha512;
    record.reading.diffSha256 = reading.diffSha256;
    record.reading.compression = reading.compression;
    record.reading.blobBytes = reading.blobBytes;
    record.reading.unpackedBytes = reading.unpackedBytes;
    record.reading.remarks = reading.remarks;
    return m_directory->writeFile(blobName(key), [&](const CacheDirectory::Write &write) {
        const auto content = [&record](BinaryWriter &writer) { writeBlobRecord(record, writer); };
        return writeCacheEntry(CacheKind::Blob, key, content, write);
    });
}

bool AnalysisCache::store(const FileIdentity &identity,
                          LayerReading &reading,
                          const LayerTree &tree,
                          std::optional<std::uint32_t> factsVersion)
{
    return store(keyOf(identity), identity, reading, tree, factsVersion);
}

bool AnalysisCache::storeBlob(LayerReading &reading, std::optional<std::uint32_t> factsVersion)
{
    return store(keyOf(reading.blobSha256), FileIdentity(), reading, reading.tree, factsVersion);
}

std::optional<ArchiveRecord> AnalysisCache::findArchive(const std::string &digest) const
{
    const std::string key = sha256Hex("archive " + digest);
    const auto file = m_directory->openFile(archiveName(key));
    if (!file) {
        return std::nullopt;
    }
    Result<ArchiveRecord> record;
    const auto read = readCacheEntry(*file, CacheKind::Archive, key, [&record](ByteStream &from) {
        record = readArchiveRecord(from);
        return record ? Result<>() : std::unexpected(record.error());
    });
    if (!read) {
        m_directory->remove(archiveName(key));
        return std::nullopt;
    }
    m_directory->touch(archiveName(key));
    return std::move(*record);
}

void AnalysisCache::storeArchive(const std::string &digest, const ArchiveRecord &record)
{
    if (!m_isWritable || !record.isModest()) {
        return;
    }
    m_hasStored = true;
    const std::string key = sha256Hex("archive " + digest);
    const Result<> written =
        m_directory->writeFile(archiveName(key), [&](const CacheDirectory::Write &write) {
            const auto content = [&record](BinaryWriter &writer) {
                writeArchiveRecord(record, writer);
            };
            return writeCacheEntry(CacheKind::Archive, key, content, write);
        });
    if (!written) {
        m_isWritable = false;
    }
}

bool AnalysisCache::store(const std::string &key,
                          const FileIdentity &identity,
                          LayerReading &reading,
                          const LayerTree &tree,
                          std::optional<std::uint32_t> factsVersion)
{
    if (!m_isWritable || reading.blobSha256.empty()) {
        return false;
    }
    m_hasStored = true;
    // The record comes last: what finds it finds the rest.
    const bool isWritten = writeTree(reading.diffSha256, tree)
                           && (!factsVersion || writeFacts(reading, *factsVersion))
                           && writeRecord(key, identity, reading);
    if (!isWritten) {
        m_isWritable = false;
    }
    return isWritten;
}

void AnalysisCache::trim()
{
    if (m_hasStored.exchange(false)) {
        m_directory->trim(m_limit);
    }
}

} // namespace cutaway
