// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace cutaway {

/// What the path of a file says about secrets in it.
struct SecretPlace
{
    enum class Use : std::uint8_t { Any, Cloud, Registry, Dotenv, History };

    std::string_view path; ///< as given, "etc/app.conf"
    Use use = Use::Any;
    bool isSettings = false; ///< a file that configures something, by its ending or directory
    bool isLockFile = false; ///< of a package manager: full of checksums
    bool isTest = false;     ///< among the tests, examples or documents of a library
    bool isFrontEnd = false; ///< sent to browsers
};

[[nodiscard]] SecretPlace secretPlace(std::string_view path);

/// Files that are known not to be text by their name's ending.
[[nodiscard]] bool hasBinaryEnding(std::string_view path);

} // namespace cutaway
