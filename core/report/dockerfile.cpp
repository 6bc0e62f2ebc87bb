// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/redaction.h"
#include "core/base/text.h"
#include "core/report/contracttext.h"
#include "core/report/jsonparts.h"
#include "core/report/layerfacts.h"
#include "core/report/report.h"

#include <algorithm>
#include <string>
#include <vector>

namespace cutaway {
namespace {

constexpr std::size_t kLongLine = 80;
constexpr std::string_view kContinued = " \\\n    ";

std::string layerComment(const Image &image, std::uint32_t index)
{
    const Layer &layer = image.layers[index];
    std::string text = "# layer " + std::to_string(index);
    if (layer.isRead()) {
        text += ": " + formatBytes(layer.counts.fileBytes) + " in "
                + formatCount(layer.counts.files, "file", "files");
    } else {
        text += ": " + std::string(layerStateName(layer.state));
    }
    if (layer.wireBytes) {
        text += ", " + formatBytes(*layer.wireBytes) + " on the wire";
    }
    return text + '\n';
}

/// Comments must stay comments, whatever the text holds.
std::string commented(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        result += "# " + displayText(text.substr(0, end)) + '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

/// Where a RUN line goes on in the next one: blanks outside of quotes, with their lengths.
struct Break
{
    std::size_t at = 0;
    std::size_t length = 0;
};

/// The author's own breaks (history keeps the blanks of continued lines); where there are none,
/// each "&&".
std::vector<Break> breaksOf(const std::string &line)
{
    std::vector<Break> authors;
    std::vector<Break> others;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != 0) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == ' ' || c == '\t') {
            const std::size_t next = std::min(line.find_first_not_of(" \t", i), line.size());
            if (next - i >= 2 || c == '\t') {
                authors.push_back({i, next - i});
            } else if (line.compare(next, 3, "&& ") == 0) {
                others.push_back({i, 1});
            }
            i = next - 1;
        }
    }
    return authors.empty() ? others : authors;
}

std::string brokenUp(const std::string &line)
{
    if (line.size() <= kLongLine || line.find('\n') != std::string::npos) {
        return line;
    }
    std::string result;
    std::size_t kept = 0;
    for (const Break &place : breaksOf(line)) {
        if (place.at + place.length < line.size()) {
            result += line.substr(kept, place.at - kept) + std::string(kContinued);
            kept = place.at + place.length;
        }
    }
    return result + line.substr(kept);
}

std::string stepText(const HistoryEntry &entry, Secrets secrets)
{
    const BuildStep step = normaliseHistory(entry);
    std::string text;
    for (const auto &[name, value] : step.buildArgs) {
        text += "# build argument " + displayText(name) + '='
                + displayText(redactValue(name, value, secrets).text) + '\n';
    }
    if (!step.shell.empty()) {
        text += "# run by " + displayText(step.shell) + '\n';
    }
    std::string line = displayLines(redactLine(step.text(), secrets).text);
    if (step.keyword.empty()) {
        line = line.empty() ? "a step that the history does not tell" : line;
        return text + commented(line);
    }
    if (step.keyword == "RUN") {
        line = brokenUp(line);
    }
    return text + line + '\n';
}

std::string heading(const Image &image)
{
    std::string text = "# Rebuilt from the history of " + displayText(image.reference) + '\n';
    const std::string builder = builderWithoutDockerfile(image.config.history);
    if (!builder.empty()) {
        text += "# No Dockerfile made this image: " + displayText(builder)
                + ". The steps are what it left behind.\n";
    }
    if (image.base.by == BaseImage::By::Unknown) {
        text += "# The base image is not recorded; its steps are part of the list.\n";
    }
    return text;
}

/// What the configuration says, for an image whose history says nothing.
std::string fromConfig(const Image &image, Secrets secrets)
{
    const ImageConfig &config = image.config;
    std::string text =
        "# There is no history: this is what layers and configuration say.\nFROM scratch\n";
    for (std::uint32_t i = 0; i < image.layers.size(); ++i) {
        text += layerComment(image, i) + "# " + image.layers[i].digest.text() + '\n';
    }
    const auto add = [&text](std::string_view keyword, const std::string &value) {
        if (!value.empty()) {
            text += std::string(keyword) + ' ' + displayText(value) + '\n';
        }
    };
    for (const std::string &variable : config.env) {
        const Redacted shown = redactAssignment(variable, secrets);
        const std::size_t equals = std::min(shown.text.find('='), shown.text.size());
        const std::string value = equals < shown.text.size() ? shown.text.substr(equals + 1) : "";
        add("ENV", shown.text.substr(0, equals) + '=' + jsonparts::writtenLine(value));
    }
    for (const auto &[name, value] : config.labels) {
        add("LABEL",
            jsonparts::writtenLine(name) + '='
                + jsonparts::writtenLine(redactValue(name, value, secrets).text));
    }
    add("WORKDIR", config.workingDir);
    add("USER", config.user);
    for (const std::string &port : config.exposedPorts) {
        add("EXPOSE", port);
    }
    if (!config.volumes.empty()) {
        add("VOLUME", execForm(config.volumes));
    }
    add("STOPSIGNAL", config.stopSignal);
    const auto command = [secrets](const std::optional<std::vector<std::string>> &words) {
        return words ? execForm(redactWords(*words, secrets).words) : std::string();
    };
    add("ENTRYPOINT", command(config.entrypoint));
    add("CMD", command(config.cmd));
    return text;
}

