// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/catalog.h"

#include "core/base/text.h"
#include "core/source/catalogreader.h"

#include <algorithm>

namespace cutaway {

namespace {

std::string digestOf(std::string_view text, HashAlgorithm algorithm)
{
    Hasher hasher(algorithm);
    hasher.update(std::as_bytes(std::span(text)));
    return hasher.finish();
}

} // namespace

Result<std::string> readManifestText(const FileStore &files,
                                     const std::string &name,
                                     const Descriptor &descriptor,
                                     Notes &notes)
{
    auto text = files.readText(name);
    if (!text) {
        return text;
    }
    const Digest &declared = descriptor.digest;
    if (!declared.isEmpty()) {
        const std::string real = digestOf(*text, declared.algorithm());
        if (real != declared.hex()) {
            notes.add("manifest-digest-mismatch",
                      "Digest mismatch: the manifest is listed as " + declared.text() + " but is "
                          + std::string(declared.algorithmName()) + ":" + real + ".");
        }
    }
    if (descriptor.size && static_cast<std::uint64_t>(*descriptor.size) != text->size()) {
        notes.add("manifest-size-mismatch",
                  "Size mismatch: the manifest is listed with "
                      + formatNumber(static_cast<std::uint64_t>(*descriptor.size))
                      + " bytes but has " + formatNumber(text->size()) + ".");
    }
    return text;
}

Result<Catalog> Catalog::read(const FileStorePtr &files, BlobNaming naming, const Monitor &monitor)
{
    Catalog catalog(files, naming);
    if (auto done = CatalogReader(catalog, monitor).run(); !done) {
        return std::unexpected(done.error());
    }
    return catalog;
}

Result<std::string> Catalog::blobFile(const Digest &digest) const
{
    if (digest.isEmpty()) {
        return fail(ErrorCode::NotFound, "it has no digest");
    }
    return m_files->resolve(blobName(m_naming, digest));
}

Result<ByteSourcePtr> Catalog::blob(const Digest &digest) const
{
    const auto file = blobFile(digest);
    if (!file) {
        return std::unexpected(file.error());
    }
    return m_files->open(*file);
}

Result<ImageStatement> Catalog::statement(std::size_t image) const
{
    if (image >= m_images.size()) {
        return fail(ErrorCode::NotFound, "there is no image @" + std::to_string(image));
    }
    const Item &item = m_images[image];
    if (item.problem) {
        return std::unexpected(*item.problem);
    }
    const std::string who = "image " + item.descriptor.digest.shortText();
    if (item.file.empty()) {
        return fail(ErrorCode::NotFound, who + ": its manifest is missing from this archive");
    }
    ImageStatement statement;
    statement.notes = m_notes;
    m_files->addNotes(statement.notes);
    const auto text = readManifestText(*m_files, item.file, item.descriptor, statement.notes);
    if (!text) {
        return failIn(who, text.error());
    }
    auto manifest = parseManifest(*text);
    if (!manifest) {
        return failIn(who, manifest.error());
    }
    statement.digest = item.descriptor.digest;
    statement.mediaType =
        manifest->mediaType.empty() ? item.descriptor.mediaType : manifest->mediaType;
    statement.configDigest = manifest->config.digest;
    statement.tags = item.tags;
    const auto configFile = blobFile(manifest->config.digest);
    auto config = configFile ? m_files->readText(*configFile) : configFile;
    if (config) {
        statement.configText = std::move(*config);
    } else if (manifest->isImage()) {
        return failIn(who + ": its config", config.error());
    }
    statement.manifest = std::move(*manifest);
    addNeighbours(item, statement);
    return statement;
}

void Catalog::addNeighbours(const Item &item, ImageStatement &statement) const
{
    for (const Item &other : m_images) {
        const bool isNeighbour = std::ranges::any_of(item.groups, [&](const std::string &group) {
            return std::ranges::find(other.groups, group) != other.groups.end();
        });
        if (isNeighbour && other.descriptor.digest != item.descriptor.digest
            && !other.platform.isEmpty()) {
            statement.platforms.push_back(
                PlatformEntry{other.platform, other.descriptor.digest, other.present});
        }
    }
    for (const Item &other : m_attached) {
        addSignature(item, other, statement);
    }
    for (const Item &other : m_images) {
        addSignature(item, other, statement);
    }
    for (const Item &attached : m_attached) {
        if (attached.subject == item.descriptor.digest) {
            statement.attestations.push_back(Attestation{attached.descriptor.digest,
                                                         attached.subject,
                                                         attached.predicateTypes,
                                                         attached.present});
        }
    }
}

/// A signature speaks of the image, or of an index that lists it for all platforms.
void Catalog::addSignature(const Item &item, const Item &other, ImageStatement &statement) const
{
    if (other.signature.empty()) {
        return;
    }
    statement.keepsSignatures = true;
    const bool isMeant =
        other.subject == item.descriptor.digest
        || std::ranges::find(item.groups, other.subject.text()) != item.groups.end();
    const bool isKnown = std::ranges::any_of(statement.signatures, [&](const Signature &signature) {
        return signature.digest == other.descriptor.digest;
    });
    if (isMeant && !isKnown && !other.subject.isEmpty()) {
        statement.signatures.push_back({other.descriptor.digest, other.signature});
    }
}

} // namespace cutaway
