// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/image/schema1.h"
#include "core/source/registryblob.h"
#include "core/source/sources.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::uint64_t kFewRequests = 10; ///< left to somebody who should know of it
constexpr std::size_t kNestedIndexes = 16; ///< that are fetched to see what images there are

std::string annotation(const Descriptor &descriptor, const char *name)
{
    const auto found = descriptor.annotations.find(name);
    return found == descriptor.annotations.end() ? std::string() : found->second;
}

bool isAttestation(const Descriptor &descriptor)
{
    return annotation(descriptor, "vnd.docker.reference.type") == "attestation-manifest";
}

bool isOf(const Digest &digest, std::string_view text)
{
    Hasher hasher(digest.algorithm());
    hasher.update(std::as_bytes(std::span(text)));
    return hasher.finish() == digest.hex();
}

class RegistrySource : public ImageSource
{
public:
    RegistrySource(RegistryWay way, std::string host, RegistryLinkPtr link)
        : m_way(std::move(way))
        , m_host(std::move(host))
        , m_link(std::move(link))
    {}

    /// Asks what the name stands for, and what images that lists.
    Result<> begin();

    std::string_view name() const override { return "registry"; }
    Result<std::vector<ImageCandidate>> images() override;
    Result<ImageStatement> statement(std::uint32_t index) override;
    Result<ByteSourcePtr> blob(const Descriptor &descriptor) override;
    bool isRemote() const override { return true; }
    bool dropDamaged(const Descriptor &descriptor) override
    {
        return m_link->repository != nullptr
               && m_link->blobs->dropIfDamaged(descriptor.digest, monitor());
    }
    void outliveMonitor() override
    {
        m_link->monitor = &m_link->patient;
        m_link->blobs->trim();
    }

private:
    const Monitor &monitor() const { return *m_link->monitor; }
    Result<RawManifest> manifestOf(const Digest &digest, const std::string &mediaType) const;
    Result<RawManifest> currentManifest() const;
    Result<RawManifest> fetched(const std::string &reference) const;
    Result<std::string> configOf(const Manifest &manifest);
    Result<ImageStatement> schema1Statement() const;
    void tellWhence(ImageStatement &statement) const;
    void addNeighbours(const Digest &digest, ImageStatement &statement) const;
    std::string referenceOf(const Digest &digest) const;

    RegistryWay m_way;
    std::string m_host; ///< that is asked: a mirror may be
    RegistryLinkPtr m_link;
    RawManifest m_root;
    bool m_isSchema1 = false;
    std::vector<Descriptor> m_images; ///< of an index; empty when the root is an image itself
    std::vector<Descriptor> m_attestations;
};

/// Whether it is what it was sent as: who reads it otherwise than its sender sees another image.
Result<bool> tellIndex(const RawManifest &raw)
{
    const auto parsed = parseJson(raw.bytes, "the manifest");
    if (!parsed) {
        return fail(ErrorCode::Corrupt, "the registry answers with something else than a manifest");
    }
    const std::string &own = parsed->value["mediaType"].toString();
    const bool isSentAsKnown = isIndexType(raw.mediaType) || isManifestType(raw.mediaType);
    if (isSentAsKnown && !own.empty() && isIndexType(own) != isIndexType(raw.mediaType)) {
        return fail(ErrorCode::Corrupt,
                    "the registry sends it as " + displayText(raw.mediaType) + ", but it is "
                        + displayText(own) + "; it was refused");
    }
    const bool hasImages = parsed->value["manifests"].isArray();
    const bool hasLayers = parsed->value["layers"].isArray();
    if (own.empty() && isSentAsKnown && hasImages != hasLayers
        && hasImages != isIndexType(raw.mediaType)) {
        return fail(ErrorCode::Corrupt,
                    "the registry sends it as " + displayText(raw.mediaType)
                        + ", which it is not; it was refused");
    }
    return isIndexText(raw.bytes, raw.mediaType);
}

Result<RawManifest> RegistrySource::fetched(const std::string &reference) const
{
    if (m_link->repository == nullptr) {
        return fail(ErrorCode::Network,
                    displayText(m_way.name.text())
                        + " is not kept, and nothing is fetched while offline");
    }
    Result<RawManifest> raw = m_link->repository->manifest(reference, monitor());
    if (raw) {
        m_link->blobs->add(raw->digest, raw->bytes);
    }
    return raw;
}

/// Out of the cache, where it is there.
Result<RawManifest> RegistrySource::manifestOf(const Digest &digest,
                                               const std::string &mediaType) const
{
    const auto kept = m_link->blobs->find(digest);
    auto text = kept ? readAll(**kept, limits::kManifestBytes, "manifest")
                     : Result<std::string>(std::unexpected(kept.error()));
    if (text && isOf(digest, *text)) {
        return RawManifest{mediaType, digest, std::move(*text)};
    }
    return fetched(digest.text());
}

