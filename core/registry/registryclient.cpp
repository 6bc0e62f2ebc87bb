// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registryclient.h"

#include "core/base/ascii.h"
#include "core/base/text.h"
#include "core/base/words.h"
#include "core/registry/refusal.h"

#include <algorithm>
#include <chrono>

namespace cutaway {

namespace {

constexpr int kAuthorizations = 4; ///< in one request, redirects included

/// The target of `rel="next"` in a Link header: "<…>; rel=\"next\"".
std::string linkToNext(const HttpAnswer &answer)
{
    for (const std::string &header : answer.headersOf("link")) {
        const std::size_t open = header.find('<');
        const std::size_t close = header.find('>', open);
        if (open == std::string::npos || close == std::string::npos) {
            continue;
        }
        const std::string parameters = lowered(header.substr(close + 1));
        if (parameters.contains("rel=\"next\"") || parameters.contains("rel=next")) {
            return header.substr(open + 1, close - open - 1);
        }
    }
    return {};
}

/// When a busy registry wants to be asked again.
std::string untilWhen(const HttpAnswer &answer)
{
    const std::string_view after = answer.header("retry-after");
    if (after.empty()) {
        return {};
    }
    const auto wait = retryAfter(answer);
    if (!wait) {
        return "; it may be asked again at " + displayText(after);
    }
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto then = std::chrono::duration_cast<std::chrono::seconds>(now) + *wait;
    return "; it may be asked again in " + displayText(after) + " seconds, at "
           + formatTime(then.count(), 0);
}

} // namespace

Result<> checkWebPage(const HttpAnswer &answer)
{
    return isWebPage(answer)
               ? fail(ErrorCode::Network,
                      "a web page came instead of an answer (does the network want a sign-in?)")
               : Result<>();
}

RegistryClient::RegistryClient(const RegistryEndpoint &endpoint,
                               std::string base,
                               std::chrono::seconds silentTime)
    : m_base(std::move(base))
    , m_tls(endpoint.tls)
    , m_http(silentTime)
{}

Result<std::shared_ptr<RegistryClient>> RegistryClient::open(const RegistryEndpoint &endpoint,
                                                             std::chrono::seconds silentTime,
                                                             const Monitor &monitor)
{
    Error problem{ErrorCode::Network, "it is not asked while offline"};
    for (const std::string &base : endpoint.bases) {
        std::shared_ptr<RegistryClient> client(new RegistryClient(endpoint, base, silentTime));
        const Result<HttpOrigin> origin = originOf(base + '/');
        if (!origin) {
            return std::unexpected(origin.error());
        }
        client->m_origin = *origin;
        client->m_authorizer = std::make_unique<Authorizer>(
            client->m_http, *origin, client->m_tls, endpoint.credential, endpoint.mustSayWho);
        const Result<> there = client->ping(monitor);
        if (there) {
            return client;
        }
        problem = there.error();
        if (problem.code == ErrorCode::Cancelled || isTrustProblem(problem)) {
            problem.message += isTrustProblem(problem) ? "; one who signs for it, whom you trust, "
                                                         "belongs in certs.d/"
                                                             + endpoint.host + "/ca.crt"
                                                       : "";
            break; // whoever stands between us must not bring it about that TLS is given up
        }
    }
    return std::unexpected(std::move(problem));
}

/// It is a registry when it knows /v2/, open or not.
Result<> RegistryClient::ping(const Monitor &monitor)
{
    HttpRequest request;
    request.url = m_base + "/v2/";
    request.tls = m_tls;
    request.mostBytes = limits::kHttpErrorBytes;
    const Result<HttpAnswer> answer = m_http.ask(std::move(request), monitor);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (const Result<> right = checkWebPage(*answer); answer->isSuccess() && !right) {
        return right;
    }
    if (answer->isSuccess() || answer->status == 401) {
        return {};
    }
    if (isBusy(answer->status) || answer->status == 403) {
        return std::unexpected(errorOf(*answer, "the registry", "/v2/"));
    }
    return fail(ErrorCode::Network,
                "there is no registry: " + m_base + "/v2/ answers "
                    + std::to_string(answer->status));
}

std::optional<RateLimit> RegistryClient::rateLimit() const
{
    const std::scoped_lock lock(m_mutex);
    return m_rateLimit;
}

void RegistryClient::noteLimit(const HttpAnswer &head)
{
    if (const std::optional<RateLimit> limit = rateLimitOf(head)) {
        const std::scoped_lock lock(m_mutex);
        m_rateLimit = limit;
    }
}

/// The Authorization header, our certificate and our trust in another are for the registry alone.
Result<HttpRequest> RegistryClient::requestTo(const Ask &ask,
                                              const std::string &url,
                                              const Authorizer::Permission &permission) const
{
    const Result<HttpOrigin> origin = originOf(url);
    if (!origin) {
        return failIn("it redirects", origin.error());
    }
    if (isEncrypted() && origin->scheme != "https") {
        return fail(ErrorCode::Unsupported,
                    "it redirects to an address without TLS, which is refused");
    }
    HttpRequest request;
    request.method = ask.method;
    request.url = url;
    request.mostBytes = ask.mostBytes;
    request.headers = {{"Accept", ask.accept.empty() ? "*/*" : ask.accept}};
    if (!ask.range.empty()) {
        request.headers.emplace_back("Range", ask.range);
    }
    if (*origin == m_origin) {
        request.tls = m_tls;
        if (!permission.header.empty()) {
            request.headers.emplace_back("Authorization", permission.header);
        }
    }
    return request;
}

/// What is worth another try after such an answer; nothing where it is to be taken as it is.
std::optional<Result<Authorizer::Permission>> RegistryClient::otherPermission(
    const HttpAnswer &head, const Authorizer::Permission &used, const Monitor &monitor)
{
    if (head.status == 401) {
        return m_authorizer->learn(head, used, monitor);
    }
    return head.status == 403 ? m_authorizer->sayWho(used, monitor) : std::nullopt;
}

RegistryClient::Exchange RegistryClient::beginOnce(const Ask &ask, const Monitor &monitor)
{
    std::string url = m_base + ask.path;
    Authorizer::Permission permission = m_authorizer->permissionFor(ask.scope);
    int authorizations = 0;
    int redirects = 0;
    while (redirects <= limits::kRedirects) {
        Result<HttpRequest> request = requestTo(ask, url, permission);
        if (!request) {
            return std::unexpected(request.error());
        }
        Exchange exchange = m_http.begin(std::move(*request), monitor);
        if (!exchange) {
            return exchange;
        }
        const HttpAnswer &head = (*exchange)->head();
        const std::string location(head.header("location"));
        const Result<HttpOrigin> origin = originOf(url);
        if (origin == m_origin) {
            noteLimit(head);
            auto other = authorizations++ < kAuthorizations
                             ? otherPermission(head, permission, monitor)
                             : std::nullopt;
            if (other && !*other) {
                return std::unexpected(other->error());
            }
            if (other) {
                permission = std::move(**other);
                continue;
            }
        }
        if (!isRedirect(head.status) || location.empty()) {
            return exchange;
        }
        ++redirects;
        Result<std::string> next = resolveUrl(url, location);
        if (!next) {
            return failIn("it redirects", next.error());
        }
        url = std::move(*next);
    }
    return fail(ErrorCode::Unsupported,
                "it redirects more than " + std::to_string(limits::kRedirects) + " times");
}

RegistryClient::Exchange RegistryClient::begin(const Ask &ask, const Monitor &monitor)
{
    for (int tried = 0;; ++tried) {
        Exchange exchange = beginOnce(ask, monitor);
        if (!exchange || !isBusy((*exchange)->head().status) || tried + 1 >= limits::kTries) {
            return exchange;
        }
        const auto asked = retryAfter((*exchange)->head());
        if (asked && *asked > limits::kLongestWait) {
            return exchange;
        }
        if (const Result<> waited = waitBefore(tried, asked, monitor); !waited) {
            return std::unexpected(waited.error());
        }
    }
}

Result<HttpAnswer> RegistryClient::ask(const Ask &ask, const Monitor &monitor)
{
    const Exchange exchange = begin(ask, monitor);
    return exchange ? (*exchange)->finish(monitor)
                    : Result<HttpAnswer>(std::unexpected(exchange.error()));
}

Error RegistryClient::errorOf(const HttpAnswer &answer,
                              const std::string &where,
                              const std::string &what) const
{
    const Refusal refusal = refusalOf(answer);
    const std::string detail = refusal.text.empty() ? "" : " (" + refusal.text + ")";
    const std::string until = untilWhen(answer);
    switch (answer.status) {
    case 401:
    case 403:
        return {ErrorCode::Unauthorized,
                "no access to " + where + ", asked " + m_authorizer->triedAs() + detail};
    case 404: return {ErrorCode::NotFound, where + " has no " + what + detail};
    case 429: {
        const std::optional<RateLimit> limit = rateLimitOf(answer);
        return {ErrorCode::Network,
                "the limit of requests is reached (429"
                    + (limit ? ": " + rateLimitText(*limit) : std::string()) + ")" + until
                    + ", asked " + m_authorizer->triedAs() + detail};
    }
    default:
        return {ErrorCode::Network,
                "it answers " + std::to_string(answer.status) + " for " + what + until + detail};
    }
}

Result<std::string> RegistryClient::nextPage(const HttpAnswer &answer,
                                             const std::string &path) const
{
    const std::string link = linkToNext(answer);
    if (link.empty()) {
        return std::string();
    }
    const Result<std::string> url = resolveUrl(m_base + path, link);
    const Result<HttpOrigin> origin =
        url ? originOf(*url) : Result<HttpOrigin>(std::unexpected(url.error()));
    if (!origin) {
        return failIn("the page behind this one", origin.error());
    }
    const std::size_t host = url->find("://") + 3;
    const std::size_t slash = url->find('/', host);
    const bool isBehindBase = *origin == m_origin && slash != std::string::npos;
    std::string next = isBehindBase ? url->substr(slash) : std::string();
    if (!next.starts_with("/v2/")) {
        return fail(ErrorCode::Network,
                    "the page behind this one lies elsewhere, which is refused");
    }
    return next == path ? std::string() : next; // one that leads to itself is the last
}

} // namespace cutaway
