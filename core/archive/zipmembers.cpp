// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/zipmembers.h"

#include "core/archive/inflate.h"

#include <algorithm>
#include <optional>
#include <string>

namespace cutaway {

namespace {

constexpr std::uint64_t kElsewhere = 0xFFFFFFFF; ///< a number that stands in a wider field

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t width)
{
    std::uint64_t value = 0;
    for (std::size_t i = width; i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

/// The record of so many bytes that begins there with that signature; empty where there is none.
std::string_view recordAt(std::string_view bytes,
                          std::uint64_t at,
                          std::size_t size,
                          std::string_view signature)
{
    if (at > bytes.size() || bytes.size() - at < size || !bytes.substr(at).starts_with(signature)) {
        return {};
    }
    return bytes.substr(at, size);
}

struct Directory
{
    std::uint64_t start = 0;
    std::uint64_t base = 0; ///< of all places that it tells
};

/// By the record at the end of the file.
std::optional<Directory> directoryOf(std::string_view bytes)
{
    constexpr std::size_t kEndBytes = 22;
    constexpr std::size_t kMostComment = 65535;
    constexpr std::size_t kLocatorBytes = 20;
    constexpr std::size_t kWideEndBytes = 56;
    const std::size_t from = bytes.size() - std::min(bytes.size(), kEndBytes + kMostComment);
    const std::size_t found = bytes.substr(from).rfind("PK\5\6");
    const std::uint64_t end = from + (found == std::string_view::npos ? 0 : found);
    const std::string_view record = recordAt(bytes, end, kEndBytes, "PK\5\6");
    if (record.empty()) {
        return std::nullopt;
    }
    std::uint64_t behind = end; // what follows the directory
    std::uint64_t size = number(record, 12, 4);
    std::uint64_t start = number(record, 16, 4);
    if (size == kElsewhere || start == kElsewhere) {
        const std::string_view wide =
            end < kLocatorBytes + kWideEndBytes
                ? std::string_view()
                : recordAt(bytes, end - kLocatorBytes - kWideEndBytes, kWideEndBytes, "PK\6\6");
        if (wide.empty()) {
            return std::nullopt;
        }
        behind = end - kLocatorBytes - kWideEndBytes;
        size = number(wide, 40, 8);
        start = number(wide, 48, 8);
    }
    if (size > behind || start > behind - size) {
        return std::nullopt;
    }
    return Directory{behind - size, behind - size - start};
}

struct Member
{
    std::uint64_t flags = 0;
    std::uint64_t method = 0;
    std::uint64_t packed = 0; ///< bytes
    std::uint64_t size = 0;
    std::uint64_t header = 0; ///< its place
};

/// Its bytes as they are in the file.
std::optional<std::string_view> packedBytes(std::string_view bytes, const Member &member)
{
    constexpr std::size_t kHeaderBytes = 30;
    const std::string_view header = recordAt(bytes, member.header, kHeaderBytes, "PK\3\4");
    if (header.empty()) {
        return std::nullopt;
    }
    const std::uint64_t start =
        member.header + kHeaderBytes + number(header, 26, 2) + number(header, 28, 2);
    if (start > bytes.size() || bytes.size() - start < member.packed) {
        return std::nullopt;
    }
    return bytes.substr(start, member.packed);
}

void visitContent(std::string_view bytes,
                  std::string_view name,
                  const Member &member,
                  const ZipVisitor &visitor)
{
    constexpr std::uint64_t kEncrypted = 1;
    constexpr std::uint64_t kStored = 0;
    constexpr std::uint64_t kDeflated = 8;
    const auto packed = packedBytes(bytes, member);
    if (!packed || (member.flags & kEncrypted) != 0) {
        return;
    }
    if (member.method == kStored) {
        visitor.visit(name, *packed);
    } else if (member.method == kDeflated) {
        const Result<std::string> content =
            inflateAll(std::as_bytes(std::span(*packed)), DeflateForm::Raw, member.size);
        if (content) {
            visitor.visit(name, *content);
        }
    }
}

} // namespace

Result<> forEachZipMember(std::string_view bytes, const ZipVisitor &visitor, std::uint64_t &budget)
{
    constexpr std::size_t kRecordBytes = 46;
    const auto directory = directoryOf(bytes);
    if (!directory) {
        return fail(ErrorCode::Corrupt, "it is no zip file");
    }
    std::uint64_t at = directory->start;
    for (std::size_t members = 0; members < visitor.mostMembers; ++members) {
        const std::string_view record = recordAt(bytes, at, kRecordBytes, "PK\1\2");
        if (record.empty()) {
            break;
        }
        at += kRecordBytes;
        const std::string_view name = bytes.substr(at, number(record, 28, 2));
        at += number(record, 28, 2) + number(record, 30, 2) + number(record, 32, 2);
        const Member member{number(record, 8, 2),
                            number(record, 10, 2),
                            number(record, 20, 4),
                            number(record, 24, 4),
                            directory->base + number(record, 42, 4)};
        if (member.packed != kElsewhere && member.size <= budget
            && visitor.wants(name, member.size)) {
            budget -= member.size;
            visitContent(bytes, name, member, visitor);
        }
    }
    return {};
}

} // namespace cutaway