/// What the tag stands for now. The manifest itself is fetched when it is another than last time.
Result<RawManifest> RegistrySource::currentManifest() const
{
    const std::string name = m_way.name.text();
    const std::optional<Descriptor> known = m_link->blobs->recall(name);
    if (m_link->repository == nullptr) {
        return known ? manifestOf(known->digest, known->mediaType) : fetched({});
    }
    if (known && m_link->repository->digestOf(m_way.name.tag, monitor()) == known->digest) {
        return manifestOf(known->digest, known->mediaType);
    }
    return fetched(m_way.name.tag);
}

Result<> RegistrySource::begin()
{
    const ImageName &name = m_way.name;
    Result<RawManifest> root =
        name.digest.isEmpty() ? currentManifest() : manifestOf(name.digest, {});
    if (!root) {
        return std::unexpected(root.error());
    }
    m_root = std::move(*root);
    if (isSchema1Text(m_root.bytes)) {
        m_isSchema1 = true;
        return {}; // not remembered: a layout has no place for it
    }
    const Result<bool> isIndex = tellIndex(m_root);
    if (!isIndex) {
        return std::unexpected(isIndex.error());
    }
    const std::string_view mediaType = *isIndex ? "application/vnd.oci.image.index.v1+json"
                                                : "application/vnd.oci.image.manifest.v1+json";
    const bool isNamed = isIndexType(m_root.mediaType) || isManifestType(m_root.mediaType);
    m_link->blobs->remember(name.text(),
                            isNamed ? m_root.mediaType : std::string(mediaType),
                            m_root.digest,
                            m_root.bytes.size());
    if (!*isIndex) {
        return {};
    }
    std::vector<RawManifest> open = {m_root};
    for (std::size_t taken = 0; taken < open.size(); ++taken) {
        Result<ImageIndex> index = parseIndex(open[taken].bytes);
        if (!index) {
            return std::unexpected(index.error());
        }
        for (Descriptor &descriptor : index->manifests) {
            if (!isIndexType(descriptor.mediaType)) {
                auto &list = isAttestation(descriptor) ? m_attestations : m_images;
                list.push_back(std::move(descriptor));
            } else if (open.size() <= kNestedIndexes) {
                auto inner = manifestOf(descriptor.digest, descriptor.mediaType);
                if (!inner) {
                    return std::unexpected(inner.error());
                }
                open.push_back(std::move(*inner));
            }
        }
    }
    return m_images.empty() ? fail(ErrorCode::NotFound, "its index lists no image") : Result<>();
}

std::string RegistrySource::referenceOf(const Digest &digest) const
{
    const ImageName &name = m_way.name;
    return "docker://" + name.domain + '/' + name.path + '@' + digest.text();
}

Result<std::vector<ImageCandidate>> RegistrySource::images()
{
    std::vector<ImageCandidate> candidates;
    const ImageName &name = m_way.name;
    const std::vector<std::string> tags =
        name.tag.empty() ? std::vector<std::string>()
                         : std::vector<std::string>{name.domain + '/' + name.path + ':' + name.tag};
    if (m_images.empty()) {
        candidates.push_back({0, referenceOf(m_root.digest), tags, {}, m_root.digest, true});
        return candidates;
    }
    for (const Descriptor &descriptor : m_images) {
        const auto index = static_cast<std::uint32_t>(candidates.size());
        candidates.push_back({index,
                              referenceOf(descriptor.digest),
                              tags,
                              descriptor.platform,
                              descriptor.digest,
                              true});
    }
    return candidates;
}

/// From where it came, how, and what there is to say of that.
void RegistrySource::tellWhence(ImageStatement &statement) const
{
    const ImageName &name = m_way.name;
    if (!name.tag.empty()) {
        statement.tags.push_back(name.domain + '/' + name.path + ':' + name.tag);
    }
    if (const Repository *repository = m_link->repository.get()) {
        const std::optional<RateLimit> limit = repository->client().rateLimit();
        if (limit && limit->remaining < kFewRequests) {
            statement.notes.add("registry",
                                displayText(m_host) + " says: " + rateLimitText(*limit) + ".");
        }
        statement.registry = RegistryAccess{.host = m_host,
                                            .isEncrypted = repository->client().isEncrypted(),
                                            .isVerified = repository->client().isVerified(),
                                            .isAnonymous = repository->client().isAnonymous(),
                                            .isLegacyApi = m_isSchema1};
    }
    for (const std::string &note : m_way.notes) {
        statement.notes.add("registry", note);
    }
}

Result<ImageStatement> RegistrySource::schema1Statement() const
{
    Result<Schema1Image> image = parseSchema1(m_root.bytes);
    if (!image) {
        return std::unexpected(image.error());
    }
    for (Descriptor &layer : image->manifest.layers) {
        const auto kept = m_link->blobs->find(layer.digest);
        const Result<std::uint64_t> size =
            kept                            ? (*kept)->size()
            : m_link->repository == nullptr ? Result<std::uint64_t>(0)
                                            : m_link->repository->blobSize(layer.digest, monitor());
        if (!size) {
            return std::unexpected(size.error());
        }
        layer.size = static_cast<std::int64_t>(*size);
    }
    ImageStatement statement;
    statement.digest = m_root.digest;
    statement.mediaType = image->manifest.mediaType;
    statement.configText = std::move(image->configText);
    statement.manifest = std::move(image->manifest);
    statement.notes.add("schema-1",
                        "The registry has this image as a manifest of schema 1, as Docker wrote "
                        "them until 2017: the config is put together out of what that says of its "
                        "layers, no diff IDs are there to check them by, and its signatures were "
                        "not checked. Pushed again with a newer program it is complete.");
    tellWhence(statement);
    return statement;
}

