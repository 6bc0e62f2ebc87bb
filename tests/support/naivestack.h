// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/randomstack.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace cutaway::test {

/// The rules of image-spec layer.md in the simplest way that can be written down: a map of paths,
/// changed layer by layer, remembered after each. Slow, and nothing in it is shared with the real
/// tree.
class NaiveStack
{
public:
    struct Made ///< what one member (or a missing parent) made
    {
        std::string path;
        int layer = 0;
        int offset = 0; ///< 0: a directory that no member names
        Member member;
        int follows = -1; ///< of a hard link: the one that it names; -1 = itself or nothing
        bool dangling = false;
    };
    using State = std::map<std::string, int>; ///< path → what is there

    explicit NaiveStack(const MemberLists &layers);

    const std::vector<Made> &made() const { return m_made; }
    const std::vector<State> &states() const { return m_states; } ///< after each layer
    /// What was made at a path, in order.
    const std::map<std::string, std::vector<int>> &byPath() const { return m_byPath; }
    /// The one that holds the bytes or the target; -1 for a dangling link.
    int content(int id) const;
    bool isDirectory(int id) const { return m_made[id].member.type == EntryType::Directory; }
    /// Bytes of all files in a state, a file of several names once.
    std::uint64_t visibleBytes(const State &state) const;
    /// First layer after which it is no longer at its path; -1 = never.
    int hiddenBy(int id) const;
    /// Why, by metrics' order of causes; for names of a linked file each by itself.
    Cause cause(int id) const;
    /// When and why the bytes of a content went: with its last name.
    std::pair<int, Cause> fate(int id) const;
    /// 'u' unmodified, 'm' metadata, 'c' content or type.
    char difference(int before, int after) const;

private:
    void hideLower(const std::vector<Member> &members);
    void add(const Member &member, int layer, int offset);
    void put(const std::string &path, Made made);
    void addParents(const std::string &path, int layer);
    void removeBelow(const std::string &path);
    bool hidesFromAbove(int id, int layer) const;

    std::vector<Made> m_made;
    std::map<std::string, std::vector<int>> m_byPath;
    std::vector<State> m_states;
    State m_now;
    std::map<std::string, std::vector<int>>
        m_waiting; ///< links of this layer to what is not there yet
    std::vector<std::set<std::string>> m_whiteouts; ///< a layer: hidden paths
    std::vector<std::set<std::string>> m_opaques;   ///< a layer: opaque directories
};

} // namespace cutaway::test
