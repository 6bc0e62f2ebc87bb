// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/families.h"
#include "core/audit/rules/layerpackages.h"
#include "core/audit/rules/layerwaste.h"
#include "core/audit/rules/references.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cutaway {

namespace {

constexpr std::uint64_t kSmallImage = 10 * 1024 * 1024;
constexpr std::size_t kTopOffenders = 10;
constexpr std::size_t kNearEngineLimit = 120;

std::string percent(double share)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", share * 100);
    return text.data();
}

/// What the layers above the base ship, and what of it is hidden in the end. Where the base is not
/// known the first layer stands for it.
double wastedShareOfApp(const AuditContext &context)
{
    const std::size_t first = std::max<std::size_t>(context.image.base.layers, 1);
    std::uint64_t files = 0;
    std::uint64_t hidden = 0;
    for (std::size_t index = first; index < context.analysis.layers.size(); ++index) {
        files += context.analysis.layers[index].fileBytes;
        hidden += context.analysis.layers[index].shadowedBytes;
    }
    return files == 0 ? 0 : static_cast<double>(hidden) / static_cast<double>(files);
}

std::vector<Finding> lowEfficiency(const AuditContext &context)
{
    const Analysis &analysis = context.analysis;
    if (analysis.fileBytes < kSmallImage) {
        return {};
    }
    const double appShare = wastedShareOfApp(context);
    const Thresholds &limits = context.settings.thresholds;
    std::string reasons;
    const auto add = [&](const std::string &reason) {
        reasons += (reasons.empty() ? "" : "; ") + reason;
    };
    if (analysis.efficiency < limits.layerMinEfficiency) {
        add("below " + percent(limits.layerMinEfficiency));
    }
    if (analysis.shadowedBytes >= limits.layerMaxWasted) {
        add(formatBytes(limits.layerMaxWasted) + " or more are hidden");
    }
    if (appShare >= limits.layerMaxWastedPct) {
        add(percent(appShare) + " of what the layers above the base ship is hidden");
    }
    if (reasons.empty()) {
        return {};
    }
    Finding finding;
    finding.severity = Severity::Medium;
    finding.origin = context.image.base.layers > 0 ? Origin::App : Origin::Unknown;
    finding.summary = "Efficiency is " + percent(analysis.efficiency) + ": "
                      + formatBytes(analysis.shadowedBytes) + " of "
                      + formatBytes(analysis.fileBytes) + " are shipped but cannot be seen ("
                      + reasons + ").";
    finding.fingerprint = "efficiency"; // its bytes are counted by the rules that name the causes
    const std::size_t shown = std::min(analysis.waste.size(), kTopOffenders);
    for (const WasteItem &item : std::span(analysis.waste).first(shown)) {
        finding.evidence.push_back(entryEvidence(
            *context.image.tree, item.entry, "hidden by layer " + std::to_string(item.hiddenBy)));
    }
    return {std::move(finding)};
}

std::vector<Finding> tooManyLayers(const AuditContext &context)
{
    const std::size_t count = context.image.layers.size();
    if (count < context.settings.thresholds.layerWarn) {
        return {};
    }
    Finding finding;
    finding.severity = count > kNearEngineLimit                       ? Severity::High
                       : count > context.settings.thresholds.layerMax ? Severity::Medium
                                                                      : Severity::Low;
    const std::size_t base = std::min<std::size_t>(context.image.base.layers, count);
    finding.summary = "The image has " + formatCount(count, "layer", "layers");
    if (base > 0) {
        finding.origin = base == count ? Origin::Base : Origin::App;
        finding.summary += ", " + formatNumber(base) + " of them from its base";
        finding.evidence.push_back(
            {.text = formatCount(count - base, "layer", "layers") + " above the base",
             .layer = static_cast<LayerIndex>(std::min(base, count - 1))});
    }
    finding.summary += count > kNearEngineLimit ? "; engines take at most 125 to 128." : ".";
    finding.evidence.push_back({.text = formatCount(count, "layer", "layers") + " in all"});
    finding.fingerprint = "layers";
    return {std::move(finding)};
}

