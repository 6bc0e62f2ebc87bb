// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/image/history.h"
#include "core/image/note.h"
#include "core/image/platform.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// Docker's HEALTHCHECK. Durations are nanoseconds; nothing where not given.
struct Healthcheck
{
    std::vector<std::string> test;
    std::optional<std::int64_t> interval;
    std::optional<std::int64_t> timeout;
    std::optional<std::int64_t> startPeriod;
    std::optional<std::int64_t> startInterval;
    std::optional<std::int64_t> retries;

    bool operator==(const Healthcheck &) const = default;
};

/// An image configuration (image-spec config.md, and what Docker adds to it). Texts are valid UTF-8
/// but otherwise as the image has them: escape them before a person reads them.
struct ImageConfig
{
    Platform platform;
    std::string created; ///< RFC 3339 as written; may be anything
    std::string author;
    std::string dockerVersion;

    std::string user;
    std::string workingDir;
    std::string stopSignal;
    std::optional<std::vector<std::string>> entrypoint; ///< nothing = null or absent, [] = empty
    std::optional<std::vector<std::string>> cmd;
    std::vector<std::string> env;          ///< as written, "=" may be missing
    std::vector<std::string> exposedPorts; ///< "80/tcp", sorted
    std::vector<std::string> volumes;      ///< sorted
    std::map<std::string, std::string> labels;
    std::optional<Healthcheck> healthcheck;
    std::vector<std::string> onBuild;
    std::vector<std::string> shell;
    bool argsEscaped = false;

    std::vector<Digest> diffIds; ///< empty digest where the config has no valid one
    std::vector<HistoryEntry> history;
};

/// Tolerant: a field of the wrong shape is left out and noted; InvalidInput or Corrupt only when
/// the text is no JSON object. `notes` are appended.
[[nodiscard]] Result<ImageConfig> parseConfig(std::string_view text, Notes &notes);

} // namespace cutaway
