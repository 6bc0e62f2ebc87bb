// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/audit/rule.h"
#include "core/packages/inventory.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace cutaway {

/// "tool 1.0", displayable.
[[nodiscard]] std::string packageText(const Package &package);

/// Evidence that is a package: the file that names it.
[[nodiscard]] Evidence packageEvidence(const AuditContext &context,
                                       const Package &package,
                                       std::string text);

/// Adds evidence to a finding, two hundred pieces at the most; tellRest() says how many more of
/// `count` there are.
void addBounded(Finding &finding, Evidence evidence);
void tellRest(Finding &finding, std::size_t count, std::string_view one, std::string_view many);

/// "of tool 1.0", "of no package"; empty where packages are not known.
[[nodiscard]] std::string ownerWords(const AuditContext &context, NodeId node);

/// Says beside each file of the evidence whose it is, where packages are known and nothing else
/// stands there.
void nameOwners(const AuditContext &context, Finding &finding);

} // namespace cutaway
