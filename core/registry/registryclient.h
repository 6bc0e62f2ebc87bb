// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/authorizer.h"
#include "core/registry/ratelimit.h"
#include "core/registry/registryway.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace cutaway {

/// One registry, as it is spoken to: over which address, with whose permission, through which
/// redirects (OCI distribution-spec 1.1; Docker registry v2). May be used from several threads.
class RegistryClient
{
public:
    /// Finds out how the registry is spoken to: GET /v2/.
    [[nodiscard]] static Result<std::shared_ptr<RegistryClient>> open(
        const RegistryEndpoint &endpoint, std::chrono::seconds silentTime, const Monitor &monitor);

    struct Ask
    {
        std::string path; ///< behind the base, with its query
        HttpRequest::Method method = HttpRequest::Method::Get;
        std::string accept;
        std::string range;
        std::size_t mostBytes = 0;
        std::string scope; ///< of the permission that is needed
    };
    using Exchange = Result<std::unique_ptr<HttpExchange>>;

    /// Follows redirects, says who we are where that is asked, and asks once more after a while
    /// where the registry is busy, unless it wants to be left alone for long. May be no success.
    [[nodiscard]] Exchange begin(const Ask &ask, const Monitor &monitor);
    [[nodiscard]] Result<HttpAnswer> ask(const Ask &ask, const Monitor &monitor);

    /// What an answer that is no success means, for people: `where` has no `what`.
    Error errorOf(const HttpAnswer &answer,
                  const std::string &where,
                  const std::string &what) const;
    /// The path and query of the page behind this one, which the answer to `path` names (RFC 8288);
    /// empty where there is none. Network when it leads to another host.
    [[nodiscard]] Result<std::string> nextPage(const HttpAnswer &answer,
                                               const std::string &path) const;

    bool isEncrypted() const { return m_origin.scheme == "https"; }
    bool isVerified() const { return isEncrypted() && !m_tls.isUnverified; }
    /// Whether nobody had to say who they are.
    bool isAnonymous() const { return !m_authorizer->usedCredential(); }
    /// What the registry last said of how often it may be asked.
    std::optional<RateLimit> rateLimit() const;

private:
    RegistryClient(const RegistryEndpoint &endpoint,
                   std::string base,
                   std::chrono::seconds silentTime);

    Result<> ping(const Monitor &monitor);
    Result<HttpRequest> requestTo(const Ask &ask,
                                  const std::string &url,
                                  const Authorizer::Permission &permission) const;
    Exchange beginOnce(const Ask &ask, const Monitor &monitor);
    std::optional<Result<Authorizer::Permission>> otherPermission(
        const HttpAnswer &head, const Authorizer::Permission &used, const Monitor &monitor);
    void noteLimit(const HttpAnswer &head);

    std::string m_base; ///< "https://registry-1.docker.io"
    HttpTls m_tls;
    HttpClient m_http;
    HttpOrigin m_origin;
    std::unique_ptr<Authorizer> m_authorizer;
    mutable std::mutex m_mutex;
    std::optional<RateLimit> m_rateLimit;
};

/// A page that the network puts in front of everything, until one has signed in to it.
[[nodiscard]] Result<> checkWebPage(const HttpAnswer &answer);

} // namespace cutaway
