// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/scan.h"
#include "core/audit/secrets/secretfacts.h"
#include "core/audit/secrets/secretlimits.h"
#include "tests/fuzz/fuzz.h"

#include <array>

using namespace cutaway;
using namespace cutaway::fuzz;

/// The text of a file, and a last byte that says of which.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::array<std::string_view, 8> kPaths = {"app/a.txt",
                                                        "app/.env",
                                                        "root/.docker/config.json",
                                                        "root/.npmrc",
                                                        "root/.aws/credentials",
                                                        "root/.m2/settings.xml",
                                                        "root/.kube/config",
                                                        "etc/a.yaml"};
    static const SecretMemory memory;
    Choices choices(textOf(data, size));
    const SecretPlace place = secretPlace(kPaths.at(choices.below(kPaths.size())));
    const std::string_view text = choices.rest();

    const std::vector<SecretHit> hits = secretsIn(text, place, &memory);
    require(hits == secretsIn(text, place), "both engines find the same");
    require(hits.size() <= limits::kSecretHits, "hits are bounded");
    std::size_t passed = 0;
    for (const SecretHit &hit : hits) {
        require(hit.offset >= passed && hit.length > 0, "hits are in order and apart");
        passed = std::size_t{hit.offset} + hit.length;
        require(passed <= text.size(), "hits lie in the text");
        require(hit.prefix.size() <= 4, "no more than four characters are shown");
    }
    const auto again = decodeSecrets(encodeSecrets({1, 2, hits}));
    require(again && again->hits == hits, "facts say what was found");
    (void)decodeSecrets(text);
    (void)decodeOwned(text);
    return 0;
}
