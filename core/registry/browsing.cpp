// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/browsing.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/image/config.h"
#include "core/image/manifest.h"

#include <limits>

namespace cutaway {

namespace {

constexpr const char *kFirstPage = "?n=100";

Result<NamePage> pageOf(const HttpAnswer &answer, const char *member)
{
    if (const Result<> right = checkWebPage(answer); !right) {
        return std::unexpected(right.error());
    }
    const Result<ParsedJson> parsed = parseJson(answer.body, "the list", BadUtf8::Replace);
    const bool isList = parsed && parsed->value.isObject()
                        && (parsed->value[member].isArray() || parsed->value[member].isNull());
    if (!isList) {
        return fail(ErrorCode::Network, "it answers with something else than a list");
    }
    NamePage page;
    for (const Json &name : parsed->value[member].elements()) {
        if (!name.toString().empty()) {
            page.names.push_back(name.toString());
        }
    }
    return page;
}

Result<NamePage> pageWithNext(const RegistryClient &client,
                              const HttpAnswer &answer,
                              const std::string &path,
                              const char *member)
{
    Result<NamePage> page = pageOf(answer, member);
    if (!page) {
        return page;
    }
    Result<std::string> next = client.nextPage(answer, path);
    if (!next) {
        return std::unexpected(next.error());
    }
    page->next = std::move(*next);
    return page;
}

/// `next` was given with a page before it: a path of the same registry, but it has been out of our
/// hands since.
Result<std::string> pathOfPage(const std::string &next, std::string first)
{
    if (next.empty()) {
        return first;
    }
    const bool isClean =
        next.starts_with("/v2/") && next.find_first_of("\r\n") == std::string::npos;
    return isClean ? Result<std::string>(next)
                   : fail(ErrorCode::InvalidInput, "that is no page of a list");
}

std::uint64_t sumOfSizes(const std::vector<Descriptor> &descriptors)
{
    std::uint64_t sum = 0;
    for (const Descriptor &descriptor : descriptors) {
        const auto size = static_cast<std::uint64_t>(descriptor.size.value_or(0));
        sum += std::min(size, std::numeric_limits<std::uint64_t>::max() - sum);
    }
    return sum;
}

bool isSame(const std::optional<Credential> &one, const std::optional<Credential> &other)
{
    return one.has_value() == other.has_value()
           && (!one
               || (one->user == other->user && one->password == other->password
                   && one->identityToken == other->identityToken));
}

/// A name of an image below that host, valid in all its parts.
Result<ImageName> nameIn(const std::string &host, const std::string &path)
{
    Result<ImageName> name = ImageName::parse(host + '/' + path);
    if (name && name->domain != host) {
        return fail(ErrorCode::InvalidInput,
                    "“" + displayText(host) + "” is no registry, as in registry.example:5000");
    }
    return name;
}

} // namespace

RegistryBrowser::RegistryBrowser(std::string host,
                                 RegistryOptions options,
                                 RegistryEndpoint endpoint)
    : m_host(std::move(host))
    , m_options(std::move(options))
    , m_endpoint(std::move(endpoint))
{}

Result<std::shared_ptr<RegistryBrowser>> RegistryBrowser::open(const std::string &host,
                                                               const RegistryOptions &options,
                                                               const Monitor &monitor)
{
    Result<ImageName> name = nameIn(host, "any");
    if (!name) {
        return fail(ErrorCode::InvalidInput,
                    "“" + displayText(host) + "” is no registry, as in registry.example:5000");
    }
    name->path.clear(); // who one is there, whatever the repository
    RegistryWay way = wayTo(*name, options, monitor);
    if (way.endpoints.empty()) {
        return std::unexpected(notAsked(way));
    }
    std::shared_ptr<RegistryBrowser> browser(
        new RegistryBrowser(host, options, way.endpoints.back()));
    auto client = RegistryClient::open(browser->m_endpoint, way.silentTime, monitor);
    if (!client) {
        return failIn(displayText(host), client.error());
    }
    browser->m_client = std::move(*client);
    browser->m_notes = std::move(way.notes);
    return browser;
}

/// Who one is may depend on the repository: then that one is asked over a line of its own.
Result<RegistryBrowser::RepositoryPtr> RegistryBrowser::repositoryOf(const std::string &path,
                                                                     const Monitor &monitor)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_repositories.find(path); known != m_repositories.end()) {
            return known->second;
        }
    }
    const Result<ImageName> name = nameIn(m_host, path);
    if (!name) {
        return std::unexpected(name.error());
    }
    RegistryWay way = wayTo(*name, m_options, monitor);
    if (way.endpoints.empty()) {
        return std::unexpected(notAsked(way));
    }
    RegistryEndpoint &endpoint = way.endpoints.back();
    const bool isUsual =
        isSame(endpoint.credential, m_endpoint.credential) && endpoint.bases == m_endpoint.bases;
    auto client = isUsual ? m_client : RegistryClient::open(endpoint, way.silentTime, monitor);
    if (!client) {
        return failIn(displayText(m_host), client.error());
    }
    auto repository = std::make_shared<Repository>(std::move(*client), std::move(endpoint.path));
    const std::scoped_lock lock(m_mutex);
    if (m_repositories.size() >= limits::kHeldScopes) {
        m_repositories.clear();
    }
    m_repositories[path] = repository;
    return repository;
}

