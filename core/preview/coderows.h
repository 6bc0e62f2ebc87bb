// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/preview/highlight.h"
#include "core/preview/linediff.h"
#include "core/preview/textrows.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A row of text or of bytes, ready to be painted.
struct CodeRow
{
    enum class Mark : std::uint8_t {
        None,
        Changed,
        Removed,
        Added,
        Filler ///< stands where only the other side has a line
    };

    std::string text;  ///< UTF-8, escaped
    std::string label; ///< number of the line, offset; empty where a line goes on
    std::vector<Token> tokens = {};
    std::vector<DiffPart> escapes = {}; ///< what stands for something that would not be seen
    std::vector<DiffPart> changes = {}; ///< of a changed line, what is different
    Mark mark = Mark::None;
};

[[nodiscard]] std::vector<CodeRow> codeRows(std::string_view text, Language language);
/// Sixteen bytes a row.
[[nodiscard]] std::vector<CodeRow> hexRows(std::string_view bytes);

/// Two texts, line by line side by side; both sides have as many rows.
struct SideBySide
{
    std::vector<CodeRow> before;
    std::vector<CodeRow> after;
    std::vector<std::uint32_t> places; ///< first rows of what changed
    std::uint32_t removed = 0;         ///< lines, changed ones included
    std::uint32_t added = 0;
    bool isExact = true;
};
/// Fails only when cancelled.
[[nodiscard]] Result<SideBySide> sideBySide(std::string_view before,
                                            std::string_view after,
                                            Language language,
                                            const Monitor &monitor);

} // namespace cutaway
