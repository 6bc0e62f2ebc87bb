// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inspect/inspect.h"
#include "core/report/report.h"

#include <unordered_map>
#include <vector>

namespace cutaway::cli {

using ContentSumsOf = std::unordered_map<EntryId, ContentSums>;

enum class Sums : std::uint8_t { Sha256, Sha256AndSha1 };

/// Digests of contents, in one pass over each layer that is concerned.
[[nodiscard]] Result<ContentSumsOf> sumContents(const Inspected &inspected,
                                                const std::vector<EntryId> &entries,
                                                Sums wanted,
                                                Monitor &monitor);

} // namespace cutaway::cli
