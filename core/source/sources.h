// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/registryway.h"
#include "core/source/filestore.h"
#include "core/source/imagesource.h"

#include <memory>
#include <string>

namespace cutaway {

/// What a source needs to know of where it came from.
struct SourceOrigin
{
    FileStorePtr files;
    std::string name;      ///< of the kind, as in reports: "oci-archive"
    std::string reference; ///< that opens it again, without an image: "oci-archive:/a/b.tar"
};

using SourceResult = Result<std::unique_ptr<ImageSource>>;

/// A docker archive that has manifest.json, be there an OCI layout beside it or not.
[[nodiscard]] SourceResult openDockerArchive(SourceOrigin origin, const Monitor &monitor);
/// A docker archive from before 1.10, without manifest.json.
[[nodiscard]] SourceResult openLegacyArchive(SourceOrigin origin);
/// An OCI layout, or skopeo's dir.
[[nodiscard]] SourceResult openLayout(SourceOrigin origin,
                                      BlobNaming naming,
                                      const Monitor &monitor);

/// An image of a registry. Its blobs come as they are read, and stay in `blobs`.
[[nodiscard]] SourceResult openRegistry(RegistryWay way,
                                        const BlobCachePtr &blobs,
                                        Monitor &monitor);

/// An image that an engine on this machine holds. Its archive comes as it is read; the layers that
/// the analysis cache knows are taken from there, and where it knows all of them nothing comes.
[[nodiscard]] SourceResult openEngine(EngineKind kind,
                                      const std::string &name,
                                      const OpenOptions &options,
                                      const LayerReadOptions &reading,
                                      Monitor &monitor);

/// A root file system as a tar, compressed or not: an image of one layer.
[[nodiscard]] std::unique_ptr<ImageSource> rootfsTar(ByteSourcePtr tar, std::string reference);
/// The same, when it came by on a stream and has been read.
[[nodiscard]] std::unique_ptr<ImageSource> rootfsReading(LayerReading reading,
                                                         std::string reference);
/// A directory as a root file system. Links are never followed, nor are other file systems entered;
/// nothing but regular files is opened.
[[nodiscard]] SourceResult rootfsDirectory(const std::string &path,
                                           std::string reference,
                                           const LayerReadOptions &options,
                                           Monitor &monitor);

} // namespace cutaway
