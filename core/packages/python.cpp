// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"

#include <algorithm>

namespace cutaway {

namespace {

/// The licence of classifiers: what stands last in "License :: OSI Approved :: MIT License".
std::string licenceOf(const Stanza &stanza)
{
    const std::string expression = boundedText(stanza.value("License-Expression"));
    const std::string licence = boundedText(stanza.value("License"));
    if (!expression.empty()) {
        return expression;
    }
    if (!licence.empty() && !sameName(licence, "UNKNOWN")) {
        return licence;
    }
    std::string classified;
    for (const auto &[field, value] : stanza.fields()) {
        if (sameName(field, "Classifier") && value.starts_with("License ::")) {
            const std::size_t last = value.rfind("::");
            const std::string_view name = withoutBlanks(value.substr(last + 2));
            if (name != "OSI Approved") {
                classified += (classified.empty() ? "" : ", ") + std::string(name);
            }
        }
    }
    return boundedText(classified);
}

std::string supplierOf(const Stanza &stanza)
{
    for (const char *field : {"Author", "Author-email", "Maintainer", "Maintainer-email"}) {
        const std::string_view value = stanza.value(field);
        if (!value.empty() && !sameName(value, "UNKNOWN")) {
            return boundedText(value);
        }
    }
    return {};
}

std::string homepageOf(const Stanza &stanza)
{
    const std::string_view page = stanza.value("Home-page");
    if (!page.empty() && !sameName(page, "UNKNOWN")) {
        return boundedText(page);
    }
    for (const auto &[field, value] : stanza.fields()) {
        const std::size_t comma = value.find(',');
        if (sameName(field, "Project-URL") && comma != std::string_view::npos
            && sameName(withoutBlanks(value.substr(0, comma)), "Homepage")) {
            return boundedText(value.substr(comma + 1));
        }
    }
    return {};
}

/// "idna (>=2.5); python_version < '3'": without the condition; what only an extra needs is left
/// out.
void addNeeds(PackageRecord &package, const Stanza &stanza)
{
    for (const auto &[field, value] : stanza.fields()) {
        const std::size_t condition = std::min(value.find(';'), value.size());
        if (sameName(field, "Requires-Dist") && !value.substr(condition).contains("extra")) {
            addRelations(package.needs, value.substr(0, condition), '\n');
        }
    }
}

/// "name-1.0.dist-info", "name-1.0-py3.11.egg-info".
void setFromFolder(PackageRecord &package, std::string_view folder)
{
    folder = folder.substr(0, std::min(folder.rfind('.'), folder.size()));
    const std::size_t dash = folder.find('-');
    if (dash == std::string_view::npos) {
        return;
    }
    if (package.name.empty()) {
        package.name = boundedText(folder.substr(0, dash));
    }
    if (package.version.empty()) {
        const std::string_view rest = folder.substr(dash + 1);
        package.version = boundedText(rest.substr(0, rest.find('-')));
    }
}

} // namespace

PackageRecords readPythonMetadata(std::string_view text, std::string_view fileName)
{
    Stanza stanza;
    (void)stanza.take(text); // what follows is the description
    PackageRecord package;
    package.ecosystem = Ecosystem::Python;
    package.name = boundedText(stanza.value("Name"));
    package.version = boundedText(stanza.value("Version"));
    package.licence = licenceOf(stanza);
    package.supplier = supplierOf(stanza);
    package.homepage = homepageOf(stanza);
    addNeeds(package, stanza);
    setFromFolder(package, fileName);
    PackageRecords found;
    if (package.name.empty() || package.version.empty()) {
        found.damaged = 1;
        return found;
    }
    found.packages.push_back(std::move(package));
    return found;
}

void forEachPythonFile(std::string_view text,
                       const std::function<void(std::string_view path)> &visit)
{
    std::string path;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (!line.starts_with('"')) {
            const std::string_view plain = line.substr(0, line.find(','));
            if (!plain.empty()) {
                visit(plain);
            }
            continue;
        }
        path.clear(); // quoted, a quote in it doubled
        for (std::size_t i = 1; i < line.size(); ++i) {
            if (line[i] == '"' && (i + 1 == line.size() || line[++i] != '"')) {
                break;
            }
            path += line[i];
        }
        if (!path.empty()) {
            visit(path);
        }
    }
}

} // namespace cutaway
