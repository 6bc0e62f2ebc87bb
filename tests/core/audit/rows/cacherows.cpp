// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"cache/apt-lists",
            "its files",
            "layer x\n"
            "file var/lib/apt/lists/deb_Packages.lz4 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/apt-lists",
            "files beside it",
            "layer x\n"
            "file var/lib/apt/lists/deb_InRelease 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/apt-archives",
            "its files",
            "layer x\n"
            "file var/cache/apt/archives/a.deb 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/apt-archives",
            "files beside it",
            "layer x\n"
            "file var/cache/apt/archives/lock 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/apk",
            "its files",
            "layer x\n"
            "file var/cache/apk/APKINDEX.tar.gz 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/apk",
            "files beside it",
            "layer x\n"
            "file lib/apk/db/installed 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/dnf-yum",
            "its files",
            "layer x\n"
            "file var/cache/dnf/x.solv 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/dnf-yum",
            "files beside it",
            "layer x\n"
            "file var/lib/rpm/Packages 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/zypper",
            "its files",
            "layer x\n"
            "file var/cache/zypp/raw/x 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/zypper",
            "files beside it",
            "layer x\n"
            "file var/lib/zypp/x 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/pacman",
            "its files",
            "layer x\n"
            "file var/cache/pacman/pkg/a.pkg.tar.zst 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/pacman",
            "files beside it",
            "layer x\n"
            "file var/lib/pacman/local/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/pip",
            "its files",
            "layer x\n"
            "file root/.cache/pip/http-v2/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/pip",
            "files beside it",
            "layer x\n"
            "file root/.local/share/pipx/venvs/x/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/poetry",
            "its files",
            "layer x\n"
            "file home/app/.cache/pypoetry/cache/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/poetry",
            "files beside it",
            "layer x\n"
            "file root/.cache/pypoetry/virtualenvs/x/bin/python 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/conda",
            "its files",
            "layer x\n"
            "file opt/conda/pkgs/a.conda 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/conda",
            "files beside it",
            "layer x\n"
            "file opt/conda/envs/x/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/npm",
            "its files",
            "layer x\n"
            "file root/.npm/_cacache/content-v2/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/npm",
            "files beside it",
            "layer x\n"
            "file root/.npm/x 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/yarn",
            "its files",
            "layer x\n"
            "file usr/local/share/.cache/yarn/v6/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/yarn",
            "files beside it",
            "layer x\n"
            "file app/.yarn/cache/a.zip 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/pnpm",
            "its files",
            "layer x\n"
            "file root/.local/share/pnpm/store/v3/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/pnpm",
            "files beside it",
            "layer x\n"
            "file root/.local/share/pnpm/global/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/composer",
            "its files",
            "layer x\n"
            "file root/.composer/cache/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/composer",
            "files beside it",
            "layer x\n"
            "file app/vendor/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/gem-bundler",
            "its files",
            "layer x\n"
            "file usr/local/bundle/cache/a.gem 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/gem-bundler",
            "files beside it",
            "layer x\n"
            "file usr/local/bundle/gems/a/a.rb 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/go",
            "its files",
            "layer x\n"
            "file go/pkg/mod/cache/download/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/go",
            "files beside it",
            "layer x\n"
            "file usr/local/go/pkg/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/cargo",
            "its files",
            "layer x\n"
            "file usr/local/cargo/registry/cache/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/cargo",
            "files beside it",
            "layer x\n"
            "file usr/local/cargo/bin/rg 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/maven",
            "its files",
            "layer x\n"
            "file root/.m2/repository/a.jar 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/maven",
            "files beside it",
            "layer x\n"
            "file usr/share/maven/ref/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/gradle",
            "its files",
            "layer x\n"
            "file home/gradle/.gradle/caches/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/gradle",
            "files beside it",
            "layer x\n"
            "file home/gradle/.gradle/gradle.properties 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/nuget",
            "its files",
            "layer x\n"
            "file root/.nuget/packages/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/nuget",
            "files beside it",
            "layer x\n"
            "file root/.nuget/NuGet/NuGet.Config 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/compiler",
            "its files",
            "layer x\n"
            "file root/.cache/ccache/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/compiler",
            "files beside it",
            "layer x\n"
            "file usr/bin/ccache 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/luarocks",
            "its files",
            "layer x\n"
            "file root/.cache/luarocks/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/luarocks",
            "files beside it",
            "layer x\n"
            "file usr/local/lib/luarocks/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/cpan",
            "its files",
            "layer x\n"
            "file root/.cpanm/work/1/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/cpan",
            "files beside it",
            "layer x\n"
            "file usr/local/share/perl/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/r",
            "its files",
            "layer x\n"
            "file tmp/Rtmpx/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/r",
            "files beside it",
            "layer x\n"
            "file root/.cache/R/renv/cache/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/julia",
            "its files",
            "layer x\n"
            "file root/.julia/registries/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/julia",
            "files beside it",
            "layer x\n"
            "file root/.julia/packages/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/other",
            "its files",
            "layer x\n"
            "file root/.nvm/.cache/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/other",
            "files beside it",
            "layer x\n"
            "file root/.nvm/versions/a 100000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/xdg-generic",
            "some other cache",
            "layer x\n"
            "file root/.cache/foo/a 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/xdg-generic",
            "less than a megabyte",
            "layer x\n"
            "file root/.cache/foo/a 200000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/xdg-generic",
            "a program installed there",
            "layer x\n"
            "file root/.cache/ms-playwright/chrome 2000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/apt-lists",
            "too little to say",
            "layer x\n"
            "file var/lib/apt/lists/deb_Packages 60000 x\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/apt-lists",
            "deleted later is another rule",
            "layer x\n"
            "file var/lib/apt/lists/deb_Packages 100000 x\n"
            "file big 900000000 b\n"
            "layer rm\n"
            "file var/lib/apt/.wh.lists 0 w",
            "none"},
    RuleRow{"cache/apt-lists",
            "text alone is nothing",
            "debian\n"
            "layer RUN /bin/sh -c captured apt-getter # buildkit\n"
            "file a 1 x",
            "none"},
    RuleRow{"cache/apt-lists",
            "large",
            "layer x\n"
            "file var/lib/apt/lists/deb_Packages 60000000 x\n"
            "file big 900000000 b",
            "medium"},
    RuleRow{"cache/apt-lists",
            "large, in the base",
            "base 1\n"
            "layer x\n"
            "file var/lib/apt/lists/deb_Packages 60000000 x\n"
            "file big 900000000 b",
            "low"},
    RuleRow{"cache/pnpm",
            "shared with an installation by a hard link",
            "layer x\n"
            "file root/.local/share/pnpm/store/v3/a 100000 x\n"
            "hardlink app/node_modules/a -> root/.local/share/pnpm/store/v3/a\n"
            "file big 900000000 b",
            "none"},
    RuleRow{"cache/pip",
            "where a variable says",
            "env PIP_CACHE_DIR=/opt/pips\n"
            "layer x\n"
            "file opt/pips/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/maven",
            "in an image for building",
            "entrypoint mvn\n"
            "layer x\n"
            "file root/.m2/repository/a.jar 90000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/gem-bundler",
            "for installs without a network",
            "layer x\n"
            "file app/vendor/cache/a.gem 90000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/apt-archives",
            "indexes alone",
            "layer x\n"
            "file var/cache/apt/pkgcache.bin 90000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/apt-archives",
            "packages too",
            "layer x\n"
            "file var/cache/apt/pkgcache.bin 90000000 x\n"
            "file var/cache/apt/archives/a.deb 100 y\n"
            "file big 900000000 b",
            "medium"},
    RuleRow{"cache/npm",
            "run by npx",
            "cmd [\"npx\", \"x\"]\n"
            "layer x\n"
            "file root/.npm/_npx/1/a 90000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/nuget",
            "run from the sources",
            "cmd [\"dotnet\", \"run\"]\n"
            "layer x\n"
            "file root/.nuget/packages/a 90000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/go",
            "of the tool dep",
            "layer x\n"
            "file go/pkg/dep/sources/a 90000000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/pip",
            "of a user whose home is elsewhere",
            "layer x\n"
            "text etc/passwd app:x:1000:1000::/srv/app:/bin/sh\\n\n"
            "file srv/app/.cache/pip/a 100000 x\n"
            "file big 900000000 b",
            "info"},
    RuleRow{"cache/pip",
            "a folder of that name that is nobody's home",
            "layer x\n"
            "text etc/passwd app:x:1000:1000::/home/app:/bin/sh\\n\n"
            "file srv/app/.cache/pip/a 100000 x\n"
            "file big 900000000 b",
            "none"},
};

} // namespace

std::span<const RuleRow> cacheRows()
{
    return kRows;
}

} // namespace cutaway::test
