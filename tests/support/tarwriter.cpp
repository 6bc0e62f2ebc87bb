// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tarwriter.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>

namespace cutaway::test {

namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameBytes = 100;

using Header = std::array<char, kBlock>;

void putText(Header &header, std::size_t at, std::size_t width, std::string_view text)
{
    const std::string_view kept = text.substr(0, width);
    std::ranges::copy(kept, header.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Octal where it fits, else base-256 as GNU tar and Go write it.
void putNumber(Header &header, std::size_t at, std::size_t width, std::int64_t value)
{
    const std::span<char> field(header.data() + at, width);
    const std::size_t digits = width - 1;
    const bool fits = value >= 0 && (digits >= 21 || value < std::int64_t{1} << (3 * digits));
    auto rest = static_cast<std::uint64_t>(value);
    if (fits) {
        for (std::size_t i = digits; i-- > 0;) {
            field[i] = static_cast<char>('0' + (rest & 7));
            rest >>= 3;
        }
        field[digits] = '\0';
        return;
    }
    for (std::size_t i = width; i-- > 0;) {
        const std::size_t fromEnd = width - 1 - i;
        const std::uint64_t byte =
            fromEnd < 8 ? (rest >> (8 * fromEnd)) & 0xff : (value < 0 ? 0xff : 0);
        field[i] = static_cast<char>(byte);
    }
    field[0] = static_cast<char>(static_cast<unsigned char>(field[0]) | 0x80);
}

void putChecksum(Header &header)
{
    std::fill_n(header.begin() + 148, 8, ' ');
    std::int64_t sum = 0;
    for (const char c : header) {
        sum += static_cast<unsigned char>(c);
    }
    putNumber(header, 148, 7, sum);
}

void pad(std::string &bytes)
{
    bytes.append((kBlock - bytes.size() % kBlock) % kBlock, '\0');
}

/// "LENGTH key=value\n", where LENGTH counts its own digits.
std::string paxRecord(std::string_view key, std::string_view value)
{
    const std::size_t rest = key.size() + value.size() + 3;
    std::size_t length = rest + 1;
    while (std::to_string(length).size() + rest != length) {
        ++length;
    }
    std::string record = std::to_string(length) + " ";
    record.append(key).append("=").append(value).append("\n");
    return record;
}

} // namespace

TarWriter &TarWriter::file(std::string_view name, std::string_view content)
{
    return file(name, content, Options{});
}

TarWriter &TarWriter::file(std::string_view name, std::string_view content, const Options &options)
{
    return raw(name, '0', content.size(), content, {}, options);
}

TarWriter &TarWriter::directory(std::string_view name)
{
    return directory(name, Options{.mode = 0755});
}

TarWriter &TarWriter::directory(std::string_view name, const Options &options)
{
    std::string withSlash(name);
    if (!withSlash.ends_with('/')) {
        withSlash += '/';
    }
    return raw(withSlash, '5', 0, {}, {}, options);
}

TarWriter &TarWriter::symlink(std::string_view name, std::string_view target)
{
    return raw(name, '2', 0, {}, target, Options{.mode = 0777});
}

TarWriter &TarWriter::hardlink(std::string_view name, std::string_view target)
{
    return raw(name, '1', 0, {}, target, Options{});
}

TarWriter &TarWriter::whiteout(std::string_view hiddenPath)
{
    const std::size_t slash = hiddenPath.rfind('/');
    const std::size_t nameAt = slash == std::string_view::npos ? 0 : slash + 1;
    std::string name(hiddenPath.substr(0, nameAt));
    name.append(".wh.").append(hiddenPath.substr(nameAt));
    return file(name, {});
}

TarWriter &TarWriter::opaque(std::string_view directory)
{
    std::string name(directory);
    if (!name.empty() && !name.ends_with('/')) {
        name += '/';
    }
    return file(name + ".wh..wh..opq", {});
}

// A header has that many parts. NOLINTNEXTLINE(readability-function-size)
TarWriter &TarWriter::raw(std::string_view name,
                          char typeFlag,
                          std::uint64_t size,
                          std::string_view content,
                          std::string_view target,
                          const Options &options)
{
    std::vector<std::pair<std::string, std::string>> records = options.pax;
    const auto isNamed = [&records](std::string_view key) {
        return std::ranges::any_of(records,
                                   [key](const auto &record) { return record.first == key; });
    };
    if (name.size() > kNameBytes && !isNamed("path")) {
        records.emplace_back("path", name);
    }
    if (target.size() > kNameBytes && !isNamed("linkpath")) {
        records.emplace_back("linkpath", target);
    }
    if (!records.empty()) {
        paxHeader(records);
    }
    header(name, typeFlag, size, target, options);
    m_bytes.append(content);
    pad(m_bytes);
    return *this;
}

TarWriter &TarWriter::bytes(std::string_view raw)
{
    m_bytes.append(raw);
    return *this;
}

std::string TarWriter::finish() const
{
    return m_bytes + std::string(2 * kBlock, '\0');
}

void TarWriter::header(std::string_view name,
                       char typeFlag,
                       std::uint64_t size,
                       std::string_view target,
                       const Options &options)
{
    Header block = {};
    putText(block, 0, kNameBytes, name);
    putNumber(block, 100, 8, options.mode);
    putNumber(block, 108, 8, static_cast<std::int64_t>(options.uid));
    putNumber(block, 116, 8, static_cast<std::int64_t>(options.gid));
    putNumber(block, 124, 12, static_cast<std::int64_t>(size));
    putNumber(block, 136, 12, options.mtime);
    block[156] = typeFlag;
    putText(block, 157, kNameBytes, target);
    putText(block, 257, 5, "ustar");
    putText(block, 263, 2, "00");
    putChecksum(block);
    m_bytes.append(block.data(), block.size());
}

void TarWriter::paxHeader(const std::vector<std::pair<std::string, std::string>> &records)
{
    std::string body;
    for (const auto &[key, value] : records) {
        body += paxRecord(key, value);
    }
    header("PaxHeaders.0/entry", 'x', body.size(), {}, Options{});
    m_bytes.append(body);
    pad(m_bytes);
}

std::string gzip(std::string_view bytes)
{
    z_stream stream = {};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY)
        != Z_OK) {
        throw std::runtime_error("deflateInit2 failed");
    }
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int state = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (state != Z_STREAM_END) {
        throw std::runtime_error("deflate failed");
    }
    return out;
}

std::string zstd(std::string_view bytes)
{
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3);
    if (ZSTD_isError(size) != 0) {
        throw std::runtime_error("ZSTD_compress failed");
    }
    out.resize(size);
    return out;
}

} // namespace cutaway::test
