// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/zipmembers.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace cutaway {

namespace {

struct FreeArchive
{
    void operator()(archive *reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, FreeArchive>;

/// The member that the reader stands at; nothing where it is longer than that, or damaged.
std::optional<std::string> contentAt(archive *reader, std::uint64_t most)
{
    constexpr std::size_t kStep = 64 * 1024;
    std::string content;
    while (content.size() <= most) {
        const std::size_t before = content.size();
        content.resize(before + std::min<std::uint64_t>(kStep, most + 1 - before));
        const la_ssize_t got =
            archive_read_data(reader, content.data() + before, content.size() - before);
        if (got < 0) {
            return std::nullopt;
        }
        content.resize(before + static_cast<std::size_t>(got));
        if (got == 0) {
            return content;
        }
    }
    return std::nullopt;
}

} // namespace

Result<> forEachZipMember(std::string_view bytes, const ZipVisitor &visitor)
{
    const Reader reader(archive_read_new());
    if (reader == nullptr || archive_read_support_format_zip_seekable(reader.get()) != ARCHIVE_OK) {
        return fail(ErrorCode::Unsupported, "zip is not built into libarchive here");
    }
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return fail(ErrorCode::Corrupt, "it is no zip file");
    }
    for (std::size_t members = 0; members < visitor.mostMembers; ++members) {
        archive_entry *entry = nullptr;
        const int status = archive_read_next_header(reader.get(), &entry);
        if (status == ARCHIVE_EOF || (status < ARCHIVE_WARN && members > 0)) {
            return {};
        }
        if (status < ARCHIVE_WARN) {
            return fail(ErrorCode::Corrupt, "it is no zip file");
        }
        const char *path = archive_entry_pathname(entry);
        const std::string name = path == nullptr ? "" : path; // the next call makes it invalid
        const auto size =
            static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)));
        if (name.empty() || !visitor.wants(name, size)) {
            continue;
        }
        if (const auto content = contentAt(reader.get(), visitor.mostBytes)) {
            visitor.visit(name, *content);
        }
    }
    return {};
}

} // namespace cutaway
