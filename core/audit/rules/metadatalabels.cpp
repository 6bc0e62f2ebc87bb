// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/metadatarules.h"
#include "core/base/ascii.h"
#include "core/base/json.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cutaway {

namespace {

struct ItemRow
{
    LabelItem item = LabelItem::Author;
    const char *name = "";
    std::array<std::string_view, 6> keys;
    const char *oci = ""; ///< the key to be set
};

constexpr std::array kItems = {
    ItemRow{LabelItem::Author,
            "author",
            {"author", "maintainer", "authors", "org.opencontainers.image.authors"},
            "org.opencontainers.image.authors"},
    ItemRow{LabelItem::Description,
            "description",
            {"description",
             "summary",
             "org.opencontainers.image.description",
             "org.label-schema.description",
             "io.k8s.description"},
            "org.opencontainers.image.description"},
    ItemRow{LabelItem::License,
            "license",
            {"license", "licenses", "org.opencontainers.image.licenses"},
            "org.opencontainers.image.licenses"},
    ItemRow{LabelItem::Repository,
            "repository",
            {"repository", "org.opencontainers.image.ref.name", "name", "org.label-schema.name"},
            "org.opencontainers.image.ref.name"},
    ItemRow{LabelItem::Vendor,
            "vendor",
            {"vendor", "org.opencontainers.image.vendor", "org.label-schema.vendor"},
            "org.opencontainers.image.vendor"},
    ItemRow{LabelItem::Version,
            "version",
            {"version", "org.opencontainers.image.version", "org.label-schema.version"},
            "org.opencontainers.image.version"},
    ItemRow{LabelItem::Website,
            "website",
            {"website",
             "url",
             "org.opencontainers.image.url",
             "org.opencontainers.image.source",
             "org.label-schema.url",
             "org.label-schema.vcs-url"},
            "org.opencontainers.image.url"},
    ItemRow{LabelItem::Source,
            "source",
            {"org.opencontainers.image.source", "org.label-schema.vcs-url", "vcs-url"},
            "org.opencontainers.image.source"},
    ItemRow{LabelItem::Revision,
            "revision",
            {"org.opencontainers.image.revision", "org.label-schema.vcs-ref", "vcs-ref"},
            "org.opencontainers.image.revision"},
};

/// Keys of image-spec annotations.md behind "org.opencontainers.image.".
constexpr std::array<std::string_view, 14> kOciKeys = {"created",
                                                       "authors",
                                                       "url",
                                                       "documentation",
                                                       "source",
                                                       "version",
                                                       "revision",
                                                       "vendor",
                                                       "licenses",
                                                       "ref.name",
                                                       "title",
                                                       "description",
                                                       "base.digest",
                                                       "base.name"};

/// Short keys with a meaning that many tools agree on, in any case.
constexpr std::array<std::string_view, 37> kShortKeys = {"author",
                                                         "maintainer",
                                                         "authors",
                                                         "description",
                                                         "license",
                                                         "licenses",
                                                         "repository",
                                                         "vendor",
                                                         "version",
                                                         "website",
                                                         "name",
                                                         "release",
                                                         "summary",
                                                         "url",
                                                         "help",
                                                         "run",
                                                         "install",
                                                         "uninstall",
                                                         "stop",
                                                         "debug",
                                                         "usage",
                                                         "architecture",
                                                         "build-date",
                                                         "vcs-ref",
                                                         "vcs-type",
                                                         "vcs-url",
                                                         "distribution-scope",
                                                         "changelog-url",
                                                         "atomic",
                                                         "component",
                                                         "com.redhat.component",
                                                         "cpe",
                                                         "authoritative-source-url",
                                                         "host",
                                                         "update",
                                                         "title",
                                                         "upgrade"};

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

const ItemRow &rowOf(LabelItem item)
{
    return *std::ranges::find(kItems, item, &ItemRow::item);
}

bool isLowerOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// What is wrong with a label's key, and how much; an empty text where nothing is.
struct KeyFault
{
    std::string text;
    Severity severity = Severity::Low;
};

KeyFault faultOf(std::string_view key)
{
    constexpr std::string_view kOci = "org.opencontainers.image.";
    const std::string lower = lowered(key);
    for (const std::string_view exempt : {"api.",
                                          "io.k8s.",
                                          "io.openshift.",
                                          "io.cutaway.",
                                          "desktop.",
                                          "nulecule.",
                                          "environment."}) {
        if (lower.starts_with(exempt)) {
            return {};
        }
    }
    if (std::ranges::find(kShortKeys, lower) != kShortKeys.end()) {
        return {};
    }
    if (key.starts_with("com.docker.compose.") || key.starts_with("com.docker.dhi.")
        || key.starts_with("com.docker.extension.") || key.starts_with("com.docker.desktop.")) {
        return {"is set by Docker's own tools", Severity::Info};
    }
    for (const std::string_view reserved : {"com.docker.", "io.docker.", "org.dockerproject."}) {
        if (lower.starts_with(reserved)) {
            return {"is in a name space that Docker keeps for itself", Severity::Medium};
        }
    }
    if (key.starts_with(kOci)
        && std::ranges::find(kOciKeys, key.substr(kOci.size())) == kOciKeys.end()) {
        return {"is in the OCI name space, which has no such key", Severity::Medium};
    }
    const bool hasOnlyAllowed = std::ranges::all_of(
        key, [](char c) { return isLowerOrDigit(c) || std::string_view("._/-").contains(c); });
    if (!hasOnlyAllowed) {
        return {"has other characters than a-z, 0-9, dot, dash, underscore and slash"};
    }
    if (key.empty() || !isLowerOrDigit(key.front()) || !isLowerOrDigit(key.back())) {
        return {"begins or ends with a separator"};
    }
    if (key.contains("..") || key.contains("--")) {
        return {"has two separators side by side"};
    }
    return key.contains('.') ? KeyFault() : KeyFault{"has no name space", Severity::Info};
}

/// Whether text that begins like JSON is meant to be: templates and globs are not.
bool looksLikeJson(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || begin + 1 >= text.size()) {
        return false;
    }
    const char open = text[begin];
    const char next = text[std::min(text.find_first_not_of(" \t\r\n", begin + 1), text.size() - 1)];
    if (open == '{') {
        return next == '"' || next == '}' || next == '\'' || next == '\\';
    }
    return open == '['
           && (next == '"' || next == '{' || next == '[' || next == ']'
               || (next >= '0' && next <= '9'));
}

