// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"

namespace cutaway::cli {

int runLayers(Context &context)
{
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    const bool json = context.format == "json";
    context.output.write(json ? layersJson(inspection, context.style.secrets)
                              : layersText(inspection, context.style));
    return finish(context, *inspection.image);
}

} // namespace cutaway::cli
