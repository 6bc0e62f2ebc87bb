// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"

namespace cutaway::cli {

int runDockerfile(Context &context)
{
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    const bool json = context.format == "json";
    context.output.write(json ? dockerfileJson(*inspection.image, context.style.secrets)
                              : dockerfileText(*inspection.image, context.style.secrets));
    return finish(context, *inspection.image);
}

} // namespace cutaway::cli
