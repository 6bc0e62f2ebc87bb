// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/schema1.h"

#include "core/base/base64.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/base/words.h"

namespace cutaway {

namespace {

constexpr const char *kLayerType = "application/vnd.docker.image.rootfs.diff.tar.gzip";
constexpr std::size_t kMostSchema1Layers = 1000; ///< Docker made 127 at the most
constexpr const char *kManifestType = "application/vnd.docker.distribution.manifest.v1+prettyjws";

std::unexpected<Error> refuse(const std::string &why)
{
    return fail(ErrorCode::InvalidInput, "the manifest of schema 1 " + why);
}

/// A text as JSON; it is valid UTF-8.
std::string quoted(std::string_view text)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string json = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < ' ') {
            json += "\\u00";
            json += kHex[byte >> 4U];
            json += kHex[byte & 15U];
            continue;
        }
        if (c == '"' || c == '\\') {
            json += '\\';
        }
        json += c;
    }
    return json + '"';
}

/// A step of the history, of what Docker knew of one layer.
std::string stepOf(const Json &layer)
{
    std::vector<std::string> words;
    for (const Json &word : layer["container_config"]["Cmd"].elements()) {
        words.push_back(word.toString());
    }
    std::string step = "{\"created_by\":" + quoted(joined(words));
    for (const char *member : {"created", "author", "comment"}) {
        if (layer[member].isString() && !layer[member].toString().empty()) {
            step += std::string(",\"") + member + "\":" + quoted(layer[member].toString());
        }
    }
    return step + (layer["throwaway"].toBool() ? ",\"empty_layer\":true}" : "}");
}

/// What the newest layer says of the image, with the history of all in it: of two members of one
/// name the later counts.
std::string configOf(std::string_view newest, const std::string &history)
{
    const std::string_view object = trimmed(newest);
    const std::string_view open = object.substr(0, object.size() - 1);
    const std::string comma = trimmed(open).ends_with('{') ? "" : ",";
    return std::string(open) + comma
           + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\"history\":[" + history + "]}";
}

/// Where the payload ended, and with what.
struct Format
{
    std::size_t length = 0;
    std::string tail;
};
Result<Format> formatOf(const Json &signature)
{
    const auto text = base64Decoded(signature["protected"].toString());
    const auto parsed = text ? parseJson(*text, "its signature")
                             : Result<ParsedJson>(refuse("has a signature that is none"));
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const auto length = parsed->value["formatLength"].toInteger();
    const auto tail = base64Decoded(parsed->value["formatTail"].toString());
    if (!length || *length < 0 || !tail) {
        return refuse("has a signature that does not say of what");
    }
    return Format{static_cast<std::size_t>(*length), *tail};
}

} // namespace

bool isSchema1Text(std::string_view text)
{
    const auto parsed = parseJson(text, "the manifest");
    return parsed && parsed->value.isObject()
           && (parsed->value["schemaVersion"].toInteger() == 1
               || (parsed->value["schemaVersion"].isNull() && parsed->value["fsLayers"].isArray()));
}

Result<std::string> schema1Payload(std::string_view text)
{
    const auto parsed = parseJson(text, "the manifest");
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const std::vector<Json> &signatures = parsed->value["signatures"].elements();
    if (signatures.empty()) {
        return std::string(text);
    }
    const Result<Format> first = formatOf(signatures.front());
    if (!first) {
        return std::unexpected(first.error());
    }
    for (const Json &signature : signatures) {
        const Result<Format> other = formatOf(signature);
        if (!other || other->length != first->length || other->tail != first->tail) {
            return refuse("has signatures of different texts");
        }
    }
    if (first->length > text.size()) {
        return refuse("is shorter than what was signed");
    }
    return std::string(text.substr(0, first->length)) + first->tail;
}

Result<Schema1Image> parseSchema1(std::string_view text)
{
    const auto parsed = parseJson(text, "the manifest");
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const std::vector<Json> &layers = parsed->value["fsLayers"].elements();
    const std::vector<Json> &histories = parsed->value["history"].elements();
    if (layers.empty() || layers.size() != histories.size()) {
        return refuse(layers.empty() ? "has no layers" : "does not have as many steps as layers");
    }
    if (layers.size() > kMostSchema1Layers) {
        return fail(ErrorCode::LimitExceeded,
                    "the manifest of schema 1 has more than " + formatNumber(kMostSchema1Layers)
                        + " layers");
    }
    Schema1Image image;
    image.manifest.mediaType = kManifestType;
    std::string history;
    for (std::size_t i = layers.size(); i-- > 0;) {
        const std::string &known = histories[i]["v1Compatibility"].toString();
        const auto layer = parseJson(known, "a layer's v1Compatibility");
        auto digest = Digest::parse(layers[i]["blobSum"].toString());
        if (!layer || !digest) {
            return std::unexpected(!layer ? layer.error() : digest.error());
        }
        if (!layer->value.isObject()) {
            return refuse("has a layer of which nothing is known");
        }
        history += (history.empty() ? "" : ",") + stepOf(layer->value);
        if (!layer->value["throwaway"].toBool()) {
            Descriptor descriptor;
            descriptor.mediaType = kLayerType;
            descriptor.digest = std::move(*digest);
            image.manifest.layers.push_back(std::move(descriptor));
        }
    }
    image.configText = configOf(histories.front()["v1Compatibility"].toString(), history);
    return image;
}

} // namespace cutaway
