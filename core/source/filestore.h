// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"
#include "core/base/bytesource.h"
#include "core/base/limits.h"
#include "core/image/digest.h"
#include "core/image/note.h"
#include "core/source/memberindex.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// The named files that an image is kept in: members of a tar, files of a directory, what came by
/// on a stream. Images say which file they mean; only a FileStore turns that into bytes.
class FileStore
{
public:
    FileStore() = default;
    virtual ~FileStore() = default;
    FileStore(const FileStore &) = delete;
    FileStore &operator=(const FileStore &) = delete;

    /// The regular file that `name` leads to, links followed. NotFound, or Corrupt for what is no
    /// file of this store.
    [[nodiscard]] virtual Result<std::string> resolve(std::string_view name) const = 0;
    /// The bytes behind a name that `resolve` gave.
    [[nodiscard]] virtual Result<ByteSourcePtr> open(const std::string &resolved) const = 0;
    /// A layer that was read when it came by. Given once.
    virtual std::optional<Result<LayerReading>> takeReading(const std::string &) { return {}; }
    virtual std::vector<std::string> topNames() const = 0;
    virtual std::vector<std::string> directoriesWith(std::string_view fileName) const = 0;
    /// What is odd about the store as a whole; for the image's notes.
    virtual void addNotes(Notes &) const {}
    /// Why the store could not be read to its end, if so.
    virtual Result<> status() const { return {}; }

    /// What `readText` may read; the defaults until set.
    void setLimits(const Limits &limits) { m_limits = limits; }
    bool contains(std::string_view name) const { return resolve(name).has_value(); }
    [[nodiscard]] Result<std::string> readText(std::string_view name) const;

private:
    Limits m_limits;
};

using FileStorePtr = std::shared_ptr<FileStore>;

/// How a store names the blob of a digest.
enum class BlobNaming : std::uint8_t {
    Layout,    ///< image-spec image-layout.md: blobs/sha256/<hex>
    Directory, ///< skopeo's dir: <hex>, manifests <hex>.manifest.json
};
[[nodiscard]] std::string blobName(BlobNaming naming, const Digest &digest);

/// Members of a plain tar.
[[nodiscard]] FileStorePtr tarFiles(ByteSourcePtr archive, MemberIndex index);
/// Files below a directory; links are followed as long as they stay inside. Only regular files are
/// opened.
[[nodiscard]] Result<FileStorePtr> directoryFiles(const std::string &path);

/// Notes that an index of members gives rise to.
void addMemberNotes(const MemberIndex &index, Notes &notes);

} // namespace cutaway
