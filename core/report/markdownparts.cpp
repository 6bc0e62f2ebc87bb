// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/markdownparts.h"

#include "core/base/text.h"
#include "core/report/escape.h"

namespace cutaway {
namespace {

constexpr std::size_t kCodeShown = 200;   ///< bytes of one path or line
constexpr std::size_t kPartBytes = 4'000; ///< of one family's findings and the like

} // namespace

void MarkdownDocument::add(const std::string &part)
{
    if (m_text.size() + part.size() > kRoom) {
        ++m_leftOut;
        return;
    }
    m_text += part;
}

std::string MarkdownDocument::text(const std::string &end) const
{
    std::string rest;
    if (m_leftOut > 0) {
        rest = "\n*" + formatCount(m_leftOut, "part", "parts")
               + " of this report would not fit into a comment.*\n";
    }
    return m_text + rest + end;
}

std::string shortCode(std::string_view bytes)
{
    const std::string text = displayText(bytes);
    if (text.size() <= kCodeShown) {
        return markdownCode(text);
    }
    std::size_t end = kCodeShown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) {
        --end;
    }
    return markdownCode(text.substr(0, end) + "…");
}

std::string bounded(const std::vector<std::string> &items)
{
    std::string text;
    std::size_t told = 0;
    while (told < items.size() && text.size() + items[told].size() <= kPartBytes) {
        text += items[told++];
    }
    return told == items.size() ? text
                                : text + "- … and " + formatNumber(items.size() - told) + " more\n";
}

std::string details(const std::string &summary, const std::string &body)
{
    return "\n<details><summary>" + summary + "</summary>\n\n" + body + "\n</details>\n";
}

} // namespace cutaway
