// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/redaction.h"

#include "core/audit/secrets/settingsearch.h"
#include "core/audit/secrets/values.h"
#include "core/base/text.h"
#include "core/image/history.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace cutaway {
namespace {

constexpr std::string_view kReplacement = "[redacted]";

constexpr std::array<std::string_view, 15> kSecretWords = {
    "password",
    "passwd",
    "passphrase",
    "pword",
    "pwd",
    "pass",
    "secret",
    "secrets",
    "token",
    "apikey",
    "credential",
    "credentials",
    "privatekey",
    "accesskeyid",
    "secretaccesskey",
};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSecretPairs = {{
    {"api", "key"},
    {"access", "key"},
    {"private", "key"},
    {"encryption", "key"},
    {"signing", "key"},
}};
/// Last words that say the value only leads to the secret, or describes it.
constexpr std::array<std::string_view, 10> kHarmlessEnds = {
    "file",
    "path",
    "dir",
    "url",
    "uri",
    "length",
    "ttl",
    "expiry",
    "policy",
    "name",
};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isNameCharacter(char c)
{
    return isWordCharacter(c) || c == '_' || c == '-' || c == '.';
}

std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words(1);
    for (const char c : name) {
        if (isWordCharacter(c)) {
            words.back() += lower(c);
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

bool isSecretPair(const std::string &first, const std::string &second)
{
    return std::ranges::any_of(kSecretPairs, [&](const auto &pair) {
        return pair.first == first && pair.second == second;
    });
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

std::string_view withoutQuotes(std::string_view value)
{
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')
        && value.back() == value.front()) {
        return value.substr(1, value.size() - 2);
    }
    return value;
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

/// A part of a text that is not to be shown.
struct Span
{
    std::size_t begin = 0;
    std::size_t end = 0;
    bool isUnsearched = false; ///< nobody knows
};
using Spans = std::vector<Span>;

/// Values behind NAME= where the name says that they are secret.
void addNamed(std::string_view line, Spans &spans)
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

/// Behind these stands a secret, with a blank between.
constexpr std::array<std::string_view, 5> kLeads = {"secret_access_key", // aws configure set
                                                    "Authorization: Bearer",
                                                    "Authorization: Basic",
                                                    "Authorization: token",
                                                    "Authorization: Token"};

void addBehind(std::string_view line, std::size_t at, Spans &spans)
{
    const std::size_t value = line.find_first_not_of(" \t", at);
    if (value == at || value == std::string_view::npos || line[value] == '-') {
        return;
    }
    const std::size_t length = valueLength(line.substr(value), false);
    if (isSecretValue(line.substr(value, length))) {
        spans.push_back({value, value + length});
    }
}

/// Short options that take a password with some programs.
struct ShortOption
{
    std::string_view program;
    std::string_view option;
    bool hasUser = false; ///< "user:password"
};
constexpr std::array kShortOptions = {
    ShortOption{"curl", "-u", true},
    ShortOption{"curl", "--user", true},
    ShortOption{"docker login", "-p"},
    ShortOption{"podman login", "-p"},
    ShortOption{"az login", "-p"},
    ShortOption{"sshpass", "-p"},
};

/// Where the password begins in "user:password"; not in numbers of a user and a group.
std::size_t passwordAt(std::string_view word)
{
    const std::size_t colon = word.find(':');
    const bool isPassword = colon != std::string_view::npos && isSecretValue(word.substr(colon + 1))
                            && word.find_first_not_of("0123456789:") != std::string_view::npos;
    return isPassword ? colon + 1 : std::string_view::npos;
}

void addShortOptions(std::string_view line, Spans &spans)
{
    for (const ShortOption &row : kShortOptions) {
        const std::string wanted = ' ' + std::string(row.option) + ' ';
        for (std::size_t at = line.find(row.program); at != std::string_view::npos;) {
            at = line.find(wanted, at);
            if (at == std::string_view::npos) {
                break;
            }
            at += wanted.size();
            const std::size_t length = valueLength(line.substr(at), false);
            const std::size_t password =
                row.hasUser ? passwordAt(line.substr(at, length)) : std::size_t{0};
            if (password != std::string_view::npos
                && isSecretValue(line.substr(at + password, length - password))) {
                spans.push_back({at + password, at + length});
            }
            at += length;
        }
    }
}

/// `mysql -pPASSWORD` and its like: there is no blank between.
void addMySqlPasswords(std::string_view line, Spans &spans)
{
    constexpr std::string_view kOption = " -p";
    for (std::size_t at = line.find("mysql"); at != std::string_view::npos;) {
        at = line.find(kOption, at);
        if (at == std::string_view::npos) {
            return;
        }
        at += kOption.size();
        const std::size_t length = valueLength(line.substr(at), false);
        if (length >= 2 && isSecretValue(line.substr(at, length))) {
            spans.push_back({at, at + length});
        }
    }
}

/// "scheme://user:PASSWORD@host", whatever the scheme.
void addUserInfo(std::string_view line, Spans &spans)
{
    constexpr std::string_view kLead = "://";
    for (std::size_t at = line.find(kLead); at != std::string_view::npos;
         at = line.find(kLead, at)) {
        at += kLead.size();
        const std::string_view rest = line.substr(at);
        const std::string_view host = rest.substr(0, rest.find_first_of("/ \t\r\n\"'"));
        const std::size_t end = host.find('@');
        const std::size_t colon = host.find(':');
        if (end != std::string_view::npos && colon < end
            && isSecretValue(host.substr(colon + 1, end - colon - 1))) {
            spans.push_back({at + colon + 1, at + end});
        }
    }
}

/// Values of options that take a password, and of headers that hold one.
void addOptions(std::string_view line, Spans &spans)
{
    addShortOptions(line, spans);
    addMySqlPasswords(line, spans);
    addUserInfo(line, spans);
    for (std::size_t at = line.find("--"); at != std::string_view::npos;
         at = line.find("--", at + 2)) {
        constexpr std::size_t kLongest = 32;
        const std::string_view rest = line.substr(at, kLongest);
        const std::string_view option = rest.substr(0, rest.find_first_of(" \t="));
        const bool isWord = at == 0 || std::string_view(" \t\"'(").contains(line[at - 1]);
        if (isWord && isSecretOption(option)) {
            addBehind(line, at + option.size(), spans);
        }
    }
    for (const std::string_view lead : kLeads) {
        for (std::size_t at = line.find(lead); at != std::string_view::npos;
             at = line.find(lead, at + lead.size())) {
            addBehind(line, at + lead.size(), spans);
        }
    }
}

/// What detectors recognise, and what they did not get to.
void addDetected(std::string_view text, Spans &spans)
{
    const SecretSearch search = secretsInSetting(text);
    for (const SecretHit &hit : search.hits) {
        spans.push_back({hit.offset, std::size_t{hit.offset} + hit.length});
    }
    if (search.searched < text.size()) {
        spans.push_back({search.searched, text.size(), true});
    }
}

Redacted without(std::string_view text, Spans spans)
{
    std::ranges::sort(spans, {}, &Span::begin);
    Redacted result;
    std::size_t kept = 0; // everything before this is in the result already
    for (const Span &span : spans) {
        if (span.end <= kept) {
            continue;
        }
        if (span.begin >= kept) {
            result.text += text.substr(kept, span.begin - kept);
            result.text += span.isUnsearched ? std::string_view() : kReplacement;
        }
        if (span.isUnsearched) {
            result.text += "[" + formatCount(span.end - std::max(kept, span.begin), "byte", "bytes")
                           + " not searched for secrets]";
        }
        kept = span.end;
        result.redacted = true;
    }
    result.text += text.substr(kept);
    return result;
}

Spans spansOf(std::string_view line)
{
    Spans spans;
    addNamed(line, spans);
    addOptions(line, spans);
    addDetected(line, spans);
    return spans;
}

} // namespace

bool isSecretName(std::string_view name)
{
    const std::vector<std::string> words = wordsOf(name);
    if (words.empty() || (words.size() == 1 && (words[0] == "pwd" || words[0] == "pass"))
        || std::ranges::find(kHarmlessEnds, words.back()) != kHarmlessEnds.end()) {
        return false;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (std::ranges::find(kSecretWords, words[i]) != kSecretWords.end()
            || (i > 0 && isSecretPair(words[i - 1], words[i]))) {
            return true;
        }
    }
    return false;
}

bool isSecretValue(std::string_view value)
{
    value = withoutQuotes(value);
    if (value == kReplacement || value.size() < 2 || value.front() == '$') {
        return false;
    }
    std::string word;
    std::ranges::transform(value, std::back_inserter(word), lower);
    return word != "true" && word != "false" && word != "yes" && word != "no" && word != "none"
           && word != "null" && word != "off" && word != "on";
}

Redacted redactValue(std::string_view name, std::string_view value, Secrets secrets)
{
    if (secrets == Secrets::Shown || value.empty()) {
        return {std::string(value), false};
    }
    if (isSecretName(name) && isSecretValue(value)) {
        return {std::string(kReplacement), true};
    }
    // Some detectors know a value by the name before it.
    const std::string text = std::string(name) + '=' + std::string(value);
    const std::size_t front = name.size() + 1;
    Spans spans;
    addNamed(value, spans);
    addOptions(value, spans);
    std::ranges::for_each(spans, [front](Span &span) {
        span.begin += front;
        span.end += front;
    });
    addDetected(text, spans);
    std::erase_if(spans, [front](const Span &span) { return span.end <= front; });
    std::ranges::for_each(spans, [front](Span &span) { span.begin = std::max(span.begin, front); });
    Redacted shown = without(text, std::move(spans));
    shown.text.erase(0, front);
    return shown;
}

Redacted redactAssignment(std::string_view assignment, Secrets secrets)
{
    const std::size_t equals = assignment.find('=');
    if (equals == std::string_view::npos) {
        return redactLine(assignment, secrets);
    }
    Redacted value =
        redactValue(assignment.substr(0, equals), assignment.substr(equals + 1), secrets);
    return {std::string(assignment.substr(0, equals + 1)) + value.text, value.redacted};
}

Redacted redactHistory(const HistoryEntry &entry, Secrets secrets)
{
    if (secrets == Secrets::Shown) {
        return {entry.createdBy, false};
    }
    const std::string_view line = entry.createdBy;
    Spans spans = spansOf(line);
    std::size_t from = 0;
    for (const auto &[name, value] : normaliseHistory(entry).buildArgs) {
        if (!isSecretName(name) || !isSecretValue(value)) {
            continue;
        }
        const std::size_t at = line.find(name + '=' + value, from);
        if (at != std::string_view::npos) {
            from = at + name.size() + 1 + value.size();
            spans.push_back({at + name.size() + 1, from});
        }
    }
    return without(line, std::move(spans));
}

Redacted redactLine(std::string_view line, Secrets secrets)
{
    return secrets == Secrets::Shown ? Redacted{std::string(line), false}
                                     : without(line, spansOf(line));
}

RedactedWords redactWords(const std::vector<std::string> &words, Secrets secrets)
{
    if (secrets == Secrets::Shown) {
        return {words, false};
    }
    std::string line; // in which short options know their program
    for (const std::string &word : words) {
        line += word + ' ';
    }
    Spans values;
    addShortOptions(line, values);
    addMySqlPasswords(line, values);
    std::ranges::sort(values, {}, &Span::begin);
    auto value = values.begin();
    RedactedWords result;
    std::size_t front = 0; // of the word in the line
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        const std::size_t end = front + word.size();
        Spans spans = spansOf(word);
        if (i > 0 && isSecretOption(words[i - 1]) && !word.starts_with('-')
            && isSecretValue(word)) {
            spans.push_back({0, word.size()});
        }
        for (; value != values.end() && value->begin < end; ++value) {
            spans.push_back({value->begin - front, word.size()}); // it may have blanks
        }
        Redacted shown = without(word, std::move(spans));
        result.redacted |= shown.redacted;
        result.words.push_back(std::move(shown.text));
        front = end + 1;
    }
    return result;
}

} // namespace cutaway
