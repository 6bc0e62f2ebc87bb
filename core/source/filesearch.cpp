// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/filesearch.h"

#include "core/tree/view.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace cutaway {

namespace {

/// Hands hits on in runs, up to the bound.
class Hits
{
public:
    Hits(const PathTree &tree, const HitReceiver &found)
        : m_tree(tree)
        , m_found(found)
    {}

    /// False once there is no room for more.
    bool add(const SearchHit &hit)
    {
        if (m_summary.hits == limits::kSearchHits) {
            m_summary.isCut = true;
            return false;
        }
        ++m_summary.hits;
        m_summary.bytes += bytesOf(m_tree, hit);
        m_run.push_back(hit);
        if (m_run.size() == limits::kSearchChunk) {
            flush();
        }
        return true;
    }
    void flush()
    {
        if (!m_run.empty()) {
            m_found(std::exchange(m_run, {}));
        }
    }
    SearchSummary &summary() { return m_summary; }

private:
    const PathTree &m_tree;
    const HitReceiver &m_found;
    std::vector<SearchHit> m_run;
    SearchSummary m_summary;
};

/// What the terms but for those on contents leave; false from `visit` ends it.
template<typename Visit>
Result<> forMatches(const Image &image, const FileFilter &filter, Visit visit, Monitor &monitor)
{
    const PathTree &tree = *image.tree;
    for (LayerIndex layer = 0; layer < tree.layerCount(); ++layer) {
        monitor.advance(layer, tree.layerCount());
        const TreeView view(image.tree, {ViewSpec::Kind::Layer, layer});
        const Result<FilterResult> result = applyFilter(view, filter, monitor);
        if (!result) {
            return std::unexpected(result.error());
        }
        for (NodeId node = kRoot + 1; node < tree.nodeCount(); ++node) {
            // Directories that only lead to what the layer does are no deed of the layer.
            const bool isDeed =
                result->matched[node]
                && (view.change(node) != Change::Unmodified || tree.entryOf(node, layer) != kNone);
            if (isDeed && !visit(SearchHit{node, view.entry(node), layer, view.change(node)})) {
                return {};
            }
        }
    }
    return {};
}

Result<> searchByContent(
    ImageSource &source, const Image &image, const FileFilter &filter, Hits &hits, Monitor &monitor)
{
    const PathTree &tree = *image.tree;
    std::unordered_map<EntryId, std::vector<SearchHit>> byContent;
    std::vector<EntryId> contents;
    std::size_t count = 0;
    const Result<> matched = forMatches(
        image,
        filter,
        [&](const SearchHit &hit) {
            std::vector<SearchHit> &same = byContent[tree.content(hit.entry)];
            if (same.empty()) {
                contents.push_back(tree.content(hit.entry));
            }
            same.push_back(hit);
            return ++count < limits::kSearchHits;
        },
        monitor);
    if (!matched) {
        return matched;
    }
    hits.summary().isCut = count == limits::kSearchHits;
    const auto tell = [&](EntryId content) {
        for (const SearchHit &hit : byContent[content]) {
            hits.add(hit);
        }
        hits.flush(); // each is worth being told at once
    };
    const Result<ContentSearch> searched =
        searchContents(source, image, {filter, std::move(contents), tell}, monitor);
    if (!searched) {
        return std::unexpected(searched.error());
    }
    hits.summary().contents = *searched;
    return {};
}

std::string_view extensionOf(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    const bool hasOne = dot != std::string_view::npos && dot > 0 && dot + 1 < name.size();
    return hasOne ? name.substr(dot) : std::string_view();
}

/// What the hits of a group have in common, as a key.
std::string keyOf(const PathTree &tree, const SearchHit &hit, HitGrouping grouping)
{
    switch (grouping) {
    case HitGrouping::Extension: return std::string(extensionOf(tree.name(hit.node)));
    case HitGrouping::Directory: return std::to_string(tree.node(hit.node).parent);
    case HitGrouping::Layer: return std::to_string(hit.layer);
    case HitGrouping::Content: break;
    }
    const EntryId content = tree.content(hit.entry);
    const ContentHash hash = tree.hash(content);
    std::string key(sizeof hash + sizeof(std::uint64_t), '\0');
    std::memcpy(key.data(), &hash, sizeof hash);
    const std::uint64_t size = tree.entry(content).size;
    std::memcpy(key.data() + sizeof hash, &size, sizeof size);
    return key;
}

std::string nameOf(const PathTree &tree,
                   const HitGroup &group,
                   const std::string &key,
                   HitGrouping grouping)
{
    switch (grouping) {
    case HitGrouping::Extension:
    case HitGrouping::Layer: return key;
    case HitGrouping::Directory: return tree.path(tree.node(group.example.node).parent);
    case HitGrouping::Content: break;
    }
    return tree.path(group.example.node);
}

} // namespace

std::uint64_t bytesOf(const PathTree &tree, const SearchHit &hit)
{
    return hit.change == Change::Removed || hit.entry == kNone ? 0 : tree.entry(hit.entry).size;
}

Result<SearchSummary> searchFiles(ImageSource *source,
                                  const Image &image,
                                  const FileFilter &filter,
                                  const HitReceiver &found,
                                  Monitor &monitor)
{
    if (!image.tree) {
        return fail(ErrorCode::InvalidInput, "the image has not been read");
    }
    if (filter.asksForContent() && source == nullptr) {
        return fail(ErrorCode::NotFound, "the contents of this image are not there any more");
    }
    monitor.beginStep("Searching layers");
    Hits hits(*image.tree, found);
    const Result<> searched =
        filter.asksForContent()
            ? searchByContent(*source, image, filter, hits, monitor)
            : forMatches(
                  image, filter, [&hits](const SearchHit &hit) { return hits.add(hit); }, monitor);
    if (!searched) {
        return std::unexpected(searched.error());
    }
    hits.flush();
    return hits.summary();
}

std::vector<HitGroup> groupHits(const PathTree &tree,
                                const std::vector<SearchHit> &hits,
                                HitGrouping grouping,
                                const Monitor &monitor)
{
    std::unordered_map<std::string, HitGroup> groups;
    for (const SearchHit &hit : hits) {
        if (monitor.isCancelled()) {
            return {};
        }
        const bool isFile = hit.change != Change::Removed && hit.entry != kNone
                            && tree.entry(hit.entry).type == EntryType::File;
        if (!isFile || (grouping == HitGrouping::Content && tree.entry(hit.entry).size == 0)) {
            continue;
        }
        HitGroup &group = groups[keyOf(tree, hit, grouping)];
        const std::uint64_t bytes = bytesOf(tree, hit);
        if (group.count == 0 || bytes > bytesOf(tree, group.example)) {
            group.example = hit;
        }
        ++group.count;
        group.bytes += bytes;
    }
    std::vector<HitGroup> sorted;
    for (auto &[key, group] : groups) {
        if (grouping == HitGrouping::Content && group.count < 2) {
            continue;
        }
        group.name = nameOf(tree, group, key, grouping);
        group.wasted =
            grouping == HitGrouping::Content ? group.bytes - group.bytes / group.count : 0;
        sorted.push_back(std::move(group));
    }
    std::ranges::sort(sorted, [](const HitGroup &a, const HitGroup &b) {
        const std::uint64_t left = a.wasted > 0 ? a.wasted : a.bytes;
        const std::uint64_t right = b.wasted > 0 ? b.wasted : b.bytes;
        return left != right ? left > right : a.name < b.name;
    });
    return sorted;
}

} // namespace cutaway
