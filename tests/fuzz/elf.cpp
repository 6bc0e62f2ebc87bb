// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/elffacts.h"
#include "core/base/limits.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

/// The facts of a file that passes by in runs of that size.
std::optional<ElfFacts> factsOf(std::string_view file, std::size_t run)
{
    ElfCollector collector;
    collector.reset();
    for (std::size_t at = 0; at < file.size(); at += run) {
        collector.feed(bytesOf(file.substr(at, run)));
    }
    return collector.finish();
}

void checkBounds(const ElfFacts &facts, std::size_t fileBytes)
{
    require(facts.needed.size() <= limits::kElfNames, "no more names than there may be");
    for (const std::string &name : facts.needed) {
        require(name.size() < limits::kElfNameBytes, "no longer names than there may be");
    }
    require(facts.interpreter.size() < limits::kElfNameBytes, "no longer loader");
    require(facts.debugBytes <= fileBytes, "no more symbols than bytes");
    require(facts.symbolBytes <= fileBytes, "no more symbols than bytes");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input = textOf(data, size);
    (void)decodeElf(input);
    Choices choices(input);
    const std::size_t run = 1 + choices.word();
    const std::string_view file = choices.rest();
    const auto facts = factsOf(file, run);
    const auto whole = factsOf(file, std::max<std::size_t>(file.size(), 1));
    require(facts.has_value() == whole.has_value(), "what is an ELF file is one in any runs");
    if (!facts) {
        return 0;
    }
    checkBounds(*facts, file.size());
    require(decodeElf(encodeElf(*facts)) == *facts, "facts are kept as they are");
    require(*facts == *whole, "the same facts in any runs");
    return 0;
}
