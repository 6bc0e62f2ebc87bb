// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/requirements.h"

#include "core/packages/packagefiles.h"
#include "core/packages/packagelimits.h"
#include "core/packages/purl.h"
#include "core/packages/reasons.h"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace cutaway {

namespace {

/// Names are those of one package manager; of a language's those of one program or project.
using Name = std::tuple<Ecosystem, NodeId, std::string_view>;

Name nameOf(const Package &package, std::string_view name)
{
    const Ecosystem ecosystem = package.record.ecosystem;
    return {ecosystem, isOfDistribution(ecosystem) ? kNone : package.database, name};
}

/// Distributions write versions and alternatives beside the names.
std::string_view plainName(const Package &package, std::string_view relation)
{
    return isOfDistribution(package.record.ecosystem) ? relationName(relation) : relation;
}

} // namespace

bool tellsNeeds(Ecosystem ecosystem)
{
    return isOfDistribution(ecosystem) || ecosystem == Ecosystem::Cargo
           || ecosystem == Ecosystem::Composer || ecosystem == Ecosystem::Nuget;
}

std::vector<std::vector<std::uint32_t>> neededPackages(std::span<const Package> packages)
{
    std::map<Name, std::vector<std::uint32_t>> named;
    for (std::uint32_t i = 0; i < packages.size(); ++i) {
        const Package &package = packages[i];
        if (!package.isThere()) {
            continue;
        }
        named[nameOf(package, package.record.name)].push_back(i);
        for (const std::string &provided : package.record.provides) {
            named[nameOf(package, plainName(package, provided))].push_back(i);
        }
    }
    std::vector<std::vector<std::uint32_t>> needed(packages.size());
    std::size_t edges = 0;
    for (std::uint32_t i = 0; i < packages.size(); ++i) {
        const Package &package = packages[i];
        if (!package.isThere()) {
            continue;
        }
        for (const std::string &relation : package.record.needs) {
            forEachAlternative(relation, [&](std::string_view part) {
                const auto found = named.find(nameOf(package, plainName(package, part)));
                if (found != named.end()
                    && (edges += found->second.size()) <= limits::kPackageEdges) {
                    needed[i].insert(needed[i].end(), found->second.begin(), found->second.end());
                }
            });
        }
        sortUnique(needed[i]);
        std::erase(needed[i], i);
    }
    return needed;
}

} // namespace cutaway
