// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"

namespace cutaway {

namespace {

/// Calls back with each line below a "%NAME%".
template<typename Visit>
void forEachValue(std::string_view text, Visit visit)
{
    std::string_view section;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (line.size() > 2 && line.starts_with('%') && line.ends_with('%')) {
            section = line.substr(1, line.size() - 2);
        } else if (!line.empty()) {
            visit(section, line);
        }
    }
}

void setOnce(std::string &field, std::string_view value)
{
    if (field.empty()) {
        field = boundedText(value);
    }
}

} // namespace

PackageRecords readPacmanDesc(std::string_view text)
{
    PackageRecord package;
    package.ecosystem = Ecosystem::Alpm;
    package.installedAs = InstalledAs::Asked;
    std::string licences;
    forEachValue(text, [&](std::string_view section, std::string_view value) {
        if (section == "NAME") {
            setOnce(package.name, value);
        } else if (section == "VERSION") {
            setOnce(package.version, value);
        } else if (section == "ARCH") {
            setOnce(package.architecture, value);
        } else if (section == "BASE") {
            setOnce(package.source, value);
        } else if (section == "URL") {
            setOnce(package.homepage, value);
        } else if (section == "PACKAGER") {
            setOnce(package.supplier, value);
        } else if (section == "SIZE") {
            package.declaredBytes = numberOf(value);
        } else if (section == "REASON") { // left out by older ones for what was asked for
            package.installedAs = value == "1" ? InstalledAs::Needed : InstalledAs::Asked;
        } else if (section == "DEPENDS") {
            addRelations(package.needs, value, '\n');
        } else if (section == "PROVIDES") {
            addRelations(package.provides, value, '\n');
        } else if (section == "LICENSE") {
            licences += (licences.empty() ? "" : " AND ") + std::string(value);
        }
    });
    PackageRecords found;
    if (package.name.empty() || package.version.empty()) {
        found.damaged = 1;
        return found;
    }
    package.licence = boundedText(licences);
    setOnce(package.source, package.name);
    package.sourceVersion = package.version;
    found.packages.push_back(std::move(package));
    return found;
}

void forEachPacmanFile(std::string_view text,
                       const std::function<void(std::string_view path)> &visit)
{
    forEachValue(text, [&](std::string_view section, std::string_view value) {
        if (section == "FILES") {
            visit(value);
        }
    });
}

} // namespace cutaway
