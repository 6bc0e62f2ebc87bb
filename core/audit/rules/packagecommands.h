// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/shellscript.h"

#include <string_view>

namespace cutaway {

/// What a command tells a package manager to do.
enum class PackageAct : std::uint8_t {
    None,
    Update,      ///< fetch the lists
    Install,     ///< of named packages
    Upgrade,     ///< of everything
    DistUpgrade, ///< of everything, to what may be another release
};

/// Of a distribution: apt, apk, dnf, yum, microdnf, zypper.
[[nodiscard]] PackageAct systemPackageAct(const ShellCommand &command);

/// Of a language: pip, npm, yarn, composer, bundle, go, cargo, mvn; only whether it installs.
[[nodiscard]] bool installsLanguagePackages(const ShellCommand &command);

/// The first argument that is no option, nor the value of one (`apt-get -o A=b install`).
[[nodiscard]] std::string_view packageVerb(const ShellCommand &command);

} // namespace cutaway
