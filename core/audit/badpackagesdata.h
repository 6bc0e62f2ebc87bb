// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cutaway {

/// resources/data/badpackages.json, built in.
extern const std::string_view kBadPackagesJson;

} // namespace cutaway
