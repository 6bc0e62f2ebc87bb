// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/randomstack.h"

#include "core/base/hash.h"

#include <array>
#include <random>
#include <stdexcept>

namespace cutaway::test {
namespace {

class Maker
{
public:
    explicit Maker(std::uint32_t seed)
        : m_random(seed)
    {}

    MemberLists stack()
    {
        MemberLists layers(1 + below(6));
        for (std::vector<Member> &layer : layers) {
            const std::uint32_t count = below(10) == 0 ? 0 : 1 + below(9);
            for (std::uint32_t i = 0; i < count; ++i) {
                layer.push_back(member());
            }
        }
        return layers;
    }

private:
    std::uint32_t below(std::uint32_t bound) { return m_random() % bound; }

    std::string component()
    {
        // Names on both sides of ".wh." in byte order, for what is told by literal names.
        static constexpr std::array kNames = {"a", "b", "c", "-d", ".e", "\xff"};
        return kNames.at(below(8) == 0 ? 3 + below(3) : below(3));
    }

    std::string path(std::uint32_t depth)
    {
        std::string text = component();
        for (std::uint32_t i = 0; i < depth; ++i) {
            text += (below(20) == 0 ? "//" : "/") + component();
        }
        return (below(10) == 0 ? "./" : "") + text;
    }
    std::string path() { return path(below(4)); }

    static std::string marked(const std::string &path, const std::string &prefix)
    {
        const std::size_t slash = path.rfind('/') + 1; // npos + 1 is 0
        return path.substr(0, slash) + prefix + path.substr(slash);
    }

    Member member()
    {
        Member made{.name = path(), .mtime = below(2), .target = {}};
        const std::uint32_t kind = below(100);
        if (kind < 40) {
            made.size = below(4) == 0 ? 0 : 1 + below(3) * 100;
            made.content = static_cast<char>('x' + below(3));
            made.mode = below(3) == 0 ? 0755 : 0644;
        } else if (kind < 55) {
            made.type = EntryType::Directory;
            made.mode = below(3) == 0 ? 0700 : 0755;
            made.name = below(20) == 0 ? "./" : made.name + (below(2) == 0 ? "/" : "");
        } else if (kind < 62) {
            made.type = EntryType::Symlink;
            made.target = path();
        } else if (kind < 77) {
            made.type = EntryType::HardLink;
            made.target = below(10) == 0 ? made.name : path();
        } else if (kind < 90) {
            made.name = marked(made.name, ".wh.");
        } else if (kind < 96) {
            made.name = below(8) == 0 ? ".wh..wh..opq" : made.name + "/.wh..wh..opq";
        } else if (kind < 98) {
            made.name = below(2) == 0 ? ".wh..wh.plnk" : made.name + "/.wh..wh.aufs";
        } else {
            made.type = EntryType::Fifo;
        }
        return made;
    }

    std::mt19937 m_random;
};

} // namespace

MemberLists randomStack(std::uint32_t seed)
{
    return Maker(seed).stack();
}

PathTreePtr treeOfMembers(const MemberLists &layers)
{
    PathTreeBuilder builder;
    for (std::size_t index = 0; index < layers.size(); ++index) {
        LayerTree layer;
        for (std::size_t i = 0; i < layers[index].size(); ++i) {
            const Member &member = layers[index][i];
            Entry entry;
            entry.type = member.type;
            entry.size = member.size;
            entry.mode = member.mode;
            entry.mtime = member.mtime;
            entry.headerOffset = 1000 * index + i + 1;
            const ContentHash hash{.low = static_cast<std::uint64_t>(member.content),
                                   .high = member.size};
            if (!layer.append(member.name, entry, member.target, hash)) {
                throw std::invalid_argument("refused: " + member.name);
            }
        }
        builder.add(std::move(layer));
    }
    return builder.finish(Monitor()).value();
}

std::string textOf(const MemberLists &layers)
{
    static constexpr std::array kTypes = {
        "file", "dir", "symlink", "hardlink", "char", "block", "fifo"};
    std::string text;
    for (std::size_t index = 0; index < layers.size(); ++index) {
        text += "layer " + std::to_string(index) + "\n";
        for (const Member &member : layers[index]) {
            text += std::string("  ") + kTypes.at(static_cast<std::size_t>(member.type)) + " "
                    + member.name + " " + std::to_string(member.size) + member.content;
            text += member.target.empty() ? "\n" : " -> " + member.target + "\n";
        }
    }
    return text;
}

} // namespace cutaway::test
