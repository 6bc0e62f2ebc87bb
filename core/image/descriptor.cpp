// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/descriptor.h"

#include "core/base/text.h"
#include "core/image/jsonkind.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::size_t kTypeNameBytes = 127; ///< RFC 6838: each half of a media type
constexpr std::size_t kFaults = 16;         ///< kept of one descriptor

std::unexpected<Error> wrongKind(std::string_view member,
                                 const Json &value,
                                 std::string_view wanted)
{
    return fail(ErrorCode::InvalidInput,
                std::string(member) + " is " + std::string(kindName(value)) + ", not "
                    + std::string(wanted));
}

bool isAlnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isTypeName(std::string_view name)
{
    return !name.empty() && name.size() <= kTypeNameBytes && isAlnum(name.front())
           && std::ranges::all_of(name, [](char c) {
                  return isAlnum(c) || std::string_view("!#$&-^_.+").contains(c);
              });
}

bool isMediaType(std::string_view text)
{
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && isTypeName(text.substr(0, slash))
           && isTypeName(text.substr(slash + 1));
}

/// An absolute URI as far as its scheme tells (RFC 3986).
bool isUri(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !isAlnum(text.front())) {
        return false;
    }
    return std::ranges::all_of(
               text.substr(0, colon),
               [](char c) { return isAlnum(c) || std::string_view("+-.").contains(c); })
           && std::ranges::none_of(text, [](char c) { return c == ' ' || c == '<' || c == '>'; });
}

bool isBase64(std::string_view text)
{
    if (text.size() % 4 != 0) {
        return false;
    }
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    return std::ranges::all_of(text.substr(0, text.size() - padding),
                               [](char c) { return isAlnum(c) || c == '+' || c == '/'; });
}

void addFault(Descriptor &descriptor, std::string fault)
{
    if (descriptor.faults.size() < kFaults) {
        descriptor.faults.push_back(std::move(fault));
    }
}

Result<> readText(const Json &object, std::string_view member, std::string &into)
{
    const Json &value = object.anyCase(member);
    if (!value.isNull() && !value.isString()) {
        return wrongKind(member, value, "a text");
    }
    into = value.toString();
    return {};
}

Result<> readMediaTypes(const Json &object, Descriptor &descriptor)
{
    if (const auto read = readText(object, "mediaType", descriptor.mediaType); !read) {
        return read;
    }
    if (const auto read = readText(object, "artifactType", descriptor.artifactType); !read) {
        return read;
    }
    if (descriptor.mediaType.empty()) {
        addFault(descriptor, "mediaType is missing");
    } else if (!isMediaType(descriptor.mediaType)) {
        addFault(descriptor, "mediaType “" + displayText(descriptor.mediaType) + "” is none");
    }
    if (!descriptor.artifactType.empty() && !isMediaType(descriptor.artifactType)) {
        addFault(descriptor,
                 "artifactType “" + displayText(descriptor.artifactType) + "” is no media type");
    }
    return {};
}

Result<> readDigest(const Json &object, Descriptor &descriptor)
{
    const Json &value = object.anyCase("digest");
    if (value.isNull()) {
        return fail(ErrorCode::InvalidInput, "digest is missing");
    }
    if (!value.isString()) {
        return wrongKind("digest", value, "a text");
    }
    auto digest = Digest::parse(value.toString());
    if (!digest) {
        return std::unexpected(digest.error());
    }
    descriptor.digest = std::move(*digest);
    return {};
}

Result<> readSize(const Json &object, Descriptor &descriptor)
{
    const Json &value = object.anyCase("size");
    if (value.isNull()) {
        addFault(descriptor, "size is missing");
        return {};
    }
    const auto size = value.toInteger();
    if (!size) {
        const bool isNumber =
            value.kind() == Json::Kind::Integer || value.kind() == Json::Kind::Double;
        return isNumber
                   ? Result<>(fail(ErrorCode::InvalidInput, "size is no whole number of bytes"))
                   : Result<>(wrongKind("size", value, "a number"));
    }
    if (*size < 0) {
        addFault(descriptor, "size is negative (" + std::to_string(*size) + ")");
        return {};
    }
    descriptor.size = size;
    return {};
}

Result<> readUrls(const Json &object, Descriptor &descriptor)
{
    const Json &urls = object.anyCase("urls");
    if (!urls.isNull() && !urls.isArray()) {
        return wrongKind("urls", urls, "a list");
    }
    for (const Json &url : urls.elements()) {
        if (!url.isString()) {
            return wrongKind("an element of urls", url, "a text");
        }
        if (!isUri(url.toString())) {
            addFault(descriptor, "“" + displayText(url.toString()) + "” in urls is no URL");
        }
        descriptor.urls.push_back(url.toString());
    }
    return {};
}

Result<> readRest(const Json &object, Descriptor &descriptor)
{
    const Json &annotations = object.anyCase("annotations");
    if (!annotations.isNull() && !annotations.isObject()) {
        return wrongKind("annotations", annotations, "an object");
    }
    for (const auto &[key, value] : annotations.members()) {
        if (!value.isString()) {
            return wrongKind("annotation “" + displayText(key) + "”", value, "a text");
        }
        descriptor.annotations.insert_or_assign(key, value.toString());
    }
    const Json &platform = object.anyCase("platform");
    if (!platform.isNull() && !platform.isObject()) {
        return wrongKind("platform", platform, "an object");
    }
    descriptor.platform = Platform::ofJson(platform);
    const Json &data = object.anyCase("data");
    if (!data.isNull() && (!data.isString() || !isBase64(data.toString()))) {
        addFault(descriptor, "data is no base64");
    }
    return {};
}

} // namespace

Result<Descriptor> Descriptor::ofJson(const Json &object)
{
    if (!object.isObject()) {
        return wrongKind("the descriptor", object, "an object");
    }
    Descriptor descriptor;
    for (const auto &reader : {readMediaTypes, readDigest, readSize, readUrls, readRest}) {
        if (const auto read = reader(object, descriptor); !read) {
            return std::unexpected(read.error());
        }
    }
    return descriptor;
}

bool isIndexType(std::string_view mediaType)
{
    return mediaType == "application/vnd.oci.image.index.v1+json"
           || mediaType == "application/vnd.docker.distribution.manifest.list.v2+json";
}

bool isManifestType(std::string_view mediaType)
{
    return mediaType == "application/vnd.oci.image.manifest.v1+json"
           || mediaType == "application/vnd.docker.distribution.manifest.v2+json";
}

bool isConfigType(std::string_view mediaType)
{
    return mediaType == "application/vnd.oci.image.config.v1+json"
           || mediaType == "application/vnd.docker.container.image.v1+json";
}

bool isLayerType(std::string_view mediaType)
{
    static constexpr std::array<std::string_view, 3> kFamilies = {
        "application/vnd.oci.image.layer.",
        "application/vnd.docker.image.rootfs.diff.",
        "application/vnd.docker.image.rootfs.foreign.diff."};
    return std::ranges::any_of(
        kFamilies, [mediaType](std::string_view family) { return mediaType.starts_with(family); });
}

bool isForeignLayerType(std::string_view mediaType)
{
    return mediaType.starts_with("application/vnd.oci.image.layer.nondistributable.")
           || mediaType.starts_with("application/vnd.docker.image.rootfs.foreign.diff.");
}

} // namespace cutaway
