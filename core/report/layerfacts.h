// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <string>
#include <string_view>

/// What several reports say about a layer.
namespace cutaway {

/// The history line that made the layer; nullptr where history and layers do not match.
[[nodiscard]] const HistoryEntry *historyOf(const Image &image, std::uint32_t layer);
/// The step in a Dockerfile's words, secrets replaced; raw text out of the image.
[[nodiscard]] std::string instructionOf(const HistoryEntry &entry, Secrets secrets);
/// The same on one line, fit for a table: runs of blanks and line breaks are one blank.
[[nodiscard]] std::string instructionLine(const Image &image, std::uint32_t layer, Secrets secrets);
/// Whether it is known which layers are the base image's.
[[nodiscard]] bool knowsBaseLayers(const BaseImage &base);
[[nodiscard]] std::string_view layerOrigin(const Inspection &inspection, std::uint32_t layer);
[[nodiscard]] std::string_view layerStateName(Layer::State state);
/// "metadataCopy" → "metadata copy" and so on, for people.
[[nodiscard]] std::string_view causeWords(Cause cause);

} // namespace cutaway
