// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/secretrules.h"
#include "core/audit/secrets/provenance.h"
#include "core/base/text.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace cutaway {

namespace {

using Use = SecretPlace::Use;

/// One secret at one place of one layer.
struct Place
{
    EntryId entry = kNone;
    SecretHit hit;
    std::string origin; ///< the public package that brought it, or empty
};

/// By what it is, and the secret itself: the same secret at many places is one.
using Places = std::map<std::pair<std::string_view, std::uint64_t>, std::vector<Place>>;

std::string_view ruleOf(const SecretHit &hit, Use use)
{
    const SecretKind kind = secretKind(hit.detector);
    if (kind.id == "D01" || kind.id == "D02" || kind.id == "D03" || kind.id == "D04") {
        return "secret/private-key";
    }
    if (use == Use::Dotenv) {
        return "secret/dotenv";
    }
    if (use == Use::Registry || kind.id == "D28" || kind.id == "F01") {
        return "secret/registry-auth";
    }
    const bool isCloud = use == Use::Cloud || kind.id == "D08" || kind.id == "F02"
                         || kind.name.contains("Kubernetes client");
    return isCloud ? "secret/cloud-credentials" : "secret/token";
}

/// Entries by layer and place in its tar, of those layers that have facts about secrets.
std::map<std::pair<LayerIndex, std::uint64_t>, EntryId> entriesOf(
    const PathTree &tree, std::map<std::pair<LayerIndex, std::uint64_t>, SecretsOfFile> &files)
{
    std::map<std::pair<LayerIndex, std::uint64_t>, EntryId> found;
    for (EntryId id = 0; id < tree.entryCount() && !files.empty(); ++id) {
        const Entry &entry = tree.entry(id);
        if (entry.type == EntryType::File && files.contains({entry.layer, entry.headerOffset})) {
            found.emplace(std::pair(entry.layer, entry.headerOffset), id);
        }
    }
    return found;
}

Places placesOf(const AuditContext &context, std::string_view rule)
{
    const std::size_t layers = context.image.layers.size();
    std::map<std::pair<LayerIndex, std::uint64_t>, SecretsOfFile> files;
    for (std::size_t layer = 0; layer < layers; ++layer) {
        for (const FileFact &fact : context.contents->facts(static_cast<LayerIndex>(layer))) {
            auto file = fact.kind == kSecretsFact ? decodeSecrets(fact.bytes) : std::nullopt;
            if (file) {
                files[{static_cast<LayerIndex>(layer), fact.headerOffset}] = std::move(*file);
            }
        }
    }
    Places places;
    if (files.empty()) {
        return places;
    }
    const PathTree &tree = *context.image.tree;
    const Provenance provenance(*context.contents, layers);
    for (const auto &[key, entry] : entriesOf(tree, files)) {
        const SecretsOfFile &file = files[key];
        const std::string path = tree.path(tree.entry(entry).node);
        const Use use = secretPlace(path).use;
        for (const SecretHit &hit : file.hits) {
            if (ruleOf(hit, use) == rule) {
                places[{secretKind(hit.detector).name, hit.hash}].push_back(
                    {entry, hit, provenance.publicOrigin(path, file).value_or("")});
            }
        }
    }
    return places;
}

State stateOf(const Entry &entry)
{
    switch (entry.hiddenBy == kNoLayer ? Cause::None : entry.cause) {
    case Cause::None: return State::Visible;
    case Cause::DeletedFile:
    case Cause::DeletedDirectory:
    case Cause::Opaque: return State::Deleted;
    default: return State::Overwritten;
    }
}

Severity severityOf(const Place &place)
{
    return place.origin.empty() ? place.hit.severity : Severity::Info;
}

std::string remarkOn(const Place &place)
{
    if (!place.origin.empty()) {
        return " It came with " + displayText(place.origin) + ": everybody has it.";
    }
    switch (place.hit.note) {
    case SecretNote::None: break;
    case SecretNote::Documented: return " It is a value that documentation shows.";
    case SecretNote::TestMaterial: return " It lies among the tests or examples of a library.";
    case SecretNote::Encrypted: return " A passphrase protects it.";
    case SecretNote::Expired: return " It has expired.";
    case SecretNote::Snakeoil: return " It is the same in every container of this image.";
    }
    return {};
}

std::string evidenceText(const SecretHit &hit)
{
    std::string text = "line " + std::to_string(hit.line) + ", ";
    if (!hit.name.empty()) {
        text += displayText(hit.name) + ", ";
    }
    if (!hit.prefix.empty()) {
        text += displayText(hit.prefix) + "…, ";
    }
    return text + formatCount(hit.length, "byte", "bytes");
}

Finding findingOf(const Image &image, std::vector<Place> &places)
{
    const PathTree &tree = *image.tree;
    std::ranges::stable_sort(places, [&](const Place &a, const Place &b) {
        const bool isShownFirst = stateOf(tree.entry(a.entry)) < stateOf(tree.entry(b.entry));
        const bool isShownLater = stateOf(tree.entry(b.entry)) < stateOf(tree.entry(a.entry));
        return severityOf(a) == severityOf(b)
                   ? isShownFirst
                         || (!isShownLater && tree.entry(a.entry).layer < tree.entry(b.entry).layer)
                   : severityOf(a) > severityOf(b);
    });
    const Place &first = places.front();
    const Entry &entry = tree.entry(first.entry);
    const std::string path = tree.path(entry.node);
    const SecretKind kind = secretKind(first.hit.detector);
    Finding finding;
    finding.severity = severityOf(first);
    finding.confidence = first.hit.confidence;
    finding.origin = originOf(image, entry.layer);
    finding.layer = entry.layer;
    finding.state = stateOf(entry);
    finding.fingerprint = std::string(kind.id) + '\n' + path + '\n' + first.hit.name;
    finding.summary = quoted(path) + " holds " + std::string(kind.name) + ", line "
                      + std::to_string(first.hit.line) + "." + remarkOn(first);
    if (finding.state != State::Visible) {
        const std::string digest = image.layers[entry.layer].diffId.text();
        finding.summary += " A later layer hides it; it can still be read from layer "
                           + std::to_string(entry.layer)
                           + (digest.empty() ? "" : " (" + digest + ")") + ".";
    }
    for (const Place &place : places) {
        finding.evidence.push_back(entryEvidence(tree, place.entry, evidenceText(place.hit)));
    }
    return finding;
}

/// Texts with more to search than a limit allows: nobody shall take them for clean.
void addUnsearched(const AuditContext &context, std::vector<Finding> &findings)
{
    const PathTree &tree = *context.image.tree;
    std::set<std::pair<LayerIndex, std::uint64_t>> places;
    for (std::size_t i = 0; i < context.image.layers.size(); ++i) {
        const auto layer = static_cast<LayerIndex>(i);
        for (const FileFact &fact : context.contents->facts(layer)) {
            if (fact.kind == kUnsearchedFact) {
                places.emplace(layer, fact.headerOffset);
            }
        }
    }
    std::vector<EntryId> entries;
    for (EntryId id = 0; id < tree.entryCount() && !places.empty(); ++id) {
        const Entry &entry = tree.entry(id);
        if (entry.type == EntryType::File && places.contains({entry.layer, entry.headerOffset})) {
            entries.push_back(id);
        }
    }
    if (entries.empty()) {
        return;
    }
    Finding finding =
        layerFinding(context.image, Severity::Info, tree.entry(entries.front()).layer);
    finding.summary = formatCount(entries.size(), "text was", "texts were")
                      + " not searched for secrets to the end: too long, or too much to look at.";
    finding.fingerprint = "unsearched";
    addFiles(context.image, std::move(entries), finding);
    finding.bytes = 0;
    findings.push_back(std::move(finding));
}

std::vector<Finding> findingsOf(const AuditContext &context, std::string_view rule)
{
    std::vector<Finding> findings;
    for (auto &[secret, places] : placesOf(context, rule)) {
        findings.push_back(findingOf(context.image, places));
    }
    return findings;
}

} // namespace

std::vector<Finding> privateKeys(const AuditContext &context)
{
    return findingsOf(context, "secret/private-key");
}

std::vector<Finding> cloudCredentials(const AuditContext &context)
{
    return findingsOf(context, "secret/cloud-credentials");
}

std::vector<Finding> tokensInFiles(const AuditContext &context)
{
    std::vector<Finding> findings = findingsOf(context, "secret/token");
    addUnsearched(context, findings);
    return findings;
}

std::vector<Finding> registryCredentials(const AuditContext &context)
{
    return findingsOf(context, "secret/registry-auth");
}

std::vector<Finding> dotenvSecrets(const AuditContext &context)
{
    return findingsOf(context, "secret/dotenv");
}

} // namespace cutaway
