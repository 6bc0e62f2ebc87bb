// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/compare/parts.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cutaway {
namespace {

using Area = SettingDifference::Area;
using Value = SettingDifference::Value;

/// Values by their names; the same name twice (a variable, say) keeps the last, as a container has
/// it.
using Named = std::map<std::string, std::vector<std::string>, std::less<>>;

class Settings
{
public:
    void add(Area area, std::string_view field, const std::string &before, const std::string &after)
    {
        add(area, field, valueOf(before), valueOf(after));
    }
    void add(Area area, std::string_view field, Value before, Value after)
    {
        if (before != after) {
            m_list.push_back({area, field, {}, std::move(before), std::move(after)});
        }
    }
    /// Names in order, what only one side has too.
    void addNamed(Area area, std::string_view field, const Named &before, const Named &after)
    {
        auto left = before.begin();
        auto right = after.begin();
        while (left != before.end() || right != after.end()) {
            const bool takesLeft =
                right == after.end() || (left != before.end() && left->first <= right->first);
            const bool takesRight =
                left == before.end() || (right != after.end() && right->first <= left->first);
            const std::string &name = takesLeft ? left->first : right->first;
            Value first = takesLeft ? Value(left->second) : std::nullopt;
            Value second = takesRight ? Value(right->second) : std::nullopt;
            if (first != second) {
                m_list.push_back({area, field, name, std::move(first), std::move(second)});
            }
            left = takesLeft ? std::next(left) : left;
            right = takesRight ? std::next(right) : right;
        }
    }
    std::vector<SettingDifference> take() { return std::move(m_list); }

private:
    static Value valueOf(const std::string &text) { return text.empty() ? Value() : Value({text}); }

