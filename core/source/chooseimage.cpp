// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/source/imagesource.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

namespace cutaway {

namespace {

using Candidates = std::vector<const ImageCandidate *>;

constexpr std::size_t kListed = 8;
constexpr std::size_t kShortestDigest = 6;

/// "nginx" as Docker understands it: docker.io/library/nginx, tag apart.
struct Name
{
    std::string repository;
    std::string tag; ///< empty = none given
};

Name takeApart(std::string_view text)
{
    Name name;
    const std::size_t slash = text.rfind('/');
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash)) {
        name.tag = text.substr(colon + 1);
        text = text.substr(0, colon);
    }
    for (const std::string_view prefix : {"docker.io/", "index.docker.io/", "library/"}) {
        if (text.starts_with(prefix)) {
            text.remove_prefix(prefix.size());
        }
    }
    name.repository = text;
    return name;
}

bool hasTag(const ImageCandidate &candidate, const std::function<bool(const std::string &)> &test)
{
    return std::ranges::any_of(candidate.tags, test);
}

Candidates filter(const Candidates &from, const std::function<bool(const ImageCandidate &)> &test)
{
    Candidates kept;
    std::ranges::copy_if(
        from, std::back_inserter(kept), [&](const auto *candidate) { return test(*candidate); });
    return kept;
}

bool isDigestOf(std::string_view wanted, const ImageCandidate &candidate)
{
    const std::string &digest = candidate.digest.text();
    return wanted.size() >= kShortestDigest
           && (digest.starts_with(wanted) || candidate.digest.hex().starts_with(wanted));
}

/// Those that the wish means, by the strictest reading that any of them answers.
Candidates answering(const Candidates &all, std::string_view wanted)
{
    const Name name = takeApart(wanted);
    const std::vector<std::function<bool(const std::string &)>> readings = {
        [&](const std::string &tag) { return tag == wanted; },
        [&](const std::string &tag) {
            const Name other = takeApart(tag);
            return !other.tag.empty() && other.repository == name.repository
                   && other.tag == (name.tag.empty() ? "latest" : name.tag);
        },
        [&](const std::string &tag) {
            return name.tag.empty() && takeApart(tag).repository == name.repository;
        },
        [&](const std::string &tag) { return takeApart(tag).tag == wanted; },
    };
    for (const auto &reading : readings) {
        auto found = filter(all, [&](const auto &candidate) { return hasTag(candidate, reading); });
        if (!found.empty()) {
            return found;
        }
    }
    return filter(all, [&](const auto &candidate) { return isDigestOf(wanted, candidate); });
}

std::string list(const Candidates &candidates)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(candidates.size(), kListed); ++i) {
        const ImageCandidate &candidate = *candidates[i];
        text += i == 0 ? "" : ", ";
        text += "@" + std::to_string(candidate.index);
        const std::string name =
            candidate.tags.empty() ? candidate.digest.shortText() : candidate.tags.front();
        text += name.empty() ? "" : " " + displayText(name);
        const std::string platform = candidate.platform.text();
        text += platform.empty() ? "" : " (" + displayText(platform) + ")";
    }
    return candidates.size() > kListed
               ? text + " and " + formatNumber(candidates.size() - kListed) + " more"
               : text;
}

/// Whether they are one image for several platforms: the same tags, all platforms different.
bool arePlatformsOfOne(const Candidates &candidates)
{
    std::set<std::string> platforms;
    return std::ranges::all_of(candidates, [&](const auto *candidate) {
        return !candidate->platform.isEmpty() && candidate->tags == candidates.front()->tags
               && platforms.insert(candidate->platform.text()).second;
    });
}

Result<std::uint32_t> chooseByPlatform(const Candidates &candidates, const Platform &platform)
{
    const auto fitting = filter(
        candidates, [&](const auto &candidate) { return candidate.platform.answers(platform); });
    if (fitting.size() == 1) {
        return fitting.front()->index;
    }
    if (fitting.size() > 1) {
        return fail(ErrorCode::InvalidInput,
                    "several images are for " + displayText(platform.text())
                        + "; choose one of: " + list(fitting));
    }
    if (candidates.size() == 1 && candidates.front()->platform.isEmpty()) {
        return candidates.front()->index;
    }
    return fail(ErrorCode::NotFound,
                "no image is for " + displayText(platform.text())
                    + "; there is: " + list(candidates));
}

Result<std::uint32_t> chooseByIndex(const std::vector<ImageCandidate> &candidates,
                                    std::string_view digits)
{
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        return fail(ErrorCode::InvalidInput, "\"@" + displayText(digits) + "\" is no image number");
    }
    const auto found = std::ranges::find(candidates, index, &ImageCandidate::index);
    if (found == candidates.end()) {
        return fail(ErrorCode::NotFound,
                    "there is no image @" + std::to_string(index) + "; the last is @"
                        + std::to_string(candidates.size() - 1));
    }
    return index;
}

} // namespace

Result<std::uint32_t> chooseImage(const std::vector<ImageCandidate> &candidates,
                                  std::string_view wanted,
                                  const Platform &platform)
{
    if (candidates.empty()) {
        return fail(ErrorCode::NotFound, "there is no image in it");
    }
    if (wanted.starts_with('@')) {
        return chooseByIndex(candidates, wanted.substr(1));
    }
    Candidates chosen;
    std::ranges::transform(
        candidates, std::back_inserter(chosen), [](const auto &candidate) { return &candidate; });
    if (!wanted.empty()) {
        auto meant = answering(chosen, wanted);
        if (meant.empty()) {
            return fail(ErrorCode::NotFound,
                        "no image is named \"" + displayText(wanted)
                            + "\"; there is: " + list(chosen));
        }
        chosen = std::move(meant);
    }
    const auto present = filter(chosen, [](const auto &candidate) { return candidate.present; });
    if (present.empty()) {
        return fail(ErrorCode::NotFound, "listed, but missing from this archive: " + list(chosen));
    }
    if (!platform.isEmpty()) {
        return chooseByPlatform(present, platform);
    }
    if (present.size() == 1) {
        return present.front()->index;
    }
    if (arePlatformsOfOne(present)) {
        const auto host = filter(present, [](const auto &candidate) {
            return candidate.platform.answers(Platform::host());
        });
        if (host.size() == 1) {
            return host.front()->index;
        }
    }
    // Which ones, the candidates tell.
    return fail(ErrorCode::InvalidInput,
                "there are " + std::to_string(present.size())
                    + " images here, and none was chosen");
}

} // namespace cutaway
