// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/registry/http.h"

#include <curl/curl.h>
#include <optional>

namespace cutaway {

namespace {

struct UrlDeleter
{
    void operator()(CURLU *url) const { curl_url_cleanup(url); }
};
struct TextDeleter
{
    void operator()(char *text) const { curl_free(text); }
};

std::optional<std::string> partOf(CURLU *url, CURLUPart part, unsigned flags = 0)
{
    char *text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) {
        return std::nullopt;
    }
    const std::unique_ptr<char, TextDeleter> owned(text);
    return std::string(text);
}

} // namespace

std::string shownUrl(std::string_view url)
{
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t scheme = url.find("://");
    const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::string_view authority = url.substr(host, url.find('/', host) - host);
    const std::size_t user = authority.rfind('@');
    const std::size_t behind = host + (user == std::string_view::npos ? 0 : user + 1);
    return displayText(std::string(url.substr(0, host)) + std::string(url.substr(behind)));
}

Result<HttpOrigin> originOf(const std::string &url)
{
    const std::unique_ptr<CURLU, UrlDeleter> parsed(curl_url());
    const auto refuse = [&url](const char *why) {
        return fail(ErrorCode::InvalidInput, shownUrl(url) + " " + why);
    };
    if (url.find_first_of("\r\n") != std::string::npos
        || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
        return refuse("is no address");
    }
    if (partOf(parsed.get(), CURLUPART_USER)) {
        return refuse("has a user in it");
    }
    HttpOrigin origin;
    origin.scheme = partOf(parsed.get(), CURLUPART_SCHEME).value_or("");
    origin.host = lowered(partOf(parsed.get(), CURLUPART_HOST).value_or(""));
    origin.port = partOf(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or("");
    if ((origin.scheme != "http" && origin.scheme != "https") || origin.host.empty()) {
        return refuse("is no address of the web");
    }
    return origin;
}

Result<std::string> resolveUrl(const std::string &base, const std::string &location)
{
    const std::unique_ptr<CURLU, UrlDeleter> parsed(curl_url());
    const bool isClean = location.find_first_of("\r\n") == std::string::npos;
    if (!isClean || curl_url_set(parsed.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK
        || curl_url_set(parsed.get(), CURLUPART_URL, location.c_str(), CURLU_URLENCODE)
               != CURLUE_OK) {
        return fail(ErrorCode::InvalidInput, shownUrl(location) + " is no address");
    }
    const std::optional<std::string> url = partOf(parsed.get(), CURLUPART_URL);
    return url ? Result<std::string>(*url)
               : fail(ErrorCode::InvalidInput, shownUrl(location) + " is no address");
}

std::string percentEncoded(std::string_view text)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                             || (c >= '0' && c <= '9') || std::string_view("-._~").contains(c);
        if (isPlain) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += kHex[byte >> 4U];
        encoded += kHex[byte & 15U];
    }
    return encoded;
}

} // namespace cutaway