/// Labels that speak of the one image they were written for.
constexpr std::array<std::string_view, 17> kIdentity = {"org.opencontainers.image.title",
                                                        "org.opencontainers.image.ref.name",
                                                        "org.opencontainers.image.version",
                                                        "org.opencontainers.image.description",
                                                        "org.opencontainers.image.url",
                                                        "org.opencontainers.image.source",
                                                        "org.opencontainers.image.revision",
                                                        "org.opencontainers.image.created",
                                                        "org.opencontainers.image.vendor",
                                                        "org.opencontainers.image.authors",
                                                        "name",
                                                        "title",
                                                        "version",
                                                        "description",
                                                        "url",
                                                        "maintainer",
                                                        "vendor"};

} // namespace

std::optional<LabelValue> labelOf(const Image &image, LabelItem item)
{
    for (const auto *map : {&image.config.labels, &image.annotations}) {
        for (const std::string_view key : rowOf(item).keys) {
            for (const auto &[name, value] : *map) {
                if (!key.empty() && !isBlank(value) && lowered(name) == key) {
                    return LabelValue{name, value};
                }
            }
        }
    }
    return std::nullopt;
}

std::vector<Finding> missingLabel(const AuditContext &context, LabelItem item)
{
    const ItemRow &row = rowOf(item);
    const bool isAuthored = item == LabelItem::Author && !isBlank(context.image.config.author);
    if (isAuthored || labelOf(context.image, item)) {
        return {};
    }
    return {configFinding(context.facts.kind == ImageKind::OsBase ? Severity::Info : Severity::Low,
                          "No label tells the " + std::string(row.name) + ".",
                          {.text = std::string("not set: ") + row.oci, .field = "config.Labels"})};
}

