// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/cache/cacheentry.h"

#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace cutaway {

namespace {

constexpr std::string_view kMagic = "CutawayC";
constexpr std::uint32_t kByteOrder = 0x01020304;
constexpr std::size_t kKeyBytes = 64; ///< a SHA-256 in hexadecimal
constexpr std::size_t kHeaderBytes = 8 + 3 * sizeof(std::uint32_t) + kKeyBytes;
constexpr std::size_t kSumBytes = sizeof(ContentHash);
constexpr std::uint32_t kMostRemarks = 10'000;
constexpr std::size_t kRemarkBytes = 1u << 21;

std::array<std::byte, kSumBytes> sumOf(const ContentHasher &hasher)
{
    const ContentHash hash = hasher.finish();
    std::array<std::byte, kSumBytes> bytes = {};
    std::memcpy(bytes.data(), &hash, sizeof(hash));
    return bytes;
}

/// Hashes what passes by.
class HashedStream : public ByteStream
{
public:
    HashedStream(std::unique_ptr<ByteStream> from, ContentHasher &hasher)
        : m_from(std::move(from))
        , m_hasher(hasher)
    {}
    Result<Bytes> next() override
    {
        const Result<Bytes> run = m_from->next();
        if (run) {
            m_hasher.update(*run);
        }
        return run;
    }

private:
    std::unique_ptr<ByteStream> m_from;
    ContentHasher &m_hasher;
};

std::unexpected<Error> failDamaged()
{
    return fail(ErrorCode::Corrupt, "an entry of the cache is damaged");
}

bool isHex(std::string_view text, std::size_t size)
{
    return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

} // namespace

std::vector<std::byte> cacheHeader(CacheKind kind, std::string_view key)
{
    std::vector<std::byte> header;
    BinaryWriter writer(
        [&header](Bytes run) { header.insert(header.end(), run.begin(), run.end()); });
    writer.column(std::span<const char>(kMagic));
    writer.number(kByteOrder);
    writer.number(kCacheVersion);
    writer.number(static_cast<std::uint32_t>(kind));
    std::string padded(key.substr(0, kKeyBytes));
    padded.resize(kKeyBytes);
    writer.column(std::span<const char>(padded));
    return header;
}

Result<> writeCacheEntry(CacheKind kind,
                         std::string_view key,
                         const std::function<void(BinaryWriter &)> &content,
                         const PackedWriter::Sink &sink)
{
    ContentHasher hasher;
    const auto write = [&](Bytes run) -> Result<> {
        hasher.update(run);
        return sink(run);
    };
    if (const auto written = write(cacheHeader(kind, key)); !written) {
        return written;
    }
    PackedWriter packed(write);
    BinaryWriter writer([&packed](Bytes run) { packed.write(run); });
    content(writer);
    if (const auto finished = packed.finish(); !finished) {
        return finished;
    }
    return sink(sumOf(hasher));
}

Result<> readCacheEntry(const ByteSourcePtr &entry,
                        CacheKind kind,
                        std::string_view key,
                        const std::function<Result<>(ByteStream &)> &content)
{
    const std::uint64_t size = entry->size();
    std::array<std::byte, kHeaderBytes> header = {};
    std::array<std::byte, kSumBytes> sum = {};
    if (size < header.size() + sum.size() || !entry->readAt(0, header)
        || !entry->readAt(size - sum.size(), sum)
        || !std::ranges::equal(header, cacheHeader(kind, key))) {
        return failDamaged();
    }
    ContentHasher hasher;
    hasher.update(header);
    const auto body = windowOf(entry, header.size(), size - header.size() - sum.size());
    const auto unpacked =
        decompress(std::make_unique<HashedStream>(streamOf(body), hasher), Compression::Zstd);
    if (const auto read = content(*unpacked); !read) {
        return read;
    }
    const auto rest = unpacked->next();
    if (!rest || !rest->empty() || sumOf(hasher) != sum) {
        return failDamaged();
    }
    return {};
}

void writeBlobRecord(const BlobRecord &record, BinaryWriter &writer)
{
    const FileIdentity &identity = record.identity;
    writer.number(identity.device);
    writer.number(identity.inode);
    writer.number(identity.fileSize);
    writer.number(identity.modified);
    writer.number(identity.changed);
    writer.number(identity.offset);
    writer.number(identity.size);
    const LayerReading &reading = record.reading;
    writer.text(reading.blobSha256);
    writer.text(reading.blobSha512);
    writer.text(reading.diffSha256);
    writer.number(static_cast<std::uint8_t>(reading.compression));
    writer.number(reading.blobBytes);
    writer.number(reading.unpackedBytes);
    writer.number(static_cast<std::uint8_t>(record.hasRestarts));
    writer.number(static_cast<std::uint32_t>(reading.remarks.size()));
    for (const std::string &remark : reading.remarks) {
        writer.text(remark);
    }
}

Result<BlobRecord> readBlobRecord(ByteStream &from)
{
    constexpr std::size_t kSha256 = 64;
    constexpr std::size_t kSha512 = 128;
    BinaryReader reader(from);
    BlobRecord record;
    FileIdentity &identity = record.identity;
    identity.device = reader.number<std::uint64_t>();
    identity.inode = reader.number<std::uint64_t>();
    identity.fileSize = reader.number<std::uint64_t>();
    identity.modified = reader.number<std::int64_t>();
    identity.changed = reader.number<std::int64_t>();
    identity.offset = reader.number<std::uint64_t>();
    identity.size = reader.number<std::uint64_t>();
    LayerReading &reading = record.reading;
    reading.blobSha256 = reader.text(kSha256);
    reading.blobSha512 = reader.text(kSha512);
    reading.diffSha256 = reader.text(kSha256);
    const auto compression = reader.number<std::uint8_t>();
    reading.blobBytes = reader.number<std::uint64_t>();
    reading.unpackedBytes = reader.number<std::uint64_t>();
    record.hasRestarts = reader.number<std::uint8_t>() != 0;
    const auto remarks = reader.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < remarks && reader.isGood(); ++i) {
        reading.remarks.push_back(reader.text(kRemarkBytes));
    }
    const bool isRight = isHex(reading.blobSha256, kSha256) && isHex(reading.diffSha256, kSha256)
                         && (reading.blobSha512.empty() || isHex(reading.blobSha512, kSha512))
                         && compression <= static_cast<std::uint8_t>(Compression::Compress)
                         && remarks <= kMostRemarks;
    if (!isRight || !reader.isAtEnd()) {
        return failDamaged();
    }
    reading.compression = static_cast<Compression>(compression);
    return record;
}

