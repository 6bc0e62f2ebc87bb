// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/challenge.h"
#include "core/registry/credentials.h"
#include "core/registry/http.h"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace cutaway {

/// Answers what one registry asks before it serves (distribution-spec; Docker's token
/// specification). First as nobody, unless one must say who one is; with the credential only where
/// that is refused. May be used from several threads.
class Authorizer
{
public:
    Authorizer(HttpClient &http,
               HttpOrigin registry,
               HttpTls tls,
               std::optional<Credential> credential,
               bool mustSayWho = false);

    /// What a request was sent with, or shall be: of which scope the permission is, and the value
    /// of the Authorization header, if there is one.
    struct Permission
    {
        std::string scope;
        std::string header;
    };
    /// What is known for that scope; without a header while nothing was asked for, or what is known
    /// has run out.
    Permission permissionFor(const std::string &scope);

    /// After a 401 to a request with that permission: what is worth another try. Unauthorized with
    /// a message for people when there is nothing.
    [[nodiscard]] Result<Permission> learn(const HttpAnswer &refusal,
                                           const Permission &used,
                                           const Monitor &monitor);

    /// After a 403 to a request with that permission: who we are, where it was asked for as nobody
    /// and there is somebody to be. Some registries refuse so what they would give to others.
    [[nodiscard]] std::optional<Result<Permission>> sayWho(const Permission &used,
                                                           const Monitor &monitor);

    /// For people: "without credentials", "with the credentials of ~/.docker/config.json".
    std::string triedAs() const;
    bool usedCredential() const { return m_usedCredential; }

private:
    using Clock = std::chrono::steady_clock;
    struct Held
    {
        std::string header;
        Clock::time_point end;
        bool isNobody = false;
        Clock::time_point since; ///< when it was given
        Challenge challenge;     ///< that it answers
    };

    const Held *heldFor(const std::string &scope) const;
    Result<Permission> keep(const std::string &scope, Result<Held> held);
    Result<Permission> learnBasic(const Permission &used);
    Result<Permission> learnBearer(const Challenge &challenge,
                                   const std::string &scope,
                                   const std::string &usedHeader,
                                   const Monitor &monitor);
    Result<Held> tokenFor(const Challenge &challenge,
                          const std::string &scope,
                          bool asNobody,
                          const Monitor &monitor);
    Result<HttpAnswer> askTokenServer(const Challenge &challenge,
                                      const std::string &scope,
                                      bool asNobody,
                                      const Monitor &monitor);
    Result<> checkRealm(const std::string &realm) const;
    HttpRequest requestTo(const std::string &url) const;

    HttpClient &m_http;
    HttpOrigin m_registry;
    HttpTls m_tls;
    std::optional<Credential> m_credential;
    bool m_mustSayWho;
    std::mutex m_mutex;
    std::map<std::string, Held> m_held; ///< by scope
    std::atomic<bool> m_usedCredential = false;
};

} // namespace cutaway
