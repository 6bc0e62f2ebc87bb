// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cutaway {

/// The SPDX identifier of one licence, whoever calls it so: Debian, Fedora, Python, R. Of Perl's,
/// which is a choice, an expression in brackets. Empty where it cannot be told.
[[nodiscard]] std::string licenceMeant(std::string_view name);

/// That of an exception to the licence, as Debian calls it: "Bison exception"; empty where it is
/// not known.
[[nodiscard]] std::string exceptionMeant(std::string_view name, std::string_view licence);

} // namespace cutaway
