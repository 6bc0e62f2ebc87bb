// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/arguments.h"
#include "core/audit/policy/policy.h"

namespace cutaway::cli {

/// The policy of an audit: its file, then what options say over it, then other tools' files. Tells
/// on stderr what was taken over from these, unless --quiet. InvalidInput for what is wrong with
/// any of it.
[[nodiscard]] Result<PolicyPtr> policyOf(const Arguments &arguments);

/// The options that policyOf() understands.
[[nodiscard]] std::vector<Option> policyOptions();

} // namespace cutaway::cli
