// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/comparefacts.h"
#include "core/report/comparereport.h"
#include "core/report/fileswalk.h"
#include "core/report/jsonparts.h"
#include "core/report/jsonstream.h"
#include "core/report/layerfacts.h"

namespace cutaway {
namespace {

using jsonparts::Value;

Value sideOf(const Inspection &inspection)
{
    const Image &image = *inspection.image;
    return {{"reference", jsonparts::textOrNull(image.reference)},
            {"digest", jsonparts::textOrNull(image.digest.text())},
            {"tags", image.tags},
            {"platform", jsonparts::textOrNull(image.config.platform.text())},
            {"layers", image.layers.size()},
            {"complete", image.complete && inspection.analysis.complete},
            {"grade", inspection.score.isKnown ? Value(gradeName(inspection.score)) : nullptr},
            {"sizes", jsonparts::sizes(inspection.analysis)}};
}

Value layersOf(const Comparison &comparison, Secrets secrets)
{
    Value list = Value::array();
    for (const LayerPair &pair : comparison.layers.list) {
        Value row;
        row["change"] = kindName(pair.kind);
        row["before"] = jsonparts::numberOrNull(pair.before);
        row["after"] = jsonparts::numberOrNull(pair.after);
        const Image &image = pair.after ? *comparison.after->image : *comparison.before->image;
        const Layer &layer = image.layers[pair.after ? *pair.after : *pair.before];
        row["diffId"] = jsonparts::textOrNull(layer.diffId.text());
        row["instruction"] =
            jsonparts::textOrNull(compared::instructionOf(comparison, pair, secrets));
        row["beforeBytes"] =
            pair.before ? Value(compared::layerBytes(comparison.before, pair.before)) : nullptr;
        row["afterBytes"] =
            pair.after ? Value(compared::layerBytes(comparison.after, pair.after)) : nullptr;
        list.push_back(std::move(row));
    }
    return list;
}

Value entryOf(const PathTree &tree, EntryId id, std::uint64_t bytes)
{
    const Entry &inode = tree.entry(inodeOf(tree, id));
    Value value;
    value["type"] = entryTypeName(tree.effectiveType(id));
    value["bytes"] = bytes;
    value["mode"] = formatMode(inode.mode);
    value["uid"] = inode.uid;
    value["gid"] = inode.gid;
    value["mtime"] = jsonparts::textOrNull(formatTime(inode.mtime, inode.mtimeNsec));
    value["layer"] = tree.entry(id).layer;
    return value;
}

Value fileRow(const Comparison &comparison, const FileDifference &difference)
{
    Value row;
    jsonparts::setPath(row, compared::pathOf(comparison, difference.before, difference.after));
    const Value before = difference.before == kNone ? Value()
                                                    : entryOf(*comparison.before->image->tree,
                                                              difference.beforeEntry,
                                                              difference.beforeBytes);
    const Value after =
        difference.after == kNone
            ? Value()
            : entryOf(*comparison.after->image->tree, difference.afterEntry, difference.afterBytes);
    if (before.is_null() || after.is_null()) {
        row.update(before.is_null() ? after : before);
        return row;
    }
    row["changes"] = aspectNames(difference);
    row["before"] = before;
    row["after"] = after;
    return row;
}

void writeFiles(const Comparison &comparison, JsonStream &stream)
{
    using Kind = FileDifference::Kind;
    const FileDifferences &files = comparison.files;
    stream.beginObject("files");
    Value counts;
    for (const Kind kind :
         {Kind::Added, Kind::Removed, Kind::Modified, Kind::Metadata, Kind::Moved}) {
        counts[kindName(kind)] = files.count(kind);
    }
    counts["timeOnly"] = files.timeOnly;
    counts["unchanged"] = files.unchanged;
    stream.members({{"counts", std::move(counts)}});
    for (const Kind kind :
         {Kind::Added, Kind::Removed, Kind::Modified, Kind::Metadata, Kind::Moved}) {
        stream.beginList(kindName(kind));
        for (const FileDifference &difference : files.list) {
            if (difference.kind == kind) {
                stream.item(fileRow(comparison, difference));
            }
        }
        stream.endList();
    }
    stream.endObject();
    stream.beginList("directories");
    for (const DirectoryDifference &directory : files.directories) {
        Value row;
        jsonparts::setPath(row, compared::pathOf(comparison, directory.before, directory.after));
        row["before"] = directory.before == kNone ? Value() : Value(directory.beforeBytes);
        row["after"] = directory.after == kNone ? Value() : Value(directory.afterBytes);
        row["files"] = directory.differences;
        stream.item(row);
    }
    stream.endList();
}

Value settingsOf(const Comparison &comparison, SettingDifference::Area area, Secrets secrets)
{
    Value list = Value::array();
    for (const SettingDifference &setting : comparison.settings) {
        if (setting.area != area) {
            continue;
        }
        const Redacted before = shownSetting(setting, setting.before, secrets);
        const Redacted after = shownSetting(setting, setting.after, secrets);
        Value row;
        row["field"] = setting.field;
        row["name"] = jsonparts::textOrNull(setting.name);
        row["before"] = setting.before ? Value(before.text) : nullptr;
        row["after"] = setting.after ? Value(after.text) : nullptr;
        if (before.redacted || after.redacted) {
            row["redacted"] = true;
        }
        list.push_back(std::move(row));
    }
    return list;
}

Value stepsOf(const Comparison &comparison, Secrets secrets)
{
    const auto &first = comparison.before->image->config.history;
    const auto &second = comparison.after->image->config.history;
    Value list = Value::array();
    for (const StepPair &pair : comparison.steps) {
        const HistoryEntry &entry = pair.after ? second[*pair.after] : first[*pair.before];
        list.push_back({{"change",
                         pair.isSame() ? "same"
                         : pair.after  ? "added"
                                       : "removed"},
                        {"before", jsonparts::numberOrNull(pair.before)},
                        {"after", jsonparts::numberOrNull(pair.after)},
                        {"instruction", instructionOf(entry, secrets)}});
    }
    return list;
}

Value findingRow(const FindingPair &pair)
{
    const Finding &finding = pair.any();
    Value row;
    row["rule"] = finding.ruleId;
    row["severity"] = severityName(finding.severity);
    row["summary"] = finding.summary;
    row["bytes"] = finding.bytes;
    row["fingerprint"] = finding.fingerprint;
    if (pair.kind == FindingPair::Kind::Changed) {
        row["before"] = {{"severity", severityName(pair.before->severity)},
                         {"summary", pair.before->summary},
                         {"fingerprint", pair.before->fingerprint}};
    }
    if (pair.kind == FindingPair::Kind::NotAsked) {
        row["of"] = pair.after == nullptr ? "before" : "after";
    }
    return row;
}

Value findingsOf(const Comparison &comparison)
{
    using Kind = FindingPair::Kind;
    Value all;
    for (const Kind kind : {Kind::New, Kind::Fixed, Kind::Changed, Kind::Same, Kind::NotAsked}) {
        Value list = Value::array();
        for (const FindingPair &pair : comparison.findings) {
            if (pair.kind == kind) {
                list.push_back(findingRow(pair));
            }
        }
        all[kindName(kind)] = std::move(list);
    }
    return all;
}

Value packagesOf(const PackageDifferences &packages)
{
    using Kind = PackageDifference::Kind;
    if (!packages.isKnown) {
        return nullptr;
    }
    Value all = {{"same", packages.same}};
    for (const Kind kind :
         {Kind::Added, Kind::Removed, Kind::Upgraded, Kind::Downgraded, Kind::Changed}) {
        Value list = Value::array();
        for (const PackageDifference &difference : packages.list) {
            if (difference.kind != kind) {
                continue;
            }
            const auto versionOf = [](const Package *package) {
                return package == nullptr ? Value() : Value(package->record.version);
            };
            const auto weightOf = [](const Package *package) {
                return package == nullptr ? Value() : Value(package->weight());
            };
            const PackageRecord &record = difference.any().record;
            list.push_back({{"name", record.name},
                            {"ecosystem", ecosystemName(record.ecosystem)},
                            {"architecture", jsonparts::textOrNull(record.architecture)},
                            {"before", versionOf(difference.before)},
                            {"after", versionOf(difference.after)},
                            {"beforeBytes", weightOf(difference.before)},
                            {"afterBytes", weightOf(difference.after)}});
        }
        all[kindName(kind)] = std::move(list);
    }
    return all;
}

Value reasonsOf(const Comparison &comparison)
{
    Value list = Value::array();
    for (const VerdictReason &reason : comparison.reasons) {
        list.push_back({{"for", reason.isWorse ? "worse" : "better"}, {"text", reason.text}});
    }
    return list;
}

Value gateOf(const std::vector<GateCheck> &gate)
{
    if (gate.empty()) {
        return nullptr;
    }
    Value rules = Value::array();
    for (const GateCheck &check : gate) {
        rules.push_back(
            {{"rule", check.name}, {"result", stateName(check.state)}, {"message", check.message}});
    }
    return {{"result", isPassed(gate) ? "pass" : "fail"}, {"rules", std::move(rules)}};
}

} // namespace

void compareJson(const Comparison &comparison,
                 const std::vector<GateCheck> &gate,
                 Secrets secrets,
                 const Sink &sink)
{
    JsonStream stream(sink);
    stream.beginObject();
    Value head = jsonparts::document();
    head["verdict"] = verdictName(comparison.verdict);
    head["reasons"] = reasonsOf(comparison);
    head["gate"] = gateOf(gate);
    head["before"] = sideOf(*comparison.before);
    head["after"] = sideOf(*comparison.after);
    head["sharedLayers"] = comparison.layers.shared;
    head["layers"] = layersOf(comparison, secrets);
    stream.members(head);
    writeFiles(comparison, stream);
    stream.members(
        {{"config", settingsOf(comparison, SettingDifference::Area::Config, secrets)},
         {"contract", settingsOf(comparison, SettingDifference::Area::Contract, secrets)},
         {"steps", stepsOf(comparison, secrets)},
         {"findings", findingsOf(comparison)},
         {"packages", packagesOf(comparison.packages)}});
    stream.endObject();
    stream.finish();
}

} // namespace cutaway
