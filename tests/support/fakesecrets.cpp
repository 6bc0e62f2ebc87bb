// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fakesecrets.h"

#include "core/base/text.h"

#include <functional>
#include <map>
#include <stdexcept>

namespace cutaway::test {
namespace {

constexpr std::string_view kAlnum =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view kHex = "0123456789abcdef";

/// So many characters of an alphabet, each different from the one before; the same in every run.
std::string some(std::size_t count, std::string_view alphabet = kAlnum, std::size_t start = 7)
{
    std::string text;
    std::size_t at = start;
    while (text.size() < count) {
        at = (at * 31 + 17 + text.size()) % 9973;
        text += alphabet[at % alphabet.size()];
    }
    return text;
}

std::string inLines(const std::string &base64, const std::string &lineEnd)
{
    std::string lines;
    for (std::size_t at = 0; at < base64.size(); at += 64) {
        lines += base64.substr(at, 64) + lineEnd;
    }
    return lines;
}

std::string armoured(const std::string &kind,
                     const std::string &bytes,
                     const std::string &headers = {},
                     const std::string &lineEnd = "\n")
{
    const std::string dashes(5, '-');
    return dashes + "BEGIN " + kind + dashes + lineEnd + headers + inLines(base64(bytes), lineEnd)
           + dashes + "END " + kind + dashes;
}

std::string asn1(std::size_t start)
{
    const std::string body = some(300, kAlnum, start);
    return std::string("\x30\x82") + static_cast<char>(body.size() >> 8)
           + static_cast<char>(body.size() & 0xFF) + body;
}

std::string openSsh(const std::string &cipher)
{
    return std::string("openssh-key-v1\0", 15) + std::string("\0\0\0", 3)
           + static_cast<char>(cipher.size()) + cipher + some(200);
}

std::string webToken(const std::string &header, const std::string &claims)
{
    const auto part = [](const std::string &json) {
        std::string text = base64(json);
        while (text.ends_with('=')) {
            text.pop_back();
        }
        return text;
    };
    return part(header) + "." + part(claims) + "." + some(43);
}

const std::string kPrivate = "PRIVATE KEY";

// clang-format off
const std::map<std::string, std::function<std::string()>, std::less<>> kMakers = {
    {"rsa", [] { return armoured("RSA " + kPrivate, asn1(7)); }},
    {"rsa-other", [] { return armoured("RSA " + kPrivate, asn1(8)); }},
    {"rsa-crlf", [] { return armoured("RSA " + kPrivate, asn1(7), {}, "\r\n"); }},
    {"rsa-escaped", [] { return armoured("RSA " + kPrivate, asn1(7), {}, "\\n"); }},
    {"rsa-locked", [] { return armoured("RSA " + kPrivate, some(300), "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"); }},
    {"pkcs8", [] { return armoured(kPrivate, asn1(9)); }},
    {"pkcs8-locked", [] { return armoured("ENCRYPTED " + kPrivate, asn1(9)); }},
    {"no-asn1", [] { return armoured("RSA " + kPrivate, some(300)); }},
    {"openssh", [] { return armoured("OPENSSH " + kPrivate, openSsh("none")); }},
    {"openssh-locked", [] { return armoured("OPENSSH " + kPrivate, openSsh("aes256-ctr")); }},
    {"no-base64", [] { return "-----BEGIN " + kPrivate + "-----\n" + std::string(70, '.') + "\n-----END " + kPrivate + "-----"; }},
    {"public", [] { return armoured("PUBLIC KEY", asn1(7)); }},
    {"public-escaped", [] { return armoured("PUBLIC KEY", asn1(7), {}, "\\n"); }},
    {"certificate", [] { return armoured("CERTIFICATE", asn1(7)); }},
    {"pgp", [] { return armoured("PGP " + kPrivate + " BLOCK", "\x95" + some(300), "Version: x\n\n"); }},
    {"putty", [] { return "PuTTY-User-Key-File-" "3: ssh-rsa\nEncryption: none\nComment: x\nPrivate-Lines: 2\n" + some(64) + "\n" + some(60) + "\nPrivate-MAC: 0\n"; }},
    {"age", [] { return std::string("AGE-SECRET-") + "KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"; }},
    {"age-wrong", [] { return std::string("AGE-SECRET-") + "KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEQ"; }},
    {"aws-id", [] { return "AK" "IA" + some(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"); }},
    {"aws-secret", [] { return some(38) + "/a"; }},
    {"bedrock", [] { return "AB" "SK" + base64("BedrockAPIKey-" + some(90)); }},
    {"gcp", [] { return R"({"type": "service_)" "account\", \"private_key\": \"" + armoured(kPrivate, asn1(5), {}, "\\n") + "\\n\", \"client_email\": \"a@b\"}"; }},
    {"google", [] { return "AI" "za" + some(35); }},
    {"azure-storage", [] { return "Account" "Key=" + some(86) + "=="; }},
    {"azure-sas", [] { return "https://x.blob.core.windows.net/c?sv=2023-11-03&sr=b&s" "ig=" + some(43) + "%3D"; }},
    {"azure-client", [] { return some(3) + "8" "Q~" + some(34); }},
    {"github", [] { return std::string("gh") + "p_" + "zQWBuTSOoRi4A9spHcVY5ncnsDk" + "xkJ0mLq17"; }},
    {"github-unsure", [] { return "gh" "p_" + some(36); }},
    {"github-short", [] { return "gh" "p_" + some(20); }},
    {"github-fine", [] { return "github" "_pat_" + some(22) + "_" + some(59); }},
    {"gitlab", [] { return "gl" "pat-" + some(20); }},
    {"slack", [] { return "xo" "xb-" + some(12, "1234567890") + "-" + some(12, "1234567890") + "-" + some(24); }},
    {"slack-hook", [] { return "https://hooks.slack" ".com/services/" + some(44); }},
    {"stripe", [] { return "sk_" "live_" + some(24); }},
    {"stripe-test", [] { return "sk_" "test_" + some(24); }},
    {"stripe-public", [] { return "pk_" "live_" + some(24); }},
    {"npm", [] { return "np" "m_" + some(36); }},
    {"pypi", [] { return "pypi-" "AgEIcHlwaS5vcmc" + some(100); }},
    {"rubygems", [] { return "ruby" "gems_" + some(48, kHex); }},
    {"crates", [] { return "ci" "o" + some(32); }},
    {"docker", [] { return "dckr_" "pat_" + some(27); }},
    {"openai", [] { return "sk" "-proj-" + some(74) + "T3Blbk" "FJ" + some(74); }},
    {"anthropic", [] { return "sk-" "ant-api03-" + some(93) + "AA"; }},
    {"hugging-face", [] { return "h" "f_" + some(34); }},
    {"sendgrid", [] { return "S" "G." + some(22) + "." + some(43); }},
    {"mailgun", [] { return "ke" "y-" + some(32, kHex); }},
    {"vault", [] { return "hv" "s." + some(95); }},
    {"digitalocean", [] { return "dop" "_v1_" + some(64, kHex); }},
    {"databricks", [] { return "da" "pi" + some(32, kHex); }},
    {"jwt", [] { return webToken(R"({"alg":"HS256","typ":"JWT"})", R"({"sub":"me","exp":99999999999})"); }},
    {"jwt-old", [] { return webToken(R"({"alg":"HS256","typ":"JWT"})", R"({"sub":"me","exp":1000})"); }},
    {"jwt-none", [] { return webToken(R"({"alg":"none","typ":"JWT"})", R"({"sub":"me"})"); }},
    {"jwt-kubernetes", [] { return webToken(R"({"alg":"RS256"})", R"({"iss":"kubernetes/serviceaccount"})"); }},
    {"jwt-documented", [] { return std::string("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwi") + "aWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"; }},
    {"auth", [] { return base64("me:" + some(12)); }},
    {"pem64", [] { return base64(armoured(kPrivate, asn1(5))); }},
    {"password", [] { return some(14); }},
    {"devops", [] { return some(52, kLower); }},
};
// clang-format on

} // namespace

std::string withFakeSecrets(std::string_view text)
{
    std::string result;
    while (true) {
        const std::size_t begin = text.find("<<");
        const std::size_t end = text.find(">>", begin == std::string_view::npos ? 0 : begin);
        if (begin == std::string_view::npos || end == std::string_view::npos) {
            return result += text;
        }
        const auto maker = kMakers.find(text.substr(begin + 2, end - begin - 2));
        if (maker == kMakers.end()) {
            throw std::invalid_argument("no such secret: " + std::string(text));
        }
        result += text.substr(0, begin);
        result += maker->second();
        text.remove_prefix(end + 2);
    }
}

} // namespace cutaway::test
