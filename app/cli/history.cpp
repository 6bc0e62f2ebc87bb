// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"

namespace cutaway::cli {

int runHistory(Context &context)
{
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    const std::string &path = context.arguments.words[1];
    const NodeId node = inspection.image->tree->find(path);
    if (node == kNone) {
        return failWith(
            context,
            {ErrorCode::NotFound, "no layer of the image has the path " + displayText(path)});
    }
    const bool json = context.format == "json";
    context.output.write(json ? historyJson(inspection, node, context.style.secrets)
                              : historyText(inspection, node, context.style));
    return finish(context, *inspection.image);
}

} // namespace cutaway::cli
