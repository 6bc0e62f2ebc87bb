// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/inspect.h"

#include <utility>

namespace cutaway {

namespace {

std::unexpected<InspectError> giveUp(Error error, std::vector<ImageCandidate> candidates = {})
{
    return std::unexpected(InspectError{std::move(error), std::move(candidates)});
}

} // namespace

std::expected<Inspected, InspectError> inspect(const Reference &reference,
                                               const InspectOptions &options,
                                               Monitor &monitor)
{
    auto opened = openSource(reference, options.open, monitor);
    if (!opened) {
        return giveUp(opened.error());
    }
    const std::shared_ptr<ImageSource> source = std::move(*opened);
    auto candidates = source->images();
    if (!candidates) {
        return giveUp(candidates.error());
    }
    const std::string &wanted = options.image.empty() ? reference.image : options.image;
    const auto index = chooseImage(*candidates, wanted, options.platform);
    if (!index) {
        const bool isChoiceLeft = index.error().code == ErrorCode::InvalidInput;
        return giveUp(index.error(),
                      isChoiceLeft ? std::move(*candidates) : std::vector<ImageCandidate>());
    }
    LoadOptions load;
    load.index = *index;
    load.reference = reference.text;
    load.base = options.base;
    load.observer = options.observer;
    load.priority = options.priority;
    auto image = loadImage(*source, load, monitor);
    if (!image) {
        return giveUp(image.error());
    }
    monitor.beginStep("Analysing");
    auto analysis = analyze(**image, monitor);
    if (!analysis) {
        return giveUp(analysis.error());
    }
    auto inspection = audit(std::move(*image), std::move(*analysis), monitor);
    if (!inspection) {
        return giveUp(inspection.error());
    }
    return Inspected{std::make_shared<const Inspection>(std::move(*inspection)), source};
}

} // namespace cutaway
