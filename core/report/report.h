// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/image/candidate.h"
#include "core/tree/view.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Reports turn an inspection into bytes: text for people, JSON for programs. Nothing is computed here.
namespace cutaway {

/// How text for people is laid out.
struct TextStyle
{
    int width = 100;      ///< columns of the terminal; 0 = no limit, nothing is cut
    bool colour = false;
};

using Sink = std::function<void(std::string_view)>;

[[nodiscard]] std::string inspectText(const Inspection &inspection, const TextStyle &style);
[[nodiscard]] std::string inspectJson(const Inspection &inspection);
[[nodiscard]] std::string layersText(const Inspection &inspection, const TextStyle &style);
[[nodiscard]] std::string layersJson(const Inspection &inspection);
[[nodiscard]] std::string wasteText(const Inspection &inspection, const TextStyle &style);
[[nodiscard]] std::string wasteJson(const Inspection &inspection);
/// One path's timeline over the layers.
[[nodiscard]] std::string historyText(const Inspection &inspection, NodeId node, const TextStyle &style);
[[nodiscard]] std::string historyJson(const Inspection &inspection, NodeId node);
/// The build steps, rebuilt as a Dockerfile.
[[nodiscard]] std::string dockerfileText(const Image &image);
[[nodiscard]] std::string dockerfileJson(const Image &image);
[[nodiscard]] std::string candidatesText(const std::vector<ImageCandidate> &candidates);
[[nodiscard]] std::string candidatesJson(const std::vector<ImageCandidate> &candidates);

} // namespace cutaway