std::vector<Finding> missingProvenanceLabel(const AuditContext &context)
{
    const bool isAttested =
        std::ranges::any_of(context.image.attestations, [](const Attestation &attestation) {
            return std::ranges::any_of(attestation.predicateTypes, [](const std::string &type) {
                return type.contains("slsa.dev/provenance");
            });
        });
    std::vector<Finding> findings;
    for (const LabelItem item : {LabelItem::Source, LabelItem::Revision}) {
        if (labelOf(context.image, item)) {
            continue;
        }
        const ItemRow &row = rowOf(item);
        const bool isInfo = isAttested || context.facts.kind == ImageKind::OsBase;
        findings.push_back(configFinding(
            isInfo ? Severity::Info : Severity::Low,
            "No label tells the " + std::string(row.name) + " that the image was built from.",
            {.text = std::string("not set: ") + row.oci, .field = "config.Labels"}));
    }
    return findings;
}

std::vector<Finding> labelKeyFormat(const AuditContext &context)
{
    std::map<Severity, Finding> findings;
    for (const auto &[key, value] : context.image.config.labels) {
        const KeyFault fault = faultOf(key);
        if (fault.text.empty()) {
            continue;
        }
        Finding &finding = findings[fault.severity];
        if (finding.evidence.empty()) {
            finding = configFinding(fault.severity,
                                    "The label " + quoted(key) + " " + fault.text + ".",
                                    configEvidence("config.Labels", key));
            finding.fingerprint = severityName(fault.severity);
        } else {
            finding.evidence.push_back(configEvidence("config.Labels", key + " " + fault.text));
        }
    }
    std::vector<Finding> list;
    for (auto &[severity, finding] : findings) {
        list.push_back(std::move(finding));
    }
    return list;
}

std::vector<Finding> labelJson(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const auto &[key, value] : context.image.config.labels) {
        if (!looksLikeJson(value)) {
            continue;
        }
        const Result<ParsedJson> parsed = parseJson(value, key, BadUtf8::Replace);
        if (!parsed) {
            findings.push_back(configFinding(Severity::Medium,
                                             "The label " + quoted(key)
                                                 + " is not the JSON it "
                                                   "begins as.",
                                             configEvidence("config.Labels", key + "=" + value)));
        }
    }
    return findings;
}

std::vector<Finding> inheritedLabel(const AuditContext &context)
{
    const std::map<std::string, std::string> &labels = context.image.config.labels;
    std::set<std::string> inherited;
    for (const BuildFact &fact : context.facts.steps) {
        if (fact.step.keyword != "LABEL") {
            continue;
        }
        for (const std::string_view key : kIdentity) {
            const auto found = labels.find(std::string(key));
            const bool isSet = fact.step.arguments.starts_with(std::string(key) + "=")
                               || fact.step.arguments.contains(" " + std::string(key) + "=");
            if (!isSet || found == labels.end()) {
                continue;
            }
            const bool isSame = fact.step.arguments.contains(found->second);
            if (fact.origin == Origin::Base && isSame) {
                inherited.emplace(key);
            } else {
                inherited.erase(std::string(key));
            }
        }
    }
    // Ubuntu labels itself; upon it nobody else goes by that name.
    const auto name = labels.find("org.opencontainers.image.ref.name");
    if (name != labels.end() && name->second == "ubuntu"
        && context.facts.kind != ImageKind::OsBase) {
        inherited.insert(name->first);
        if (labels.contains("org.opencontainers.image.version")) {
            inherited.emplace("org.opencontainers.image.version");
        }
    }
    if (inherited.empty()) {
        return {};
    }
    Finding finding = configFinding(Severity::Low,
                                    "Labels that describe the base image are taken for this one.",
                                    {.text = {}, .field = "config.Labels"});
    finding.confidence = Confidence::Likely;
    finding.evidence.clear();
    for (const std::string &key : inherited) {
        finding.evidence.push_back(configEvidence("config.Labels", key + "=" + labels.at(key)));
        finding.fingerprint += key;
    }
    return {std::move(finding)};
}

} // namespace cutaway
