// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/badpackages.h"
#include "core/audit/deniedlicences.h"
#include "core/audit/endoflife.h"
#include "core/audit/evidence.h"
#include "core/audit/packagewords.h"
#include "core/audit/rules/supplyrules.h"
#include "core/base/glob.h"
#include "core/base/text.h"
#include "core/packages/purl.h"
#include "core/packages/replaced.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

namespace cutaway {

namespace {

/// What a language's package manager knows may be a distribution's own: then the distribution
/// mends it, under the version that it has.
bool isMendedByDistribution(const AuditContext &context, const Package &package)
{
    const Package *owner = context.packages->ownerOf(package.database);
    return !isOfDistribution(package.record.ecosystem) && owner != nullptr && owner != &package
           && isOfDistribution(owner->record.ecosystem);
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

/// Findings of several packages: those with the same key are one.
class Grouped
{
public:
    explicit Grouped(const AuditContext &context)
        : m_context(context)
    {}

    void add(const std::string &key, Severity severity, const Package &package, std::string text)
    {
        auto [found, isNew] = m_groups.try_emplace(key);
        Group &group = found->second;
        if (isNew) {
            group.finding = layerFinding(m_context.image, severity, installedBy(package));
            group.finding.fingerprint = key;
            group.first = packageText(package);
        }
        ++group.count;
        addBounded(group.finding, packageEvidence(m_context, package, std::move(text)));
    }

    /// "tool 1.0 is", "3 packages, as tool 1.0, are" before what `rest` says of the key.
    template<typename Rest>
    std::vector<Finding> take(Rest rest)
    {
        std::vector<Finding> findings;
        for (auto &[key, group] : m_groups) {
            tellRest(group.finding, group.count, "more package", "more packages");
            group.finding.summary = (group.count == 1 ? group.first + " is"
                                                      : formatNumber(group.count) + " packages, as "
                                                            + group.first + ", are")
                                    + rest(key);
            findings.push_back(std::move(group.finding));
        }
        return findings;
    }

private:
    struct Group
    {
        Finding finding;
        std::string first;
        std::uint64_t count = 0;
    };
    const AuditContext &m_context;
    std::map<std::string, Group> m_groups;
};

} // namespace

std::vector<Finding> knownBadPackage(const AuditContext &context)
{
    const BadPackages &list = BadPackages::builtIn();
    Grouped bad(context);
    Grouped denied(context);
    std::map<std::string, const BadPackages::Row *> rows;
    for (const Package &package : context.packages->list) {
        if (!package.isThere()) {
            continue;
        }
        const BadPackages::Row *row = list.find(package.record);
        if (row != nullptr && !isMendedByDistribution(context, package)) {
            const std::string key = std::string(ecosystemName(package.record.ecosystem)) + '\n'
                                    + package.record.name + '\n' + package.record.version;
            rows[key] = row;
            bad.add(key,
                    Severity::Critical,
                    package,
                    row->source + ", list of " + dayText(list.date()));
        } else if (const std::string *pattern = denial(context, package.record)) {
            denied.add(*pattern, Severity::High, package, packageText(package));
        }
    }
    std::vector<Finding> findings = bad.take([&](const std::string &key) {
        const BadPackages::Row &row = *rows.at(key);
        return " installed: " + row.what + " (" + row.id + ").";
    });
    std::ranges::move(denied.take([](const std::string &pattern) {
        return " installed, and the policy denies " + quoted(pattern) + '.';
    }),
                      std::back_inserter(findings));
    return findings;
}

std::vector<Finding> copyleft(const AuditContext &context)
{
    Grouped bound(context);
    for (const Package &package : context.packages->list) {
        const std::string &licence = licenceOf(package.record);
        if (package.isThere() && bindsTo(licence, context.settings.deniedLicences)) {
            bound.add(licence, Severity::Info, package, packageText(package));
        }
    }
    std::vector<Finding> findings =
        bound.take([](const std::string &licence) { return " under " + quoted(licence) + '.'; });
    for (Finding &finding : findings) {
        finding.confidence = Confidence::Likely;
    }
    return findings;
}

} // namespace cutaway
