// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/peek.h"

#include "core/archive/tarcursor.h"
#include "core/base/bytesource.h"
#include "core/base/text.h"
#include "core/source/memberindex.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cutaway {

namespace {

std::string_view asText(Bytes bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

bool isHex(std::string_view text)
{
    return std::ranges::all_of(text, [](char character) {
        return std::isxdigit(static_cast<unsigned char>(character)) != 0;
    });
}

struct Magic
{
    std::string_view bytes;
    std::string_view name;
};

constexpr std::array<Magic, 22> kMagics = {{
    {"PK\x03\x04", "a ZIP archive"},
    {"PK\x05\x06", "an empty ZIP archive"},
    {"\x7f"
     "ELF",
     "an ELF program"},
    {"MZ", "a Windows program"},
    {"%PDF", "a PDF document"},
    {"\x89PNG", "a PNG picture"},
    {"\xff\xd8\xff", "a JPEG picture"},
    {"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"},
    {"Rar!", "a RAR archive"},
    {"!<arch>", "a Debian package or ar archive"},
    {"\xed\xab\xee\xdb", "an RPM package"},
    {"hsqs", "a SquashFS image"},
    {"QFI\xfb", "a QCOW2 disk image"},
    {"KDMV", "a VMDK disk image"},
    {"070701", "a cpio archive"},
    {"070707", "a cpio archive"},
    {"SQLite format 3", "an SQLite database"},
    {"#!", "a script"},
    {"{", "JSON text"},
    {"[", "JSON text"},
    {"\x04\x22\x4d\x18", "an LZ4-compressed file"},
    {"LZIP", "an lzip-compressed file"},
}};

} // namespace

Result<Bytes> PeekStream::peek(std::size_t count)
{
    while (m_head.size() < count) {
        const auto run = m_from->next();
        if (!run) {
            return run;
        }
        if (run->empty()) {
            break;
        }
        m_head.insert(m_head.end(), run->begin(), run->end());
    }
    return Bytes(m_head).first(std::min(count, m_head.size()));
}

Result<Bytes> PeekStream::next()
{
    if (!m_headGiven) {
        m_headGiven = true;
        if (!m_head.empty()) {
            return Bytes(m_head);
        }
    }
    return m_from->next();
}

bool isImageName(std::string_view topName)
{
    if (topName == "manifest.json" || topName == "index.json" || topName == "oci-layout"
        || topName == "repositories" || topName == "blobs" || topName.starts_with("sha256:")) {
        return true;
    }
    return topName.size() >= 64 && isHex(topName.substr(0, 64))
           && (topName.size() == 64 || topName[64] == '.');
}

bool isRootfsName(std::string_view topName)
{
    static constexpr std::array<std::string_view, 18> kNames = {"bin",
                                                                "boot",
                                                                "dev",
                                                                "etc",
                                                                "home",
                                                                "lib",
                                                                "lib64",
                                                                "media",
                                                                "mnt",
                                                                "opt",
                                                                "proc",
                                                                "root",
                                                                "run",
                                                                "sbin",
                                                                "srv",
                                                                "sys",
                                                                "usr",
                                                                "var"};
    return std::ranges::find(kNames, topName) != kNames.end();
}

ArchiveLook lookAtTar(Bytes head)
{
    const auto stream = streamOf(memorySource(asText(head)));
    TarCursor cursor(*stream);
    bool isTar = false;
    bool isRootfs = false;
    bool isImage = false;
    while (const TarMember *member = cursor.next()) {
        isTar = true;
        const auto name = memberName(member->name);
        if (!name) {
            continue;
        }
        const std::string_view top = std::string_view(*name).substr(0, name->find('/'));
        isRootfs = isRootfs || isRootfsName(top);
        isImage = isImage || isImageName(top);
    }
    if (!isTar) {
        return ArchiveLook::NotTar;
    }
    if (isRootfs == isImage) {
        return ArchiveLook::Undecided;
    }
    return isRootfs ? ArchiveLook::Rootfs : ArchiveLook::Image;
}

std::vector<std::byte> decompressHead(Bytes head, Compression compression)
{
    std::vector<std::byte> out;
    const auto stream = decompress(streamOf(memorySource(asText(head))), compression);
    while (out.size() < kPeekBytes) {
        const auto run = stream->next();
        if (!run || run->empty()) {
            break;
        }
        out.insert(out.end(), run->begin(), run->end());
    }
    return out;
}

std::string describeBytes(Bytes head)
{
    const std::string_view text = asText(head);
    if (text.empty()) {
        return "nothing at all";
    }
    for (const Magic &magic : kMagics) {
        if (text.starts_with(magic.bytes)) {
            return std::string(magic.name);
        }
    }
    if (text.size() > 262 && text.substr(257, 5) == "ustar") {
        return "a damaged tar archive";
    }
    if (std::ranges::all_of(text, [](char byte) { return byte == '\0'; })) {
        return "an empty tar archive, or nothing but zeros";
    }
    const std::string_view begin = text.substr(0, std::min<std::size_t>(text.size(), 4096));
    const bool hasControls = std::ranges::any_of(begin, [](char byte) {
        return static_cast<unsigned char>(byte) < 0x20 && byte != '\n' && byte != '\r'
               && byte != '\t';
    });
    return hasControls
                   || !isUtf8(
                       begin.substr(0, begin.size() - std::min<std::size_t>(3, begin.size() - 1)))
               ? "data of an unknown kind"
               : "text";
}

} // namespace cutaway
