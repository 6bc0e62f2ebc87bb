// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/blobcache.h"
#include "core/registry/repository.h"

#include <atomic>
#include <memory>

namespace cutaway {

/// What the blobs of one image of a registry have in common. They may outlive the source.
struct RegistryLink
{
    std::unique_ptr<Repository> repository; ///< nullptr: offline
    BlobCachePtr blobs;
    Monitor patient; ///< never cancelled
    std::atomic<const Monitor *> monitor = &patient;
};
using RegistryLinkPtr = std::shared_ptr<RegistryLink>;

/// A blob of the registry: out of the cache, or else one that is fetched as it is read, by whoever
/// reads, and goes into the cache when all has come and is what its digest says. Reading it then
/// gives Corrupt if it is not, at its last byte at the latest.
[[nodiscard]] Result<ByteSourcePtr> registryBlob(const RegistryLinkPtr &link,
                                                 const Descriptor &descriptor);

} // namespace cutaway
