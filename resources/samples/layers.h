// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cutaway::sample {

/// One line of the sample's history, with the layer that it made, if any.
struct Step
{
    std::string created; ///< RFC 3339
    std::string createdBy;
    std::string layer = {}; ///< uncompressed tar; empty = an instruction that made no layer
};

/// The sample's Dockerfile, played by hand: each thing that it teaches stands in a layer of its
/// own.
[[nodiscard]] std::vector<Step> buildSteps();

} // namespace cutaway::sample
