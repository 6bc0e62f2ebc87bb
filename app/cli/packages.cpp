// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"

namespace cutaway::cli {

namespace {

/// Whose the paths are that --owner names.
int tellOwners(Context &context, const Inspection &inspection)
{
    std::vector<NodeId> nodes;
    for (const std::string &path : context.arguments.values("--owner")) {
        nodes.push_back(listedNode(*inspection.image->tree, path));
        if (nodes.back() == kNone) {
            return failWith(
                context,
                {ErrorCode::NotFound, "no layer of the image has the path " + displayText(path)});
        }
    }
    context.output.write(context.format == "json" ? ownersJson(inspection, nodes)
                                                  : ownersText(inspection, nodes));
    return finish(context, *inspection.image);
}

} // namespace

int runPackages(Context &context)
{
    const bool wantsOwners = context.arguments.has("--owner");
    if (wantsOwners && context.format != "json" && context.format != "text") {
        complain("whose a path is can be had as text or json");
        return ExitUsage;
    }
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    if (wantsOwners) {
        return tellOwners(context, inspection);
    }
    context.output.write(context.format == "json"  ? packagesJson(inspection)
                         : context.format == "csv" ? packagesCsv(inspection)
                                                   : packagesText(inspection, context.style));
    return finish(context, *inspection.image);
}

} // namespace cutaway::cli
