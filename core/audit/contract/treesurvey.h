// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/contract/contract.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway {

struct Image;

/// Paths of one kind in the final file system: how many there are, and the first few.
struct SurveyedPaths
{
    std::uint64_t count = 0;
    std::vector<std::string> first; ///< raw
};

/// What the final file system tells about a contract.
struct TreeSurvey
{
    SurveyedPaths setIdPrograms;
    SurveyedPaths capabilities; ///< files with capabilities of their own
    SurveyedPaths fifos;
    SurveyedPaths devices;
    SurveyedPaths logLinks;              ///< links to the standard streams
    std::vector<ContractVolume> volumes; ///< those of the configuration, measured
};

/// One pass over the tree, whatever the image declares.
[[nodiscard]] TreeSurvey surveyTree(const Image &image);

} // namespace cutaway
