// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/attached.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// A page of names, as registries give long lists.
struct NamePage
{
    std::vector<std::string> names; ///< as they were sent: escape them before a person reads them
    std::string next;               ///< what to ask the next page with; empty = this is the last
};

/// What can be said of an image without its layers.
struct ImageOutline
{
    Digest digest;
    std::string mediaType;
    std::string artifactType; ///< of something else than an image
    Platform platform;
    std::string created;        ///< RFC 3339 as written; may be anything
    std::uint64_t wireSize = 0; ///< of the layers, as they are transferred
    std::size_t layers = 0;
};

/// What a tag or a digest stands for.
struct TagOutline
{
    Digest digest;
    std::string mediaType;
    bool isIndex = false;
    std::vector<Descriptor> images;       ///< of an index, with their platforms
    std::vector<Descriptor> attestations; ///< of an index: each names the image that it is of in
                                          ///< "vnd.docker.reference.digest"
    std::optional<ImageOutline> image;    ///< where it is an image itself
};

/// Looks around in one registry. Nothing is asked for before somebody wants to see it. All of it
/// blocks, and may be called from several threads.
class RegistryBrowser
{
public:
    /// `host` as in names of images: "docker.io", "localhost:5000". InvalidInput for what is none.
    [[nodiscard]] static Result<std::shared_ptr<RegistryBrowser>> open(
        const std::string &host, const RegistryOptions &options, const Monitor &monitor);

    const std::string &host() const { return m_host; }
    /// For people: what could not be read or asked when credentials were looked for.
    const std::vector<std::string> &notes() const { return m_notes; }
    bool isEncrypted() const { return m_client->isEncrypted(); }
    bool isAnonymous() const { return m_client->isAnonymous(); }
    /// What the registry last said of how often it may be asked.
    std::optional<RateLimit> rateLimit() const { return m_client->rateLimit(); }

    /// The repositories of the registry; `next` is empty for the first page. Unsupported where the
    /// registry does not list them (Docker Hub and many others), or not to us.
    [[nodiscard]] Result<NamePage> repositories(const std::string &next, const Monitor &monitor);
    /// The tags of "library/nginx".
    [[nodiscard]] Result<NamePage> tags(const std::string &repository,
                                        const std::string &next,
                                        const Monitor &monitor);
    /// What a tag or a digest stands for: one manifest, and of an image its config.
    [[nodiscard]] Result<TagOutline> look(const std::string &repository,
                                          const std::string &reference,
                                          const Monitor &monitor);
    [[nodiscard]] Result<ReferrerPage> referrers(const std::string &repository,
                                                 const Digest &subject,
                                                 const std::string &next,
                                                 const Monitor &monitor);
    /// What a referrer holds, and one of these parts made readable.
    [[nodiscard]] Result<std::vector<Descriptor>> parts(const std::string &repository,
                                                        const Digest &referrer,
                                                        const Monitor &monitor);
    [[nodiscard]] Result<AttachedText> text(const std::string &repository,
                                            const Descriptor &part,
                                            const Monitor &monitor);

private:
    RegistryBrowser(std::string host, RegistryOptions options, RegistryEndpoint endpoint);
    using RepositoryPtr = std::shared_ptr<Repository>;
    Result<RepositoryPtr> repositoryOf(const std::string &path, const Monitor &monitor);
    Result<ImageOutline> factsOf(Repository &repository,
                                 const RawManifest &raw,
                                 const Monitor &monitor);

    std::string m_host;
    RegistryOptions m_options;
    RegistryEndpoint m_endpoint;
    std::vector<std::string> m_notes;
    std::shared_ptr<RegistryClient> m_client;
    std::mutex m_mutex;
    std::map<std::string, RepositoryPtr> m_repositories; ///< by path
};

} // namespace cutaway
