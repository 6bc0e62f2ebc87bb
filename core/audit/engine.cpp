// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/inspection.h"
#include "core/audit/rule.h"
#include "core/audit/rules/families.h"
#include "core/base/hash.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cutaway {

namespace {

constexpr std::uint64_t kIgnoreBelow = 64 * 1024;
constexpr std::uint64_t kLowFrom = 5 * 1024 * 1024;
constexpr std::uint64_t kMediumFrom = 50 * 1024 * 1024;

/// Why the rule cannot be asked of this image; empty when it can.
std::string unmetNeed(const Rule &rule, const Image &image)
{
    const auto needs = [&](Need need) { return (rule.needs & need) != 0; };
    if (needs(NeedsTree)
        && (image.tree == nullptr || std::ranges::none_of(image.layers, &Layer::isRead))) {
        return "no layer could be read";
    }
    if (needs(NeedsConfig) && !image.artifactType.empty()) {
        return "this is an artifact, without an image configuration";
    }
    if (needs(NeedsHistory) && image.config.history.empty()) {
        return "the image has no history";
    }
    if (needs(NeedsSeveralLayers) && image.layers.size() < 2) {
        return "the image has fewer than two layers";
    }
    return {};
}

/// Rules leave the key of their evidence in `fingerprint`; equal keys of one rule are numbered.
void fingerprint(std::vector<Finding> &findings)
{
    std::map<std::pair<std::string, std::string>, std::uint32_t> seen;
    for (Finding &finding : findings) {
        const std::uint32_t number = seen[{finding.ruleId, finding.fingerprint}]++;
        std::string key = finding.ruleId + '\n' + finding.fingerprint;
        if (number > 0) {
            key += '\n' + std::to_string(number);
        }
        finding.fingerprint = sha256Hex(key);
    }
}

bool comesFirst(const Finding &a, const Finding &b)
{
    return std::tie(b.severity, b.bytes, a.ruleId, a.layer, a.fingerprint)
           < std::tie(a.severity, a.bytes, b.ruleId, b.layer, b.fingerprint);
}

} // namespace

std::span<const Rule> allRules()
{
    static const std::vector<Rule> kRules = [] {
        std::vector<Rule> rules;
        for (const std::span<const Rule> family : {layerRules()}) {
            rules.insert(rules.end(), family.begin(), family.end());
        }
        return rules;
    }();
    return kRules;
}

const Rule *findRule(std::string_view id)
{
    const auto found = std::ranges::find(allRules(), id, &Rule::id);
    return found == allRules().end() ? nullptr : &*found;
}

std::optional<Severity> sizeSeverity(std::uint64_t bytes, std::uint64_t imageBytes)
{
    if (bytes < kIgnoreBelow) {
        return std::nullopt;
    }
    if (bytes >= kMediumFrom || bytes >= imageBytes / 10 + (imageBytes % 10 != 0 ? 1 : 0)) {
        return Severity::Medium;
    }
    return bytes < kLowFrom ? Severity::Info : Severity::Low;
}

Result<Inspection> audit(ImagePtr image, Analysis analysis, const Monitor &monitor)
{
    Inspection inspection{std::move(image), std::move(analysis), {}, {}};
    const AuditContext context{*inspection.image, inspection.analysis};
    for (const Rule &rule : allRules()) {
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        if (std::string reason = unmetNeed(rule, context.image); !reason.empty()) {
            inspection.skipped.push_back({rule.id, std::move(reason)});
            continue;
        }
        for (Finding &finding : rule.check(context)) {
            finding.ruleId = rule.id;
            inspection.findings.push_back(std::move(finding));
        }
    }
    fingerprint(inspection.findings);
    std::ranges::sort(inspection.findings, comesFirst);
    return inspection;
}

} // namespace cutaway
