// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/parts.h"
#include "core/compare/versions.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cutaway {
namespace {

using Kind = PackageDifference::Kind;
using Key = std::tuple<Ecosystem, std::string_view, std::string_view>;

/// Packages of one name: a tree of Node.js modules has several versions of many.
struct Versions
{
    std::vector<const Package *> before;
    std::vector<const Package *> after;
};

void collect(const Packages &packages,
             std::vector<const Package *> Versions::*side,
             std::map<Key, Versions> &all)
{
    for (const Package &package : packages.list) {
        if (package.isThere()) {
            const PackageRecord &record = package.record;
            (all[{record.ecosystem, record.name, record.architecture}].*side).push_back(&package);
        }
    }
}

bool isBefore(const Package *a, const Package *b)
{
    return a->record.version < b->record.version;
}

/// Takes out what both have, copy for copy.
std::uint32_t dropEqual(Versions &versions)
{
    std::ranges::stable_sort(versions.before, isBefore);
    std::ranges::stable_sort(versions.after, isBefore);
    std::vector<const Package *> gone;
    std::vector<const Package *> added;
    std::ranges::set_difference(
        versions.before, versions.after, std::back_inserter(gone), isBefore);
    std::ranges::set_difference(
        versions.after, versions.before, std::back_inserter(added), isBefore);
    const auto same = static_cast<std::uint32_t>(versions.before.size() - gone.size());
    versions.before = std::move(gone);
    versions.after = std::move(added);
    return same;
}

Kind kindOf(const PackageRecord &before, const PackageRecord &after)
{
    const auto order = compareVersions(after.ecosystem, before.version, after.version);
    return !order || *order == 0 ? Kind::Changed : *order < 0 ? Kind::Upgraded : Kind::Downgraded;
}

} // namespace

PackageDifferences comparePackages(const Inspection &before, const Inspection &after)
{
    PackageDifferences differences;
    if (!before.packages || !after.packages) {
        return differences;
    }
    differences.isKnown = true;
    std::map<Key, Versions> all;
    collect(*before.packages, &Versions::before, all);
    collect(*after.packages, &Versions::after, all);
    for (auto &[key, versions] : all) {
        differences.same += dropEqual(versions);
        if (versions.before.size() == 1 && versions.after.size() == 1) {
            const Package *first = versions.before.front();
            const Package *second = versions.after.front();
            differences.list.push_back({kindOf(first->record, second->record), first, second});
            continue;
        }
        for (const Package *package : versions.before) {
            differences.list.push_back({Kind::Removed, package, nullptr});
        }
        for (const Package *package : versions.after) {
            differences.list.push_back({Kind::Added, nullptr, package});
        }
    }
    for (const PackageDifference &difference : differences.list) {
        ++differences.counts[static_cast<std::size_t>(difference.kind)];
    }
    return differences;
}

} // namespace cutaway
