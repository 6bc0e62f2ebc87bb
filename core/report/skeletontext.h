// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// Text of an image inside text that a shell or a YAML reader will read: it stays one word, or one
/// string, whatever it holds.
namespace cutaway::skeletontext {

/// One word of a shell command: as it is where that is safe, else in quotes. What cannot be seen is
/// written as an escape, in the `$'…'` that bash, zsh, ksh and POSIX 2024 have.
[[nodiscard]] std::string shellWord(std::string_view text);
/// A double-quoted YAML string, plain ASCII. Bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string yamlString(std::string_view text);
/// The same for compose files, where `$` begins a variable.
[[nodiscard]] std::string composeString(std::string_view text);
/// A field of the comma-separated lists that `docker run --mount` takes.
[[nodiscard]] std::string csvField(std::string_view text);
/// A name of lower-case letters, digits and dashes, at most 50, as hosts and pods have; "app" where
/// nothing is left of the text.
[[nodiscard]] std::string dnsLabel(std::string_view text);
/// Whether this can be an image's name: an option, blanks or shell text cannot.
[[nodiscard]] bool isImageName(std::string_view text);

} // namespace cutaway::skeletontext
