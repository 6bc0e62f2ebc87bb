// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"
#include "core/packages/packagelimits.h"
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"
#include "core/tree/paths.h"

#include <map>

namespace cutaway {

namespace {

/// What the targets tell of a library: its files, which are published beside the program, and what
/// it needs.
void addTarget(PackageRecord &package, const Json &target)
{
    for (const char *kind : {"runtime", "native"}) {
        for (const auto &[path, facts] : target[kind].members()) {
            const std::string_view name = baseName(path);
            if (!name.empty() && name != "_._"
                && package.files.size() < limits::kPackageRelations) {
                package.files.push_back({boundedText(name), {}});
            }
        }
    }
    for (const auto &[name, version] : target["dependencies"].members()) {
        addRelations(package.needs, name, '\n');
    }
}

} // namespace

PackageRecords readDotnetDeps(std::string_view text)
{
    PackageRecords found;
    const Result<ParsedJson> parsed = parseJson(text, "deps.json", BadUtf8::Replace);
    if (!parsed || !parsed->value["libraries"].isObject()) {
        found.damaged = 1;
        return found;
    }
    std::map<std::string_view, const Json *> targets;
    for (const auto &[framework, libraries] : parsed->value["targets"].members()) {
        for (const auto &[key, target] : libraries.members()) {
            targets[key] = &target; // the last is the one for the platform
        }
    }
    for (const auto &[key, library] : parsed->value["libraries"].members()) {
        const std::size_t slash = key.rfind('/');
        if (library["type"].toString() != "package") {
            continue; // the application and its own parts
        }
        if (slash == std::string::npos || slash == 0
            || found.packages.size() >= limits::kPackageRecords) {
            ++found.damaged;
            continue;
        }
        PackageRecord package;
        package.ecosystem = Ecosystem::Nuget;
        package.name = boundedText(std::string_view(key).substr(0, slash));
        package.version = boundedText(std::string_view(key).substr(slash + 1));
        if (const auto target = targets.find(key); target != targets.end()) {
            addTarget(package, *target->second);
        }
        found.packages.push_back(std::move(package));
    }
    return found;
}

} // namespace cutaway
