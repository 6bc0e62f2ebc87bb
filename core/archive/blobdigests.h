// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"
#include "core/base/hash.h"

#include <cstdint>
#include <optional>

namespace cutaway {

/// What the bytes of a layer as stored, and those of its tar, hash to.
class BlobDigests
{
public:
    BlobDigests(Compression compression, bool wantSha512);

    void updateBlob(Bytes bytes);
    /// Nothing is hashed twice: of an uncompressed layer, the tar is the blob.
    void updateTar(Bytes bytes);
    void finish(LayerReading &reading);

private:
    Compression m_compression;
    Hasher m_blob;
    Hasher m_tar;
    std::optional<Hasher> m_sha512;
    std::uint64_t m_blobBytes = 0;
    std::uint64_t m_tarBytes = 0;
};

} // namespace cutaway
