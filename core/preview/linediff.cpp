// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/linediff.h"

#include "core/preview/previewlimits.h"

#include <algorithm>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

namespace cutaway {

namespace {

using Ids = std::span<const std::uint32_t>;

/// Lines that both have: places in the two texts, rising in both.
using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// E. W. Myers, "An O(ND) difference algorithm and its variations" (1986): the furthest reaching
/// paths of one edit after the other, each step kept, so that the way back can be walked.
class GreedyPaths
{
public:
    GreedyPaths(Ids before, Ids after, int edits)
        : m_before(before)
        , m_after(after)
        , m_edits(std::min<std::int64_t>(edits,
                                         static_cast<std::int64_t>(before.size() + after.size())))
    {}

    /// Nothing when they differ in more than the edits allowed, or nobody waits any more.
    std::optional<Pairs> run(const Monitor &monitor)
    {
        std::vector<std::int64_t> reach(2 * static_cast<std::size_t>(m_edits) + 3, 0);
        for (std::int64_t edits = 0; edits <= m_edits; ++edits) {
            if (monitor.isCancelled()) {
                return std::nullopt;
            }
            for (std::int64_t diagonal = -edits; diagonal <= edits; diagonal += 2) {
                std::int64_t x = isDown(reach, diagonal, edits) ? reach[place(diagonal + 1)]
                                                                : reach[place(diagonal - 1)] + 1;
                std::int64_t y = x - diagonal;
                while (isSame(x, y)) {
                    ++x;
                    ++y;
                }
                reach[place(diagonal)] = x;
                if (x >= sizeOf(m_before) && y >= sizeOf(m_after)) {
                    keep(reach, edits);
                    return walkBack(edits);
                }
            }
            keep(reach, edits);
        }
        return std::nullopt;
    }

private:
    static std::int64_t sizeOf(Ids ids) { return static_cast<std::int64_t>(ids.size()); }
    std::size_t place(std::int64_t diagonal) const
    {
        return static_cast<std::size_t>(diagonal + m_edits + 1);
    }
    bool isSame(std::int64_t x, std::int64_t y) const
    {
        return x < sizeOf(m_before) && y < sizeOf(m_after) && y >= 0
               && m_before[static_cast<std::size_t>(x)] == m_after[static_cast<std::size_t>(y)];
    }
    /// Whether the path comes from the diagonal above: by a line that is added.
    bool isDown(const std::vector<std::int64_t> &reach,
                std::int64_t diagonal,
                std::int64_t edits) const
    {
        return diagonal == -edits
               || (diagonal != edits && reach[place(diagonal - 1)] < reach[place(diagonal + 1)]);
    }
    /// Only what this step reached: the sum over all steps stays at half a square of the edits.
    void keep(const std::vector<std::int64_t> &reach, std::int64_t edits)
    {
        std::vector<std::uint32_t> step;
        for (std::int64_t diagonal = -edits; diagonal <= edits; diagonal += 2) {
            step.push_back(static_cast<std::uint32_t>(reach[place(diagonal)]));
        }
        m_steps.push_back(std::move(step));
    }
    std::int64_t reached(std::int64_t edits, std::int64_t diagonal) const
    {
        return m_steps[static_cast<std::size_t>(edits)]
                      [static_cast<std::size_t>((diagonal + edits) / 2)];
    }

    Pairs walkBack(std::int64_t edits) const
    {
        Pairs pairs;
        std::int64_t x = sizeOf(m_before);
        std::int64_t y = sizeOf(m_after);
        const auto takeSame = [&](std::int64_t until) {
            while (x > until) {
                pairs.emplace_back(static_cast<std::uint32_t>(--x),
                                   static_cast<std::uint32_t>(--y));
            }
        };
        for (; edits > 0; --edits) {
            const std::int64_t diagonal = x - y;
            const bool isDownStep =
                diagonal == -edits
                || (diagonal != edits
                    && reached(edits - 1, diagonal - 1) < reached(edits - 1, diagonal + 1));
            const std::int64_t from = isDownStep ? diagonal + 1 : diagonal - 1;
            const std::int64_t start = reached(edits - 1, from);
            takeSame(isDownStep ? start : start + 1);
            x = start;
            y = start - from;
        }
        takeSame(0);
        std::ranges::reverse(pairs);
        return pairs;
    }

