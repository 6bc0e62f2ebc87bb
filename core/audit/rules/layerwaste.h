// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

/// The rules of the family `layer` that are about bytes which a later layer hides. Each hidden byte
/// is in one of them at most.
[[nodiscard]] std::vector<Finding> deletedLater(const AuditContext &context);
[[nodiscard]] std::vector<Finding> overwrittenLater(const AuditContext &context);
[[nodiscard]] std::vector<Finding> metadataCopies(const AuditContext &context);

/// Packages installed after what changes with each build.
[[nodiscard]] std::vector<Finding> volatileFirst(const AuditContext &context);
[[nodiscard]] std::vector<Finding> mergeableRuns(const AuditContext &context);

/// Whether each layer leaves the file system other than it found it: a path added or removed, or
/// its content or metadata changed (directory times aside).
[[nodiscard]] std::vector<bool> layersThatChange(const PathTree &tree);

} // namespace cutaway
