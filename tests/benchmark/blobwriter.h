// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hash.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cutaway::benchmark {

enum class Packing : std::uint8_t { None, Gzip, FastGzip, Zstd };

struct WrittenBlob
{
    std::string digest; ///< lowercase hex
    std::string diffId;
    std::uint64_t size = 0;
    std::uint64_t unpackedSize = 0;
    Packing packing = Packing::None;
};

/// Writes a layer's tar to a file, packed, hashed on both sides.
class BlobWriter
{
public:
    BlobWriter(const std::string &path, Packing packing);
    ~BlobWriter();
    BlobWriter(const BlobWriter &) = delete;
    BlobWriter &operator=(const BlobWriter &) = delete;

    void write(std::string_view bytes);
    /// What was written, or the first error.
    [[nodiscard]] Result<WrittenBlob> finish();

private:
    class Packer;
    class GzipPacker;
    class ZstdPacker;
    void put(std::string_view packed);
    void flush();

    std::string m_path;
    int m_file = -1;
    std::unique_ptr<Packer> m_packer; ///< none where the tar is stored as it is
    std::string m_waiting;            ///< of the tar
    Hasher m_tarHash;
    Hasher m_blobHash;
    WrittenBlob m_blob;
    bool m_failed = false;
};

} // namespace cutaway::benchmark
