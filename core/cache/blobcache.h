// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hash.h"
#include "core/base/monitor.h"
#include "core/cache/cachedirectory.h"
#include "core/image/descriptor.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace cutaway {

namespace limits {

inline constexpr std::uint64_t kBlobCacheBytes = 10ULL << 30U; ///< of what came from registries
inline constexpr std::uint64_t kPartialBytes = 2ULL << 30U;    ///< of transfers that broke off
inline constexpr std::size_t kKeptImages = 1000;               ///< names that the cache remembers

} // namespace limits

/// A blob on its way into the cache.
class BlobDraft
{
public:
    BlobDraft(std::unique_ptr<CacheDraft> draft, Digest digest);

    /// To be called first: looks at what an earlier transfer left.
    [[nodiscard]] Result<> catchUp(const Monitor &monitor);
    [[nodiscard]] Result<> append(Bytes bytes);
    /// To be called when all is there, like keep(): whether the bytes are those of the digest.
    [[nodiscard]] bool isRight();
    /// It is of no use to anybody.
    void discard() { m_draft->discard(); }
    /// To be called when all is there: keeps it if the bytes are those of the digest. Corrupt if
    /// they are not, and nothing is kept.
    [[nodiscard]] Result<> keep();
    std::uint64_t size() const { return m_draft->size(); }
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const
    {
        return m_draft->readAt(offset, into);
    }
    /// All that is there at this moment.
    [[nodiscard]] Result<ByteSourcePtr> open() const { return m_draft->open(); }

private:
    std::unique_ptr<CacheDraft> m_draft;
    Digest m_digest;
    Hasher m_hasher;
    std::optional<bool> m_isRight; ///< once it was asked for
};

/// Images that came over the network, as an OCI image layout (image-spec image-layout.md): each
/// blob under its digest, verified, and in index.json which image a name stood for when it was last
/// asked for. Used by several threads and processes at once.
class BlobCache
{
public:
    [[nodiscard]] static Result<std::shared_ptr<BlobCache>> open(
        const std::string &path, std::uint64_t limit = limits::kBlobCacheBytes);
    /// One that goes with the object, in $TMPDIR or /tmp.
    [[nodiscard]] static Result<std::shared_ptr<BlobCache>> openTemporary();
    ~BlobCache();
    BlobCache(const BlobCache &) = delete;
    BlobCache &operator=(const BlobCache &) = delete;

    const std::string &path() const { return m_path; }
    std::uint64_t limit() const { return m_limit; }

    /// NotFound where it is not kept. Was verified when it was kept, not since.
    [[nodiscard]] Result<ByteSourcePtr> find(const Digest &digest) const;
    [[nodiscard]] Result<std::unique_ptr<BlobDraft>> begin(const Digest &digest) const;
    /// The same for one that is long in coming: goes on with what is there of an earlier transfer,
    /// and leaves what is there to a later one.
    [[nodiscard]] Result<std::unique_ptr<BlobDraft>> resume(const Digest &digest) const;
    /// Reads a kept one: whether it was not what its digest says, and is gone now.
    [[nodiscard]] bool dropIfDamaged(const Digest &digest, const Monitor &monitor) const;
    /// All of a small one at once, if that can be: whoever gives it has it anyway.
    void add(const Digest &digest, std::string_view bytes) const;

    /// Which manifest or index the name stood for; nothing where it was never asked for.
    [[nodiscard]] std::optional<Descriptor> recall(const std::string &name) const;
    /// Keeps that, if it can be; media types other than those of manifests and indexes are not
    /// kept.
    void remember(const std::string &name,
                  const std::string &mediaType,
                  const Digest &digest,
                  std::uint64_t size) const;

    /// Keeps the size limit: what has not been of use for longest goes first.
    void trim() const;
    [[nodiscard]] Result<> clear() const;
    CacheDirectory::Usage usage() const;

private:
    using Directory = std::shared_ptr<CacheDirectory>;
    struct Places
    {
        Directory root;
        Directory sha256;
        Directory sha512;
        Directory partial; ///< of transfers that broke off
        Directory uses;    ///< an empty file a blob: a blob's own times tell it from what it was
    };
    BlobCache(std::string path, Places places, std::uint64_t limit)
        : m_path(std::move(path))
        , m_places(std::move(places))
        , m_limit(limit)
    {}
    const CacheDirectory &directoryOf(const Digest &digest) const;

    std::string m_path;
    Places m_places;
    std::uint64_t m_limit = 0;
    bool m_isTemporary = false;
};

using BlobCachePtr = std::shared_ptr<BlobCache>;

} // namespace cutaway
