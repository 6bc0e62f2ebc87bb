// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"

#include <string_view>

namespace cutaway::treemap {

/// What a file is for, by its name and its mode; nobody looks inside.
enum class FileType : std::uint8_t {
    Program,  ///< programs and libraries
    Source,   ///< scripts and source text
    Compiled, ///< byte code, objects, archives of them
    Archive,  ///< packed and compressed
    Data,     ///< data, configuration, keys
    Media,    ///< pictures, sound, fonts
    Document, ///< text to be read
    Other,
};
inline constexpr int kFileTypeCount = 8;

[[nodiscard]] FileType fileType(std::string_view name, const Entry &entry);

} // namespace cutaway::treemap
