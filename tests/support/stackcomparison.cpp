// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/stackcomparison.h"

#include "core/analysis/analysis.h"
#include "core/base/text.h"
#include "core/tree/view.h"
#include "tests/support/naivestack.h"

#include <algorithm>

namespace cutaway::test {

namespace {

/// One stack in both shapes, and what they disagree on.
class Comparison
{
public:
    explicit Comparison(const MemberLists &layers)
        : m_layers(layers)
        , m_naive(m_layers)
        , m_tree(treeOfMembers(m_layers))
    {
        m_image.tree = m_tree;
        m_image.layers.resize(m_layers.size());
        m_analysis = analyze(m_image, Monitor()).value();
        m_ids.resize(m_naive.made().size(), kNone);
    }

    /// The first disagreement; empty when there is none.
    std::string run()
    {
        compareEntries();
        if (m_trouble.empty()) {
            compareFates();
            compareStates();
            compareNumbers();
            compareChanges();
        }
        return m_trouble.empty() ? m_trouble : m_trouble + "\n" + displayLines(textOf(m_layers));
    }

private:
    void expect(bool holds, const std::string &what)
    {
        if (!holds && m_trouble.empty()) {
            m_trouble = displayText(what);
        }
    }
    static std::string absolute(const std::string &path) { return path.empty() ? "/" : path; }

    /// The same entries at each path, in the same order; from then on they are known by each
    /// other's ids.
    void compareEntries()
    {
        std::size_t matched = 0;
        for (NodeId node = 0; node < m_tree->nodeCount(); ++node) {
            const std::string path = node == kRoot ? "" : m_tree->path(node);
            const auto expected = m_naive.byPath().find(path);
            std::size_t i = 0;
            const PathTree::Node &record = m_tree->node(node);
            for (EntryId id = record.firstEntry; id < record.firstEntry + record.entryCount; ++id) {
                const Entry &entry = m_tree->entry(id);
                if (!entry.makesPath()) {
                    continue;
                }
                if (expected == m_naive.byPath().end() || i >= expected->second.size()) {
                    expect(false, "an entry too many at " + path);
                    return;
                }
                const int made = expected->second[i++];
                const NaiveStack::Made &naive = m_naive.made()[made];
                m_ids[made] = id;
                expect(entry.headerOffset == static_cast<std::uint64_t>(naive.offset)
                           && entry.layer == naive.layer && entry.type == naive.member.type
                           && entry.mode == naive.member.mode,
                       "another entry at " + path);
                ++matched;
            }
        }
        expect(matched == m_naive.made().size(), "entries are missing");
    }

    void compareFates()
    {
        for (std::size_t made = 0; made < m_ids.size(); ++made) {
            const int id = static_cast<int>(made);
            const NaiveStack::Made &naive = m_naive.made()[made];
            const Entry &entry = m_tree->entry(m_ids[made]);
            const std::string where = naive.path + " @" + std::to_string(naive.layer);
            const int hiddenBy = m_naive.hiddenBy(id);
            expect(entry.hiddenBy == (hiddenBy < 0 ? kNoLayer : hiddenBy), "hiddenBy of " + where);
            const int content = m_naive.content(id);
            expect(m_tree->content(m_ids[made]) == (content < 0 ? kNone : m_ids[content]),
                   "content of " + where);
            expect(entry.has(Entry::Dangling)
                       == (naive.member.type == EntryType::HardLink && content < 0),
                   "dangling " + where);
            if (naive.member.type != EntryType::File) {
                continue;
            }
            const auto [layer, cause] = m_naive.fate(id);
            const PathTree::Fate fate = m_tree->byteFate(m_ids[made]);
            expect(fate.hiddenBy == (layer < 0 ? kNoLayer : layer),
                   "layer of the fate of " + where);
            expect(fate.cause == cause,
                   "cause of " + where + ": " + std::string(causeName(fate.cause)) + ", not "
                       + std::string(causeName(cause)));
        }
    }

    void compareStates()
    {
        const std::size_t count = m_naive.states().size();
        for (std::size_t layer = 0; layer < count; ++layer) {
            const auto index = static_cast<LayerIndex>(layer);
            compareState(m_naive.states()[layer], {ViewSpec::Kind::At, index}, index);
        }
        compareState(m_naive.states().back(), {ViewSpec::Kind::Final, 0}, kNoLayer - 1);
    }

