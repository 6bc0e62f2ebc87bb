// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/integrity.h"

#include "core/base/hash.h"
#include "core/base/hashsums.h"
#include "core/packages/checksums.h"
#include "core/packages/packagelimits.h"
#include "core/packages/replaced.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace cutaway {

namespace {

/// Of the kind that such a digest is of, by its length; empty for others.
std::string digestLike(std::string_view expected, std::string_view bytes)
{
    constexpr std::size_t kMd5 = 32;
    constexpr std::size_t kSha1 = 40;
    constexpr std::size_t kSha256 = 64;
    switch (expected.size()) {
    case kMd5: return md5Hex(bytes);
    case kSha1: return sha1Hex(bytes);
    case kSha256: return sha256Hex(bytes);
    default: return {};
    }
}

/// What may be unpacked for it.
std::uint64_t workOf(const Image &image)
{
    std::uint64_t bytes = 0;
    for (const Layer &layer : image.layers) {
        bytes += layer.unpackedBytes.value_or(0);
    }
    return std::clamp(bytes / limits::kCheckedShare, limits::kCheckedLeast, limits::kCheckedBytes);
}

using Digests = std::map<ClaimedFile, std::string>;

ClaimedFile claimOf(const FileCandidate &candidate)
{
    return {candidate.node, candidate.package};
}

class Checker
{
public:
    Checker(const Image &image,
            const FileContents &contents,
            const WholeContents &whole,
            Packages &packages)
        : m_tree(*image.tree)
        , m_whole(whole)
        , m_packages(packages)
        , m_checksums(m_tree, contents)
        , m_work(workOf(image))
        , m_changeable(m_tree)
    {}

    void check()
    {
        for (std::uint32_t i = 0; i < m_packages.list.size(); ++i) {
            collect(i);
        }
        const Digests expected = m_checksums.of(m_packages.list, m_candidates, m_whole);
        std::erase_if(m_candidates, [&](const FileCandidate &candidate) {
            const bool isKnown = expected.contains(claimOf(candidate));
            m_checks.leftOut += !isKnown && m_checksums.isUnread(candidate.package) ? 1 : 0;
            return !isKnown;
        });
        compareKept(expected);
        compareRead(expected);
        std::ranges::sort(m_checks.different, {}, &DifferingFile::node);
        m_packages.checks = std::move(m_checks);
    }

private:
    /// Files that may have changed.
    void collect(std::uint32_t index)
    {
        const Package &package = m_packages.list[index];
        if (!package.isThere() || !hasChecksums(package)) {
            return;
        }
        const bool isCheap = hasCheapChecksums(package);
        const LayerIndex installed = installedBy(package);
        const std::optional<std::int64_t> since = m_checksums.recordedAt(package, installed);
        for (const NodeId node : package.files) {
            const EntryId last = m_tree.finalEntry(node);
            const EntryId content = m_tree.content(last);
            if (content == kNone || !m_tree.entry(content).holdsBytes()
                || m_changeable.contains(node)) {
                continue;
            }
            const Entry &entry = m_tree.entry(content);
            const bool isNewer = since && entry.mtime >= *since;
            if (isReplaced(node, last, installed) || (entry.layer == installed && isNewer)
                || (isCheap && !m_whole.kept(content).empty())) {
                m_candidates.push_back({node, content, index, entry.layer <= installed});
            }
        }
    }

    bool isReplaced(NodeId node, EntryId last, LayerIndex installed) const
    {
        if (m_tree.entry(last).layer <= installed) {
            return false;
        }
        const EntryId before = m_tree.entryAt(node, installed);
        return before == kNone || !m_tree.sameContent(before, last);
    }

    void compare(const FileCandidate &candidate,
                 const std::string &expected,
                 std::string_view bytes)
    {
        const std::string digest = digestLike(expected, bytes);
        if (digest.empty()) {
            ++m_checks.leftOut;
            return;
        }
        ++m_checks.compared;
        if (digest != expected) {
            m_checks.different.push_back({candidate.node, candidate.package});
        }
    }

    void compareKept(const Digests &expected)
    {
        std::erase_if(m_candidates, [&](const FileCandidate &candidate) {
            const std::string_view bytes = m_whole.kept(candidate.content);
            if (!bytes.empty()) {
                compare(candidate, expected.at(claimOf(candidate)), bytes);
            }
            return !bytes.empty();
        });
    }

    /// Whether the work is affordable; what lies on the way to an earlier one is free.
    bool affords(EntryId content)
    {
        const Entry &entry = m_tree.entry(content);
        if (m_files >= limits::kCheckedFiles || entry.size > limits::kCheckedFileBytes) {
            return false;
        }
        const std::uint64_t start =
            entry.headerOffset - std::min(m_whole.way(content), entry.headerOffset);
        const std::uint64_t end = entry.headerOffset + entry.size;
        std::uint64_t &reached = m_reached[{entry.layer, start}];
        const std::uint64_t from = std::max(start, reached);
        const std::uint64_t cost = end > from ? end - from : 0;
        if (cost > m_work) {
            return false;
        }
        m_work -= cost;
        reached = std::max(reached, end);
        ++m_files;
        return true;
    }

    void compareRead(const Digests &expected)
    {
        std::ranges::stable_sort(m_candidates, {}, [](const FileCandidate &candidate) {
            return std::tuple(candidate.isAsOld, candidate.node);
        });
        std::multimap<EntryId, FileCandidate> wanted;
        std::vector<EntryId> entries;
        for (const FileCandidate &candidate : m_candidates) {
            if (!wanted.contains(candidate.content)) {
                if (!affords(candidate.content)) {
                    ++m_checks.leftOut;
                    continue;
                }
                entries.push_back(candidate.content);
            }
            wanted.emplace(candidate.content, candidate);
        }
        if (entries.empty()) {
            return;
        }
        m_whole.read(entries, [&](EntryId entry, std::string_view bytes) {
            const auto [first, last] = wanted.equal_range(entry);
            for (auto at = first; at != last; ++at) {
                compare(at->second, expected.at(claimOf(at->second)), bytes);
            }
            wanted.erase(first, last);
        });
        m_checks.leftOut += static_cast<std::uint32_t>(wanted.size());
    }

    const PathTree &m_tree;
    const WholeContents &m_whole;
    Packages &m_packages;
    Checksums m_checksums;
    std::uint64_t m_work;
    ChangeableFiles m_changeable;
    std::size_t m_files = 0;
    std::vector<FileCandidate> m_candidates;
    std::map<std::pair<LayerIndex, std::uint64_t>, std::uint64_t> m_reached;
    FileChecks m_checks;
};

} // namespace

void checkFiles(const Image &image,
                const FileContents &contents,
                const WholeContents &whole,
                Packages &packages)
{
    Checker(image, contents, whole, packages).check();
}

} // namespace cutaway