/// Index behind the history line that made the last layer of the base image; 0 when that is not
/// known.
std::size_t baseSteps(const Image &image)
{
    if (!image.historyAligned || image.base.by == BaseImage::By::Unknown
        || image.base.layers == 0) {
        return 0;
    }
    for (std::size_t i = 0; i < image.config.history.size(); ++i) {
        if (image.config.history[i].layer == image.base.layers - 1) {
            return i + 1;
        }
    }
    return 0;
}

} // namespace

std::string dockerfileText(const Image &image, Secrets secrets)
{
    std::string text = heading(image);
    const std::vector<HistoryEntry> &history = image.config.history;
    if (history.empty()) {
        return text + fromConfig(image, secrets);
    }
    const std::size_t base = baseSteps(image);
    if (base == 0) {
        text += image.base.reference.empty() ? "FROM scratch\n"
                                             : "FROM " + displayText(image.base.reference) + '\n';
    }
    for (std::size_t i = 0; i < history.size(); ++i) {
        std::string step = history[i].layer ? '\n' + layerComment(image, *history[i].layer) : "";
        if (!history[i].comment.empty() && history[i].comment != "buildkit.dockerfile.v0") {
            step += commented(redactLine(history[i].comment, secrets).text);
        }
        step += stepText(history[i], secrets);
        text += i < base ? commented(step) : step;
        if (i + 1 == base) {
            const std::string &name = image.base.reference;
            text +=
                '\n'
                + (name.empty() ? "# the base image ends here; its name is not known\nFROM scratch"
                                : "FROM " + displayText(name))
                + '\n';
        }
    }
    if (!image.historyAligned) {
        text += "\n# The history does not match the layers one to one. The layers are:\n";
        for (std::uint32_t i = 0; i < image.layers.size(); ++i) {
            text += layerComment(image, i);
        }
    }
    return text;
}

std::string dockerfileJson(const Image &image, Secrets secrets)
{
    using jsonparts::Value;
    Value report = jsonparts::document();
    report["reference"] = replaceBadUtf8(image.reference);
    report["builder"] = jsonparts::textOrNull(builderWithoutDockerfile(image.config.history));
    report["baseReference"] = jsonparts::textOrNull(image.base.reference);
    report["historyAligned"] = image.historyAligned;
    report["steps"] = Value::array();
    for (const HistoryEntry &entry : image.config.history) {
        const BuildStep step = normaliseHistory(entry);
        const Redacted line = redactLine(step.text(), secrets);
        Value row;
        row["instruction"] = line.text;
        row["keyword"] = jsonparts::textOrNull(step.keyword);
        row["buildArgs"] = Value::object();
        bool redacted = line.redacted;
        for (const auto &[name, value] : step.buildArgs) {
            Redacted shown = redactValue(name, value, secrets);
            redacted |= shown.redacted;
            row["buildArgs"][name] = std::move(shown.text);
        }
        row["shell"] = jsonparts::textOrNull(step.shell);
        row["created"] = jsonparts::textOrNull(entry.created);
        const Redacted comment = redactLine(entry.comment, secrets);
        redacted |= comment.redacted;
        row["comment"] = jsonparts::textOrNull(comment.text);
        row["emptyLayer"] = entry.emptyLayer;
        row["layer"] = jsonparts::numberOrNull(entry.layer);
        const bool read = entry.layer && image.layers[*entry.layer].isRead();
        row["fileBytes"] =
            read ? Value(image.layers[*entry.layer].counts.fileBytes) : Value(nullptr);
        if (redacted) {
            row["redacted"] = true;
        }
        report["steps"].push_back(std::move(row));
    }
    return jsonparts::written(report);
}

} // namespace cutaway
