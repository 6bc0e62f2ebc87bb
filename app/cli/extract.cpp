// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "app/cli/resolve.h"
#include "core/extract/extraction.h"

#include <string>

namespace cutaway::cli {

int runExtract(Context &context)
{
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Image &image = *opened->inspection->image;
    const Result<std::optional<LayerIndex>> layer = layerOption(context, image);
    if (!layer) {
        return failOption(context, layer.error());
    }
    if (image.layers.empty()) {
        return failWith(context, {ErrorCode::NotFound, "the image has no layers"});
    }
    const Arguments &arguments = context.arguments;
    TargetDirectory target({arguments.has("--force"), arguments.has("--owner")});
    const auto last = static_cast<LayerIndex>(image.layers.size() - 1);
    const LayerIndex after = layer->value_or(last);
    Extraction extraction(
        *opened->source, image, after, target, [](const std::string &text) { complain(text); });
    for (std::size_t i = 1; i < arguments.words.size(); ++i) {
        const Result<NodeId> node =
            resolvePath(*image.tree, arguments.words[i], after, LastLink::Keep);
        if (!node) {
            return failWith(context, node.error());
        }
        extraction.choose(*node);
    }
    if (const Result<> ready = target.open(arguments.valueOr("--directory", ".")); !ready) {
        return failWith(context, ready.error());
    }
    if (const Result<> done = extraction.run(context.monitor); !done) {
        return failWith(context, done.error());
    }
    context.output.write(extraction.summary() + '\n');
    const int code = finish(context, image);
    return code == ExitOk && extraction.failed() > 0 ? static_cast<int>(ExitUnreadable) : code;
}

} // namespace cutaway::cli
