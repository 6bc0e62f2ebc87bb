// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"
#include "core/base/monitor.h"
#include "core/base/result.h"
#include "core/registry/registrylimits.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// Files that a host's certificate is checked with, and that we show it; empty = the system's,
/// none.
struct HttpTls
{
    std::string authorities;
    std::string certificate;
    std::string key;
    bool isUnverified = false; ///< whoever answers is believed: the user said so of this host
};

struct HttpRequest
{
    enum class Method : std::uint8_t { Get, Head, Post };
    Method method = Method::Get;
    std::string url; ///< http or https
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body; ///< of a Post
    HttpTls tls;
    std::size_t mostBytes = 0; ///< of an answer that is kept in memory
    std::string socket;        ///< a Unix socket to ask instead of the URL's host
    /// For the answer to begin, and then for each part of it; 0 = as the client has it.
    std::chrono::seconds patience{0};
};

/// An answer, whatever its status.
struct HttpAnswer
{
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;

    bool isSuccess() const { return status >= 200 && status < 300; }
    /// The first of that name, in lower case; empty where there is none.
    std::string_view header(std::string_view name) const;
    std::vector<std::string> headersOf(std::string_view name) const;
};

/// A request whose answer has begun. Its body comes as it is asked for, by one thread at a time.
class HttpExchange
{
public:
    ~HttpExchange();
    HttpExchange(const HttpExchange &) = delete;
    HttpExchange &operator=(const HttpExchange &) = delete;

    /// Status and headers; the body is not in it.
    const HttpAnswer &head() const;
    /// The next run of the body; empty at its end. Valid until the next call. After an error the
    /// exchange is spent.
    [[nodiscard]] Result<Bytes> next(const Monitor &monitor);
    /// All that is left of the body, and the head. Of an error limits::kHttpErrorBytes, of a
    /// success mostBytes: what is longer is LimitExceeded.
    [[nodiscard]] Result<HttpAnswer> finish(const Monitor &monitor);

private:
    friend class HttpClient;
    struct State;
    explicit HttpExchange(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Asks over HTTP. Follows no redirect, sends nothing that it was not told to, and unpacks nothing.
/// Proxies are those of the environment (http_proxy, https_proxy, no_proxy). May be used from
/// several threads; keeps connections. Its exchanges may outlive it.
class HttpClient
{
public:
    explicit HttpClient(std::chrono::seconds silentTime = limits::kSilentTime);
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// Waits for the head of the answer.
    [[nodiscard]] Result<std::unique_ptr<HttpExchange>> begin(HttpRequest request,
                                                              const Monitor &monitor);
    /// The whole answer in memory, within limits::kAnswerTime.
    [[nodiscard]] Result<HttpAnswer> ask(HttpRequest request, const Monitor &monitor);

private:
    struct Lines;
    std::shared_ptr<Lines> m_lines;
    friend class HttpExchange;
};

/// Whether a request failed because the host's certificate is not trusted.
[[nodiscard]] bool isTrustProblem(const Error &error);

/// The parts of an address that say who is asked.
struct HttpOrigin
{
    std::string scheme; ///< "https"
    std::string host;   ///< in lower case; an IPv6 address in brackets
    std::string port;   ///< filled in

    bool operator==(const HttpOrigin &) const = default;
};
/// InvalidInput for what is no http or https address, or has a user in it.
[[nodiscard]] Result<HttpOrigin> originOf(const std::string &url);
/// `location` as seen from `base` (RFC 3986, section 5). InvalidInput for what is no address.
[[nodiscard]] Result<std::string> resolveUrl(const std::string &base, const std::string &location);
/// For people: without user and query, which may hold secrets.
[[nodiscard]] std::string shownUrl(std::string_view url);
/// Text as a part of a path or a query.
[[nodiscard]] std::string percentEncoded(std::string_view text);

} // namespace cutaway
