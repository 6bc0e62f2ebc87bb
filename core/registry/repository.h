// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/descriptor.h"
#include "core/registry/authorizer.h"
#include "core/registry/registryway.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A manifest or an index as the registry has it: its very bytes, which its digest is made of.
struct RawManifest
{
    std::string mediaType;
    Digest digest; ///< computed
    std::string bytes;
};

/// One repository of a registry (OCI distribution-spec 1.1; Docker registry v2). May be used from
/// several threads.
class Repository
{
public:
    /// Finds out how the registry is spoken to: GET /v2/.
    [[nodiscard]] static Result<std::unique_ptr<Repository>> open(const RegistryWay &way,
                                                                  const Monitor &monitor);

    const ImageName &name() const { return m_name; }
    bool isEncrypted() const { return m_base.starts_with("https:"); }
    /// Whether nobody had to say who they are.
    bool isAnonymous() const { return !m_authorizer->usedCredential(); }

    /// By tag or digest; one by digest is verified. NotFound, Unauthorized, Network, Corrupt.
    [[nodiscard]] Result<RawManifest> manifest(const std::string &reference,
                                               const Monitor &monitor);
    /// Of what a tag stands for at this moment, which costs less than to fetch it; nothing where
    /// the registry does not say.
    [[nodiscard]] std::optional<Digest> digestOf(const std::string &tag, const Monitor &monitor);

    /// A blob's bytes from `offset` on (status 206), if the registry can do that: else from 0 on.
    /// May be no success.
    [[nodiscard]] Result<std::unique_ptr<HttpExchange>> beginBlob(const Digest &digest,
                                                                  std::uint64_t offset,
                                                                  const Monitor &monitor);
    /// What an answer that is no success means, for people. `what` was asked for.
    Error errorOf(const HttpAnswer &answer, const std::string &what) const;

private:
    struct Ask
    {
        std::string path; ///< behind the base
        HttpRequest::Method method = HttpRequest::Method::Get;
        std::string accept;
        std::string range;
        std::size_t mostBytes = 0;
    };
    using Exchange = Result<std::unique_ptr<HttpExchange>>;

    Repository(const RegistryWay &way, std::string base);

    Result<> ping(const Monitor &monitor);
    std::string pathOf(std::string_view kind, std::string_view what) const;
    Result<HttpRequest> requestTo(const Ask &ask,
                                  const std::string &url,
                                  const Authorizer::Permission &permission) const;
    Exchange begin(const Ask &ask, const Monitor &monitor);
    Exchange beginPatiently(const Ask &ask, const Monitor &monitor);
    Result<HttpAnswer> ask(const Ask &ask, const Monitor &monitor);
    Error absenceOf(const std::string &tag, const HttpAnswer &answer, const Monitor &monitor);

    ImageName m_name;
    std::string m_base; ///< "https://registry-1.docker.io"
    HttpTls m_tls;
    HttpClient m_http;
    HttpOrigin m_origin;
    std::unique_ptr<Authorizer> m_authorizer;
};

} // namespace cutaway
