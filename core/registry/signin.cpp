// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/signin.h"

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/cache/cachedirectory.h"
#include "core/registry/keyring.h"
#include "core/registry/registryclient.h"

#include <algorithm>
#include <filesystem>
#include <functional>

namespace cutaway {

namespace {

/// Names of hosts alone, a line each: whom the keyring needs to be asked for.
constexpr const char *kListName = "registries";

std::vector<std::string> hostsIn(const CacheDirectory &folder)
{
    const auto file = folder.openFile(kListName);
    const auto text = file ? readAll(**file, limits::kCredentialFileBytes, kListName)
                           : Result<std::string>(std::unexpected(file.error()));
    std::vector<std::string> hosts;
    std::string_view rest = text ? std::string_view(*text) : std::string_view();
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = trimmed(rest.substr(0, end));
        if (!line.empty()) {
            hosts.emplace_back(line);
        }
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return hosts;
}

using Change = std::function<void(std::vector<std::string> &)>;

Result<> changeList(const RegistryOptions &options, const Change &change)
{
    const auto folder = CacheDirectory::open(options.signInFolder);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    const OwnedFd locked = (*folder)->lock();
    std::vector<std::string> hosts = hostsIn(**folder);
    change(hosts);
    return (*folder)->writeFile(kListName, [&hosts](const CacheDirectory::Write &write) {
        const std::string text = joined(hosts, "\n") + "\n";
        return write(std::as_bytes(std::span(text)));
    });
}

/// As it stands in names of images.
Result<ImageName> registryNamed(const std::string &host)
{
    Result<ImageName> name = ImageName::parse(host + "/any");
    const bool isHost = name && (name->domain == host || host == "index.docker.io");
    if (!isHost) {
        return fail(ErrorCode::InvalidInput,
                    "“" + displayText(host) + "” is no registry, as in registry.example:5000");
    }
    name->path.clear();
    return name;
}

Result<> checkWords(const std::string &user, const std::string &password)
{
    const auto isControl = [](char c) {
        return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
    };
    if (user.empty() || user.contains(':') || std::ranges::any_of(user, isControl)) {
        return fail(ErrorCode::InvalidInput, "that is no name of a user");
    }
    return password.empty() || std::ranges::any_of(password, isControl)
               ? fail(ErrorCode::InvalidInput, "that is no password")
               : Result<>();
}

/// Whether the registry asked for them at all.
Result<SignIn> tryOut(const RegistryWay &way, Credential credential, const Monitor &monitor)
{
    RegistryEndpoint endpoint = way.endpoints.back();
    endpoint.credential = std::move(credential);
    endpoint.mustSayWho = true;
    const auto client = RegistryClient::open(endpoint, way.silentTime, monitor);
    if (!client) {
        return std::unexpected(client.error());
    }
    RegistryClient::Ask ask;
    ask.path = "/v2/";
    ask.mostBytes = limits::kHttpErrorBytes;
    const Result<HttpAnswer> answer = (*client)->ask(ask, monitor);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (!answer->isSuccess()) {
        return std::unexpected((*client)->errorOf(*answer, endpoint.host, "/v2/"));
    }
    return SignIn{!(*client)->isAnonymous()};
}

} // namespace

Result<SignIn> signIn(const std::string &host,
                      const std::string &user,
                      const std::string &password,
                      const RegistryOptions &options,
                      const Monitor &monitor)
{
    const Result<ImageName> name = registryNamed(host);
    const Result<> words = name ? checkWords(user, password) : std::unexpected(name.error());
    if (!words) {
        return std::unexpected(words.error());
    }
    if (options.keyring == nullptr || options.signInFolder.empty()) {
        return fail(ErrorCode::Unsupported, "there is no keyring to keep a password in");
    }
    RegistryOptions plain = options; // what others have kept for it is not asked
    plain.places = {};
    plain.keyring = nullptr;
    const RegistryWay way = wayTo(*name, plain, monitor);
    if (way.endpoints.empty()) {
        return std::unexpected(notAsked(way));
    }
    Credential credential;
    credential.user = user;
    credential.password = password;
    credential.from = "this sign-in";
    const Result<SignIn> tried = tryOut(way, std::move(credential), monitor);
    if (!tried) {
        return failIn(displayText(host), tried.error());
    }
    const Result<> kept = options.keyring->write(name->domain, user + ':' + password, monitor);
    if (!kept) {
        return std::unexpected(kept.error());
    }
    const Result<> listed = changeList(options, [&name](std::vector<std::string> &hosts) {
        std::erase(hosts, name->domain);
        hosts.push_back(name->domain);
    });
    return listed ? tried : Result<SignIn>(std::unexpected(listed.error()));
}

Result<> signOut(const std::string &host, const RegistryOptions &options, const Monitor &monitor)
{
    const Result<ImageName> name = registryNamed(host);
    if (!name) {
        return std::unexpected(name.error());
    }
    const std::vector<std::string> hosts = signedInHosts(options);
    if (options.keyring == nullptr || std::ranges::find(hosts, name->domain) == hosts.end()) {
        return fail(ErrorCode::NotFound, "there was no sign-in to " + displayText(host));
    }
    const Result<> removed = options.keyring->remove(name->domain, monitor);
    if (!removed && removed.error().code != ErrorCode::NotFound) {
        return removed;
    }
    return changeList(
        options, [&name](std::vector<std::string> &listed) { std::erase(listed, name->domain); });
}

std::vector<std::string> signedInHosts(const RegistryOptions &options)
{
    std::error_code error;
    if (options.signInFolder.empty()
        || !std::filesystem::exists(options.signInFolder + '/' + kListName, error)) {
        return {};
    }
    const auto folder = CacheDirectory::open(options.signInFolder);
    return folder ? hostsIn(**folder) : std::vector<std::string>();
}

FoundCredential keyringCredential(const std::string &host,
                                  const RegistryOptions &options,
                                  const Monitor &monitor)
{
    FoundCredential found;
    const std::vector<std::string> hosts = signedInHosts(options);
    if (options.keyring == nullptr || std::ranges::find(hosts, host) == hosts.end()) {
        return found;
    }
    const Result<std::string> secret = options.keyring->read(host, monitor);
    const std::size_t colon = secret ? secret->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        found.notes.push_back("the sign-in to " + displayText(host) + " was not used: "
                              + (secret ? "it cannot be read" : secret.error().message));
        return found;
    }
    Credential credential;
    credential.user = secret->substr(0, colon);
    credential.password = secret->substr(colon + 1);
    credential.from = "the keyring";
    found.credential = std::move(credential);
    return found;
}

} // namespace cutaway
