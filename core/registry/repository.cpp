// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/repository.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/registry/refusal.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::string_view kManifestTypes =
    "application/vnd.oci.image.index.v1+json, "
    "application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.docker.distribution.manifest.v2+json, "
    "application/vnd.docker.distribution.manifest.v1+prettyjws, "
    "application/vnd.docker.distribution.manifest.v1+json";
constexpr int kAuthorizations = 4; ///< in one request, redirects included

Digest digestOfBytes(std::string_view bytes, HashAlgorithm algorithm)
{
    Hasher hasher(algorithm);
    hasher.update(std::as_bytes(std::span(bytes)));
    return algorithm == HashAlgorithm::Sha512 ? Digest::ofSha512(hasher.finish())
                                              : Digest::ofSha256(hasher.finish());
}

Result<> checkWebPage(const HttpAnswer &answer)
{
    return isWebPage(answer)
               ? fail(ErrorCode::Network,
                      "a web page came instead of an answer (does the network want a sign-in?)")
               : Result<>();
}

} // namespace

Repository::Repository(const RegistryWay &way, std::string base)
    : m_name(way.name)
    , m_base(std::move(base))
    , m_tls(way.tls)
    , m_http(way.silentTime)
{}

Result<std::unique_ptr<Repository>> Repository::open(const RegistryWay &way, const Monitor &monitor)
{
    Error problem{ErrorCode::Network, "it is not asked while offline"};
    for (const std::string &base : way.bases) {
        std::unique_ptr<Repository> repository(new Repository(way, base));
        const Result<HttpOrigin> origin = originOf(base + '/');
        if (!origin) {
            return std::unexpected(origin.error());
        }
        repository->m_origin = *origin;
        repository->m_authorizer = std::make_unique<Authorizer>(
            repository->m_http, *origin, repository->m_tls, way.credential);
        const Result<> there = repository->ping(monitor);
        if (there) {
            return repository;
        }
        problem = there.error();
        if (problem.code == ErrorCode::Cancelled || isTrustProblem(problem)) {
            break; // whoever stands between us must not bring it about that TLS is given up
        }
    }
    return std::unexpected(std::move(problem));
}

/// It is a registry when it knows /v2/, open or not.
Result<> Repository::ping(const Monitor &monitor)
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
        return std::unexpected(errorOf(*answer, "/v2/"));
    }
    return fail(ErrorCode::Network,
                "there is no registry: " + m_base + "/v2/ answers "
                    + std::to_string(answer->status));
}

std::string Repository::pathOf(std::string_view kind, std::string_view what) const
{
    return "/v2/" + m_name.path + "/" + std::string(kind) + "/" + std::string(what);
}

