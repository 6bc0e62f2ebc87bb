// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "app/cli/resolve.h"
#include "core/base/text.h"
#include "core/source/contentreader.h"

namespace cutaway::cli {
namespace {

/// The entry of that path in that very layer, hidden later or not.
Result<EntryId> entryOfLayer(const PathTree &tree, const std::string &path, LayerIndex layer)
{
    const NodeId node = tree.find(path);
    const EntryId entry = node == kNone ? kNone : tree.entryOf(node, layer);
    if (entry == kNone) {
        return fail(ErrorCode::NotFound,
                    "layer " + std::to_string(layer) + " has no file " + displayText(path));
    }
    return entry;
}

Result<EntryId> entryOfImage(const PathTree &tree, const std::string &path)
{
    const auto last = static_cast<LayerIndex>(tree.layerCount() - 1);
    if (tree.layerCount() == 0) {
        return fail(ErrorCode::NotFound, "the image has no path " + displayText(path));
    }
    const Result<NodeId> node = resolvePath(tree, path, last, LastLink::Follow);
    if (!node) {
        return std::unexpected(node.error());
    }
    const EntryId entry = tree.finalEntry(*node);
    if (*node == kRoot || entry == kNone) {
        return fail(ErrorCode::InvalidInput, displayText(path) + " is a directory");
    }
    return entry;
}

/// The regular file behind an entry.
Result<EntryId> contentOf(const PathTree &tree, EntryId entry, const std::string &path)
{
    const EntryId content = tree.content(entry);
    if (content == kNone) {
        const bool dangles = tree.entry(entry).type == EntryType::HardLink;
        return fail(ErrorCode::NotFound,
                    displayText(path)
                        + (dangles ? " is a hard link to nothing" : " is no regular file"));
    }
    if (tree.entry(content).type != EntryType::File) {
        const bool isDirectory = tree.entry(content).type == EntryType::Directory;
        return fail(ErrorCode::InvalidInput,
                    displayText(path) + (isDirectory ? " is a directory" : " is no regular file"));
    }
    return content;
}

} // namespace

int runCat(Context &context)
{
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Image &image = *opened->inspection->image;
    const std::string &path = context.arguments.words[1];
    const Result<std::optional<LayerIndex>> layer = layerOption(context, image);
    if (!layer) {
        return failOption(context, layer.error());
    }
    const Result<EntryId> entry = layer->has_value() ? entryOfLayer(*image.tree, path, **layer)
                                                     : entryOfImage(*image.tree, path);
    if (!entry) {
        return failWith(context, entry.error());
    }
    const Result<EntryId> content = contentOf(*image.tree, *entry, path);
    if (!content) {
        return failWith(context, content.error());
    }
    const Result<> read = readContents(
        *opened->source,
        image,
        {*content},
        {[](EntryId) -> Result<> { return {}; },
         [&context](EntryId, Bytes run) -> Result<> {
             context.output.write({reinterpret_cast<const char *>(run.data()), run.size()});
             return context.monitor.isCancelled() ? Result<>(failCancelled()) : Result<>();
         }},
        context.monitor);
    if (!read) {
        return failWith(context, read.error());
    }
    return finish(context, image);
}

} // namespace cutaway::cli
