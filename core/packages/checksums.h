// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/integrity.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// A file of a package that may have changed.
struct FileCandidate
{
    NodeId node = kNone;
    EntryId content = kNone;
    std::uint32_t package = 0;
    bool isAsOld = false; ///< its layer is the one that installed the package, or one before
};

/// Of a file as one package has it: two may claim it, each with a checksum of its own kind.
using ClaimedFile = std::pair<NodeId, std::uint32_t>;

/// Whether the package's database has checksums that are understood here.
[[nodiscard]] bool hasChecksums(const Package &package);
/// Whether they are had for little: rpm's whole database, or pacman's file of each package, has to
/// be unpacked once more.
[[nodiscard]] bool hasCheapChecksums(const Package &package);

/// The checksums that databases have of files.
class Checksums
{
public:
    Checksums(const PathTree &tree, const FileContents &contents)
        : m_tree(tree)
        , m_contents(contents)
    {}

    /// When the package manager had written the files of the package; nothing where that does not
    /// say whether one is newer.
    std::optional<std::int64_t> recordedAt(const Package &package, LayerIndex layer) const;

    /// In lowercase hexadecimal, of those among the candidates that have one.
    std::map<ClaimedFile, std::string> of(std::span<const Package> packages,
                                          std::span<const FileCandidate> candidates,
                                          const WholeContents &whole);

    /// After of(): the package has checksums, but they could not be read.
    bool isUnread(std::uint32_t package) const { return m_unread.contains(package); }

private:
    NodeId sumsNode(const Package &package) const;
    std::string_view keptText(EntryId content,
                              const Package &package,
                              const WholeContents &whole) const;
    void addText(std::string_view text, std::uint32_t package, std::span<const Package> packages);
    void addFiles(const std::vector<PackagedFile> &files, std::uint32_t package);
    void addPacman(std::string_view packed, std::uint32_t package);
    void addRecords(const PackageRecords &records, std::span<const Package> packages);
    void addPython(std::string_view text, std::uint32_t package, std::string_view folder);
    /// `isOwner` tells by its place in the list whether the path is that package's.
    template<typename IsOwner>
    void add(std::string_view path, const std::string &digest, IsOwner isOwner);

    const PathTree &m_tree;
    const FileContents &m_contents;
    std::map<std::string, std::vector<FileCandidate>, std::less<>> m_wanted; ///< by name
    std::map<ClaimedFile, std::string> m_digests;
    std::set<std::uint32_t> m_unread; ///< packages
};

} // namespace cutaway
