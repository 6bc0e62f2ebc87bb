// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/cache/blobcache.h"

#include "core/base/json.h"
#include "core/base/limits.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <vector>

namespace cutaway {

namespace {

constexpr const char *kIndexName = "index.json";
constexpr const char *kLayoutName = "oci-layout";
constexpr std::string_view kLayoutText = "{\"imageLayoutVersion\":\"1.0.0\"}\n";
constexpr std::size_t kStep = 1U << 20U; ///< read at once
constexpr const char *kRefName = "org.opencontainers.image.ref.name";

Bytes bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text));
}

Result<> writeText(const CacheDirectory &directory, const char *name, std::string_view text)
{
    return directory.writeFile(
        name, [text](const CacheDirectory::Write &write) { return write(bytesOf(text)); });
}

std::string nameOf(const Descriptor &descriptor)
{
    const auto found = descriptor.annotations.find(kRefName);
    return found == descriptor.annotations.end() ? std::string() : found->second;
}

/// Of an index that cannot be read nothing: it is written anew then.
std::vector<Descriptor> readIndex(const CacheDirectory &root)
{
    std::vector<Descriptor> entries;
    const auto file = root.openFile(kIndexName);
    const auto text = file ? readAll(**file, limits::kJsonBytes, kIndexName)
                           : Result<std::string>(std::unexpected(file.error()));
    const auto parsed =
        text ? parseJson(*text, kIndexName) : Result<ParsedJson>(std::unexpected(text.error()));
    if (!parsed) {
        return entries;
    }
    for (const Json &entry : parsed->value["manifests"].elements()) {
        auto descriptor = Descriptor::ofJson(entry);
        if (descriptor && !nameOf(*descriptor).empty()) {
            entries.push_back(std::move(*descriptor));
        }
    }
    return entries;
}

/// Names and digests have no letters that JSON would want escaped, nor have media types that we
/// know; others are left out.
std::string textOf(const std::vector<Descriptor> &entries)
{
    std::string text = "{\"schemaVersion\":2,\"manifests\":[";
    const char *separator = "";
    for (const Descriptor &entry : entries) {
        text += std::string(separator) + "\n{\"mediaType\":\"" + entry.mediaType
                + "\",\"digest\":\"" + entry.digest.text()
                + "\",\"size\":" + std::to_string(entry.size.value_or(0)) + ",\"annotations\":{\""
                + kRefName + "\":\"" + nameOf(entry) + "\"}}";
        separator = ",";
    }
    return text + "\n]}\n";
}

bool isPlain(std::string_view text)
{
    return std::ranges::all_of(
        text, [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '\\'; });
}

} // namespace

BlobDraft::BlobDraft(std::unique_ptr<CacheDraft> draft, Digest digest)
    : m_draft(std::move(draft))
    , m_digest(std::move(digest))
    , m_hasher(m_digest.algorithm())
{}

Result<> BlobDraft::catchUp(const Monitor &monitor)
{
    std::vector<std::byte> buffer(kStep);
    for (std::uint64_t done = 0; done < m_draft->size();) {
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        const Result<std::size_t> count = m_draft->readAt(done, buffer);
        if (!count) {
            return std::unexpected(count.error());
        }
        if (*count == 0) {
            return fail(ErrorCode::Io, "what is left of an earlier transfer cannot be read");
        }
        m_hasher.update(Bytes(buffer).first(*count));
        done += *count;
    }
    return {};
}

Result<> BlobDraft::append(Bytes bytes)
{
    m_hasher.update(bytes);
    return m_draft->append(bytes);
}

bool BlobDraft::isRight()
{
    if (!m_isRight) {
        m_isRight = m_hasher.finish() == m_digest.hex();
    }
    return *m_isRight;
}

Result<> BlobDraft::keep()
{
    if (!isRight()) {
        m_draft->discard();
        return fail(ErrorCode::Corrupt,
                    "blob " + m_digest.shortText()
                        + ": its bytes are not those of its digest; it was refused");
    }
    return m_draft->keep();
}

Result<std::shared_ptr<BlobCache>> BlobCache::open(const std::string &path, std::uint64_t limit)
{
    Places places;
    const std::array wanted = {std::pair{&places.root, std::string()},
                               std::pair{&places.sha256, std::string("/blobs/sha256")},
                               std::pair{&places.sha512, std::string("/blobs/sha512")},
                               std::pair{&places.partial, std::string("/partial")},
                               std::pair{&places.uses, std::string("/uses")}};
    for (const auto &[place, name] : wanted) {
        auto directory = CacheDirectory::open(path + name);
        if (!directory) {
            return std::unexpected(directory.error());
        }
        *place = std::move(*directory);
    }
    if (!places.root->contains(kLayoutName)) {
        if (const Result<> written = writeText(*places.root, kLayoutName, kLayoutText); !written) {
            return std::unexpected(written.error());
        }
    }
    return std::shared_ptr<BlobCache>(new BlobCache(path, std::move(places), limit));
}

Result<std::shared_ptr<BlobCache>> BlobCache::openTemporary()
{
    std::error_code error;
    const std::filesystem::path place = std::filesystem::temp_directory_path(error);
    std::string path = (error ? std::filesystem::path("/tmp") : place) / "cutaway-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) {
        return fail(ErrorCode::Io,
                    "no directory can be made for what comes from the registry: " + path);
    }
    auto cache = open(path + "/images", std::numeric_limits<std::uint64_t>::max());
    if (cache) {
        (*cache)->m_isTemporary = true;
    }
    return cache;
}

