// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/archivelisting.h"

#include "core/archive/codec.h"
#include "core/archive/tarcursor.h"
#include "core/archive/zipmembers.h"
#include "core/base/bytesource.h"
#include "core/preview/previewlimits.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>
#include <utility>

namespace cutaway {

namespace {

constexpr std::string_view kArMark = "!<arch>\n";
constexpr std::size_t kTarBlock = 512;

/// As a tar begins: by the mark that all but the oldest have.
bool isTar(std::string_view head)
{
    return head.size() >= kTarBlock && head.substr(257).starts_with("ustar");
}

/// Ends once enough came by, and when nobody waits any more.
class BoundedStream : public ByteStream
{
public:
    BoundedStream(std::unique_ptr<ByteStream> from, std::uint64_t most, const Monitor &monitor)
        : m_from(std::move(from))
        , m_left(most)
        , m_monitor(monitor)
    {}
    Result<Bytes> next() override
    {
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        if (m_left == 0) {
            return fail(ErrorCode::LimitExceeded, "it unpacks to more than is looked at");
        }
        Result<Bytes> run = m_from->next();
        if (run) {
            m_left -= std::min<std::uint64_t>(m_left, run->size());
        }
        return run;
    }

private:
    std::unique_ptr<ByteStream> m_from;
    std::uint64_t m_left;
    const Monitor &m_monitor;
};

std::unique_ptr<ByteStream> unpackedStream(std::string_view bytes, Compression compression)
{
    auto stream = streamOf(memorySource(bytes));
    return compression == Compression::None ? std::move(stream)
                                            : decompress(std::move(stream), compression);
}

std::optional<ArchiveListing> listTar(std::string_view bytes,
                                      Compression compression,
                                      const Monitor &monitor)
{
    BoundedStream stream(
        unpackedStream(bytes, compression), limits::kPreviewUnpackedBytes, monitor);
    TarCursor cursor(stream);
    ArchiveListing listing;
    listing.format = compression == Compression::None
                         ? "tar"
                         : "tar, " + std::string(compressionName(compression));
    while (const TarMember *member = cursor.next()) {
        if (listing.members.size() == limits::kPreviewMembers) {
            listing.isWhole = false;
            return listing;
        }
        listing.members.push_back({member->name, member->target, member->type, member->size});
    }
    if (!cursor.status()) {
        listing.isWhole = false;
        listing.problem = cursor.status().error().message;
    }
    return listing;
}

std::optional<ArchiveListing> listZip(std::string_view bytes)
{
    ArchiveListing listing;
    listing.format = "zip";
    std::uint64_t budget = std::numeric_limits<std::uint64_t>::max();
    const ZipVisitor visitor{[&listing](std::string_view name, std::uint64_t size) {
                                 const EntryType type =
                                     name.ends_with('/') ? EntryType::Directory : EntryType::File;
                                 listing.members.push_back({std::string(name), {}, type, size});
                                 return false;
                             },
                             [](std::string_view, std::string_view) {},
                             limits::kPreviewMembers};
    const Result<> listed = forEachZipMember(bytes, visitor, budget);
    if (!listed) {
        listing.isWhole = false;
        listing.problem = listed.error().message;
    }
    listing.isWhole = listing.isWhole && listing.members.size() < limits::kPreviewMembers;
    return listing;
}

std::optional<std::uint64_t> decimal(std::string_view field)
{
    field = field.substr(0, field.find(' '));
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    return error == std::errc() && end == field.data() + field.size() ? std::optional(value)
                                                                      : std::nullopt;
}

/// Members of 60-byte headers, names of more than 16 letters left as they are referred to.
ArchiveListing listAr(std::string_view bytes, bool isWhole)
{
    constexpr std::size_t kHeaderBytes = 60;
    ArchiveListing listing;
    listing.format = "ar";
    bytes.remove_prefix(kArMark.size());
    while (bytes.size() >= kHeaderBytes && listing.members.size() < limits::kPreviewMembers) {
        const auto size = decimal(bytes.substr(48, 10));
        if (!size || bytes.substr(58, 2) != "`\n") {
            listing.isWhole = false;
            listing.problem = "a header is damaged";
            return listing;
        }
        std::string_view name = bytes.substr(0, 16);
        name = name.substr(0, name.find_last_not_of(' ') + 1);
        if (name.size() > 1 && name.ends_with('/') && name != "//") {
            name.remove_suffix(1);
        }
        listing.members.push_back({std::string(name), {}, EntryType::File, *size});
        bytes.remove_prefix(kHeaderBytes);
        const std::uint64_t padded = *size + *size % 2;
        bytes.remove_prefix(
            static_cast<std::size_t>(std::min<std::uint64_t>(padded, bytes.size())));
    }
    listing.isWhole = isWhole && bytes.size() < kHeaderBytes;
    return listing;
}

} // namespace

bool mayBeArchive(std::string_view head)
{
    return isTar(head) || head.starts_with(kArMark) || head.starts_with("PK\3\4")
           || head.starts_with("PK\5\6")
           || sniffCompression(std::as_bytes(std::span(head))) != Compression::None;
}

std::optional<ArchiveListing> listArchive(std::string_view bytes,
                                          bool isWhole,
                                          const Monitor &monitor)
{
    std::optional<ArchiveListing> listing;
    if (bytes.starts_with(kArMark)) {
        listing = listAr(bytes, isWhole);
    } else if (bytes.starts_with("PK\3\4") || bytes.starts_with("PK\5\6")) {
        listing = listZip(bytes);
    } else {
        const Compression compression = sniffCompression(std::as_bytes(std::span(bytes)));
        const auto head = compression == Compression::None ? std::optional<Unpacked>()
                                                           : unpackHead(bytes, kTarBlock);
        if (isTar(head ? std::string_view(head->bytes) : bytes)) {
            listing = listTar(bytes, compression, monitor);
        }
    }
    if (listing && !isWhole) {
        listing->isWhole = false;
        listing->problem.clear(); // it ends because no more of it was read
    }
    return listing;
}

std::optional<Unpacked> unpackHead(std::string_view bytes, std::size_t wanted)
{
    const Compression compression = sniffCompression(std::as_bytes(std::span(bytes)));
    if (compression == Compression::None) {
        return std::nullopt;
    }
    Unpacked unpacked{std::string(compressionName(compression)), {}, false};
    const auto stream = unpackedStream(bytes, compression);
    while (unpacked.bytes.size() <= wanted) {
        const Result<Bytes> run = stream->next();
        if (!run) {
            break; // what came before the damage, or before the rest that was not read
        }
        if (run->empty()) {
            unpacked.isWhole = true;
            break;
        }
        unpacked.bytes.append(reinterpret_cast<const char *>(run->data()), run->size());
    }
    if (unpacked.bytes.size() > wanted) {
        unpacked.bytes.resize(wanted);
        unpacked.isWhole = false;
    }
    return unpacked;
}

} // namespace cutaway
