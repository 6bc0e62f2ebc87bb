// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/decoding.h"

using namespace cutaway;
using namespace cutaway::fuzz;

/// xz, bzip2 and compress, by the input's own first bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Choices choices(textOf(data, size));
    const Compression compression = sniffCompression(bytesOf(choices.rest()));
    if (compression == Compression::Xz || compression == Compression::Bzip2
        || compression == Compression::Compress) {
        (void)decodeInChunks(
            choices.rest(),
            [compression](std::unique_ptr<ByteStream> from) {
                return filterDecoder(std::move(from), compression);
            },
            choices,
            Verdict::Library);
    }
    return 0;
}
