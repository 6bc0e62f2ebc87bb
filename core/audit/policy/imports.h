// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/policy/policy.h"

namespace cutaway {

/// Takes over what another tool's file says, as far as rules of ours stand for its ids: by the
/// file's name `.dockleignore`, `.trivyignore`, `.trivyignore.yaml`, `.hadolint.yaml`, `.dive-ci`,
/// and what ends in these. What the policy says itself goes before. Says in `notices` what it did.
[[nodiscard]] Result<> importFile(const std::string &path, Policy &policy);

/// Those of such files that are in the directory.
[[nodiscard]] std::vector<std::string> foreignFilesIn(const std::string &directory);

} // namespace cutaway
