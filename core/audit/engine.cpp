// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/files.h"
#include "core/audit/inspection.h"
#include "core/audit/packagewords.h"
#include "core/audit/policy/apply.h"
#include "core/audit/redaction.h"
#include "core/audit/rule.h"
#include "core/audit/rules/families.h"
#include "core/base/ascii.h"
#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <map>
#include <ranges>
#include <tuple>

namespace cutaway {

namespace {

constexpr std::uint64_t kLowFrom = 5 * 1024 * 1024;
constexpr std::uint64_t kMediumFrom = 50 * 1024 * 1024;

struct NeedRow
{
    std::uint16_t need = 0;
    bool (*isMet)(const AuditContext &);
    const char *otherwise = ""; ///< why the rule cannot be asked
};

bool hasReadLayer(const AuditContext &context)
{
    return context.image.tree != nullptr
           && std::ranges::any_of(context.image.layers, &Layer::isRead);
}

bool keepsWhatTravelsAlong(const AuditContext &context)
{
    const std::string &source = context.image.sourceName;
    return source == "oci" || source == "oci-archive" || source == "registry";
}

constexpr std::array kNeeds = {
    NeedRow{NeedsPosix,
            [](const AuditContext &context) { return context.facts.kind != ImageKind::Windows; },
            "this is a Windows image"},
    NeedRow{NeedsTree, &hasReadLayer, "no layer could be read"},
    NeedRow{NeedsContent,
            [](const AuditContext &context) { return context.contents != nullptr; },
            "contents of files were not asked for"},
    NeedRow{NeedsAccounts,
            [](const AuditContext &context) {
                const Accounts &accounts = context.facts.accounts;
                return accounts.users.isKnown || accounts.shadow.isKnown;
            },
            "the image has no list of users"},
    NeedRow{NeedsConfig,
            [](const AuditContext &context) { return context.image.artifactType.empty(); },
            "this is an artifact, without an image configuration"},
    NeedRow{NeedsConfig,
            [](const AuditContext &context) { return context.image.sourceName != "rootfs"; },
            "a root file system has no image configuration"},
    NeedRow{NeedsHistory,
            [](const AuditContext &context) { return !context.image.config.history.empty(); },
            "the image has no history"},
    NeedRow{NeedsDockerfile,
            [](const AuditContext &context) {
                return context.facts.builder.empty() || context.facts.builder == "commit";
            },
            "the image was made without a Dockerfile"},
    NeedRow{NeedsSeveralLayers,
            [](const AuditContext &context) { return context.image.layers.size() >= 2; },
            "the image has fewer than two layers"},
    NeedRow{NeedsReference,
            [](const AuditContext &context) { return !context.image.tags.empty(); },
            "the image has no name here"},
    NeedRow{NeedsBase,
            [](const AuditContext &context) {
                return context.image.base.by != BaseImage::By::User
                       && !context.image.base.reference.empty();
            },
            "the base image is not recorded"},
    NeedRow{NeedsSignatures,
            [](const AuditContext &context) {
                return context.image.keepsSignatures || context.image.registry.has_value();
            },
            "signatures are kept in a registry, and there are none here"},
    NeedRow{NeedsRegistry,
            [](const AuditContext &context) { return context.image.registry.has_value(); },
            "the image does not come from a registry"},
    NeedRow{NeedsApprovedBases,
            [](const AuditContext &context) { return !context.settings.approvedBases.empty(); },
            "the policy approves no base images by name"},
    NeedRow{NeedsPackages,
            [](const AuditContext &context) {
                return context.packages != nullptr && !context.packages->list.empty();
            },
            "no package database was found"},
    NeedRow{NeedsIndex,
            &keepsWhatTravelsAlong,
            "this kind of source does not keep what travels beside an image"},
};

/// Rules that need no files, but what they find files may contradict: not asked of an image whose
/// layers are still to come, so that what is found early is found again when all is read.
constexpr std::array<std::string_view, 9> kWaitForFiles = {"contract/no-usage-doc",
                                                           "contract/undeclared-port",
                                                           "contract/undeclared-state",
                                                           "process/daemonizes",
                                                           "process/no-default-command",
                                                           "process/no-init",
                                                           "security/user-not-numeric",
                                                           "supply/add-instead-of-copy",
                                                           "supply/install-recommends"};

/// Why the rule cannot be asked of this image; empty when it can.
std::string_view unmetNeed(const Rule &rule, const AuditContext &context)
{
    if (context.image.tree == nullptr
        && std::ranges::find(kWaitForFiles, rule.id) != kWaitForFiles.end()) {
        return "the layers have not been read";
    }
    const auto *const unmet = std::ranges::find_if(kNeeds, [&](const NeedRow &row) {
        return (rule.needs & row.need) != 0 && !row.isMet(context);
    });
    return unmet == kNeeds.end() ? std::string_view() : unmet->otherwise;
}

void oneStepDown(Finding &finding)
{
    if (finding.severity != Severity::Info) {
        finding.severity = static_cast<Severity>(static_cast<int>(finding.severity) - 1);
    }
}

/// Whatever a rule quotes: no report tells a secret.
void redact(Finding &finding)
{
    finding.summary = redactLine(finding.summary, Secrets::Redacted).text;
    for (Evidence &evidence : finding.evidence) {
        if (!evidence.text.empty()) {
            evidence.text = redactLine(evidence.text, Secrets::Redacted).text;
        }
    }
}

/// Rules leave the key of their evidence in `fingerprint`; equal keys of one rule are numbered.
void fingerprint(std::vector<Finding> &findings)
{
    std::map<std::pair<std::string, std::string>, std::uint32_t> seen;
    for (Finding &finding : findings) {
        const std::uint32_t number = seen[{finding.ruleId, finding.fingerprint}]++;
        std::string key = finding.ruleId + '\n' + finding.fingerprint;
        if (number > 0) {
            key += '\n' + std::to_string(number);
        }
        finding.fingerprint = sha256Hex(key);
    }
}

bool comesFirst(const Finding &a, const Finding &b)
{
    return std::tie(b.severity, b.bytes, a.ruleId, a.layer, a.fingerprint)
           < std::tie(a.severity, a.bytes, b.ruleId, b.layer, b.fingerprint);
}

} // namespace

std::span<const Rule> allRules()
{
    static const std::vector<Rule> kRules = [] {
        std::vector<Rule> rules;
        for (const auto &family : ruleFamilies()) {
            rules.insert(rules.end(), family.begin(), family.end());
        }
        return rules;
    }();
    return kRules;
}

const Rule *findRule(std::string_view id)
{
    const auto found = std::ranges::find(allRules(), id, &Rule::id);
    return found == allRules().end() ? nullptr : &*found;
}

std::optional<Severity> sizeSeverity(std::uint64_t bytes, const AuditContext &context)
{
    const std::uint64_t imageBytes = context.analysis.fileBytes;
    if (bytes < context.settings.thresholds.sizeIgnoreBelow) {
        return std::nullopt;
    }
    if (bytes >= kMediumFrom || bytes >= imageBytes / 10 + (imageBytes % 10 != 0 ? 1 : 0)) {
        return Severity::Medium;
    }
    return bytes < kLowFrom ? Severity::Info : Severity::Low;
}

std::string_view Rule::family() const
{
    const std::string_view text = id;
    return text.substr(0, text.find('/'));
}

std::vector<const Rule *> rulesNamed(std::string_view idOrAlias)
{
    const auto equal = [](std::string_view a, std::string_view b) {
        return std::ranges::equal(
            a, b, [](char x, char y) { return asciiLower(x) == asciiLower(y); });
    };
    std::vector<const Rule *> rules;
    for (const Rule &rule : allRules()) {
        bool isMeant = equal(rule.id, idOrAlias);
        for (const auto &&alias : std::views::split(std::string_view(rule.aliases), ' ')) {
            isMeant = isMeant || (!alias.empty() && equal({alias.begin(), alias.end()}, idOrAlias));
        }
        if (isMeant) {
            rules.push_back(&rule);
        }
    }
    return rules;
}

std::optional<FileContent> AuditContext::contentAt(std::string_view path) const
{
    return image.tree == nullptr ? std::nullopt : cutaway::contentAt(*image.tree, contents, path);
}

Result<Inspection> audit(ImagePtr image,
                         Analysis analysis,
                         const AuditOptions &options,
                         const Monitor &monitor)
{
    Inspection inspection{std::move(image), std::move(analysis), {}, {}};
    AuditFacts facts = gatherFacts(*inspection.image, options.contents, monitor);
    static const Policy kNoPolicy;
    const Policy &policy = options.policy == nullptr ? kNoPolicy : *options.policy;
    facts.kind = policy.kind.value_or(facts.kind);
    const AuditSettings settings = settingsOf(policy);
    const AuditContext context{*inspection.image,
                               inspection.analysis,
                               facts,
                               options.contents,
                               settings,
                               options.packages};
    const RuleChoice choice(policy);
    std::size_t asked = 0;
    std::size_t unasked = 0;
    for (const Rule &rule : allRules()) {
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        if (const std::string_view reason = choice.whyOff(rule); !reason.empty()) {
            inspection.skipped.push_back({rule.id, std::string(reason)});
            continue;
        }
        if (const std::string_view reason = unmetNeed(rule, context); !reason.empty()) {
            inspection.skipped.push_back({rule.id, std::string(reason)});
            ++unasked;
            continue;
        }
        ++asked;
        for (Finding &finding : rule.check(context)) {
            finding.ruleId = rule.id;
            if (finding.origin == Origin::Base && rule.has(LessInBase)) {
                oneStepDown(finding);
            }
            if (rule.has(NamesOwners)) {
                nameOwners(context, finding);
            }
            redact(finding);
            inspection.findings.push_back(std::move(finding));
        }
    }
    suppress(policy, choice, *inspection.image, inspection.findings);
    fingerprint(inspection.findings);
    inspection.policy = applyPolicy(policy, choice, inspection.findings);
    std::ranges::sort(inspection.findings, comesFirst);
    inspection.kind = facts.kind;
    inspection.contract = contractOf(context);
    inspection.score = scoreOf(inspection.findings, inspection.analysis.fileBytes, asked, unasked);
    return inspection;
}

} // namespace cutaway
