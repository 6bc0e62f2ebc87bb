// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/cachekind.h"

#include "core/base/glob.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

struct Row
{
    std::string_view kind; ///< empty: looks like a cache, is none
    std::string_view glob; ///< `~` is each home
};

/// The first row that matches decides.
constexpr std::array kRows = {
    Row{"", "/var/lib/apt/lists/{lock,**/*InRelease,**/*Release,**/*Release.gpg,auxfiles/**}"},
    Row{"apt-lists", "/var/lib/apt/lists/**"},
    Row{"", "/var/cache/apt/archives/lock"},
    Row{"apt-archives", "/var/cache/apt/{archives/**/*.deb,pkgcache.bin,srcpkgcache.bin}"},
    Row{"apt-archives", "/var/{cache/debconf,lib/dpkg}/*-old"},
    Row{"apk", "{/var/cache/apk/**,/etc/apk/cache/**,/lib/apk/db/*.tar.old}"},
    Row{"dnf-yum", "/var/cache/{dnf,yum,libdnf5,tdnf,PackageKit}/**"},
    Row{"dnf-yum", "/var/lib/dnf/{repos,system-upgrade}/**"},
    Row{"zypper", "/var/cache/{zypp,zypper}/**"},
    Row{"pacman", "{/var/cache/pacman/pkg/*.pkg.tar.*,/var/lib/pacman/sync/*.db}"},
    Row{"pip", "~/.cache/{pip,uv,pdm,pipenv}/**"},
    Row{"pip", "~/.local/{{share/pipx,pipx}/.cache,state/pipx/log}/**"},
    Row{"poetry", "~/.cache/pypoetry/{cache,artifacts}/**"},
    Row{"conda", "{/opt/{conda,miniconda*,mamba},~/{miniconda*,anaconda*,micromamba}}/pkgs/**"},
    Row{"npm", "~/.npm/{_cacache,_logs,_npx}/**"},
    Row{"yarn", "{~/.cache/yarn/v*,/usr/local/share/.cache/yarn,~/.yarn/berry/cache}/**"},
    Row{"pnpm", "{~/.local/share/pnpm/store,~/.pnpm-store,/pnpm/store}/**"},
    Row{"pnpm", "{~/.cache/pnpm,~/.bun/install/cache}/**"},
    Row{"composer", "{~/.composer/cache,~/.cache/composer,/tmp/cache/{files,repo,vcs}}/**"},
    Row{"gem-bundler", "{/usr/local/bundle,/usr/local/lib/ruby/gems/*}/cache/**/*.gem"},
    Row{"gem-bundler", "{/usr/lib/ruby/gems/*,/var/lib/gems/*}/cache/**/*.gem"},
    Row{"gem-bundler", "~/{.gem,.local/share/gem}/**/cache/**/*.gem"},
    Row{"gem-bundler", "{~/.bundle/cache,/usr/local/rvm/{archives,src}}/**"},
    Row{"go", "{~/.cache/go-build/**,{/go,~/go}/pkg/{mod,sumdb,dep}/**}"},
    Row{"cargo", "{~/.cargo,/usr/local/cargo}/{registry/{cache,src,index},git/{db,checkouts}}/**"},
    Row{"cargo", "/**/target/{debug,release}/{deps,build,incremental,.fingerprint}/**"},
    Row{"maven", "~/{.m2/{repository,wrapper/dists},.ivy2/{cache,local}}/**"},
    Row{"maven", "~/{.cache/coursier,.sbt/boot}/**"},
    Row{"gradle", "{~,/home/gradle}/.gradle/{caches,daemon,wrapper/dists,native}/**"},
    Row{"nuget", "{~/.nuget/packages,~/.local/share/NuGet,/tmp/NuGetScratch*}/**"},
    Row{"compiler", "~/.{ccache,cache/ccache,cache/sccache,cache/bazel,cache/bazelisk}/**"},
    Row{"compiler", "/**/bazel-{out,bin}/**"},
    Row{"luarocks", "~/.cache/luarocks/**"},
    Row{"cpan", "~/{.cpan/{build,sources}/**,.cpanm/{work,sources}/**,.cpanm/build.log}"},
    Row{"", "~/.cache/R/renv/**"},
    Row{"r", "{/tmp/Rtmp*,/tmp/downloaded_packages,~/.cache/R}/**"},
    Row{"julia", "~/.julia/{registries,clones,logs,scratchspaces}/**"},
    Row{"other", "/var/{cache/xbps,opkg-lists,cache/distfiles,db/repos}/**"},
    Row{"other", "~/.{hex/packages,cache/rebar3,cabal/packages,stack/pantry,ghcup/cache}/**"},
    Row{"other", "~/.{opam/download-cache,conan/data/**/build,conan2/p/b,pub-cache}/**"},
    Row{"other", "~/.{cache/Homebrew,nvm/.cache,pyenv/sources,pyenv/cache}/**"},
    Row{"other", "~/.{sdkman/archives,sdkman/tmp,cache/helm,cache/pre-commit}/**"},
    Row{"other", "{~/.terraform.d/plugin-cache,/**/vcpkg/{buildtrees,downloads}}/**"},
    Row{"", "~/.cache/{ms-playwright,puppeteer,Cypress,node/corepack,deno,huggingface}/**"},
    Row{"", "~/.cache/{torch,selenium,rod,fontconfig,pypoetry/virtualenvs}/**"},
    Row{"xdg-generic", "~/.cache/*/**"},
};

/// Of "HOME=/srv/app" the value, when it is an absolute path that no glob character stands in.
std::string pathOf(const ImageConfig &config, std::string_view name)
{
    for (const std::string &variable : config.env) {
        if (variable.starts_with(name) && variable.substr(name.size(), 2) == "=/"
            && variable.find_first_of("*?[\\{}") == std::string::npos) {
            std::string path = variable.substr(name.size() + 1);
            while (path.ends_with('/')) {
                path.pop_back();
            }
            return path;
        }
    }
    return {};
}

} // namespace

CacheKinds::CacheKinds(const ImageConfig &config)
    : m_homes{"/root", "/home/*"}
    , m_cacheHome(pathOf(config, "XDG_CACHE_HOME"))
{
    if (std::string home = pathOf(config, "HOME"); !home.empty()) {
        m_homes.push_back(std::move(home));
    }
    for (const Row &row : kRows) {
        for (const std::string &glob : expandBraces(row.glob)) {
            add(row.kind, glob);
        }
    }
}

void CacheKinds::add(std::string_view kind, std::string_view glob)
{
    if (!glob.starts_with('~')) {
        m_patterns.push_back({kind, std::string(glob)});
        return;
    }
    const std::string_view rest = glob.substr(1);
    for (const std::string &home : m_homes) {
        m_patterns.push_back({kind, home + std::string(rest)});
    }
    constexpr std::string_view kCache = "/.cache/";
    if (!m_cacheHome.empty() && rest.starts_with(kCache)) {
        m_patterns.push_back({kind, m_cacheHome + std::string(rest.substr(kCache.size() - 1))});
    }
}

std::string_view CacheKinds::of(std::string_view path) const
{
    const auto found = std::ranges::find_if(m_patterns, [&](const Pattern &pattern) {
        return globMatches(pattern.glob, path, GlobText::Path);
    });
    return found == m_patterns.end() ? std::string_view{} : found->kind;
}

} // namespace cutaway
