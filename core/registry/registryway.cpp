// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registryway.h"

#include "core/base/text.h"
#include "core/registry/addresses.h"
#include "core/registry/helper.h"
#include "core/registry/registriesconf.h"
#include "core/registry/signin.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

namespace cutaway {

namespace {

namespace fs = std::filesystem;

/// What the C library, the resolver and OpenSSL open while a host is looked up and its certificate
/// is checked.
constexpr std::array kNetworkFiles = {"/etc/resolv.conf",
                                      "/etc/hosts",
                                      "/etc/host.conf",
                                      "/etc/nsswitch.conf",
                                      "/etc/gai.conf",
                                      "/etc/services",
                                      "/etc/ld.so.cache",
                                      "/etc/ssl/certs",
                                      "/etc/ssl/openssl.cnf",
                                      "/usr/lib/ssl",
                                      "/usr/share/ca-certificates",
                                      "/usr/local/share/ca-certificates",
                                      "/run/systemd/resolve",
                                      "/lib",
                                      "/usr/lib"};

/// Where the registry of a domain answers.
std::string hostOf(const std::string &domain)
{
    return domain == "docker.io" ? "registry-1.docker.io" : domain;
}

/// Files of a folder by name.
std::vector<fs::path> filesIn(const fs::path &folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        files.push_back(it->path());
    }
    std::ranges::sort(files);
    return files;
}

std::string firstWith(const std::vector<fs::path> &files, std::string_view ending)
{
    const auto found = std::ranges::find_if(
        files, [ending](const fs::path &file) { return file.extension() == ending; });
    return found == files.end() ? std::string() : found->string();
}

/// Of "certs.d/HOST" (docker's and podman's manuals): ca.crt, client.cert, client.key.
HttpTls tlsOf(const std::vector<std::string> &folders, const std::string &domain)
{
    for (const std::string &folder : folders) {
        const std::vector<fs::path> files = filesIn(fs::path(folder) / domain);
        HttpTls tls;
        tls.authorities = firstWith(files, ".crt");
        tls.certificate = firstWith(files, ".cert");
        tls.key = firstWith(files, ".key");
        if (!tls.authorities.empty() || !tls.certificate.empty()) {
            return tls;
        }
    }
    return {};
}

/// Of a sign-in with us first, then of Docker and Podman.
FoundCredential credentialFor(const ImageName &name,
                              const RegistryOptions &options,
                              const Monitor &monitor)
{
    FoundCredential ours = keyringCredential(name.domain, options, monitor);
    if (ours.credential) {
        return ours;
    }
    FoundCredential found =
        findCredential(name.domain, name.path, options.places, options.askHelper, monitor);
    found.notes.insert(found.notes.begin(), ours.notes.begin(), ours.notes.end());
    return found;
}

/// How a server is asked that has the image under that name.
RegistryEndpoint endpointFor(const ImageName &name,
                             bool isInsecure,
                             const RegistryOptions &options,
                             std::vector<std::string> &notes,
                             const Monitor &monitor)
{
    RegistryEndpoint endpoint;
    endpoint.host = name.domain;
    endpoint.path = name.path;
    const std::string host = hostOf(name.domain);
    endpoint.bases.push_back("https://" + host);
    const Result<HttpOrigin> origin = originOf("https://" + host + '/');
    const bool isAllowed =
        isInsecure || std::ranges::find(options.plainHosts, name.domain) != options.plainHosts.end()
        || (origin && isThisMachine(origin->host));
    if (isAllowed) {
        endpoint.bases.push_back("http://" + host);
    }
    endpoint.tls = tlsOf(options.certificateFolders, host);
    endpoint.tls.isUnverified = isInsecure;
    FoundCredential found = credentialFor(name, options, monitor);
    endpoint.credential = std::move(found.credential);
    notes.insert(notes.end(), found.notes.begin(), found.notes.end());
    return endpoint;
}

bool serves(const RegistryMirror &mirror, const ImageName &name)
{
    using Pulls = RegistryMirror::Pulls;
    return mirror.pulls == Pulls::All
           || (mirror.pulls == Pulls::ByDigest) == !name.digest.isEmpty();
}

/// Mirrors first, then the registry itself, which may lie elsewhere.
void addEndpoints(RegistryWay &way,
                  const RegistryRule &rule,
                  const RegistryOptions &options,
                  const Monitor &monitor)
{
    const auto add = [&](const std::string &location, bool isInsecure) {
        const Result<ImageName> name = relocated(way.name, rule.prefix, location);
        if (name) {
            way.endpoints.push_back(endpointFor(*name, isInsecure, options, way.notes, monitor));
        } else {
            way.notes.push_back(displayText(rule.from) + ": " + name.error().message);
        }
    };
    for (const RegistryMirror &mirror : rule.mirrors) {
        if (serves(mirror, way.name) && !mirror.location.empty()) {
            add(mirror.location, mirror.isInsecure);
        }
    }
    add(rule.location, rule.isInsecure);
}

void noteSearched(RegistryWay &way, const RegistriesConf &conf)
{
    const bool isHub = way.name.domain == "docker.io";
    const bool searchesHub = std::ranges::find(conf.searched, "docker.io") != conf.searched.end();
    if (isHub && !conf.searched.empty() && !searchesHub) {
        way.notes.emplace_back("names without a registry are Docker Hub's; "
                               "unqualified-search-registries of registries.conf are not used");
    }
}

} // namespace

