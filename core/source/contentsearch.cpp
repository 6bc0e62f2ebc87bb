// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/contentsearch.h"

#include "core/tree/filterwords.h"

#include <algorithm>
#include <utility>

namespace cutaway {

ContentMatcher::ContentMatcher(const FileFilter &filter)
{
    for (const FilterTerm &term : filter.terms) {
        if (term.kind == FilterTerm::Kind::Content) {
            m_wanted.push_back({term.text, term.ignoresCase, term.negated});
            m_overlap = std::max(m_overlap, term.text.size() - 1);
        }
    }
}

void ContentMatcher::reset()
{
    m_window.clear();
    for (Wanted &wanted : m_wanted) {
        wanted.isFound = false;
    }
}

void ContentMatcher::feed(std::string_view run)
{
    m_window += run;
    m_folded.clear();
    for (Wanted &wanted : m_wanted) {
        if (wanted.isFound) {
            continue;
        }
        if (wanted.ignoresCase && m_folded.empty()) {
            m_folded = m_window;
            std::ranges::transform(m_folded, m_folded.begin(), filter::lower);
        }
        const std::string &in = wanted.ignoresCase ? m_folded : m_window;
        wanted.isFound = in.contains(wanted.text);
    }
    m_window.erase(0, m_window.size() - std::min(m_window.size(), m_overlap));
}

bool ContentMatcher::isSettled() const
{
    return std::ranges::all_of(m_wanted, &Wanted::isFound)
           || std::ranges::any_of(
               m_wanted, [](const Wanted &wanted) { return wanted.isFound && wanted.isNegated; });
}

bool ContentMatcher::holds() const
{
    return std::ranges::all_of(
        m_wanted, [](const Wanted &wanted) { return wanted.isFound != wanted.isNegated; });
}

namespace {

/// Follows the contents that come by, one file after the other.
class Search
{
public:
    Search(const PathTree &tree,
           const FileFilter &filter,
           const std::function<void(EntryId)> &found,
           Monitor &monitor)
        : m_tree(tree)
        , m_matcher(filter)
        , m_found(found)
        , m_monitor(monitor)
    {}

    Result<ContentSearch> run(ImageSource &source, const Image &image, std::vector<EntryId> entries)
    {
        std::uint64_t total = 0;
        std::erase_if(entries, [&](EntryId entry) {
            total += std::min(sizeOf(entry), limits::kSearchedFileBytes);
            const bool isLeftOut = total > limits::kSearchedBytes;
            m_result.passed += isLeftOut ? 1 : 0;
            return isLeftOut;
        });
        m_total = total;
        m_monitor.beginStep("Searching contents");
        const ContentReceiver receiver{[this](EntryId entry) { return begin(entry); },
                                       [this](EntryId, Bytes run) { return take(run); }};
        const Result<> read = readContents(source, image, entries, receiver, m_monitor);
        if (!read) {
            return std::unexpected(read.error());
        }
        end();
        return m_result;
    }

private:
    std::uint64_t sizeOf(EntryId entry) const
    {
        const EntryId content = m_tree.content(entry);
        return content == kNone ? 0 : m_tree.entry(content).size;
    }
    Result<> begin(EntryId entry)
    {
        end();
        m_entry = entry;
        m_matcher.reset();
        m_taken = 0;
        ++m_result.files;
        return {};
    }
    Result<> take(Bytes run)
    {
        const std::uint64_t room = limits::kSearchedFileBytes - m_taken;
        const std::size_t part =
            static_cast<std::size_t>(std::min<std::uint64_t>(room, run.size()));
        m_taken += part;
        m_result.bytes += part;
        m_result.cut += part < run.size() && room > 0 ? 1 : 0;
        if (part > 0 && !m_matcher.isSettled()) {
            m_matcher.feed({reinterpret_cast<const char *>(run.data()), part});
        }
        m_monitor.advance(m_result.bytes, m_total);
        return {};
    }
    /// Of the file before: found, unless it was not seen to its end and that would matter.
    void end()
    {
        const bool isSeen =
            m_entry != kNone && (m_taken == sizeOf(m_entry) || m_matcher.isSettled());
        if (isSeen && m_matcher.holds()) {
            m_found(m_entry);
        }
        m_entry = kNone;
    }

    const PathTree &m_tree;
    ContentMatcher m_matcher;
    const std::function<void(EntryId)> &m_found;
    Monitor &m_monitor;
    ContentSearch m_result;
    EntryId m_entry = kNone;
    std::uint64_t m_taken = 0;
    std::uint64_t m_total = 0;
};

} // namespace

Result<ContentSearch> searchContents(ImageSource &source,
                                     const Image &image,
                                     ContentQuery query,
                                     Monitor &monitor)
{
    if (!image.tree) {
        return fail(ErrorCode::InvalidInput, "the image has not been read");
    }
    return Search(*image.tree, query.filter, query.found, monitor)
        .run(source, image, std::move(query.entries));
}

} // namespace cutaway
