// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/credentials.h"

#include "core/base/base64.h"
#include "core/base/bytesource.h"
#include "core/base/text.h"
#include "core/registry/registrylimits.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace cutaway {

namespace {

constexpr std::string_view kHub = "docker.io";

/// "host[/path]" of a key, however it is written: with a scheme, a version, another name of
/// Docker Hub.
std::string canonicalKey(std::string_view key)
{
    if (const std::size_t scheme = key.find("://"); scheme != std::string_view::npos) {
        key.remove_prefix(scheme + 3);
    }
    while (key.ends_with('/')) {
        key.remove_suffix(1);
    }
    for (const std::string_view version : {"/v1", "/v2"}) {
        if (key.ends_with(version)) {
            key.remove_suffix(version.size());
        }
    }
    const std::string_view host = key.substr(0, key.find('/'));
    const bool isHub = host == "index.docker.io" || host == "registry-1.docker.io"
                       || host == "registry.hub.docker.com";
    return isHub ? std::string(kHub) + std::string(key.substr(host.size())) : std::string(key);
}

/// How much of "domain/path" the key covers; 0 = another registry or repository.
std::size_t coveredBy(std::string_view key, const std::string &name)
{
    const std::string canonical = canonicalKey(key);
    const bool covers = name.starts_with(canonical)
                        && (name.size() == canonical.size() || name[canonical.size()] == '/');
    return covers ? canonical.size() : 0;
}

Credential credentialOf(const Json &entry)
{
    Credential credential;
    credential.identityToken = entry["identitytoken"].toString();
    credential.user = entry["username"].toString();
    credential.password = entry["password"].toString();
    const std::optional<std::string> pair = base64Decoded(entry["auth"].toString());
    const std::size_t colon = pair ? pair->find(':') : std::string::npos;
    if (colon != std::string::npos) {
        credential.user = pair->substr(0, colon);
        credential.password = pair->substr(colon + 1);
        while (credential.password.ends_with('\0')) {
            credential.password.pop_back(); // Docker's own padding of old
        }
    }
    return credential;
}

/// The member whose key covers most of the name.
const Json *bestEntry(const Json &object, const std::string &name)
{
    const Json *best = nullptr;
    std::size_t covered = 0;
    for (const auto &[key, value] : object.members()) {
        if (const std::size_t now = coveredBy(key, name); now > covered) {
            covered = now;
            best = &value;
        }
    }
    return best;
}

bool isHelperName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '-' || c == '_';
    });
}

std::string variable(const char *name)
{
    const char *value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

std::optional<Json> readFile(const std::string &path, std::vector<std::string> &notes)
{
    const Result<ByteSourcePtr> file = openFile(path);
    if (!file) {
        if (file.error().code != ErrorCode::NotFound) {
            notes.push_back(file.error().message);
        }
        return std::nullopt;
    }
    const Result<std::string> text = readAll(**file, limits::kCredentialFileBytes, path);
    Result<ParsedJson> parsed = text ? parseJson(*text, path, BadUtf8::Replace)
                                     : Result<ParsedJson>(std::unexpected(text.error()));
    if (!parsed) {
        notes.push_back("no credentials were taken from it: " + parsed.error().message);
        return std::nullopt;
    }
    return std::move(parsed->value);
}

} // namespace

CredentialAnswer credentialIn(const Json &file, std::string_view domain, std::string_view path)
{
    const std::string name = std::string(domain) + '/' + std::string(path);
    CredentialAnswer answer;
    const Json *entry = bestEntry(file["auths"], name);
    if (entry != nullptr) {
        Credential credential = credentialOf(*entry);
        if (!credential.isEmpty()) {
            answer.credential = std::move(credential);
        }
    }
    const Json *helper = bestEntry(file["credHelpers"], name);
    answer.helper = helper != nullptr ? helper->toString() : file["credsStore"].toString();
    return answer;
}

std::string helperServer(std::string_view domain)
{
    return domain == kHub ? "https://index.docker.io/v1/" : std::string(domain);
}

Result<Credential> credentialOfHelper(std::string_view output)
{
    const Result<ParsedJson> parsed = parseJson(output, "its answer", BadUtf8::Replace);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    Credential credential;
    credential.user = parsed->value["Username"].toString();
    credential.password = parsed->value["Secret"].toString();
    if (credential.user == "<token>") {
        credential.user.clear();
        credential.identityToken = std::move(credential.password);
        credential.password.clear();
    }
    return credential;
}

CredentialPlaces CredentialPlaces::ofEnvironment()
{
    CredentialPlaces places;
    places.home = variable("HOME");
    places.dockerConfig = variable("DOCKER_CONFIG");
    places.registryAuthFile = variable("REGISTRY_AUTH_FILE");
    places.runtimeDirectory = variable("XDG_RUNTIME_DIR");
    places.configDirectory = variable("XDG_CONFIG_HOME");
    return places;
}

std::vector<std::string> CredentialPlaces::files() const
{
    std::vector<std::string> files;
    if (!dockerConfig.empty()) {
        files.push_back(dockerConfig + "/config.json");
    }
    if (!home.empty()) {
        files.push_back(home + "/.docker/config.json");
    }
    if (!registryAuthFile.empty()) {
        files.push_back(registryAuthFile);
    }
    if (!runtimeDirectory.empty()) {
        files.push_back(runtimeDirectory + "/containers/auth.json");
    }
    if (!configDirectory.empty() || !home.empty()) {
        files.push_back((configDirectory.empty() ? home + "/.config" : configDirectory)
                        + "/containers/auth.json");
    }
    return files;
}

FoundCredential findCredential(std::string_view domain,
                               std::string_view path,
                               const CredentialPlaces &places,
                               const AskHelper &ask,
                               const Monitor &monitor)
{
    FoundCredential found;
    for (const std::string &file : places.files()) {
        const std::optional<Json> json = readFile(file, found.notes);
        if (!json) {
            continue;
        }
        CredentialAnswer answer = credentialIn(*json, domain, path);
        if (ask && isHelperName(answer.helper)) {
            const Result<std::string> output = ask(answer.helper, helperServer(domain), monitor);
            Result<Credential> credential =
                output ? credentialOfHelper(*output)
                       : Result<Credential>(std::unexpected(output.error()));
            if (credential && !credential->isEmpty()) {
                credential->from = "docker-credential-" + answer.helper;
                found.credential = std::move(*credential);
                return found;
            }
            if (!credential && credential.error().code != ErrorCode::NotFound) {
                found.notes.push_back("docker-credential-" + answer.helper + " ("
                                      + displayText(file) + "): " + credential.error().message);
            }
        }
        if (answer.credential) {
            found.credential = std::move(answer.credential);
            found.credential->from = file;
            return found;
        }
    }
    return found;
}

} // namespace cutaway
