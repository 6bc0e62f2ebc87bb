// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/endoflife.h"
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/osrelease.h"
#include "core/audit/rules/metadatarules.h"
#include "core/audit/rules/supplyrules.h"
#include "core/base/text.h"
#include "core/image/imagename.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

namespace chrono = std::chrono;

constexpr chrono::days kSoon{90};
constexpr chrono::days kOldTable{365};

/// Distributions that have no releases.
constexpr std::array<std::string_view, 10> kRolling = {"arch",
                                                       "wolfi",
                                                       "chainguard",
                                                       "opensuse-tumbleweed",
                                                       "gentoo",
                                                       "void",
                                                       "nixos",
                                                       "manjaro",
                                                       "archlinux",
                                                       "clear-linux-os"};

Finding osFinding(const AuditContext &context,
                  const OsRelease &release,
                  Severity severity,
                  std::string summary,
                  std::string text)
{
    const PathTree &tree = *context.image.tree;
    const EntryId entry = tree.finalEntry(resolvePath(tree, release.file));
    Finding finding = layerFinding(context.image, severity, tree.entry(entry).layer);
    finding.summary = std::move(summary);
    finding.fingerprint = release.id + ' ' + release.version;
    finding.evidence.push_back(entryEvidence(tree, entry, std::move(text)));
    return finding;
}

bool isLocalHost(std::string_view host)
{
    return host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]");
}

/// A host that nobody outside would reach: no dot in it, or an ending of private networks.
bool isPrivateHost(std::string_view host)
{
    host = host.substr(0, host.rfind(':'));
    return !host.contains('.') || host.ends_with(".local") || host.ends_with(".internal")
           || host.ends_with(".corp") || host.ends_with(".lan") || host.starts_with("10.")
           || host.starts_with("192.168.");
}

bool isCommit(std::string_view tag)
{
    constexpr std::size_t kShort = 8;
    constexpr std::size_t kWhole = 40;
    return tag.size() >= kShort && tag.size() <= kWhole
           && tag.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// "1.4.2" of "v1.4.2-slim", "1.4.2-onbuild": what stands before the variant.
bool isVersionOrCommit(std::string_view tag)
{
    const std::string_view version = tag.substr(0, tag.find('-'));
    return isSemanticVersion(tag, true) || isSemanticVersion(version, true)
           || isCalendarVersion(tag) || isCommit(tag) || isCommit(version)
           || (tag.starts_with("sha-") && isCommit(tag.substr(4)));
}

/// The table's word, or the policy's where it says another day.
std::optional<EndOfLifeTable::Release> lastDayOf(const AuditContext &context,
                                                 const OsRelease &release)
{
    auto found = EndOfLifeTable::builtIn().find(release.id, release.version);
    const auto &days = context.settings.endsOfLife;
    auto own = days.find(release.id + ':' + release.version);
    if (own == days.end() && found) {
        own = days.find(release.id + ':' + found->version);
    }
    if (own == days.end()) {
        return found;
    }
    return EndOfLifeTable::Release{
        found ? found->system : release.id, found ? found->version : release.version, own->second};
}

} // namespace

std::vector<Finding> eolOs(const AuditContext &context)
{
    const std::optional<OsRelease> release = osReleaseOf(context);
    if (!release || release->id.empty()) {
        return {};
    }
    const EndOfLifeTable &table = EndOfLifeTable::builtIn();
    const chrono::sys_days today = chrono::floor<chrono::days>(chrono::system_clock::now());
    const std::string source = "table of " + dayText(table.date())
                               + (today - table.date() > kOldTable ? ", more than a year old" : "");
    const std::string who = quoted(release->name.empty() ? release->id : release->name)
                            + (release->version.empty() ? "" : " " + quoted(release->version));
    const bool isEdge = release->version.contains("_alpha") || release->version.empty();
    const bool isRolling = std::ranges::find(kRolling, release->id) != kRolling.end() || isEdge;
    const auto found = lastDayOf(context, *release);
    if (isRolling || !found) {
        return {osFinding(context,
                          *release,
                          Severity::Info,
                          isRolling ? who + " has no releases that end."
                                    : "How long " + who + " is looked after is not known.",
                          source)};
    }
    if (!found->end || *found->end > today + kSoon) {
        return {};
    }
    const bool isOver = *found->end < today;
    const std::string end = dayText(*found->end);
    return {osFinding(context,
                      *release,
                      isOver ? Severity::High : Severity::Low,
                      found->system + " " + found->version
                          + (isOver ? " gets no security fixes any more since "
                                    : " gets its last security fixes on ")
                          + end + ".",
                      end + ", " + source)};
}

std::vector<Finding> unsignedImage(const AuditContext &context)
{
    if (!context.image.signatures.empty()) {
        return {};
    }
    return {configFinding(Severity::Low,
                          "No signature travels beside the image.",
                          {.text = "neither cosign's tag nor a referrer", .field = "signatures"})};
}

std::vector<Finding> insecureRegistry(const AuditContext &context)
{
    const RegistryAccess &access = *context.image.registry;
    std::vector<Finding> findings;
    const auto add = [&](Severity severity, const std::string &what) {
        findings.push_back(configFinding(severity,
                                         "The registry " + quoted(access.host) + " " + what + ".",
                                         configEvidence("registry", access.host)));
        findings.back().fingerprint += what;
    };
    const Severity open = isLocalHost(access.host) ? Severity::Low : Severity::High;
    if (!access.isEncrypted) {
        add(open, "was spoken to without encryption");
    } else if (!access.isVerified) {
        add(open, "showed a certificate that nobody checked");
    }
    if (access.isLegacyApi) {
        add(Severity::Medium, "speaks a version of its API that is given up");
    }
    if (access.isAnonymous && isPrivateHost(access.host) && !isLocalHost(access.host)) {
        add(Severity::Info, "gives its images to everybody");
    }
    return findings;
}

std::vector<Finding> nonSemverTag(const AuditContext &context)
{
    std::string first;
    for (const std::string &text : context.image.tags) {
        const Result<ImageName> name = ImageName::ofArchive(text);
        if (!name || name->tag.empty() || name->tag == "latest") {
            continue; // which supply/latest-tag is about
        }
        if (isVersionOrCommit(name->tag) || !name->digest.isEmpty()) {
            return {};
        }
        first = first.empty() ? name->tag : first;
    }
    if (first.empty()) {
        return {};
    }
    return {configFinding(Severity::Low,
                          "The tag " + quoted(first) + " is neither a version nor a commit.",
                          configEvidence("tags", first))};
}

std::vector<Finding> baseUnknown(const AuditContext &context)
{
    const BaseImage &base = context.image.base;
    const bool isKnown = !base.reference.empty() || base.by == BaseImage::By::User;
    const ImageKind kind = context.facts.kind;
    const bool needsNone =
        kind == ImageKind::Scratch || kind == ImageKind::OsBase || context.image.layers.size() < 2;
    const bool isAttested =
        std::ranges::any_of(context.image.attestations, [](const Attestation &attestation) {
            return std::ranges::any_of(attestation.predicateTypes, [](const std::string &type) {
                return type.contains("slsa.dev/provenance");
            });
        });
    if (isKnown || needsNone || isAttested) {
        return {};
    }
    return {configFinding(
        Severity::Info,
        "Nothing tells which base image this one was built upon.",
        {.text = "not set: org.opencontainers.image.base.name", .field = "config.Labels"})};
}

} // namespace cutaway