Result<NamePage> RegistryBrowser::repositories(const std::string &next, const Monitor &monitor)
{
    RegistryClient::Ask ask;
    ask.scope = "registry:catalog:*";
    ask.mostBytes = limits::kTagsBytes;
    const Result<std::string> path = pathOfPage(next, std::string("/v2/_catalog") + kFirstPage);
    if (!path) {
        return std::unexpected(path.error());
    }
    ask.path = *path;
    const std::string unlisted =
        displayText(m_host) + " does not list its repositories; name one of them";
    const Result<HttpAnswer> answer = m_client->ask(ask, monitor);
    if (!answer) {
        return answer.error().code == ErrorCode::Unauthorized
                   ? fail(ErrorCode::Unsupported, unlisted + " (" + answer.error().message + ")")
                   : failIn(displayText(m_host), answer.error());
    }
    const int status = answer->status;
    if (status == 401 || status == 403 || status == 404 || status == 405) {
        return fail(ErrorCode::Unsupported, unlisted);
    }
    if (!answer->isSuccess()) {
        return std::unexpected(m_client->errorOf(*answer, displayText(m_host), "catalog"));
    }
    return pageWithNext(*m_client, *answer, *path, "repositories");
}

Result<NamePage> RegistryBrowser::tags(const std::string &repository,
                                       const std::string &next,
                                       const Monitor &monitor)
{
    const auto asked = repositoryOf(repository, monitor);
    if (!asked) {
        return std::unexpected(asked.error());
    }
    const Result<std::string> path =
        pathOfPage(next, (*asked)->pathOf("tags", std::string("list") + kFirstPage));
    const Result<HttpAnswer> answer = path ? (*asked)->list(*path, {}, monitor)
                                           : Result<HttpAnswer>(std::unexpected(path.error()));
    if (!answer) {
        return failIn("the tags of " + displayText(repository), answer.error());
    }
    if (answer->status == 404) {
        return fail(ErrorCode::NotFound, "there is no repository " + displayText(repository));
    }
    if (!answer->isSuccess()) {
        return std::unexpected((*asked)->errorOf(*answer, "tags"));
    }
    Result<NamePage> page = pageWithNext((*asked)->client(), *answer, *path, "tags");
    return page ? page : failIn("the tags of " + displayText(repository), page.error());
}

