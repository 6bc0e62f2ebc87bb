// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/redaction.h"

#include "core/audit/secrets/commandwords.h"
#include "core/audit/secrets/names.h"
#include "core/audit/secrets/secretspans.h"
#include "core/base/text.h"
#include "core/image/history.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cutaway {
namespace {

SecretSpans spansOf(std::string_view line)
{
    SecretSpans spans = writtenSecrets(line);
    const SecretSpans detected = detectedSecrets(line);
    spans.insert(spans.end(), detected.begin(), detected.end());
    return spans;
}

Redacted without(std::string_view text, SecretSpans spans)
{
    std::ranges::sort(spans, {}, &SecretSpan::begin);
    Redacted result;
    std::size_t kept = 0; // everything before this is in the result already
    for (const SecretSpan &span : spans) {
        if (span.end <= kept) {
            continue;
        }
        if (span.begin >= kept) {
            result.text += text.substr(kept, span.begin - kept);
            result.text += span.isUnsearched ? std::string_view() : kRedacted;
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

} // namespace

Redacted redactValue(std::string_view name, std::string_view value, Secrets secrets)
{
    if (secrets == Secrets::Shown || value.empty()) {
        return {std::string(value), false};
    }
    if (isSecretName(name) && isSecretValue(value)) {
        return {std::string(kRedacted), true};
    }
    // Some detectors know a value by the name before it.
    const std::string text = std::string(name) + '=' + std::string(value);
    const std::size_t front = name.size() + 1;
    SecretSpans spans = writtenSecrets(value);
    std::ranges::for_each(spans, [front](SecretSpan &span) {
        span.begin += front;
        span.end += front;
    });
    const SecretSpans detected = detectedSecrets(text);
    spans.insert(spans.end(), detected.begin(), detected.end());
    std::erase_if(spans, [front](const SecretSpan &span) { return span.end <= front; });
    std::ranges::for_each(spans,
                          [front](SecretSpan &span) { span.begin = std::max(span.begin, front); });
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
    SecretSpans spans = spansOf(line);
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
    RedactedWords result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        SecretSpans spans = spansOf(word);
        if (const std::optional<PasswordWord> password = passwordInWord(words, i)) {
            spans.push_back(
                {password->part.at, password->part.at + password->part.length}); // blanks too
        }
        const bool isKey = i > 0 && words[i - 1].ends_with(kSecretKeySetting);
        if (isKey && isSecretValue(word)) {
            spans.push_back({0, word.size()});
        }
        Redacted shown = without(word, std::move(spans));
        result.redacted |= shown.redacted;
        result.words.push_back(std::move(shown.text));
    }
    return result;
}

} // namespace cutaway
