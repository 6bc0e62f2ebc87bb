// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/contracttext.h"

#include "core/audit/redaction.h"
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/table.h"

#include <utility>

namespace cutaway {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000 * kMillisecond;

/// The contract's rows: a name, and one or more lines that belong to it.
class Rows
{
public:
    explicit Rows(const TextStyle &style)
        : m_table({{"", TextTable::Kind::Text}, {"", TextTable::Kind::Prose}}, style, "  ")
    {}

    void line(std::string_view name, std::string_view value)
    {
        if (!value.empty()) {
            m_table.addRow({{std::string(name), Paint::Dim}, {displayText(value)}});
        }
    }
    void block(std::string_view name, const std::vector<std::string> &values)
    {
        for (const std::string &value : values) {
            line(&value == values.data() ? name : std::string_view(), value);
        }
    }
    std::string text() const { return m_table.text(); }
    bool isEmpty() const { return m_table.isEmpty(); }

private:
    TextTable m_table;
};

std::string joined(const std::vector<std::string> &parts)
{
    std::string text;
    for (const std::string &part : parts) {
        text += (text.empty() ? "" : "  ") + part;
    }
    return text;
}

std::string commandOf(const std::optional<std::vector<std::string>> &words, Secrets secrets)
{
    if (!words) {
        return {};
    }
    std::vector<std::string> shown;
    for (const std::string &word : *words) {
        shown.push_back(redactLine(word, secrets).text);
    }
    return execForm(shown);
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

std::string contractText(const ImageConfig &config, const TextStyle &style)
{
    Rows rows(style);
    rows.line("entrypoint", commandOf(config.entrypoint, style.secrets));
    rows.line("cmd", commandOf(config.cmd, style.secrets));
    rows.line("user", config.user.empty() ? "root (none declared)" : config.user);
    rows.line("workdir", config.workingDir);
    rows.line("ports", joined(config.exposedPorts));
    rows.line("volumes", joined(config.volumes));
    rows.line("healthcheck", healthcheckOf(config.healthcheck, style.secrets));
    rows.line("stop signal", config.stopSignal);
    rows.line("shell", config.shell.empty() ? std::string() : execForm(config.shell));
    std::vector<std::string> env;
    for (const std::string &variable : config.env) {
        env.push_back(redactAssignment(variable, style.secrets).text);
    }
    rows.block("env", env);
    std::vector<std::string> labels;
    for (const auto &[name, value] : config.labels) {
        labels.push_back(name + '=' + redactValue(name, value, style.secrets).text);
    }
    rows.block("labels", labels);
    rows.block("on build", config.onBuild);
    return rows.text();
}

} // namespace cutaway
