// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/compare/comparison.h"
#include "core/report/report.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What the formats of a comparison share.
namespace cutaway::compared {

/// "+1.20 MB", "−300 kB", "no change".
[[nodiscard]] std::string byteChange(std::uint64_t before, std::uint64_t after);
/// "+", "-", "~", "*" for metadata alone, ">" for moved.
[[nodiscard]] std::string_view signOf(FileDifference::Kind kind);
/// Of the tree that has the path, the second first; raw.
[[nodiscard]] std::string pathOf(const Comparison &comparison, NodeId before, NodeId after);
/// Files whose change people should look at, most bytes changed first: without those that only
/// have another time or came out of another layer, and without directories that came or went.
[[nodiscard]] std::vector<const FileDifference *> telling(const FileDifferences &files);
/// "3 added, 1 removed, …"; "none" where nothing differs.
[[nodiscard]] std::string countWords(const FileDifferences &files);
/// "content, mode 0644 > 0755, owner 0:0 > 1:1"; empty for what was added or removed.
[[nodiscard]] std::string changeWords(const Comparison &comparison,
                                      const FileDifference &difference);
/// Directories by how much their bytes changed, those left out in which nothing but one directory
/// below did.
[[nodiscard]] std::vector<const DirectoryDifference *> telling(
    const std::vector<DirectoryDifference> &directories);
[[nodiscard]] std::string countWords(const PackageDifferences &packages);
/// "env PATH"; raw.
[[nodiscard]] std::string settingName(const SettingDifference &setting);
/// Instruction of the layer, that of the second image where both have it; raw.
[[nodiscard]] std::string instructionOf(const Comparison &comparison,
                                        const LayerPair &pair,
                                        Secrets secrets);
[[nodiscard]] std::uint64_t layerBytes(const InspectionPtr &inspection,
                                       const std::optional<LayerIndex> &layer);

} // namespace cutaway::compared
