// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/registryreport.h"

#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/table.h"

#include <algorithm>

namespace cutaway {

namespace {

using jsonparts::Value;

std::string sizeText(const std::optional<std::int64_t> &size)
{
    return size ? formatBytes(static_cast<std::uint64_t>(*size)) : std::string();
}

std::string artifactOf(const Descriptor &descriptor)
{
    return displayText(descriptor.artifactType.empty() ? descriptor.mediaType
                                                       : descriptor.artifactType);
}

/// Whose attestation it is, by the annotation that BuildKit writes.
std::string subjectOf(const Descriptor &attestation)
{
    const auto found = attestation.annotations.find("vnd.docker.reference.digest");
    return found == attestation.annotations.end() ? std::string() : found->second;
}

void addImages(TextTable &table, const OutlineReport &report)
{
    for (const Descriptor &image : report.outline.images) {
        table.addRow(
            {{displayText(image.platform.text())}, {image.digest.text()}, {artifactOf(image)}});
        for (const Descriptor &attestation : report.outline.attestations) {
            if (subjectOf(attestation) == image.digest.text()) {
                table.addRow({{""}, {attestation.digest.text()}, {"attestation"}});
            }
        }
    }
}

Value descriptorValue(const Descriptor &descriptor)
{
    return {{"digest", jsonparts::textOrNull(descriptor.digest.text())},
            {"mediaType", jsonparts::textOrNull(descriptor.mediaType)},
            {"artifactType", jsonparts::textOrNull(descriptor.artifactType)},
            {"size", jsonparts::numberOrNull(descriptor.size)}};
}

Value imageValue(const ImageOutline &image)
{
    return {{"platform", jsonparts::textOrNull(image.platform.text())},
            {"created", jsonparts::textOrNull(image.created)},
            {"artifactType", jsonparts::textOrNull(image.artifactType)},
            {"layers", image.layers},
            {"wireSize", image.wireSize}};
}

} // namespace

const char *referrerKindName(Referrer::Kind kind)
{
    switch (kind) {
    case Referrer::Kind::Signature: return "signature";
    case Referrer::Kind::Sbom: return "sbom";
    case Referrer::Kind::Provenance: return "provenance";
    case Referrer::Kind::Attestation: return "attestation";
    case Referrer::Kind::Other: break;
    }
    return "other";
}

std::string namesText(const NameListing &listing)
{
    std::string text;
    for (const std::string &name : listing.names) {
        text += displayText(name) + "\n";
    }
    if (listing.names.empty()) {
        text = listing.repository.empty() ? "it lists no repositories\n" : "it has no tags\n";
    }
    return listing.hasMore ? text + "… and more; see --most\n" : text;
}

std::string namesJson(const NameListing &listing)
{
    Value report = jsonparts::document();
    report["host"] = replaceBadUtf8(listing.host);
    report["repository"] = jsonparts::textOrNull(listing.repository);
    report[listing.repository.empty() ? "repositories" : "tags"] = listing.names;
    report["hasMore"] = listing.hasMore;
    return jsonparts::written(report);
}

std::string outlineText(const OutlineReport &report, const TextStyle &style)
{
    const TagOutline &outline = report.outline;
    std::string text = displayText(report.name) + "\n" + outline.digest.text() + "\n";
    if (outline.image) {
        const ImageOutline &image = *outline.image;
        text += displayText(image.artifactType.empty() ? image.platform.text() : image.artifactType)
                + ", " + formatCount(image.layers, "layer", "layers") + ", "
                + formatBytes(image.wireSize) + " as transferred"
                + (image.created.empty() ? "" : ", made " + displayText(image.created)) + "\n";
    }
    TextTable table(
        {{"", TextTable::Kind::Text}, {"", TextTable::Kind::Text}, {"", TextTable::Kind::Text}},
        style,
        "  ");
    addImages(table, report);
    text += outline.isIndex ? table.text() : std::string();
    if (!report.wereReferrersAsked) {
        return text;
    }
    text += report.referrers.empty() ? "\nnothing lies beside it\n" : "\nbeside it\n";
    TextTable beside({{"", TextTable::Kind::Text},
                      {"", TextTable::Kind::Text},
                      {"", TextTable::Kind::Text},
                      {"", TextTable::Kind::Number}},
                     style,
                     "  ");
    for (const Referrer &referrer : report.referrers) {
        beside.addRow({{referrerKindName(referrer.kind)},
                       {referrer.descriptor.digest.text()},
                       {artifactOf(referrer.descriptor)},
                       {sizeText(referrer.descriptor.size)}});
    }
    return text + (report.referrers.empty() ? std::string() : beside.text());
}

std::string outlineJson(const OutlineReport &report)
{
    const TagOutline &outline = report.outline;
    Value value = jsonparts::document();
    value["reference"] = replaceBadUtf8(report.name);
    value["digest"] = outline.digest.text();
    value["mediaType"] = jsonparts::textOrNull(outline.mediaType);
    value["image"] = outline.image ? imageValue(*outline.image) : Value(nullptr);
    value["platforms"] = Value::array();
    for (const Descriptor &image : outline.images) {
        Value entry = descriptorValue(image);
        entry["platform"] = jsonparts::textOrNull(image.platform.text());
        value["platforms"].push_back(std::move(entry));
    }
    value["attestations"] = Value::array();
    for (const Descriptor &attestation : outline.attestations) {
        Value entry = descriptorValue(attestation);
        entry["subject"] = jsonparts::textOrNull(subjectOf(attestation));
        value["attestations"].push_back(std::move(entry));
    }
    value["referrers"] = report.wereReferrersAsked ? Value::array() : Value(nullptr);
    for (const Referrer &referrer : report.referrers) {
        Value entry = descriptorValue(referrer.descriptor);
        entry["kind"] = referrerKindName(referrer.kind);
        entry["tag"] = jsonparts::textOrNull(referrer.tag);
        value["referrers"].push_back(std::move(entry));
    }
    return jsonparts::written(value);
}

} // namespace cutaway
