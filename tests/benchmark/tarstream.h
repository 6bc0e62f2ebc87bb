// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/benchmark/blobwriter.h"

#include <string_view>

namespace cutaway::benchmark {

/// Writes a ustar archive front to back, whatever its size.
class TarStream
{
public:
    explicit TarStream(BlobWriter &to)
        : m_to(to)
    {}

    void directory(std::string_view name) { header(name, '5', 0); }
    void file(std::string_view name, std::string_view content);
    /// Announces a file whose `size` bytes follow through data().
    void header(std::string_view name, char type, std::uint64_t size);
    void data(std::string_view bytes) { m_to.write(bytes); }
    void pad(std::uint64_t size);
    void end();

private:
    BlobWriter &m_to;
};

} // namespace cutaway::benchmark
