// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registryway.h"

#include "core/registry/addresses.h"
#include "core/registry/helper.h"

#include <algorithm>
#include <array>
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

} // namespace

RegistryOptions RegistryOptions::ofEnvironment()
{
    RegistryOptions options;
    options.places = CredentialPlaces::ofEnvironment();
    options.askHelper = askCredentialHelper;
    const std::string &home = options.places.home;
    const std::string config =
        options.places.configDirectory.empty() ? home + "/.config" : options.places.configDirectory;
    if (!home.empty()) {
        options.certificateFolders = {config + "/containers/certs.d", home + "/.docker/certs.d"};
    }
    options.certificateFolders.emplace_back("/etc/containers/certs.d");
    options.certificateFolders.emplace_back("/etc/docker/certs.d");
    return options;
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
    RegistryEndpoint endpoint;
    endpoint.host = name.domain;
    endpoint.path = name.path;
    const std::string host = hostOf(name.domain);
    endpoint.bases.push_back("https://" + host);
    const Result<HttpOrigin> origin = originOf("https://" + host + '/');
    const bool isAllowed =
        std::ranges::find(options.plainHosts, name.domain) != options.plainHosts.end()
        || (origin && isThisMachine(origin->host));
    if (isAllowed) {
        endpoint.bases.push_back("http://" + host);
    }
    endpoint.tls = tlsOf(options.certificateFolders, host);
    FoundCredential found =
        findCredential(name.domain, name.path, options.places, options.askHelper, monitor);
    endpoint.credential = std::move(found.credential);
    way.notes = std::move(found.notes);
    way.readable.assign(kNetworkFiles.begin(), kNetworkFiles.end());
    for (const std::string &file :
         {endpoint.tls.authorities, endpoint.tls.certificate, endpoint.tls.key}) {
        if (!file.empty()) {
            way.readable.push_back(file);
        }
    }
    way.endpoints.push_back(std::move(endpoint));
    return way;
}

} // namespace cutaway