RegistryOptions RegistryOptions::ofEnvironment()
{
    RegistryOptions options;
    options.places = CredentialPlaces::ofEnvironment();
    options.askHelper = askCredentialHelper;
    const std::string &home = options.places.home;
    const std::string config =
        options.places.configDirectory.empty() ? home + "/.config" : options.places.configDirectory;
    if (!home.empty() || !options.places.configDirectory.empty()) {
        options.signInFolder = config + "/cutaway";
    }
    if (!home.empty()) {
        options.certificateFolders = {config + "/containers/certs.d", home + "/.docker/certs.d"};
    }
    options.keyring = desktopKeyring();
    const char *const conf = std::getenv("CONTAINERS_REGISTRIES_CONF");
    if (conf != nullptr && *conf != '\0') {
        options.registriesFiles.emplace_back(conf);
    }
    options.registriesFiles.push_back(config + "/containers/registries.conf");
    options.registriesFiles.emplace_back("/etc/containers/registries.conf");
    options.registriesFolders = {"/etc/containers/registries.conf.d",
                                 config + "/containers/registries.conf.d"};
    options.certificateFolders.emplace_back("/etc/containers/certs.d");
    options.certificateFolders.emplace_back("/etc/docker/certs.d");
    return options;
}

Error notAsked(const RegistryWay &way)
{
    const std::string what = displayText(way.name.domain);
    if (!way.blockedBy.empty()) {
        return {ErrorCode::Unauthorized, what + " is blocked by " + displayText(way.blockedBy)};
    }
    return {ErrorCode::Network,
            what + (way.isOffline ? " is not asked while offline" : " cannot be asked")};
}

RegistryWay wayTo(const ImageName &name, const RegistryOptions &options, const Monitor &monitor)
{
    RegistryWay way;
    way.name = name;
    way.silentTime = options.silentTime;
    way.isOffline = options.isOffline;
    if (options.isOffline) {
        return way;
    }
    const RegistriesConf conf =
        readRegistriesConf(options.registriesFiles, options.registriesFolders, way.notes);
    noteSearched(way, conf);
    const RegistryRule *const rule = conf.ruleFor(name);
    if (rule != nullptr && rule->isBlocked) {
        way.blockedBy = rule->from;
        return way;
    }
    addEndpoints(way, rule == nullptr ? RegistryRule() : *rule, options, monitor);
    way.readable.assign(kNetworkFiles.begin(), kNetworkFiles.end());
    for (const RegistryEndpoint &endpoint : way.endpoints) {
        for (const std::string &file :
             {endpoint.tls.authorities, endpoint.tls.certificate, endpoint.tls.key}) {
            if (!file.empty()) {
                way.readable.push_back(file);
            }
        }
    }
    return way;
}

} // namespace cutaway
