// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// One of the image's promises: a name and its values, raw text out of the image, secrets replaced.
struct ContractRow
{
    std::string_view name;
    std::vector<std::string> values;
};
[[nodiscard]] std::vector<ContractRow> contractRows(const ImageConfig &config, Secrets secrets);
/// What the image promises to whoever runs it: entrypoint, user, ports, volumes, environment,
/// labels …
[[nodiscard]] std::string contractText(const ImageConfig &config, const TextStyle &style);
/// `["nginx", "-g"]`, as a Dockerfile has it; raw text out of the image, JSON-quoted.
[[nodiscard]] std::string execForm(const std::vector<std::string> &words);
/// Nanoseconds as Go writes durations, "1m30s" or "500ms".
[[nodiscard]] std::string formatDuration(std::int64_t nanoseconds);

} // namespace cutaway
