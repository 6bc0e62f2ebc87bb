// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/comparefacts.h"
#include "core/report/comparereport.h"
#include "core/report/escape.h"
#include "core/report/findingfacts.h"
#include "core/report/layerfacts.h"
#include "core/report/markdownparts.h"

namespace cutaway {
namespace {

std::string headingOf(const Comparison &comparison, const std::vector<GateCheck> &gate)
{
    std::string text = "## Cutaway: ";
    switch (comparison.verdict) {
    case Comparison::Verdict::Same: text += "neither better nor worse"; break;
    case Comparison::Verdict::Better: text += "better"; break;
    case Comparison::Verdict::Worse: text += "worse"; break;
    }
    text += gate.empty() ? "" : isPassed(gate) ? ", gate passed" : ", gate failed";
    text += "\n\n" + shortCode(imageName(*comparison.before->image)) + " → "
            + shortCode(imageName(*comparison.after->image)) + "\n\n";
    for (const VerdictReason &reason : comparison.reasons) {
        text += std::string(reason.isWorse ? "- 🔴 " : "- 🟢 ") + markdownText(reason.text) + '\n';
    }
    return text + (comparison.reasons.empty() ? "" : "\n");
}

std::string gateTable(const std::vector<GateCheck> &gate)
{
    if (gate.empty()) {
        return {};
    }
    std::string text = "| Gate | | |\n|---|---|---|\n";
    for (const GateCheck &check : gate) {
        text += "| " + markdownCode(check.name) + " | "
                + (check.state == GateCheck::State::Fail ? "**fail**"
                                                         : std::string(stateName(check.state)))
                + " | " + markdownText(check.message) + " |\n";
    }
    return text + '\n';
}

std::string sizeTable(const Comparison &comparison)
{
    std::string text = "| Size | Before | After | Change |\n|---|--:|--:|--:|\n";
    for (const SizeRow &row : comparison.sizes) {
        text += "| " + std::string(row.name) + " | " + formatBytes(row.before) + " | "
                + formatBytes(row.after) + " | " + compared::byteChange(row.before, row.after)
                + " |\n";
    }
    return text;
}

std::string layerDetails(const Comparison &comparison)
{
    std::vector<std::string> items;
    for (const LayerPair &pair : comparison.layers.list) {
        if (pair.kind == LayerPair::Kind::Shared) {
            continue;
        }
        const std::uint64_t before = compared::layerBytes(comparison.before, pair.before);
        const std::uint64_t after = compared::layerBytes(comparison.after, pair.after);
        items.push_back("- " + std::string(kindName(pair.kind)) + ' '
                        + shortCode(compared::instructionOf(comparison, pair, Secrets::Redacted))
                        + ", " + formatBytes(pair.after ? after : before)
                        + (before == after ? "" : " (" + compared::byteChange(before, after) + ')')
                        + '\n');
    }
    return details("<b>Layers</b>: " + formatNumber(comparison.layers.shared)
                       + " shared from the bottom",
                   bounded(items));
}

std::string fileDetails(const Comparison &comparison)
{
    constexpr std::size_t kMost = 1'000; // far more than fit
    std::vector<std::string> items;
    const auto list = compared::telling(comparison.files);
    for (std::size_t i = 0; i < std::min(kMost, list.size()); ++i) {
        const FileDifference &difference = *list[i];
        const std::string words = compared::changeWords(comparison, difference);
        items.push_back(
            "- `" + std::string(compared::signOf(difference.kind)) + "` "
            + shortCode(compared::pathOf(comparison, difference.before, difference.after))
            + (difference.beforeBytes == difference.afterBytes
                   ? ""
                   : ' ' + compared::byteChange(difference.beforeBytes, difference.afterBytes))
            + (words.empty() ? "" : " (" + markdownText(words) + ')') + '\n');
    }
    return details("<b>Files</b>: " + compared::countWords(comparison.files), bounded(items));
}

std::string settingDetails(const Comparison &comparison)
{
    std::vector<std::string> items;
    for (const SettingDifference &setting : comparison.settings) {
        const auto valueOf = [&setting](const SettingDifference::Value &value) {
            return value ? shortCode(shownSetting(setting, value, Secrets::Redacted).text)
                         : std::string("–");
        };
        items.push_back("- " + shortCode(compared::settingName(setting)) + ": "
                        + valueOf(setting.before) + " → " + valueOf(setting.after) + '\n');
    }
    return items.empty() ? std::string()
                         : details("<b>Configuration and contract</b>: "
                                       + formatCount(items.size(), "difference", "differences"),
                                   bounded(items));
}

std::string stepDetails(const Comparison &comparison)
{
    std::vector<std::string> items;
    for (const StepPair &pair : comparison.steps) {
        if (pair.isSame()) {
            continue;
        }
        const HistoryEntry &entry = pair.after
                                        ? comparison.after->image->config.history[*pair.after]
                                        : comparison.before->image->config.history[*pair.before];
        items.push_back(std::string(pair.after ? "- `+` " : "- `-` ")
                        + shortCode(instructionOf(entry, Secrets::Redacted)) + '\n');
    }
    return items.empty() ? std::string()
                         : details("<b>Build steps</b>: "
                                       + formatCount(items.size(), "difference", "differences"),
                                   bounded(items));
}

std::string findingDetails(const Comparison &comparison)
{
    std::vector<std::string> items;
    for (const FindingPair &pair : comparison.findings) {
        if (pair.kind != FindingPair::Kind::New && pair.kind != FindingPair::Kind::Fixed) {
            continue;
        }
        items.push_back("- " + std::string(kindName(pair.kind)) + ' '
                        + std::string(severityName(pair.any().severity)) + ' '
                        + markdownCode(pair.any().ruleId) + ": " + markdownText(pair.any().summary)
                        + '\n');
    }
    return items.empty()
               ? std::string()
               : details("<b>Findings</b>: "
                             + formatNumber(comparison.count(FindingPair::Kind::New)) + " new, "
                             + formatNumber(comparison.count(FindingPair::Kind::Fixed)) + " fixed",
                         bounded(items));
}

std::string packageDetails(const Comparison &comparison)
{
    std::vector<std::string> items;
    for (const PackageDifference &difference : comparison.packages.list) {
        const auto versionOf = [](const Package *package) {
            return package == nullptr ? std::string("–") : shortCode(package->record.version);
        };
        items.push_back("- " + std::string(kindName(difference.kind)) + ' '
                        + shortCode(difference.any().record.name) + ": "
                        + versionOf(difference.before) + " → " + versionOf(difference.after)
                        + '\n');
    }
    return items.empty() ? std::string()
                         : details("<b>Packages</b>: " + compared::countWords(comparison.packages),
                                   bounded(items));
}

} // namespace

std::string compareMarkdown(const Comparison &comparison, const std::vector<GateCheck> &gate)
{
    MarkdownDocument document;
    document.add(headingOf(comparison, gate));
    document.add(gateTable(gate));
    document.add(sizeTable(comparison));
    document.add(findingDetails(comparison));
    document.add(fileDetails(comparison));
    document.add(packageDetails(comparison));
    document.add(settingDetails(comparison));
    document.add(layerDetails(comparison));
    document.add(stepDetails(comparison));
    return document.text("");
}

} // namespace cutaway
