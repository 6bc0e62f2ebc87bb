// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"
#include "core/report/registryreport.h"

#include <charconv>
#include <set>

namespace cutaway::cli {

namespace {

constexpr std::size_t kUsualNames = 1000;
constexpr std::size_t kPages = 10'000; ///< of a list whose pages never end

/// What is asked about: a host, a repository, or one image of it.
struct Target
{
    std::string host;
    std::string repository; ///< empty: the host itself
    std::string reference;  ///< a tag or a digest; empty: the whole repository
};

/// A word without a slash is a host when it looks like one: "localhost:5000", "ghcr.io".
Result<Target> targetOf(std::string word)
{
    if (word.starts_with("docker://")) {
        word = word.substr(std::string_view("docker://").size());
    }
    const bool isHost =
        !word.contains('/') && (word.contains('.') || word.contains(':') || word == "localhost");
    const Result<ImageName> asHost = ImageName::parse(word + "/any");
    if (isHost && asHost && asHost->domain == word) {
        return Target{word, {}, {}};
    }
    const Result<ImageName> name = ImageName::parse(word);
    if (!name) {
        return std::unexpected(name.error());
    }
    const std::size_t slash = word.rfind('/');
    const bool hasTag = word.find(':', slash == std::string::npos ? 0 : slash) != std::string::npos;
    const bool isWhole = name->digest.isEmpty() && !hasTag;
    return Target{name->domain,
                  name->path,
                  isWhole                  ? std::string()
                  : name->digest.isEmpty() ? name->tag
                                           : name->digest.text()};
}

Result<std::size_t> mostNames(const Arguments &arguments)
{
    const std::optional<std::string> text = arguments.value("--most");
    if (!text) {
        return kUsualNames;
    }
    std::size_t number = 0;
    const char *const end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    return error == std::errc() && stop == end && number > 0
               ? Result<std::size_t>(number)
               : fail(ErrorCode::InvalidInput,
                      "--most wants a number, not '" + displayText(*text) + "'");
}

/// Page after page, until there are enough. A registry may send a name twice, or pages in a circle.
Result<NameListing> listNames(RegistryBrowser &browser,
                              const Target &target,
                              std::size_t most,
                              const Monitor &monitor)
{
    NameListing listing{target.host, target.repository, {}, false};
    std::set<std::string> known;
    std::set<std::string> asked;
    std::string next;
    do {
        const Result<NamePage> page = target.repository.empty()
                                          ? browser.repositories(next, monitor)
                                          : browser.tags(target.repository, next, monitor);
        if (!page) {
            return std::unexpected(page.error());
        }
        for (const std::string &name : page->names) {
            if (listing.names.size() == most) {
                listing.hasMore = true;
                return listing;
            }
            if (known.insert(name).second) {
                listing.names.push_back(name);
            }
        }
        next = page->next;
    } while (!next.empty() && asked.insert(next).second && asked.size() < kPages);
    return listing;
}

Result<OutlineReport> outlineOf(RegistryBrowser &browser,
                                const Target &target,
                                bool wantsReferrers,
                                const Monitor &monitor)
{
    Result<TagOutline> outline = browser.look(target.repository, target.reference, monitor);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    const char *separator = Digest::parse(target.reference) ? "@" : ":";
    OutlineReport report;
    report.name = target.host + '/' + target.repository + separator + target.reference;
    report.outline = std::move(*outline);
    report.wereReferrersAsked = wantsReferrers;
    if (!wantsReferrers) {
        return report;
    }
    Result<ReferrerPage> page =
        browser.referrers(target.repository, report.outline.digest, {}, monitor);
    std::set<std::string> asked;
    while (page) {
        report.referrers.insert(
            report.referrers.end(), page->referrers.begin(), page->referrers.end());
        if (page->next.empty() || !asked.insert(page->next).second || asked.size() >= kPages) {
            return report;
        }
        page = browser.referrers(target.repository, report.outline.digest, page->next, monitor);
    }
    return std::unexpected(page.error());
}

/// The answer, written.
Result<std::string> answerTo(const Context &context, const Target &target, std::size_t most)
{
    const Arguments &arguments = context.arguments;
    context.monitor.beginStep("Asking " + displayText(target.host));
    const auto browser =
        RegistryBrowser::open(target.host, registryOptions(arguments), context.monitor);
    if (!browser) {
        return std::unexpected(browser.error());
    }
    for (const std::string &note : (*browser)->notes()) {
        complain(note);
    }
    const bool isJson = context.format == "json";
    if (target.reference.empty()) {
        const auto listing = listNames(**browser, target, most, context.monitor);
        return listing ? (isJson ? namesJson(*listing) : namesText(*listing))
                       : Result<std::string>(std::unexpected(listing.error()));
    }
    const auto report =
        outlineOf(**browser, target, !arguments.has("--no-referrers"), context.monitor);
    return report ? (isJson ? outlineJson(*report) : outlineText(*report, context.style))
                  : Result<std::string>(std::unexpected(report.error()));
}

} // namespace

int runTags(Context &context)
{
    const Result<Target> target = targetOf(context.arguments.words.front());
    if (!target) {
        return failOption(context, target.error());
    }
    const Result<std::size_t> most = mostNames(context.arguments);
    if (!most) {
        return failOption(context, most.error());
    }
    const Result<std::string> answer = answerTo(context, *target, *most);
    if (!answer) {
        return failWith(context, answer.error());
    }
    context.output.write(*answer);
    return finish(context);
}

} // namespace cutaway::cli
