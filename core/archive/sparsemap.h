// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/tarcursor.h"
#include "core/archive/tarheader.h"
#include "core/archive/tarinput.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cutaway {

using SparseRuns = std::vector<SparseRun>;

/// Old GNU: pairs in the header ('S') and in the extension blocks that follow it.
[[nodiscard]] Result<SparseRuns> readOldGnuMap(const TarHeader &header, TarInput &input);

/// GNU.sparse 0.0 and 0.1: "offset,size,offset,size…" out of the pax records.
[[nodiscard]] Result<SparseRuns> parseSparseList(std::string_view list);

/// GNU.sparse 1.0: decimal lines in the first blocks of the data. `left` is the size of the data
/// and is lessened by what the map takes.
[[nodiscard]] Result<SparseRuns> readInlineMap(TarInput &input, std::uint64_t &left);

/// Runs in order, apart from each other, inside `size`, and not more than the archive holds.
[[nodiscard]] Result<> checkSparseRuns(const SparseRuns &runs,
                                       std::uint64_t size,
                                       std::uint64_t stored);
[[nodiscard]] std::uint64_t sparseBytes(const SparseRuns &runs);

} // namespace cutaway