std::vector<Finding> emptyLayers(const AuditContext &context)
{
    // Tools that make images without a Dockerfile keep such layers as placeholders, on purpose.
    if (!builderWithoutDockerfile(context.image.config.history).empty()) {
        return {};
    }
    const std::vector<bool> changes = layersThatChange(*context.image.tree);
    Finding finding;
    for (std::size_t index = 0; index < changes.size(); ++index) {
        if (changes[index] || index >= context.image.layers.size()
            || !context.image.layers[index].isRead()) {
            continue;
        }
        const auto layer = static_cast<LayerIndex>(index);
        // All that such a layer can hide are equal copies.
        const std::uint64_t bytes = context.analysis.layers[index].hidesBytes;
        finding.bytes += bytes;
        finding.layer = finding.layer.value_or(layer);
        finding.fingerprint += layerKey(context.image, layer) + '\n';
        finding.evidence.push_back(
            {.text = layerText(context.image, layer), .layer = layer, .bytes = bytes});
    }
    if (finding.evidence.empty()) {
        return {};
    }
    finding.summary = formatCount(finding.evidence.size(), "layer changes", "layers change")
                      + " nothing in the file system.";
    if (context.image.base.layers > 0) {
        const bool allBase = std::ranges::all_of(finding.evidence, [&](const Evidence &evidence) {
            return context.analysis.layers[*evidence.layer].isBase;
        });
        finding.origin = allBase ? Origin::Base : Origin::App;
    }
    return {std::move(finding)};
}

constexpr const char *kLayerReferences =
    "OCI image specification, layers\n"
    "https://github.com/opencontainers/image-spec/blob/main/layer.md\n"
    "SKA containerisation standards, RUN and packages\n"
    "https://developer.skao.int\n"
    "dive, image efficiency\n"
    "https://github.com/wagoodman/dive";
constexpr const char *kMinimiseReferences =
    "SKA containerisation standards, minimise layers\n"
    "https://developer.skao.int\n"
    "Docker, building best practices\n"
    "https://docs.docker.com/build/building/best-practices/";
constexpr const char *kCountReferences =
    "SKA containerisation standards, minimise layers\n"
    "https://developer.skao.int\n"
    "openshift-preflight, LayerCountAcceptable\n"
    "https://github.com/redhat-openshift-ecosystem/openshift-preflight";
constexpr const char *kEmptyReferences =
    "Container image structuring: no unnecessary layers\n"
    "https://www.tasdikrahman.com/2019/04/10/"
    "docker-rkt-containerd-container-image-structuring-for-container-runtimes/\n"
    "OCI image specification, layers\n"
    "https://github.com/opencontainers/image-spec/blob/main/layer.md";

constexpr const char *kPackageFileReferences =
    "openshift-preflight, HasModifiedFiles\n"
    "https://github.com/redhat-openshift-ecosystem/openshift-preflight\n"
    "OCI image specification, layers\n"
    "https://github.com/opencontainers/image-spec/blob/main/layer.md";

