// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cutaway {

/// resources/data/endoflife.json, built in.
extern const std::string_view kEndOfLifeJson;

} // namespace cutaway
