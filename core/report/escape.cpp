// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/escape.h"

#include "core/base/ascii.h"
#include "core/base/text.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace cutaway {
namespace {

constexpr std::string_view kNothing = "&#8203;"; // a space of no width

/// Whether the text before `at` ends in "www", letters in any case: such a dot makes a link.
bool endsInWww(std::string_view text, std::size_t at)
{
    return at >= 3 && std::ranges::all_of(text.substr(at - 3, 3), [](char c) {
               return c == 'w' || c == 'W';
           });
}

/// Two characters that no document of XML 1.0 may hold, and that are no control characters.
std::string withoutNoncharacters(std::string text)
{
    for (const auto &[bytes, shown] :
         {std::pair("\xef\xbf\xbe", "\\ufffe"), std::pair("\xef\xbf\xbf", "\\uffff")}) {
        for (std::size_t at = text.find(bytes); at != std::string::npos;
             at = text.find(bytes, at)) {
            text.replace(at, 3, shown);
        }
    }
    return text;
}

} // namespace

std::string markupText(std::string_view bytes)
{
    std::string escaped;
    for (const char c : withoutNoncharacters(displayText(bytes))) {
        switch (c) {
        case '&': escaped += "&amp;"; break;
        case '<': escaped += "&lt;"; break;
        case '>': escaped += "&gt;"; break;
        case '"': escaped += "&quot;"; break;
        case '\'': escaped += "&#39;"; break;
        default: escaped += c;
        }
    }
    return escaped;
}

std::string markdownText(std::string_view bytes)
{
    const std::string text = displayText(bytes);
    std::string escaped;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const char next = at + 1 < text.size() ? text[at + 1] : '\0';
        if (c == '&' || c == '<' || c == '>') {
            escaped += c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;";
            continue;
        }
        const bool makesLink = (c == ':' && next == '/') || (c == '.' && endsInWww(text, at));
        if (makesLink || std::string_view("\\`*_[]~|$#").contains(c)) {
            escaped += '\\';
        }
        escaped += c;
        if ((c == '@' && (isLetter(next) || isDigit(next))) || (c == '#' && isDigit(next))) {
            escaped += kNothing;
        }
    }
    return escaped;
}

std::string markdownCode(std::string_view bytes)
{
    const std::string text = displayText(bytes);
    // A bar ends the cell of a table even within backticks, and so would a backtick the span.
    if (text.find_first_of("`|<>&") != std::string::npos) {
        return "<code>" + markdownText(text) + "</code>";
    }
    return text.empty() ? text : '`' + text + '`';
}

std::string csvCell(std::string_view bytes)
{
    const std::string text = displayText(bytes);
    std::string cell = "\"";
    if (!text.empty() && std::string_view("=+-@").contains(text.front())) {
        cell += '\'';
    }
    for (const char c : text) {
        cell += c;
        if (c == '"') {
            cell += c;
        }
    }
    return cell + '"';
}

std::string uriPath(std::string_view path)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    std::string uri;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (isLetter(c) || isDigit(c) || std::string_view("-._~/").contains(c)) {
            uri += c;
        } else {
            uri += '%';
            uri += kDigits[byte >> 4U];
            uri += kDigits[byte & 15U];
        }
    }
    return uri.empty() ? "." : uri;
}

} // namespace cutaway
