// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"

namespace cutaway {

PackageRecords readRDescription(std::string_view text)
{
    PackageRecords found;
    Stanza stanza;
    (void)stanza.take(text);
    if (stanza.value("Built").empty()) {
        return found; // a source, which is not installed
    }
    PackageRecord package;
    package.ecosystem = Ecosystem::Cran;
    package.name = boundedText(stanza.value("Package"));
    package.version = boundedText(stanza.value("Version"));
    package.licence = boundedText(stanza.value("License"));
    package.supplier = boundedText(stanza.value("Maintainer"));
    const std::string_view pages = stanza.value("URL");
    package.homepage = boundedText(pages.substr(0, pages.find_first_of(", ")));
    if (package.name.empty() || package.version.empty()) {
        found.damaged = 1;
        return found;
    }
    found.packages.push_back(std::move(package));
    return found;
}

} // namespace cutaway
