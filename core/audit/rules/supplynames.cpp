// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/endoflife.h"
#include "core/audit/evidence.h"
#include "core/audit/rules/metadatarules.h"
#include "core/audit/rules/supplyrules.h"
#include "core/base/text.h"
#include "core/image/imagename.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace cutaway {

namespace {

constexpr std::uint64_t kVeryStale = 2; ///< times the days that make an image stale
constexpr int kFirstYear = 2000;        ///< what claims to be older has a fixed date, by design

std::vector<ImageName> namesOf(const Image &image)
{
    std::vector<ImageName> names;
    for (const std::string &tag : image.tags) {
        if (Result<ImageName> name = ImageName::ofArchive(tag)) {
            names.push_back(std::move(*name));
        }
    }
    return names;
}

/// "1.4" of the tag "1.4-alpine"; the tag itself where nothing is behind a dash.
std::string_view versionOfTag(std::string_view tag)
{
    tag.remove_prefix(tag.starts_with('v') ? 1 : 0);
    return tag.substr(0, tag.find('-'));
}

bool isVersionTag(std::string_view tag)
{
    const std::string_view version = versionOfTag(tag);
    return !version.empty() && version.find_first_not_of("0123456789.") == std::string_view::npos
           && version.contains('.');
}

/// "1.4" says of "1.4.2" all that it says.
bool agrees(std::string_view tag, std::string_view label)
{
    const std::string_view version = versionOfTag(tag);
    label.remove_prefix(label.starts_with('v') ? 1 : 0);
    label = label.substr(0, label.find_first_of("-+"));
    return label == version
           || (label.starts_with(version) && label.substr(version.size()).starts_with('.'));
}

std::string_view lastPart(std::string_view name)
{
    name = name.substr(name.rfind('/') + 1);
    return name.substr(0, name.find_first_of(":@"));
}

/// "team/app", rather than the tag that ref.name often holds, or a title in words.
bool isRepository(std::string_view value)
{
    return value.contains('/') && !value.contains(' ') && !value.contains('$');
}

/// Notes of reading that mean the bytes are not what was declared.
struct IntegrityRow
{
    std::string_view code;
    Severity severity = Severity::High;
};
constexpr std::array kIntegrity = {
    IntegrityRow{"diff-id-mismatch", Severity::High},
    IntegrityRow{"digest-mismatch", Severity::High},
    IntegrityRow{"size-mismatch", Severity::High},
    IntegrityRow{"invalid-whiteout", Severity::Medium},
    IntegrityRow{"config-digest-mismatch", Severity::High},
    IntegrityRow{"manifest-digest-mismatch", Severity::High},
    IntegrityRow{"manifest-size-mismatch", Severity::High},
    IntegrityRow{"archive-damaged", Severity::High},
    IntegrityRow{"layer-damaged", Severity::High},
    IntegrityRow{"unsafe-path", Severity::High},
    IntegrityRow{"unsafe-member", Severity::High},
    IntegrityRow{"duplicate-member", Severity::Medium},
    IntegrityRow{"diff-id-count-mismatch", Severity::Medium},
    IntegrityRow{"descriptor-fault", Severity::Low},
};

} // namespace

std::vector<Finding> latestTag(const AuditContext &context)
{
    const std::vector<ImageName> names = namesOf(context.image);
    const bool allMove = std::ranges::all_of(names, [](const ImageName &name) {
        return name.digest.isEmpty() && (name.tag.empty() || name.tag == "latest");
    });
    if (names.empty() || !allMove) {
        return {};
    }
    return {configFinding(Severity::Medium,
                          "The image goes by no other tag than latest.",
                          {.text = displayText(context.image.tags.front()), .field = "tags"})};
}

