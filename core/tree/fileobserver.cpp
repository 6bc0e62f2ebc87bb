// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/fileobserver.h"

namespace cutaway {

namespace {

bool isSpare(const FileFact &fact)
{
    return fact.kind >= kSpareFacts;
}

} // namespace

std::uint64_t spareBytes(const FileFacts &facts)
{
    std::uint64_t bytes = 0;
    for (const FileFact &fact : facts) {
        bytes += isSpare(fact) ? sizeof(FileFact) + fact.bytes.size() : 0;
    }
    return bytes;
}

void dropSpareFacts(FileFacts &facts)
{
    std::erase_if(facts, isSpare);
    facts.shrink_to_fit();
}

} // namespace cutaway
