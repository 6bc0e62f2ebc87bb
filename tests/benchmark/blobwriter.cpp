// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/blobwriter.h"

#include <zlib.h>
#include <zstd.h>

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace cutaway::benchmark {

namespace {

constexpr std::size_t kRun = std::size_t{1} << 20;

Bytes bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text));
}

} // namespace

class BlobWriter::Packer
{
public:
    explicit Packer(BlobWriter &writer)
        : m_writer(writer)
    {}
    virtual ~Packer() = default;
    Packer(const Packer &) = delete;
    Packer &operator=(const Packer &) = delete;
    virtual void pack(std::string_view bytes, bool isLast) = 0;

protected:
    void put(std::string_view packed) { m_writer.put(packed); }

private:
    BlobWriter &m_writer;
};

class BlobWriter::GzipPacker : public Packer
{
public:
    GzipPacker(BlobWriter &writer, int level)
        : Packer(writer)
    {
        constexpr int kGzipWindow = 15 + 16;
        deflateInit2(&m_stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY);
    }
    ~GzipPacker() override { deflateEnd(&m_stream); }
    GzipPacker(const GzipPacker &) = delete;
    GzipPacker &operator=(const GzipPacker &) = delete;

    void pack(std::string_view bytes, bool isLast) override
    {
        // zlib's input is not const, and never written to.
        m_stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        do {
            m_stream.next_out = m_out.data();
            m_stream.avail_out = static_cast<uInt>(m_out.size());
            deflate(&m_stream, isLast ? Z_FINISH : Z_NO_FLUSH);
            put({reinterpret_cast<const char *>(m_out.data()), m_out.size() - m_stream.avail_out});
        } while (m_stream.avail_out == 0);
    }

private:
    z_stream m_stream = {};
    std::array<Bytef, std::size_t{256} * 1024> m_out;
};

class BlobWriter::ZstdPacker : public Packer
{
public:
    explicit ZstdPacker(BlobWriter &writer)
        : Packer(writer)
        , m_context(ZSTD_createCCtx(), &ZSTD_freeCCtx)
        , m_out(ZSTD_CStreamOutSize(), '\0')
    {
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, 3);
    }

    void pack(std::string_view bytes, bool isLast) override
    {
        ZSTD_inBuffer in = {bytes.data(), bytes.size(), 0};
        std::size_t left = 1;
        while (isLast ? left != 0 : in.pos < in.size) {
            ZSTD_outBuffer out = {m_out.data(), m_out.size(), 0};
            left = ZSTD_compressStream2(
                m_context.get(), &out, &in, isLast ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(left) != 0) {
                return;
            }
            put({m_out.data(), out.pos});
        }
    }

private:
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> m_context;
    std::string m_out;
};

BlobWriter::BlobWriter(const std::string &path, Packing packing)
    : m_path(path)
    , m_file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644))
{
    m_blob.packing = packing;
    switch (packing) {
    case Packing::None: break;
    case Packing::Gzip: m_packer = std::make_unique<GzipPacker>(*this, 6); break;
    case Packing::FastGzip: m_packer = std::make_unique<GzipPacker>(*this, 1); break;
    case Packing::Zstd: m_packer = std::make_unique<ZstdPacker>(*this); break;
    }
    m_waiting.reserve(2 * kRun);
}

BlobWriter::~BlobWriter()
{
    if (m_file >= 0) {
        ::close(m_file);
    }
}

void BlobWriter::write(std::string_view bytes)
{
    m_waiting.append(bytes);
    if (m_waiting.size() >= kRun) {
        flush();
    }
}

void BlobWriter::flush()
{
    m_blob.unpackedSize += m_waiting.size();
    m_tarHash.update(bytesOf(m_waiting));
    if (m_packer) {
        m_packer->pack(m_waiting, false);
    } else {
        put(m_waiting);
    }
    m_waiting.clear();
}

void BlobWriter::put(std::string_view packed)
{
    if (m_packer) {
        m_blobHash.update(bytesOf(packed));
    }
    m_blob.size += packed.size();
    while (!packed.empty() && !m_failed) {
        const ssize_t written = ::write(m_file, packed.data(), packed.size());
        m_failed = written <= 0;
        packed.remove_prefix(m_failed ? 0 : static_cast<std::size_t>(written));
    }
}

Result<WrittenBlob> BlobWriter::finish()
{
    flush();
    if (m_packer) {
        m_packer->pack({}, true);
    }
    m_blob.diffId = m_tarHash.finish();
    m_blob.digest = m_packer ? m_blobHash.finish() : m_blob.diffId;
    if (m_file < 0 || m_failed) {
        return fail(ErrorCode::Io, m_path + " cannot be written");
    }
    return m_blob;
}

} // namespace cutaway::benchmark
