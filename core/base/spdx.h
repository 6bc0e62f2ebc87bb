// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cutaway {

/// Whether it is one of the SPDX licence list's identifiers that are common, exactly as it is
/// written there.
[[nodiscard]] bool isSpdxLicence(std::string_view id);
/// The identifier that was meant by another spelling of it: "Apache2.0", "bsd-3-clause". Nothing
/// where there is none.
[[nodiscard]] std::optional<std::string_view> spdxMeant(std::string_view text);
/// Whether it is an exception of that list, which may follow WITH.
[[nodiscard]] bool isSpdxException(std::string_view id);

} // namespace cutaway