    void compareState(const NaiveStack::State &state, ViewSpec spec, LayerIndex layer)
    {
        const TreeView view(m_tree, spec);
        std::size_t shown = 0;
        for (NodeId node = 0; node < m_tree->nodeCount(); ++node) {
            const std::string path = node == kRoot ? "" : m_tree->path(node);
            const auto naive = state.find(path);
            const EntryId expected = naive == state.end() ? kNone : m_ids[naive->second];
            const std::string where = path + " after " + std::to_string(layer);
            expect(m_tree->entryAt(node, layer) == expected, "entryAt " + where);
            expect(node == kRoot || view.isShown(node) == (expected != kNone), "shown " + where);
            expect(!view.isShown(node) || view.entry(node) == expected, "view " + where);
            shown += expected != kNone ? 1 : 0;
        }
        expect(shown == state.size(), "paths after " + std::to_string(layer));
        expect(view.bytes(kRoot) == m_naive.visibleBytes(state),
               "bytes after " + std::to_string(layer));
        const auto files = std::ranges::count_if(
            state, [&](const auto &item) { return !m_naive.isDirectory(item.second); });
        expect(view.files(kRoot) == files, "files after " + std::to_string(layer));
    }

    void compareNumbers()
    {
        std::uint64_t all = 0;
        std::vector<std::uint64_t> perLayer(m_layers.size(), 0);
        for (const NaiveStack::Made &made : m_naive.made()) {
            all += made.member.size;
            perLayer[made.layer] += made.member.size;
        }
        std::uint64_t shadowed = 0;
        for (const std::uint64_t bytes : m_analysis.shadowedBy) {
            shadowed += bytes;
        }
        expect(m_analysis.fileBytes == all, "the sum of the layers");
        expect(m_analysis.visibleBytes == m_naive.visibleBytes(m_naive.states().back()), "visible");
        expect(m_analysis.visibleBytes + shadowed == all, "visible + causes = layer bytes");
        expect(m_analysis.shadowedBytes == shadowed, "the sum of the causes");
        for (std::size_t layer = 0; layer < perLayer.size(); ++layer) {
            const LayerNumbers &numbers = m_analysis.layers[layer];
            const TreeView view(m_tree, {ViewSpec::Kind::Layer, static_cast<LayerIndex>(layer)});
            const std::string where = " of layer " + std::to_string(layer);
            expect(numbers.fileBytes == perLayer[layer], "bytes" + where);
            expect(view.bytes(kRoot) == perLayer[layer], "bytes in the view" + where);
            std::uint64_t hidden = 0;
            for (const auto &[by, bytes] : numbers.hiddenByLayers) {
                hidden += bytes;
            }
            expect(hidden == numbers.shadowedBytes, "hidden by layers" + where);
        }
    }

    void compareChanges()
    {
        NaiveStack::State before;
        for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
            const NaiveStack::State &after = m_naive.states()[layer];
            std::uint32_t added = 0;
            std::uint32_t modified = 0;
            std::uint32_t removed = 0;
            for (const auto &[path, id] : after) {
                const auto was = before.find(path);
                const bool wasFile = was != before.end() && !m_naive.isDirectory(was->second);
                const bool isFile = !m_naive.isDirectory(id);
                added += isFile && !wasFile ? 1 : 0;
                modified += isFile && wasFile && was->second != id
                                    && m_naive.difference(was->second, id) != 'u'
                                ? 1
                                : 0;
            }
            for (const auto &[path, id] : before) {
                const auto is = after.find(path);
                const bool isFile = is != after.end() && !m_naive.isDirectory(is->second);
                removed += !m_naive.isDirectory(id) && !isFile ? 1 : 0;
            }
            const LayerNumbers &numbers = m_analysis.layers[layer];
            expect(numbers.added == added && numbers.modified == modified
                       && numbers.removed == removed,
                   "added " + std::to_string(numbers.added) + "/" + std::to_string(added)
                       + " modified " + std::to_string(numbers.modified) + "/"
                       + std::to_string(modified) + " removed " + std::to_string(numbers.removed)
                       + "/" + std::to_string(removed) + " in layer " + std::to_string(layer));
            before = after;
        }
    }

    MemberLists m_layers;
    NaiveStack m_naive;
    PathTreePtr m_tree;
    Image m_image;
    Analysis m_analysis;
    std::vector<EntryId> m_ids;
    std::string m_trouble;
};

} // namespace

std::string disagreement(const MemberLists &layers)
{
    return Comparison(layers).run();
}

} // namespace cutaway::test
