// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/audit/rules/supplyrules.h"

namespace cutaway {

namespace {

constexpr std::uint16_t kNeedsSteps = NeedsHistory | NeedsDockerfile | NeedsPosix;

constexpr std::array kRules = {
    Rule{.id = "supply/latest-tag",
         .title = "No tag but latest",
         .severity = Severity::Medium,
         .needs = NeedsReference,
         .why = "latest names another image tomorrow: nobody can tell what ran, or run it again.",
         .fix = "Tag X.Y.Z as well, and deploy by that tag or by digest.",
         .references = references::kTags,
         .check = &latestTag,
         .detects = "All names of the image have the tag latest or none.",
         .guards = "Images without a name are skipped; a digest is a name that does not move.",
         .aliases = "DKL-DI-0006 HasUniqueTag"},
    Rule{.id = "supply/tag-label-mismatch",
         .title = "Tag and labels tell different versions",
         .severity = Severity::Low,
         .needs = NeedsReference | NeedsConfig,
         .why = "When tag and label differ, one of them is wrong.",
         .fix = "Set both from the same value in CI.",
         .references = references::kTags,
         .check = &tagLabelMismatch,
         .detects = "A version tag that is not the label's version or its beginning; a commit tag "
                    "that is not the beginning of the revision label.",
         .guards = "Tags such as 1.4 for 1.4.2; what stands behind a dash (1.4.2-alpine)."},
    Rule{.id = "supply/base-unpinned",
         .title = "The base image is not pinned",
         .severity = Severity::Medium,
         .needs = NeedsBase,
         .why = "A base by a moving tag makes every build another image.",
         .fix = "FROM name:X.Y or name:X.Y@sha256:…",
         .references = references::kTags,
         .check = &baseUnpinned,
         .detects = "The recorded base has the tag latest, none, or a major version alone, and no "
                    "digest.",
         .guards = "Bases by digest.",
         .aliases = "DL3006 DL3007 DS-0001 ID.20006 CKV_DOCKER_7"},
    Rule{.id = "supply/stale-image",
         .title = "Built long ago",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "An image has the security fixes of the day it was built.",
         .fix = "Rebuild with --pull, regularly.",
         .references = references::kHardening,
         .check = &staleImage,
         .detects = "Created more than 180 days ago; medium from a year on.",
         .guards = "Dates before 2000: fixed on purpose by reproducible builds.",
         .aliases = "CIS-4.4"},
    Rule{.id = "supply/no-attestation",
         .title = "No bill of materials or provenance",
         .severity = Severity::Low,
         .needs = NeedsIndex,
         .why = "Without them nobody can check what is inside and where it was built.",
         .fix = "docker buildx build --sbom=true --provenance=mode=max",
         .references = references::kAttestations,
         .check = &noAttestation,
         .detects = "No SPDX, CycloneDX or SLSA provenance statement in the index; a bill of "
                    "materials inside the image counts.",
         .guards = "Sources that cannot keep them, such as docker archives, are skipped."},
    Rule{.id = "supply/manifest-integrity",
         .title = "The bytes are not what was declared",
         .severity = Severity::High,
         .needs = NeedsTree,
         .why = "A digest that does not fit means damage, or somebody's hand.",
         .fix = "Build or push it again; do not run it.",
         .references = references::kIntegrity,
         .check = &manifestIntegrity,
         .detects = "Digests, sizes and diff IDs that do not fit, damaged layers, names that lead "
                    "out of the root.",
         .guards = "What is only unusual stays a note."},
    Rule{.id = "supply/pipe-to-shell",
         .title = "A download is piped into a shell",
         .severity = Severity::High,
         .needs = kNeedsSteps,
         .why = "Whoever controls the server, or the way to it, runs commands in the build.",
         .fix = "Download to a file, verify its SHA-256, then run it.",
         .references = references::kDownloads,
         .check = &pipeToShell,
         .detects = "curl or wget whose output goes to a shell or interpreter by a pipe, sh -c "
                    "\"$(…)\" or <(…); high over plain http.",
         .guards = "The same step verifies a checksum or signature.",
         .aliases = "CIS-4.11",
         .traits = LessInBase},
    Rule{.id = "supply/unverified-download",
         .title = "A download is not verified",
         .severity = Severity::Medium,
         .needs = kNeedsSteps,
         .why = "What is fetched today may be something else tomorrow.",
         .fix = "Pin the version and verify it: sha256sum -c, gpg --verify, ADD --checksum.",
         .references = references::kDownloads,
         .check = &unverifiedDownload,
         .detects = "curl, wget or ADD of an address, without sha256sum -c, gpg --verify, cosign "
                    "or the like in the same step; medium over plain http and from branches and "
                    "pastes.",
         .guards = "Keys, signatures and checksums themselves; localhost; requests that keep no "
                   "file.",
         .aliases = "CIS-4.11",
         .traits = LessInBase},
    Rule{.id = "supply/add-instead-of-copy",
         .title = "ADD where COPY would do",
         .severity = Severity::Low,
         .needs = NeedsHistory | NeedsDockerfile,
         .why = "ADD unpacks and downloads as well: what it does depends on what it meets.",
         .fix = "Write COPY.",
         .references = references::kAdd,
         .check = &addInsteadOfCopy,
         .detects = "ADD of what is no archive, address or repository. Where the history only has "
                    "a hash, the layer tells: one file.",
         .guards = "The first layer's root file system; steps of the base image.",
         .aliases = "CIS-DI-0009 CIS-4.9 DL3020 DS-0005 CKV_DOCKER_4",
         .traits = LessInBase},
    Rule{.id = "supply/dist-upgrade",
         .title = "The base's packages are upgraded",
         .severity = Severity::Medium,
         .needs = kNeedsSteps,
         .why = "Upgraded packages are shipped twice, and what comes out depends on the day.",
         .fix = "Build upon a newer base.",
         .references = references::kPackages,
         .check = &distUpgrade,
         .detects = "apt-get dist-upgrade, full-upgrade, zypper dup; upgrade of all packages is "
                    "info.",
         .guards = "Upgrades of named packages; the words in another command's text.",
         .aliases = "DKL-DI-0003 DL3035 DS-0024",
         .traits = LessInBase},
    Rule{.id = "supply/update-alone",
         .title = "Package lists are fetched in a step of their own",
         .severity = Severity::Medium,
         .needs = kNeedsSteps,
         .why = "The step is taken from the build cache for weeks, and the install behind it asks "
                "for packages that are gone.",
         .fix = "apt-get update && apt-get install … in one RUN.",
         .references = references::kPackages,
         .check = &updateAlone,
         .detects = "update, refresh or makecache of apt, apk, dnf, yum, zypper without an install "
                    "behind it in the same step.",
         .guards = "Cache mounts.",
         .aliases = "CIS-DI-0007 CIS-4.7 DS-0017 CKV_DOCKER_5",
         .traits = LessInBase},
    Rule{.id = "supply/install-recommends",
         .title = "Recommended packages are installed too",
         .severity = Severity::Low,
         .needs = kNeedsSteps,
         .why = "Recommended packages are seldom needed in a container.",
         .fix = "apt-get install --no-install-recommends …",
         .references = references::kPackages,
         .check = &installRecommends,
         .detects = "apt install without --no-install-recommends.",
         .guards = "APT::Install-Recommends set in the step; steps of the base image.",
         .aliases = "DL3015 DS-0029",
         .traits = LessInBase},
};

} // namespace

std::span<const Rule> supplyRules()
{
    return kRules;
}

} // namespace cutaway
