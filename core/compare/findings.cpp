// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/parts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cutaway {
namespace {

using Kind = FindingPair::Kind;

std::set<std::string_view> skippedRules(const Inspection &inspection)
{
    std::set<std::string_view> rules;
    for (const SkippedRule &skipped : inspection.skipped) {
        rules.insert(skipped.ruleId);
    }
    return rules;
}

/// Where a finding is, whatever it says: its rule, the first path and the first setting.
std::string placeOf(const Finding &finding)
{
    std::string path;
    std::string field;
    for (const Evidence &evidence : finding.evidence) {
        path = path.empty() ? evidence.path : path;
        field = field.empty() ? evidence.field : field;
    }
    return finding.ruleId + '\0' + path + '\0' + field;
}

using Left = std::map<std::string, std::vector<const Finding *>, std::less<>>;

/// Takes the first finding of that key out; nullptr where there is none.
const Finding *taken(Left &left, const std::string &key)
{
    const auto found = left.find(key);
    if (found == left.end() || found->second.empty()) {
        return nullptr;
    }
    const Finding *finding = found->second.front();
    found->second.erase(found->second.begin());
    return finding;
}

} // namespace

std::vector<FindingPair> pairFindings(const Inspection &before, const Inspection &after)
{
    Left byFingerprint;
    for (const Finding &finding : before.findings) {
        if (!finding.suppressed) {
            byFingerprint[finding.fingerprint].push_back(&finding);
        }
    }
    std::vector<FindingPair> pairs;
    std::vector<const Finding *> news;
    for (const Finding &finding : after.findings) {
        if (finding.suppressed) {
            continue;
        }
        if (const Finding *first = taken(byFingerprint, finding.fingerprint)) {
            const bool isSame = first->severity == finding.severity;
            pairs.push_back({isSame ? Kind::Same : Kind::Changed, first, &finding});
        } else {
            news.push_back(&finding);
        }
    }
    Left byPlace;
    for (const Finding &finding : before.findings) { // severest first
        const auto found = byFingerprint.find(finding.fingerprint);
        if (found != byFingerprint.end()
            && std::ranges::find(found->second, &finding) != found->second.end()) {
            byPlace[placeOf(finding)].push_back(&finding);
        }
    }
    const std::set<std::string_view> skippedBefore = skippedRules(before);
    const std::set<std::string_view> skippedAfter = skippedRules(after);
    for (const Finding *finding : news) {
        const Finding *first = taken(byPlace, placeOf(*finding));
        pairs.push_back({first != nullptr                          ? Kind::Changed
                         : skippedBefore.contains(finding->ruleId) ? Kind::NotAsked
                                                                   : Kind::New,
                         first,
                         finding});
    }
    for (const auto &[place, findings] : byPlace) {
        for (const Finding *finding : findings) {
            const bool isUnknown = skippedAfter.contains(finding->ruleId);
            pairs.push_back({isUnknown ? Kind::NotAsked : Kind::Fixed, finding, nullptr});
        }
    }
    std::ranges::stable_sort(pairs, [](const FindingPair &a, const FindingPair &b) {
        return std::tuple(a.kind, b.any().severity, a.any().ruleId)
               < std::tuple(b.kind, a.any().severity, b.any().ruleId);
    });
    return pairs;
}

} // namespace cutaway
