// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cutaway {

/// Matches every path of a tree against many patterns in one walk. Patterns are absolute globs
/// without braces (core/base/glob.h); what could still match below a directory is worked out once
/// for all directories alike, so that the cost is about one table lookup a path.
class PathMatcher
{
public:
    /// Patterns are told apart by the order in which they were added, from 0.
    void add(std::string_view glob);

    /// Calls `visit` for each path that some pattern matches, in node order, with the numbers of
    /// all that do, lowest first.
    using Visit = std::function<void(NodeId, const std::vector<std::uint32_t> &)>;
    void walk(const PathTree &tree, const Visit &visit);

private:
    /// A pattern and how many of its components are behind.
    struct State
    {
        std::uint32_t pattern = 0;
        std::uint32_t at = 0;
        auto operator<=>(const State &) const = default;
    };
    using States = std::vector<State>;
    /// What may follow below a directory.
    struct Set
    {
        States always;                                        ///< `**`: whatever the name
        States wildcards;                                     ///< names with `*` or `?`
        std::unordered_map<std::string_view, States> endings; ///< of those, "*.gz" by ".gz"
        std::unordered_map<std::string_view, States> literals;
        std::uint32_t otherwise = 0; ///< the set below a name that nothing but `**` takes
    };

    void enter(State state, States &states) const;
    std::uint32_t setOf(States states);
    std::uint32_t step(std::uint32_t set, std::string_view name, std::vector<std::uint32_t> &hits);
    bool isLast(const State &state) const;
    const std::string &component(const State &state) const;

    std::vector<std::vector<std::string>> m_patterns;
    std::vector<Set> m_sets;
    std::map<States, std::uint32_t> m_numbers;
};

} // namespace cutaway