    Ids m_before;
    Ids m_after;
    std::int64_t m_edits;
    std::vector<std::vector<std::uint32_t>> m_steps;
};

/// Lines that each text has exactly once, the most of them that stand in one order in both.
Pairs uniquePairs(Ids before, Ids after)
{
    struct Sight
    {
        std::uint32_t count[2] = {0, 0};
        std::uint32_t place[2] = {0, 0};
    };
    std::unordered_map<std::uint32_t, Sight> sights;
    const auto see = [&sights](Ids ids, int side) {
        for (std::uint32_t i = 0; i < ids.size(); ++i) {
            Sight &sight = sights[ids[i]];
            ++sight.count[side];
            sight.place[side] = i;
        }
    };
    see(before, 0);
    see(after, 1);
    // The longest rising run of places: the least end of a run of each length, and the way back.
    Pairs piles;
    std::vector<std::uint32_t> ends;
    std::vector<std::uint32_t> last; // index into `piles` of the end of each length
    std::vector<std::uint32_t> previous;
    for (std::uint32_t i = 0; i < before.size(); ++i) {
        const Sight &sight = sights[before[i]];
        if (sight.count[0] != 1 || sight.count[1] != 1) {
            continue;
        }
        const std::uint32_t place = sight.place[1];
        const auto length =
            static_cast<std::size_t>(std::ranges::lower_bound(ends, place) - ends.begin());
        const auto at = static_cast<std::uint32_t>(piles.size());
        piles.emplace_back(i, place);
        previous.push_back(length > 0 ? last[length - 1] : DiffRow::kNoLine);
        if (length == ends.size()) {
            ends.push_back(place);
            last.push_back(at);
        } else {
            ends[length] = place;
            last[length] = at;
        }
    }
    Pairs pairs;
    for (std::uint32_t at = last.empty() ? DiffRow::kNoLine : last.back(); at != DiffRow::kNoLine;
         at = previous[at]) {
        pairs.push_back(piles[at]);
    }
    std::ranges::reverse(pairs);
    return pairs;
}

/// Numbers for lines, the same for the same.
class Numbering
{
public:
    std::vector<std::uint32_t> number(const std::vector<std::string_view> &lines)
    {
        std::vector<std::uint32_t> ids;
        ids.reserve(lines.size());
        for (const std::string_view line : lines) {
            ids.push_back(
                m_ids.try_emplace(line, static_cast<std::uint32_t>(m_ids.size())).first->second);
        }
        return ids;
    }

private:
    std::unordered_map<std::string_view, std::uint32_t> m_ids;
};

void addShifted(Pairs &pairs, const Pairs &more, std::uint32_t before, std::uint32_t after)
{
    for (const auto &[x, y] : more) {
        pairs.emplace_back(x + before, y + after);
    }
}

/// Cut at lines that both have once; what differs too much between two of those is left unpaired.
Pairs coarsePairs(Ids before, Ids after, const Monitor &monitor)
{
    Pairs anchors = uniquePairs(before, after);
    anchors.emplace_back(static_cast<std::uint32_t>(before.size()),
                         static_cast<std::uint32_t>(after.size()));
    Pairs pairs;
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    for (const auto &[nextX, nextY] : anchors) {
        const auto between = GreedyPaths(before.subspan(x, nextX - x),
                                         after.subspan(y, nextY - y),
                                         limits::kDiffGapEdits)
                                 .run(monitor);
        if (between) {
            addShifted(pairs, *between, x, y);
        }
        if (nextX < before.size() && nextY < after.size()) {
            pairs.emplace_back(nextX, nextY);
        }
        x = nextX + 1;
        y = nextY + 1;
    }
    return pairs;
}

/// How much two lines are alike: letters that both begin and end with, of 100.
std::uint32_t likeness(std::string_view a, std::string_view b)
{
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t front = 0;
    while (front < shorter && a[front] == b[front]) {
        ++front;
    }
    std::size_t back = 0;
    while (back < shorter - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) {
        ++back;
    }
    const std::size_t longer = std::max<std::size_t>(1, std::max(a.size(), b.size()));
    return static_cast<std::uint32_t>(100 * (front + back) / longer);
}

/// Which of the lines removed became which of those added, where one side has more: all of the
/// shorter side's, in order, those alike if there are such. Lines of the longer side by those of
/// the shorter.
std::vector<std::size_t> likestLines(std::span<const std::string_view> few,
                                     std::span<const std::string_view> many)
{
    const std::size_t spare = many.size() - few.size();
    // best[i][s]: likeness of the lines of `few` from i on, when s lines of `many` were passed
    // over.
    std::vector<std::vector<std::uint32_t>> best(few.size() + 1,
                                                 std::vector<std::uint32_t>(spare + 1, 0));
    for (std::size_t i = few.size(); i-- > 0;) {
        for (std::size_t passed = spare + 1; passed-- > 0;) {
            const std::uint32_t here = likeness(few[i], many[i + passed]) + best[i + 1][passed];
            const std::uint32_t later = passed < spare ? best[i][passed + 1] : 0;
            best[i][passed] = std::max(here, later);
        }
    }
    std::vector<std::size_t> chosen;
    std::size_t passed = 0;
    for (std::size_t i = 0; i < few.size(); ++i) {
        while (passed < spare
               && likeness(few[i], many[i + passed]) + best[i + 1][passed] < best[i][passed]) {
            ++passed;
        }
        chosen.push_back(i + passed);
    }
    return chosen;
}

/// Makes the rows, a run between two pairs at a time: lines removed and added at one place are
/// changed ones.
class RowMaker
{
public:
    RowMaker(const std::vector<std::string_view> &before,
             const std::vector<std::string_view> &after)
        : m_beforeLines(before)
        , m_afterLines(after)
    {}

