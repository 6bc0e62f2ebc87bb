// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/rulewords.h"

namespace cutaway::jsonparts {
namespace {

std::string_view kindOf(const Evidence &evidence)
{
    return !evidence.path.empty()    ? "file"
           : evidence.step           ? "history"
           : !evidence.field.empty() ? "config"
           : evidence.layer          ? "layer"
                                     : "note";
}

/// How the file stands in its layer, where it is known which entry is meant.
void addEntry(const Inspection &inspection, const Evidence &evidence, Value &fact)
{
    const PathTreePtr &tree = inspection.image->tree;
    if (tree == nullptr || evidence.entry >= tree->entryCount()) {
        return;
    }
    const Entry &entry = tree->entry(evidence.entry);
    const bool isHidden = entry.hiddenBy != kNoLayer;
    const bool isDeleted = entry.cause == Cause::DeletedFile
                           || entry.cause == Cause::DeletedDirectory
                           || entry.cause == Cause::Opaque;
    fact["mode"] = formatMode(entry.mode);
    fact["uid"] = entry.uid;
    fact["gid"] = entry.gid;
    fact["state"] = stateName(!isHidden   ? State::Visible
                              : isDeleted ? State::Deleted
                                          : State::Overwritten);
}

Value evidenceList(const Inspection &inspection, const Finding &finding)
{
    Value list = Value::array();
    for (const Evidence &evidence : finding.evidence) {
        Value fact;
        fact["kind"] = kindOf(evidence);
        if (!evidence.path.empty()) {
            setPath(fact, evidence.path);
        }
        fact["text"] = textOrNull(evidence.text);
        fact["layer"] = numberOrNull(evidence.layer);
        fact["bytes"] = evidence.bytes;
        fact["field"] = textOrNull(evidence.field);
        fact["step"] = numberOrNull(evidence.step);
        addEntry(inspection, evidence, fact);
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
    for (const RuleReference &reference : referencesOf(rule)) {
        list.push_back({{"title", reference.title}, {"url", reference.url}});
    }
    return list;
}

Value aliases(const Rule &rule)
{
    return aliasesOf(rule);
}

Value suppression(const Finding &finding)
{
    if (!finding.suppressed) {
        return nullptr;
    }
    const Suppression &suppression = *finding.suppressed;
    return {{"reason", suppression.reason},
            {"until", textOrNull(suppression.until)},
            {"owner", textOrNull(suppression.owner)},
            {"source", textOrNull(suppression.source)}};
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
        item["suppressed"] = suppression(finding);
        item["known"] = finding.isKnown;
        item["evidence"] = evidenceList(inspection, finding);
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
    value["gains"] = Value::array();
    for (const Score::Gain &gain : score.gains) {
        value["gains"].push_back({{"rule", gain.ruleId}, {"points", rounded(gain.points)}});
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
