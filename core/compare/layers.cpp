// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/parts.h"

#include <algorithm>
#include <map>
#include <span>

namespace cutaway {
namespace {

/// What tells a layer's bytes; empty where nothing does.
const std::string &identityOf(const Layer &layer)
{
    return layer.diffId.isEmpty() ? layer.digest.text() : layer.diffId.text();
}

/// The build step of each layer; empty where the history does not say.
std::vector<std::string> stepsOf(const Image &image)
{
    std::vector<std::string> steps(image.layers.size());
    for (const HistoryEntry &entry : image.config.history) {
        if (entry.layer && *entry.layer < steps.size()) {
            steps[*entry.layer] = normaliseHistory(entry).text();
        }
    }
    return steps;
}

/// Pairs layers that have no partner yet and equal texts, the first with the first.
void pairBy(std::span<const std::string> before,
            std::span<const std::string> after,
            std::vector<LayerPair> &seconds,
            std::vector<bool> &isTaken,
            LayerPair::Kind kind)
{
    std::map<std::string_view, std::vector<LayerIndex>> places;
    for (std::size_t i = before.size(); i-- > 0;) {
        if (!isTaken[i] && !before[i].empty()) {
            places[before[i]].push_back(static_cast<LayerIndex>(i));
        }
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto found = places.find(after[i]);
        if (seconds[i].before || found == places.end() || found->second.empty()) {
            continue;
        }
        const LayerIndex first = found->second.back();
        found->second.pop_back();
        isTaken[first] = true;
        seconds[i].before = first;
        seconds[i].kind = kind;
    }
}

std::vector<std::string> identitiesOf(const Image &image)
{
    std::vector<std::string> identities;
    std::ranges::transform(image.layers, std::back_inserter(identities), &identityOf);
    return identities;
}

} // namespace

LayerPairs pairLayers(const Image &before, const Image &after)
{
    const std::vector<std::string> first = identitiesOf(before);
    const std::vector<std::string> second = identitiesOf(after);
    LayerPairs pairs;
    std::vector<bool> isTaken(first.size());
    std::vector<LayerPair> seconds(second.size());
    for (std::size_t i = 0; i < second.size(); ++i) {
        seconds[i] = {LayerPair::Kind::Added, std::nullopt, static_cast<LayerIndex>(i)};
    }
    while (pairs.shared < std::min(first.size(), second.size()) && !first[pairs.shared].empty()
           && first[pairs.shared] == second[pairs.shared]) {
        isTaken[pairs.shared] = true;
        seconds[pairs.shared].before = static_cast<LayerIndex>(pairs.shared);
        seconds[pairs.shared].kind = LayerPair::Kind::Shared;
        ++pairs.shared;
    }
    pairBy(first, second, seconds, isTaken, LayerPair::Kind::Moved);
    pairBy(stepsOf(before), stepsOf(after), seconds, isTaken, LayerPair::Kind::Rebuilt);
    const auto end = seconds.begin() + pairs.shared;
    pairs.list.assign(seconds.begin(), end);
    for (std::size_t i = 0; i < isTaken.size(); ++i) {
        if (!isTaken[i]) {
            pairs.list.push_back(
                {LayerPair::Kind::Removed, static_cast<LayerIndex>(i), std::nullopt});
        }
    }
    pairs.list.insert(pairs.list.end(), end, seconds.end());
    return pairs;
}

} // namespace cutaway
