// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/catalogreader.h"

#include "core/base/text.h"

#include <algorithm>
#include <ranges>

namespace cutaway {

namespace {

constexpr std::string_view kRefName = "org.opencontainers.image.ref.name";
constexpr std::string_view kContainerdName = "io.containerd.image.name";
constexpr std::string_view kReferenceType = "vnd.docker.reference.type";
constexpr std::string_view kReferenceDigest = "vnd.docker.reference.digest";
constexpr std::string_view kPredicateType = "in-toto.io/predicate-type";
constexpr std::string_view kCosignPredicateType = "predicateType";

std::string annotation(const Descriptor &descriptor, std::string_view key)
{
    const auto found = descriptor.annotations.find(std::string(key));
    return found == descriptor.annotations.end() ? std::string() : found->second;
}

/// The name that a descriptor gives its image: a whole reference where there is one, else the tag.
std::string ownTag(const Descriptor &descriptor)
{
    std::string name = annotation(descriptor, kContainerdName);
    return name.empty() ? annotation(descriptor, kRefName) : name;
}

void addMissing(std::vector<std::string> &list, const std::string &text)
{
    if (!text.empty() && std::ranges::find(list, text) == list.end()) {
        list.push_back(text);
    }
}

bool saysInToto(const Manifest &manifest)
{
    return !manifest.layers.empty()
           && std::ranges::all_of(manifest.layers, [](const Descriptor &layer) {
                  return layer.mediaType == "application/vnd.in-toto+json";
              });
}

/// What kind of signature a manifest is, by its artifact type or that of its layers; else empty.
std::string signatureKind(const Manifest &manifest)
{
    const std::string &type =
        manifest.artifactType.empty() ? manifest.config.mediaType : manifest.artifactType;
    if (type.starts_with("application/vnd.dev.sigstore.bundle")) {
        return "sigstore";
    }
    if (type == "application/vnd.cncf.notary.signature") {
        return "notation";
    }
    const bool isCosign =
        type.starts_with("application/vnd.dev.cosign.artifact.sig")
        || std::ranges::any_of(manifest.layers, [](const Descriptor &layer) {
               return layer.mediaType == "application/vnd.dev.cosign.simplesigning.v1+json";
           });
    return isCosign ? "cosign" : "";
}

/// What cosign's tags speak of: "sha256-<hex>.sig", ".att", ".sbom".
Digest subjectOfTag(std::string_view tag)
{
    tag = tag.substr(tag.rfind(':') + 1);
    const std::size_t dot = tag.rfind('.');
    const std::string_view ending = dot == std::string_view::npos ? "" : tag.substr(dot);
    const bool isCosign = ending == ".sig" || ending == ".att" || ending == ".sbom";
    constexpr std::string_view kPrefix = "sha256-";
    if (!isCosign || !tag.starts_with(kPrefix)) {
        return {};
    }
    const std::string hex(tag.substr(kPrefix.size(), dot - kPrefix.size()));
    return Digest::parse("sha256:" + hex).value_or(Digest());
}

} // namespace

Result<> CatalogReader::run()
{
    const bool isLayout = m_catalog.m_naming == BlobNaming::Layout;
    const std::string rootName = isLayout ? "index.json" : "manifest.json";
    const auto text = m_catalog.m_files->readText(rootName);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto isIndex = isIndexText(*text, {});
    if (!isIndex) {
        return failIn(rootName, isIndex.error());
    }
    if (!*isIndex && !isLayout) {
        return readSingle(*text);
    }
    const auto root = parseIndex(*text);
    if (!root) {
        return failIn(rootName, root.error());
    }
    pushAll(*root, Visit{});
    while (!m_stack.empty()) {
        const Visit next = std::move(m_stack.back());
        m_stack.pop_back();
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        if (++m_visits > limits::kImages) {
            return fail(ErrorCode::LimitExceeded,
                        rootName + ": more than " + formatNumber(limits::kImages)
                            + " manifests are listed");
        }
        if (auto visited = visit(next); !visited) {
            return visited;
        }
    }
    settle();
    if (m_catalog.m_images.empty() && m_problem) {
        return std::unexpected(*m_problem);
    }
    return {};
}

Result<> CatalogReader::readSingle(const std::string &text)
{
    Catalog::Item item;
    item.descriptor.digest = Digest::ofSha256(sha256Hex(text));
    item.file = "manifest.json";
    item.present = true;
    readManifest(item, text);
    m_items.push_back(std::move(item));
    settle();
    return {};
}

void CatalogReader::pushAll(const ImageIndex &index, const Visit &from)
{
    for (const Descriptor &descriptor : std::views::reverse(index.manifests)) {
        m_stack.push_back(Visit{descriptor, from.inheritedTags, from.chain});
    }
}

Catalog::Item &CatalogReader::itemOf(const Visit &visit)
{
    const auto [place, inserted] =
        m_itemOfDigest.try_emplace(visit.descriptor.digest.text(), m_items.size());
    if (inserted) {
        m_items.push_back({});
        m_items.back().descriptor = visit.descriptor;
    }
    Catalog::Item &item = m_items[place->second];
    const std::string tag = ownTag(visit.descriptor);
    item.isTagged = item.isTagged || !tag.empty();
    addMissing(item.tags, tag);
    if (tag.empty()) {
        for (const std::string &inherited : visit.inheritedTags) {
            addMissing(item.tags, inherited);
        }
    }
    addMissing(item.groups, visit.chain ? visit.chain->digest : "top:" + tag);
    if (item.platform.isEmpty()) {
        item.platform = visit.descriptor.platform;
    }
    if (annotation(visit.descriptor, kReferenceType) == "attestation-manifest"
        || visit.descriptor.platform.isUnknown()) {
        item.isAttestation = true;
        if (auto subject = Digest::parse(annotation(visit.descriptor, kReferenceDigest))) {
            item.subject = *subject;
        }
    }
    return item;
}

Result<> CatalogReader::visit(const Visit &visit)
{
    const Descriptor &descriptor = visit.descriptor;
    if (const auto known = m_indexes.find(descriptor.digest.text()); known != m_indexes.end()) {
        return enter(visit, known->second);
    }
    if (m_itemOfDigest.contains(descriptor.digest.text())) {
        itemOf(visit);
        return {};
    }
    auto file = m_catalog.blobFile(descriptor.digest);
    if (!file && m_catalog.m_naming == BlobNaming::Directory) {
        file = m_catalog.m_files->resolve(std::string(descriptor.digest.hex()) + ".manifest.json");
    }
    if (!file) {
        if (file.error().code == ErrorCode::NotFound && isIndexType(descriptor.mediaType)) {
            m_catalog.m_notes.add("index-absent",
                                  "The index " + descriptor.digest.shortText()
                                      + " is listed but missing from this archive.");
            return {};
        }
        Catalog::Item &item = itemOf(visit);
        if (file.error().code != ErrorCode::NotFound) {
            item.problem = file.error();
        }
        return {};
    }
    const auto text = m_catalog.m_files->readText(*file);
    const auto isIndex = text ? isIndexText(*text, descriptor.mediaType)
                              : Result<bool>(std::unexpected(text.error()));
    if (isIndex && *isIndex) {
        auto index = parseIndex(*text);
        if (!index) {
            m_problem = failIn("index " + descriptor.digest.shortText(), index.error()).error();
            m_catalog.m_notes.add("index-unreadable", displayText(m_problem->message));
            return {};
        }
        const auto place = m_indexes.emplace(descriptor.digest.text(), std::move(*index)).first;
        return enter(visit, place->second);
    }
    Catalog::Item &item = itemOf(visit);
    item.file = *file;
    item.present = true;
    if (!isIndex) {
        item.problem = failIn("manifest " + descriptor.digest.shortText(), isIndex.error()).error();
        return {};
    }
    readManifest(item, *text);
    return {};
}

Result<bool> CatalogReader::mayEnter(const Visit &visit)
{
    const std::string &digest = visit.descriptor.digest.text();
    for (const Chain *above = visit.chain.get(); above != nullptr; above = above->above.get()) {
        if (above->digest == digest) {
            m_problem =
                Error{ErrorCode::Corrupt,
                      "the index " + visit.descriptor.digest.shortText() + " leads back to itself"};
            m_catalog.m_notes.add("index-cycle", "Invalid: " + m_problem->message + ".");
            return false;
        }
    }
    if (visit.chain && visit.chain->depth >= limits::kIndexDepth) {
        return fail(ErrorCode::LimitExceeded,
                    "indexes are nested more than " + formatNumber(limits::kIndexDepth)
                        + " levels deep");
    }
    return true;
}

Result<> CatalogReader::enter(const Visit &visit, const ImageIndex &index)
{
    const auto may = mayEnter(visit);
    if (!may) {
        return std::unexpected(may.error());
    }
    if (!*may) {
        return {};
    }
    Visit below;
    below.inheritedTags = visit.inheritedTags;
    const std::string tag = ownTag(visit.descriptor);
    if (!tag.empty()) {
        below.inheritedTags = {tag};
    }
    below.chain = std::make_shared<const Chain>(Chain{
        visit.descriptor.digest.text(), visit.chain, visit.chain ? visit.chain->depth + 1 : 1});
    pushAll(index, below);
    return {};
}

void CatalogReader::readManifest(Catalog::Item &item, const std::string &text)
{
    const auto manifest = parseManifest(text);
    if (!manifest) {
        item.problem =
            failIn("manifest " + item.descriptor.digest.shortText(), manifest.error()).error();
        return;
    }
    if (item.descriptor.mediaType.empty()) {
        item.descriptor.mediaType = manifest->mediaType;
    }
    item.isImage = manifest->isImage();
    item.config = manifest->config.digest;
    item.isAttestation = item.isAttestation || saysInToto(*manifest);
    if (item.subject.isEmpty() && manifest->subject) {
        item.subject = manifest->subject->digest;
    }
    item.signature = signatureKind(*manifest);
    for (const Descriptor &layer : manifest->layers) {
        addMissing(item.predicateTypes, annotation(layer, kPredicateType));
        addMissing(item.predicateTypes, annotation(layer, kCosignPredicateType));
    }
    if (item.isImage && !item.isAttestation) {
        item.present = m_catalog.blobFile(item.config).has_value();
        readPlatform(item);
    }
}

void CatalogReader::readPlatform(Catalog::Item &item) const
{
    if (!item.platform.isEmpty() || !item.present) {
        return;
    }
    const auto file = m_catalog.blobFile(item.config);
    const auto text = file ? m_catalog.m_files->readText(*file) : file;
    const auto config = text ? parseJson(*text, "config", BadUtf8::Replace)
                             : Result<ParsedJson>(std::unexpected(text.error()));
    if (config) {
        item.platform = Platform::ofJson(config->value);
    }
}

void CatalogReader::settle()
{
    for (Catalog::Item &item : m_items) {
        bool isNamed = false; // by somebody, for its own sake
        for (const std::string &tag : item.tags) {
            const Digest subject = subjectOfTag(tag);
            isNamed = isNamed || (item.isTagged && subject.isEmpty());
            item.subject = item.subject.isEmpty() ? subject : item.subject;
        }
        const bool hasSubject =
            !item.subject.isEmpty() && m_itemOfDigest.contains(item.subject.text());
        const bool isAttached = item.isAttestation || (!item.isImage && hasSubject);
        if (isAttached) {
            m_catalog.m_attached.push_back(item);
        }
        if (!isAttached || isNamed) {
            m_catalog.m_images.push_back(std::move(item));
        }
    }
    m_items.clear();
}

} // namespace cutaway
