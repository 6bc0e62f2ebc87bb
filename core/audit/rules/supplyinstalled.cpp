// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/badpackages.h"
#include "core/audit/endoflife.h"
#include "core/audit/evidence.h"
#include "core/audit/deniedlicences.h"
#include "core/audit/packagewords.h"
#include "core/audit/rules/supplyrules.h"
#include "core/base/glob.h"
#include "core/base/text.h"
#include "core/packages/replaced.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace cutaway {

namespace {

bool isThere(const Package &package)
{
    return package.isVisible() && package.record.isInstalled();
}

/// What a language's package manager knows may be a distribution's own: then the distribution
/// mends it, under the version that it has.
bool isMendedByDistribution(const AuditContext &context, const Package &package)
{
    const Package *owner = context.packages->ownerOf(package.database);
    return !isOfDistribution(package.record) && owner != nullptr && owner != &package
           && isOfDistribution(owner->record);
}

/// The pattern of the policy that the package fits; nullptr where there is none.
const std::string *denial(const AuditContext &context, const PackageRecord &record)
{
    const std::string kind = std::string(ecosystemName(record.ecosystem)) + '/';
    const std::string version = record.name + '@' + record.version;
    const std::array<std::string, 4> texts = {
        record.name, version, kind + record.name, kind + version};
    const auto &patterns = context.settings.deniedPackages;
    const auto found = std::ranges::find_if(patterns, [&](const std::string &pattern) {
        return std::ranges::any_of(texts, [&](const std::string &text) {
            return globMatches(pattern, text, GlobText::Name);
        });
    });
    return found == patterns.end() ? nullptr : &*found;
}

/// The expression where the licence can be told for sure, else what the database has.
const std::string &licenceOf(const PackageRecord &record)
{
    return record.licenceExpression.empty() ? record.licence : record.licenceExpression;
}

Finding packageFinding(const AuditContext &context,
                       Severity severity,
                       const Package &package,
                       std::string summary)
{
    Finding finding = layerFinding(context.image, severity, installedBy(package));
    finding.fingerprint = std::string(ecosystemName(package.record.ecosystem)) + '\n'
                          + package.record.name + '\n' + package.record.version;
    finding.summary = std::move(summary);
    return finding;
}

} // namespace

std::vector<Finding> knownBadPackage(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const Package &package : context.packages->list) {
        if (!isThere(package)) {
            continue;
        }
        const BadPackages::Row *row = BadPackages::builtIn().find(package.record);
        if (row != nullptr && !isMendedByDistribution(context, package)) {
            findings.push_back(packageFinding(context,
                                              Severity::Critical,
                                              package,
                                              packageText(package) + " is installed: " + row->what
                                                  + " (" + row->id + ")."));
            findings.back().evidence.push_back(packageEvidence(
                context,
                package,
                row->source + ", list of " + dayText(BadPackages::builtIn().date())));
        } else if (const std::string *pattern = denial(context, package.record)) {
            findings.push_back(
                packageFinding(context,
                               Severity::High,
                               package,
                               packageText(package) + " is installed, which the policy denies."));
            findings.back().evidence.push_back(
                packageEvidence(context, package, "supply.denyPackages: " + displayText(*pattern)));
        }
    }
    return findings;
}

std::vector<Finding> copyleft(const AuditContext &context)
{
    std::map<std::pair<Origin, std::string>, std::vector<const Package *>> byLicence;
    for (const Package &package : context.packages->list) {
        if (isThere(package)
            && bindsTo(licenceOf(package.record), context.settings.deniedLicences)) {
            byLicence[{originOf(context.image, installedBy(package)), licenceOf(package.record)}]
                .push_back(&package);
        }
    }
    std::vector<Finding> findings;
    for (const auto &[key, packages] : byLicence) {
        const Package &first = *packages.front();
        Finding finding = layerFinding(context.image, Severity::Info, installedBy(first));
        finding.confidence = Confidence::Likely;
        finding.fingerprint = key.second;
        finding.summary =
            (packages.size() == 1 ? packageText(first) + " is"
                                  : formatCount(packages.size(), "package", "packages") + ", as "
                                        + packageText(first) + ", are")
            + " under " + quoted(key.second) + '.';
        for (const Package *package : packages) {
            finding.evidence.push_back(packageEvidence(context, *package, packageText(*package)));
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
