// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/contract/contract.h"
#include "core/audit/contract/treesurvey.h"

#include <vector>

namespace cutaway {

/// The places where a container meets what is around it, each with what is known of it. `contract`
/// is complete but for these.
[[nodiscard]] std::vector<TouchPoint> touchPointsOf(const AuditContext &context,
                                                    const Contract &contract,
                                                    const TreeSurvey &survey);

} // namespace cutaway
