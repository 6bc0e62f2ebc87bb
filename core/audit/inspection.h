// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/analysis.h"
#include "core/audit/contract/contract.h"
#include "core/audit/facts.h"
#include "core/audit/finding.h"
#include "core/audit/policy/applied.h"
#include "core/audit/score.h"
#include "core/image/filecontents.h"
#include "core/packages/inventory.h"

#include <memory>
#include <optional>
#include <vector>

namespace cutaway {

/// All that is known of one image. Immutable, shared.
struct Inspection
{
    ImagePtr image;
    Analysis analysis;
    std::vector<Finding> findings; ///< severest first, then by bytes
    std::vector<SkippedRule> skipped;
    Score score = {};
    ImageKind kind = ImageKind::Application;
    Contract contract = {};
    AppliedPolicy policy = {};
    std::optional<Packages> packages = std::nullopt; ///< nothing where no contents were wanted
};

using InspectionPtr = std::shared_ptr<const Inspection>;

struct AuditOptions
{
    const FileContents *contents = nullptr; ///< without them some rules are skipped
    const Policy *policy = nullptr;         ///< nullptr: all rules as they are
    const Packages *packages = nullptr;     ///< without them some rules are skipped
};

/// Asks every rule.
[[nodiscard]] Result<Inspection> audit(ImagePtr image,
                                       Analysis analysis,
                                       const AuditOptions &options,
                                       const Monitor &monitor);

} // namespace cutaway
