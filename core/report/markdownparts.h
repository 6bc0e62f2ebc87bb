// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/githublimits.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Parts of Markdown reports, which are made for the comment on a change.
namespace cutaway {

/// A document with a bound: a part that does not fit is left out, and that is said.
class MarkdownDocument
{
public:
    void add(const std::string &part);
    [[nodiscard]] std::string text(const std::string &end) const;

private:
    static constexpr std::size_t kRoom = limits::kMarkdownBytes - 2'000; ///< for the end
    std::string m_text;
    std::size_t m_leftOut = 0;
};

/// A code span of a text of the image, cut where it is long.
[[nodiscard]] std::string shortCode(std::string_view bytes);
/// Items as far as they fit into one part of the document.
[[nodiscard]] std::string bounded(const std::vector<std::string> &items);
/// A part that is folded until somebody opens it; `summary` is markup.
[[nodiscard]] std::string details(const std::string &summary, const std::string &body);

} // namespace cutaway
