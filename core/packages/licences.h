// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cutaway {

/// The SPDX expression that a package's words for its licence mean: an expression already, or the
/// names that Debian, Fedora, Python and others use. Empty unless all of it can be told: "BSD" may
/// be any of several, "GPL" of any version.
[[nodiscard]] std::string licenceExpression(std::string_view words);

/// What a Debian copyright file says, in Debian's words: the licences of its paragraphs about files
/// (machine-readable debian/copyright, 1.0), else the licences of /usr/share/common-licenses that
/// it names.
[[nodiscard]] std::string licencesOfCopyright(std::string_view text);

} // namespace cutaway
