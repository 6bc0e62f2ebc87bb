// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Made-up file contents for the sample, the same at every build.
namespace cutaway::sample {

/// Bytes like a program's: an ELF header's start, then noise with runs of zeros. `seed` tells files
/// apart.
[[nodiscard]] std::string program(std::string_view seed, std::size_t size);
/// Bytes that do not compress, as in a package or a picture.
[[nodiscard]] std::string noise(std::string_view seed, std::size_t size);
/// A package index as apt leaves it behind.
[[nodiscard]] std::string packageIndex(std::string_view seed, std::size_t size);
/// INSERT statements, as a database dump has them.
[[nodiscard]] std::string databaseDump(std::size_t size);
/// In the form of a private key; decodes to a sentence that says it is none.
[[nodiscard]] std::string pretendedKey();

} // namespace cutaway::sample
