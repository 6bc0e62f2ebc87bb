// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"

#include <algorithm>

namespace cutaway {

namespace {

/// The texts in quotes on a line: ["MIT".freeze, "Ruby".freeze].
std::vector<std::string_view> quotedTexts(std::string_view line)
{
    std::vector<std::string_view> texts;
    while (true) {
        const std::size_t open = line.find_first_of("\"'");
        const std::size_t close = open == std::string_view::npos ? std::string_view::npos
                                                                 : line.find(line[open], open + 1);
        if (close == std::string_view::npos) {
            return texts;
        }
        texts.push_back(line.substr(open + 1, close - open - 1));
        line.remove_prefix(close + 1);
    }
}

std::string joined(const std::vector<std::string_view> &texts, std::string_view between)
{
    std::string all;
    for (const std::string_view text : texts) {
        all += (all.empty() ? "" : std::string(between)) + std::string(text);
    }
    return boundedText(all);
}

} // namespace

PackageRecords readGemSpecification(std::string_view text)
{
    PackageRecord package;
    package.ecosystem = Ecosystem::Gem;
    while (!text.empty()) {
        const std::string_view line = withoutBlanks(takeLine(text));
        const std::size_t equals = line.find(" = ");
        if (!line.starts_with("s.") || equals == std::string_view::npos) {
            continue;
        }
        const std::string_view field = line.substr(2, equals - 2);
        const std::vector<std::string_view> values = quotedTexts(line.substr(equals));
        if (values.empty()) {
            continue;
        }
        if (field == "name") {
            package.name = boundedText(values.front());
        } else if (field == "version") {
            package.version = boundedText(values.front());
        } else if (field == "platform") {
            package.architecture = boundedText(values.front());
        } else if (field == "homepage") {
            package.homepage = boundedText(values.front());
        } else if (field == "licenses") {
            package.licence = joined(values, " OR ");
        } else if (field == "authors") {
            package.supplier = joined(values, ", ");
        }
    }
    PackageRecords found;
    if (package.name.empty() || package.version.empty()) {
        found.damaged = 1;
        return found;
    }
    found.packages.push_back(std::move(package));
    return found;
}

} // namespace cutaway
