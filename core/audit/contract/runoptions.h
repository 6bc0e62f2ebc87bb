// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// An option of `docker run`, `podman run` and the like that says something about a touch point.
struct RunOption
{
    std::string_view touchPoint; ///< its id: "network"
    std::string text;            ///< raw, with its value: "--net=host"
};

/// The options in the text of a label such as RUN; shell text in which one of the engines is
/// called.
[[nodiscard]] std::vector<RunOption> runOptions(std::string_view text);

} // namespace cutaway
