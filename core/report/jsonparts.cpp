// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/jsonparts.h"

#include "core/audit/redaction.h"
#include "core/base/text.h"
#include "core/report/layerfacts.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace cutaway::jsonparts {
namespace {

Value commandLine(const std::vector<std::string> &words, Secrets secrets, bool &redacted)
{
    RedactedWords shown = redactWords(words, secrets);
    redacted |= shown.redacted;
    return Value(std::move(shown.words));
}

/// A text that people wrote, or null.
Value proseOrNull(const std::string &text, Secrets secrets, bool &redacted)
{
    const Redacted shown = redactLine(text, secrets);
    redacted |= shown.redacted;
    return textOrNull(shown.text);
}

Value healthcheck(const std::optional<Healthcheck> &check, Secrets secrets, bool &redacted)
{
    if (!check) {
        return nullptr;
    }
    Value value;
    value["test"] = commandLine(check->test, secrets, redacted);
    value["interval"] = numberOrNull(check->interval);
    value["timeout"] = numberOrNull(check->timeout);
    value["startPeriod"] = numberOrNull(check->startPeriod);
    value["startInterval"] = numberOrNull(check->startInterval);
    value["retries"] = numberOrNull(check->retries);
    return value;
}

Value listOrNull(const std::optional<std::vector<std::string>> &list)
{
    return list ? Value(*list) : Value(nullptr);
}

Value config(const ImageConfig &config, Secrets secrets)
{
    bool redacted = false;
    Value value;
    value["user"] = config.user;
    value["workingDir"] = config.workingDir;
    value["entrypoint"] = config.entrypoint ? commandLine(*config.entrypoint, secrets, redacted)
                                            : listOrNull(config.entrypoint);
    value["cmd"] =
        config.cmd ? commandLine(*config.cmd, secrets, redacted) : listOrNull(config.cmd);
    value["env"] = Value::array();
    for (const std::string &variable : config.env) {
        Redacted shown = redactAssignment(variable, secrets);
        redacted |= shown.redacted;
        value["env"].push_back(std::move(shown.text));
    }
    value["labels"] = Value::object();
    for (const auto &[name, text] : config.labels) {
        Redacted shown = redactValue(name, text, secrets);
        redacted |= shown.redacted;
        value["labels"][name] = std::move(shown.text);
    }
    value["exposedPorts"] = config.exposedPorts;
    value["volumes"] = config.volumes;
    value["healthcheck"] = healthcheck(config.healthcheck, secrets, redacted);
    value["stopSignal"] = config.stopSignal;
    value["onBuild"] = commandLine(config.onBuild, secrets, redacted);
    value["shell"] = config.shell;
    if (redacted) {
        value["redacted"] = true;
    }
    return value;
}

std::string_view baseBy(BaseImage::By by)
{
    switch (by) {
    case BaseImage::By::Unknown: return "unknown";
    case BaseImage::By::User: return "user";
    case BaseImage::By::Annotation: return "annotation";
    case BaseImage::By::DiffIds: return "diff-ids";
    case BaseImage::By::History: return "history";
    }
    return "unknown";
}

Value layerRow(const Inspection &inspection, std::uint32_t index, Secrets secrets)
{
    const Layer &layer = inspection.image->layers[index];
    const LayerNumbers &numbers = inspection.analysis.layers[index];
    const HistoryEntry *step = historyOf(*inspection.image, index);
    Value row;
    row["index"] = index;
    row["digest"] = textOrNull(layer.digest.text());
    row["diffId"] = textOrNull(layer.diffId.text());
    row["mediaType"] = textOrNull(layer.descriptor.mediaType);
    row["compression"] = textOrNull(layer.compression);
    row["state"] = layerStateName(layer.state);
    row["problem"] = textOrNull(layer.problem);
    row["wireBytes"] = numberOrNull(layer.wireBytes);
    row["unpackedBytes"] = numberOrNull(layer.unpackedBytes);
    const auto ifRead = [&layer](std::uint64_t number) {
        return layer.isRead() ? Value(number) : Value(nullptr);
    };
    row["fileBytes"] = ifRead(numbers.fileBytes);
    row["shadowedBytes"] = ifRead(numbers.shadowedBytes);
    row["shadowedBy"] = layer.isRead() ? causes(numbers.shadowedBy) : Value(nullptr);
    row["hidesBytes"] = ifRead(numbers.hidesBytes);
    row["files"] = ifRead(numbers.files);
    row["directories"] = ifRead(numbers.directories);
    row["added"] = ifRead(numbers.added);
    row["modified"] = ifRead(numbers.modified);
    row["removed"] = ifRead(numbers.removed);
    row["created"] = step != nullptr ? textOrNull(step->created) : Value(nullptr);
    row["createdBy"] = nullptr;
    row["instruction"] = nullptr;
    if (step != nullptr) {
        const Redacted line = redactHistory(*step, secrets);
        row["createdBy"] = textOrNull(line.text);
        row["instruction"] = textOrNull(instructionOf(*step, secrets));
        if (line.redacted) {
            row["redacted"] = true;
        }
    }
    row["origin"] = layerOrigin(inspection, index);
    row["verified"] = layer.verified ? Value(*layer.verified) : Value(nullptr);
    row["verifiedEarlier"] = layer.verifiedEarlier;
    return row;
}

/// The character, or where it is not shown as it is, the escape that JSON has for it.
std::string jsonEscape(std::string_view character, const std::string &shown)
{
    if (shown == character) {
        return shown;
    }
    // "\x85", "\u202e", "\U0e0001"
    const auto code = static_cast<std::uint32_t>(std::strtoul(shown.c_str() + 2, nullptr, 16));
    std::array<char, 32> text{};
    if (code > 0xffff) {
        const std::uint32_t rest = code - 0x10000;
        std::snprintf(text.data(),
                      text.size(),
                      "\\u%04x\\u%04x",
                      0xd800 + (rest >> 10U),
                      0xdc00 + (rest & 0x3ffU));
    } else {
        std::snprintf(text.data(), text.size(), "\\u%04x", code);
    }
    return text.data();
}

/// JSON may hold control characters above U+007F, bidi controls and line separators as they are;
/// on a terminal or in an editor they do harm all the same, and as escapes they mean the same.
std::string withoutControls(std::string text)
{
    const auto isPlain = [](char c) { return c >= 0 && c != 0x7f; };
    const auto first = std::ranges::find_if_not(text, isPlain);
    if (first == text.end()) {
        return text;
    }
    std::string safe(text.begin(), first);
    safe.reserve(text.size());
    for (std::size_t at = safe.size(); at < text.size();) {
        if (isPlain(text[at])) {
            safe += text[at++];
            continue;
        }
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
        const std::string_view character = std::string_view(text).substr(at, length);
        safe += jsonEscape(character, displayText(character));
        at += length;
    }
    return safe;
}

} // namespace

