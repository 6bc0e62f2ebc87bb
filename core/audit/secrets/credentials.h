// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/audit/secrets/places.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A value in a file that is there to hold it.
struct Credential
{
    std::string_view value; ///< a part of the text
    std::string name;       ///< the key that it stands under
    Severity severity = Severity::Critical;
};

/// What the known files of tools hold, by their path: credentials of registries and clouds, .env
/// files. Placeholders and variables are left out.
[[nodiscard]] std::vector<Credential> credentialsIn(std::string_view text,
                                                    const SecretPlace &place);

} // namespace cutaway