    void differ(std::uint32_t untilBefore, std::uint32_t untilAfter)
    {
        const std::span old = std::span(m_beforeLines).subspan(m_before, untilBefore - m_before);
        const std::span now = std::span(m_afterLines).subspan(m_after, untilAfter - m_after);
        const bool isWorthIt =
            old.size() != now.size() && old.size() * now.size() <= limits::kDiffLikeLines;
        const bool hasFewBefore = old.size() <= now.size();
        if (isWorthIt) {
            const auto places = hasFewBefore ? likestLines(old, now) : likestLines(now, old);
            const std::uint32_t start = hasFewBefore ? m_after : m_before;
            for (const std::size_t place : places) {
                while ((hasFewBefore ? m_after : m_before) < start + place) {
                    hasFewBefore ? add() : remove();
                }
                change();
            }
        }
        while (m_before < untilBefore && m_after < untilAfter) {
            change();
        }
        while (m_before < untilBefore) {
            remove();
        }
        while (m_after < untilAfter) {
            add();
        }
    }
    void same() { m_rows.push_back({DiffRow::Kind::Same, m_before++, m_after++}); }
    std::vector<DiffRow> take() { return std::move(m_rows); }

private:
    void change() { m_rows.push_back({DiffRow::Kind::Changed, m_before++, m_after++}); }
    void remove() { m_rows.push_back({DiffRow::Kind::Removed, m_before++, DiffRow::kNoLine}); }
    void add() { m_rows.push_back({DiffRow::Kind::Added, DiffRow::kNoLine, m_after++}); }

