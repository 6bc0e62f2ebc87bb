// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/checks.h"
#include "core/audit/secrets/encodings.h"
#include "core/audit/secrets/secretlimits.h"
#include "core/audit/secrets/values.h"
#include "core/base/json.h"

#include <algorithm>
#include <charconv>

namespace cutaway::secretchecks {

namespace {

constexpr std::size_t kKeyCharacters = 64; ///< that a key has at least, in base64

/// What stands between the armour's lines, blanks and the way of writing line breaks taken out.
struct Armour
{
    std::string headers; ///< "Proc-Type: 4,ENCRYPTED"
    std::string base64;
    std::size_t length = 0; ///< from the match's begin to behind the last line
};

/// Line breaks may be written as `\n`, as JSON and variables have them.
std::string withLineBreaks(std::string_view text)
{
    std::string lines;
    lines.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isEscape = text[i] == '\\' && i + 1 < text.size();
        if (isEscape && (text[i + 1] == 'n' || text[i + 1] == 'r')) {
            lines += '\n';
            ++i;
        } else if (text[i] != '\\') {
            lines += text[i];
        }
    }
    return lines;
}

std::optional<Armour> armourOf(const SecretMatch &match)
{
    const std::string_view rest = match.behind(limits::kSecretKeyBytes);
    const std::size_t end = rest.find("-----END ");
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    Armour armour;
    const std::size_t lineEnd = rest.find("-----", end + 9);
    armour.length = match.whole.size() + (lineEnd == std::string_view::npos ? end : lineEnd + 5);
    const std::string lines = withLineBreaks(rest.substr(0, end));
    std::size_t at = 0;
    while (at < lines.size()) {
        const std::size_t next = std::min(lines.find('\n', at), lines.size());
        std::string_view line = std::string_view(lines).substr(at, next - at);
        at = next + 1;
        if (line.contains(": ")) {
            armour.headers += line;
            continue;
        }
        if (line.starts_with('=')) { // PGP's checksum
            continue;
        }
        for (const char c : line) {
            if (c != ' ' && c != '\t' && c != '\r' && c != '"' && c != '\'' && c != ',') {
                armour.base64 += c;
            }
        }
    }
    return armour;
}

/// Of OpenSSH's own format: whether its cipher is none.
bool isOpenSshPlain(std::string_view key)
{
    constexpr std::string_view kMagic("openssh-key-v1\0", 15);
    constexpr std::string_view kNone("\0\0\0\4none", 8);
    return key.substr(kMagic.size()).starts_with(kNone);
}

SecretVerdict encrypted(SecretVerdict verdict)
{
    verdict.severity = Severity::High;
    verdict.note = SecretNote::Encrypted;
    return verdict;
}

} // namespace

Verdict pemKey(const SecretMatch &match, SecretVerdict verdict)
{
    auto armour = armourOf(match);
    if (!armour || armour->base64.size() < kKeyCharacters) {
        return std::nullopt;
    }
    auto key = base64Decoded(armour->base64);
    if (!key || entropyOf(armour->base64) < 3.0) {
        return std::nullopt;
    }
    const bool isOpenSsh = key->starts_with("openssh-key-v1");
    const bool isLocked = match.whole.contains("ENCRYPTED") || armour->headers.contains("ENCRYPTED")
                          || (isOpenSsh && !isOpenSshPlain(*key));
    // What is encrypted as a whole, under Proc-Type, has no structure to be seen.
    if (isOpenSsh || isAsn1Sequence(*key) || armour->headers.contains("DEK-Info")) {
        verdict.confidence = Confidence::Certain;
    }
    if (isLocked) {
        verdict = encrypted(std::move(verdict));
    }
    if (match.place.path.ends_with("ssl-cert-snakeoil.key")) {
        verdict.severity = Severity::Medium;
        verdict.note = SecretNote::Snakeoil;
    }
    verdict.value = match.text.substr(match.begin(), armour->length);
    verdict.identity = std::move(*key);
    return verdict;
}

