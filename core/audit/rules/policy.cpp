// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/base/jsonschema.h"
#include "core/base/text.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr const char *kYaml = "YAML 1.2.2, which policies are written in\n"
                              "https://yaml.org/spec/1.2.2/";

/// The label of that key; else, for a key without dots, the OCI label that ends in it.
const std::string *labelNamed(const Image &image, const std::string &key)
{
    for (const std::string &name : {key, "org.opencontainers.image." + key}) {
        const auto found = image.config.labels.find(name);
        if (found != image.config.labels.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::vector<Finding> requiredLabels(const AuditContext &context)
{
    std::vector<Finding> findings;
    std::vector<std::string> asked;
    for (const std::string &key : context.settings.labels.required) {
        const std::string *value = labelNamed(context.image, key);
        const bool isAsked = std::ranges::find(asked, key) != asked.end();
        asked.push_back(key);
        if (isAsked || (value != nullptr && !isBlank(*value))) {
            continue;
        }
        Finding finding = configFinding(Severity::High,
                                        "The policy asks for the label " + quoted(key)
                                            + ", and the image does not have it.",
                                        {.text = displayText(key), .field = "config.Labels"});
        finding.fingerprint = key;
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> labelTypes(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const LabelWishes::Typed &wish : context.settings.labels.types) {
        const std::string *value = labelNamed(context.image, wish.key);
        if (value == nullptr || isOfType(*value, wish.type)) {
            continue;
        }
        Finding finding =
            configFinding(Severity::Medium,
                          "The label " + quoted(wish.key) + " has to be of the type "
                              + std::string(labelTypeName(wish.type)) + ", and is not.",
                          configEvidence("config.Labels", wish.key + "=" + *value));
        finding.fingerprint = wish.key;
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> labelSchemas(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const LabelWishes::Schema &wish : context.settings.labels.schemas) {
        const std::string *value = labelNamed(context.image, wish.key);
        const Result<JsonSchema> schema = JsonSchema::parse(wish.text, wish.key);
        if (value == nullptr || !schema) { // the policy's reader has refused those that are none
            continue;
        }
        const std::vector<std::string> problems = schema->problemsOf(*value);
        if (problems.empty()) {
            continue;
        }
        Finding finding =
            configFinding(Severity::Medium,
                          "The label " + quoted(wish.key)
                              + " does not fit the schema that the policy has for it.",
                          configEvidence("config.Labels", wish.key + "=" + *value));
        for (const std::string &problem : problems) {
            finding.evidence.push_back({.text = problem, .field = "config.Labels"});
        }
        finding.fingerprint = wish.key;
        findings.push_back(std::move(finding));
    }
    return findings;
}

/// What the engine itself finds when it applies the policy.
std::vector<Finding> foundByTheEngine(const AuditContext &)
{
    return {};
}

constexpr std::array kRules = {
    Rule{.id = "policy/required-label",
         .title = "A label that the policy asks for is missing",
         .severity = Severity::High,
         .needs = NeedsConfig,
         .why = "The policy names labels that every image has to have.",
         .fix = "LABEL NAME=\"…\" for each that is missing.",
         .references = references::kLabels,
         .check = &requiredLabels,
         .detects = "Labels of labels.required that are not there or blank; a key without dots "
                    "also stands for org.opencontainers.image.KEY.",
         .guards = "Labels that the image has under either name."},
    Rule{.id = "policy/label-type",
         .title = "A label is not of the type that the policy asks for",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "Programs read labels, and take them to have the shape that was agreed on.",
         .fix = "Write the value as its type has it.",
         .references = references::kLabels,
         .check = &labelTypes,
         .detects = "Labels of labels.types whose value is no semver, rfc3339, url, spdx, hash or "
                    "email.",
         .guards = "Labels that are not there: labels.required asks for those."},
    Rule{.id = "policy/label-schema",
         .title = "A label does not fit its JSON Schema",
         .severity = Severity::Medium,
         .needs = NeedsConfig,
         .why = "Programs that read JSON out of a label break on what they do not expect.",
         .fix = "Write the value as the schema has it.",
         .references = references::kApiLabels,
         .check = &labelSchemas,
         .detects = "Labels of 'schemas' whose value is no JSON, or not as the schema has it.",
         .guards = "Labels that are not there: labels.required asks for those."},
    Rule{.id = "policy/expired-ignore",
         .title = "An ignore of the policy has expired",
         .severity = Severity::Low,
         .needs = 0,
         .why = "What was accepted for a time is so no longer: its findings count again.",
         .fix = "Mend what was ignored, or decide anew and set another 'until'.",
         .references = kYaml,
         .check = &foundByTheEngine,
         .detects = "Entries of 'ignore' whose 'until' is past.",
         .guards = "The last day itself."},
    Rule{.id = "policy/unused-ignore",
         .title = "An ignore of the policy matches nothing",
         .severity = Severity::Info,
         .needs = 0,
         .why = "An entry that hides nothing today may hide something unseen tomorrow.",
         .fix = "Remove the entry.",
         .references = kYaml,
         .check = &foundByTheEngine,
         .detects = "Entries of 'ignore' that no finding fits.",
         .guards = "Entries for other images; entries out of other tools' files."},
};

} // namespace

std::span<const Rule> policyRules()
{
    return kRules;
}

} // namespace cutaway
