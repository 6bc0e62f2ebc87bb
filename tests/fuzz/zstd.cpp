// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/decoding.h"

using namespace cutaway;
using namespace cutaway::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Choices choices(textOf(data, size));
    (void)decodeInChunks(
        choices.rest(),
        [](std::unique_ptr<ByteStream> from) { return zstdDecoder(std::move(from)); },
        choices,
        Verdict::Library);
    return 0;
}
