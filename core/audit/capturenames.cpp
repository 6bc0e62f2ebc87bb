// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/capturenames.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

/// A file of that name in a directory of that name; in any where the directory is empty.
struct NamedFile
{
    std::string_view name;
    std::string_view directory = {};
};

constexpr std::array kFiles = {
    NamedFile{".boto"},
    NamedFile{".curlrc"},
    NamedFile{".dockercfg"},
    NamedFile{".dockerignore"},
    NamedFile{".git"},
    NamedFile{".git-credentials"},
    NamedFile{".gitconfig"},
    NamedFile{".htpasswd"},
    NamedFile{".netrc"},
    NamedFile{".npmrc"},
    NamedFile{".pypirc"},
    NamedFile{".s3cfg"},
    NamedFile{".terraformrc"},
    NamedFile{".wgetrc"},
    NamedFile{".yarnrc"},
    NamedFile{".yarnrc.yml"},
    NamedFile{"NuGet.Config"},
    NamedFile{"Procfile"},
    NamedFile{"_netrc"},
    NamedFile{"alpine-release", "etc"},
    NamedFile{"application.properties"},
    NamedFile{"application.yaml"},
    NamedFile{"application.yml"},
    NamedFile{"appsettings.json"},
    NamedFile{"auth.json"},
    NamedFile{"centos-release", "etc"},
    NamedFile{"circus.ini"},
    NamedFile{"config", ".git"},
    NamedFile{"config", ".kube"},
    NamedFile{"config", "git"},
    NamedFile{"config.json", ".docker"},
    NamedFile{"credentials"},
    NamedFile{"credentials.toml"},
    NamedFile{"crontab", "etc"},
    NamedFile{"curlrc", "etc"},
    NamedFile{"debian_version", "etc"},
    NamedFile{"ecosystem.config.js"},
    NamedFile{"elasticsearch.yml"},
    NamedFile{"fedora-release", "etc"},
    NamedFile{"gitconfig", "etc"},
    NamedFile{"gradle.properties"},
    NamedFile{"group", "etc"},
    NamedFile{"group-", "etc"},
    NamedFile{"gshadow", "etc"},
    NamedFile{"gshadow-", "etc"},
    NamedFile{"haproxy.cfg"},
    NamedFile{"hostname", "etc"},
    NamedFile{"hosts", "etc"},
    NamedFile{"hosts.yml", "gh"},
    NamedFile{"htpasswd"},
    NamedFile{"htpasswd.users"},
    NamedFile{"id_dsa"},
    NamedFile{"id_ecdsa"},
    NamedFile{"id_ed25519"},
    NamedFile{"id_rsa"},
    NamedFile{"inittab", "etc"},
    NamedFile{"ld.so.preload", "etc"},
    NamedFile{"local.ini"},
    NamedFile{"lsb-release", "etc"},
    NamedFile{"machine-id"},
    NamedFile{"monitrc"},
    NamedFile{"npmrc", "etc"},
    NamedFile{"os-release"},
    NamedFile{"package.json"},
    NamedFile{"passwd", "etc"},
    NamedFile{"passwd-", "etc"},
    NamedFile{"php.ini"},
    NamedFile{"pyvenv.cfg"},
    NamedFile{"redhat-release", "etc"},
    NamedFile{"repositories", "apk"},
    NamedFile{"server.properties"},
    NamedFile{"server.xml"},
    NamedFile{"settings.xml", ".m2"},
    NamedFile{"shadow", "etc"},
    NamedFile{"shadow-", "etc"},
    NamedFile{"sources.list", "apt"},
    NamedFile{"ssh_config"},
    NamedFile{"sshd_config"},
    NamedFile{"standalone.xml"},
    NamedFile{"sudoers", "etc"},
    NamedFile{"supervisord.ini"},
    NamedFile{"system-release", "etc"},
    NamedFile{"wgetrc", "etc"},
};
static_assert(std::ranges::is_sorted(kFiles, {}, &NamedFile::name));

/// What stands behind the last dot.
constexpr std::array<std::string_view, 18> kEndings = {"bash",
                                                       "cnf",
                                                       "conf",
                                                       "ctmpl",
                                                       "dockerfile",
                                                       "env",
                                                       "envsubst",
                                                       "gotmpl",
                                                       "htpasswd",
                                                       "j2",
                                                       "jinja2",
                                                       "repo",
                                                       "sh",
                                                       "sources",
                                                       "template",
                                                       "tmpl",
                                                       "tpl",
                                                       "vcl"};
static_assert(std::ranges::is_sorted(kEndings));

/// All that stands in them is read.
constexpr std::array<std::string_view, 22> kDirectories = {
    "apt.conf.d",    "conf.d",         "cont-init.d", "cron.d",     "cron.daily",
    "cron.hourly",   "cron.monthly",   "cron.weekly", "crontabs",   "init.d",
    "ld.so.conf.d",  "pool.d",         "repos.d",     "services.d", "sites-available",
    "sites-enabled", "sources.list.d", "sudoers.d",   "supervisor", "supervisor.d",
    "supervisord.d", "yum.repos.d"};
static_assert(std::ranges::is_sorted(kDirectories));

/// Directories of directories, one for each service.
constexpr std::array<std::string_view, 5> kServices = {
    "runit", "s6-rc.d", "service", "services.d", "sv"};
static_assert(std::ranges::is_sorted(kServices));

template<typename List>
bool contains(const List &list, std::string_view word)
{
    return std::ranges::binary_search(list, word);
}

/// Takes the last name off a path.
std::string_view takeLast(std::string_view &path)
{
    const std::size_t slash = path.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? path : path.substr(slash + 1);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
    return last;
}

bool isDump(std::string_view name)
{
    return name == "core" || name.starts_with("core.") || name.ends_with(".core")
           || name.starts_with("vgcore.") || name.ends_with(".hprof") || name.ends_with(".dmp")
           || name.ends_with(".mdmp");
}

bool isListed(std::string_view name, std::string_view directory)
{
    const auto same = std::ranges::equal_range(kFiles, name, {}, &NamedFile::name);
    return std::ranges::any_of(same, [directory](const NamedFile &file) {
        return file.directory.empty() || file.directory == directory;
    });
}

bool hasReadEnding(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    return dot != std::string_view::npos && contains(kEndings, name.substr(dot + 1));
}

} // namespace

NameSays whatNameSays(std::string_view path)
{
    std::string_view rest = path;
    const std::string_view name = takeLast(rest);
    const std::string_view directory = takeLast(rest);
    const std::string_view above = takeLast(rest);
    if (isDump(name)) {
        return NameSays::Dump;
    }
    if (name.ends_with(".jks") || name.ends_with(".keystore")) {
        return NameSays::Store;
    }
    // Node's packages bring one each: only those of applications say how something is started.
    if (name == "package.json" && path.contains("node_modules/")) {
        return NameSays::Nothing;
    }
    const bool isRead = isListed(name, directory) || hasReadEnding(name)
                        || contains(kDirectories, directory) || contains(kServices, above)
                        || (name.starts_with("ld-musl-") && name.ends_with(".path"))
                        || name.starts_with(".env") || name.starts_with("Dockerfile")
                        || name.starts_with("Containerfile");
    return isRead ? NameSays::Text : NameSays::Nothing;
}

} // namespace cutaway
