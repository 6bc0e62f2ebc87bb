// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/score.h"

#include "core/audit/rule.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>

namespace cutaway {

namespace {

constexpr double kMostForBytes = 25;
constexpr double kBaseShare = 0.25; ///< of what the same costs in the image's own layers
constexpr double kEachMore = 0.1;   ///< for each further finding of one rule
constexpr double kMostMore = 0.5;

struct FamilyLimit
{
    std::string_view families; ///< blank-separated
    std::string_view name;
    double points = 0;
};
constexpr std::array kFamilyLimits = {
    FamilyLimit{"secret", "secret", 60},
    FamilyLimit{"security", "security", 45},
    FamilyLimit{"process", "process", 30},
    FamilyLimit{"supply", "supply", 20},
    FamilyLimit{"contract", "contract", 12},
    FamilyLimit{"metadata", "metadata", 10},
    FamilyLimit{"layer size context cache", "layer, size, context", 10},
    FamilyLimit{"repro style", "repro, style", 5},
};
constexpr std::array<std::pair<double, char>, 5> kGrades = {
    {{90, 'A'}, {80, 'B'}, {65, 'C'}, {50, 'D'}, {35, 'E'}}};

double pointsOf(Severity severity)
{
    switch (severity) {
    case Severity::Info: return 0;
    case Severity::Low: return 1;
    case Severity::Medium: return 5;
    case Severity::High: return 15;
    case Severity::Critical: return 40;
    }
    return 0;
}

double shareOf(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Heuristic: return 0.5;
    case Confidence::Likely: return 0.8;
    case Confidence::Certain: return 1;
    }
    return 1;
}

double costOf(const Finding &finding)
{
    return pointsOf(finding.severity) * shareOf(finding.confidence)
           * (finding.origin == Origin::Base ? kBaseShare : 1);
}

/// Accepted findings, and what the policy itself says, weigh nothing.
bool isScored(const Finding &finding)
{
    return !finding.suppressed && !finding.ruleId.starts_with("policy/")
           && !finding.ruleId.starts_with("assert/");
}

bool weighsByBytes(const Finding &finding)
{
    const Rule *rule = findRule(finding.ruleId);
    return rule != nullptr && rule->has(CountsBytes);
}

std::size_t limitOf(std::string_view ruleId)
{
    const std::string_view family = ruleId.substr(0, ruleId.find('/'));
    for (std::size_t i = 0; i < kFamilyLimits.size(); ++i) {
        const std::string_view families = kFamilyLimits.at(i).families;
        const std::size_t at = families.find(family);
        const std::size_t end = at + family.size();
        if (at != std::string_view::npos && (at == 0 || families[at - 1] == ' ')
            && (end == families.size() || families[end] == ' ')) {
            return i;
        }
    }
    return kFamilyLimits.size();
}

/// The findings of one rule.
struct RuleSum
{
    double worst = 0;
    double second = 0;
    std::size_t count = 0; ///< that cost something
    const Finding *worstFinding = nullptr;

    double points() const { return total(worst, count); }
    double without(const Finding &finding) const
    {
        if (count <= 1) {
            return 0;
        }
        return total(&finding == worstFinding ? second : worst, count - 1);
    }

private:
    static double total(double worst, std::size_t count)
    {
        const double more = kEachMore * static_cast<double>(count > 0 ? count - 1 : 0);
        return worst * (1 + std::min(more, kMostMore));
    }
};

/// What all findings cost, in the parts that the sum is printed of.
class Bill
{
public:
    /// `leftOut` is a rule whose findings are taken to be mended.
    Bill(const std::vector<Finding> &findings,
         std::uint64_t imageBytes,
         std::string_view leftOut = {})
        : m_imageBytes(static_cast<double>(imageBytes))
    {
        for (const Finding &finding : findings) {
            if (finding.ruleId == leftOut || !isScored(finding)) {
                continue;
            }
            if (weighsByBytes(finding)) {
                m_bytes += weightedBytes(finding);
            } else {
                add(finding);
            }
        }
        for (const auto &[id, sum] : m_rules) {
            m_families.at(limitOf(id)) += sum.points();
        }
    }

    double forBytes() const { return bytePoints(m_bytes); }
    double total() const
    {
        double sum = forBytes();
        for (std::size_t i = 0; i < m_families.size(); ++i) {
            sum += limited(i, m_families.at(i));
        }
        return sum;
    }
    double without(const Finding &finding) const
    {
        if (!isScored(finding)) {
            return total();
        }
        if (weighsByBytes(finding)) {
            return total() - forBytes() + bytePoints(m_bytes - weightedBytes(finding));
        }
        const auto rule = m_rules.find(finding.ruleId);
        if (rule == m_rules.end() || costOf(finding) <= 0) {
            return total();
        }
        const std::size_t family = limitOf(finding.ruleId);
        const double less = rule->second.points() - rule->second.without(finding);
        return total() - limited(family, m_families.at(family))
               + limited(family, m_families.at(family) - less);
    }
    const std::map<std::string, RuleSum> &rules() const { return m_rules; }
    /// What a family's limit gives back.
    double givenBack(std::size_t family) const
    {
        return m_families.at(family) - limited(family, m_families.at(family));
    }

private:
    void add(const Finding &finding)
    {
        const double cost = costOf(finding);
        if (cost <= 0) {
            return;
        }
        RuleSum &sum = m_rules[finding.ruleId];
        ++sum.count;
        if (cost > sum.worst) {
            sum.second = sum.worst;
            sum.worst = cost;
            sum.worstFinding = &finding;
        } else {
            sum.second = std::max(sum.second, cost);
        }
    }
    static double weightedBytes(const Finding &finding)
    {
        return static_cast<double>(finding.bytes)
               * (finding.origin == Origin::Base ? kBaseShare : 1);
    }
    double bytePoints(double bytes) const
    {
        return m_imageBytes <= 0 ? 0 : std::clamp(bytes * 100 / m_imageBytes, 0.0, kMostForBytes);
    }
    static double limited(std::size_t family, double points)
    {
        return family < kFamilyLimits.size() ? std::min(points, kFamilyLimits.at(family).points)
                                             : points;
    }

