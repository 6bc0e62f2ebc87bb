// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/imagename.h"

#include "core/base/ascii.h"
#include "core/base/text.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::size_t kTagBytes = 128;
constexpr std::size_t kNameBytes = 255;
constexpr std::size_t kShownBytes = 200;

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isTag(std::string_view tag)
{
    return !tag.empty() && tag.size() <= kTagBytes
           && (isLetterOrDigit(tag.front()) || tag.front() == '_')
           && std::ranges::all_of(
               tag, [](char c) { return isLetterOrDigit(c) || c == '_' || c == '.' || c == '-'; });
}

/// One part of the path: lowercase letters and digits, between them one dot, one or two underscores
/// or any number of hyphens.
bool isPathPart(std::string_view part)
{
    std::size_t at = 0;
    while (at < part.size() && (isLower(part[at]) || isDigit(part[at]))) {
        ++at;
        std::size_t end = at;
        while (end < part.size() && (part[end] == '.' || part[end] == '_' || part[end] == '-')) {
            ++end;
        }
        const std::string_view separator = part.substr(at, end - at);
        const bool isHyphens = separator.find_first_not_of('-') == std::string_view::npos;
        if (!isHyphens && separator != "." && separator != "_" && separator != "__") {
            return false;
        }
        if (end == part.size()) {
            return separator.empty();
        }
        at = end;
    }
    return false;
}

bool isPath(std::string_view path)
{
    if (path.empty() || path.size() > kNameBytes) {
        return false;
    }
    while (true) {
        const std::size_t slash = path.find('/');
        if (!isPathPart(path.substr(0, slash))) {
            return false;
        }
        if (slash == std::string_view::npos) {
            return true;
        }
        path.remove_prefix(slash + 1);
    }
}

bool isHostLabel(std::string_view label)
{
    return !label.empty() && isLetterOrDigit(label.front()) && isLetterOrDigit(label.back())
           && std::ranges::all_of(label, [](char c) { return isLetterOrDigit(c) || c == '-'; });
}

bool isPort(std::string_view port)
{
    return !port.empty() && std::ranges::all_of(port, isDigit);
}

bool isDomain(std::string_view domain)
{
    if (domain.starts_with('[')) {
        const std::size_t close = domain.find(']');
        if (close == std::string_view::npos) {
            return false;
        }
        const std::string_view address = domain.substr(1, close - 1);
        const std::string_view rest = domain.substr(close + 1);
        return !address.empty() && std::ranges::all_of(address, [](char c) {
            return isLetterOrDigit(c) || c == ':';
        }) && (rest.empty() || (rest.starts_with(':') && isPort(rest.substr(1))));
    }
    const std::size_t colon = domain.find(':');
    if (colon != std::string_view::npos && !isPort(domain.substr(colon + 1))) {
        return false;
    }
    std::string_view host = domain.substr(0, colon);
    while (true) {
        const std::size_t dot = host.find('.');
        if (!isHostLabel(host.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        host.remove_prefix(dot + 1);
    }
}

/// The first part of a name is a registry when it looks like a host rather than a user.
bool looksLikeDomain(std::string_view part)
{
    return part == "localhost" || part.find_first_of(".:[") != std::string_view::npos
           || std::ranges::any_of(part, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::unexpected<Error> refuse(std::string_view text)
{
    return fail(ErrorCode::InvalidInput,
                "“" + displayText(text.substr(0, kShownBytes))
                    + "” is no image name, as in nginx:1.27 or registry.example/team/app:2");
}

} // namespace

Result<ImageName> ImageName::parse(std::string_view text)
{
    ImageName name;
    std::string_view rest = text;
    if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
        auto digest = Digest::parse(rest.substr(at + 1));
        if (!digest) {
            return refuse(text);
        }
        name.digest = std::move(*digest);
        rest = rest.substr(0, at);
    }
    const std::size_t lastSlash = rest.rfind('/');
    const std::size_t colon = rest.find(':', lastSlash == std::string_view::npos ? 0 : lastSlash);
    if (colon != std::string_view::npos) {
        name.tag = rest.substr(colon + 1);
        rest = rest.substr(0, colon);
        if (!isTag(name.tag)) {
            return refuse(text);
        }
    } else if (name.digest.isEmpty()) {
        name.tag = "latest";
    }
    const std::size_t slash = rest.find('/');
    if (slash != std::string_view::npos && looksLikeDomain(rest.substr(0, slash))) {
        name.domain = rest.substr(0, slash);
        name.path = rest.substr(slash + 1);
    } else {
        name.domain = "docker.io";
        name.path = rest;
    }
    if (name.domain == "index.docker.io") {
        name.domain = "docker.io";
    }
    if (name.domain == "docker.io" && !name.path.empty() && !name.path.contains('/')) {
        name.path = "library/" + name.path;
    }
    if (!isDomain(name.domain) || !isPath(name.path)) {
        return refuse(text);
    }
    return name;
}

Result<ImageName> ImageName::ofArchive(std::string_view text)
{
    if (text.find_first_of("/:@") != std::string_view::npos) {
        return parse(text);
    }
    ImageName name;
    name.tag = text;
    return name;
}

std::string ImageName::text() const
{
    std::string result = domain + "/" + path;
    if (!tag.empty()) {
        result += ":" + tag;
    }
    if (!digest.isEmpty()) {
        result += "@" + digest.text();
    }
    return result;
}

bool sameImageName(std::string_view one, std::string_view other)
{
    if (one == other) {
        return true;
    }
    const auto first = ImageName::parse(one);
    const auto second = ImageName::parse(other);
    return first && second && *first == *second;
}

} // namespace cutaway
