// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/secrets/scan.h"

#include <string_view>

namespace cutaway {

/// What the detectors find in a setting of an image or a line of its history; what documentation
/// shows is no secret there. Only the first limits::kSettingBytes are searched, see
/// SecretSearch::searched. Safe to call from several threads; each compiles nothing until it has
/// searched limits::kPlainBytes.
[[nodiscard]] SecretSearch secretsInSetting(std::string_view text);

} // namespace cutaway
