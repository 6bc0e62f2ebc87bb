// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

enum class Severity : std::uint8_t { Info, Low, Medium, High, Critical };
enum class Confidence : std::uint8_t { Heuristic, Likely, Certain };
enum class Origin : std::uint8_t { Unknown, Base, App };
/// Of the bytes that a finding is about; deleted and replaced ones are shipped all the same.
enum class State : std::uint8_t { Visible, Deleted, Overwritten };

/// One fact that a finding rests on.
struct Evidence
{
    // NOLINTNEXTLINE(readability-redundant-member-init): so that it may be left out.
    std::string text = {}; ///< displayable; empty where the path says it all
    std::optional<LayerIndex> layer = std::nullopt;
    // NOLINTNEXTLINE(readability-redundant-member-init): so that it may be left out.
    std::string path = {}; ///< raw bytes
    EntryId entry = kNone;
    std::uint64_t bytes = 0;
    // NOLINTNEXTLINE(readability-redundant-member-init)
    std::string field = {}; ///< of the image's configuration: "config.User"; else empty
    std::optional<std::uint32_t> step = std::nullopt; ///< index into the history
};

/// Why a finding does not count: somebody looked at it and decided so.
struct Suppression
{
    std::string reason;
    std::string until;  ///< "2027-03-31"; empty = for good
    std::string owner;  ///< who decided
    std::string source; ///< the file that says so
};

/// What a rule says about this image.
struct Finding
{
    std::string ruleId;
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Certain;
    Origin origin = Origin::Unknown;
    State state = State::Visible;
    std::string summary;                            ///< one sentence with this image's figures
    std::vector<Evidence> evidence;                 ///< most telling first
    std::uint64_t bytes = 0;                        ///< that fixing it would save
    std::optional<LayerIndex> layer = std::nullopt; ///< that it is about most
    double points = 0;                              ///< that the score gains when this is mended
    std::optional<Suppression> suppressed;          ///< then in no score and no exit code
    bool isKnown = false;                           ///< a baseline has it: in no exit code
    std::string fingerprint; ///< stable over rebuilds: sha256 of rule and evidence without digests
};

/// A rule that could not be asked, and why.
struct SkippedRule
{
    std::string ruleId;
    std::string reason;
};

[[nodiscard]] std::string_view severityName(Severity severity);       ///< "info" … "critical"
[[nodiscard]] std::string_view originName(Origin origin);             ///< "unknown", "base", "app"
[[nodiscard]] std::string_view confidenceName(Confidence confidence); ///< "heuristic" …
[[nodiscard]] std::string_view stateName(State state); ///< "visible", "deleted", "overwritten"

} // namespace cutaway
