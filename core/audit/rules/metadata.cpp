// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/families.h"
#include "core/audit/rules/metadatarules.h"
#include "core/audit/rules/references.h"

namespace cutaway {

namespace {

template<LabelItem Item>
std::vector<Finding> missing(const AuditContext &context)
{
    return missingLabel(context, Item);
}

constexpr Rule missingRow(const char *id,
                          const char *title,
                          const char *detects,
                          const char *fix,
                          std::vector<Finding> (*check)(const AuditContext &))
{
    return {.id = id,
            .title = title,
            .severity = Severity::Low,
            .needs = NeedsConfig,
            .why = "Whoever meets the image later, in a registry or on a node, has nothing but its "
                   "labels to learn what it is and whom to ask.",
            .fix = fix,
            .references = references::kLabels,
            .check = check,
            .detects = detects,
            .guards = "Annotations of the manifest count as well; for a base distribution it is "
                      "info.",
            .aliases = "DL3049 HasRequiredLabel"};
}

constexpr std::array kRules = {
    missingRow("metadata/missing-author-label",
               "No label names the author",
               "None of author, maintainer, authors, org.opencontainers.image.authors, nor the "
               "configuration's author.",
               "LABEL org.opencontainers.image.authors=\"name <address>\"",
               &missing<LabelItem::Author>),
    missingRow("metadata/missing-description-label",
               "No label describes the image",
               "None of description, summary, org.opencontainers.image.description, "
               "io.k8s.description.",
               "LABEL org.opencontainers.image.description=\"What it is for\"",
               &missing<LabelItem::Description>),
    missingRow("metadata/missing-license-label",
               "No label names the licence",
               "None of license, licenses, org.opencontainers.image.licenses.",
               "LABEL org.opencontainers.image.licenses=\"Apache-2.0\"",
               &missing<LabelItem::License>),
    missingRow("metadata/missing-repository-label",
               "No label names the repository",
               "None of repository, name, org.opencontainers.image.ref.name.",
               "LABEL org.opencontainers.image.ref.name=\"team/app\"",
               &missing<LabelItem::Repository>),
    missingRow("metadata/missing-vendor-label",
               "No label names the vendor",
               "None of vendor, org.opencontainers.image.vendor.",
               "LABEL org.opencontainers.image.vendor=\"Who distributes it\"",
               &missing<LabelItem::Vendor>),
    missingRow("metadata/missing-version-label",
               "No label tells the version",
               "None of version, org.opencontainers.image.version.",
               "LABEL org.opencontainers.image.version=\"1.2.3\"",
               &missing<LabelItem::Version>),
    missingRow("metadata/missing-website-label",
               "No label leads to a website",
               "None of website, url, org.opencontainers.image.url, "
               "org.opencontainers.image.source.",
               "LABEL org.opencontainers.image.url=\"https://…\"",
               &missing<LabelItem::Website>),
    Rule{.id = "metadata/missing-provenance-label",
         .title = "No label tells what source it was built from",
         .severity = Severity::Low,
         .needs = NeedsConfig,
         .why = "Without source and revision nobody can find the code that runs.",
         .fix = "Set org.opencontainers.image.source and .revision in CI.",
         .references = references::kLabels,
         .check = &missingProvenanceLabel,
         .detects = "No org.opencontainers.image.source (vcs-url) or .revision (vcs-ref).",
         .guards = "Info where a provenance attestation tells it."},
    Rule{.id = "metadata/label-key-format",
         .title = "Labels with unusual keys",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "Tools look for lower-case keys in reverse domain order; others may clash, and "
                "some name spaces are taken.",
         .fix = "Use keys such as org.example.team.key.",
         .references = references::kLabels,
         .check = &labelKeyFormat,
         .detects = "Upper case, other characters, separators at the ends or side by side; name "
                    "spaces of Docker and unknown keys in that of OCI are medium; a key without "
                    "name space is info.",
         .guards = "Keys that many tools agree on (maintainer, RUN, INSTALL …), api.*, io.k8s.*, "
                   "io.openshift.*.",
         .aliases = "DL3048"},
    Rule{.id = "metadata/bad-version",
         .title = "The version label is no semantic version",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "Only versions that can be compared tell which image is newer.",
         .fix = "LABEL org.opencontainers.image.version=\"X.Y.Z\", set by CI.",
         .references = references::kVersions,
         .check = &badVersion,
         .detects = "A version label that is not X.Y.Z by semver.org; names of branches and latest "
                    "are medium.",
         .guards = "v1.2.3 and calendar versions are info; no label at all has a rule of its own.",
         .aliases = "DL3056"},
    Rule{.id = "metadata/bad-value",
         .title = "A label's value is not what its key promises",
         .severity = Severity::Low,
         .needs = NeedsConfig,
         .why = "Programs that look for dates, addresses, licences or digests there find none.",
         .fix = "Write RFC 3339 dates, absolute addresses, SPDX expressions, whole digests.",
         .references = references::kLabels,
         .check = &badValue,
         .detects = "created and build-date, url, source and documentation, licenses, revision, "
                    "base.digest, distribution-scope, architecture.",
         .guards = "A vcs-ref that names a branch is info; values with variables left in them have "
                   "a rule of their own.",
         .aliases = "DL3052 DL3053 DL3054 DL3055 DL3058"},
    Rule{.id = "metadata/legacy-label",
         .title = "Labels of an older scheme alone",
         .severity = Severity::Low,
         .needs = NeedsConfig,
         .why = "label-schema.org gave way to the OCI annotations, which tools read today.",
         .fix = "Set the org.opencontainers.image.* keys as well.",
         .references = references::kLabels,
         .check = &legacyLabel,
         .detects = "org.label-schema.* keys without the OCI key that stands for the same; low "
                    "where both are there and differ.",
         .guards = "Keys that have no successor."},
    Rule{.id = "metadata/name-case",
         .title = "Names in unusual letters",
         .severity = Severity::Info,
         .needs = NeedsConfig,
         .why = "By custom variables are in capitals and tags in small letters; others are easily "
                "mistyped.",
         .fix = "ENV LOG_LEVEL, tag 1.2.3-alpine.",
         .references = references::kLabels,
         .check = &nameCase,
         .detects = "Small letters in variables that ENV sets; capitals in tags.",
         .guards = "Proxies, npm_config_*, keys of frameworks with dots; variables of the base "
                   "image."},
    Rule{.id = "metadata/label-json",
         .title = "A label that should be JSON is not",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "A label that programs read as JSON is lost on them when quotes went missing on "
                "the way.",
         .fix = "Put the value into single quotes in the Dockerfile.",
         .references = references::kApiLabels,
         .check = &labelJson,
         .detects = "Values that begin as an object or array and cannot be read to their end.",
         .guards = "Templates {{…}} and sets of characters as in [a-z]."},
    Rule{.id = "metadata/inherited-label",
         .title = "Labels of the base image are taken for this one",
         .severity = Severity::Low,
         .needs = NeedsConfig,
         .why = "A child image inherits labels. Left as they are, title, version and source speak "
                "of the base.",
         .fix = "Set every label that says what the image is.",
         .references = references::kLabels,
         .check = &inheritedLabel,
         .detects = "Title, version, source and their like that the base's own LABEL steps set, or "
                    "that are known of Ubuntu.",
         .guards = "Labels that the image sets anew; a base distribution itself."},
    Rule{.id = "metadata/maintainer",
         .title = "MAINTAINER is deprecated",
         .severity = Severity::Low,
         .needs = NeedsHistory,
         .why = "MAINTAINER fills a field that tools no longer look at.",
         .fix = "LABEL org.opencontainers.image.authors=\"name <address>\"",
         .references = references::kMaintainer,
         .check = &maintainerInstruction,
         .detects = "A MAINTAINER step in the history.",
         .guards = "An author that a builder sets by itself.",
         .aliases = "DL4000 DS-0022 MaintainerDeprecated CKV_DOCKER_6",
         .traits = LessInBase},
    Rule{.id = "metadata/unresolved-variable",
         .title = "A variable's name where its value should be",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "A build argument that was not passed leaves $NAME in a label or variable, and "
                "nobody notices.",
         .fix = "Pass the build argument, or give ARG a default.",
         .references = references::kLabels,
         .check = &unresolvedVariable,
         .detects = "$NAME, ${NAME}, $(command), {{x}}, %NAME% in labels and environment; labels "
                    "that say unknown, TODO, TBD or <…>.",
         .guards = "Labels with usage or command text; variables that are read at run time (PS1, "
                   "*_OPTS) are info."},
};

} // namespace

std::span<const Rule> metadataRules()
{
    return kRules;
}

} // namespace cutaway
