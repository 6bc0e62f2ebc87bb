// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/authorizer.h"

#include "core/base/text.h"
#include "core/registry/addresses.h"
#include "core/registry/registrylimits.h"

#include <algorithm>

namespace cutaway {

namespace {

/// Docker's token specification: what holds where a server does not say.
constexpr std::chrono::seconds kUsualTime{60};
constexpr std::chrono::seconds kSurelyValid{10}; ///< what is refused earlier gives no access
constexpr std::chrono::seconds kEarly{5};        ///< that a token is renewed before its end

std::string basic(const Credential &credential)
{
    return "Basic " + base64(credential.user + ':' + credential.password);
}

/// The first that we can answer.
const Challenge *chosen(const std::vector<Challenge> &challenges)
{
    const auto found = std::ranges::find_if(challenges, [](const Challenge &challenge) {
        return challenge.scheme == "bearer" || challenge.scheme == "basic";
    });
    return found == challenges.end() ? nullptr : &*found;
}

std::string queryOf(const Challenge &challenge, const std::string &scope)
{
    const std::string_view service = challenge.parameter("service");
    const std::string query =
        service.empty() ? std::string() : "service=" + percentEncoded(service);
    if (scope.empty()) {
        return query;
    }
    return query + (query.empty() ? "" : "&") + "scope=" + percentEncoded(scope);
}

} // namespace

Authorizer::Authorizer(HttpClient &http,
                       HttpOrigin registry,
                       HttpTls tls,
                       std::optional<Credential> credential,
                       bool mustSayWho)
    : m_http(http)
    , m_registry(std::move(registry))
    , m_tls(std::move(tls))
    , m_credential(std::move(credential))
    , m_mustSayWho(mustSayWho)
{}

const Authorizer::Held *Authorizer::heldFor(const std::string &scope) const
{
    const auto held = m_held.find(scope);
    return held == m_held.end() || held->second.end <= Clock::now() ? nullptr : &held->second;
}

Authorizer::Permission Authorizer::permissionFor(const std::string &scope)
{
    const std::scoped_lock lock(m_mutex);
    const Held *held = heldFor(scope);
    return {scope, held == nullptr ? std::string() : held->header};
}

Result<Authorizer::Permission> Authorizer::keep(const std::string &scope, Result<Held> held)
{
    if (!held) {
        return std::unexpected(held.error());
    }
    std::string header = held->header;
    if (m_held.size() < limits::kHeldScopes || m_held.contains(scope)) {
        m_held[scope] = std::move(*held);
    }
    return Permission{scope, std::move(header)};
}

Result<Authorizer::Permission> Authorizer::learn(const HttpAnswer &refusal,
                                                 const Permission &used,
                                                 const Monitor &monitor)
{
    const std::scoped_lock lock(m_mutex); // one asks, the others wait for what it gets
    const std::vector<std::string> headers = refusal.headersOf("www-authenticate");
    const std::vector<Challenge> challenges = parseChallenges(headers);
    const Challenge *challenge = chosen(challenges);
    if (challenge == nullptr) {
        return fail(ErrorCode::Unauthorized,
                    challenges.empty()
                        ? "access was refused, and not said how to get it"
                        : "it wants to be asked by " + displayText(challenges[0].scheme)
                              + ", which is not supported");
    }
    if (challenge->scheme == "basic") {
        return learnBasic(used);
    }
    // What it says it needs counts: a request may have been redirected to another repository.
    const std::string_view asked = challenge->parameter("scope");
    const std::string scope(asked.empty() ? std::string_view(used.scope) : asked);
    const Held *held = heldFor(scope);
    if (held != nullptr && held->header != used.header) {
        return Permission{scope, held->header}; // another thread was faster
    }
    return learnBearer(*challenge, scope, used.header, monitor);
}

Result<Authorizer::Permission> Authorizer::learnBasic(const Permission &used)
{
    if (!m_credential || m_credential->password.empty()) {
        return fail(ErrorCode::Unauthorized,
                    "it wants a user and a password, and none are known for it");
    }
    m_usedCredential = true;
    std::string header = basic(*m_credential);
    if (used.header == header) {
        return fail(ErrorCode::Unauthorized,
                    "it refuses the credentials of " + displayText(m_credential->from));
    }
    return keep(used.scope,
                Held{std::move(header), Clock::time_point::max(), false, Clock::now(), {}});
}

/// As nobody first; a token of nobody that does not serve is no reason to give up.
Result<Authorizer::Permission> Authorizer::learnBearer(const Challenge &challenge,
                                                       const std::string &scope,
                                                       const std::string &usedHeader,
                                                       const Monitor &monitor)
{
    const Held *refused = heldFor(scope);
    // One that was good for a while may have run out before its time: then another is asked for.
    const bool wasRefused = refused != nullptr && refused->header == usedHeader
                            && Clock::now() - refused->since < kSurelyValid;
    if (wasRefused && !refused->isNobody) {
        return fail(ErrorCode::Unauthorized,
                    "the credentials of " + displayText(m_credential->from)
                        + " give no access to it");
    }
    if (!wasRefused && !m_mustSayWho) {
        Result<Held> held = tokenFor(challenge, scope, true, monitor);
        const bool mayGoOn = !held && held.error().code == ErrorCode::Unauthorized && m_credential;
        if (!mayGoOn) {
            return keep(scope, std::move(held));
        }
    }
    if (!m_credential) {
        return fail(ErrorCode::Unauthorized,
                    "it gives no access without credentials, and none are known for it");
    }
    m_usedCredential = true;
    return keep(scope, tokenFor(challenge, scope, false, monitor));
}

std::optional<Result<Authorizer::Permission>> Authorizer::sayWho(const Permission &used,
                                                                 const Monitor &monitor)
{
    const std::scoped_lock lock(m_mutex);
    const Held *held = heldFor(used.scope);
    if (held == nullptr || used.header.empty() || !m_credential) {
        return std::nullopt;
    }
    if (held->header != used.header) {
        return Permission{used.scope, held->header}; // another thread was faster
    }
    if (!held->isNobody) {
        return std::nullopt;
    }
    m_usedCredential = true;
    const Challenge challenge = held->challenge;
    return keep(used.scope, tokenFor(challenge, used.scope, false, monitor));
}

std::string Authorizer::triedAs() const
{
    return m_usedCredential ? "with the credentials of " + displayText(m_credential->from)
                            : std::string("without credentials");
}

Result<Authorizer::Held> Authorizer::tokenFor(const Challenge &challenge,
                                              const std::string &scope,
                                              bool asNobody,
                                              const Monitor &monitor)
{
    const std::string realm(challenge.parameter("realm"));
    if (const Result<> right = checkRealm(realm); !right) {
        return std::unexpected(right.error());
    }
    const Result<HttpAnswer> answer = askTokenServer(challenge, scope, asNobody, monitor);
    const std::string server = "the token server " + shownUrl(realm);
    if (!answer) {
        return failIn(server, answer.error());
    }
    if (answer->status == 401 || answer->status == 403) {
        return fail(ErrorCode::Unauthorized,
                    asNobody ? server
                                   + " gives nothing without credentials, and none are known for "
                                     "the registry"
                             : server + " refuses the credentials of "
                                   + displayText(m_credential->from));
    }
    if (!answer->isSuccess()) {
        return fail(ErrorCode::Network, server + " answers " + std::to_string(answer->status));
    }
    const Result<ParsedJson> parsed = parseJson(answer->body, "the token", BadUtf8::Replace);
    if (!parsed) {
        return fail(ErrorCode::Network, server + " gives something else than a token");
    }
    const std::string &token = parsed->value["token"].toString().empty()
                                   ? parsed->value["access_token"].toString()
                                   : parsed->value["token"].toString();
    const bool isClean = std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7f'; });
    if (token.empty() || !isClean) {
        return fail(ErrorCode::Network, server + " gives no token");
    }
    const std::int64_t seconds =
        parsed->value["expires_in"].toInteger().value_or(kUsualTime.count());
    const std::chrono::seconds time(std::clamp<std::int64_t>(seconds, kEarly.count(), 86'400));
    const Clock::time_point now = Clock::now();
    return Held{"Bearer " + token, now + time - kEarly, asNobody, now, challenge};
}

HttpRequest Authorizer::requestTo(const std::string &url) const
{
    HttpRequest request;
    request.url = url;
    request.mostBytes = limits::kHttpTokenBytes;
    const Result<HttpOrigin> origin = originOf(url);
    if (origin && origin->host == m_registry.host) {
        request.tls = m_tls;
    }
    return request;
}

Result<HttpAnswer> Authorizer::askTokenServer(const Challenge &challenge,
                                              const std::string &scope,
                                              bool asNobody,
                                              const Monitor &monitor)
{
    const std::string realm(challenge.parameter("realm"));
    const std::string query = queryOf(challenge, scope);
    if (!asNobody && !m_credential->identityToken.empty()) {
        HttpRequest request = requestTo(realm);
        request.method = HttpRequest::Method::Post;
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = query + "&grant_type=refresh_token&client_id=cutaway&refresh_token="
                       + percentEncoded(m_credential->identityToken);
        Result<HttpAnswer> answer = m_http.ask(std::move(request), monitor);
        if (!answer || answer->status != 404) {
            return answer;
        }
    }
    HttpRequest request = requestTo(realm + (realm.contains('?') ? '&' : '?') + query);
    if (!asNobody && !m_credential->password.empty()) {
        request.headers = {{"Authorization", basic(*m_credential)}};
    }
    return m_http.ask(std::move(request), monitor);
}

/// A registry may name any token server: never one that is spoken to in the open, and none inside a
/// network that only we can reach, unless the registry is there itself.
Result<> Authorizer::checkRealm(const std::string &realm) const
{
    const Result<HttpOrigin> origin = originOf(realm);
    if (!origin) {
        return failIn("the token server that it names", origin.error());
    }
    const bool isSameHost = origin->host == m_registry.host
                            || (isThisMachine(origin->host) && isThisMachine(m_registry.host));
    if (origin->scheme != "https" && !(m_registry.scheme == "http" && isSameHost)) {
        return fail(ErrorCode::Network,
                    "the token server that it names would be asked without TLS, which is refused: "
                        + shownUrl(realm));
    }
    if (!isSameHost && isInnerAddress(origin->host)) {
        return fail(ErrorCode::Network,
                    "the token server that it names is inside a private network, which is "
                    "refused: "
                        + shownUrl(realm));
    }
    return {};
}

} // namespace cutaway
