// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/source/registryblob.h"
#include "core/source/sources.h"

#include <algorithm>

namespace cutaway {

namespace {

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

class RegistrySource : public ImageSource
{
public:
    RegistrySource(RegistryWay way, RegistryLinkPtr link)
        : m_way(std::move(way))
        , m_link(std::move(link))
    {}

    /// Asks what the name stands for, and what images that lists.
    Result<> begin();

    std::string_view name() const override { return "registry"; }
    Result<std::vector<ImageCandidate>> images() override;
    Result<ImageStatement> statement(std::uint32_t index) override;
    Result<ByteSourcePtr> blob(const Descriptor &descriptor) override;
    bool isRemote() const override { return true; }
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
    void addNeighbours(const Digest &digest, ImageStatement &statement) const;
    std::string referenceOf(const Digest &digest) const;

    RegistryWay m_way;
    RegistryLinkPtr m_link;
    RawManifest m_root;
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
    if (parsed->value["schemaVersion"].toInteger() == 1) {
        return fail(ErrorCode::Unsupported,
                    "the registry has this image as a manifest of schema 1 only, as Docker wrote "
                    "them until 2017; push it again with a newer program");
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
    if (text) {
        Hasher hasher(digest.algorithm());
        hasher.update(std::as_bytes(std::span(*text)));
        if (hasher.finish() == digest.hex()) {
            return RawManifest{mediaType, digest, std::move(*text)};
        }
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

Result<ImageStatement> RegistrySource::statement(std::uint32_t index)
{
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
    const ImageName &name = m_way.name;
    if (!name.tag.empty()) {
        statement.tags.push_back(name.domain + '/' + name.path + ':' + name.tag);
    }
    Result<std::string> config = configOf(*manifest);
    if (!config) {
        return failIn(what + ": its config", config.error());
    }
    statement.configText = std::move(*config);
    statement.manifest = std::move(*manifest);
    if (const Repository *repository = m_link->repository.get()) {
        statement.registry = RegistryAccess{.host = name.domain,
                                            .isEncrypted = repository->client().isEncrypted(),
                                            .isVerified = repository->client().isVerified(),
                                            .isAnonymous = repository->client().isAnonymous(),
                                            .isLegacyApi = false};
    }
    for (const std::string &note : m_way.notes) {
        statement.notes.add("credentials", note);
    }
    addNeighbours(raw->digest, statement);
    return statement;
}

Result<std::string> RegistrySource::configOf(const Manifest &manifest)
{
    const Result<ByteSourcePtr> config = blob(manifest.config);
    auto text = config ? readAll(**config, limits().jsonBytes, "config")
                       : Result<std::string>(std::unexpected(config.error()));
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

SourceResult openRegistry(RegistryWay way, BlobCachePtr blobs, Monitor &monitor)
{
    auto link = std::make_shared<RegistryLink>();
    link->blobs = std::move(blobs);
    link->monitor = &monitor;
    if (!way.isOffline) {
        monitor.beginStep("Asking " + displayText(way.name.domain));
        auto repository = Repository::open(way.endpoints.back(), way.silentTime, monitor);
        if (!repository) {
            return failIn(displayText(way.name.domain), repository.error());
        }
        link->repository = std::move(*repository);
    }
    auto source = std::make_unique<RegistrySource>(std::move(way), link);
    if (const Result<> begun = source->begin(); !begun) {
        source->outliveMonitor();
        return std::unexpected(begun.error());
    }
    return source;
}

} // namespace cutaway
