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
    Row{"gem-bundler", "/**/vendor/cache/*.gem"},
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

/// Variables that say where a tool keeps its cache, and what of it is cache.
struct VariableRow
{
    std::string_view variable;
    std::string_view kind;
    std::string_view below;
};
constexpr std::array kVariableRows = {
    VariableRow{"PIP_CACHE_DIR", "pip", "/**"},
    VariableRow{"UV_CACHE_DIR", "pip", "/**"},
    VariableRow{"npm_config_cache", "npm", "/{_cacache,_logs,_npx}/**"},
    VariableRow{"NPM_CONFIG_CACHE", "npm", "/{_cacache,_logs,_npx}/**"},
    VariableRow{"YARN_CACHE_FOLDER", "yarn", "/**"},
    VariableRow{"GOCACHE", "go", "/**"},
    VariableRow{"GOMODCACHE", "go", "/**"},
    VariableRow{"GOPATH", "go", "/pkg/{mod,sumdb,dep}/**"},
    VariableRow{"CARGO_HOME", "cargo", "/{registry/{cache,src,index},git/{db,checkouts}}/**"},
    VariableRow{"GRADLE_USER_HOME", "gradle", "/{caches,daemon,wrapper/dists,native}/**"},
    VariableRow{"NUGET_PACKAGES", "nuget", "/**"},
    VariableRow{"COMPOSER_CACHE_DIR", "composer", "/**"},
    VariableRow{"CCACHE_DIR", "compiler", "/**"},
};

} // namespace

std::vector<PathRow> cacheRows(const ImageConfig &config, std::span<const std::string> ofUsers)
{
    std::vector<PathRow> rows;
    const Homes homes(config, ofUsers);
    for (const VariableRow &row : kVariableRows) {
        if (const std::string path = absolutePathIn(config, row.variable); path.size() > 1) {
            homes.add(row.kind, path + std::string(row.below), rows);
        }
    }
    for (const Row &row : kRows) {
        homes.add(row.kind, row.glob, rows);
    }
    return rows;
}

CacheKinds::CacheKinds(const ImageConfig &config, std::span<const std::string> homes)
    : m_rows(cacheRows(config, homes))
{}

std::string_view CacheKinds::of(std::string_view path) const
{
    const auto found = std::ranges::find_if(
        m_rows, [&](const PathRow &row) { return globMatches(row.glob, path, GlobText::Path); });
    return found == m_rows.end() ? std::string_view{} : found->kind;
}

} // namespace cutaway
