// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/findingfacts.h"

#include "core/audit/ruledata.h"
#include "core/base/text.h"
#include "core/report/escape.h"

#include <algorithm>
#include <cstdio>

namespace cutaway {
namespace {

constexpr std::string_view kConfigPlace = "image/config.json";

EvidencePlace stepPlace(std::size_t index)
{
    std::string number = std::to_string(index);
    if (number.size() < 2) {
        number.insert(0, 1, '0');
    }
    return {"image/history/" + number, false};
}

/// Where in the history the layer was made; nothing where that is not known.
std::optional<std::size_t> stepOf(const Image &image, LayerIndex layer)
{
    const auto &history = image.config.history;
    const auto found = std::ranges::find(history, layer, &HistoryEntry::layer);
    if (found == history.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - history.begin());
}

} // namespace

std::optional<EvidencePlace> placeOf(const Image &image, const Evidence &evidence)
{
    if (!evidence.path.empty()) {
        return EvidencePlace{uriPath(evidence.path), true};
    }
    if (evidence.step) {
        return stepPlace(*evidence.step);
    }
    if (!evidence.field.empty()) {
        return EvidencePlace{std::string(kConfigPlace), false};
    }
    if (evidence.layer) {
        if (const auto step = stepOf(image, *evidence.layer)) {
            return stepPlace(*step);
        }
    }
    return std::nullopt;
}

EvidencePlace placeOf(const Image &image, const Finding &finding)
{
    std::optional<EvidencePlace> first;
    for (const Evidence &evidence : finding.evidence) {
        // A file says more than the step that made it.
        if (auto place = placeOf(image, evidence); place && (place->isFile || !first)) {
            first = std::move(place);
            if (first->isFile) {
                break;
            }
        }
    }
    return first ? *first : EvidencePlace{std::string(kConfigPlace), false};
}

std::string evidenceWords(const Evidence &evidence)
{
    std::string words;
    const auto add = [&words](const std::string &part) {
        words += (words.empty() || part.empty() ? "" : "  ") + part;
    };
    add(displayText(evidence.field));
    add(displayText(evidence.text));
    add(evidence.bytes > 0 ? formatBytes(evidence.bytes) : "");
    return words;
}

FindingCounts countFindings(const Inspection &inspection)
{
    FindingCounts counts;
    for (const Finding &finding : inspection.findings) {
        if (finding.suppressed) {
            ++counts.suppressed;
        } else {
            ++counts.open;
            counts.known += finding.isKnown ? 1 : 0;
            ++counts.bySeverity.at(static_cast<std::size_t>(finding.severity));
        }
    }
    return counts;
}

std::string countWords(const FindingCounts &counts)
{
    std::string words;
    for (const Severity severity : kSeveritiesDown) {
        const std::size_t count = counts.bySeverity.at(static_cast<std::size_t>(severity));
        if (count > 0) {
            words += (words.empty() ? "" : ", ") + formatNumber(count) + ' '
                     + std::string(severityName(severity));
        }
    }
    return words.empty() ? "no findings" : words;
}

std::vector<RuleFindings> findingsByRule(const Inspection &inspection)
{
    std::vector<RuleFindings> rules;
    for (const Finding &finding : inspection.findings) {
        if (finding.suppressed) {
            continue;
        }
        auto rule = std::ranges::find(rules, finding.ruleId, &RuleFindings::ruleId);
        if (rule == rules.end()) {
            const auto &gains = inspection.score.gains;
            const auto gain = std::ranges::find(gains, finding.ruleId, &Score::Gain::ruleId);
            rules.push_back({finding.ruleId, {}, gain == gains.end() ? 0 : gain->points});
            rule = rules.end() - 1;
        }
        rule->findings.push_back(&finding);
    }
    return rules;
}

std::string pointsText(double points)
{
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.1f", points);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

std::string suppressionNotes(const Suppression &suppression)
{
    std::string notes;
    const auto add = [&notes](std::string_view words, const std::string &value) {
        if (!value.empty()) {
            notes += (notes.empty() ? "" : ", ") + std::string(words) + displayText(value);
        }
    };
    add("until ", suppression.until);
    add("by ", suppression.owner);
    add("in ", suppression.source);
    return notes;
}

std::string imageName(const Image &image)
{
    return image.tags.empty() ? image.reference : image.tags.front();
}

std::vector<Provenance> provenanceOf(const Inspection &inspection, std::string_view timestamp)
{
    std::vector<Provenance> list = {
        {"tool", "Cutaway " CUTAWAY_VERSION},
        {"rule data", ruleDataDate()},
    };
    const std::string &digest = inspection.image->digest.text();
    list.push_back({"image digest", digest.empty() ? "unknown" : digest});
    const std::string &policy = inspection.policy.digest;
    list.push_back({"policy", policy.empty() ? "none" : policy});
    if (!timestamp.empty()) {
        list.push_back({"made", std::string(timestamp)});
    }
    return list;
}

} // namespace cutaway
