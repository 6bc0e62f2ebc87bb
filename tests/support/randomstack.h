// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/builder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway::test {

/// One tar member of a made-up layer. `type` is what the tar header says: a whiteout is a File.
struct Member
{
    std::string name; ///< as in the tar: "./a//b", "a/.wh.b"
    EntryType type = EntryType::File;
    std::uint64_t size = 0;
    char content = 'x'; ///< stands for the bytes of the file
    std::uint16_t mode = 0644;
    std::int64_t mtime = 0;
    std::string target; ///< of links
};

using MemberLists = std::vector<std::vector<Member>>; ///< one list a layer

/// A stack of layers full of everything that goes wrong: the same seed makes the same one. Few
/// names, so that layers meet; files, directories, links in all directions, whiteouts, opaque
/// markers, leftovers, duplicates, type changes, missing parents, empty layers.
[[nodiscard]] MemberLists randomStack(std::uint32_t seed);

/// The tree of such a stack. The entry of layer l's member i has headerOffset 1000·l + i + 1; what
/// the builder adds by itself has 0.
[[nodiscard]] PathTreePtr treeOfMembers(const MemberLists &layers);

/// The stack as text, for failure messages.
[[nodiscard]] std::string textOf(const MemberLists &layers);

} // namespace cutaway::test
