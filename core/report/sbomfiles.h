// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <string>
#include <vector>

namespace cutaway::sbom {

/// A file of a package whose content is known.
struct File
{
    NodeId node = kNone;
    LayerIndex layer = 0; ///< that holds the content
    const ContentSums *sums = nullptr;
};

/// In the order of nodes; none where the options have no digests.
[[nodiscard]] std::vector<File> filesOf(const Inspection &inspection,
                                        const std::vector<NodeId> &nodes,
                                        const SbomOptions &options);
/// Nodes of all packages' files, each once, in order.
[[nodiscard]] std::vector<NodeId> allFiles(const Packages &packages);
/// What tells a package by its files (SPDX 2.3, 7.9).
[[nodiscard]] std::string verificationCode(const std::vector<File> &files);

} // namespace cutaway::sbom
