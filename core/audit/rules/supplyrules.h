// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

/// The checks of the family `supply`: names and labels, then build steps.
[[nodiscard]] std::vector<Finding> latestTag(const AuditContext &context);
[[nodiscard]] std::vector<Finding> tagLabelMismatch(const AuditContext &context);
[[nodiscard]] std::vector<Finding> baseUnpinned(const AuditContext &context);
[[nodiscard]] std::vector<Finding> baseUnapproved(const AuditContext &context);
[[nodiscard]] std::vector<Finding> staleImage(const AuditContext &context);
[[nodiscard]] std::vector<Finding> noAttestation(const AuditContext &context);
[[nodiscard]] std::vector<Finding> manifestIntegrity(const AuditContext &context);
[[nodiscard]] std::vector<Finding> eolOs(const AuditContext &context);
[[nodiscard]] std::vector<Finding> unsignedImage(const AuditContext &context);
[[nodiscard]] std::vector<Finding> insecureRegistry(const AuditContext &context);
[[nodiscard]] std::vector<Finding> nonSemverTag(const AuditContext &context);
[[nodiscard]] std::vector<Finding> baseUnknown(const AuditContext &context);
[[nodiscard]] std::vector<Finding> pipeToShell(const AuditContext &context);
[[nodiscard]] std::vector<Finding> unverifiedDownload(const AuditContext &context);
[[nodiscard]] std::vector<Finding> addInsteadOfCopy(const AuditContext &context);
[[nodiscard]] std::vector<Finding> distUpgrade(const AuditContext &context);
[[nodiscard]] std::vector<Finding> updateAlone(const AuditContext &context);
[[nodiscard]] std::vector<Finding> installRecommends(const AuditContext &context);
[[nodiscard]] std::vector<Finding> unpinnedPackages(const AuditContext &context);
[[nodiscard]] std::vector<Finding> singlePlatform(const AuditContext &context);
[[nodiscard]] std::vector<Finding> knownBadPackage(const AuditContext &context);
[[nodiscard]] std::vector<Finding> copyleft(const AuditContext &context);

} // namespace cutaway
