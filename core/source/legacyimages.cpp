// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/source/dockermanifest.h"

#include <algorithm>
#include <map>
#include <set>

namespace cutaway {

namespace {

void writeText(std::string &out, std::string_view text)
{
    static constexpr std::string_view kHexDigits = "0123456789abcdef";
    out += '"';
    for (const char character : text) {
        const auto code = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            out += '\\';
            out += character;
        } else if (code < 0x20) {
            out += "\\u00";
            out += kHexDigits[code >> 4];
            out += kHexDigits[code & 15];
        } else {
            out += character;
        }
    }
    out += '"';
}

/// As JSON text again. Depth is bounded by limits::kJsonDepth, as parsing was.
void writeJson(std::string &out, const Json &value)
{
    switch (value.kind()) {
    case Json::Kind::Bool: out += value.toBool() ? "true" : "false"; return;
    case Json::Kind::Integer: out += std::to_string(value.toInteger().value_or(0)); return;
    case Json::Kind::String: writeText(out, value.toString()); return;
    case Json::Kind::Array: {
        out += '[';
        const char *comma = "";
        for (const Json &element : value.elements()) {
            out += comma;
            writeJson(out, element);
            comma = ",";
        }
        out += ']';
        return;
    }
    case Json::Kind::Object: {
        out += '{';
        const char *comma = "";
        for (const auto &[key, member] : value.members()) {
            out += comma;
            writeText(out, key);
            out += ':';
            writeJson(out, member);
            comma = ",";
        }
        out += '}';
        return;
    }
    case Json::Kind::Null:
    case Json::Kind::Double: out += "null"; return;
    }
}

std::string joined(const Json &words)
{
    std::string text;
    for (const Json &word : words.elements()) {
        if (!text.empty()) {
            text += ' ';
        }
        text += word.toString();
    }
    return text;
}

void writeHistory(std::string &out, const Json &step)
{
    out += "{\"created\":";
    writeText(out, step["created"].toString());
    out += ",\"author\":";
    writeText(out, step["author"].toString());
    out += ",\"comment\":";
    writeText(out, step["comment"].toString());
    out += ",\"created_by\":";
    writeText(out, joined(step["container_config"]["Cmd"]));
    out += '}';
}

std::string configOf(const std::vector<const Json *> &steps)
{
    const Json &top = *steps.back();
    std::string out = "{";
    for (const std::string_view key :
         {"architecture", "variant", "os", "created", "author", "docker_version", "config"}) {
        if (!top[key].isNull()) {
            writeText(out, key);
            out += ':';
            writeJson(out, top[key]);
            out += ',';
        }
    }
    out += "\"history\":[";
    for (std::size_t i = 0; i < steps.size(); ++i) {
        out += i == 0 ? "" : ",";
        writeHistory(out, *steps[i]);
    }
    return out + "]}";
}

using Steps = std::map<std::string, Json>;

Result<Steps> readSteps(const FileStore &files)
{
    Steps steps;
    for (const std::string &id : files.directoriesWith("json")) {
        const auto text = files.readText(id + "/json");
        if (!text) {
            return std::unexpected(text.error());
        }
        auto parsed = parseJson(*text, displayText(id) + "/json", BadUtf8::Replace);
        if (!parsed) {
            return std::unexpected(parsed.error());
        }
        steps.emplace(id, std::move(parsed->value));
    }
    return steps;
}

/// Tags by image id.
Result<std::map<std::string, std::vector<std::string>>> readRepositories(const FileStore &files)
{
    std::map<std::string, std::vector<std::string>> tags;
    if (!files.contains("repositories")) {
        return tags;
    }
    const auto text = files.readText("repositories");
    const auto parsed =
        text ? parseJson(*text, "repositories") : Result<ParsedJson>(std::unexpected(text.error()));
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    for (const auto &[name, versions] : parsed->value.members()) {
        for (const auto &[tag, id] : versions.members()) {
            tags[id.toString()].push_back(name + ":" + tag);
        }
    }
    return tags;
}

Result<LegacyImage> readImage(const FileStore &files, const Steps &steps, const std::string &head)
{
    LegacyImage image;
    image.id = head;
    std::vector<const Json *> chain;
    std::set<std::string> seen;
    for (std::string id = head; !id.empty();) {
        const auto step = steps.find(id);
        if (step == steps.end()) {
            return fail(ErrorCode::Corrupt, "the layer " + displayText(id) + " has no json file");
        }
        if (!seen.insert(id).second) {
            return fail(ErrorCode::Corrupt,
                        "the layer " + displayText(id) + " is its own ancestor");
        }
        if (chain.size() >= limits::kMostLayers) {
            return fail(ErrorCode::LimitExceeded,
                        "more than " + formatNumber(limits::kMostLayers) + " layers");
        }
        const auto layer = files.resolve(id + "/layer.tar");
        if (!layer) {
            return std::unexpected(layer.error());
        }
        image.layers.push_back(*layer);
        chain.push_back(&step->second);
        id = step->second["parent"].toString();
    }
    if (chain.empty()) {
        return fail(ErrorCode::Corrupt, "a tag in repositories names no layer");
    }
    std::ranges::reverse(image.layers);
    std::ranges::reverse(chain);
    image.configText = configOf(chain);
    image.platform = Platform::ofJson(*chain.back());
    return image;
}

} // namespace

Result<std::vector<LegacyImage>> readLegacyImages(const FileStore &files)
{
    const auto steps = readSteps(files);
    if (!steps) {
        return std::unexpected(steps.error());
    }
    const auto tags = readRepositories(files);
    if (!tags) {
        return std::unexpected(tags.error());
    }
    std::set<std::string> heads;
    for (const auto &[id, step] : *steps) {
        heads.insert(id);
    }
    for (const auto &[id, step] : *steps) {
        heads.erase(step["parent"].toString());
    }
    for (const auto &[id, names] : *tags) {
        heads.insert(id);
    }
    std::vector<LegacyImage> images;
    std::size_t total = 0;
    for (const std::string &head : heads) {
        auto image = readImage(files, *steps, head);
        if (!image) {
            return failIn("image " + displayText(head), image.error());
        }
        if (const auto named = tags->find(head); named != tags->end()) {
            image->tags = named->second;
        }
        total += image->layers.size();
        if (total > limits::kImages) {
            return fail(ErrorCode::LimitExceeded, "the archive names too many images");
        }
        images.push_back(std::move(*image));
    }
    if (images.empty()) {
        return fail(ErrorCode::Corrupt, "the archive names no image");
    }
    return images;
}

} // namespace cutaway
