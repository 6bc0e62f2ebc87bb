// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/analysiscache.h"
#include "core/source/imagesource.h"

#include <atomic>
#include <functional>

namespace cutaway {

/// What a viewer may see early. Called from loader threads; must not block.
struct LoadObserver
{
    std::function<void(ImagePtr)> onConfig; ///< config and layer list, no tree yet
    std::function<void(std::uint32_t index, std::shared_ptr<const LayerTree>)> onLayer;
};

/// What a watch found, by layer; rows of one blob share theirs. nullptr for layers not read.
using ImageFacts = std::vector<std::shared_ptr<const FileFacts>>;

/// Which layer to read next; kNoPriority = no wish.
using LayerPriority = std::atomic<std::size_t>;

struct LoadOptions
{
    std::uint32_t index = 0; ///< which of the source's images
    Limits limits = {};      // NOLINT(readability-redundant-member-init): may be left out
    std::string reference;   ///< what Image::reference shall say
    std::string base; ///< base image by the user's word: a digest, or the number of its layers
    AnalysisCachePtr cache;   ///< nullptr = none
    bool wantContents = true; ///< files will be read later: prepare for it
    /// What to look for in files. What was found goes into `facts`, by layer.
    FileWatch watch = {}; // NOLINT(readability-redundant-member-init): may be left out
    ImageFacts *facts = nullptr;
    const LoadObserver *observer = nullptr;
    const LayerPriority *priority = nullptr;
};

/// Reads an image: config, all layers (verified while reading), the path tree. What cannot be read
/// inside the image becomes a note and a mark on the layer.
[[nodiscard]] Result<ImagePtr> loadImage(ImageSource &source,
                                         const LoadOptions &options,
                                         Monitor &monitor);

} // namespace cutaway
