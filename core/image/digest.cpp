// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/digest.h"

#include "core/base/text.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::size_t kShownBytes = 100;
constexpr std::size_t kShortDigits = 12;

bool isLowerOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool isEncodedCharacter(char c)
{
    return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '=' || c == '_' || c == '-';
}

/// Words of lowercase letters and digits, with single separators between them.
bool isAlgorithmName(std::string_view name)
{
    bool afterWord = false;
    for (const char c : name) {
        if (isLowerOrDigit(c)) {
            afterWord = true;
        } else if (afterWord && std::string_view("+._-").contains(c)) {
            afterWord = false;
        } else {
            return false;
        }
    }
    return afterWord;
}

std::unexpected<Error> refuse(std::string_view text, std::string_view why)
{
    std::string shown = displayText(text.substr(0, kShownBytes));
    if (text.size() > kShownBytes) {
        shown += "…";
    }
    return fail(ErrorCode::InvalidInput, "“" + shown + "” is no digest: " + std::string(why));
}

} // namespace

Result<Digest> Digest::parse(std::string_view text)
{
    if (text.empty()) {
        return fail(ErrorCode::InvalidInput, "the digest is empty");
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        return refuse(text, "it has no algorithm, as in sha256:…");
    }
    const std::string_view algorithm = text.substr(0, colon);
    const std::string_view encoded = text.substr(colon + 1);
    if (!isAlgorithmName(algorithm) || encoded.empty()
        || !std::ranges::all_of(encoded, isEncodedCharacter)) {
        return refuse(text, "it is not of the form algorithm:digits");
    }
    std::size_t length = 0;
    if (algorithm == "sha256") {
        length = 64;
    } else if (algorithm == "sha512") {
        length = 128;
    } else {
        return fail(ErrorCode::Unsupported,
                    "digests of the algorithm “" + std::string(algorithm.substr(0, kShownBytes))
                        + "” cannot be checked; sha256 and sha512 can");
    }
    if (!std::ranges::all_of(encoded, isHexDigit)) {
        return refuse(text, "it needs lowercase hexadecimal digits");
    }
    if (encoded.size() != length) {
        return refuse(text,
                      std::string(algorithm) + " has " + std::to_string(length) + " digits, not "
                          + std::to_string(encoded.size()));
    }
    return Digest(std::string(text));
}

Digest Digest::ofSha256(std::string hex)
{
    return Digest("sha256:" + std::move(hex));
}

Digest Digest::ofSha512(std::string hex)
{
    return Digest("sha512:" + std::move(hex));
}

HashAlgorithm Digest::algorithm() const
{
    return m_text.starts_with("sha512:") ? HashAlgorithm::Sha512 : HashAlgorithm::Sha256;
}

std::string_view Digest::algorithmName() const
{
    return std::string_view(m_text).substr(0, std::min(m_text.find(':'), m_text.size()));
}

std::string_view Digest::hex() const
{
    const std::size_t colon = m_text.find(':');
    return colon == std::string::npos ? std::string_view()
                                      : std::string_view(m_text).substr(colon + 1);
}

std::string Digest::shortText() const
{
    const std::size_t colon = m_text.find(':');
    return colon == std::string::npos ? std::string() : m_text.substr(0, colon + 1 + kShortDigits);
}

} // namespace cutaway
