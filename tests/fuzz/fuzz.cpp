// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "core/base/text.h"

#include <cstdio>
#include <cstdlib>

namespace cutaway::fuzz {

namespace {

[[noreturn]] void giveUp(const std::string &message)
{
    std::fprintf(stderr, "==fuzz== does not hold: %s\n", message.c_str());
    std::abort();
}

} // namespace

void require(bool holds, std::string_view what)
{
    if (!holds) {
        giveUp(std::string(what));
    }
}

void requireEqual(std::string_view one, std::string_view other, std::string_view what)
{
    if (one != other) {
        giveUp(std::string(what) + ": \"" + displayText(one) + "\" and \"" + displayText(other)
               + "\"");
    }
}

void requireEqual(std::uint64_t one, std::uint64_t other, std::string_view what)
{
    if (one != other) {
        giveUp(std::string(what) + ": " + std::to_string(one) + " and " + std::to_string(other));
    }
}

std::uint8_t Choices::byte()
{
    if (m_rest.empty()) {
        return 0;
    }
    const auto last = static_cast<std::uint8_t>(m_rest.back());
    m_rest.remove_suffix(1);
    return last;
}

} // namespace cutaway::fuzz