    std::vector<SettingDifference> m_list;
};

/// Of a list in which being there is all there is to say.
Named namesOf(const std::vector<std::string> &list)
{
    Named named;
    for (const std::string &name : list) {
        named[name] = {name};
    }
    return named;
}

Named variablesOf(const std::vector<std::string> &env)
{
    Named named;
    for (const std::string &assignment : env) {
        const std::size_t equals = std::min(assignment.find('='), assignment.size());
        named[assignment.substr(0, equals)] = {
            assignment.substr(std::min(equals + 1, assignment.size()))};
    }
    return named;
}

Named labelsOf(const std::map<std::string, std::string> &labels)
{
    Named named;
    for (const auto &[name, text] : labels) {
        named[name] = {text};
    }
    return named;
}

Value listOf(const std::vector<std::string> &words)
{
    return words.empty() ? Value() : Value(words);
}

Value healthOf(const std::optional<Healthcheck> &check)
{
    if (!check) {
        return {};
    }
    std::vector<std::string> words = check->test;
    const auto addTime = [&words](const char *name, const std::optional<std::int64_t> &time) {
        if (time) {
            constexpr std::int64_t kMillisecond = 1'000'000;
            words.push_back(std::string(name) + std::to_string(*time / kMillisecond) + "ms");
        }
    };
    addTime("interval=", check->interval);
    addTime("timeout=", check->timeout);
    addTime("start-period=", check->startPeriod);
    addTime("start-interval=", check->startInterval);
    if (check->retries) {
        words.push_back("retries=" + std::to_string(*check->retries));
    }
    return words;
}

void addConfig(const ImageConfig &before, const ImageConfig &after, Settings &settings)
{
    const Area area = Area::Config;
    settings.add(area, "platform", before.platform.text(), after.platform.text());
    settings.add(area, "user", before.user, after.user);
    settings.add(area, "workingDir", before.workingDir, after.workingDir);
    settings.add(area, "entrypoint", before.entrypoint, after.entrypoint);
    settings.add(area, "cmd", before.cmd, after.cmd);
    settings.addNamed(area, "env", variablesOf(before.env), variablesOf(after.env));
    settings.addNamed(
        area, "exposedPorts", namesOf(before.exposedPorts), namesOf(after.exposedPorts));
    settings.addNamed(area, "volumes", namesOf(before.volumes), namesOf(after.volumes));
    settings.addNamed(area, "labels", labelsOf(before.labels), labelsOf(after.labels));
    settings.add(area, "healthcheck", healthOf(before.healthcheck), healthOf(after.healthcheck));
    settings.add(area, "stopSignal", before.stopSignal, after.stopSignal);
    settings.add(area, "onBuild", listOf(before.onBuild), listOf(after.onBuild));
    settings.add(area, "shell", listOf(before.shell), listOf(after.shell));
    settings.add(area, "author", before.author, after.author);
    settings.add(area, "created", before.created, after.created);
}

/// What labels document and files let infer; what the configuration itself says of a variable
/// stands among its own settings.
Named documentedVariables(const Contract &contract)
{
    Named named;
    for (const ContractVariable &variable : contract.variables) {
        std::vector<std::string> words;
        if (variable.isDocumented) {
            words.push_back(variable.api.description.empty() ? "documented"
                                                             : variable.api.description);
        }
        if (variable.api.isMandatory) {
            words.emplace_back("mandatory");
        }
        for (const std::string &script : variable.scripts) {
            words.push_back("read by " + script);
        }
        if (!words.empty()) {
            named[variable.name()] = std::move(words);
        }
    }
    return named;
}

Named entriesOf(const std::vector<ApiEntry> &entries)
{
    Named named;
    for (const ApiEntry &entry : entries) {
        named[entry.name] = {entry.description.empty() ? entry.name : entry.description};
    }
    return named;
}

Named hooksOf(const Contract &contract)
{
    Named named;
    for (const ContractHook &hook : contract.hooks) {
        named[hook.name + " (" + hook.source + ')'] = {hook.command};
    }
    return named;
}

/// Each fact is a name of its own: one that is said otherwise is one gone and one new.
Named factsOf(const TouchPoint &point)
{
    Named named;
    for (const TouchFact &fact : point.facts) {
        if (fact.known != Known::RunTime) {
            named[fact.text] = {fact.text};
        }
    }
    return named;
}

void addContract(const Contract &before, const Contract &after, Settings &settings)
{
    const Area area = Area::Contract;
    settings.addNamed(area, "variables", documentedVariables(before), documentedVariables(after));
    settings.addNamed(area, "arguments", entriesOf(before.arguments), entriesOf(after.arguments));
    settings.addNamed(area, "links", entriesOf(before.links), entriesOf(after.links));
    settings.addNamed(area, "hooks", hooksOf(before), hooksOf(after));
    // Both have all points, in the same order.
    const std::size_t points = std::min(before.touchPoints.size(), after.touchPoints.size());
    for (std::size_t i = 0; i < points; ++i) {
        settings.addNamed(area,
                          before.touchPoints[i].id,
                          factsOf(before.touchPoints[i]),
                          factsOf(after.touchPoints[i]));
    }
}

/// Words in one line: those that are not plain stand in quotes.
std::string joined(const std::vector<std::string> &words)
{
    std::string line;
    for (const std::string &word : words) {
        const bool isPlain = !word.empty() && word.find_first_of(" \t\n\"'") == std::string::npos;
        line += line.empty() ? "" : " ";
        line += isPlain || words.size() == 1 ? word : '"' + word + '"';
    }
    return line;
}

} // namespace

std::vector<SettingDifference> compareSettings(const Inspection &before, const Inspection &after)
{
    Settings settings;
    addConfig(before.image->config, after.image->config, settings);
    addContract(before.contract, after.contract, settings);
    return settings.take();
}

Redacted shownSetting(const SettingDifference &difference,
                      const SettingDifference::Value &value,
                      Secrets secrets)
{
    if (!value) {
        return {};
    }
    if (difference.field == "env" || difference.field == "labels") {
        return redactValue(difference.name, value->front(), secrets);
    }
    const RedactedWords shown = redactWords(*value, secrets);
    return {joined(shown.words), shown.redacted};
}

} // namespace cutaway
