// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/inflate.h"

#include <zlib.h>

#include <algorithm>

namespace cutaway {

namespace {

/// A stream that is closed in the end.
class Stream
{
public:
    explicit Stream(DeflateForm form)
    {
        m_isOpen = inflateInit2(&m_zlib, windowBits(form)) == Z_OK;
    }
    ~Stream()
    {
        if (m_isOpen) {
            inflateEnd(&m_zlib);
        }
    }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    bool isOpen() const { return m_isOpen; }
    z_stream &zlib() { return m_zlib; }

private:
    static int windowBits(DeflateForm form)
    {
        constexpr int kMost = 15;
        constexpr int kGzip = 16;
        switch (form) {
        case DeflateForm::Raw: return -kMost;
        case DeflateForm::Gzip: return kMost + kGzip;
        case DeflateForm::Zlib: break;
        }
        return kMost;
    }

    z_stream m_zlib = {};
    bool m_isOpen = false;
};

} // namespace

Result<std::string> inflateAll(Bytes packed, DeflateForm form, std::size_t most)
{
    constexpr std::size_t kStep = 64 * 1024;
    Stream stream(form);
    if (!stream.isOpen() || packed.size() > UINT32_MAX) {
        return fail(ErrorCode::Unsupported, "zlib cannot read it");
    }
    z_stream &zlib = stream.zlib();
    // zlib does not write there, it only has no word for that.
    zlib.next_in = reinterpret_cast<Bytef *>(const_cast<std::byte *>(packed.data()));
    zlib.avail_in = static_cast<uInt>(packed.size());
    std::string text;
    int status = Z_OK;
    while (status == Z_OK) {
        const std::size_t before = text.size();
        if (before > most) {
            return fail(ErrorCode::LimitExceeded, "it unpacks to too much");
        }
        text.resize(before + std::min(kStep, most + 1 - before));
        zlib.next_out = reinterpret_cast<Bytef *>(text.data() + before);
        zlib.avail_out = static_cast<uInt>(text.size() - before);
        status = inflate(&zlib, Z_NO_FLUSH);
        text.resize(text.size() - zlib.avail_out);
    }
    if (status != Z_STREAM_END) {
        return fail(ErrorCode::Corrupt, "what was deflated is damaged");
    }
    if (text.size() > most) {
        return fail(ErrorCode::LimitExceeded, "it unpacks to too much");
    }
    return text;
}

} // namespace cutaway
