// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/commands.h"
#include "core/inspect/inspect.h"

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cutaway::cli {

/// Inspects the image that the first word names, by the policy where there is one. Where a command
/// looks at several, `which` is the word's place; of --platform, --image and --base the value at
/// the same place counts, else the last. On failure everything has been said and the exit code is
/// given.
[[nodiscard]] std::expected<Inspected, int> openImage(Context &context,
                                                      PolicyPtr policy = {},
                                                      std::optional<std::size_t> which = {});

/// The limits as --limit changes them.
[[nodiscard]] Result<Limits> limitsOf(const Arguments &arguments);

/// The cache of earlier analyses; nullptr when it is not wanted or cannot be had.
[[nodiscard]] AnalysisCachePtr openCache(const Arguments &arguments, const Limits &limits);

/// What came from registries before; nullptr as above.
[[nodiscard]] BlobCachePtr openBlobs(const Arguments &arguments);

/// What registries are asked with, as options and environment have it.
[[nodiscard]] RegistryOptions registryOptions(const Arguments &arguments);

/// Says what went wrong and gives the exit code for it.
[[nodiscard]] int failWith(const Context &context, const Error &error);

/// The same for an error in what was asked: wrong usage is told from what the image lacks.
[[nodiscard]] int failOption(const Context &context, const Error &error);

/// Ends a command that has written its answer: closes the output, tells what of the image could not
/// be read, and judges the notes with --strict.
[[nodiscard]] int finish(Context &context, const Image &image);
/// The same for a command that looked at several, or at none.
[[nodiscard]] int finish(Context &context, const std::vector<ImagePtr> &images = {});

/// The answer in one of the formats, laid out like that.
using WriteAnswer =
    std::function<void(const std::string &format, const TextStyle &style, const Sink &sink)>;
/// Writes it where it goes, and to the further files that --output names in their formats.
[[nodiscard]] Result<> writeAnswer(Context &context, const WriteAnswer &write);

/// The layer that --layer names; nothing without the option.
[[nodiscard]] Result<std::optional<LayerIndex>> layerOption(const Context &context,
                                                            const Image &image);

} // namespace cutaway::cli
