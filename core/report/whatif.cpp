// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/savings.h"
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/layerfacts.h"
#include "core/report/report.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace cutaway {
namespace {

constexpr std::size_t kMergesShown = 8;
constexpr std::size_t kPathsShown = 12;

using Kind = TextTable::Kind;

std::string rangeText(const LayerRange &range)
{
    return range.first == range.last
               ? std::to_string(range.first)
               : std::to_string(range.first) + "-" + std::to_string(range.last);
}

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// The steps of the range that made a layer, in their order; empty where that is not known.
std::vector<const HistoryEntry *> stepsOf(const Image &image, const LayerRange &range)
{
    std::vector<const HistoryEntry *> steps;
    for (std::uint32_t layer = range.first; layer <= range.last; ++layer) {
        const HistoryEntry *step = historyOf(image, layer);
        if (step == nullptr) {
            return {};
        }
        steps.push_back(step);
    }
    return steps;
}

/// Whether the step can be said in one line of a shell, with others.
bool isPlainRun(const BuildStep &step)
{
    return step.keyword == "RUN" && step.shell.empty() && !step.arguments.starts_with('[')
           && !step.arguments.starts_with("<<") && step.arguments.find('\n') == std::string::npos;
}

/// How a Dockerfile would say it: one RUN, or, where files come in between, a stage of their own.
std::vector<std::string> advice(const Image &image, const LayerRange &range, Secrets secrets)
{
    const std::vector<const HistoryEntry *> steps = stepsOf(image, range);
    if (steps.empty()) {
        return {"How the layers were built is not known: build them in one step."};
    }
    const bool areRuns = std::ranges::all_of(
        steps, [](const HistoryEntry *step) { return isPlainRun(normaliseHistory(*step)); });
    if (!areRuns) {
        return {"Build this in a stage of its own, and copy into the image what it needs:",
                "COPY --from=STAGE PATH PATH"};
    }
    std::vector<std::string> lines{"Write these steps as one:"};
    for (const HistoryEntry *step : steps) {
        std::string command = displayText(instructionOf(*step, secrets));
        command.erase(0, std::min(command.find_first_not_of(' ', 3), command.size()));
        const bool isFirst = lines.size() == 1;
        lines.push_back((isFirst ? "RUN " : "    && ") + command);
        if (!isFirst) {
            lines[lines.size() - 2] += " \\";
        }
    }
    return lines;
}

std::string layersTable(const Inspection &inspection,
                        const WhatIfNumbers &numbers,
                        const TextStyle &style)
{
    TextTable table({{"layer", Kind::Text},
                     {"files", Kind::Number},
                     {"would be", Kind::Number},
                     {"saved", Kind::Number},
                     {"build step", Kind::Prose}},
                    style,
                    "  ");
    for (const WhatIfLayer &layer : numbers.layers) {
        const std::uint64_t saved = layer.dropped + layer.hidden;
        std::string step =
            displayText(instructionLine(*inspection.image, layer.layers.first, style.secrets));
        if (layer.layers.first != layer.layers.last) {
            step += " … ";
            step +=
                displayText(instructionLine(*inspection.image, layer.layers.last, style.secrets));
        }
        table.addRow({{rangeText(layer.layers)},
                      {formatBytes(layer.before)},
                      {formatBytes(layer.after())},
                      {sections::bytesOrDash(saved), saved > 0 ? Paint::Green : Paint::Plain},
                      {std::move(step)}});
    }
    return table.text();
}

std::string sumsTable(const WhatIfNumbers &numbers, const TextStyle &style)
{
    TextTable table(
        {{"", Kind::Text}, {"files", Kind::Number}, {"to pull", Kind::Number}}, style, "  ");
    table.addRow({{"as it is"}, {formatBytes(numbers.before)}, {formatBytes(numbers.wireBefore)}});
    const auto addSaving = [&](const char *what, std::uint64_t bytes) {
        if (bytes > 0) {
            table.addRow({{what}, {"-" + formatBytes(bytes)}, {""}});
        }
    };
    addSaving("paths left out", numbers.dropped);
    addSaving("layers merged", numbers.hidden);
    table.addRow({{"would be", Paint::Bold},
                  {formatBytes(numbers.after()), Paint::Bold},
                  {"~" + formatBytes(numbers.wireAfter), Paint::Bold}});
    return table.text();
}

/// Which step would have to do it, for each path.
std::string dropAdvice(const Inspection &inspection,
                       const std::vector<NodeId> &dropped,
                       const TextStyle &style)
{
    const PathTree &tree = *inspection.image->tree;
    std::string text;
    for (const NodeId node : dropped) {
        const EntryId last = tree.lastEntry(node);
        std::string line = displayText(tree.path(node));
        if (last != kNone) {
            const LayerIndex layer = tree.entry(last).layer;
            const HistoryEntry *step = historyOf(*inspection.image, layer);
            const bool isRun = step != nullptr && normaliseHistory(*step).keyword == "RUN";
            line += isRun ? ": remove it in the step that makes it, of layer "
                          : ": keep it out of what is copied, .dockerignore; layer ";
            line += std::to_string(layer);
        }
        text += wrapped(line, "  ", style);
    }
    return text;
}

} // namespace

