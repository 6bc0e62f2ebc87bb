// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/repository.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/image/schema1.h"
#include "core/registry/refusal.h"

#include <algorithm>
#include <charconv>

namespace cutaway {

namespace {

constexpr std::string_view kManifestTypes =
    "application/vnd.oci.image.index.v1+json, "
    "application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.docker.distribution.manifest.v2+json, "
    "application/vnd.docker.distribution.manifest.v1+prettyjws, "
    "application/vnd.docker.distribution.manifest.v1+json";

Digest digestOfBytes(std::string_view bytes, HashAlgorithm algorithm)
{
    Hasher hasher(algorithm);
    hasher.update(std::as_bytes(std::span(bytes)));
    return algorithm == HashAlgorithm::Sha512 ? Digest::ofSha512(hasher.finish())
                                              : Digest::ofSha256(hasher.finish());
}

} // namespace

Repository::Repository(std::shared_ptr<RegistryClient> client, std::string path)
    : m_client(std::move(client))
    , m_path(std::move(path))
{}

Result<std::unique_ptr<Repository>> Repository::open(const RegistryEndpoint &endpoint,
                                                     std::chrono::seconds silentTime,
                                                     const Monitor &monitor)
{
    auto client = RegistryClient::open(endpoint, silentTime, monitor);
    if (!client) {
        return std::unexpected(client.error());
    }
    return std::make_unique<Repository>(std::move(*client), endpoint.path);
}

std::string Repository::pathOf(std::string_view kind, std::string_view what) const
{
    return "/v2/" + m_path + "/" + std::string(kind) + "/" + std::string(what);
}

RegistryClient::Ask Repository::askFor(std::string path) const
{
    RegistryClient::Ask ask;
    ask.path = std::move(path);
    ask.scope = "repository:" + m_path + ":pull";
    return ask;
}

Error Repository::errorOf(const HttpAnswer &answer, const std::string &what) const
{
    return m_client->errorOf(answer, displayText(m_path), what);
}

/// No such tag, or no such repository? The tags that there are tell, and which one may be meant.
Error Repository::absenceOf(const std::string &tag,
                            const HttpAnswer &answer,
                            const Monitor &monitor)
{
    const std::string where = displayText(m_path);
    const Result<HttpAnswer> list =
        refusalOf(answer).code == "NAME_UNKNOWN"
            ? Result<HttpAnswer>(HttpAnswer{.status = 404, .headers = {}, .body = {}})
            : this->list(pathOf("tags", "list?n=1000"), {}, monitor);
    if (list && list->status == 404) {
        return {ErrorCode::NotFound, "there is no repository " + where};
    }
    Error error = errorOf(answer, "tag " + displayText(tag));
    const Result<ParsedJson> parsed = list && list->isSuccess()
                                          ? parseJson(list->body, "the tags", BadUtf8::Replace)
                                          : fail(ErrorCode::NotFound, "");
    if (!parsed) {
        return error;
    }
    std::vector<std::string> names;
    for (const Json &name : parsed->value["tags"].elements()) {
        names.push_back(name.toString());
    }
    const std::string nearest = nearestWord(tag, names);
    if (!nearest.empty()) {
        error.message += "; did you mean " + displayText(nearest) + "?";
    } else if (!names.empty()) {
        error.message += "; it has " + formatCount(names.size(), "tag", "tags") + ", "
                         + displayText(names.back()) + " among them";
    }
    return error;
}

std::optional<Digest> Repository::digestOf(const std::string &tag, const Monitor &monitor)
{
    RegistryClient::Ask ask = askFor(pathOf("manifests", tag));
    ask.method = HttpRequest::Method::Head;
    ask.accept = kManifestTypes;
    const Result<HttpAnswer> answer = m_client->ask(ask, monitor);
    const Result<Digest> digest = answer && answer->isSuccess()
                                      ? Digest::parse(answer->header("docker-content-digest"))
                                      : fail(ErrorCode::NotFound, "");
    return digest ? std::optional(*digest) : std::nullopt;
}

Result<RawManifest> Repository::manifest(const std::string &reference, const Monitor &monitor)
{
    const Result<Digest> asked = Digest::parse(reference);
    RegistryClient::Ask ask = askFor(pathOf("manifests", reference));
    ask.accept = kManifestTypes;
    ask.mostBytes = limits::kManifestBytes;
    const std::string what = "manifest " + (asked ? asked->shortText() : displayText(reference));
    Result<HttpAnswer> answer = m_client->ask(ask, monitor);
    if (!answer) {
        return failIn(what, answer.error());
    }
    if (answer->status == 404 && !asked) {
        return std::unexpected(absenceOf(reference, *answer, monitor));
    }
    if (!answer->isSuccess()) {
        return std::unexpected(errorOf(*answer, what));
    }
    if (const Result<> right = checkWebPage(*answer); !right) {
        return failIn(what, right.error());
    }
    RawManifest manifest;
    manifest.bytes = std::move(answer->body);
    const std::string_view type = answer->header("content-type");
    manifest.mediaType = std::string(type.substr(0, type.find_first_of("; ")));
    const bool isKnown = isIndexType(manifest.mediaType) || isManifestType(manifest.mediaType);
    if (!isKnown && isSchema1Text(manifest.bytes)) {
        Result<std::string> payload = schema1Payload(manifest.bytes);
        if (!payload) {
            return failIn(what, payload.error());
        }
        manifest.bytes = std::move(*payload);
    }
    manifest.digest =
        digestOfBytes(manifest.bytes, asked ? asked->algorithm() : HashAlgorithm::Sha256);
    const Result<Digest> told = Digest::parse(answer->header("docker-content-digest"));
    const bool isOther =
        (asked && *asked != manifest.digest)
        || (told && told->algorithm() == manifest.digest.algorithm() && *told != manifest.digest);
    if (isOther) {
        return fail(ErrorCode::Corrupt,
                    what + ": its bytes are not those of its digest; it was refused");
    }
    return manifest;
}

Result<std::unique_ptr<HttpExchange>> Repository::beginBlob(const Digest &digest,
                                                            std::uint64_t offset,
                                                            const Monitor &monitor)
{
    RegistryClient::Ask ask = askFor(pathOf("blobs", digest.text()));
    ask.range = offset == 0 ? "" : "bytes=" + std::to_string(offset) + "-";
    RegistryClient::Exchange exchange = m_client->begin(ask, monitor);
    const auto status = [&exchange] { return (*exchange)->head().status; };
    if (exchange && offset > 0 && (status() == 400 || status() == 416)) {
        ask.range.clear(); // some do not know what a range is
        exchange = m_client->begin(ask, monitor);
    }
    return exchange;
}

Result<std::uint64_t> Repository::blobSize(const Digest &digest, const Monitor &monitor)
{
    RegistryClient::Ask ask = askFor(pathOf("blobs", digest.text()));
    ask.method = HttpRequest::Method::Head;
    const std::string what = "blob " + digest.shortText();
    const Result<HttpAnswer> answer = m_client->ask(ask, monitor);
    if (!answer) {
        return failIn(what, answer.error());
    }
    if (!answer->isSuccess()) {
        return std::unexpected(errorOf(*answer, what));
    }
    const std::string_view length = answer->header("content-length");
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), size);
    return error == std::errc()
               ? Result<std::uint64_t>(size)
               : fail(ErrorCode::Network, what + ": the registry does not say how long it is");
}

Result<std::string> Repository::smallBlob(const Digest &digest,
                                          std::size_t most,
                                          const Monitor &monitor)
{
    RegistryClient::Ask ask = askFor(pathOf("blobs", digest.text()));
    ask.mostBytes = most;
    const std::string what = "blob " + digest.shortText();
    Result<HttpAnswer> answer = m_client->ask(ask, monitor);
    if (!answer) {
        return failIn(what, answer.error());
    }
    if (!answer->isSuccess()) {
        return std::unexpected(errorOf(*answer, what));
    }
    if (digestOfBytes(answer->body, digest.algorithm()) != digest) {
        return fail(ErrorCode::Corrupt,
                    what + ": its bytes are not those of its digest; it was refused");
    }
    return std::move(answer->body);
}

Result<HttpAnswer> Repository::list(const std::string &path,
                                    const std::string &accept,
                                    const Monitor &monitor)
{
    RegistryClient::Ask ask = askFor(path);
    ask.accept = accept;
    ask.mostBytes = limits::kTagsBytes;
    return m_client->ask(ask, monitor);
}

} // namespace cutaway
