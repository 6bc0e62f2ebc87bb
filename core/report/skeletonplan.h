// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <string>
#include <vector>

namespace cutaway {

struct SkeletonPort
{
    std::string numbers; ///< "8080", "8000-8010"
    std::string protocol;
    int first = 0;
    int last = 0;
};

struct SkeletonVolume
{
    std::string name;
    std::string path; ///< raw
};

struct SkeletonVariable
{
    std::string name; ///< an identifier
    std::string value;
    std::string description;
    bool isMandatory = false;
    bool isSecret = false;
};

/// What the skeletons share: the contract with everything left out that no engine would take.
struct SkeletonPlan
{
    std::string name;
    std::string image;
    std::vector<SkeletonVariable> variables;
    std::vector<SkeletonPort> ports;
    std::vector<SkeletonVolume> volumes;
    std::vector<std::string> remarks; ///< displayable
    std::string memory;               ///< "512Mi", or empty
    std::string cpu;
    bool wantsGpu = false;
    const ImageConfig *config = nullptr;
    Secrets secrets = Secrets::Redacted;
};

[[nodiscard]] SkeletonPlan skeletonPlan(const Inspection &inspection, Secrets secrets);

} // namespace cutaway
