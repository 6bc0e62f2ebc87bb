// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/places.h"

#include "core/base/glob.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace cutaway {

namespace {

using Use = SecretPlace::Use;
template<std::size_t N>
using Words = std::array<std::string_view, N>;

/// A file by its name and the directory that it lies in; that may be several names, or empty.
struct KnownFile
{
    std::string_view name; ///< a pattern if it has a star
    std::string_view directory;
    Use use;
};

constexpr std::array kKnownFiles = {
    KnownFile{"credentials", ".aws", Use::Cloud},
    KnownFile{"config", ".aws", Use::Cloud},
    KnownFile{"application_default_credentials.json", "", Use::Cloud},
    KnownFile{"accessTokens.json", ".azure", Use::Cloud},
    KnownFile{"msal_token_cache*", ".azure", Use::Cloud},
    KnownFile{"azureProfile.json", ".azure", Use::Cloud},
    KnownFile{"*", ".config/gcloud", Use::Cloud},
    KnownFile{"adc.json", "", Use::Cloud},
    KnownFile{"config.yaml", ".config/doctl", Use::Cloud},
    KnownFile{"cli.toml", ".config/hcloud", Use::Cloud},
    KnownFile{"config", ".kube", Use::Cloud},
    KnownFile{"*.conf", "etc/kubernetes", Use::Cloud},
    KnownFile{".s3cfg", "", Use::Cloud},
    KnownFile{".boto", "", Use::Cloud},
    KnownFile{"rclone.conf", "", Use::Cloud},
    KnownFile{".terraformrc", "", Use::Cloud},
    KnownFile{"credentials.tfrc.json", "", Use::Cloud},
    KnownFile{"*.tfstate", "", Use::Cloud},
    KnownFile{"config.json", ".docker", Use::Registry},
    KnownFile{".dockercfg", "", Use::Registry},
    KnownFile{"auth.json", "", Use::Registry},
    KnownFile{".npmrc", "", Use::Registry},
    KnownFile{"npmrc", "etc", Use::Registry},
    KnownFile{".yarnrc.yml", "", Use::Registry},
    KnownFile{".pypirc", "", Use::Registry},
    KnownFile{"pip.conf", "", Use::Registry},
    KnownFile{".netrc", "", Use::Registry},
    KnownFile{"_netrc", "", Use::Registry},
    KnownFile{".git-credentials", "", Use::Registry},
    KnownFile{".gitconfig", "", Use::Registry},
    KnownFile{"config", ".git", Use::Registry},
    KnownFile{"credentials", ".gem", Use::Registry},
    KnownFile{"credentials", ".cargo", Use::Registry},
    KnownFile{"credentials.toml", ".cargo", Use::Registry},
    KnownFile{"settings.xml", "", Use::Registry},
    KnownFile{"gradle.properties", "", Use::Registry},
    KnownFile{"nuget.config", "", Use::Registry},
    KnownFile{"NuGet.Config", "", Use::Registry},
    KnownFile{"hosts.yml", "gh", Use::Registry},
    KnownFile{"repositories.yaml", "helm", Use::Registry},
};

constexpr Words<14> kHistories = {"bash_history",
                                  "zsh_history",
                                  "ash_history",
                                  "sh_history",
                                  "python_history",
                                  "node_repl_history",
                                  "mysql_history",
                                  "psql_history",
                                  "sqlite_history",
                                  "rediscli_history",
                                  "irb_history",
                                  "pry_history",
                                  "viminfo",
                                  "lesshst"};

constexpr Words<17> kSettingsEndings = {"conf",
                                        "cfg",
                                        "ini",
                                        "yml",
                                        "yaml",
                                        "json",
                                        "toml",
                                        "properties",
                                        "xml",
                                        "env",
                                        "sh",
                                        "service",
                                        "tf",
                                        "tfvars",
                                        "cnf",
                                        "config",
                                        "bash"};
constexpr Words<7> kSettingsRoots = {
    "etc/", "app/", "root/", "home/", "srv/", "opt/app/", "usr/src/app/"};
constexpr Words<14> kLibraryRoots = {"site-packages",
                                     "dist-packages",
                                     "node_modules",
                                     "gems",
                                     "vendor",
                                     "usr/share",
                                     "usr/lib",
                                     "usr/lib64",
                                     "usr/local/lib",
                                     "usr/local/go",
                                     "usr/local/share",
                                     "lib/python3",
                                     "go/pkg/mod",
                                     "usr/include"};
constexpr Words<16> kTestNames = {"test",
                                  "tests",
                                  "testdata",
                                  "test_data",
                                  "testing",
                                  "spec",
                                  "specs",
                                  "fixtures",
                                  "example",
                                  "examples",
                                  "sample",
                                  "samples",
                                  "doc",
                                  "docs",
                                  "demo",
                                  "demos"};
constexpr Words<11> kLockFiles = {"go.sum",
                                  "package-lock.json",
                                  "npm-shrinkwrap.json",
                                  ".package-lock.json",
                                  "yarn.lock",
                                  "Pipfile.lock",
                                  "poetry.lock",
                                  "uv.lock",
                                  "Cargo.lock",
                                  "pnpm-lock.yaml",
                                  "composer.lock"};
constexpr Words<43> kBinaryEndings = {
    "png",  "jpg",   "jpeg",  "gif", "ico", "webp", "bmp", "tif", "tiff", "ttf", "otf",
    "woff", "woff2", "eot",   "pdf", "gz",  "tgz",  "xz",  "zst", "bz2",  "lz4", "zip",
    "jar",  "war",   "whl",   "7z",  "rar", "so",   "a",   "o",   "ko",   "pyc", "pyo",
    "mo",   "gmo",   "class", "mp3", "mp4", "ogg",  "wav", "deb", "rpm",  "apk"};

template<std::size_t N>
bool isOneOf(const Words<N> &words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

std::string_view nameOf(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

std::string_view endingOf(std::string_view path)
{
    const std::string_view name = nameOf(path);
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

/// Whether the directory stands in the path as whole names, right before the last one or not.
bool liesIn(std::string_view path, std::string_view directory, bool isDirectly)
{
    for (std::size_t at = path.find(directory); at != std::string_view::npos;
         at = path.find(directory, at + 1)) {
        const std::size_t end = at + directory.size();
        const bool isWhole =
            (at == 0 || path[at - 1] == '/') && end < path.size() && path[end] == '/';
        if (isWhole && (!isDirectly || path.find('/', end + 1) == std::string_view::npos)) {
            return true;
        }
    }
    return false;
}

bool isFile(const KnownFile &file, std::string_view path)
{
    const std::string_view name = nameOf(path);
    const bool isNamedSo =
        file.name.contains('*') ? globMatches(file.name, name, GlobText::Name) : name == file.name;
    return isNamedSo && (file.directory.empty() || liesIn(path, file.directory, file.name != "*"));
}

/// ".env", ".env.production", "app.env"; not the examples that are kept beside them.
bool isDotenv(std::string_view name)
{
    const bool isNamedSo = name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
    constexpr Words<6> kExamples = {"example", "sample", "template", "dist", "defaults", "default"};
    return isNamedSo && !isOneOf(kExamples, endingOf(name)) && !name.starts_with("example")
           && !name.starts_with("sample");
}

bool isTestMaterial(std::string_view path)
{
    const bool isLibrary = std::ranges::any_of(
        kLibraryRoots, [&](std::string_view root) { return liesIn(path, root, false); });
    if (!isLibrary) {
        return false;
    }
    for (const auto &&part : std::views::split(path, '/')) {
        const std::string_view name(part.begin(), part.end());
        if (isOneOf(kTestNames, name) || name.starts_with("mock")) {
            return true;
        }
    }
    return false;
}

Use useOf(std::string_view path)
{
    const std::string_view name = nameOf(path);
    if (isDotenv(name)) {
        return Use::Dotenv;
    }
    if (name.starts_with('.') && isOneOf(kHistories, name.substr(1))) {
        return Use::History;
    }
    const auto *const known = std::ranges::find_if(
        kKnownFiles, [&](const KnownFile &file) { return isFile(file, path); });
    return known == kKnownFiles.end() ? Use::Any : known->use;
}

} // namespace

SecretPlace secretPlace(std::string_view path)
{
    while (path.starts_with('/') || path.starts_with("./")) {
        path.remove_prefix(path.front() == '/' ? 1 : 2);
    }
    SecretPlace place;
    place.path = path;
    place.use = useOf(path);
    place.isLockFile = isOneOf(kLockFiles, nameOf(path));
    place.isTest = isTestMaterial(path);
    const std::string_view ending = endingOf(path);
    const bool isUnderRoot = std::ranges::any_of(
        kSettingsRoots, [&](std::string_view root) { return path.starts_with(root); });
    const bool isLibrary = liesIn(path, "site-packages", false)
                           || liesIn(path, "dist-packages", false)
                           || liesIn(path, "node_modules", false) || liesIn(path, "doc", false);
    place.isSettings =
        place.use != Use::Any
        || (!isLibrary && !place.isLockFile
            && (isOneOf(kSettingsEndings, ending) || (ending.empty() && isUnderRoot)));
    place.isFrontEnd =
        ending == "js" || ending == "mjs" || ending == "html" || ending == "css" || ending == "map";
    return place;
}

bool hasBinaryEnding(std::string_view path)
{
    return isOneOf(kBinaryEndings, endingOf(path));
}

} // namespace cutaway
