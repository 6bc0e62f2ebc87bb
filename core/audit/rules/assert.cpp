// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/audit/structuretest/runner.h"

namespace cutaway {

namespace {

constexpr const char *kWhy = "The policy says what holds for every image that it is for.";
constexpr const char *kFix = "Mend the image, or the assertion where it asks for the wrong thing.";

/// What comes of the policy's assertions of one kind.
template<typename Test>
std::vector<Finding> askAll(const AuditContext &context, std::vector<Test> StructureTests::*kind)
{
    if (context.settings.asserts == nullptr) {
        return {};
    }
    StructureTests tests;
    tests.*kind = context.settings.asserts.get()->*kind;
    return runAsserts(tests, context);
}

std::vector<Finding> fileAsserts(const AuditContext &context)
{
    return askAll(context, &StructureTests::existenceTests);
}

std::vector<Finding> contentAsserts(const AuditContext &context)
{
    return askAll(context, &StructureTests::contentTests);
}

std::vector<Finding> metadataAsserts(const AuditContext &context)
{
    return askAll(context, &StructureTests::metadataTests);
}

constexpr std::array kRules = {
    Rule{.id = "assert/file",
         .title = "A file is not as the policy asserts",
         .severity = Severity::High,
         .needs = NeedsTree,
         .why = kWhy,
         .fix = kFix,
         .references = references::kStructureTests,
         .check = &fileAsserts,
         .detects = "Assertions of the kind 'file': whether a path is there, its permissions, "
                    "owner, and who may execute it.",
         .guards = "Links are followed but for one at the very end."},
    Rule{.id = "assert/content",
         .title = "What a file holds is not as the policy asserts",
         .severity = Severity::High,
         .needs = NeedsTree | NeedsContent,
         .why = kWhy,
         .fix = kFix,
         .references = references::kStructureTests,
         .check = &contentAsserts,
         .detects = "Assertions of the kind 'content': regular expressions that match in a file, "
                    "or must not; a file that is not there, or could not be searched whole where "
                    "that matters.",
         .guards = "What is behind the first 64 KiB where the beginning gives the answer."},
    Rule{.id = "assert/metadata",
         .title = "The configuration is not as the policy asserts",
         .severity = Severity::High,
         .needs = NeedsConfig,
         .why = kWhy,
         .fix = kFix,
         .references = references::kStructureTests,
         .check = &metadataAsserts,
         .detects = "Assertions of the kind 'metadata': user, working directory, entrypoint, "
                    "command, variables, labels, ports and volumes.",
         .guards = "Ports whatever their protocol, where the assertion names none."},
};

} // namespace

std::span<const Rule> assertRules()
{
    return kRules;
}

} // namespace cutaway