Result<ImageStatement> RegistrySource::statement(std::uint32_t index)
{
    if (m_isSchema1 && index == 0) {
        return schema1Statement();
    }
    const bool isSingle = m_images.empty();
    if (!isSingle && index >= m_images.size()) {
        return fail(ErrorCode::NotFound, "there is no image @" + std::to_string(index));
    }
    const Result<RawManifest> raw =
        isSingle ? m_root : manifestOf(m_images[index].digest, m_images[index].mediaType);
    if (!raw) {
        return std::unexpected(raw.error());
    }
    const std::string what = "image " + raw->digest.shortText();
    auto manifest = parseManifest(raw->bytes);
    if (!manifest) {
        return failIn(what, manifest.error());
    }
    ImageStatement statement;
    statement.digest = raw->digest;
    statement.mediaType = manifest->mediaType.empty() ? raw->mediaType : manifest->mediaType;
    statement.configDigest = manifest->config.digest;
    Result<std::string> config = configOf(*manifest);
    if (!config) {
        return failIn(what + ": its config", config.error());
    }
    statement.configText = std::move(*config);
    statement.manifest = std::move(*manifest);
    tellWhence(statement);
    addNeighbours(raw->digest, statement);
    return statement;
}

/// Within the bounds of JSON. A damaged copy of ours is fetched once more.
Result<std::string> RegistrySource::configOf(const Manifest &manifest)
{
    const auto read = [&]() -> Result<std::string> {
        const Result<ByteSourcePtr> config = blob(manifest.config);
        return config ? readAll(**config, limits().jsonBytes, "config")
                      : Result<std::string>(std::unexpected(config.error()));
    };
    Result<std::string> text = read();
    const Digest &digest = manifest.config.digest;
    if ((!text || !isOf(digest, *text)) && dropDamaged(manifest.config)) {
        text = read();
    }
    return text || manifest.isImage() ? text : Result<std::string>(std::string());
}

void RegistrySource::addNeighbours(const Digest &digest, ImageStatement &statement) const
{
    for (const Descriptor &other : m_images) {
        if (other.digest != digest && !other.platform.isEmpty()) {
            statement.platforms.push_back({other.platform, other.digest, true});
        }
    }
    for (const Descriptor &attached : m_attestations) {
        const Result<Digest> subject =
            Digest::parse(annotation(attached, "vnd.docker.reference.digest"));
        if (subject && *subject == digest) {
            statement.attestations.push_back({attached.digest, *subject, {}, true});
        }
    }
}

/// Foreign layers are not asked for: they lie elsewhere, and who fetches them tells others what is
/// looked at.
Result<ByteSourcePtr> RegistrySource::blob(const Descriptor &descriptor)
{
    if (isForeignLayerType(descriptor.mediaType) || !descriptor.urls.empty()) {
        return fail(ErrorCode::NotFound,
                    "it is not distributed with the image, and was not fetched from elsewhere");
    }
    return registryBlob(m_link, descriptor);
}

} // namespace

namespace {

/// An image that one server has.
Result<std::unique_ptr<RegistrySource>> openAt(const RegistryEndpoint &endpoint,
                                               const RegistryWay &way,
                                               const BlobCachePtr &blobs,
                                               Monitor &monitor)
{
    auto link = std::make_shared<RegistryLink>();
    link->blobs = blobs;
    link->monitor = &monitor;
    if (!way.isOffline) {
        monitor.beginStep("Asking " + displayText(endpoint.host));
        auto repository = Repository::open(endpoint, way.silentTime, monitor);
        if (!repository) {
            return failIn(displayText(endpoint.host), repository.error());
        }
        link->repository = std::move(*repository);
    }
    auto source = std::make_unique<RegistrySource>(way, endpoint.host, std::move(link));
    if (const Result<> begun = source->begin(); !begun) {
        source->outliveMonitor();
        return std::unexpected(begun.error());
    }
    return source;
}

} // namespace

SourceResult openRegistry(RegistryWay way, const BlobCachePtr &blobs, Monitor &monitor)
{
    if (way.isOffline) {
        way.endpoints = {RegistryEndpoint()};
    }
    if (way.endpoints.empty()) {
        return std::unexpected(notAsked(way));
    }
    for (std::size_t i = 0; i + 1 < way.endpoints.size(); ++i) {
        const std::string mirror = displayText(way.endpoints[i].host);
        auto source = openAt(way.endpoints[i], way, blobs, monitor);
        if (source || source.error().code == ErrorCode::Cancelled) {
            return source;
        }
        way.notes.push_back("the mirror " + mirror + " was not used: " + source.error().message);
    }
    return openAt(way.endpoints.back(), way, blobs, monitor);
}

} // namespace cutaway
