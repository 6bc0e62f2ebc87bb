// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/decoder.h"

#include <archive.h>

#include <cerrno>
#include <new>
#include <optional>

namespace cutaway {

namespace {

struct FreeArchive
{
    void operator()(archive *reader) const { archive_read_free(reader); }
};

/// One named filter, so that libarchive neither guesses (it would unwrap xz in xz as well) nor
/// starts a program. Its LZW filter reads while it is set up, which only works when it is found by
/// its magic.
int addFilter(archive *reader, Compression compression)
{
    switch (compression) {
    case Compression::Xz: return archive_read_append_filter(reader, ARCHIVE_FILTER_XZ);
    case Compression::Bzip2: return archive_read_append_filter(reader, ARCHIVE_FILTER_BZIP2);
    default: return archive_read_support_filter_compress(reader);
    }
}

/// The rare compressions.
class FilterDecoder : public Decoder
{
public:
    FilterDecoder(std::unique_ptr<ByteStream> from, Compression compression)
        : m_input(std::move(from))
        , m_compression(compression)
    {}

    Result<std::size_t> fill(std::span<std::byte> into) override
    {
        if (m_reader == nullptr) {
            if (const Result<> opened = open(); !opened) {
                return std::unexpected(opened.error());
            }
        }
        std::size_t made = 0;
        while (made < into.size() && !m_isDone) {
            const la_ssize_t got =
                archive_read_data(m_reader.get(), into.data() + made, into.size() - made);
            if (got < 0) {
                return failure();
            }
            made += static_cast<std::size_t>(got);
            if (got == 0) {
                m_isDone = true;
                if (const Result<> drained = m_input.drain(); !drained) {
                    return std::unexpected(drained.error());
                }
            }
        }
        return made;
    }

private:
    Result<> open()
    {
        m_reader.reset(archive_read_new());
        archive *reader = m_reader.get();
        if (reader == nullptr || archive_read_support_format_raw(reader) != ARCHIVE_OK
            || archive_read_support_format_empty(reader) != ARCHIVE_OK
            || addFilter(reader, m_compression) != ARCHIVE_OK) {
            return fail(ErrorCode::Unsupported,
                        std::string(compressionName(m_compression))
                            + " compression is not built into libarchive here");
        }
        archive_read_set_callback_data(reader, this);
        archive_read_set_read_callback(reader, &FilterDecoder::read);
        // Data that breaks before its first byte passes for empty: then only the error text tells.
        if (archive_read_open1(reader) != ARCHIVE_OK || archive_error_string(reader) != nullptr) {
            return failure();
        }
        archive_entry *entry = nullptr;
        const int result = archive_read_next_header(reader, &entry);
        m_isDone = result == ARCHIVE_EOF;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN && !m_isDone) {
            return failure();
        }
        return m_isDone ? m_input.drain() : Result<>();
    }

    static la_ssize_t read(archive *reader, void *self, const void **buffer)
    {
        auto *decoder = static_cast<FilterDecoder *>(self);
        DecoderInput &input = decoder->m_input;
        const Result<bool> more = decoder->fetchNext();
        if (!more) {
            decoder->m_inputError = more.error();
            archive_set_error(reader, EIO, "%s", "input");
            return -1;
        }
        *buffer = input.rest().data();
        return static_cast<la_ssize_t>(input.rest().size());
    }

    /// Called out of C code, which no exception may cross.
    Result<bool> fetchNext()
    {
        try {
            m_input.take(m_input.rest().size());
            return m_input.fetch();
        } catch (const std::bad_alloc &) {
            return fail(ErrorCode::LimitExceeded, "not enough memory");
        }
    }

    std::unexpected<Error> failure() const
    {
        if (m_inputError) {
            return std::unexpected(*m_inputError);
        }
        const char *reason = archive_error_string(m_reader.get());
        return m_input.corrupt("broken " + std::string(compressionName(m_compression)) + " data ("
                               + (reason != nullptr ? reason : "no reason given") + ")");
    }

    DecoderInput m_input;
    std::unique_ptr<archive, FreeArchive> m_reader;
    std::optional<Error> m_inputError;
    Compression m_compression;
    bool m_isDone = false;
};

} // namespace

std::unique_ptr<Decoder> filterDecoder(std::unique_ptr<ByteStream> from, Compression compression)
{
    return std::make_unique<FilterDecoder>(std::move(from), compression);
}

} // namespace cutaway
