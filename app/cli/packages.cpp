// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"

namespace cutaway::cli {

int runPackages(Context &context)
{
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    context.output.write(context.format == "json"  ? packagesJson(inspection)
                         : context.format == "csv" ? packagesCsv(inspection)
                                                   : packagesText(inspection, context.style));
    return finish(context, *inspection.image);
}

} // namespace cutaway::cli
