// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/comparelimits.h"
#include "core/compare/parts.h"

#include <algorithm>
#include <string>

namespace cutaway {
namespace {

std::vector<std::string> textsOf(const std::vector<HistoryEntry> &history)
{
    std::vector<std::string> texts;
    std::ranges::transform(history, std::back_inserter(texts), [](const HistoryEntry &entry) {
        return normaliseHistory(entry).text();
    });
    return texts;
}

/// Steps between the common beginning and end of two histories.
struct Middle
{
    std::uint32_t begin = 0; ///< in both
    std::uint32_t beforeEnd = 0;
    std::uint32_t afterEnd = 0;

    std::size_t befores() const { return beforeEnd - begin; }
    std::size_t afters() const { return afterEnd - begin; }
};

/// The longest common subsequence, as tables have it: what is gone stands before what is new.
void pairMiddle(const std::vector<std::string> &before,
                const std::vector<std::string> &after,
                const Middle &middle,
                std::vector<StepPair> &pairs)
{
    const std::size_t rows = middle.befores();
    const std::size_t columns = middle.afters();
    const bool isTooMuch = rows > 0 && columns > limits::kStepPairs / rows;
    const std::size_t width = columns + 1;
    std::vector<std::uint32_t> common(isTooMuch ? 0 : (rows + 1) * width);
    const auto isEqual = [&](std::size_t i, std::size_t j) {
        return before[middle.begin + i] == after[middle.begin + j];
    };
    for (std::size_t i = isTooMuch ? 0 : rows; i-- > 0;) {
        for (std::size_t j = columns; j-- > 0;) {
            common[i * width + j] =
                isEqual(i, j) ? common[(i + 1) * width + j + 1] + 1
                              : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
        }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < rows || j < columns) {
        const auto first = static_cast<std::uint32_t>(middle.begin + i);
        const auto second = static_cast<std::uint32_t>(middle.begin + j);
        if (!isTooMuch && i < rows && j < columns && isEqual(i, j)) {
            pairs.push_back({first, second});
            ++i;
            ++j;
        } else if (i < rows
                   && (j == columns || isTooMuch
                       || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
            pairs.push_back({first, std::nullopt});
            ++i;
        } else {
            pairs.push_back({std::nullopt, second});
            ++j;
        }
    }
}

} // namespace

std::vector<StepPair> pairSteps(const std::vector<HistoryEntry> &before,
                                const std::vector<HistoryEntry> &after)
{
    const std::vector<std::string> first = textsOf(before);
    const std::vector<std::string> second = textsOf(after);
    Middle middle;
    middle.beforeEnd = static_cast<std::uint32_t>(first.size());
    middle.afterEnd = static_cast<std::uint32_t>(second.size());
    std::vector<StepPair> pairs;
    while (middle.begin < std::min(middle.beforeEnd, middle.afterEnd)
           && first[middle.begin] == second[middle.begin]) {
        pairs.push_back({middle.begin, middle.begin});
        ++middle.begin;
    }
    while (middle.beforeEnd > middle.begin && middle.afterEnd > middle.begin
           && first[middle.beforeEnd - 1] == second[middle.afterEnd - 1]) {
        --middle.beforeEnd;
        --middle.afterEnd;
    }
    pairMiddle(first, second, middle, pairs);
    for (std::uint32_t i = middle.beforeEnd; i < first.size(); ++i) {
        pairs.push_back({i, middle.afterEnd + (i - middle.beforeEnd)});
    }
    return pairs;
}

} // namespace cutaway
