// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/pathmatcher.h"

#include "core/base/glob.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::string_view kAnyDepth = "**";

bool isWildcard(std::string_view component)
{
    return component.find_first_of("*?[") != std::string_view::npos;
}

/// ".gz" of "*.tar.gz": what names that match must have behind their last dot, dot included. Empty
/// where the pattern does not tell.
std::string_view endingOf(std::string_view component)
{
    const std::size_t dot = component.rfind('.');
    const bool isPlain = dot != std::string_view::npos
                         && component.find_first_of("*?[]\\", dot) == std::string_view::npos;
    return isPlain ? component.substr(dot) : std::string_view();
}

} // namespace

void PathMatcher::add(std::string_view glob)
{
    std::vector<std::string> components;
    while (!glob.empty()) {
        glob.remove_prefix(glob.front() == '/' ? 1 : 0);
        const std::size_t end = std::min(glob.find('/'), glob.size());
        if (end > 0) {
            components.emplace_back(glob.substr(0, end));
        }
        glob.remove_prefix(end);
    }
    m_patterns.push_back(std::move(components));
}

const std::string &PathMatcher::component(const State &state) const
{
    return m_patterns[state.pattern][state.at];
}

bool PathMatcher::isLast(const State &state) const
{
    return state.at + 1 == m_patterns[state.pattern].size();
}

/// `**` takes no component too, but for one at the end, which takes one at least.
void PathMatcher::enter(State state, States &states) const
{
    while (state.at < m_patterns[state.pattern].size()) {
        states.push_back(state);
        if (component(state) != kAnyDepth || isLast(state)) {
            return;
        }
        ++state.at;
    }
}

std::uint32_t PathMatcher::setOf(States states)
{
    std::ranges::sort(states);
    const auto repeated = std::ranges::unique(states);
    states.erase(repeated.begin(), repeated.end());
    const auto [known, isNew] =
        m_numbers.try_emplace(states, static_cast<std::uint32_t>(m_sets.size()));
    const std::uint32_t number = known->second;
    if (!isNew) {
        return number;
    }
    m_sets.emplace_back();
    States remaining;
    for (const State &state : states) {
        Set &set = m_sets[number];
        if (component(state) == kAnyDepth) {
            set.always.push_back(state);
            enter(state, remaining);
        } else if (isWildcard(component(state))) {
            const std::string_view ending = endingOf(component(state));
            (ending.empty() ? set.wildcards : set.endings[ending]).push_back(state);
        } else {
            set.literals[component(state)].push_back(state);
        }
    }
    const std::uint32_t otherwise = remaining == states ? number : setOf(std::move(remaining));
    m_sets[number].otherwise = otherwise;
    return number;
}

std::uint32_t PathMatcher::step(std::uint32_t set,
                                std::string_view name,
                                std::vector<std::uint32_t> &hits)
{
    hits.clear();
    const Set &from = m_sets[set];
    States next;
    const auto take = [&](const State &state) {
        if (isLast(state)) {
            hits.push_back(state.pattern);
        } else {
            enter({state.pattern, state.at + 1}, next);
        }
    };
    if (const auto found = from.literals.find(name); found != from.literals.end()) {
        std::ranges::for_each(found->second, take);
    }
    const auto takeMatching = [&](const States &states) {
        for (const State &state : states) {
            const std::string &pattern = component(state);
            const bool mayMatch = pattern.front() == '*' || pattern.front() == '?'
                                  || (!name.empty() && pattern.front() == name.front());
            if (mayMatch && globMatches(pattern, name, GlobText::Name)) {
                take(state);
            }
        }
    };
    takeMatching(from.wildcards);
    if (const std::size_t dot = name.rfind('.');
        dot != std::string_view::npos && !from.endings.empty()) {
        const auto found = from.endings.find(name.substr(dot));
        if (found != from.endings.end()) {
            takeMatching(found->second);
        }
    }
    for (const State &state : from.always) {
        if (isLast(state)) {
            hits.push_back(state.pattern);
        }
    }
    std::ranges::sort(hits);
    if (next.empty()) {
        return from.otherwise;
    }
    for (const State &state : from.always) {
        enter(state, next);
    }
    return setOf(std::move(next));
}

void PathMatcher::walk(const PathTree &tree, const Visit &visit)
{
    States begin;
    for (std::uint32_t pattern = 0; pattern < m_patterns.size(); ++pattern) {
        enter({pattern, 0}, begin);
    }
    std::vector<std::uint32_t> sets(tree.nodeCount());
    if (sets.empty()) {
        return;
    }
    sets[kRoot] = setOf(std::move(begin));
    std::vector<std::uint32_t> hits;
    for (NodeId node = kRoot + 1; node < tree.nodeCount(); ++node) {
        sets[node] = step(sets[tree.node(node).parent], tree.name(node), hits);
        if (!hits.empty()) {
            visit(node, hits);
        }
    }
}

} // namespace cutaway
