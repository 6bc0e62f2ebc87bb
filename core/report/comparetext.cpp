// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/comparefacts.h"
#include "core/report/comparereport.h"
#include "core/report/layerfacts.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <algorithm>

namespace cutaway {
namespace {

constexpr std::size_t kFilesShown = 30;
constexpr std::size_t kDirectoriesShown = 12;
constexpr std::size_t kRowsShown = 40; ///< of settings, steps, findings, packages

using Kind = TextTable::Kind;

/// How many of a list's rows are shown, and the line that says how many are not.
struct Cut
{
    std::size_t shown = 0;
    std::string rest;
};

Cut cutOf(std::size_t count, std::size_t most, const TextStyle &style)
{
    if (style.width == 0 || count <= most) {
        return {count, {}};
    }
    return {most, "  … " + formatNumber(count - most) + " more\n"};
}

std::string sideLine(std::string_view name, const Inspection &inspection, const TextStyle &style)
{
    const Image &image = *inspection.image;
    std::string text = painted(name, Paint::Dim, style) + ' '
                       + painted(displayText(image.reference), Paint::Bold, style);
    std::string facts;
    for (const std::string &fact : {displayText(image.config.platform.text()),
                                    formatCount(image.layers.size(), "layer", "layers"),
                                    image.digest.shortText()}) {
        facts += fact.empty() ? "" : " · " + fact;
    }
    return text + facts + '\n';
}

std::string verdictText(const Comparison &comparison, const TextStyle &style)
{
    const auto verdict = comparison.verdict;
    const bool isWorse = verdict == Comparison::Verdict::Worse;
    const bool isBetter = verdict == Comparison::Verdict::Better;
    std::string text = "\n";
    text += isWorse    ? painted("Worse", Paint::Red, style)
            : isBetter ? painted("Better", Paint::Green, style)
                       : painted("Neither better nor worse", Paint::Bold, style);
    text += '\n';
    for (const VerdictReason &reason : comparison.reasons) {
        text += painted(reason.isWorse ? "  worse   " : "  better  ",
                        reason.isWorse ? Paint::Red : Paint::Green,
                        style)
                + displayText(reason.text) + '\n';
    }
    if (!comparison.before->image->complete || !comparison.after->image->complete) {
        text += "  Not all layers could be read: this covers those that were.\n";
    }
    return text;
}

std::string sizesText(const Comparison &comparison, const TextStyle &style)
{
    TextTable table({{"", Kind::Text},
                     {"before", Kind::Number},
                     {"after", Kind::Number},
                     {"change", Kind::Number}},
                    style,
                    "  ");
    for (const SizeRow &row : comparison.sizes) {
        table.addRow({{std::string(row.name)},
                      {formatBytes(row.before)},
                      {formatBytes(row.after)},
                      {compared::byteChange(row.before, row.after),
                       row.before == row.after  ? Paint::Dim
                       : row.after > row.before ? Paint::Red
                                                : Paint::Green}});
    }
    const double first = comparison.before->analysis.efficiency;
    const double second = comparison.after->analysis.efficiency;
    table.addRow({{"efficiency"},
                  {sections::percentDown(first)},
                  {sections::percentDown(second)},
                  {first == second  ? "no change"
                   : second > first ? "better"
                                    : "worse",
                   first == second  ? Paint::Dim
                   : second > first ? Paint::Green
                                    : Paint::Red}});
    return sections::heading("Sizes", style) + table.text();
}

Paint paintOf(LayerPair::Kind kind)
{
    switch (kind) {
    case LayerPair::Kind::Shared: return Paint::Dim;
    case LayerPair::Kind::Moved: return Paint::Blue;
    case LayerPair::Kind::Rebuilt: return Paint::Amber;
    case LayerPair::Kind::Removed: return Paint::Red;
    case LayerPair::Kind::Added: return Paint::Green;
    }
    return Paint::Plain;
}

std::string layersText(const Comparison &comparison, const TextStyle &style)
{
    TextTable table({{"", Kind::Text},
                     {"before", Kind::Number},
                     {"after", Kind::Number},
                     {"size", Kind::Number},
                     {"change", Kind::Number},
                     {"instruction", Kind::Prose}},
                    style,
                    "  ");
    for (const LayerPair &pair : comparison.layers.list) {
        const std::uint64_t before = compared::layerBytes(comparison.before, pair.before);
        const std::uint64_t after = compared::layerBytes(comparison.after, pair.after);
        table.addRow({{std::string(kindName(pair.kind)), paintOf(pair.kind)},
                      {pair.before ? std::to_string(*pair.before) : "–"},
                      {pair.after ? std::to_string(*pair.after) : "–"},
                      {sections::bytesOrDash(pair.after ? after : before)},
                      {before == after ? "" : compared::byteChange(before, after)},
                      {displayText(compared::instructionOf(comparison, pair, style.secrets))}});
    }
    return sections::heading("Layers, " + formatNumber(comparison.layers.shared)
                                 + " shared from the bottom",
                             style)
           + table.text();
}

Paint paintOf(FileDifference::Kind kind)
{
    switch (kind) {
    case FileDifference::Kind::Removed: return Paint::Red;
    case FileDifference::Kind::Added: return Paint::Green;
    case FileDifference::Kind::Modified: return Paint::Amber;
    case FileDifference::Kind::Metadata:
    case FileDifference::Kind::Moved: return Paint::Violet;
    }
    return Paint::Plain;
}

std::string filesText(const Comparison &comparison, const TextStyle &style)
{
    std::string text = sections::heading("Files: " + compared::countWords(comparison.files), style);
    const auto list = compared::telling(comparison.files);
    const Cut cut = cutOf(list.size(), kFilesShown, style);
    TextTable table(
        {{"", Kind::Text}, {"", Kind::Number}, {"", Kind::Path}, {"", Kind::Prose}}, style, "  ");
    for (std::size_t i = 0; i < cut.shown; ++i) {
        const FileDifference &difference = *list[i];
        table.addRow(
            {{std::string(compared::signOf(difference.kind)), paintOf(difference.kind)},
             {difference.beforeBytes == difference.afterBytes
                  ? ""
                  : compared::byteChange(difference.beforeBytes, difference.afterBytes)},
             {displayText(compared::pathOf(comparison, difference.before, difference.after))},
             {compared::changeWords(comparison, difference), Paint::Dim}});
    }
    return text + table.text() + cut.rest;
}

std::string directoriesText(const Comparison &comparison, const TextStyle &style)
{
    const auto list = compared::telling(comparison.files.directories);
    if (list.empty()) {
        return {};
    }
    const Cut cut = cutOf(list.size(), kDirectoriesShown, style);
    TextTable table({{"before", Kind::Number},
                     {"after", Kind::Number},
                     {"change", Kind::Number},
                     {"", Kind::Path}},
                    style,
                    "  ");
    for (std::size_t i = 0; i < cut.shown; ++i) {
        table.addRow(
            {{sections::bytesOrDash(list[i]->beforeBytes)},
             {sections::bytesOrDash(list[i]->afterBytes)},
             {compared::byteChange(list[i]->beforeBytes, list[i]->afterBytes)},
             {displayText(compared::pathOf(comparison, list[i]->before, list[i]->after))}});
    }
    return sections::heading("Bytes by directory", style) + table.text() + cut.rest;
}

std::string settingsText(const Comparison &comparison, const TextStyle &style)
{
    if (comparison.settings.empty()) {
        return {};
    }
    const Cut cut = cutOf(comparison.settings.size(), kRowsShown, style);
    TextTable table(
        {{"", Kind::Text}, {"before", Kind::Prose}, {"after", Kind::Prose}}, style, "  ");
    const auto valueOf = [&style](const SettingDifference &setting,
                                  const SettingDifference::Value &value) -> TextTable::Cell {
        if (!value) {
            return {"–", Paint::Dim};
        }
        return {displayText(shownSetting(setting, value, style.secrets).text)};
    };
    for (std::size_t i = 0; i < cut.shown; ++i) {
        const SettingDifference &setting = comparison.settings[i];
        // A fact of the contract is its own name; its kind is enough.
        const bool isFact =
            setting.before.value_or(setting.after.value_or(std::vector<std::string>()))
            == std::vector<std::string>{setting.name};
        table.addRow(
            {{displayText(isFact ? std::string(setting.field) : compared::settingName(setting))},
             valueOf(setting, setting.before),
             valueOf(setting, setting.after)});
    }
    return sections::heading("Configuration and contract", style) + table.text() + cut.rest;
}

std::string stepsText(const Comparison &comparison, const TextStyle &style)
{
    std::vector<StepPair> others;
    std::ranges::copy_if(comparison.steps, std::back_inserter(others), [](const StepPair &pair) {
        return !pair.isSame();
    });
    if (others.empty()) {
        return {};
    }
    const Cut cut = cutOf(others.size(), kRowsShown, style);
    TextTable table({{"", Kind::Text}, {"", Kind::Number}, {"", Kind::Prose}}, style, "  ");
    for (std::size_t i = 0; i < cut.shown; ++i) {
        const bool isNew = others[i].after.has_value();
        const std::uint32_t at = isNew ? *others[i].after : *others[i].before;
        const Image &image = isNew ? *comparison.after->image : *comparison.before->image;
        table.addRow({{isNew ? "+" : "-", isNew ? Paint::Green : Paint::Red},
                      {std::to_string(at)},
                      {displayText(instructionOf(image.config.history[at], style.secrets))}});
    }
    return sections::heading("Build steps", style) + table.text() + cut.rest;
}

std::string findingsText(const Comparison &comparison, const TextStyle &style)
{
    std::vector<const FindingPair *> list;
    for (const FindingPair &pair : comparison.findings) {
        if (pair.kind != FindingPair::Kind::Same) {
            list.push_back(&pair);
        }
    }
    const std::size_t same = comparison.count(FindingPair::Kind::Same);
    if (list.empty() && same == 0) {
        return {};
    }
    const Cut cut = cutOf(list.size(), kRowsShown, style);
    TextTable table(
        {{"", Kind::Text}, {"", Kind::Text}, {"", Kind::Text}, {"", Kind::Prose}}, style, "  ");
    for (std::size_t i = 0; i < cut.shown; ++i) {
        const FindingPair &pair = *list[i];
        const bool isNew = pair.kind == FindingPair::Kind::New;
        const std::string kind = pair.kind == FindingPair::Kind::NotAsked
                                     ? "only asked here"
                                     : std::string(kindName(pair.kind));
        table.addRow({{kind,
                       isNew                                   ? Paint::Red
                       : pair.kind == FindingPair::Kind::Fixed ? Paint::Green
                                                               : Paint::Plain},
                      {std::string(severityName(pair.any().severity)),
                       sections::paintOf(pair.any().severity)},
                      {pair.any().ruleId},
                      {displayText(pair.any().summary)}});
    }
    return sections::heading("Findings: " + formatNumber(comparison.count(FindingPair::Kind::New))
                                 + " new, "
                                 + formatNumber(comparison.count(FindingPair::Kind::Fixed))
                                 + " fixed, " + formatNumber(same) + " the same",
                             style)
           + table.text() + cut.rest;
}

std::string packagesText(const Comparison &comparison, const TextStyle &style)
{
    const PackageDifferences &packages = comparison.packages;
    if (!packages.isKnown || (packages.list.empty() && packages.same == 0)) {
        return {};
    }
    const Cut cut = cutOf(packages.list.size(), kRowsShown, style);
    TextTable table({{"", Kind::Text},
                     {"", Kind::Text},
                     {"", Kind::Prose},
                     {"before", Kind::Prose},
                     {"after", Kind::Prose}},
                    style,
                    "  ");
    for (std::size_t i = 0; i < cut.shown; ++i) {
        const PackageDifference &difference = packages.list[i];
        const auto versionOf = [](const Package *package) {
            return package == nullptr ? std::string("–") : displayText(package->record.version);
        };
        table.addRow({{std::string(kindName(difference.kind))},
                      {std::string(ecosystemName(difference.any().record.ecosystem)), Paint::Dim},
                      {displayText(difference.any().record.name)},
                      {versionOf(difference.before)},
                      {versionOf(difference.after)}});
    }
    return sections::heading("Packages: " + compared::countWords(packages) + ", "
                                 + formatNumber(packages.same) + " the same",
                             style)
           + table.text() + cut.rest;
}

std::string gateText(const std::vector<GateCheck> &gate, const TextStyle &style)
{
    if (gate.empty()) {
        return {};
    }
    std::string text = sections::heading("Gate", style);
    for (const GateCheck &check : gate) {
        const bool isFailed = check.state == GateCheck::State::Fail;
        const bool isSkipped = check.state == GateCheck::State::Skip;
        text += painted(isFailed    ? "  FAIL  "
                        : isSkipped ? "  SKIP  "
                                    : "  PASS  ",
                        isFailed    ? Paint::Red
                        : isSkipped ? Paint::Dim
                                    : Paint::Green,
                        style)
                + check.name + " (" + displayText(check.message) + ")\n";
    }
    return text;
}

} // namespace

std::string compareText(const Comparison &comparison,
                        const std::vector<GateCheck> &gate,
                        const TextStyle &style)
{
    return sideLine("before", *comparison.before, style)
           + sideLine("after ", *comparison.after, style) + verdictText(comparison, style)
           + sizesText(comparison, style) + layersText(comparison, style)
           + filesText(comparison, style) + directoriesText(comparison, style)
           + settingsText(comparison, style) + stepsText(comparison, style)
           + findingsText(comparison, style) + packagesText(comparison, style)
           + gateText(gate, style);
}

} // namespace cutaway
