// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/blobdigests.h"

namespace cutaway {

BlobDigests::BlobDigests(Compression compression, bool wantSha512)
    : m_compression(compression)
{
    if (wantSha512) {
        m_sha512.emplace(HashAlgorithm::Sha512);
    }
}

void BlobDigests::updateBlob(Bytes bytes)
{
    m_blob.update(bytes);
    if (m_sha512) {
        m_sha512->update(bytes);
    }
    m_blobBytes += bytes.size();
}

void BlobDigests::updateTar(Bytes bytes)
{
    m_tarBytes += bytes.size();
    if (m_compression == Compression::None) {
        updateBlob(bytes);
    } else {
        m_tar.update(bytes);
    }
}

void BlobDigests::finish(LayerReading &reading)
{
    reading.compression = m_compression;
    reading.blobBytes = m_blobBytes;
    reading.unpackedBytes = m_tarBytes;
    reading.blobSha256 = m_blob.finish();
    reading.diffSha256 = m_compression == Compression::None ? reading.blobSha256 : m_tar.finish();
    if (m_sha512) {
        reading.blobSha512 = m_sha512->finish();
    }
}

} // namespace cutaway
