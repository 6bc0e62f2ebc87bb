// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "core/tree/view.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// Whether a name, or a path, is meant.
using TextTest = std::function<bool(std::string_view)>;
/// Makes a test of a regular expression. Handed in, because the standard library's engine overflows
/// the stack on names that an image can choose.
using RegexCompiler = std::function<Result<TextTest>(std::string_view pattern)>;

/// One condition of the filter line.
struct FilterTerm
{
    enum class Kind : std::uint8_t {
        Size,
        Layer,
        Type,
        Change,
        Owner,
        Mode,
        Time,
        Text,
        Glob,
        Regex,
        Content
    };

    Kind kind = Kind::Text;
    bool negated = false;
    bool onPath = false;     ///< text is looked for in the whole path, not the name alone
    bool ignoresCase = true; ///< ASCII letters only; off once the text holds a capital
    std::string text;        ///< Text, Glob, Content: in lower case where the case is ignored
    TextTest test;           ///< Regex
    std::uint32_t mask = 0;  ///< Type, Change: a bit for each accepted one
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges; ///< numbers, both ends included
    std::pair<std::int64_t, std::int64_t> time = {}; ///< seconds since 1970, both ends included

    bool isText() const { return kind >= Kind::Text && kind != Kind::Content; }
};

/// What a person typed in the filter line, taken apart; every term has to hold.
///
/// `apt` part of a name · `lib/apt` part of a path · `*.so.?` glob · `/^lib.+[0-9]$/` expression ·
/// `"two words"` literally · `size>10MB` · `layer:3`, `layer:1,4-6` · `type:setuid` ·
/// `change:removed` · `owner:0`, `owner:0:42` · `mode:4755` ·
/// `mtime<2024`, `mtime:2024-05`, `mtime>=2024-05-01` (UTC) · `content:"BEGIN RSA"` what files hold
/// ·
/// `!` before a term turns it round.
struct FileFilter
{
    std::vector<FilterTerm> terms; ///< cheap ones first

    bool isEmpty() const { return terms.empty(); }
    /// Whether the terms speak of names alone; then what is below a matching directory stays
    /// reachable.
    bool isNamesOnly() const;
    bool asksForType() const;
    /// Whether files have to be read for it: applyFilter() takes such terms as held, by every file.
    bool asksForContent() const;
};

/// InvalidInput with a sentence for the person who types. Without `regex`, expressions are refused.
[[nodiscard]] Result<FileFilter> parseFileFilter(std::string_view text,
                                                 const RegexCompiler &regex = {});

/// The nodes of a view that a filter leaves.
struct FilterResult
{
    std::vector<bool>
        shown; ///< matches, the directories above them, and what namesOnly keeps below
    std::vector<bool> matched;
    std::uint32_t matches = 0;
    std::uint64_t bytes = 0; ///< Σ sizes of the matching files
};

/// Linear in the nodes. Fails only when cancelled.
[[nodiscard]] Result<FilterResult> applyFilter(const TreeView &view,
                                               const FileFilter &filter,
                                               const Monitor &monitor);

} // namespace cutaway
