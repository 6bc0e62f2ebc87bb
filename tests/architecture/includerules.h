// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The house's rules that a compiler does not check, as functions over one source file's text.
/// Paths are relative to the source root, with forward slashes.
namespace cutaway::test {

/// The room a file lives in ("core/tree", "ui/panels", "app/cli"); empty when the house knows none.
[[nodiscard]] std::string roomOf(std::string_view path);

/// The text with comments and the insides of string literals blanked, line breaks kept. Include
/// lines keep what they name.
[[nodiscard]] std::string codeOf(std::string_view content);

struct Include
{
    std::string name;
    bool quoted = false; ///< "core/…" rather than <…>
    int line = 0;
};
[[nodiscard]] std::vector<Include> includesOf(std::string_view content);

/// Who may include whom, and which library has which door. One sentence a breach.
[[nodiscard]] std::vector<std::string> includeProblems(std::string_view path,
                                                       std::string_view content);

/// Lines that start a thread or a job.
[[nodiscard]] std::vector<int> threadStarts(std::string_view content);
[[nodiscard]] bool mayStartThreads(std::string_view path);
/// Lines that run a program or split the process.
[[nodiscard]] std::vector<int> programStarts(std::string_view content);

} // namespace cutaway::test
