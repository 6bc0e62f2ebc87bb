// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/whatif.h"

#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace cutaway::cli {

namespace {

std::optional<LayerIndex> layerNumber(std::string_view text)
{
    LayerIndex layer = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), layer);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole && !text.empty() ? std::optional(layer) : std::nullopt;
}

/// "2-5"
Result<LayerRange> parseRange(std::string_view text)
{
    const std::size_t dash = text.find('-');
    if (dash != std::string_view::npos) {
        const auto first = layerNumber(text.substr(0, dash));
        const auto last = layerNumber(text.substr(dash + 1));
        if (first && last) {
            return LayerRange{*first, *last};
        }
    }
    return fail(ErrorCode::InvalidInput,
                "--merge takes a range of layers as 2-5, not '" + displayText(text) + "'");
}

Result<std::vector<LayerRange>> rangesOf(const Arguments &arguments)
{
    std::vector<LayerRange> ranges;
    for (const std::string &text : arguments.values("--merge")) {
        const auto range = parseRange(text);
        if (!range) {
            return std::unexpected(range.error());
        }
        ranges.push_back(*range);
    }
    return ranges;
}

Result<std::vector<NodeId>> droppedOf(const Arguments &arguments, const PathTree &tree)
{
    std::vector<NodeId> nodes;
    for (const std::string &path : arguments.values("--drop")) {
        nodes.push_back(tree.find(path));
        if (nodes.back() == kNone) {
            return fail(ErrorCode::NotFound,
                        "no layer of the image has the path " + displayText(path));
        }
    }
    return nodes;
}

} // namespace

int runWhatIf(Context &context)
{
    auto ranges = rangesOf(context.arguments);
    if (!ranges) {
        complain(ranges.error().message);
        return ExitUsage;
    }
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    const Image &image = *inspection.image;
    const bool json = context.format == "json";
    auto dropped = droppedOf(context.arguments, *image.tree);
    if (!dropped) {
        return failWith(context, dropped.error());
    }
    const WhatIf question{std::move(*ranges), std::move(*dropped)};
    if (question.merged.empty() && question.dropped.empty()) {
        context.output.write(json ? savingsJson(inspection)
                                  : savingsText(inspection, context.style));
        return finish(context, image);
    }
    if (const Result<> checked = checkWhatIf(image, question); !checked) {
        return failWith(context, checked.error());
    }
    const WhatIfNumbers numbers = whatIf(image, inspection.analysis, question);
    context.output.write(json ? whatIfJson(inspection, question, numbers, context.style.secrets)
                              : whatIfText(inspection, question, numbers, context.style));
    return finish(context, image);
}

} // namespace cutaway::cli
