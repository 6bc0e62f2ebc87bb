// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/directoryfile.h"

#include "core/source/beneath.h"

#include <cerrno>
#include <cstring>
#include <mutex>
#include <sys/stat.h>
#include <utility>

namespace cutaway {

namespace {

Result<ByteSourcePtr> openNow(int root, const std::string &path, const std::string &shown)
{
    struct stat status = {};
    OwnedFd file = openFileBeneath(root, path, status);
    if (!file.isOpen()) {
        const int code = errno;
        const bool isOther = status.st_mode != 0 && !S_ISREG(status.st_mode);
        if (isOther) {
            return fail(ErrorCode::Corrupt, shown + ": is no regular file any more");
        }
        return fail(code == ENOENT || code == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io,
                    shown + ": cannot open: " + std::strerror(code));
    }
    return adoptFile(file.release(), static_cast<std::uint64_t>(status.st_size), shown);
}

bool isSameFile(const std::optional<FileIdentity> &left, const std::optional<FileIdentity> &right)
{
    return left && right && left->device == right->device && left->inode == right->inode
           && left->size == right->size;
}

class DirectoryFile final : public ByteSource
{
public:
    DirectoryFile(std::shared_ptr<const OwnedFd> root,
                  std::string path,
                  std::string shown,
                  const ByteSource &file)
        : m_root(std::move(root))
        , m_path(std::move(path))
        , m_shown(std::move(shown))
        , m_size(file.size())
        , m_identity(file.identity())
    {}

    std::uint64_t size() const override { return m_size; }

    std::optional<FileIdentity> identity() const override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_file != nullptr) {
            return m_file->identity();
        }
        const auto file = openNow(m_root->get(), m_path, m_shown);
        return file ? (*file)->identity() : std::nullopt;
    }

    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        const auto file = hold();
        return file ? (*file)->readAt(offset, into) : std::unexpected(file.error());
    }

private:
    Result<ByteSourcePtr> hold() const
    {
        const std::scoped_lock lock(m_mutex);
        if (m_file == nullptr) {
            auto file = openNow(m_root->get(), m_path, m_shown);
            if (!file) {
                return file;
            }
            if (!isSameFile((*file)->identity(), m_identity)) {
                return fail(ErrorCode::Io, m_shown + ": was changed before it could be read");
            }
            m_file = std::move(*file);
        }
        return m_file;
    }

    std::shared_ptr<const OwnedFd> m_root;
    std::string m_path;
    std::string m_shown;
    std::uint64_t m_size;
    std::optional<FileIdentity> m_identity;
    mutable std::mutex m_mutex;
    mutable ByteSourcePtr m_file; ///< once it is being read
};

} // namespace

Result<ByteSourcePtr> directoryFile(std::shared_ptr<const OwnedFd> root,
                                    std::string path,
                                    std::string shown)
{
    const auto file = openNow(root->get(), path, shown);
    if (!file) {
        return file;
    }
    return std::make_shared<DirectoryFile>(
        std::move(root), std::move(path), std::move(shown), **file);
}

} // namespace cutaway
