// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/compare/comparison.h"

/// The parts that compare() puts together.
namespace cutaway {

[[nodiscard]] LayerPairs pairLayers(const Image &before, const Image &after);
[[nodiscard]] Result<FileDifferences> compareFiles(const Image &before,
                                                   const Image &after,
                                                   const LayerPairs &layers,
                                                   const Monitor &monitor);
[[nodiscard]] std::vector<SettingDifference> compareSettings(const Inspection &before,
                                                             const Inspection &after);
[[nodiscard]] std::vector<StepPair> pairSteps(const std::vector<HistoryEntry> &before,
                                              const std::vector<HistoryEntry> &after);
[[nodiscard]] std::vector<FindingPair> pairFindings(const Inspection &before,
                                                    const Inspection &after);
[[nodiscard]] PackageDifferences comparePackages(const Inspection &before, const Inspection &after);
[[nodiscard]] std::vector<SizeRow> sizeRows(const Analysis &before, const Analysis &after);
/// Sets verdict and reasons from all the rest.
void judge(Comparison &comparison);

} // namespace cutaway
