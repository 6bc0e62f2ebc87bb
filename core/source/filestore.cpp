// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/filestore.h"

#include "core/base/text.h"
#include "core/source/directoryfile.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>

namespace cutaway {

namespace {

namespace fs = std::filesystem;

class TarFiles : public FileStore
{
public:
    TarFiles(ByteSourcePtr archive, MemberIndex index)
        : m_archive(std::move(archive))
        , m_index(std::move(index))
    {}

    Result<std::string> resolve(std::string_view name) const override
    {
        auto resolved = m_index.resolve(name);
        if (!resolved && resolved.error().code == ErrorCode::NotFound && !m_index.status()) {
            return fail(ErrorCode::Corrupt,
                        resolved.error().message + ", which could not be read to its end ("
                            + m_index.status().error().message + ")");
        }
        return resolved;
    }

    Result<ByteSourcePtr> open(const std::string &resolved) const override
    {
        const MemberIndex::Member *member = m_index.find(resolved);
        if (member == nullptr) {
            return fail(ErrorCode::NotFound,
                        "\"" + displayText(resolved) + "\" is missing from the archive");
        }
        if (member->isSparse) {
            return fail(ErrorCode::Unsupported,
                        "\"" + displayText(resolved)
                            + "\" is stored as a sparse file; write the archive again without "
                              "tar's --sparse");
        }
        return windowOf(m_archive, member->offset, member->size);
    }

    std::vector<std::string> topNames() const override { return m_index.topNames(); }
    std::vector<std::string> directoriesWith(std::string_view fileName) const override
    {
        return m_index.directoriesWith(fileName);
    }
    void addNotes(Notes &notes) const override { addMemberNotes(m_index, notes); }
    Result<> status() const override { return m_index.status(); }

private:
    ByteSourcePtr m_archive;
    MemberIndex m_index;
};

class DirectoryFiles : public FileStore
{
public:
    DirectoryFiles(fs::path root, OwnedFd descriptor)
        : m_root(std::move(root))
        , m_descriptor(std::make_shared<const OwnedFd>(std::move(descriptor)))
    {}

    Result<std::string> resolve(std::string_view name) const override
    {
        const std::string shown = "\"" + displayText(name) + "\"";
        const auto clean = name.starts_with('/') ? std::nullopt : memberName(name);
        if (!clean || clean->empty()) {
            return fail(ErrorCode::Corrupt, shown + " leads out of the directory");
        }
        std::error_code error;
        const fs::path full = fs::canonical(m_root / *clean, error);
        if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
            return fail(ErrorCode::NotFound, shown + " is missing from the directory");
        }
        if (error) {
            return fail(ErrorCode::Io, shown + ": " + error.message());
        }
        const auto [rootEnd, rest] = std::ranges::mismatch(m_root, full);
        if (rootEnd != m_root.end()) {
            return fail(ErrorCode::Corrupt, shown + " is a link that escapes from the directory");
        }
        if (!fs::is_regular_file(full, error)) {
            return fail(ErrorCode::Corrupt, shown + " is no regular file");
        }
        return full.lexically_relative(m_root).string();
    }

    Result<ByteSourcePtr> open(const std::string &resolved) const override
    {
        // Links have been followed: one that stands there now was put there meanwhile.
        return directoryFile(m_descriptor, resolved, displayText((m_root / resolved).string()));
    }

    std::vector<std::string> topNames() const override
    {
        std::vector<std::string> names;
        std::error_code error;
        for (fs::directory_iterator entry(m_root, error), end; !error && entry != end;
             entry.increment(error)) {
            names.push_back(entry->path().filename().string());
        }
        std::ranges::sort(names);
        return names;
    }

    std::vector<std::string> directoriesWith(std::string_view fileName) const override
    {
        std::vector<std::string> names = topNames();
        std::erase_if(names, [&](const std::string &name) {
            std::error_code error;
            return !fs::is_directory(fs::symlink_status(m_root / name, error))
                   || !fs::is_regular_file(fs::symlink_status(m_root / name / fileName, error));
        });
        return names;
    }

private:
    fs::path m_root; ///< canonical
    std::shared_ptr<const OwnedFd> m_descriptor;
};

} // namespace

Result<std::string> FileStore::readText(std::string_view name) const
{
    const auto resolved = resolve(name);
    if (!resolved) {
        return std::unexpected(resolved.error());
    }
    const auto source = open(*resolved);
    if (!source) {
        return std::unexpected(source.error());
    }
    if ((*source)->size() > m_limits.jsonBytes) {
        return failLimit(displayText(name) + " is larger than " + formatBytes(m_limits.jsonBytes),
                         &Limits::jsonBytes);
    }
    return readAll(**source, m_limits.jsonBytes, displayText(name));
}

std::string blobName(BlobNaming naming, const Digest &digest)
{
    const std::string hex(digest.hex());
    const std::string algorithm(digest.algorithmName());
    if (naming == BlobNaming::Layout) {
        return "blobs/" + algorithm + "/" + hex;
    }
    return digest.algorithm() == HashAlgorithm::Sha256 ? hex : algorithm + "-" + hex;
}

FileStorePtr tarFiles(ByteSourcePtr archive, MemberIndex index)
{
    return std::make_shared<TarFiles>(std::move(archive), std::move(index));
}

Result<FileStorePtr> directoryFiles(const std::string &path)
{
    std::error_code error;
    fs::path root = fs::canonical(path, error);
    if (error) {
        return fail(error == std::errc::no_such_file_or_directory ? ErrorCode::NotFound
                                                                  : ErrorCode::Io,
                    displayText(path) + ": " + error.message());
    }
    OwnedFd descriptor(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.isOpen()) {
        return fail(ErrorCode::Io, displayText(path) + ": " + std::strerror(errno));
    }
    return std::make_shared<DirectoryFiles>(std::move(root), std::move(descriptor));
}

void addMemberNotes(const MemberIndex &index, Notes &notes)
{
    for (const std::string &name : index.duplicates()) {
        notes.add("duplicate-member",
                  "The archive holds \"" + displayText(name)
                      + "\" more than once; the last one counts.");
    }
    if (index.outsideCount() > 0) {
        notes.add("unsafe-member",
                  formatCount(index.outsideCount(), "member", "members")
                      + " of the archive with an unsafe name that leads outside: not read.");
    }
    if (!index.status()) {
        notes.add("archive-damaged",
                  "The archive could not be read to its end: " + index.status().error().message
                      + ".");
    }
}

} // namespace cutaway
