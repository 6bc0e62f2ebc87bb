// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"

namespace cutaway {

namespace {

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
};

} // namespace

std::span<const Rule> reproRules()
{
    return kRules;
}

} // namespace cutaway
