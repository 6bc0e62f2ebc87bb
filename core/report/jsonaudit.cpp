// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/report/jsonparts.h"

#include <ranges>

namespace cutaway::jsonparts {
namespace {

Value evidenceList(const Finding &finding)
{
    Value list = Value::array();
    for (const Evidence &evidence : finding.evidence) {
        Value fact;
        if (!evidence.path.empty()) {
            setPath(fact, evidence.path);
        }
        fact["text"] = textOrNull(evidence.text);
        fact["layer"] = numberOrNull(evidence.layer);
        fact["bytes"] = evidence.bytes;
        fact["field"] = textOrNull(evidence.field);
        fact["step"] = numberOrNull(evidence.step);
        list.push_back(std::move(fact));
    }
    return list;
}

/// Points are told with three digits: what is behind them is noise of the sum.
double rounded(double points)
{
    constexpr double kParts = 1000;
    return static_cast<double>(
               static_cast<std::int64_t>(points * kParts + (points < 0 ? -0.5 : 0.5)))
           / kParts;
}

} // namespace

Value references(const Rule &rule)
{
    Value list = Value::array();
    std::string_view rest = rule.references;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::size_t second = std::min(rest.find('\n', end + 1), rest.size());
        list.push_back({{"title", rest.substr(0, end)},
                        {"url", rest.substr(std::min(end + 1, rest.size()), second - end - 1)}});
        rest.remove_prefix(std::min(second + 1, rest.size()));
    }
    return list;
}

Value aliases(const Rule &rule)
{
    Value list = Value::array();
    for (const auto &&alias : std::views::split(std::string_view(rule.aliases), ' ')) {
        if (!alias.empty()) {
            list.push_back(std::string(alias.begin(), alias.end()));
        }
    }
    return list;
}

Value findings(const Inspection &inspection)
{
    Value list = Value::array();
    for (const Finding &finding : inspection.findings) {
        const Rule *rule = findRule(finding.ruleId);
        Value item;
        item["rule"] = finding.ruleId;
        item["title"] = rule == nullptr ? Value(nullptr) : Value(rule->title);
        item["severity"] = severityName(finding.severity);
        item["confidence"] = confidenceName(finding.confidence);
        item["origin"] = originName(finding.origin);
        item["state"] = stateName(finding.state);
        item["summary"] = finding.summary;
        item["message"] = finding.summary;
        item["bytes"] = finding.bytes;
        item["points"] = rounded(finding.points);
        item["layer"] = numberOrNull(finding.layer);
        const bool hasLayer = finding.layer && *finding.layer < inspection.image->layers.size();
        item["layerDigest"] =
            hasLayer ? textOrNull(inspection.image->layers[*finding.layer].digest.text())
                     : Value(nullptr);
        item["fingerprint"] = finding.fingerprint;
        item["evidence"] = evidenceList(finding);
        if (rule != nullptr) {
            item["fix"] = rule->fix;
            item["refs"] = references(*rule);
            item["aliases"] = aliases(*rule);
        }
        list.push_back(std::move(item));
    }
    return list;
}

Value score(const Score &score)
{
    Value value;
    value["value"] = score.isKnown ? Value(rounded(score.value)) : Value(nullptr);
    value["grade"] = score.isKnown ? Value(std::string(1, score.grade)) : Value(nullptr);
    value["penalties"] = Value::array();
    for (const Score::Penalty &penalty : score.penalties) {
        value["penalties"].push_back({{"what", penalty.what},
                                      {"points", rounded(penalty.points)},
                                      {"reason", penalty.reason}});
    }
    value["ceilings"] = Value::array();
    for (const Score::Ceiling &ceiling : score.ceilings) {
        value["ceilings"].push_back(
            {{"grade", std::string(1, ceiling.grade)}, {"rule", ceiling.ruleId}});
    }
    return value;
}

Value skipped(const Inspection &inspection)
{
    Value list = Value::array();
    for (const SkippedRule &rule : inspection.skipped) {
        list.push_back({{"rule", rule.ruleId}, {"reason", rule.reason}});
    }
    return list;
}

} // namespace cutaway::jsonparts
