// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace cutaway {

/// What a file's name alone says about the use of its content to an audit.
enum class NameSays : std::uint8_t {
    Nothing, ///< its first bytes decide
    Text,    ///< a file that some rule reads: accounts, settings, templates, package sources
    Store,   ///< of keys; bytes that are no text
    Dump,    ///< memory of a program, if its first bytes say so too
};

/// Told by the last three names of the path; asked of every file of every layer.
[[nodiscard]] NameSays whatNameSays(std::string_view path);

} // namespace cutaway
