// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/report.h"
#include "core/report/table.h"

#include <string>

namespace cutaway {

std::string candidatesText(const std::vector<ImageCandidate> &candidates)
{
    TextStyle style;
    style.width = 0;
    TextTable table({{"", TextTable::Kind::Text},
                     {"", TextTable::Kind::Text},
                     {"", TextTable::Kind::Text},
                     {"", TextTable::Kind::Text},
                     {"", TextTable::Kind::Text}},
                    style,
                    "  ");
    for (const ImageCandidate &candidate : candidates) {
        // A tag is "name:tag" where the archive says both; a colon before a slash is a port.
        const std::string full = candidate.tags.empty() ? std::string() : candidate.tags.front();
        const std::size_t colon = full.rfind(':');
        const bool split = colon != std::string::npos && full.find('/', colon) == std::string::npos;
        table.addRow({{'@' + std::to_string(candidate.index)},
                      {displayText(split ? full.substr(0, colon) : full)},
                      {displayText(split ? full.substr(colon + 1) : std::string())},
                      {displayText(candidate.platform.text())},
                      {candidate.present ? candidate.digest.shortText() : "not in this archive"}});
    }
    return table.text();
}

std::string candidatesJson(const std::vector<ImageCandidate> &candidates)
{
    jsonparts::Value report = jsonparts::document();
    report["images"] = jsonparts::Value::array();
    for (const ImageCandidate &candidate : candidates) {
        report["images"].push_back({{"index", candidate.index},
                                    {"reference", replaceBadUtf8(candidate.reference)},
                                    {"tags", candidate.tags},
                                    {"platform", jsonparts::textOrNull(candidate.platform.text())},
                                    {"digest", jsonparts::textOrNull(candidate.digest.text())},
                                    {"present", candidate.present}});
    }
    return jsonparts::written(report);
}

} // namespace cutaway
