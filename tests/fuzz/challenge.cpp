// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/challenge.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/registry/http.h"
#include "core/registry/registrylimits.h"
#include "tests/fuzz/fuzz.h"

#include <string>
#include <vector>

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

/// One header a line, as a registry may send them.
std::vector<std::string> headersOf(std::string_view input)
{
    std::vector<std::string> headers;
    while (!input.empty()) {
        const std::size_t end = std::min(input.find('\n'), input.size());
        headers.emplace_back(input.substr(0, end));
        input.remove_prefix(std::min(end + 1, input.size()));
    }
    return headers;
}

void checkChallenges(std::string_view input)
{
    const std::vector<std::string> headers = headersOf(input);
    const std::vector<Challenge> challenges = parseChallenges(headers);
    require(challenges.size() <= limits::kChallenges, "no more challenges than there may be");
    std::size_t bytes = 0;
    for (const Challenge &challenge : challenges) {
        require(!challenge.scheme.empty(), "a challenge has a scheme");
        requireEqual(lowered(challenge.scheme), challenge.scheme, "schemes are in lower case");
        require(challenge.parameters.size() <= limits::kChallengeParameters,
                "no more parameters than there may be");
        bytes += challenge.scheme.size() + challenge.token.size();
        for (const auto &[name, value] : challenge.parameters) {
            require(!name.empty(), "a parameter has a name");
            bytes += name.size() + value.size();
        }
    }
    require(bytes <= input.size(), "nothing is made up");
}

/// Where a registry sends one to.
void checkAddress(const std::string &address)
{
    const std::string shown = shownUrl(address);
    requireEqual(displayText(shown), shown, "a shown address has nothing to escape");
    require(!shown.contains('?'), "a shown address has no query");
    if (const Result<HttpOrigin> origin = originOf(address)) {
        require(!origin->host.empty(), "an address has a host");
    } else {
        requireEqual(
            displayLines(origin.error().message), origin.error().message, "a refusal can be shown");
    }
    if (const auto there = resolveUrl("https://registry.example.org/v2/a", address); !there) {
        requireEqual(
            displayLines(there.error().message), there.error().message, "a refusal can be shown");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input = textOf(data, size);
    checkChallenges(input);
    checkAddress(std::string(input));
    return 0;
}
