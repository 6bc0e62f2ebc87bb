// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"
#include "core/packages/packagelimits.h"
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"

namespace cutaway {

namespace {

/// Its text, or the text of that member.
std::string textOf(const Json &value, std::string_view member)
{
    return boundedText(value.isObject() ? value[member].toString() : value.toString());
}

/// "MIT", or as older ones have it {"type": "MIT"}, or a list of those.
std::string licenceOf(const Json &package)
{
    const std::string licence = textOf(package["license"], "type");
    if (!licence.empty()) {
        return licence;
    }
    const Json &list = package["licenses"].isArray() ? package["licenses"] : package["license"];
    std::string licences;
    for (const Json &each : list.elements()) {
        licences += (licences.empty() ? "" : " OR ") + textOf(each, "type");
    }
    return boundedText(licences);
}

} // namespace

PackageRecords readNodePackage(std::string_view text)
{
    PackageRecords found;
    if (text.size() > limits::kNodePackageBytes) {
        found.damaged = 1;
        return found;
    }
    const Result<ParsedJson> parsed = parseJson(text, "package.json", BadUtf8::Replace);
    if (!parsed || !parsed->value.isObject()) {
        found.damaged = 1;
        return found;
    }
    const Json &json = parsed->value;
    PackageRecord package;
    package.ecosystem = Ecosystem::Node;
    package.name = boundedText(json["name"].toString());
    package.version = boundedText(json["version"].toString());
    package.licence = licenceOf(json);
    package.supplier = textOf(json["author"], "name");
    package.homepage = textOf(json["homepage"], "url");
    for (const auto &[name, version] : json["dependencies"].members()) {
        addRelations(package.needs, name, '\n');
    }
    if (!package.name.empty()) { // those without only say how a folder's files are to be read
        found.packages.push_back(std::move(package));
    }
    return found;
}

} // namespace cutaway
