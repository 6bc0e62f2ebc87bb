// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// An entry of a policy's `ignore`, to be written.
struct NewIgnore
{
    std::string rule;
    std::vector<std::string> paths; ///< globs; patternOf() makes one of a path
    std::string reason;
    std::string owner;
    std::string until; ///< "2027-03-31"; empty = for good
};

/// Where an entry would go in a policy file.
struct IgnorePlace
{
    std::size_t at = 0;  ///< byte in the file's text
    std::string heading; ///< lines that have to come before it: "ignore:"
    std::string indent;  ///< blanks before its dash
};
/// As the file is now; one that is not there yet is no error. Refuses what addIgnore() refuses,
/// whatever the entry: a policy that cannot be read, links.
[[nodiscard]] Result<IgnorePlace> placeForIgnore(const std::string &file);
/// The very lines that addIgnore() adds.
[[nodiscard]] std::string ignoreText(const IgnorePlace &place, const NewIgnore &entry);

/// Writes the entry to the policy below `ignore:`, or makes the policy; all else stays as it is
/// written. The file is replaced in one go, and only by a policy that can be read. Refuses symbolic
/// links, and lists written in brackets, which have no place for a line.
[[nodiscard]] Result<> addIgnore(const std::string &file, const NewIgnore &entry);

/// The glob that fits this path alone.
[[nodiscard]] std::string patternOf(std::string_view path);

} // namespace cutaway
