// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/source/catalog.h"
#include "core/source/dockermanifest.h"
#include "core/source/sources.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <map>
#include <set>

namespace cutaway {

namespace {

/// The digest that a member's name promises: blobs/sha256/<hex>, "sha256:<hex>", "<hex>.json".
Digest promisedDigest(std::string_view member)
{
    std::string_view last = baseName(member);
    const std::string_view folder = member.substr(0, member.size() - last.size());
    if (folder.ends_with("blobs/sha512/")) {
        return Digest::parse("sha512:" + std::string(last)).value_or(Digest());
    }
    if (last.starts_with("sha256:")) {
        return Digest::parse(last).value_or(Digest());
    }
    if (last.ends_with(".json")) {
        last.remove_suffix(5);
    }
    return Digest::parse("sha256:" + std::string(last)).value_or(Digest());
}

class DockerSource : public ImageSource
{
public:
    DockerSource(SourceOrigin origin, std::vector<DockerEntry> entries)
        : m_origin(std::move(origin))
        , m_entries(std::move(entries))
    {
        readConfigs();
    }

    void addLayout(Catalog catalog);
    void addNote(std::string code, std::string message)
    {
        m_notes.add(std::move(code), std::move(message));
    }

    std::string_view name() const override { return m_origin.name; }
    Result<std::vector<ImageCandidate>> images() override;
    Result<ImageStatement> statement(std::uint32_t index) override;
    Result<ByteSourcePtr> blob(const Descriptor &descriptor) override;
    std::optional<Result<LayerReading>> takeReading(const Descriptor &descriptor) override;

private:
    struct KnownConfig
    {
        Digest digest; ///< computed
        Platform platform;
    };

    void readConfigs();
    const Catalog::Item *layoutItem(const Digest &config, std::size_t *place) const;
    Result<ImageStatement> statementOf(const DockerEntry &entry) const;
    Result<std::vector<Descriptor>> layersOf(const DockerEntry &entry) const;
    void useLayout(ImageStatement &statement, const Digest &config) const;
    void useLayerSources(ImageStatement &statement, const DockerEntry &entry) const;
    Result<std::string> fileOf(const Descriptor &descriptor) const;

