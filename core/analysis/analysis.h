// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "core/image/image.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// The room's numbers, all bytes, all exact; what they mean: `visible + Σ shadowedBy = files`,
/// always.

struct LayerNumbers
{
    std::uint64_t fileBytes = 0;     ///< Σ regular files of the layer
    std::uint64_t shadowedBytes = 0; ///< of those, hidden in the end
    std::array<std::uint64_t, kCauseCount> shadowedBy{};
    std::vector<std::pair<LayerIndex, std::uint64_t>> hiddenByLayers; ///< who hides how much of it
    std::uint64_t hidesBytes = 0; ///< bytes of other layers that this one hides
    std::uint32_t files = 0;
    std::uint32_t directories = 0;
    std::uint32_t added = 0;    ///< files (all types but directories) new at their path
    std::uint32_t modified = 0; ///< metadata-only changes included
    std::uint32_t removed = 0;  ///< paths of files that the layer hides and does not bring back
    bool isBase = false;
};

/// Bytes of one content entry that is not visible in the end.
struct WasteItem
{
    EntryId entry = kNone;
    std::uint64_t bytes = 0;
    LayerIndex layer = 0;
    LayerIndex hiddenBy = kNoLayer;
    Cause cause = Cause::None;
};

/// Files of one content, visible at several paths.
struct DuplicateGroup
{
    std::uint64_t size = 0;      ///< of one copy
    std::vector<EntryId> copies; ///< one entry a path (hard-linked names count once); in node order
};

/// dive 0.13's figures, reproduced exactly.
struct DiveNumbers
{
    struct Row
    {
        NodeId node = kNone;
        std::uint32_t count = 0;
        std::uint64_t bytes = 0;
    };
    double efficiency = 1.0;
    std::uint64_t sizeBytes = 0;
    std::uint64_t userSizeBytes = 0;
    std::uint64_t wastedBytes = 0;
    std::optional<double> userWastedPercent; ///< fraction 0…1; nothing where userSizeBytes is 0
    std::vector<Row> inefficient;            ///< biggest first
};

struct Analysis
{
    std::uint64_t wireBytes = 0;     ///< distinct blobs once
    std::uint64_t unpackedBytes = 0; ///< each row of the layer list
    std::uint64_t fileBytes = 0;
    std::uint64_t visibleBytes = 0;
    std::uint64_t shadowedBytes = 0;
    std::uint64_t duplicatedBytes = 0;
    std::array<std::uint64_t, kCauseCount> shadowedBy{};
    double efficiency = 1.0;
    bool complete = true;
    std::vector<LayerNumbers> layers;
    std::vector<WasteItem> waste;           ///< biggest first
    std::vector<DuplicateGroup> duplicates; ///< most wasted first
    DiveNumbers dive;
};

/// Pure; fails only when cancelled.
[[nodiscard]] Result<Analysis> analyze(const Image &image, const Monitor &monitor);
[[nodiscard]] DiveNumbers diveNumbers(const Image &image);
[[nodiscard]] Result<DiveNumbers> diveNumbers(const Image &image, const Monitor &monitor);

/// "metadataCopy", "rewritten" …, the words of reports; empty for None.
[[nodiscard]] std::string_view causeName(Cause cause);

} // namespace cutaway
