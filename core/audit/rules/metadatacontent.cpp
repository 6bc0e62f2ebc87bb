// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/endoflife.h"
#include "core/audit/evidence.h"
#include "core/audit/rules/metadatarules.h"
#include "core/base/spdx.h"
#include "core/image/digest.h"
#include "core/image/imagename.h"
#include "core/image/platform.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

namespace cutaway {

namespace {

/// What a value should be.
enum class Shape : std::uint8_t { Date, Address, License, Revision, Digest, Scope, Architecture };

struct ShapeRow
{
    std::string_view key;
    Shape shape = Shape::Date;
};
constexpr std::array kShapes = {
    ShapeRow{"org.opencontainers.image.created", Shape::Date},
    ShapeRow{"org.label-schema.build-date", Shape::Date},
    ShapeRow{"build-date", Shape::Date},
    ShapeRow{"org.opencontainers.image.url", Shape::Address},
    ShapeRow{"org.opencontainers.image.source", Shape::Address},
    ShapeRow{"org.opencontainers.image.documentation", Shape::Address},
    ShapeRow{"org.label-schema.url", Shape::Address},
    ShapeRow{"org.label-schema.vcs-url", Shape::Address},
    ShapeRow{"org.opencontainers.image.licenses", Shape::License},
    ShapeRow{"license", Shape::License},
    ShapeRow{"licenses", Shape::License},
    ShapeRow{"org.opencontainers.image.revision", Shape::Revision},
    ShapeRow{"org.label-schema.vcs-ref", Shape::Revision},
    ShapeRow{"vcs-ref", Shape::Revision},
    ShapeRow{"org.opencontainers.image.base.digest", Shape::Digest},
    ShapeRow{"distribution-scope", Shape::Scope},
    ShapeRow{"architecture", Shape::Architecture},
};

/// Wrong in a way that can be told: another spelling of a known licence, or words that no
/// expression has. Licences that are merely not in the list may be right.
std::string licenseFault(std::string_view value)
{
    std::string text(value);
    std::ranges::replace(text, '(', ' ');
    std::ranges::replace(text, ')', ' ');
    const std::vector<std::string> words = wordsOf(text);
    bool expectsLicense = true;
    for (const std::string &word : words) {
        const bool isOperator = word == "AND" || word == "OR" || word == "WITH";
        if (isOperator == expectsLicense) {
            return "is no SPDX expression";
        }
        expectsLicense = isOperator;
        const std::string_view id =
            word.ends_with('+') ? std::string_view(word).substr(0, word.size() - 1) : word;
        if (isOperator || isSpdxLicence(id) || isSpdxException(id)) {
            continue;
        }
        if (const auto meant = spdxMeant(id)) {
            return "is no SPDX expression; " + std::string(*meant) + " is meant";
        }
        if (id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")
            != std::string_view::npos) {
            return "is no SPDX expression";
        }
    }
    return expectsLicense ? "is no SPDX expression" : "";
}

/// RFC 3339: "2024-05-01T10:00:00Z"; a day alone is none.
bool isTime(std::string_view text)
{
    const bool hasTime = text.size() >= 20
                         && (text[10] == 'T' || text[10] == 't' || text[10] == ' ')
                         && text[13] == ':' && text[16] == ':';
    const bool hasZone = text.ends_with('Z') || text.ends_with('z')
                         || (text.size() >= 25 && text[text.size() - 3] == ':');
    return hasTime && hasZone && dayOf(text).has_value();
}

std::string dateFault(std::string_view value)
{
    if (!isTime(value)) {
        return "is no date and time as RFC 3339 has them";
    }
    const std::chrono::sys_days tomorrow =
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())
        + std::chrono::days(1);
    return *dayOf(value) > tomorrow ? "lies in the future" : "";
}

bool isHex(std::string_view text)
{
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::string addressFault(std::string_view value)
{
    const std::size_t scheme = value.find("://");
    const bool isAddress = scheme != std::string_view::npos && scheme > 0
                           && value.size() > scheme + 3 && !value.contains(' ');
    return isAddress || value.starts_with("git@") || value.starts_with("mailto:")
               ? ""
               : "is no absolute address";
}

std::string architectureFault(const Image &image, std::string_view value)
{
    const auto platform = Platform::parse("linux/" + std::string(value));
    const std::string &declared = image.config.platform.architecture;
    return !platform || declared.empty() || platform->architecture == declared
               ? ""
               : "names another architecture than the image's " + declared;
}

/// What is wrong with the value; empty where nothing is.
std::string faultOf(const Image &image, Shape shape, const std::string &value)
{
    static constexpr std::array<std::string_view, 4> kScopes = {
        "private", "authoritative-source-only", "restricted", "public"};
    switch (shape) {
    case Shape::Date: return dateFault(value);
    case Shape::Address: return addressFault(value);
    case Shape::License: return licenseFault(value);
    case Shape::Revision:
        return isHex(value) && value.size() >= 7 && value.size() <= 64 ? "" : "is no commit";
    case Shape::Digest: return Digest::parse(value) ? "" : "is no digest";
    case Shape::Scope:
        return std::ranges::find(kScopes, value) != kScopes.end()
                   ? ""
                   : "is neither private, authoritative-source-only, restricted nor public";
    case Shape::Architecture: return architectureFault(image, value);
    }
    return {};
}

struct Successor
{
    std::string_view legacy; ///< behind "org.label-schema."
    std::string_view oci;    ///< behind "org.opencontainers.image."
};
constexpr std::array kSuccessors = {Successor{"build-date", "created"},
                                    Successor{"url", "url"},
                                    Successor{"vcs-url", "source"},
                                    Successor{"version", "version"},
                                    Successor{"vcs-ref", "revision"},
                                    Successor{"vendor", "vendor"},
                                    Successor{"name", "title"},
                                    Successor{"description", "description"},
                                    Successor{"usage", "documentation"}};

bool hasSmallLetters(std::string_view text)
{
    return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool mayBeSmall(std::string_view name)
{
    return name.ends_with("_proxy") || name.starts_with("npm_") || name.contains('.')
           || name.contains("__") || name.starts_with("_");
}

} // namespace

std::vector<Finding> badValue(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const auto &[key, value] : context.image.config.labels) {
        const auto *const row = std::ranges::find(kShapes, key, &ShapeRow::key);
        const bool isElsewhere = value.empty() || value.contains('$') || value.contains("{{")
                                 || value == "unknown" || value == "unspecified";
        if (row == kShapes.end() || isElsewhere) {
            continue;
        }
        const std::string fault = faultOf(context.image, row->shape, value);
        if (fault.empty()) {
            continue;
        }
        const bool mayBeBranch = key == "vcs-ref";
        findings.push_back(configFinding(mayBeBranch ? Severity::Info : Severity::Low,
                                         quoted(key) + " " + fault + ".",
                                         configEvidence("config.Labels", key + "=" + value)));
    }
    return findings;
}

std::vector<Finding> legacyLabel(const AuditContext &context)
{
    const std::map<std::string, std::string> &labels = context.image.config.labels;
    std::vector<Finding> findings;
    for (const Successor &row : kSuccessors) {
        const auto legacy = labels.find("org.label-schema." + std::string(row.legacy));
        const std::string key = "org.opencontainers.image." + std::string(row.oci);
        const auto oci = labels.find(key);
        const bool isLost = legacy != labels.end() && oci == labels.end();
        const bool differs =
            legacy != labels.end() && oci != labels.end() && legacy->second != oci->second;
        if (!isLost && !differs) {
            continue;
        }
        findings.push_back(
            configFinding(differs ? Severity::Low : Severity::Info,
                          quoted(legacy->first)
                              + (differs ? " and " + key + " say different things."
                                         : " is there, but not its successor " + key + "."),
                          configEvidence("config.Labels", legacy->first + "=" + legacy->second)));
    }
    return findings;
}

std::vector<Finding> nameCase(const AuditContext &context)
{
    std::set<std::string, std::less<>> inherited;
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.origin == Origin::Base && fact.step.keyword == "ENV") {
            inherited.emplace(leadingName(fact.step.arguments));
        }
    }
    std::vector<Finding> findings;
    for (const auto &[name, value] : context.facts.env) {
        if (hasSmallLetters(name) && !mayBeSmall(name) && !inherited.contains(name)) {
            findings.push_back(
                configFinding(Severity::Info,
                              "The variable " + quoted(name) + " is not in capitals.",
                              configEvidence("config.Env", name)));
        }
    }
    for (const std::string &text : context.image.tags) {
        const Result<ImageName> name = ImageName::ofArchive(text);
        const bool hasCapitals =
            name && std::ranges::any_of(name->tag, [](char c) { return c >= 'A' && c <= 'Z'; });
        if (hasCapitals) {
            findings.push_back(configFinding(Severity::Info,
                                             "The tag " + quoted(name->tag) + " has capitals.",
                                             configEvidence("tags", name->tag)));
        }
    }
    return findings;
}

} // namespace cutaway
