// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cutaway {

/// Where rules draw their lines. A policy may draw them elsewhere.
struct Thresholds
{
    std::uint64_t sizeIgnoreBelow = 64 * 1024;
    std::uint64_t sizeWarn = 500ULL * 1024 * 1024;
    std::uint64_t sizeMax = 1536ULL * 1024 * 1024;
    std::uint64_t sizeTmpMin = 16 * 1024;
    std::uint64_t sizeArchiveMin = 256 * 1024;
    std::uint64_t cacheMinBytes = 64 * 1024;
    double layerMinEfficiency = 0.90;
    std::uint64_t layerMaxWasted = 50ULL * 1024 * 1024;
    double layerMaxWastedPct = 0.10; ///< of the layers above the base
    std::uint64_t layerWarn = 25;
    std::uint64_t layerMax = 40;
    std::uint64_t supplyStaleDays = 180;
    std::uint64_t contractMaxPortRange = 10;

    bool operator==(const Thresholds &) const = default;
};

/// One of them, as policies name it.
struct ThresholdRow
{
    enum class Kind : std::uint8_t { Size, Share, Count };
    std::string_view name; ///< "layer.minEfficiency"
    Kind kind;
    std::variant<std::uint64_t Thresholds::*, double Thresholds::*> value;
    std::string_view help;
};
[[nodiscard]] std::span<const ThresholdRow> thresholdRows();
[[nodiscard]] const ThresholdRow *findThreshold(std::string_view name);
/// "20MiB", "0.95" or "95%", "25", as the row's kind has it. InvalidInput says what is wanted.
[[nodiscard]] Result<> setThreshold(Thresholds &thresholds,
                                    const ThresholdRow &row,
                                    std::string_view text);

enum class Profile : std::uint8_t { Default, Strict, Ska, OpenShift, Cis, Minimal };
[[nodiscard]] std::string_view profileName(Profile profile); ///< "default", "strict" …

/// What kind of text a label's value has to be.
enum class LabelType : std::uint8_t { SemVer, Rfc3339, Url, Spdx, Hash, Email };
[[nodiscard]] std::string_view labelTypeName(LabelType type); ///< "semver", "rfc3339" …
[[nodiscard]] bool isOfType(std::string_view value, LabelType type);

/// What a policy asks of labels' values and presence; keys are exact, or the last word of an OCI
/// label ("version").
struct LabelWishes
{
    struct Typed
    {
        std::string key;
        LabelType type;
    };
    struct Schema
    {
        std::string key;
        std::string text; ///< JSON Schema; one that JsonSchema::parse() takes
    };
    std::vector<std::string> required;
    std::vector<Typed> types;
    std::vector<Schema> schemas;
};

struct StructureTests;

/// What rules may ask of the policy.
struct AuditSettings
{
    Thresholds thresholds;
    Profile profile = Profile::Default;
    LabelWishes labels;
    std::vector<std::string> approvedBases;        ///< globs; empty = any
    std::shared_ptr<const StructureTests> asserts; ///< nullptr: the policy asserts nothing
    /// Last days of releases that somebody looks after for longer: "debian:11".
    std::map<std::string, std::chrono::sys_days, std::less<>> endsOfLife;
    /// Globs over "NAME", "NAME@VERSION", "KIND/NAME" and "KIND/NAME@VERSION".
    std::vector<std::string> deniedPackages;
    std::vector<std::string> deniedLicences = {"AGPL-3.0*"}; ///< globs over SPDX ids
};
[[nodiscard]] const AuditSettings &defaultSettings();

} // namespace cutaway