/// The Authorization header, our certificate and our trust in another are for the registry alone.
Result<HttpRequest> Repository::requestTo(const Ask &ask,
                                          const std::string &url,
                                          const Authorizer::Permission &permission) const
{
    const Result<HttpOrigin> origin = originOf(url);
    if (!origin) {
        return failIn("it redirects", origin.error());
    }
    if (m_origin.scheme == "https" && origin->scheme != "https") {
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

/// Follows redirects and says who we are where that is asked.
Repository::Exchange Repository::begin(const Ask &ask, const Monitor &monitor)
{
    std::string url = m_base + ask.path;
    Authorizer::Permission permission =
        m_authorizer->permissionFor("repository:" + m_name.path + ":pull");
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
        if (head.status == 401 && origin == m_origin && authorizations < kAuthorizations) {
            ++authorizations;
            auto learnt = m_authorizer->learn(head, permission, monitor);
            if (!learnt) {
                return std::unexpected(learnt.error());
            }
            permission = std::move(*learnt);
            continue;
        }
        if (head.status == 403 && origin == m_origin && authorizations < kAuthorizations) {
            ++authorizations;
            if (auto said = m_authorizer->sayWho(permission, monitor)) {
                if (!*said) {
                    return std::unexpected(said->error());
                }
                permission = std::move(**said);
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

/// Once more after a while where the registry is busy, unless it wants to be left alone for long.
Repository::Exchange Repository::beginPatiently(const Ask &ask, const Monitor &monitor)
{
    for (int tried = 0;; ++tried) {
        Exchange exchange = begin(ask, monitor);
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

Result<HttpAnswer> Repository::ask(const Ask &ask, const Monitor &monitor)
{
    const Exchange exchange = beginPatiently(ask, monitor);
    return exchange ? (*exchange)->finish(monitor)
                    : Result<HttpAnswer>(std::unexpected(exchange.error()));
}

Error Repository::errorOf(const HttpAnswer &answer, const std::string &what) const
{
    const Refusal refusal = refusalOf(answer);
    const std::string detail = refusal.text.empty() ? "" : " (" + refusal.text + ")";
    const std::string where = displayText(m_name.path);
    const std::string_view after = answer.header("retry-after");
    const std::string until = after.empty() ? std::string()
                              : retryAfter(answer)
                                  ? "; it may be asked again in " + displayText(after) + " seconds"
                                  : "; it may be asked again at " + displayText(after);
    switch (answer.status) {
    case 401:
    case 403:
        return {ErrorCode::Unauthorized,
                "no access to " + where + ", asked " + m_authorizer->triedAs() + detail};
    case 404: return {ErrorCode::NotFound, where + " has no " + what + detail};
    case 429:
        return {ErrorCode::Network, "the limit of requests is reached (429)" + until + detail};
    default:
        return {ErrorCode::Network,
                "it answers " + std::to_string(answer.status) + " for " + what + until + detail};
    }
}

/// No such tag, or no such repository? The tags that there are tell, and which one may be meant.
Error Repository::absenceOf(const std::string &tag,
                            const HttpAnswer &answer,
                            const Monitor &monitor)
{
    const std::string where = displayText(m_name.path);
    Ask ask;
    ask.path = pathOf("tags", "list?n=1000");
    ask.mostBytes = limits::kTagsBytes;
    const Result<HttpAnswer> list =
        refusalOf(answer).code == "NAME_UNKNOWN"
            ? Result<HttpAnswer>(HttpAnswer{.status = 404, .headers = {}, .body = {}})
            : this->ask(ask, monitor);
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
    Ask ask;
    ask.method = HttpRequest::Method::Head;
    ask.path = pathOf("manifests", tag);
    ask.accept = kManifestTypes;
    const Result<HttpAnswer> answer = this->ask(ask, monitor);
    const Result<Digest> digest = answer && answer->isSuccess()
                                      ? Digest::parse(answer->header("docker-content-digest"))
                                      : fail(ErrorCode::NotFound, "");
    return digest ? std::optional(*digest) : std::nullopt;
}

Result<RawManifest> Repository::manifest(const std::string &reference, const Monitor &monitor)
{
    const Result<Digest> asked = Digest::parse(reference);
    Ask ask;
    ask.path = pathOf("manifests", reference);
    ask.accept = kManifestTypes;
    ask.mostBytes = limits::kManifestBytes;
    const std::string what = "manifest " + (asked ? asked->shortText() : displayText(reference));
    Result<HttpAnswer> answer = this->ask(ask, monitor);
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

Repository::Exchange Repository::beginBlob(const Digest &digest,
                                           std::uint64_t offset,
                                           const Monitor &monitor)
{
    Ask ask;
    ask.path = pathOf("blobs", digest.text());
    ask.range = offset == 0 ? "" : "bytes=" + std::to_string(offset) + "-";
    Exchange exchange = beginPatiently(ask, monitor);
    const auto status = [&exchange] { return (*exchange)->head().status; };
    if (exchange && offset > 0 && (status() == 400 || status() == 416)) {
        ask.range.clear(); // some do not know what a range is
        exchange = beginPatiently(ask, monitor);
    }
    return exchange;
}

} // namespace cutaway
