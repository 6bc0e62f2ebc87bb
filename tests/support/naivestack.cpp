// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/naivestack.h"

#include <algorithm>

namespace cutaway::test {
namespace {

/// "/a/b" of "./a//b/"; "" is the root. The makers of random names use no "..".
std::string cleaned(const std::string &name)
{
    std::string path;
    std::string component;
    for (const char c : name + "/") {
        if (c != '/') {
            component += c;
        } else {
            path += component.empty() || component == "." ? "" : "/" + component;
            component.clear();
        }
    }
    return path;
}

std::string parentOf(const std::string &path)
{
    return path.substr(0, path.rfind('/'));
}

std::string lastOf(const std::string &path)
{
    return path.substr(path.rfind('/') + 1);
}

/// All directories above a path, the root ("") last.
std::vector<std::string> above(const std::string &path)
{
    std::vector<std::string> directories;
    for (std::string at = path; !at.empty();) {
        at = parentOf(at);
        directories.push_back(at);
    }
    return directories;
}

bool isFileLike(EntryType type)
{
    return type == EntryType::File || type == EntryType::HardLink;
}

} // namespace

NaiveStack::NaiveStack(const MemberLists &layers)
{
    for (std::size_t index = 0; index < layers.size(); ++index) {
        m_whiteouts.emplace_back();
        m_opaques.emplace_back();
        m_waiting.clear();
        hideLower(layers[index]);
        for (std::size_t i = 0; i < layers[index].size(); ++i) {
            add(layers[index][i], static_cast<int>(index), static_cast<int>(1000 * index + i + 1));
        }
        for (const auto &[path, links] : m_waiting) {
            for (const int link : links) {
                m_made[link].dangling = true;
            }
        }
        m_states.push_back(m_now);
    }
}

void NaiveStack::hideLower(const std::vector<Member> &members)
{
    for (const Member &member : members) {
        const std::string path = cleaned(member.name);
        const std::string last = path.empty() ? "" : lastOf(path);
        if (last == ".wh..wh..opq") {
            m_opaques.back().insert(parentOf(path));
            removeBelow(parentOf(path));
        } else if (last.starts_with(".wh.") && !last.starts_with(".wh..wh.")) {
            const std::string hidden = parentOf(path) + "/" + last.substr(4);
            m_whiteouts.back().insert(hidden);
            removeBelow(hidden);
            m_now.erase(hidden);
        }
    }
}

void NaiveStack::removeBelow(const std::string &path)
{
    std::erase_if(m_now, [&](const auto &item) {
        return item.first != path && item.first.starts_with(path + "/");
    });
}

void NaiveStack::put(const std::string &path, Made made)
{
    const int id = static_cast<int>(m_made.size());
    made.path = path;
    if (made.member.type != EntryType::Directory) {
        removeBelow(path);
    }
    for (const int link : m_waiting[path]) {
        m_made[link].follows = id;
    }
    m_waiting.erase(path);
    m_made.push_back(std::move(made));
    m_byPath[path].push_back(id);
    m_now[path] = id;
}

void NaiveStack::addParents(const std::string &path, int layer)
{
    std::vector<std::string> directories = above(path);
    std::ranges::reverse(directories);
    for (const std::string &directory : directories) {
        if (directory.empty()) {
            continue; // the root is always there
        }
        const auto there = m_now.find(directory);
        if (there == m_now.end() || !isDirectory(there->second)) {
            Made made{.path = {}, .layer = layer, .member = {}};
            made.member.type = EntryType::Directory;
            made.member.mode = 0755;
            put(directory, made);
        }
    }
}

void NaiveStack::add(const Member &member, int layer, int offset)
{
    const std::string path = cleaned(member.name);
    if (!path.empty() && lastOf(path).starts_with(".wh.")) {
        return;
    }
    Made made{.path = {}, .layer = layer, .offset = offset, .member = member};
    addParents(path, layer);
    if (member.type == EntryType::HardLink) {
        const std::string target = cleaned(member.target);
        const auto there = m_now.find(target);
        if (there != m_now.end()) {
            made.follows = there->second;
        } else {
            const int id = static_cast<int>(m_made.size());
            put(path, made); // before it waits: a link cannot wait for itself
            m_waiting[target].push_back(id);
            return;
        }
    }
    put(path, made);
}

int NaiveStack::content(int id) const
{
    std::set<int> seen;
    while (m_made[id].member.type == EntryType::HardLink) {
        if (m_made[id].follows < 0 || !seen.insert(id).second) {
            return -1;
        }
        id = m_made[id].follows;
    }
    return !seen.empty() && isDirectory(id) ? -1 : id;
}

std::uint64_t NaiveStack::visibleBytes(const State &state) const
{
    std::set<int> contents;
    std::uint64_t bytes = 0;
    for (const auto &[path, id] : state) {
        const int held = content(id);
        if (held >= 0 && m_made[held].member.type == EntryType::File
            && contents.insert(held).second) {
            bytes += m_made[held].member.size;
        }
    }
    return bytes;
}

int NaiveStack::hiddenBy(int id) const
{
    for (int layer = m_made[id].layer; layer < static_cast<int>(m_states.size()); ++layer) {
        const auto there = m_states[layer].find(m_made[id].path);
        if (there == m_states[layer].end() || there->second != id) {
            return layer;
        }
    }
    return -1;
}

bool NaiveStack::hidesFromAbove(int id, int layer) const
{
    const std::vector<std::string> directories = above(m_made[id].path);
    return std::ranges::any_of(m_made, [&](const Made &made) {
        return made.layer == layer && made.member.type != EntryType::Directory
               && std::ranges::find(directories, made.path) != directories.end();
    });
}

Cause NaiveStack::cause(int id) const
{
    const Made &made = m_made[id];
    const int layer = hiddenBy(id);
    if (layer < 0) {
        return Cause::None;
    }
    int by = -1; // the last that the layer makes at the path, after this one
    for (const int other : m_byPath.at(made.path)) {
        by = other > id && m_made[other].layer == layer ? other : by;
    }
    if (by >= 0 && layer == made.layer) {
        return Cause::DuplicateEntry;
    }
    if (by >= 0 && isFileLike(m_made[by].member.type) && isFileLike(made.member.type)) {
        return difference(id, by) == 'c' ? Cause::Rewritten : Cause::MetadataCopy;
    }
    if (by >= 0) {
        return m_made[by].member.type == made.member.type ? Cause::Rewritten : Cause::TypeChange;
    }
    if (hidesFromAbove(id, layer)) {
        return Cause::TypeChange;
    }
    if (m_whiteouts[layer].contains(made.path)) {
        return Cause::DeletedFile;
    }
    const bool deleted = std::ranges::any_of(above(made.path), [&](const std::string &directory) {
        return m_whiteouts[layer].contains(directory);
    });
    return deleted ? Cause::DeletedDirectory : Cause::Opaque;
}

std::pair<int, Cause> NaiveStack::fate(int id) const
{
    int last = -1;
    for (int name = 0; name < static_cast<int>(m_made.size()); ++name) {
        if (content(name) != id) {
            continue;
        }
        const int hidden = hiddenBy(name);
        if (hidden < 0) {
            return {-1, Cause::None};
        }
        const bool later = last < 0 || hidden > hiddenBy(last)
                           || (hidden == hiddenBy(last) && m_made[name].path <= m_made[last].path);
        last = later ? name : last;
    }
    return {hiddenBy(last), cause(last)};
}

char NaiveStack::difference(int before, int after) const
{
    const int a = content(before);
    const int b = content(after);
    if (a < 0 || b < 0) {
        if (a != b) {
            return 'c';
        }
    } else if (a != b) {
        const Member &one = m_made[a].member;
        const Member &other = m_made[b].member;
        const bool sameBytes =
            one.size == other.size && (one.size == 0 || one.content == other.content);
        if (one.type != other.type || (one.type == EntryType::File && !sameBytes)
            || (one.type == EntryType::Symlink && one.target != other.target)) {
            return 'c';
        }
    }
    const Member &one = m_made[before].member;
    const Member &other = m_made[after].member;
    const bool timeCounts = a < 0 || m_made[a].member.type != EntryType::Directory;
    return one.mode == other.mode && (one.mtime == other.mtime || !timeCounts) ? 'u' : 'm';
}

} // namespace cutaway::test
