// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/secretspans.h"

#include "core/audit/secrets/commandwords.h"
#include "core/audit/secrets/names.h"
#include "core/audit/secrets/settingsearch.h"
#include "core/audit/secrets/values.h"

#include <algorithm>
#include <optional>
#include <string>

namespace cutaway {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
           || c == '-' || c == '.';
}

/// Whether a blank at `text[at]` is followed by the NAME= of the next assignment.
bool isBeforeAssignment(std::string_view text, std::size_t at)
{
    std::size_t end = at + 1;
    while (end < text.size() && isNameCharacter(text[end])) {
        ++end;
    }
    return end > at + 1 && end < text.size() && text[end] == '=';
}

/// Where the value at the front of `text` ends; quotes included. History keeps values of ENV and
/// ARG without their quotes: there a blank only ends the value before the next assignment.
std::size_t valueLength(std::string_view text, bool blanksInside)
{
    if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
        const char quote = text.front();
        for (std::size_t i = 1; i < text.size(); ++i) {
            if (text[i] == '\\' && quote == '"') {
                ++i;
            } else if (text[i] == quote) {
                return i + 1;
            }
        }
        return text.size();
    }
    if (blanksInside) {
        std::size_t blank = text.find(' ');
        while (blank != std::string_view::npos && !isBeforeAssignment(text, blank)) {
            blank = text.find(' ', blank + 1);
        }
        return std::min(blank, text.size());
    }
    const std::size_t end = text.find_first_of(" \t\r\n;&|()<>\"'`");
    return end == std::string_view::npos ? text.size() : end;
}

/// `ENV NAME value` and `ARG NAME value`: the old form, the value reaches to the end.
std::size_t startOfSpacedValue(std::string_view line)
{
    for (const std::string_view keyword : {"ENV ", "ARG ", "env ", "arg "}) {
        if (!line.starts_with(keyword)) {
            continue;
        }
        const std::size_t name = line.find_first_not_of(" \t", keyword.size());
        if (name == std::string_view::npos) {
            continue;
        }
        std::size_t end = name;
        while (end < line.size() && isNameCharacter(line[end])) {
            ++end;
        }
        const std::size_t value = line.find_first_not_of(" \t", end);
        if (value != std::string_view::npos && value > end
            && isSecretName(line.substr(name, end - name)) && isSecretValue(line.substr(value))) {
            return value;
        }
    }
    return std::string_view::npos;
}

/// Values behind NAME= where the name says that they are secret.
void addNamed(std::string_view line, SecretSpans &spans)
{
    if (const std::size_t value = startOfSpacedValue(line); value != std::string_view::npos) {
        spans.push_back({value, line.size()});
        return;
    }
    const bool blanksInside = line.starts_with("ENV ") || line.starts_with("ARG ")
                              || line.starts_with("/bin/sh -c #(nop)");
    std::size_t passed = 0;
    for (std::size_t equals = line.find('='); equals != std::string_view::npos;
         equals = line.find('=', std::max(equals + 1, passed))) {
        std::size_t name = equals;
        while (name > passed && isNameCharacter(line[name - 1])) {
            --name;
        }
        if (!isSecretName(line.substr(name, equals - name))) {
            continue;
        }
        const std::size_t length = valueLength(line.substr(equals + 1), blanksInside);
        passed = equals + 1 + length;
        if (isSecretValue(line.substr(equals + 1, length))) {
            spans.push_back({equals + 1, passed});
        }
    }
}

void addValue(std::string_view line, std::size_t at, SecretSpans &spans)
{
    const std::size_t length = valueLength(line.substr(at), false);
    if (isSecretValue(line.substr(at, length))) {
        spans.push_back({at, at + length});
    }
}

/// The value behind blanks, unless that is the next option.
void addBehind(std::string_view line, std::size_t at, SecretSpans &spans)
{
    const std::size_t value = line.find_first_not_of(" \t", at);
    if (value != at && value != std::string_view::npos && line[value] != '-') {
        addValue(line, value, spans);
    }
}

