// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/historyarguments.h"

#include "core/base/words.h"
#include "core/image/gotext.h"
#include "core/image/historyhealth.h"
#include "core/image/historyshell.h"

#include <algorithm>
#include <array>

namespace cutaway::history {

namespace {

constexpr std::array<std::string_view, 18> kKeywords = {"ADD",
                                                        "ARG",
                                                        "CMD",
                                                        "COPY",
                                                        "ENTRYPOINT",
                                                        "ENV",
                                                        "EXPOSE",
                                                        "FROM",
                                                        "HEALTHCHECK",
                                                        "LABEL",
                                                        "MAINTAINER",
                                                        "ONBUILD",
                                                        "RUN",
                                                        "SHELL",
                                                        "STOPSIGNAL",
                                                        "USER",
                                                        "VOLUME",
                                                        "WORKDIR"};

bool isBracketed(std::string_view text)
{
    return text.size() >= 2 && text.front() == '[' && text.back() == ']';
}

std::vector<std::string> blankSeparated(std::string_view text)
{
    std::vector<std::string> words;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return words;
}

/// CMD and ENTRYPOINT. Go's %v has no quotes: `[/bin/sh -c x y]` can only be the shell form of `x
/// y`.
std::string command(std::string_view text)
{
    if (const auto words = quotedList(text)) {
        return execForm(*words);
    }
    if (!isBracketed(text)) {
        return std::string(text);
    }
    std::string_view inner = trimmed(text.substr(1, text.size() - 2));
    if (takeShell(inner) == "/bin/sh -c") {
        return std::string(trimmed(inner));
    }
    return execForm(blankSeparated(text.substr(1, text.size() - 2)));
}

/// SHELL: a PowerShell command is one word, however many blanks it has.
std::string shell(std::string_view text)
{
    if (const auto words = quotedList(text)) {
        return execForm(*words);
    }
    if (!isBracketed(text)) {
        return std::string(text);
    }
    std::vector<std::string> words = blankSeparated(text.substr(1, text.size() - 2));
    const auto command = std::ranges::find_if(
        words, [](const std::string &word) { return word == "-Command" || word == "-command"; });
    if (command != words.end() && words.end() - command > 2) {
        const std::string statement = joined(std::span(command + 1, words.end()));
        words.erase(command + 1, words.end());
        words.push_back(statement);
    }
    return execForm(words);
}

/// EXPOSE: `[80/tcp 443/tcp]`, or `map[443/tcp:{} 80/tcp:{}]` of older builders.
std::string ports(std::string_view text)
{
    const bool isMap = text.starts_with("map[") && text.ends_with(']');
    if (!isMap && !isBracketed(text)) {
        return std::string(text);
    }
    if (const auto words = quotedList(text)) {
        return joined(*words);
    }
    const std::size_t begin = isMap ? 4 : 1;
    std::vector<std::string> words = blankSeparated(text.substr(begin, text.size() - begin - 1));
    for (std::string &word : words) {
        if (word.ends_with(":{}")) {
            word.resize(word.size() - 3);
        }
    }
    return joined(words);
}

/// VOLUME: `[/data /var/log]`, unquoted by docker and BuildKit; JSON where a name has a blank in
/// it.
std::string volumes(std::string_view text)
{
    const auto quoted = quotedList(text);
    if (!quoted && !isBracketed(text)) {
        return std::string(text);
    }
    const std::vector<std::string> words =
        quoted ? *quoted : blankSeparated(text.substr(1, text.size() - 2));
    const bool isPlain = std::ranges::all_of(words, [](const std::string &word) {
        return word.find_first_of(" \t\"'\\") == std::string::npos;
    });
    return isPlain ? joined(words) : execForm(words);
}

/// STOPSIGNAL: older dockers wrote `[SIGTERM]`.
std::string signalName(std::string_view text)
{
    return std::string(isBracketed(text) ? trimmed(text.substr(1, text.size() - 2)) : text);
}

bool needsQuotes(std::string_view value)
{
    return !value.contains("\\ ") && value.find_first_of(" \t\n") != std::string_view::npos;
}

std::string pairText(std::string_view pair)
{
    const std::size_t equals = pair.find('=') + 1;
    const std::string_view value = pair.substr(equals);
    if (!needsQuotes(value)) {
        return std::string(pair);
    }
    std::string text(pair.substr(0, equals));
    text += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') {
            text += '\\';
        }
        text += c;
    }
    return text + '"';
}

/// ENV, LABEL and ARG. docker and BuildKit record values without the quotes that those with blanks
/// had: each `name=` behind a blank begins a pair. Where quotes are, the text is the Dockerfile's
/// own.
std::string pairs(std::string_view text, bool asLabel)
{
    if (!beginsPair(text, asLabel) || text.contains("=\"") || text.contains("='")) {
        return std::string(text);
    }
    std::string result;
    std::size_t begin = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i - 1] == ' ' && beginsPair(text.substr(i), asLabel)) {
            result += pairText(trimmed(text.substr(begin, i - begin))) + " ";
            begin = i;
        }
    }
    return result + pairText(trimmed(text.substr(begin)));
}

} // namespace

bool isKeyword(std::string_view word)
{
    return std::ranges::find(kKeywords, word) != kKeywords.end();
}

std::optional<std::vector<std::string>> takeQuotedList(std::string_view &text)
{
    if (!text.starts_with('[')) {
        return std::nullopt;
    }
    std::vector<std::string> words;
    std::string_view rest = trimmed(text.substr(1));
    while (!rest.starts_with(']')) {
        auto word = takeGoString(rest);
        if (!word) {
            return std::nullopt;
        }
        words.push_back(std::move(*word));
        rest = trimmed(rest);
        if (rest.starts_with(',')) {
            rest = trimmed(rest.substr(1));
            if (!rest.starts_with('"')) {
                return std::nullopt;
            }
        }
    }
    text = rest.substr(1);
    return words;
}

std::optional<std::vector<std::string>> quotedList(std::string_view text)
{
    auto words = takeQuotedList(text);
    return trimmed(text).empty() ? words : std::nullopt;
}

std::string execForm(const std::vector<std::string> &words)
{
    std::string text = "[";
    for (const std::string &word : words) {
        text += (text.size() > 1 ? ", " : "") + jsonString(word);
    }
    return text + "]";
}

std::string dockerfileArguments(std::string_view keyword, std::string_view arguments)
{
    const std::string_view text = trimmed(arguments);
    if (keyword == "CMD" || keyword == "ENTRYPOINT") {
        return command(text);
    }
    if (keyword == "SHELL") {
        return shell(text);
    }
    if (keyword == "EXPOSE") {
        return ports(text);
    }
    if (keyword == "VOLUME") {
        return volumes(text);
    }
    if (keyword == "STOPSIGNAL") {
        return signalName(text);
    }
    if (keyword == "HEALTHCHECK") {
        return healthcheckArguments(text);
    }
    if (keyword == "ENV" || keyword == "ARG" || keyword == "LABEL") {
        return pairs(text, keyword == "LABEL");
    }
    return std::string(text);
}

} // namespace cutaway::history
