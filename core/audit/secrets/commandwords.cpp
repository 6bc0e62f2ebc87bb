// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/commandwords.h"

#include "core/audit/secrets/names.h"

#include <algorithm>

namespace cutaway {

namespace {

using Words = std::span<const std::string>;

/// Whether the program and the verb of the row stand there.
bool isFor(const PasswordOption &row, Words before)
{
    const auto isProgram = [&row](std::string_view word) {
        const std::string_view name = word.substr(word.rfind('/') + 1); // npos + 1 is 0
        return row.form == PasswordOption::Form::Attached ? name.starts_with(row.program)
                                                          : name == row.program;
    };
    const auto program = std::ranges::find_if(before, isProgram);
    return program != before.end()
           && (row.verb.empty() || std::find(program, before.end(), row.verb) != before.end());
}

/// What of the word is the option's value: "--password=value", or all of it behind the option.
std::optional<TextPart> valueOf(std::string_view option, Words words, std::size_t index)
{
    const std::string_view word = words[index];
    if (option.starts_with("--") && word.size() > option.size() && word.starts_with(option)
        && word[option.size()] == '=') {
        return TextPart{option.size() + 1, word.size() - option.size() - 1};
    }
    const bool isBehind = index > 0 && words[index - 1] == option && !word.starts_with('-');
    return isBehind ? std::optional(TextPart{0, word.size()}) : std::nullopt;
}

std::optional<TextPart> passwordBy(const PasswordOption &row, Words words, std::size_t index)
{
    const std::string_view word = words[index];
    if (row.form == PasswordOption::Form::Attached) {
        const bool isOne =
            word.starts_with(row.option) && isSecretValue(word.substr(row.option.size()));
        return isOne ? std::optional(TextPart{row.option.size(), word.size() - row.option.size()})
                     : std::nullopt;
    }
    const std::optional<TextPart> value = valueOf(row.option, words, index);
    if (!value) {
        return std::nullopt;
    }
    const std::string_view text = word.substr(value->at);
    if (row.form == PasswordOption::Form::AfterUser) {
        const std::optional<TextPart> password = passwordInPair(text);
        return password ? std::optional(TextPart{value->at + password->at, password->length})
                        : std::nullopt;
    }
    return isSecretValue(text) ? value : std::nullopt;
}

} // namespace

std::optional<TextPart> passwordInPair(std::string_view word)
{
    const std::size_t colon = word.find(':');
    const bool isPassword = colon != std::string_view::npos && isSecretValue(word.substr(colon + 1))
                            && word.find_first_not_of("0123456789:") != std::string_view::npos;
    return isPassword ? std::optional(TextPart{colon + 1, word.size() - colon - 1}) : std::nullopt;
}

std::optional<TextPart> passwordInAddress(std::string_view text, std::size_t from)
{
    constexpr std::string_view kLead = "://";
    for (std::size_t at = text.find(kLead, from); at != std::string_view::npos;
         at = text.find(kLead, at)) {
        at += kLead.size();
        const std::string_view rest = text.substr(at);
        const std::string_view host = rest.substr(0, rest.find_first_of("/ \t\r\n\"'"));
        const std::size_t end = host.find('@');
        const std::size_t colon = host.find(':');
        if (end != std::string_view::npos && colon < end
            && isSecretValue(host.substr(colon + 1, end - colon - 1))) {
            return TextPart{at + colon + 1, end - colon - 1};
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> credentialsInHeader(std::string_view lower, std::size_t from)
{
    constexpr std::string_view kHeader = "authorization:";
    constexpr std::string_view kBlanks = " \t";
    for (std::size_t at = lower.find(kHeader, from); at != std::string_view::npos;
         at = lower.find(kHeader, at)) {
        at += kHeader.size();
        const std::size_t scheme = lower.find_first_not_of(kBlanks, at);
        for (const std::string_view known : {"bearer", "basic", "token"}) {
            if (scheme == std::string_view::npos || !lower.substr(scheme).starts_with(known)) {
                continue;
            }
            const std::size_t end = scheme + known.size();
            const std::size_t value = lower.find_first_not_of(kBlanks, end);
            if (value > end && value != std::string_view::npos) {
                return value;
            }
        }
    }
    return std::nullopt;
}

std::optional<PasswordWord> passwordInWord(Words words, std::size_t index)
{
    const std::string_view word = words[index];
    for (const std::string_view option :
         {word.substr(0, word.find('=')),
          index > 0 ? std::string_view(words[index - 1]) : std::string_view()}) {
        const std::optional<TextPart> value =
            isSecretOption(option) ? valueOf(option, words, index) : std::nullopt;
        if (value && isSecretValue(word.substr(value->at))) {
            return PasswordWord{*value, option};
        }
    }
    for (const PasswordOption &row : kPasswordOptions) {
        const std::optional<TextPart> password = passwordBy(row, words, index);
        if (password && isFor(row, words.first(index))) {
            return PasswordWord{*password, row.option};
        }
    }
    return std::nullopt;
}

} // namespace cutaway
