// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/history.h"

#include "core/image/builders.h"
#include "core/image/historyarguments.h"
#include "core/image/historyshell.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::string_view kUsualShell = "/bin/sh -c";
constexpr std::string_view kNop = "#(nop)";

std::string toUpper(std::string_view text)
{
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return upper;
}

Builder builderOf(const HistoryEntry &entry)
{
    if (entry.comment.starts_with("buildkit.")) {
        return Builder::BuildKit;
    }
    if (entry.author == "kaniko") {
        return Builder::Kaniko;
    }
    return entry.comment.starts_with("FROM ") ? Builder::Buildah : Builder::Unknown;
}

void setIfUnknown(BuildStep &step, Builder builder)
{
    if (step.builder == Builder::Unknown) {
        step.builder = builder;
    }
}

/// A command with what the builder put before it: build arguments, then the shell.
bool takeRun(std::string_view command, BuildStep &step)
{
    command = history::trimmed(command);
    step.buildArgs = history::takeBuildArgs(command);
    // Elsewhere the text is the Dockerfile's own, and `RUN bash -c "x"` runs bash in the usual
    // shell.
    const bool isResolved = step.builder == Builder::BuildKit || !step.buildArgs.empty();
    std::string_view inner = command;
    const std::string_view shell = history::takeShell(inner);
    inner = history::trimmed(inner);
    const bool isQuoted = inner.starts_with('"') || inner.starts_with('\'');
    if (!shell.empty() && !inner.empty() && (isResolved || (shell == kUsualShell && !isQuoted))) {
        command = inner;
        step.shell = shell == kUsualShell ? std::string_view() : shell;
    }
    step.keyword = "RUN";
    step.arguments = command;
    return !command.empty();
}

/// "KEYWORD arguments", as in a Dockerfile.
bool takeInstruction(std::string_view line, BuildStep &step)
{
    const std::size_t end = std::min(line.find_first_of(" \t\n"), line.size());
    const bool inAnyCase = step.builder == Builder::Kaniko;
    const std::string keyword =
        inAnyCase ? toUpper(line.substr(0, end)) : std::string(line.substr(0, end));
    const std::string_view arguments = history::trimmed(line.substr(end));
    if (!history::isKeyword(keyword) || arguments.empty()) {
        return false;
    }
    if (keyword == "RUN") {
        return takeRun(arguments, step);
    }
    step.keyword = keyword;
    step.arguments = history::dockerfileArguments(keyword, arguments);
    return true;
}

/// The docker builder before BuildKit, and buildah: `/bin/sh -c #(nop)  CMD ["x"]`, `/bin/sh -c x`.
bool takeShellForm(std::string_view line, BuildStep &step)
{
    std::string_view command = line;
    step.buildArgs = history::takeBuildArgs(command);
    const std::string_view shell = history::takeShell(command);
    command = history::trimmed(command);
    if (command.starts_with(kNop)) {
        setIfUnknown(step, Builder::Classic);
        step.buildArgs.clear();
        return takeInstruction(history::trimmed(command.substr(kNop.size())), step);
    }
    const bool isCommand =
        !shell.empty() || !step.buildArgs.empty() || step.builder == Builder::BuildKit;
    if (!isCommand || command.empty()) {
        return false;
    }
    setIfUnknown(step, Builder::Classic);
    step.keyword = "RUN";
    step.shell = shell == kUsualShell ? std::string_view() : shell;
    step.arguments = command;
    return true;
}

/// A command of several lines can only have been a here-document.
std::string runText(const std::string &arguments)
{
    const std::size_t lineEnd = arguments.find('\n');
    if (lineEnd == std::string::npos || arguments.substr(0, lineEnd).contains("<<")) {
        return "RUN " + arguments;
    }
    std::string mark = "EOF";
    while (arguments.contains("\n" + mark)) {
        mark += "_";
    }
    return "RUN <<" + mark + "\n" + arguments + "\n" + mark;
}

/// `file:2e3a… in /x` of the docker builder before BuildKit: where its source went by the hash
/// alone.
std::string copyText(const BuildStep &step)
{
    const std::size_t in = step.arguments.rfind(" in ");
    const bool isHashed = step.arguments.starts_with("file:") || step.arguments.starts_with("dir:")
                          || step.arguments.starts_with("multi:")
                          || step.arguments.starts_with("--");
    if (in == std::string::npos || !isHashed) {
        return step.keyword + " " + step.arguments;
    }
    return step.keyword + " " + step.arguments.substr(0, in) + " " + step.arguments.substr(in + 4);
}

} // namespace

std::string BuildStep::text() const
{
    if (keyword.empty()) {
        return arguments;
    }
    if (keyword == "RUN") {
        return runText(arguments);
    }
    if (keyword == "ADD" || keyword == "COPY") {
        return copyText(*this);
    }
    return keyword + " " + arguments;
}

BuildStep normaliseHistory(const HistoryEntry &entry)
{
    BuildStep step;
    step.builder = builderOf(entry);
    std::string_view line = history::trimmed(entry.createdBy);
    step.metadata = history::takeMetadata(line);
    if (!step.metadata.empty()) {
        setIfUnknown(step, Builder::Buildah);
    }
    if (history::takeBuildKitMark(line)) {
        step.builder = Builder::BuildKit;
    }
    line = history::trimmed(line);
    if (takeInstruction(line, step) || takeShellForm(line, step)) {
        return step;
    }
    const Builder builder = step.builder;
    step = BuildStep();
    step.arguments = entry.createdBy;
    step.builder = builder;
    if (!history::signature(entry).empty()) {
        step.builder = Builder::Other;
    }
    return step;
}

bool alignHistory(std::vector<HistoryEntry> &history, std::uint32_t layerCount)
{
    const auto count =
        std::ranges::count_if(history, [](const HistoryEntry &entry) { return !entry.emptyLayer; });
    if (count != static_cast<std::ptrdiff_t>(layerCount)) {
        return false;
    }
    std::uint32_t layer = 0;
    for (HistoryEntry &entry : history) {
        if (!entry.emptyLayer) {
            entry.layer = layer++;
        }
    }
    return true;
}

} // namespace cutaway
