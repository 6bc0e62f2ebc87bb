// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway {

/// A path that the image might do without, as a rule says.
struct SparePath
{
    NodeId node = kNone;
    std::uint64_t bytes = 0;
    std::string ruleId;
};

/// What findings about caches and sizes name, the heaviest first, at most `most`: the directory
/// that holds it where nothing else is in there, else the files. What is below another one
/// is left out, as is what was suppressed.
[[nodiscard]] std::vector<SparePath> sparePaths(const Inspection &inspection, std::size_t most);

} // namespace cutaway
