// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"
#include "tests/support/tarwriter.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <string>

// Both names are libFuzzer's.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t maxSize);

namespace {

using namespace cutaway;

constexpr std::size_t kBlock = 512;
constexpr std::size_t kTail = 16; ///< bytes at the end that are choices, not archive

constexpr std::array kNames = {
    "a",
    "b",
    "a/b",
    "a/b/c",
    "./a",
    "/a",
    "a/",
    "a//b",
    "a/../b",
    "../x",
    "",
    ".",
    "/",
    ".wh.a",
    "a/.wh.b",
    ".wh..wh..opq",
    "a/.wh..wh..opq",
    ".wh.",
    ".wh..",
    ".wh..wh.plnk",
    "\xff\xfe",
    "a\nb",
    "manifest.json",
    "index.json",
    "oci-layout",
    "repositories",
    "etc/passwd",
};
constexpr std::array kPaxKeys = {
    "path",
    "linkpath",
    "size",
    "uid",
    "gid",
    "mtime",
    "SCHILY.xattr.user.a",
    "LIBARCHIVE.xattr.user.b",
    "RHT.security.selinux",
    "GNU.sparse.major",
    "GNU.sparse.minor",
    "GNU.sparse.name",
    "GNU.sparse.realsize",
    "GNU.sparse.size",
    "GNU.sparse.map",
    "GNU.sparse.numblocks",
    "GNU.sparse.offset",
    "GNU.sparse.numbytes",
    "charset",
    "comment",
};
constexpr std::array kPaxValues = {
    "",
    "0",
    "1",
    "-1",
    "512",
    "99999999999999999999",
    "9223372036854775807",
    "1.5",
    "-0.000000001",
    "a",
    "a/b",
    "../x",
    "0,0",
    "0,512",
    "0,512,1024,512",
    "1,0,1,0",
    "YWJj",
    "\xff",
};
constexpr std::string_view kTypes = "0123456789gxLKSVMDXAN?";

/// Changes archives as archives: whole blocks, names, types, sizes, pax records; and keeps the
/// checksums right, for else no change to a header would be seen behind the first check.
class TarMutator
{
public:
    TarMutator(std::string archive, std::uint32_t seed)
        : m_archive(std::move(archive))
        , m_random(seed)
    {}

    std::string change()
    {
        switch (below(8)) {
        case 0: copyBlocks(); break;
        case 1: removeBlocks(); break;
        case 2: insertPax(); break;
        case 3: setField(0, 100, kNames.at(below(kNames.size()))); break;
        case 4: setField(157, 100, kNames.at(below(kNames.size()))); break;
        case 5: setField(156, 1, kTypes.substr(below(kTypes.size()), 1)); break;
        case 6: setSize(); break;
        default: insertMember(); break;
        }
        return std::move(m_archive);
    }

    static void mendChecksums(std::string &archive)
    {
        for (std::size_t at = 0; at + kBlock <= archive.size(); at += kBlock) {
            if (archive.compare(at + 257, 5, "ustar") != 0) {
                continue;
            }
            std::fill_n(archive.begin() + static_cast<std::ptrdiff_t>(at + 148), 8, ' ');
            std::uint32_t sum = 0;
            for (std::size_t i = 0; i < kBlock; ++i) {
                sum += static_cast<unsigned char>(archive[at + i]);
            }
            std::array<char, 8> text = {};
            std::snprintf(text.data(), text.size(), "%06o", sum);
            text[7] = ' ';
            archive.replace(at + 148, 8, text.data(), text.size());
        }
    }

private:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : m_random() % bound; }
    std::size_t blocks() const { return m_archive.size() / kBlock; }
    /// Where a header is, or any block where none is found soon.
    std::size_t someHeader()
    {
        std::size_t at = below(blocks()) * kBlock;
        for (int tries = 0; tries < 8; ++tries) {
            if (m_archive.size() >= at + kBlock && m_archive.compare(at + 257, 5, "ustar") == 0) {
                break;
            }
            at = below(blocks()) * kBlock;
        }
        return at;
    }

    void copyBlocks()
    {
        const std::size_t from = below(blocks()) * kBlock;
        const std::string run = m_archive.substr(from, (1 + below(4)) * kBlock);
        m_archive.insert(std::min(below(blocks() + 1) * kBlock, m_archive.size()), run);
    }
    void removeBlocks()
    {
        m_archive.erase(std::min(below(blocks()) * kBlock, m_archive.size()),
                        (1 + below(3)) * kBlock);
    }
    void insertPax()
    {
        test::TarWriter::Options options;
        for (std::size_t count = 1 + below(3); count > 0; --count) {
            options.pax.emplace_back(kPaxKeys.at(below(kPaxKeys.size())),
                                     kPaxValues.at(below(kPaxValues.size())));
        }
        test::TarWriter writer;
        writer.file(kNames.at(below(kNames.size())), std::string(below(2000), 'x'), options);
        m_archive.insert(std::min(someHeader(), m_archive.size()), writer.unfinished());
    }
    void insertMember()
    {
        test::TarWriter writer;
        const char type = kTypes[below(kTypes.size())];
        const std::string body(below(600), 'y');
        writer.raw(kNames.at(below(kNames.size())),
                   type,
                   body.size(),
                   body,
                   kNames.at(below(kNames.size())),
                   {});
        m_archive.insert(std::min(someHeader(), m_archive.size()), writer.unfinished());
    }
    void setField(std::size_t offset, std::size_t width, std::string_view text)
    {
        const std::size_t at = someHeader() + offset;
        if (at + width <= m_archive.size()) {
            std::string field(text.substr(0, width));
            field.resize(width);
            m_archive.replace(at, width, field);
        }
    }
    void setSize()
    {
        static constexpr std::array<std::string_view, 8> kSizes = {
            "00000000000",
            "00000000001",
            "00000001000",
            "00000001001",
            "77777777777",
            "00004000001",
            "",
            "\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff"};
        setField(124, 12, kSizes.at(below(kSizes.size())));
    }

    std::string m_archive;
    std::mt19937 m_random;
};

} // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data,
                                               std::size_t size,
                                               std::size_t maxSize,
                                               unsigned int seed)
{
    std::string input(reinterpret_cast<const char *>(data), size);
    if (seed % 3 == 0 && size > kTail) {
        const std::string tail = input.substr(size - kTail);
        input = TarMutator(input.substr(0, size - kTail), seed).change() + tail;
        input.resize(std::min(input.size(), maxSize));
        std::memcpy(data, input.data(), input.size());
        size = input.size();
    } else {
        size = LLVMFuzzerMutate(data, size, maxSize);
    }
    if (seed % 16 != 1) {
        input.assign(reinterpret_cast<const char *>(data), size);
        TarMutator::mendChecksums(input);
        std::memcpy(data, input.data(), input.size());
    }
    return size;
}
