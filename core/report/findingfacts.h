// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What several formats of the audit's report say about findings.
namespace cutaway {

inline constexpr std::array kSeveritiesDown = {
    Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info};

/// Where evidence is, as documents that know files and lines alone can say it.
struct EvidencePlace
{
    std::string uri;     ///< "usr/bin/su", "image/config.json", "image/history/03"
    bool isFile = false; ///< of the image; else a stand-in for the configuration or a build step
};
/// Nothing where the evidence is a remark on the others.
[[nodiscard]] std::optional<EvidencePlace> placeOf(const Image &image, const Evidence &evidence);
/// The place of the first evidence that has one; the configuration where none has.
[[nodiscard]] EvidencePlace placeOf(const Image &image, const Finding &finding);

/// What the evidence says, on one line, its path left out: "config.User  root". Displayable.
[[nodiscard]] std::string evidenceWords(const Evidence &evidence);

/// Findings that count, by severity (index = its value); those suppressed apart.
struct FindingCounts
{
    std::array<std::size_t, kSeveritiesDown.size()> bySeverity{};
    std::size_t open = 0;
    std::size_t known = 0; ///< of those open: the baseline has them
    std::size_t suppressed = 0;
};
[[nodiscard]] FindingCounts countFindings(const Inspection &inspection);
/// "1 high, 3 low"; "no findings".
[[nodiscard]] std::string countWords(const FindingCounts &counts);

/// The findings of one rule that count, severest first.
struct RuleFindings
{
    std::string_view ruleId;
    std::vector<const Finding *> findings;

    double points = 0; ///< that mending all of them gains

    Severity severity() const { return findings.front()->severity; }
};
/// In the order of their first findings.
[[nodiscard]] std::vector<RuleFindings> findingsByRule(const Inspection &inspection);

/// One decimal: "12.5".
[[nodiscard]] std::string pointsText(double points);
/// "expires 2027-03-31, by sec@example.org, in .cutaway.yaml"; empty where nothing is said.
[[nodiscard]] std::string suppressionNotes(const Suppression &suppression);
/// The name that people know the image by: its first tag, else as it was asked for. Raw text.
[[nodiscard]] std::string imageName(const Image &image);

/// What a report was made with and of: tool, rule data, policy, image digest. Raw text.
struct Provenance
{
    std::string_view name; ///< "image digest"
    std::string value;
};
[[nodiscard]] std::vector<Provenance> provenanceOf(const Inspection &inspection,
                                                   std::string_view timestamp);

} // namespace cutaway
