// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/redaction.h"
#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/base/words.h"
#include "core/packages/purl.h"
#include "core/report/sbom.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cutaway::sbom {
namespace {

constexpr std::string_view kAround = " \t\r\n\"'"; ///< what may stand around a name

/// "docker.io/library/app:1@sha256:…" taken apart.
struct ImageReference
{
    std::string_view name;
    std::string_view tag;
};

ImageReference referenceOf(const Image &image)
{
    std::string_view text = image.tags.empty() ? image.reference : image.tags.front();
    text = text.substr(0, text.find('@'));
    const std::size_t slash = text.rfind('/');
    // What is no tag may be a path of this machine: nobody else wants to know.
    if (image.tags.empty() && slash != std::string_view::npos && !image.registry) {
        text = text.substr(slash + 1);
    }
    const std::size_t last = text.rfind('/');
    const std::size_t colon = text.find(':', last == std::string_view::npos ? 0 : last);
    const bool hasTag = colon != std::string_view::npos;
    return {text.substr(0, colon), hasTag ? text.substr(colon + 1) : std::string_view()};
}

bool isEmail(std::string_view text)
{
    const std::size_t at = text.find('@');
    const auto isPlain = [](char c) {
        return isLetterOrDigit(c) || std::string_view(".-_+").contains(c);
    };
    return at != std::string_view::npos && at > 0 && at + 1 < text.size()
           && isLetterOrDigit(text.front()) && isLetterOrDigit(text.back())
           && isLetterOrDigit(text[at + 1]) && isLetterOrDigit(text[at - 1]) && !text.contains("..")
           && !text.contains("-.") && !text.contains(".-") && text.substr(at).contains('.')
           && std::ranges::all_of(text.substr(0, at), isPlain)
           && std::ranges::all_of(text.substr(at + 1), [](char c) {
                  return isLetterOrDigit(c) || c == '.' || c == '-';
              });
}

bool namesGroup(std::string_view name)
{
    constexpr std::array<std::string_view, 17> kWords = {"team",
                                                         "maintainers",
                                                         "developers",
                                                         "group",
                                                         "project",
                                                         "list",
                                                         "inc",
                                                         "ltd",
                                                         "gmbh",
                                                         "llc",
                                                         "foundation",
                                                         "contributors",
                                                         "corp",
                                                         "community",
                                                         "packagers",
                                                         "authors",
                                                         "software"};
    const std::string words = ' ' + lowered(name) + ' ';
    return std::ranges::any_of(kWords, [&words](std::string_view word) {
        const std::size_t at = words.find(word);
        return at != std::string::npos && !isLetterOrDigit(words[at - 1])
               && !isLetterOrDigit(words[at + word.size()]);
    });
}

} // namespace

std::string imageName(const Image &image)
{
    const std::string_view name = referenceOf(image).name;
    return name.empty() ? "image" : replaceBadUtf8(name);
}

const Digest &imageDigest(const Image &image)
{
    return image.digest.isEmpty() ? image.configDigest : image.digest;
}

std::string imagePurl(const Image &image)
{
    const ImageReference reference = referenceOf(image);
    const std::string repository = lowered(imageName(image));
    const std::size_t slash = repository.rfind('/');
    // The version of the type's URLs is the manifest's digest and nothing else.
    const bool hasManifest = isManifestType(image.mediaType);
    return purlOf("oci",
                  std::string_view(repository).substr(slash + 1), // npos + 1 is 0
                  hasManifest ? image.digest.text() : std::string(),
                  {{"arch", image.config.platform.architecture},
                   {"repository_url", slash == std::string::npos ? std::string() : repository},
                   {"tag", replaceBadUtf8(reference.tag)}});
}

std::vector<Label> labelsOf(const Image &image)
{
    std::vector<Label> labels;
    for (const auto &[name, value] : image.config.labels) {
        labels.push_back({name, redactValue(name, value, Secrets::Redacted).text});
    }
    return labels;
}

std::optional<Party> partyOf(std::string_view text)
{
    Party party;
    const std::size_t open = text.find('<');
    const std::size_t close = text.find('>', open);
    if (open != std::string_view::npos && close != std::string_view::npos) {
        const std::string_view email = trimmed(text.substr(open + 1, close - open - 1), kAround);
        party.email = isEmail(email) ? email : std::string_view();
    }
    // Parentheses stand around the address in SPDX.
    party.name = replaceBadUtf8(trimmed(text.substr(0, open), kAround));
    std::erase_if(party.name, [](char c) { return c == '(' || c == ')' || c == '\n'; });
    if (party.name.empty()) {
        party.name = party.email;
    }
    if (party.name.empty()) {
        return std::nullopt;
    }
    party.isPerson = !party.email.empty() && !namesGroup(party.name) && party.name != party.email;
    return party;
}

std::optional<std::string> urlOf(std::string_view text)
{
    text = trimmed(text, kAround);
    constexpr std::array<std::string_view, 3> kSchemes = {"https://", "http://", "ftp://"};
    const auto *const scheme = std::ranges::find_if(
        kSchemes, [text](std::string_view known) { return text.starts_with(known); });
    if (scheme == kSchemes.end()) {
        return std::nullopt;
    }
    const std::string_view rest = text.substr(scheme->size());
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    const bool isHost = !host.empty() && std::ranges::all_of(host, [](char c) {
        return isLetterOrDigit(c) || c == '.' || c == '-' || c == ':';
    });
    const bool isPath =
        std::ranges::all_of(rest,
                            [](char c) {
                                return isLetterOrDigit(c)
                                       || std::string_view(".-_~:/?#@!$&'()*+,;=").contains(c);
                            })
        && std::ranges::count(rest, '#') <= 1;
    const std::size_t colon = host.find(':');
    const bool isPort = colon == std::string_view::npos
                        || (colon > 0 && colon + 1 < host.size()
                            && std::ranges::all_of(host.substr(colon + 1),
                                                   [](char c) { return c >= '0' && c <= '9'; }));
    return isHost && isPath && isPort ? std::optional(std::string(text)) : std::nullopt;
}

} // namespace cutaway::sbom
