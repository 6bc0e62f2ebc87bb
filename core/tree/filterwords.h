// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"

#include <array>
#include <span>
#include <string_view>

/// The words of `type:` and `change:`, shared by the filter's parser and its matcher.
namespace cutaway::filter {

enum TypeBit : std::uint32_t {
    IsFile = 1U << 0,
    IsDirectory = 1U << 1,
    IsSymlink = 1U << 2,
    IsHardLink = 1U << 3,
    IsCharDevice = 1U << 4,
    IsBlockDevice = 1U << 5,
    IsFifo = 1U << 6,
    IsWhiteout = 1U << 7,
    IsOpaque = 1U << 8,
    IsSetuid = 1U << 9,
    IsSetgid = 1U << 10,
    IsSticky = 1U << 11,
    IsExecutable = 1U << 12,
    IsWorldWritable = 1U << 13,
    IsEmptyFile = 1U << 14,
    HasXattrs = 1U << 15,
};

struct NamedBit
{
    std::string_view word;
    std::uint32_t bits = 0;
    bool isAlias = false;
};

inline std::span<const NamedBit> typeWords()
{
    static constexpr std::array kWords = {
        NamedBit{"file", IsFile | IsHardLink},
        NamedBit{"dir", IsDirectory},
        NamedBit{"directory", IsDirectory, true},
        NamedBit{"symlink", IsSymlink},
        NamedBit{"link", IsSymlink, true},
        NamedBit{"hardlink", IsHardLink},
        NamedBit{"device", IsCharDevice | IsBlockDevice},
        NamedBit{"char", IsCharDevice, true},
        NamedBit{"block", IsBlockDevice, true},
        NamedBit{"fifo", IsFifo},
        NamedBit{"whiteout", IsWhiteout},
        NamedBit{"opaque", IsOpaque},
        NamedBit{"setuid", IsSetuid},
        NamedBit{"suid", IsSetuid, true},
        NamedBit{"setgid", IsSetgid},
        NamedBit{"sgid", IsSetgid, true},
        NamedBit{"sticky", IsSticky},
        NamedBit{"exec", IsExecutable},
        NamedBit{"executable", IsExecutable, true},
        NamedBit{"writable", IsWorldWritable},
        NamedBit{"empty", IsEmptyFile},
        NamedBit{"xattr", HasXattrs},
    };
    return kWords;
}

constexpr std::uint32_t bitOf(Change change)
{
    return 1U << static_cast<unsigned>(change);
}

inline std::span<const NamedBit> changeWords()
{
    static constexpr std::array kWords = {
        NamedBit{"added", bitOf(Change::Added)},
        NamedBit{"removed", bitOf(Change::Removed)},
        NamedBit{"deleted", bitOf(Change::Removed), true},
        NamedBit{"modified", bitOf(Change::Modified)},
        NamedBit{"metadata", bitOf(Change::Metadata)},
        NamedBit{"unmodified", bitOf(Change::Unmodified)},
        NamedBit{"any",
                 bitOf(Change::Added) | bitOf(Change::Removed) | bitOf(Change::Modified)
                     | bitOf(Change::Metadata)},
    };
    return kWords;
}

/// ASCII only: names are bytes.
constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace cutaway::filter
