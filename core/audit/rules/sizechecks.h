// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <functional>
#include <map>
#include <vector>

namespace cutaway {

/// The checks of the family `size`.
[[nodiscard]] std::vector<Finding> temporaryFiles(const AuditContext &context);
[[nodiscard]] std::vector<Finding> logFiles(const AuditContext &context);
[[nodiscard]] std::vector<Finding> buildTools(const AuditContext &context);
[[nodiscard]] std::vector<Finding> leftoverArchives(const AuditContext &context);
[[nodiscard]] std::vector<Finding> sparseUserLogs(const AuditContext &context);
[[nodiscard]] std::vector<Finding> largeImage(const AuditContext &context);
[[nodiscard]] std::vector<Finding> docsAndLocales(const AuditContext &context);
[[nodiscard]] std::vector<Finding> developmentFiles(const AuditContext &context);
[[nodiscard]] std::vector<Finding> developmentResidue(const AuditContext &context);
[[nodiscard]] std::vector<Finding> duplicateFiles(const AuditContext &context);
[[nodiscard]] std::vector<Finding> bakedData(const AuditContext &context);
[[nodiscard]] std::vector<Finding> debugSymbols(const AuditContext &context);
[[nodiscard]] std::vector<Finding> coreDumps(const AuditContext &context);

/// The matches of a group that are meant, by the layer that ships them.
using MatchLayers = std::map<LayerIndex, std::vector<const PathMatch *>>;
[[nodiscard]] MatchLayers matchesByLayer(const AuditContext &context,
                                         PathGroup group,
                                         const std::function<bool(const PathMatch &)> &isMeant);

/// A finding for each layer with a megabyte or more of them, weighed by its bytes; tells the kinds.
[[nodiscard]] std::vector<Finding> leftoverFindings(const AuditContext &context,
                                                    const MatchLayers &layers);

} // namespace cutaway
