// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/findingfacts.h"

#include <string>
#include <string_view>

/// The parts of the HTML report. Each gives whole elements; text is escaped where it is put in.
namespace cutaway::html {

/// The style sheet: light, dark and printed.
[[nodiscard]] std::string_view styleSheet();
/// Shapes that the page draws more than once: a sign a severity, the hatching of hidden bytes.
[[nodiscard]] std::string_view symbols();

/// `<tag class="kind">text</tag>`, the text escaped.
[[nodiscard]] std::string element(std::string_view tag,
                                  std::string_view kind,
                                  std::string_view text);
/// The sign and word of a severity.
[[nodiscard]] std::string severityBadge(Severity severity);
/// "What mending gains" → a heading of a section of that id.
[[nodiscard]] std::string sectionHead(std::string_view id, std::string_view title);

/// The grade, the sum that it comes from, and what to mend first.
[[nodiscard]] std::string gradeSection(const Inspection &inspection);
/// The layers to scale, and a table of them.
[[nodiscard]] std::string layerSection(const Inspection &inspection);
/// Rules that found something: what, evidence, why, how to fix it, where it says so.
[[nodiscard]] std::string findingsSection(const Inspection &inspection);
[[nodiscard]] std::string suppressedSection(const Inspection &inspection);
[[nodiscard]] std::string skippedSection(const Inspection &inspection);
/// What the image declares to whoever runs it.
[[nodiscard]] std::string contractSection(const Inspection &inspection);

} // namespace cutaway::html