    const std::vector<std::string_view> &m_beforeLines;
    const std::vector<std::string_view> &m_afterLines;
    std::vector<DiffRow> m_rows;
    std::uint32_t m_before = 0;
    std::uint32_t m_after = 0;
};

std::vector<std::string_view> wordsOf(std::string_view line)
{
    const auto kind = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isLetter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
                              || (byte >= '0' && byte <= '9') || byte == '_' || byte >= 0x80;
        return isLetter ? 0 : (c == ' ' || c == '\t' ? 1 : 2);
    };
    std::vector<std::string_view> words;
    std::size_t at = 0;
    while (at < line.size()) {
        std::size_t end = at + 1;
        while (end < line.size() && kind(line[at]) != 2 && kind(line[end]) == kind(line[at])) {
            ++end;
        }
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

/// The words that are in no pair, those side by side as one part.
std::vector<DiffPart> unpairedParts(const std::vector<std::string_view> &words,
                                    const std::vector<bool> &isPaired)
{
    std::vector<DiffPart> parts;
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto length = static_cast<std::uint32_t>(words[i].size());
        if (!isPaired[i]) {
            if (!parts.empty() && parts.back().at + parts.back().length == at) {
                parts.back().length += length;
            } else {
                parts.push_back({at, length});
            }
        }
        at += length;
    }
    return parts;
}

} // namespace

Result<LineDiff> diffLines(const std::vector<std::string_view> &before,
                           const std::vector<std::string_view> &after,
                           const Monitor &monitor)
{
    Numbering numbering;
    const std::vector<std::uint32_t> left = numbering.number(before);
    const std::vector<std::uint32_t> right = numbering.number(after);
    // What both begin and end with is the same in any smallest difference.
    const std::size_t shorter = std::min(left.size(), right.size());
    std::size_t front = 0;
    while (front < shorter && left[front] == right[front]) {
        ++front;
    }
    std::size_t back = 0;
    while (back < shorter - front
           && left[left.size() - 1 - back] == right[right.size() - 1 - back]) {
        ++back;
    }
    const Ids middleLeft = Ids(left).subspan(front, left.size() - front - back);
    const Ids middleRight = Ids(right).subspan(front, right.size() - front - back);

    LineDiff diff;
    auto pairs = GreedyPaths(middleLeft, middleRight, limits::kDiffEdits).run(monitor);
    if (!pairs) {
        diff.isExact = false;
        pairs = coarsePairs(middleLeft, middleRight, monitor);
    }
    if (monitor.isCancelled()) {
        return failCancelled();
    }
    Pairs all;
    for (std::uint32_t i = 0; i < front; ++i) {
        all.emplace_back(i, i);
    }
    const auto skipped = static_cast<std::uint32_t>(front);
    addShifted(all, *pairs, skipped, skipped);
    for (std::size_t i = back; i > 0; --i) {
        all.emplace_back(static_cast<std::uint32_t>(left.size() - i),
                         static_cast<std::uint32_t>(right.size() - i));
    }
    RowMaker maker(before, after);
    for (const auto &[x, y] : all) {
        maker.differ(x, y);
        maker.same();
    }
    maker.differ(static_cast<std::uint32_t>(left.size()), static_cast<std::uint32_t>(right.size()));
    diff.rows = maker.take();
    return diff;
}

std::pair<std::vector<DiffPart>, std::vector<DiffPart>> diffWords(std::string_view before,
                                                                  std::string_view after)
{
    const std::vector<std::string_view> left = wordsOf(before);
    const std::vector<std::string_view> right = wordsOf(after);
    std::vector<bool> leftPaired(left.size(), false);
    std::vector<bool> rightPaired(right.size(), false);
    if (left.size() <= limits::kDiffWords && right.size() <= limits::kDiffWords) {
        Numbering numbering;
        const std::vector<std::uint32_t> leftIds = numbering.number(left);
        const std::vector<std::uint32_t> rightIds = numbering.number(right);
        const Monitor nobody;
        const auto pairs =
            GreedyPaths(leftIds, rightIds, 2 * static_cast<int>(limits::kDiffWords)).run(nobody);
        for (const auto &[x, y] : pairs.value_or(Pairs())) {
            leftPaired[x] = true;
            rightPaired[y] = true;
        }
    }
    return {unpairedParts(left, leftPaired), unpairedParts(right, rightPaired)};
}

} // namespace cutaway