    double m_imageBytes;
    double m_bytes = 0;
    std::map<std::string, RuleSum> m_rules;
    std::array<double, kFamilyLimits.size() + 1> m_families{};
};

char gradeOf(double value)
{
    for (const auto &[least, grade] : kGrades) {
        if (value >= least) {
            return grade;
        }
    }
    return 'F';
}

std::vector<Score::Penalty> penaltiesOf(const Bill &bill)
{
    std::vector<Score::Penalty> penalties;
    if (bill.forBytes() > 0) {
        penalties.push_back({"bytes", bill.forBytes(), "bytes that could be saved"});
    }
    for (const auto &[id, sum] : bill.rules()) {
        const Finding &worst = *sum.worstFinding;
        std::string reason = std::string(severityName(worst.severity)) + ", "
                             + std::string(confidenceName(worst.confidence));
        reason += worst.origin == Origin::Base ? ", in the base" : "";
        reason += sum.count > 1 ? ", " + formatNumber(sum.count) + " findings" : "";
        penalties.push_back({id, sum.points(), std::move(reason)});
    }
    std::ranges::sort(penalties, [](const Score::Penalty &a, const Score::Penalty &b) {
        return a.points == b.points ? a.what < b.what : a.points > b.points;
    });
    for (std::size_t i = 0; i < kFamilyLimits.size(); ++i) {
        if (bill.givenBack(i) > 0) {
            const FamilyLimit &limit = kFamilyLimits.at(i);
            penalties.push_back(
                {std::string(limit.name),
                 -bill.givenBack(i),
                 "the family costs " + std::to_string(std::lround(limit.points)) + " at most"});
        }
    }
    if (bill.total() > 100) {
        penalties.push_back({"limit", 100 - bill.total(), "no score is below 0"});
    }
    return penalties;
}

std::vector<Score::Gain> gainsOf(const std::vector<Finding> &findings,
                                 std::uint64_t imageBytes,
                                 double total)
{
    constexpr double kNoise = 1e-9; // of a sum that is the same
    std::set<std::string_view> rules;
    for (const Finding &finding : findings) {
        rules.insert(finding.ruleId);
    }
    std::vector<Score::Gain> gains;
    for (const std::string_view rule : rules) {
        const double points = total - Bill(findings, imageBytes, rule).total();
        if (points > kNoise) {
            gains.push_back({std::string(rule), points});
        }
    }
    std::ranges::stable_sort(gains, std::ranges::greater(), &Score::Gain::points);
    return gains;
}

/// No more than D with a critical fact, no more than B with a high one of the image's own making.
void applyCeilings(const std::vector<Finding> &findings, Score &score)
{
    for (const Finding &finding : findings) {
        if (!isScored(finding) || finding.confidence != Confidence::Certain) {
            continue;
        }
        const char best = finding.severity == Severity::Critical ? 'D'
                          : finding.severity == Severity::High && finding.origin != Origin::Base
                              ? 'B'
                              : 'A';
        if (best <= gradeOf(score.value)
            || std::ranges::find(score.ceilings, finding.ruleId, &Score::Ceiling::ruleId)
                   != score.ceilings.end()) {
            continue;
        }
        score.ceilings.push_back({best, finding.ruleId});
        score.grade = std::max(score.grade, best);
    }
}

} // namespace

Score scoreOf(std::vector<Finding> &findings,
              std::uint64_t imageBytes,
              std::size_t rulesAsked,
              std::size_t rulesSkipped)
{
    Score score;
    score.isKnown = rulesAsked > 0 && rulesAsked >= rulesSkipped;
    const Bill bill(findings, imageBytes);
    const double total = bill.total();
    for (Finding &finding : findings) {
        finding.points = std::max(0.0, total - bill.without(finding));
    }
    score.value = std::clamp(100 - total, 0.0, 100.0);
    score.grade = gradeOf(score.value);
    score.penalties = penaltiesOf(bill);
    score.gains = gainsOf(findings, imageBytes, total);
    applyCeilings(findings, score);
    return score;
}

std::string gradeName(const Score &score)
{
    return score.isKnown ? std::string(1, score.grade) : "N/A";
}

} // namespace cutaway
