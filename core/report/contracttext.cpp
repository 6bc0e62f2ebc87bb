// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/contracttext.h"

#include "core/audit/redaction.h"
#include "core/base/text.h"
#include "core/base/words.h"
#include "core/report/jsonparts.h"
#include "core/report/table.h"

#include <utility>

namespace cutaway {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000 * kMillisecond;

std::string commandOf(const std::optional<std::vector<std::string>> &words, Secrets secrets)
{
    if (!words) {
        return {};
    }
    return execForm(redactWords(*words, secrets).words);
}

std::string healthcheckOf(const std::optional<Healthcheck> &check, Secrets secrets)
{
    if (!check) {
        return {};
    }
    std::string text = commandOf(check->test, secrets);
    const auto add = [&text](std::string_view name, const std::optional<std::int64_t> &value) {
        if (value) {
            text += ' ' + std::string(name) + ' ' + formatDuration(*value);
        }
    };
    add("every", check->interval);
    add("timeout", check->timeout);
    add("start period", check->startPeriod);
    add("start interval", check->startInterval);
    if (check->retries) {
        text += " retries " + std::to_string(*check->retries);
    }
    return text;
}

} // namespace

std::string execForm(const std::vector<std::string> &words)
{
    std::string text = "[";
    for (const std::string &word : words) {
        text += (text.size() == 1 ? "" : ", ") + jsonparts::writtenLine(word);
    }
    return text + ']';
}

std::string formatDuration(std::int64_t nanoseconds)
{
    if (nanoseconds == 0) {
        return "0s";
    }
    if (nanoseconds % kSecond != 0 || nanoseconds < 0) {
        return std::to_string(nanoseconds / kMillisecond) + "ms";
    }
    const std::int64_t seconds = nanoseconds / kSecond;
    std::string text;
    if (seconds >= 3600) {
        text += std::to_string(seconds / 3600) + 'h';
    }
    if (seconds % 3600 >= 60) {
        text += std::to_string(seconds % 3600 / 60) + 'm';
    }
    if (seconds % 60 > 0) {
        text += std::to_string(seconds % 60) + 's';
    }
    return text;
}

std::vector<ContractRow> contractRows(const ImageConfig &config, Secrets secrets)
{
    std::vector<ContractRow> rows;
    const auto add = [&rows](std::string_view name, std::vector<std::string> values) {
        std::erase(values, std::string());
        if (!values.empty()) {
            rows.push_back({name, std::move(values)});
        }
    };
    add("entrypoint", {commandOf(config.entrypoint, secrets)});
    add("cmd", {commandOf(config.cmd, secrets)});
    add("user", {config.user.empty() ? "root (none declared)" : config.user});
    add("workdir", {config.workingDir});
    add("ports", {joined(config.exposedPorts, "  ")});
    add("volumes", {joined(config.volumes, "  ")});
    add("healthcheck", {healthcheckOf(config.healthcheck, secrets)});
    add("stop signal", {config.stopSignal});
    add("shell", {config.shell.empty() ? std::string() : execForm(config.shell)});
    std::vector<std::string> env;
    for (const std::string &variable : config.env) {
        env.push_back(redactAssignment(variable, secrets).text);
    }
    add("env", std::move(env));
    std::vector<std::string> labels;
    for (const auto &[name, value] : config.labels) {
        labels.push_back(name + '=' + redactValue(name, value, secrets).text);
    }
    add("labels", std::move(labels));
    std::vector<std::string> onBuild;
    for (const std::string &step : config.onBuild) {
        onBuild.push_back(redactLine(step, secrets).text);
    }
    add("on build", std::move(onBuild));
    return rows;
}

std::string contractText(const ImageConfig &config, const TextStyle &style)
{
    TextTable table({{"", TextTable::Kind::Text}, {"", TextTable::Kind::Prose}}, style, "  ");
    for (const ContractRow &row : contractRows(config, style.secrets)) {
        for (const std::string &value : row.values) {
            const bool isFirst = &value == row.values.data();
            table.addRow({{isFirst ? std::string(row.name) : std::string(), Paint::Dim},
                          {displayText(value)}});
        }
    }
    return table.text();
}

} // namespace cutaway