BlobCache::~BlobCache()
{
    if (m_isTemporary) {
        std::error_code error;
        std::filesystem::remove_all(std::filesystem::path(m_path).parent_path(), error);
    }
}

const CacheDirectory &BlobCache::directoryOf(const Digest &digest) const
{
    return digest.algorithm() == HashAlgorithm::Sha512 ? *m_places.sha512 : *m_places.sha256;
}

Result<ByteSourcePtr> BlobCache::find(const Digest &digest) const
{
    const std::string name(digest.hex());
    auto file = directoryOf(digest).openFile(name);
    if (file) {
        m_places.uses->noteUse(name);
    }
    return file;
}

Result<std::unique_ptr<BlobDraft>> BlobCache::begin(const Digest &digest) const
{
    auto draft = directoryOf(digest).begin(std::string(digest.hex()));
    if (!draft) {
        return std::unexpected(draft.error());
    }
    return std::make_unique<BlobDraft>(std::move(*draft), digest);
}

Result<std::unique_ptr<BlobDraft>> BlobCache::resume(const Digest &digest) const
{
    auto draft = m_places.partial->resume(std::string(digest.hex()), directoryOf(digest));
    if (!draft) {
        return begin(digest); // two at once: each its own
    }
    return std::make_unique<BlobDraft>(std::move(*draft), digest);
}

bool BlobCache::dropIfDamaged(const Digest &digest, const Monitor &monitor) const
{
    const std::string name(digest.hex());
    const auto file = directoryOf(digest).openFile(name);
    if (!file) {
        return false;
    }
    Hasher hasher(digest.algorithm());
    std::vector<std::byte> buffer(kStep);
    for (std::uint64_t done = 0; done < (*file)->size();) {
        const Result<std::size_t> count = (*file)->readAt(done, buffer);
        if (monitor.isCancelled() || !count || *count == 0) {
            return false;
        }
        hasher.update(Bytes(buffer).first(*count));
        done += *count;
    }
    if (hasher.finish() == digest.hex()) {
        return false;
    }
    directoryOf(digest).remove(name);
    return true;
}

void BlobCache::add(const Digest &digest, std::string_view bytes) const
{
    const auto draft = begin(digest);
    const Result<> written = draft ? (*draft)->append(bytesOf(bytes)) : Result<>();
    [[maybe_unused]] const Result<> kept = draft && written ? (*draft)->keep() : Result<>();
}

std::optional<Descriptor> BlobCache::recall(const std::string &name) const
{
    std::vector<Descriptor> entries = readIndex(*m_places.root);
    const auto found = std::ranges::find(entries, name, nameOf);
    return found == entries.end() ? std::nullopt : std::optional(std::move(*found));
}

void BlobCache::remember(const std::string &name,
                         const std::string &mediaType,
                         const Digest &digest,
                         std::uint64_t size) const
{
    if (!isPlain(name) || !(isIndexType(mediaType) || isManifestType(mediaType))) {
        return;
    }
    const OwnedFd locked = m_places.root->lock();
    if (!locked.isOpen()) {
        return;
    }
    std::vector<Descriptor> entries = readIndex(*m_places.root);
    std::erase_if(entries, [this, &name](const Descriptor &entry) {
        const bool isKept = directoryOf(entry.digest).contains(std::string(entry.digest.hex()));
        return nameOf(entry) == name || !isKept || !isPlain(nameOf(entry))
               || !(isIndexType(entry.mediaType) || isManifestType(entry.mediaType));
    });
    if (entries.size() >= limits::kKeptImages) {
        entries.erase(entries.begin()); // the one that was asked for longest ago
    }
    Descriptor entry;
    entry.mediaType = mediaType;
    entry.digest = digest;
    entry.size = static_cast<std::int64_t>(size);
    entry.annotations[kRefName] = name;
    entries.push_back(std::move(entry));
    [[maybe_unused]] const Result<> written =
        writeText(*m_places.root, kIndexName, textOf(entries));
}

void BlobCache::trim() const
{
    m_places.partial->trim(limits::kPartialBytes);
    m_places.sha512->trim(m_limit, *m_places.uses);
    const std::uint64_t used = m_places.sha512->usage().bytes;
    m_places.sha256->trim(m_limit - std::min(m_limit, used), *m_places.uses);
}

Result<> BlobCache::clear() const
{
    for (const auto &place :
         {m_places.root, m_places.sha256, m_places.sha512, m_places.partial, m_places.uses}) {
        if (const Result<> cleared = place->clear(); !cleared) {
            return cleared;
        }
    }
    return writeText(*m_places.root, kLayoutName, kLayoutText);
}

CacheDirectory::Usage BlobCache::usage() const
{
    const CacheDirectory::Usage one = m_places.sha256->usage();
    const CacheDirectory::Usage other = m_places.sha512->usage();
    const CacheDirectory::Usage partial = m_places.partial->usage();
    return {one.bytes + other.bytes + partial.bytes, one.files + other.files + partial.files};
}

} // namespace cutaway
