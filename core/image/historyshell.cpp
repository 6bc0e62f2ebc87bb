// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/historyshell.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace cutaway::history {

namespace {

constexpr int kFlagWords = 16; ///< words looked at between a shell and its command

constexpr std::array<std::string_view, 8> kUnixShells = {
    "sh", "bash", "ash", "dash", "zsh", "ksh", "mksh", "fish"};

/// What buildah is known to write, each as `|key=value`.
constexpr std::array<std::string_view, 12> kMetadataKeys = {"unsetLabel",
                                                            "inheritLabels",
                                                            "unsetAnnotation",
                                                            "inheritAnnotations",
                                                            "unsetEnv",
                                                            "force-mtime",
                                                            "sourceDateEpoch",
                                                            "source-date-epoch",
                                                            "rewriteTimestamp",
                                                            "rewrite-timestamp",
                                                            "timestamp",
                                                            "createdAnnotation"};

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool equalsIgnoringCase(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other, {}, asciiLower, asciiLower);
}

/// "C:\Windows\System32\cmd.exe" → "cmd".
std::string_view programName(std::string_view word)
{
    const std::size_t slash = word.find_last_of("/\\");
    std::string_view name = slash == std::string_view::npos ? word : word.substr(slash + 1);
    if (name.size() > 4 && equalsIgnoringCase(name.substr(name.size() - 4), ".exe")) {
        name.remove_suffix(4);
    }
    return name;
}

/// Words of a line, one after the other, with their places.
class Words
{
public:
    explicit Words(std::string_view line)
        : m_line(line)
    {}

    std::string_view next()
    {
        while (m_at < m_line.size() && isBlank(m_line[m_at])) {
            ++m_at;
        }
        const std::size_t begin = m_at;
        while (m_at < m_line.size() && !isBlank(m_line[m_at])) {
            ++m_at;
        }
        return m_line.substr(begin, m_at - begin);
    }

    std::size_t end() const { return m_at; }

private:
    std::string_view m_line;
    std::size_t m_at = 0;
};

/// Length of `-o pipefail -c` and the like; 0 when the words are no flags that end in one for a
/// command.
std::size_t unixFlagsEnd(Words &words)
{
    for (int i = 0; i < kFlagWords; ++i) {
        const std::string_view flag = words.next();
        if (flag.size() < 2 || flag.front() != '-') {
            return 0;
        }
        if (flag.starts_with("--")) {
            continue;
        }
        if (!std::ranges::all_of(flag.substr(1), isLetter)) {
            return 0;
        }
        if (flag.back() == 'c') {
            return words.end();
        }
        if (flag.back() == 'o' && words.next().empty()) {
            return 0;
        }
    }
    return 0;
}

std::size_t cmdFlagsEnd(Words &words)
{
    for (int i = 0; i < kFlagWords; ++i) {
        const std::string_view flag = words.next();
        if (flag.size() < 2 || flag.front() != '/') {
            return 0;
        }
        if (equalsIgnoringCase(flag, "/c") || equalsIgnoringCase(flag, "/k")) {
            return words.end();
        }
    }
    return 0;
}

/// `$ErrorActionPreference = 'Stop';` belongs to the shell: it stands in the SHELL instruction.
std::size_t preferencesEnd(std::string_view line, std::size_t at)
{
    while (true) {
        std::size_t begin = at;
        while (begin < line.size() && isBlank(line[begin])) {
            ++begin;
        }
        const std::string_view rest = line.substr(begin);
        const std::size_t end = rest.find(';');
        if (!rest.starts_with('$') || end == std::string_view::npos) {
            return at;
        }
        const std::string_view statement = rest.substr(0, end);
        const std::size_t equals = statement.find('=');
        if (equals == std::string_view::npos
            || !trimmed(statement.substr(0, equals)).ends_with("Preference")) {
            return at;
        }
        at = begin + end + 1;
    }
}

std::size_t powerShellFlagsEnd(Words &words, std::string_view line)
{
    for (int i = 0; i < kFlagWords; ++i) {
        const std::string_view word = words.next();
        if (word.empty()) {
            return 0;
        }
        if (equalsIgnoringCase(word, "-command") || equalsIgnoringCase(word, "-c")) {
            return preferencesEnd(line, words.end());
        }
    }
    return 0;
}

std::size_t shellEnd(std::string_view line)
{
    Words words(line);
    const std::string_view program = programName(words.next());
    if (std::ranges::find(kUnixShells, program) != kUnixShells.end()) {
        return unixFlagsEnd(words);
    }
    if (equalsIgnoringCase(program, "cmd")) {
        return cmdFlagsEnd(words);
    }
    if (equalsIgnoringCase(program, "powershell") || equalsIgnoringCase(program, "pwsh")) {
        return powerShellFlagsEnd(words, line);
    }
    return 0;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

bool beginsPair(std::string_view text, bool asLabel)
{
    std::size_t at = 0;
    while (
        at < text.size()
        && (isLetter(text[at]) || text[at] == '_' || (at > 0 && isDigit(text[at]))
            || (at > 0 && (text[at] == '.' || text[at] == '-' || (asLabel && text[at] == '/'))))) {
        ++at;
    }
    return at > 0 && at < text.size() && text[at] == '=';
}

std::string_view takeShell(std::string_view &line)
{
    const std::size_t end = shellEnd(line);
    if (end == 0) {
        return {};
    }
    const std::string_view shell = line.substr(0, end);
    line.remove_prefix(end);
    return trimmed(shell);
}

Pairs takeMetadata(std::string_view &line)
{
    Pairs pairs;
    while (true) {
        const std::size_t bar = line.rfind('|');
        if (bar == std::string_view::npos) {
            break;
        }
        const std::string_view pair = trimmed(line.substr(bar + 1));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos
            || std::ranges::find(kMetadataKeys, pair.substr(0, equals)) == kMetadataKeys.end()) {
            break;
        }
        pairs.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
        line = line.substr(0, bar);
    }
    std::ranges::reverse(pairs);
    return pairs;
}

bool takeBuildKitMark(std::string_view &line)
{
    const std::string_view text = trimmed(line);
    if (!text.ends_with("# buildkit")) {
        return false;
    }
    line = text.substr(0, text.size() - std::string_view("# buildkit").size());
    return true;
}

} // namespace cutaway::history