constexpr std::array kRules = {
    Rule{"layer/deleted-later",
         "Deleted in a later layer, shipped all the same",
         Severity::Medium,
         NeedsTree,
         "A layer cannot take anything out of the layers below it: deleting a file only hides it. "
         "Everybody who pulls the image still downloads and stores the bytes, and anybody can read "
         "them.",
         "Delete in the same RUN that creates the file, or build in an earlier stage and copy only "
         "the result. What the base image ships and the image deletes calls for a slimmer base.",
         kLayerReferences,
         &deletedLater,
         "Bytes that a whiteout, an opaque directory or another type at the path hides in the end, "
         "by the layers that made and hide them: 64 KiB or more.",
         "Bytes of the base image weigh one step less.",
         "ID.20021",
         CountsBytes},
    Rule{"layer/overwritten-later",
         "Replaced with other content in a later layer",
         Severity::Medium,
         NeedsTree,
         "A file that a later layer writes anew is shipped twice: the first copy stays in its "
         "layer, "
         "hidden by the second.",
         "Produce the file once: merge the steps that write it, or move the one that has the last "
         "word to the front.",
         kLayerReferences,
         &overwrittenLater,
         "Bytes of files that a later entry replaces with other content: 64 KiB or more.",
         "Package databases and user lists are one line of info.",
         "",
         CountsBytes},
    Rule{
        "layer/metadata-copy",
        "Copied for a change of mode, owner or time",
        Severity::Medium,
        NeedsTree,
        "Changing the mode, owner, time or an attribute of a file in a later step stores the whole "
        "file a second time.",
        "Set them where the file is made: COPY --chown or --chmod, install -m, or chmod and chown "
        "in the RUN that creates it.",
        kMinimiseReferences,
        &metadataCopies,
        "Hidden and new entry have the same content, but another mode, owner, time or attribute: "
        "64 KiB or more.",
        "Taking setuid away is info; layers that change nothing have a rule of their own.",
        "",
        CountsBytes},
    Rule{"layer/low-efficiency",
         "Much of the image cannot be seen",
         Severity::Medium,
         NeedsTree | NeedsSeveralLayers,
         "Efficiency is the share of all shipped file bytes that the final file system shows. What "
         "is missing to 100 % was deleted, replaced or copied by later layers.",
         "Start with the biggest files in the evidence; the findings about deleted, replaced and "
         "copied files say what to do about each.",
         kLayerReferences,
         &lowEfficiency,
         "Efficiency below 90 %, 50 MiB hidden, or a tenth of the bytes above the base.",
         "Images of less than 10 MiB or of one layer.",
         "",
         0},
    Rule{"layer/too-many",
         "Many layers",
         Severity::High,
         0,
         "Each layer costs a request when the image is pulled and a mount when it runs; engines "
         "stop "
         "at 125 to 128.",
         "Merge RUN instructions that belong together. Keep those apart that change at different "
         "times, so that the build cache and shared layers keep their worth.",
         kCountReferences,
         &tooManyLayers,
         "25 layers are low, more than 40 medium, more than 120 high.",
         "Layers of the base are counted apart.",
         "ID.20020 LayerCountAcceptable",
         0},
    Rule{"layer/empty",
         "Layers that change nothing",
         Severity::Info,
         NeedsTree,
         "The layer has no entry, or all that it writes was there already, with the same content "
         "and "
         "metadata.",
         "Drop the instruction that makes it; WORKDIR on a directory that exists does it too.",
         kEmptyReferences,
         &emptyLayers,
         "Layers without an entry, or whose entries were there already.",
         "Placeholders of tools that build without a Dockerfile.",
         "ID.20019",
         CountsBytes},
    Rule{.id = "layer/mergeable-runs",
         .title = "Short RUNs in a row",
         .severity = Severity::Info,
         .needs = NeedsHistory | NeedsDockerfile,
         .why = "Each RUN is a layer of its own, with a request when it is pulled and a copy of "
                "whatever it touches again.",
         .fix = "Chain them with &&, or write one RUN with a heredoc.",
         .references = kMinimiseReferences,
         .check = &mergeableRuns,
         .detects =
             "Three or more RUNs of up to three commands each, with nothing between them that "
             "the later ones need.",
         .guards = "Heredocs, longer RUNs, layers of 100 MiB and more; a COPY, ENV, ARG, USER or "
                   "WORKDIR between them; the base image's steps.",
         .aliases = "DL3059"},
    Rule{.id = "layer/volatile-first",
         .title = "What changes often comes before what seldom does",
         .severity = Severity::Medium,
         .needs = NeedsTree | NeedsHistory | NeedsDockerfile,
         .why = "A builder takes a step from its cache only while nothing before it has changed. "
                "Sources copied before packages are installed cause a new install, and a new "
                "layer for everybody, with each change.",
         .fix = "Order: base packages, the files that name dependencies and their install, then "
                "the source; labels and arguments that change come last.",
         .references = references::kOrder,
         .check = &volatileFirst,
         .detects = "A COPY or ADD of several files, or a LABEL, ENV or ARG with revision or build "
                    "date, before a RUN that installs packages of 1 MiB or more.",
         .guards = "Files that only name dependencies; what is copied from another stage; a RUN "
                   "that works on the sources themselves (make, pip install ., npm run build)."},
    Rule{.id = "layer/package-file-modified",
         .title = "A file of a package is replaced behind its back",
         .severity = Severity::Low,
         .needs = NeedsTree | NeedsContent | NeedsSeveralLayers | NeedsPackages | NeedsPosix,
         .why = "The next update of the package takes the change away, and scanners go on judging "
                "by the version in the database.",
         .fix = "Update the package instead, put the setting into a drop-in file, or install your "
                "own file beside it, below /usr/local.",
         .references = kPackageFileReferences,
         .check = &packageFilesModified,
         .detects = "Files of dpkg's, apk's, rpm's, pacman's and opkg's packages that a layer "
                    "behind the one that installed the package gives another content.",
         .guards = "Settings below /etc, compiled Python, other modes or owners with the same "
                   "content, files that are deleted.",
         .aliases = "HasModifiedFiles",
         .traits = LessInBase},
};

} // namespace

std::span<const Rule> layerRules()
{
    return kRules;
}

} // namespace cutaway
