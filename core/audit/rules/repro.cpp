// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/audit/rules/reprorules.h"

namespace cutaway {

namespace {

/// What somebody's hand leaves behind.
void addTraces(const AuditContext &context, Finding &finding)
{
    if (context.image.tree == nullptr || context.image.tree->nodeCount() == 0) {
        return;
    }
    const PathTree &tree = *context.image.tree;
    for (const char *path :
         {"/root/.bash_history", "/root/.ash_history", "/root/.lesshst", "/root/.viminfo"}) {
        const NodeId node = tree.find(path);
        const EntryId entry = node == kNone ? kNone : tree.finalEntry(node);
        if (entry != kNone && originOf(context.image, tree.entry(entry).layer) != Origin::Base) {
            finding.evidence.push_back(entryEvidence(tree, entry, "left by somebody's hand"));
        }
    }
}

std::vector<Finding> committedContainer(const AuditContext &context)
{
    const std::string &builder = context.facts.builder;
    if ((builder != "commit" && builder != "import") || context.facts.steps.empty()) {
        return {};
    }
    const BuildFact &last = context.facts.steps.back();
    Finding finding = stepFinding(
        context.facts.kind == ImageKind::OsBase ? Severity::Info : Severity::Medium,
        builder == "commit" ? "The last layer is a container that somebody changed by hand and "
                              "committed."
                            : "The image was imported from a file system; how it came about is not "
                              "recorded.",
        last,
        last.entry->createdBy.empty() ? last.entry->comment : last.entry->createdBy);
    finding.confidence = Confidence::Likely;
    addTraces(context, finding);
    return {std::move(finding)};
}

constexpr std::array kRules = {
    Rule{.id = "repro/committed-container",
         .title = "Made from a container, not from a recipe",
         .severity = Severity::Medium,
         .needs = NeedsHistory,
         .why = "What somebody typed into a running container cannot be repeated, reviewed or "
                "rebuilt upon a newer base.",
         .fix = "Write the steps into a Dockerfile and build from it.",
         .references = references::kImmutable,
         .check = &committedContainer,
         .detects = "A last line of history that is a bare shell or program (docker commit), or "
                    "the words of docker import.",
         .guards = "Tools that build without a Dockerfile and sign their history: ko, jib, bazel, "
                   "nix, apko. A base distribution that was imported is info."},
    Rule{.id = "repro/volatile-files",
         .title = "Files that are others after each build",
         .severity = Severity::Low,
         .needs = NeedsTree | NeedsPosix,
         .why = "They make layers differ that are otherwise the same, and identities of one "
                "machine end up in many containers.",
         .fix = "Remove them in the step that makes them.",
         .references = references::kImmutable,
         .check = &volatileFiles,
         .detects = "machine-id, random-seed, logs of package managers, ldconfig's aux-cache, "
                    "backups such as /etc/passwd-, in layers upon the base.",
         .guards = "Empty files, and a machine-id that says uninitialized; those of the base "
                   "image."},
    Rule{.id = "repro/arg-no-default",
         .title = "A build argument without a default",
         .severity = Severity::Info,
         .needs = NeedsHistory | NeedsDockerfile,
         .why = "Whoever builds it without knowing the argument gets another image, or none.",
         .fix = "ARG NAME=value",
         .references = references::kImmutable,
         .check = &argNoDefault,
         .detects = "ARG with nothing but a name.",
         .guards = "Arguments that builders set by themselves; names given a value elsewhere; "
                   "steps of the base image.",
         .aliases = "InvalidDefaultArgInFrom"},
};

} // namespace

std::span<const Rule> reproRules()
{
    return kRules;
}

} // namespace cutaway