    SourceOrigin m_origin;
    std::vector<DockerEntry> m_entries;
    std::map<std::string, KnownConfig> m_configs; ///< by name as written
    std::optional<Catalog> m_layout;
    std::vector<std::size_t> m_extra; ///< images of the layout that manifest.json does not list
    Notes m_notes;
};

void DockerSource::readConfigs()
{
    for (const DockerEntry &entry : m_entries) {
        if (entry.problem || m_configs.contains(entry.config)) {
            continue;
        }
        const auto text = m_origin.files->readText(entry.config);
        if (!text) {
            continue;
        }
        KnownConfig &known = m_configs[entry.config];
        known.digest = Digest::ofSha256(sha256Hex(*text));
        if (const auto config = parseJson(*text, "config", BadUtf8::Replace)) {
            known.platform = Platform::ofJson(config->value);
        }
    }
}

void DockerSource::addLayout(Catalog catalog)
{
    std::set<std::string> listed;
    for (const auto &[name, known] : m_configs) {
        listed.insert(known.digest.text());
    }
    for (std::size_t i = 0; i < catalog.images().size(); ++i) {
        const Catalog::Item &item = catalog.images()[i];
        if (item.present && item.isImage && !item.problem && !listed.contains(item.config.text())) {
            m_extra.push_back(i);
        }
    }
    m_layout = std::move(catalog);
}

const Catalog::Item *DockerSource::layoutItem(const Digest &config, std::size_t *place) const
{
    if (!m_layout || config.isEmpty()) {
        return nullptr;
    }
    const auto &items = m_layout->images();
    const auto found = std::ranges::find_if(items, [&](const Catalog::Item &item) {
        return item.config == config && !item.problem && !item.file.empty();
    });
    if (found == items.end()) {
        return nullptr;
    }
    *place = static_cast<std::size_t>(found - items.begin());
    return &*found;
}

Result<std::vector<ImageCandidate>> DockerSource::images()
{
    std::vector<ImageCandidate> candidates;
    const auto finish = [&](ImageCandidate candidate) {
        candidate.index = static_cast<std::uint32_t>(candidates.size());
        candidate.reference = m_origin.reference + ":@" + std::to_string(candidate.index);
        candidates.push_back(std::move(candidate));
    };
    for (const DockerEntry &entry : m_entries) {
        ImageCandidate candidate;
        candidate.tags = entry.tags;
        if (const auto known = m_configs.find(entry.config); known != m_configs.end()) {
            candidate.platform = known->second.platform;
            candidate.digest = known->second.digest;
        }
        std::size_t place = 0;
        if (const auto *item = layoutItem(candidate.digest, &place)) {
            candidate.digest = item->descriptor.digest;
        }
        finish(std::move(candidate));
    }
    for (const std::size_t extra : m_extra) {
        const Catalog::Item &item = m_layout->images()[extra];
        ImageCandidate candidate;
        candidate.tags = item.tags;
        candidate.platform = item.platform;
        candidate.digest = item.descriptor.digest;
        finish(std::move(candidate));
    }
    return candidates;
}

Result<ImageStatement> DockerSource::statement(std::uint32_t index)
{
    if (index >= m_entries.size() + m_extra.size()) {
        return fail(ErrorCode::NotFound, "there is no image @" + std::to_string(index));
    }
    if (index >= m_entries.size()) {
        return m_layout->statement(m_extra[index - m_entries.size()]);
    }
    const DockerEntry &entry = m_entries[index];
    if (entry.problem) {
        return std::unexpected(*entry.problem);
    }
    return statementOf(entry);
}

Result<std::vector<Descriptor>> DockerSource::layersOf(const DockerEntry &entry) const
{
    std::vector<Descriptor> layers;
    for (std::size_t i = 0; i < entry.layers.size(); ++i) {
        const std::string where = "manifest.json: layer " + std::to_string(i);
        auto member = m_origin.files->resolve(entry.layers[i]);
        if (!member) {
            return failIn(where, member.error());
        }
        Descriptor layer;
        layer.member = std::move(*member);
        if (layer.member.starts_with("blobs/")) {
            layer.digest = promisedDigest(layer.member);
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

Result<ImageStatement> DockerSource::statementOf(const DockerEntry &entry) const
{
    ImageStatement statement;
    auto text = m_origin.files->readText(entry.config);
    if (!text) {
        return failIn("manifest.json: config", text.error());
    }
    auto layers = layersOf(entry);
    if (!layers) {
        return std::unexpected(layers.error());
    }
    const Digest config = Digest::ofSha256(sha256Hex(*text));
    statement.digest = config;
    statement.configText = std::move(*text);
    statement.configDigest = promisedDigest(entry.config);
    statement.mediaType = "application/vnd.docker.container.image.v1+json";
    statement.manifest.config.mediaType = statement.mediaType;
    statement.manifest.config.digest = config;
    statement.manifest.layers = std::move(*layers);
    statement.tags = entry.tags;
    statement.notes = m_notes;
    m_origin.files->addNotes(statement.notes);
    useLayerSources(statement, entry);
    useLayout(statement, config);
    return statement;
}

void DockerSource::useLayerSources(ImageStatement &statement, const DockerEntry &entry) const
{
    for (Descriptor &layer : statement.manifest.layers) {
        const auto known = entry.layerSources.find(layer.digest.text());
        if (known != entry.layerSources.end() && known->second.digest == layer.digest) {
            layer.mediaType = known->second.mediaType;
            layer.size = known->second.size;
            layer.annotations = known->second.annotations;
        }
    }
}

/// Takes from the OCI manifest what manifest.json does not say, where both mean the same layers.
void DockerSource::useLayout(ImageStatement &statement, const Digest &config) const
{
    std::size_t place = 0;
    const Catalog::Item *item = layoutItem(config, &place);
    if (item == nullptr) {
        return;
    }
    auto other = m_layout->statement(place);
    if (!other) {
        return;
    }
    statement.platforms = std::move(other->platforms);
    statement.attestations = std::move(other->attestations);
    statement.signatures = std::move(other->signatures);
    statement.keepsSignatures = other->keepsSignatures;
    std::vector<Descriptor> &layers = statement.manifest.layers;
    const bool agree = std::ranges::equal(
        other->manifest.layers, layers, {}, &Descriptor::digest, &Descriptor::digest);
    if (!agree) {
        statement.notes.add(
            "manifest-disagreement",
            "The OCI manifest in this archive lists other layers than manifest.json, "
            "which is taken for right.");
        return;
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const std::string member = std::move(layers[i].member);
        layers[i] = other->manifest.layers[i];
        layers[i].member = member;
    }
    statement.digest = other->digest;
    statement.mediaType = other->mediaType;
    statement.configDigest = other->configDigest;
    other->manifest.layers = std::move(layers);
    statement.manifest = std::move(other->manifest);
    for (const Note &note : other->notes.list()) {
        const bool isNew = std::ranges::none_of(statement.notes.list(), [&](const Note &known) {
            return known.code == note.code && known.message == note.message;
        });
        if (isNew) {
            statement.notes.add(note);
        }
    }
}

Result<std::string> DockerSource::fileOf(const Descriptor &descriptor) const
{
    return m_origin.files->resolve(descriptor.member.empty()
                                       ? blobName(BlobNaming::Layout, descriptor.digest)
                                       : descriptor.member);
}

Result<ByteSourcePtr> DockerSource::blob(const Descriptor &descriptor)
{
    const auto file = fileOf(descriptor);
    if (!file) {
        return std::unexpected(file.error());
    }
    return m_origin.files->open(*file);
}

std::optional<Result<LayerReading>> DockerSource::takeReading(const Descriptor &descriptor)
{
    const auto file = fileOf(descriptor);
    return file ? m_origin.files->takeReading(*file) : std::nullopt;
}

} // namespace

SourceResult openDockerArchive(SourceOrigin origin, const Monitor &monitor)
{
    const auto text = origin.files->readText("manifest.json");
    if (!text) {
        return std::unexpected(text.error());
    }
    auto entries = parseDockerManifest(*text);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    const FileStorePtr files = origin.files;
    auto source = std::make_unique<DockerSource>(std::move(origin), std::move(*entries));
    if (files->contains("index.json")) {
        auto layout = Catalog::read(files, BlobNaming::Layout, monitor);
        if (layout) {
            source->addLayout(std::move(*layout));
        } else if (layout.error().code == ErrorCode::Cancelled) {
            return std::unexpected(layout.error());
        } else {
            source->addNote(
                "index-unreadable",
                "The archive's OCI index is invalid: " + displayText(layout.error().message) + ".");
        }
    }
    return source;
}

} // namespace cutaway
