// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/descriptor.h"
#include "core/registry/registryclient.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A manifest or an index as the registry has it: its very bytes, which its digest is made of. Of
/// one of schema 1 these are what was signed, without the signatures.
struct RawManifest
{
    std::string mediaType;
    Digest digest; ///< computed
    std::string bytes;
};

/// One repository of a registry. May be used from several threads.
class Repository
{
public:
    /// Of a registry that is spoken to already; `path` as there: "library/nginx".
    Repository(std::shared_ptr<RegistryClient> client, std::string path);
    [[nodiscard]] static Result<std::unique_ptr<Repository>> open(const RegistryEndpoint &endpoint,
                                                                  std::chrono::seconds silentTime,
                                                                  const Monitor &monitor);

    const RegistryClient &client() const { return *m_client; }

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
    /// How long a blob is, where nothing else says so.
    [[nodiscard]] Result<std::uint64_t> blobSize(const Digest &digest, const Monitor &monitor);
    /// All of a small blob, verified.
    [[nodiscard]] Result<std::string> smallBlob(const Digest &digest,
                                                std::size_t most,
                                                const Monitor &monitor);
    /// A list of the repository: "tags/list?n=100" below it, or whatever a page before it named.
    [[nodiscard]] Result<HttpAnswer> list(const std::string &path,
                                          const std::string &accept,
                                          const Monitor &monitor);
    /// "/v2/library/nginx/KIND/WHAT"
    std::string pathOf(std::string_view kind, std::string_view what) const;
    /// What an answer that is no success means, for people. `what` was asked for.
    Error errorOf(const HttpAnswer &answer, const std::string &what) const;

private:
    RegistryClient::Ask askFor(std::string path) const;
    Error absenceOf(const std::string &tag, const HttpAnswer &answer, const Monitor &monitor);

    std::shared_ptr<RegistryClient> m_client;
    std::string m_path;
};

} // namespace cutaway