Verdict pgpKey(const SecretMatch &match, SecretVerdict verdict)
{
    auto armour = armourOf(match);
    if (!armour || armour->base64.size() < kKeyCharacters) {
        return std::nullopt;
    }
    auto key = base64Decoded(armour->base64);
    if (!key || key->empty()) {
        return std::nullopt;
    }
    // RFC 4880: a packet's tag, in the old and in the new form; 5 is a secret key.
    const auto first = static_cast<unsigned char>(key->front());
    const unsigned tag = (first & 0x40U) != 0 ? first & 0x3FU : (first >> 2) & 0x0FU;
    if ((first & 0x80U) != 0 && tag == 5) {
        verdict.confidence = Confidence::Certain;
    }
    verdict.value = match.text.substr(match.begin(), armour->length);
    verdict.identity = std::move(*key);
    return verdict;
}

Verdict puttyKey(const SecretMatch &match, SecretVerdict verdict)
{
    const std::string_view rest = match.behind(limits::kSecretKeyBytes);
    const std::size_t encryption = rest.find("Encryption: ");
    const std::size_t lines = rest.find("Private-Lines: ");
    if (encryption == std::string_view::npos || lines == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view count = rest.substr(lines + 15, 4);
    int number = 0;
    std::from_chars(count.data(), count.data() + count.size(), number);
    if (number <= 0) {
        return std::nullopt;
    }
    const std::size_t end = std::min(rest.find("Private-MAC:"), rest.size());
    verdict.value = match.text.substr(match.begin(), match.whole.size() + end);
    verdict.confidence = Confidence::Certain;
    return rest.substr(encryption + 12).starts_with("none") ? std::move(verdict)
                                                            : encrypted(std::move(verdict));
}

Verdict ageKey(const SecretMatch &match, SecretVerdict verdict)
{
    if (!isBech32(match.whole)) {
        return std::nullopt;
    }
    verdict.confidence = Confidence::Certain;
    return verdict;
}

Verdict serviceAccount(const SecretMatch &match, SecretVerdict verdict)
{
    constexpr std::size_t kSide = 4096;
    const std::string_view before = match.before(kSide);
    const std::size_t start = match.begin() - before.size();
    const std::string_view near =
        match.text.substr(start, before.size() + match.whole.size() + kSide);
    const std::size_t name = near.find("\"private_key\"");
    const std::size_t key = name == std::string_view::npos ? name : near.find("-----BEGIN", name);
    if (key == std::string_view::npos || !near.substr(key, 64).contains("PRIVATE KEY-----")) {
        return std::nullopt;
    }
    const std::size_t end = near.find("-----END", key);
    if (end == std::string_view::npos || end - key < kKeyCharacters) {
        return std::nullopt;
    }
    verdict.value = near.substr(key, std::min(near.find('"', end), near.size()) - key);
    if (match.text.size() <= 2 * kSide) { // no more than one account
        const auto parsed = parseJson(match.text, "account", BadUtf8::Replace);
        if (parsed && parsed->value["type"].toString() == "service_account") {
            verdict.confidence = Confidence::Certain;
        }
    }
    return verdict;
}

Verdict clientKey(const SecretMatch &match, SecretVerdict verdict)
{
    const auto key = base64Decoded(match.value);
    if (!key) {
        return std::nullopt;
    }
    if (key->contains("PRIVATE KEY-----")) {
        verdict.confidence = Confidence::Certain;
    }
    return verdict;
}

Verdict kubernetesSecret(const SecretMatch &match, SecretVerdict verdict)
{
    static const Pattern kData =
        Pattern::compile(
            R"((?m)^(?:data|stringData):[ \t]*\n((?:[ \t]+[\w.-]+:[ \t]*\S+[ \t]*\n?)+))",
            PatternText::Latin1)
            .value();
    // Of this document of the file alone.
    const std::string_view rest = match.behind(4096);
    const std::string_view document = rest.substr(0, rest.find("\n---"));
    const auto groups = kData.find(document);
    if (!groups || isPlaceholder((*groups)[1]) || (*groups)[1].contains('{')) {
        return std::nullopt;
    }
    const std::string_view pairs = (*groups)[1];
    verdict.value = pairs.substr(0, pairs.find_last_not_of(" \t\r\n") + 1);
    return verdict;
}

} // namespace cutaway::secretchecks
