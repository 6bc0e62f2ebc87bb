// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/history.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/image/gotext.h"
#include "tests/fuzz/fuzz.h"

using namespace cutaway;
using namespace cutaway::fuzz;

/// One line of history. Configs are read as JSON, so that its text is UTF-8 always.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string line = replaceBadUtf8(textOf(data, size));
    HistoryEntry entry{.createdBy = line};
    const BuildStep step = normaliseHistory(entry);
    for (const std::string *text : {&step.keyword, &step.arguments, &step.shell}) {
        require(isUtf8(*text), "a build step is UTF-8");
    }
    require(step.keyword.find_first_of(" \t\n") == std::string::npos, "a keyword is one word");
    require(!step.text().empty() || line.find_first_not_of(" \t\r\n") == std::string::npos
                || step.keyword.empty(),
            "an instruction has a text");
    entry.comment = line;
    (void)builderWithoutDockerfile({entry});

    std::string_view rest = line;
    if (const auto text = history::takeGoString(rest)) {
        require(isUtf8(*text), "a Go text is UTF-8");
        require(rest.size() < line.size(), "a Go text takes something");
        const Result<ParsedJson> parsed = parseJson(history::jsonString(*text), "text");
        require(parsed.has_value(), "a JSON text is JSON");
        requireEqual(parsed->value.toString(), *text, "a JSON text says the same");
    }
    rest = line;
    if (!history::takeGoRune(rest)) {
        requireEqual(rest.size(), line.size(), "what is no rune is not taken");
    }
    return 0;
}