Value document()
{
    Value value;
    value["schemaVersion"] = 1;
    value["tool"] = {{"name", "cutaway"}, {"version", CUTAWAY_VERSION}};
    return value;
}

std::string written(const Value &value)
{
    return withoutControls(value.dump(2, ' ', false, Value::error_handler_t::replace)) + '\n';
}

std::string writtenDeep(const Value &value, std::size_t depth)
{
    const std::string indent(depth * 2, ' ');
    std::string text;
    // Those of the texts are escaped: what is left stands between members.
    for (const char c :
         withoutControls(value.dump(2, ' ', false, Value::error_handler_t::replace))) {
        text += c;
        if (c == '\n') {
            text += indent;
        }
    }
    return text;
}

std::string writtenWithDive(const Value &report, const Inspection &inspection)
{
    std::string text = written(report);
    const std::vector<DiveNumbers::Row> &rows = inspection.analysis.dive.inefficient;
    // No text out of an image looks like this: the quotes in it would be escaped.
    constexpr std::string_view kPlace = "\n    \"inefficient\": null";
    const std::size_t place = text.find(kPlace);
    if (rows.empty() || place == std::string::npos) {
        return text;
    }
    const std::size_t begin = place + kPlace.size() - std::string_view("null").size();
    const std::string rest = text.substr(place + kPlace.size());
    text.resize(begin);
    text += '[';
    for (const DiveNumbers::Row &row : rows) {
        Value item;
        setPath(item, inspection.image->tree->path(row.node));
        item["count"] = row.count;
        item["bytes"] = row.bytes;
        text += &row == rows.data() ? "\n      " : ",\n      ";
        text += writtenDeep(item, 3);
    }
    return text + "\n    ]" + rest;
}

