// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// Text out of an image, made harmless for each kind of document. All of these show control
/// characters, bidi controls, line separators and stray bytes as displayText() does, and then take
/// away what the format itself would understand.
namespace cutaway {

/// For elements and attributes of XML and HTML.
[[nodiscard]] std::string markupText(std::string_view bytes);

/// For running text of Markdown as GitHub and GitLab read it: no emphasis, links, HTML, table
/// cells, mentions or references to issues come out of it.
[[nodiscard]] std::string markdownText(std::string_view bytes);
/// A code span, which may stand in a table.
[[nodiscard]] std::string markdownCode(std::string_view bytes);

/// One cell, always quoted; what a spreadsheet would take for a formula gets an apostrophe.
[[nodiscard]] std::string csvCell(std::string_view bytes);

/// An absolute path as a relative URI reference: no leading slash, every byte but letters, digits
/// and `-._~/` percent-encoded. "." for the root.
[[nodiscard]] std::string uriPath(std::string_view path);

} // namespace cutaway
