// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cutaway {

/// One entry of the config's history (image-spec config.md, "history").
struct HistoryEntry
{
    // NOLINTBEGIN(readability-redundant-member-init): so that each may be left out when one is
    // made.
    std::string created = {};
    std::string createdBy = {};
    std::string author = {};
    std::string comment = {};
    // NOLINTEND(readability-redundant-member-init)
    bool emptyLayer = false;
    std::optional<std::uint32_t> layer =
        std::nullopt; ///< row it made, where history and layers can be aligned

    bool operator==(const HistoryEntry &) const = default;
};

/// Who wrote a history line, by its dialect.
enum class Builder : std::uint8_t { Unknown, Classic, BuildKit, Buildah, Kaniko, Other };

/// A history line taken apart and put into the words of a Dockerfile.
struct BuildStep
{
    std::string keyword;   ///< "RUN", "COPY", …; empty when the line is no instruction
    std::string arguments; ///< what follows, line breaks kept
    std::vector<std::pair<std::string, std::string>> buildArgs; ///< `|N K=V …` before the command
    std::string shell; ///< of RUN, when not `/bin/sh -c`: "/bin/bash -o pipefail -c", "cmd /S /C"
    std::vector<std::pair<std::string, std::string>> metadata; ///< buildah's trailing `|key=value`
    Builder builder = Builder::Unknown;

    std::string text() const; ///< "RUN apt-get update"; the raw line when it is no instruction
};

[[nodiscard]] BuildStep normaliseHistory(const HistoryEntry &entry);

/// The tool that made an image without a Dockerfile, told from its history: "jib", "ko", "bazel",
/// "nix", "buildpacks", "import", "commit" …; empty when it was built from one.
[[nodiscard]] std::string builderWithoutDockerfile(const std::vector<HistoryEntry> &entries);

/// Sets `layer` of each non-empty entry when their number equals `layerCount`; false (and nothing
/// set) when it does not.
bool alignHistory(std::vector<HistoryEntry> &history, std::uint32_t layerCount);

} // namespace cutaway