std::vector<Finding> tagLabelMismatch(const AuditContext &context)
{
    const auto version = labelOf(context.image, LabelItem::Version);
    const auto revision = labelOf(context.image, LabelItem::Revision);
    const auto repository = labelOf(context.image, LabelItem::Repository);
    std::vector<Finding> findings;
    for (const ImageName &name : namesOf(context.image)) {
        if (repository && findings.empty() && !name.path.empty() && isRepository(repository->value)
            && lastPart(repository->value) != lastPart(name.path)) {
            findings.push_back(configFinding(
                Severity::Info,
                "The image goes by " + quoted(lastPart(name.path)) + ", the label says "
                    + quoted(lastPart(repository->value)) + ".",
                configEvidence("config.Labels", repository->key + "=" + repository->value)));
        }
        const bool differs = version && isSemanticVersion(version->value, true)
                             && isVersionTag(name.tag) && !agrees(name.tag, version->value);
        if (differs) {
            findings.push_back(configFinding(
                Severity::Low,
                "The tag says " + quoted(name.tag) + ", the label " + quoted(version->value) + ".",
                configEvidence("config.Labels", version->key + "=" + version->value)));
        }
        const bool isCommit = name.tag.size() >= 8
                              && name.tag.find_first_not_of("0123456789abcdef") == std::string::npos
                              && name.tag.find_first_of("abcdef") != std::string::npos;
        if (revision && isCommit && !revision->value.starts_with(name.tag)) {
            findings.push_back(configFinding(
                Severity::Low,
                "The tag names the commit " + quoted(name.tag) + ", the label another.",
                configEvidence("config.Labels", revision->key + "=" + revision->value)));
        }
    }
    return findings;
}

std::vector<Finding> baseUnpinned(const AuditContext &context)
{
    const std::string &reference = context.image.base.reference;
    const Result<ImageName> name = ImageName::parse(reference);
    if (!name || !name->digest.isEmpty() || reference == "scratch") {
        return {};
    }
    const std::string_view version = versionOfTag(name->tag);
    const bool isMajor =
        !version.empty() && version.find_first_not_of("0123456789") == std::string_view::npos;
    if (name->tag != "latest" && !isMajor) {
        return {};
    }
    Finding finding = configFinding(
        Severity::Medium,
        "The base image " + quoted(reference)
            + (isMajor ? " is pinned to a major version alone." : " is not pinned to a version."),
        {.text = displayText(reference), .field = "base"});
    finding.confidence = Confidence::Likely;
    return {std::move(finding)};
}

std::vector<Finding> staleImage(const AuditContext &context)
{
    namespace chrono = std::chrono;
    const auto created = dayOf(context.image.config.created);
    const chrono::sys_days today = chrono::floor<chrono::days>(chrono::system_clock::now());
    if (!created || *created < chrono::sys_days(chrono::year(kFirstYear) / chrono::January / 1)) {
        return {};
    }
    const auto age = (today - *created).count();
    const auto days = context.settings.thresholds.supplyStaleDays;
    if (age <= 0 || static_cast<std::uint64_t>(age) <= days) {
        return {};
    }
    // No number of days that passed, or reports differ each day.
    const bool isOld = static_cast<std::uint64_t>(age) / kVeryStale > days;
    const std::uint64_t least = isOld ? kVeryStale * days : days;
    return {configFinding(isOld ? Severity::Medium : Severity::Low,
                          "The image was built more than " + formatCount(least, "day", "days")
                              + " ago.",
                          configEvidence("created", context.image.config.created))};
}

std::vector<Finding> noAttestation(const AuditContext &context)
{
    bool hasSbom = context.facts.hasSbom;
    bool hasProvenance = false;
    for (const Attestation &attestation : context.image.attestations) {
        for (const std::string &type : attestation.predicateTypes) {
            hasSbom = hasSbom || type.contains("spdx") || type.contains("cyclonedx");
            hasProvenance = hasProvenance || type.contains("slsa.dev/provenance");
        }
    }
    if (hasSbom && hasProvenance) {
        return {};
    }
    const std::string missing = hasSbom         ? "provenance"
                                : hasProvenance ? "bill of materials"
                                                : "bill of materials and no provenance";
    return {configFinding(Severity::Low,
                          "There is no " + missing + " beside the image.",
                          {.text = "no attestation of it in the index", .field = "attestations"})};
}

std::vector<Finding> manifestIntegrity(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const Note &note : context.image.notes.list()) {
        const auto *const row = std::ranges::find(kIntegrity, note.code, &IntegrityRow::code);
        if (row == kIntegrity.end()) {
            continue;
        }
        Finding finding;
        finding.severity = row->severity;
        finding.origin = Origin::App;
        finding.summary = note.message;
        finding.fingerprint = note.code + '\n' + note.path;
        Evidence evidence{.text = note.code, .path = note.path};
        if (note.layer) {
            finding.layer = static_cast<LayerIndex>(*note.layer);
            evidence.layer = finding.layer;
        }
        finding.evidence.push_back(std::move(evidence));
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