std::string writtenLine(const Value &value)
{
    return withoutControls(value.dump(-1, ' ', false, Value::error_handler_t::replace));
}

Value textOrNull(std::string_view text)
{
    return text.empty() ? Value(nullptr) : Value(text);
}

void setPath(Value &object, std::string_view path)
{
    JsonName name = jsonName(path);
    object["path"] = std::move(name.text);
    if (!name.exact) {
        object["pathBytes"] = base64(path);
    }
}

Value image(const Image &image, Secrets secrets)
{
    Value value;
    value["reference"] = replaceBadUtf8(image.reference);
    value["source"] = image.sourceName;
    value["digest"] = textOrNull(image.digest.text());
    value["mediaType"] = textOrNull(image.mediaType);
    value["artifactType"] = textOrNull(image.artifactType);
    value["tags"] = image.tags;
    value["platform"] = textOrNull(image.config.platform.text());
    value["created"] = textOrNull(image.config.created);
    bool redacted = false;
    value["author"] = proseOrNull(image.config.author, secrets, redacted);
    value["annotations"] = Value::object();
    for (const auto &[name, text] : image.annotations) {
        Redacted shown = redactValue(name, text, secrets);
        redacted |= shown.redacted;
        value["annotations"][name] = std::move(shown.text);
    }
    if (redacted) {
        value["redacted"] = true;
    }
    value["config"] = config(image.config, secrets);
    value["base"] = {
        {"reference", textOrNull(image.base.reference)},
        {"layers", knowsBaseLayers(image.base) ? Value(image.base.layers) : Value(nullptr)},
        {"by", baseBy(image.base.by)}};
    return value;
}

Value sizes(const Analysis &analysis)
{
    Value value;
    value["wire"] = analysis.wireBytes;
    value["unpacked"] = analysis.unpackedBytes;
    value["files"] = analysis.fileBytes;
    value["visible"] = analysis.visibleBytes;
    value["shadowed"] = analysis.shadowedBytes;
    value["duplicated"] = analysis.duplicatedBytes;
    return value;
}

Value causes(const std::array<std::uint64_t, kCauseCount> &bytes)
{
    Value value;
    for (std::size_t i = 1; i < bytes.size(); ++i) {
        value[std::string(causeName(static_cast<Cause>(i)))] = bytes[i];
    }
    return value;
}

Value dive(const DiveNumbers &numbers)
{
    Value value;
    value["efficiency"] = numbers.efficiency;
    value["sizeBytes"] = numbers.sizeBytes;
    value["userSizeBytes"] = numbers.userSizeBytes;
    value["wastedBytes"] = numbers.wastedBytes;
    value["userWastedPercent"] = numberOrNull(numbers.userWastedPercent);
    value["inefficient"] = numbers.inefficient.empty() ? Value::array() : Value(nullptr);
    return value;
}

Value layers(const Inspection &inspection, Secrets secrets)
{
    Value rows = Value::array();
    for (std::uint32_t i = 0; i < inspection.image->layers.size(); ++i) {
        rows.push_back(layerRow(inspection, i, secrets));
    }
    return rows;
}

Value history(const Image &image, Secrets secrets)
{
    Value steps = Value::array();
    for (const HistoryEntry &entry : image.config.history) {
        const Redacted line = redactHistory(entry, secrets);
        bool redacted = line.redacted;
        Value step;
        step["created"] = textOrNull(entry.created);
        step["createdBy"] = textOrNull(line.text);
        step["emptyLayer"] = entry.emptyLayer;
        step["comment"] = proseOrNull(entry.comment, secrets, redacted);
        step["author"] = proseOrNull(entry.author, secrets, redacted);
        step["layer"] = numberOrNull(entry.layer);
        if (redacted) {
            step["redacted"] = true;
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

Value notes(const Notes &notes)
{
    Value list = Value::array();
    for (const Note &note : notes.list()) {
        Value item;
        item["code"] = note.code;
        item["message"] = note.message;
        item["layer"] = numberOrNull(note.layer);
        if (!note.path.empty()) {
            setPath(item, note.path);
        }
        list.push_back(std::move(item));
    }
    return list;
}

} // namespace cutaway::jsonparts