Result<ImageOutline> RegistryBrowser::factsOf(Repository &repository,
                                              const RawManifest &raw,
                                              const Monitor &monitor)
{
    ImageOutline facts;
    facts.digest = raw.digest;
    const Result<Manifest> manifest = parseManifest(raw.bytes);
    if (!manifest) {
        return std::unexpected(manifest.error());
    }
    facts.mediaType = manifest->mediaType;
    facts.layers = manifest->layers.size();
    facts.wireSize = sumOfSizes(manifest->layers);
    if (!manifest->isImage()) {
        facts.artifactType =
            manifest->artifactType.empty() ? manifest->config.mediaType : manifest->artifactType;
        return facts;
    }
    const Result<std::string> text =
        repository.smallBlob(manifest->config.digest, limits::kManifestBytes, monitor);
    Notes notes;
    const Result<ImageConfig> config =
        text ? parseConfig(*text, notes) : Result<ImageConfig>(std::unexpected(text.error()));
    if (!config) {
        return failIn("the config of " + raw.digest.shortText(), config.error());
    }
    facts.platform = config->platform;
    facts.created = config->created;
    return facts;
}

Result<TagOutline> RegistryBrowser::look(const std::string &repository,
                                         const std::string &reference,
                                         const Monitor &monitor)
{
    const char *separator = Digest::parse(reference) ? "@" : ":";
    const Result<ImageName> name = nameIn(m_host, repository + separator + reference);
    const auto asked = name ? repositoryOf(repository, monitor)
                            : Result<RepositoryPtr>(std::unexpected(name.error()));
    if (!asked) {
        return std::unexpected(asked.error());
    }
    const Result<RawManifest> raw = (*asked)->manifest(reference, monitor);
    const Result<bool> isIndex =
        raw ? isIndexText(raw->bytes, raw->mediaType) : Result<bool>(std::unexpected(raw.error()));
    if (!isIndex) {
        return std::unexpected(isIndex.error());
    }
    TagOutline facts;
    facts.digest = raw->digest;
    facts.mediaType = raw->mediaType;
    facts.isIndex = *isIndex;
    if (!*isIndex) {
        Result<ImageOutline> image = factsOf(**asked, *raw, monitor);
        if (!image) {
            return std::unexpected(image.error());
        }
        facts.image = std::move(*image);
        return facts;
    }
    Result<ImageIndex> index = parseIndex(raw->bytes);
    if (!index) {
        return std::unexpected(index.error());
    }
    for (Descriptor &descriptor : index->manifests) {
        const auto type = descriptor.annotations.find("vnd.docker.reference.type");
        const bool isAttestation =
            type != descriptor.annotations.end() && type->second == "attestation-manifest";
        (isAttestation ? facts.attestations : facts.images).push_back(std::move(descriptor));
    }
    return facts;
}

Result<ReferrerPage> RegistryBrowser::referrers(const std::string &repository,
                                                const Digest &subject,
                                                const std::string &next,
                                                const Monitor &monitor)
{
    const auto asked = repositoryOf(repository, monitor);
    const Result<std::string> page = pathOfPage(next, {});
    if (!asked || !page) {
        return std::unexpected(!asked ? asked.error() : page.error());
    }
    return referrersOf(**asked, subject, *page, monitor);
}

Result<std::vector<Descriptor>> RegistryBrowser::parts(const std::string &repository,
                                                       const Digest &referrer,
                                                       const Monitor &monitor)
{
    const auto asked = repositoryOf(repository, monitor);
    return asked ? partsOf(**asked, referrer, monitor)
                 : Result<std::vector<Descriptor>>(std::unexpected(asked.error()));
}

Result<AttachedText> RegistryBrowser::text(const std::string &repository,
                                           const Descriptor &part,
                                           const Monitor &monitor)
{
    const auto asked = repositoryOf(repository, monitor);
    return asked ? attachedText(**asked, part, monitor)
                 : Result<AttachedText>(std::unexpected(asked.error()));
}

} // namespace cutaway