/// Where the command ends that the front of the text is within, quotes minded.
std::size_t commandLength(std::string_view text)
{
    char quote = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && quote != '\'') {
            ++i;
        } else if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == ';' || c == '&' || c == '|' || c == '\n') {
            return i;
        }
    }
    return text.size();
}

bool isWordStart(std::string_view line, std::size_t at)
{
    return at == 0 || std::string_view(" \t\n\"'(=`").contains(line[at - 1]);
}

/// Passwords behind one kind of option in the command that the line ends with.
void addBehindOption(std::string_view line,
                     const PasswordOption &row,
                     std::size_t from,
                     SecretSpans &spans)
{
    const bool isAttached = row.form == PasswordOption::Form::Attached;
    for (std::size_t at = line.find(row.option, from); at != std::string_view::npos;
         at = line.find(row.option, at + 1)) {
        std::size_t value = at + row.option.size();
        if (!isWordStart(line, at)) {
            continue;
        }
        if (!isAttached) {
            value = line.find_first_not_of(row.option.starts_with("--") ? " \t=" : " \t", value);
            if (value == at + row.option.size() || value == std::string_view::npos) {
                continue;
            }
        }
        const std::size_t length = valueLength(line.substr(value), false);
        const std::string_view word = line.substr(value, length);
        if (row.form == PasswordOption::Form::AfterUser) {
            if (const std::optional<TextPart> password = passwordInPair(word)) {
                spans.push_back({value + password->at, value + length});
            }
        } else if (isSecretValue(word)) {
            spans.push_back({value, value + length});
        }
    }
}

/// Values of options that take a password with the program before them alone.
void addProgramPasswords(std::string_view line, SecretSpans &spans)
{
    for (const PasswordOption &row : kPasswordOptions) {
        for (std::size_t at = line.find(row.program); at != std::string_view::npos;) {
            const std::size_t end = at + commandLength(line.substr(at));
            const std::string_view command = line.substr(0, end);
            if (const std::size_t verb = command.find(row.verb, at);
                verb != std::string_view::npos) {
                addBehindOption(command, row, verb, spans);
            }
            at = line.find(row.program, std::max(end, at + 1));
        }
    }
}

/// Values of options that are passwords with any program.
void addOptions(std::string_view line, SecretSpans &spans)
{
    for (std::size_t at = line.find("--"); at != std::string_view::npos;
         at = line.find("--", at + 2)) {
        constexpr std::size_t kLongest = 32;
        const std::string_view rest = line.substr(at, kLongest);
        const std::string_view option = rest.substr(0, rest.find_first_of(" \t="));
        if (isWordStart(line, at) && isSecretOption(option)) {
            addBehind(line, at + option.size(), spans);
        }
    }
}

void addHeaders(std::string_view line, SecretSpans &spans)
{
    for (std::size_t at = line.find(kSecretKeySetting); at != std::string_view::npos;
         at = line.find(kSecretKeySetting, at + 1)) {
        addBehind(line, at + kSecretKeySetting.size(), spans);
    }
    const std::string lower = lowered(line);
    for (auto value = credentialsInHeader(lower); value;
         value = credentialsInHeader(lower, *value)) {
        addValue(line, *value, spans);
    }
}

} // namespace

SecretSpans writtenSecrets(std::string_view line)
{
    SecretSpans spans;
    addProgramPasswords(line, spans);
    addNamed(line, spans);
    addOptions(line, spans);
    addHeaders(line, spans);
    for (std::optional<TextPart> part = passwordInAddress(line); part;
         part = passwordInAddress(line, part->at + part->length)) {
        spans.push_back({part->at, part->at + part->length});
    }
    return spans;
}

SecretSpans detectedSecrets(std::string_view text)
{
    SecretSpans spans;
    const SecretSearch search = secretsInSetting(text);
    for (const SecretHit &hit : search.hits) {
        spans.push_back({hit.offset, std::size_t{hit.offset} + hit.length});
    }
    if (search.searched < text.size()) {
        spans.push_back({search.searched, text.size(), true});
    }
    return spans;
}

} // namespace cutaway
