// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"
#include "core/packages/packagelimits.h"
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"

namespace cutaway {

namespace {

/// Several are a choice.
std::string licenceOf(const Json &licences)
{
    std::string text = licences.toString();
    for (const Json &licence : licences.elements()) {
        text += (text.empty() ? "" : " OR ") + licence.toString();
    }
    return boundedText(text);
}

PackageRecord recordOf(const Json &json)
{
    PackageRecord package;
    package.ecosystem = Ecosystem::Composer;
    package.name = boundedText(json["name"].toString());
    package.version = boundedText(json["version"].toString());
    package.licence = licenceOf(json["license"]);
    package.homepage = boundedText(json["homepage"].toString());
    const std::vector<Json> &authors = json["authors"].elements();
    package.supplier = authors.empty() ? "" : boundedText(authors.front()["name"].toString());
    for (const auto &[name, version] : json["require"].members()) {
        if (name.contains('/')) { // PHP itself and its extensions are no packages
            addRelations(package.needs, name, '\n');
        }
    }
    for (const auto &[name, version] : json["provide"].members()) {
        addRelations(package.provides, name, '\n');
    }
    const Json &place = json["install-path"];
    if (place.isString()) {
        package.files.push_back({boundedText(place.toString()), {}});
    } else if (json["type"].toString() != "metapackage") {
        package.files.push_back({"../" + package.name, {}});
    }
    return package;
}

} // namespace

PackageRecords readComposerInstalled(std::string_view text)
{
    PackageRecords found;
    const Result<ParsedJson> parsed = parseJson(text, "installed.json", BadUtf8::Replace);
    if (!parsed) {
        found.damaged = 1;
        return found;
    }
    const Json &json = parsed->value; // of Composer 1 the list itself
    for (const Json &each : (json.isArray() ? json : json["packages"]).elements()) {
        PackageRecord package = recordOf(each);
        if (package.name.empty() || found.packages.size() >= limits::kPackageRecords) {
            ++found.damaged;
        } else {
            found.packages.push_back(std::move(package));
        }
    }
    return found;
}

} // namespace cutaway
