// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rule.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/report/findingfacts.h"
#include "core/report/formats.h"
#include "core/report/githublimits.h"
#include "core/report/jsonparts.h"
#include "core/report/layerfacts.h"
#include "core/report/sarifrules.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cutaway {
namespace {

using jsonparts::Value;

/// Findings that become one result: of one rule and layer, all suppressed for one reason or not at
/// all, and all known of a baseline or none.
using Group = std::vector<const Finding *>;

std::vector<Group> groupsOf(const Inspection &inspection)
{
    using Key =
        std::tuple<std::string_view, std::optional<LayerIndex>, bool, std::string_view, bool>;
    std::map<Key, std::size_t> places;
    std::vector<Group> groups;
    for (const Finding &finding : inspection.findings) {
        const std::string_view reason =
            finding.suppressed ? std::string_view(finding.suppressed->reason) : std::string_view();
        const Key key{
            finding.ruleId, finding.layer, finding.suppressed.has_value(), reason, finding.isKnown};
        const auto [place, isNew] = places.emplace(key, groups.size());
        if (isNew) {
            groups.emplace_back();
        }
        groups[place->second].push_back(&finding);
    }
    return groups;
}

Value messageOf(std::string_view text)
{
    return {{"text", displayText(text)}};
}

/// A word on each of the first findings, and how many locations are left out.
Value messageOf(const Group &group, std::size_t leftOut)
{
    std::string text;
    const std::size_t told = std::min(group.size(), limits::kSarifSummaries);
    for (std::size_t i = 0; i < told; ++i) {
        text += (text.empty() ? "" : " ") + displayText(group[i]->summary);
    }
    if (told < group.size()) {
        text += " And " + formatCount(group.size() - told, "finding", "findings") + " more.";
    }
    if (leftOut > 0) {
        text += " " + formatCount(leftOut, "more place is", "more places are") + " not listed.";
    }
    return {{"text", std::move(text)}};
}

Value logicalLocation(const Inspection &inspection, LayerIndex layer)
{
    const Image &image = *inspection.image;
    const std::string step = instructionLine(image, layer, Secrets::Redacted);
    const std::string number = "layer " + std::to_string(layer);
    const std::string &digest = image.layers[layer].digest.text();
    return {{"name", step.empty() ? number : number + ": " + step},
            {"fullyQualifiedName", digest.empty() ? number : digest},
            {"kind", "layer"}};
}

Value locationOf(const Inspection &inspection, const EvidencePlace &place, const Evidence *evidence)
{
    Value artifact;
    artifact["uri"] = place.uri;
    if (place.isFile) {
        artifact["uriBaseId"] = "ROOTPATH";
    }
    Value location;
    location["physicalLocation"] = {{"artifactLocation", std::move(artifact)},
                                    {"region", {{"startLine", 1}}}};
    if (evidence == nullptr) {
        return location;
    }
    if (evidence->layer && *evidence->layer < inspection.image->layers.size()) {
        location["logicalLocations"] =
            Value::array({logicalLocation(inspection, *evidence->layer)});
    }
    if (std::string words = evidenceWords(*evidence); !words.empty()) {
        location["message"] = {{"text", std::move(words)}};
    }
    return location;
}

/// Files before steps and configuration: a viewer that shows one location shows the first.
Value locationsOf(const Inspection &inspection, const Group &group, std::size_t &leftOut)
{
    Value list = Value::array();
    leftOut = 0;
    for (const bool wantsFiles : {true, false}) {
        for (const Finding *finding : group) {
            for (const Evidence &evidence : finding->evidence) {
                const auto place = placeOf(*inspection.image, evidence);
                if (!place || place->isFile != wantsFiles) {
                    continue;
                }
                if (list.size() < limits::kSarifLocations) {
                    list.push_back(locationOf(inspection, *place, &evidence));
                } else {
                    ++leftOut;
                }
            }
        }
    }
    if (list.empty()) {
        list.push_back(locationOf(inspection, placeOf(*inspection.image, *group.front()), nullptr));
    }
    return list;
}

/// Of the one finding; several are known by their rule and the step that made their layer.
std::string fingerprintOf(const Inspection &inspection, const Group &group)
{
    const Finding &first = *group.front();
    if (group.size() == 1) {
        return first.fingerprint;
    }
    return sha256Hex(first.ruleId + '\n'
                     + (first.layer ? layerKey(*inspection.image, *first.layer) : "")
                     + (first.isKnown ? "\nknown" : ""));
}

Value resultOf(const Inspection &inspection, const Group &group)
{
    const Finding &worst = **std::ranges::max_element(
        group, {}, [](const Finding *finding) { return finding->severity; });
    std::size_t leftOut = 0;
    Value locations = locationsOf(inspection, group, leftOut);
    Value result;
    result["ruleId"] = worst.ruleId;
    if (const auto index = sarif::ruleIndex(worst.ruleId)) {
        result["ruleIndex"] = *index;
    }
    result["level"] = sarif::levelOf(worst.severity);
    result["message"] = messageOf(group, leftOut);
    result["locations"] = std::move(locations);
    result["partialFingerprints"] = {{"cutaway/v1", fingerprintOf(inspection, group)}};
    if (inspection.policy.hasBaseline) {
        result["baselineState"] = worst.isKnown ? "unchanged" : "new";
    }
    if (worst.suppressed) {
        result["suppressions"] =
            Value::array({{{"kind", "external"},
                           {"status", "accepted"},
                           {"justification", displayText(worst.suppressed->reason)}}});
    }
    Value fingerprints = Value::array();
    std::uint64_t bytes = 0;
    for (const Finding *finding : group) {
        bytes += finding->bytes;
        if (fingerprints.size() < limits::kSarifLocations) {
            fingerprints.push_back(finding->fingerprint);
        }
    }
    result["properties"] = {{"severity", severityName(worst.severity)},
                            {"confidence", confidenceName(worst.confidence)},
                            {"origin", originName(worst.origin)},
                            {"state", stateName(worst.state)},
                            {"findings", group.size()},
                            {"bytes", bytes},
                            {"fingerprints", std::move(fingerprints)}};
    return result;
}

/// A rule that was asked and found nothing, or was not asked.
Value silentResult(std::string_view ruleId, std::string_view kind, std::string_view words)
{
    Value result;
    result["ruleId"] = ruleId;
    if (const auto index = sarif::ruleIndex(ruleId)) {
        result["ruleIndex"] = *index;
    }
    result["kind"] = kind;
    result["level"] = "none";
    result["message"] = messageOf(words);
    return result;
}

void addSilentResults(const Inspection &inspection, Value &results)
{
    for (const Rule &rule : allRules()) {
        const auto skipped = std::ranges::find(inspection.skipped, rule.id, &SkippedRule::ruleId);
        if (skipped != inspection.skipped.end()) {
            results.push_back(silentResult(rule.id, "notApplicable", skipped->reason));
        } else if (std::ranges::find(inspection.findings, rule.id, &Finding::ruleId)
                   == inspection.findings.end()) {
            results.push_back(silentResult(rule.id, "pass", "Nothing was found."));
        }
    }
}

Value invocation(const Inspection &inspection, const std::string &timestamp)
{
    Value value;
    value["executionSuccessful"] = inspection.image->complete && inspection.analysis.complete;
    if (!timestamp.empty()) {
        value["endTimeUtc"] = timestamp;
    }
    value["toolExecutionNotifications"] = Value::array();
    for (const SkippedRule &skipped : inspection.skipped) {
        Value rule = {{"id", skipped.ruleId}};
        if (const auto index = sarif::ruleIndex(skipped.ruleId)) {
            rule["index"] = *index;
        }
        value["toolExecutionNotifications"].push_back(
            {{"descriptor", {{"id", "skipped"}}},
             {"associatedRule", std::move(rule)},
             {"level", "note"},
             {"message", messageOf("Not asked: " + skipped.reason)}});
    }
    return value;
}

/// "cutaway/registry.example.org/app/linux/amd64/"; without the last slash "amd64" would be read
/// as the name of this one run, and two platforms as one kind of run.
std::string automationId(const Image &image)
{
    std::string name = imageName(image);
    const std::size_t end = name.find('@');
    name.resize(std::min(end, name.size()));
    const std::size_t colon = name.rfind(':');
    if (colon != std::string::npos && name.find('/', colon) == std::string::npos) {
        name.resize(colon);
    }
    const std::string platform = image.config.platform.text();
    return displayText("cutaway/" + name + '/' + (platform.empty() ? "unknown" : platform) + '/');
}

Value propertiesOf(const Inspection &inspection, const AuditReportOptions &options)
{
    Value properties;
    properties["image"] = displayText(imageName(*inspection.image));
    for (const Provenance &part : provenanceOf(inspection, options.timestamp)) {
        properties[std::string(part.name)] = displayText(part.value);
    }
    properties["score"] = jsonparts::score(inspection.score);
    return properties;
}

} // namespace

std::string auditSarif(const Inspection &inspection, const AuditReportOptions &options)
{
    Value results = Value::array();
    for (const Group &group : groupsOf(inspection)) {
        if (results.size() < limits::kSarifResults) {
            results.push_back(resultOf(inspection, group));
        }
    }
    if (options.all) {
        addSilentResults(inspection, results);
    }
    Value run;
    run["tool"] = {{"driver", sarif::driver(inspection)}};
    run["invocations"] = Value::array({invocation(inspection, options.timestamp)});
    run["automationDetails"] = {{"id", automationId(*inspection.image)}};
    run["originalUriBaseIds"] = {
        {"ROOTPATH",
         {{"uri", "file:///"}, {"description", messageOf("The root of the image's files.")}}}};
    run["columnKind"] = "utf16CodeUnits";
    run["results"] = std::move(results);
    run["properties"] = propertiesOf(inspection, options);
    Value log;
    log["$schema"] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                     "sarif-schema-2.1.0.json";
    log["version"] = "2.1.0";
    log["runs"] = Value::array({std::move(run)});
    return jsonparts::written(log);
}

} // namespace cutaway
