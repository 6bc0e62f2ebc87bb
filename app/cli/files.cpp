// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/contentsums.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"
#include "core/source/contentsearch.h"
#include "core/tree/filterregex.h"

#include <optional>
#include <utility>

namespace cutaway::cli {
namespace {

Result<FilesQuery::View> viewOf(const std::string &name)
{
    if (name == "final") {
        return FilesQuery::View::Final;
    }
    if (name == "at") {
        return FilesQuery::View::At;
    }
    if (name == "layer") {
        return FilesQuery::View::Layer;
    }
    if (name == "all") {
        return FilesQuery::View::All;
    }
    return fail(ErrorCode::InvalidInput,
                "--view is final, at, layer or all, not '" + displayText(name) + "'");
}

Result<FilesQuery> queryOf(const Context &context, const Image &image)
{
    const Arguments &arguments = context.arguments;
    FilesQuery query;
    const Result<std::optional<LayerIndex>> layer = layerOption(context, image);
    if (!layer) {
        return std::unexpected(layer.error());
    }
    const Result<FilesQuery::View> view =
        viewOf(arguments.valueOr("--view", layer->has_value() ? "layer" : "final"));
    if (!view) {
        return std::unexpected(view.error());
    }
    query.view = *view;
    query.layer = layer->value_or(0);
    const bool wantsLayer = *view == FilesQuery::View::At || *view == FilesQuery::View::Layer;
    if (wantsLayer != layer->has_value()) {
        return fail(ErrorCode::InvalidInput,
                    wantsLayer ? "this view needs --layer N" : "this view has no --layer");
    }
    const std::string sort = arguments.valueOr("--sort", "path");
    if (sort != "path" && sort != "size") {
        return fail(ErrorCode::InvalidInput,
                    "--sort is path or size, not '" + displayText(sort) + "'");
    }
    query.sort = sort == "size" ? FilesQuery::Sort::Size : FilesQuery::Sort::Path;
    query.globs.assign(arguments.words.begin() + 1, arguments.words.end());
    return query;
}

/// The views that the query shows, in the order of its lists of nodes.
std::vector<ViewSpec> viewsOf(const FilesQuery &query, const Image &image)
{
    std::vector<ViewSpec> views = {{ViewSpec::Kind::Final, 0}};
    if (query.view == FilesQuery::View::At) {
        views = {{ViewSpec::Kind::At, query.layer}};
    } else if (query.view == FilesQuery::View::Layer) {
        views = {{ViewSpec::Kind::Layer, query.layer}};
    } else if (query.view == FilesQuery::View::All) {
        views.clear();
        for (LayerIndex layer = 0; layer < image.layers.size(); ++layer) {
            views.push_back({ViewSpec::Kind::Layer, layer});
        }
    }
    return views;
}

/// The content of what a view shows at a node.
EntryId contentAt(const TreeView &view, NodeId node)
{
    const EntryId entry = view.entry(node);
    return entry == kNone ? kNone : view.tree().content(entry);
}

/// Leaves of what is left those files that hold what the filter asks for.
Result<> narrowByContent(FilesQuery &query,
                         const FileFilter &filter,
                         const Inspected &opened,
                         Monitor &monitor)
{
    const Image &image = *opened.inspection->image;
    const std::vector<ViewSpec> views = viewsOf(query, image);
    std::vector<bool> isWanted(image.tree->entryCount());
    std::vector<bool> isFound(image.tree->entryCount());
    const auto overAll = [&](const auto &what) {
        for (std::size_t i = 0; i < views.size(); ++i) {
            const TreeView view(image.tree, views[i]);
            for (NodeId node = 0; node < image.tree->nodeCount(); ++node) {
                if (query.left[i][node]) {
                    what(i, node, contentAt(view, node));
                }
            }
        }
    };
    overAll([&](std::size_t, NodeId, EntryId content) { isWanted[content] = true; });
    std::vector<EntryId> wanted;
    for (EntryId entry = 0; entry < isWanted.size(); ++entry) {
        if (isWanted[entry]) {
            wanted.push_back(entry);
        }
    }
    const auto tell = [&isFound](EntryId entry) { isFound[entry] = true; };
    const Result<ContentSearch> searched =
        searchContents(*opened.source, image, {filter, std::move(wanted), tell}, monitor);
    if (!searched) {
        return std::unexpected(searched.error());
    }
    if (searched->passed > 0) {
        complain(formatCount(searched->passed, "file was", "files were")
                 + " not searched: narrow the filter");
    }
    overAll([&](std::size_t i, NodeId node, EntryId content) {
        query.left[i][node] = isFound[content];
    });
    return {};
}

/// Leaves what --where asks for, contents apart.
Result<> narrow(FilesQuery &query,
                const FileFilter &filter,
                const Context &context,
                const Image &image)
{
    for (const ViewSpec &view : viewsOf(query, image)) {
        Result<FilterResult> result =
            applyFilter(TreeView(image.tree, view), filter, context.monitor);
        if (!result) {
            return std::unexpected(result.error());
        }
        query.left.push_back(std::move(result->matched));
    }
    return {};
}

} // namespace

int runFiles(Context &context)
{
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Image &image = *opened->inspection->image;
    Result<FilesQuery> query = queryOf(context, image);
    if (!query) {
        return failOption(context, query.error());
    }
    if (const auto where = context.arguments.value("--where")) {
        const Result<FileFilter> filter = parseFileFilter(*where, compileRegex);
        if (!filter) {
            return failOption(context, filter.error());
        }
        Result<> narrowed = narrow(*query, *filter, context, image);
        if (narrowed && filter->asksForContent()) {
            narrowed = narrowByContent(*query, *filter, *opened, context.monitor);
        }
        if (!narrowed) {
            return failWith(context, narrowed.error());
        }
    }
    std::optional<Result<ContentSumsOf>> digests;
    if (context.arguments.has("--hash")) {
        digests = sumContents(*opened, filesContents(image, *query), Sums::Sha256, context.monitor);
        if (!digests->has_value()) {
            return failWith(context, digests->error());
        }
        query->digests = &digests->value();
    }
    const Sink sink = [&context](std::string_view text) { context.output.write(text); };
    if (context.format == "json") {
        filesJson(image, *query, sink);
    } else if (context.format == "ndjson") {
        filesNdjson(image, *query, sink);
    } else {
        filesText(image, *query, context.style, sink);
    }
    return finish(context, image);
}

} // namespace cutaway::cli