std::string whatIfText(const Inspection &inspection,
                       const WhatIf &question,
                       const WhatIfNumbers &numbers,
                       const TextStyle &style)
{
    const std::uint64_t saved = numbers.dropped + numbers.hidden;
    std::string text = saved == 0 ? std::string("That would save nothing.\n")
                                  : painted(formatBytes(saved), Paint::Bold, style) + " less, "
                                        + sections::percent(share(saved, numbers.before))
                                        + " of the files' bytes\n";
    text += sections::heading("In all", style) + sumsTable(numbers, style);
    text += sections::heading("Layers", style) + layersTable(inspection, numbers, style);
    return text + sections::heading("How", style) + whatIfAdvice(inspection, question, style);
}

std::string whatIfAdvice(const Inspection &inspection,
                         const WhatIf &question,
                         const TextStyle &style)
{
    std::string text;
    for (const LayerRange &range : question.merged) {
        text += "  layers " + rangeText(range) + '\n';
        for (const std::string &line : advice(*inspection.image, range, style.secrets)) {
            text += "    " + line + '\n';
        }
    }
    return text + dropAdvice(inspection, question.dropped, style);
}

std::string whatIfJson(const Inspection &inspection,
                       const WhatIf &question,
                       const WhatIfNumbers &numbers,
                       Secrets secrets)
{
    jsonparts::Value report = jsonparts::document();
    report["complete"] = inspection.image->complete && inspection.analysis.complete;
    const auto sums = [](const auto &of) {
        jsonparts::Value value;
        value["filesBefore"] = of.before;
        value["droppedBytes"] = of.dropped;
        value["mergedBytes"] = of.hidden;
        value["filesAfter"] = of.after();
        value["wireBefore"] = of.wireBefore;
        value["wireAfterEstimate"] = of.wireAfter;
        return value;
    };
    report["sizes"] = sums(numbers);
    report["sizes"]["visibleAfter"] = numbers.visibleAfter;
    report["layers"] = jsonparts::Value::array();
    for (const WhatIfLayer &layer : numbers.layers) {
        jsonparts::Value row;
        row["first"] = layer.layers.first;
        row["last"] = layer.layers.last;
        row.update(sums(layer));
        report["layers"].push_back(std::move(row));
    }
    report["merged"] = jsonparts::Value::array();
    for (const LayerRange &range : question.merged) {
        report["merged"].push_back({{"first", range.first},
                                    {"last", range.last},
                                    {"advice", advice(*inspection.image, range, secrets)}});
    }
    report["dropped"] = jsonparts::Value::array();
    for (const NodeId node : question.dropped) {
        jsonparts::Value row;
        jsonparts::setPath(row, inspection.image->tree->path(node));
        report["dropped"].push_back(std::move(row));
    }
    return jsonparts::written(report);
}

std::string savingsText(const Inspection &inspection, const TextStyle &style)
{
    const std::vector<MergeGain> merges =
        bestMerges(*inspection.image, inspection.analysis, kMergesShown);
    const std::vector<SparePath> paths = sparePaths(inspection, kPathsShown);
    const PathTree &tree = *inspection.image->tree;
    if (merges.empty() && paths.empty()) {
        return "Nothing to save: no own layer hides what another own one ships, and no rule names "
               "a cache.\n";
    }
    std::string text = "What would make it smaller; each is worked out by what is in front of it\n";
    if (!merges.empty()) {
        text += sections::heading("Built in one step", style);
        TextTable table(
            {{"", Kind::Text}, {"saves", Kind::Number}, {"last step", Kind::Prose}}, style, "  ");
        for (const MergeGain &gain : merges) {
            table.addRow({{"--merge " + rangeText(gain.layers)},
                          {formatBytes(gain.bytes)},
                          {displayText(instructionLine(
                              *inspection.image, gain.layers.last, style.secrets))}});
        }
        text += table.text();
    }
    if (!paths.empty()) {
        text += sections::heading("Left out", style);
        TextTable table(
            {{"", Kind::Path}, {"saves", Kind::Number}, {"rule", Kind::Text}}, style, "  ");
        for (const SparePath &path : paths) {
            table.addRow({{"--drop " + displayText(tree.path(path.node))},
                          {formatBytes(path.bytes)},
                          {path.ruleId}});
        }
        text += table.text();
    }
    return text;
}

std::string savingsJson(const Inspection &inspection)
{
    jsonparts::Value report = jsonparts::document();
    report["complete"] = inspection.image->complete && inspection.analysis.complete;
    report["merges"] = jsonparts::Value::array();
    for (const MergeGain &gain : bestMerges(*inspection.image, inspection.analysis, kMergesShown)) {
        report["merges"].push_back(
            {{"first", gain.layers.first}, {"last", gain.layers.last}, {"bytes", gain.bytes}});
    }
    report["paths"] = jsonparts::Value::array();
    for (const SparePath &path : sparePaths(inspection, kPathsShown)) {
        jsonparts::Value row;
        jsonparts::setPath(row, inspection.image->tree->path(path.node));
        row["bytes"] = path.bytes;
        row["rule"] = path.ruleId;
        report["paths"].push_back(std::move(row));
    }
    return jsonparts::written(report);
}

} // namespace cutaway
