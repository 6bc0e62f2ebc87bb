// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/filestore.h"
#include "core/source/imagesource.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// The images that an index names, walked down through nested indexes: what an OCI layout, skopeo's
/// dir and the OCI side of newer docker archives have in common.
class Catalog
{
public:
    /// One manifest; tags of one digest are one image.
    struct Item
    {
        Descriptor descriptor;
        std::string file; ///< the manifest's name in the store; empty where it is not there
        std::vector<std::string> tags;
        Platform platform;
        Digest config;
        Digest subject; ///< what it speaks of, when it is attached to another
        std::vector<std::string>
            groups; ///< indexes that list it: images of one group are its platforms
        std::vector<std::string> predicateTypes;
        std::string signature; ///< what kind of one it is; empty where it is none
        bool isAttestation = false;
        bool isImage = true;          ///< otherwise an artifact
        bool present = false;         ///< manifest and config are in the store
        bool isTagged = false;        ///< by itself, not through an index above
        std::optional<Error> problem; ///< why its manifest cannot be understood
    };

    /// Walks `rootName` (index.json, or skopeo's manifest.json). Corrupt when the root is no index
    /// or indexes run in a circle; LimitExceeded when they are nested too deeply.
    [[nodiscard]] static Result<Catalog> read(const FileStorePtr &files,
                                              BlobNaming naming,
                                              const Monitor &monitor);

    /// As offered for choosing: everything but what is attached to another item and has no tag of
    /// its own.
    const std::vector<Item> &images() const { return m_images; }
    [[nodiscard]] Result<ImageStatement> statement(std::size_t image) const;
    [[nodiscard]] Result<ByteSourcePtr> blob(const Digest &digest) const;
    /// The store's name of a blob; NotFound where it is not there.
    [[nodiscard]] Result<std::string> blobFile(const Digest &digest) const;

private:
    friend class CatalogReader;
    Catalog(FileStorePtr files, BlobNaming naming)
        : m_files(std::move(files))
        , m_naming(naming)
    {}

    void addNeighbours(const Item &item, ImageStatement &statement) const;
    void addSignature(const Item &item, const Item &other, ImageStatement &statement) const;

    FileStorePtr m_files;
    BlobNaming m_naming;
    std::vector<Item> m_images;
    std::vector<Item> m_attached;
    Notes m_notes;
};

/// Reads a manifest that is named by digest, and notes where it is not what its descriptor says.
[[nodiscard]] Result<std::string> readManifestText(const FileStore &files,
                                                   const std::string &name,
                                                   const Descriptor &descriptor,
                                                   Notes &notes);

} // namespace cutaway