void writeFileFacts(const FileFacts &facts, std::uint32_t version, BinaryWriter &writer)
{
    writer.number(version);
    writer.number(static_cast<std::uint64_t>(facts.size()));
    for (const FileFact &fact : facts) {
        writer.number(fact.headerOffset);
        writer.number(fact.kind);
        writer.text(fact.bytes);
    }
}

Result<FileFacts> readFileFacts(ByteStream &from, std::initializer_list<std::uint32_t> versions)
{
    BinaryReader reader(from);
    const auto version = reader.number<std::uint32_t>();
    const bool isRight = std::ranges::find(versions, version) != versions.end();
    std::uint64_t left = reader.number<std::uint64_t>();
    FileFacts facts;
    std::uint64_t lastOffset = 0;
    for (; isRight && left > 0 && reader.isGood(); --left) {
        FileFact &fact = facts.emplace_back();
        fact.headerOffset = reader.number<std::uint64_t>();
        fact.kind = reader.number<std::uint32_t>();
        fact.bytes = reader.text(limits::kFactLayerBytes);
        if (fact.headerOffset < std::exchange(lastOffset, fact.headerOffset)) {
            return failDamaged();
        }
    }
    if (!isRight || !reader.isAtEnd()) {
        return failDamaged();
    }
    return facts;
}

} // namespace cutaway
