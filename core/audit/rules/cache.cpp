// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/families.h"
#include "core/audit/rules/references.h"
#include "core/base/text.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace cutaway {

namespace {

constexpr std::uint64_t kLeastGeneric = 1024 * 1024; ///< of a cache that no tool is known for

/// Whether the image may want the file after all: then it is said, but not held against it.
bool mayBeMeant(const AuditContext &context, std::string_view kind, std::string_view path)
{
    const std::string_view program = context.facts.program();
    if (kind == "apt-archives") { // official bases delete packages by themselves, indexes stay
        return !path.ends_with(".deb");
    }
    if (kind == "gem-bundler") { // for installs without a network
        return path.contains("/vendor/cache/");
    }
    if (kind == "go") {
        return path.contains("/pkg/dep/");
    }
    if (kind == "npm") {
        return program == "npx" && path.contains("/_npx/");
    }
    if (kind == "nuget"
        || kind == "other") { // `dotnet run` and `dart run` read packages from there
        const auto &argv = context.facts.argv;
        const bool isRun = std::ranges::find(argv, "run") != argv.end();
        return isRun && (kind == "nuget" ? program == "dotnet" : path.contains("/.pub-cache/"));
    }
    return false;
}

/// What one tool's cache holds, a finding for each layer that ships some of it.
std::vector<Finding> cacheFindings(const AuditContext &context, std::string_view kind)
{
    std::map<LayerIndex, std::vector<EntryId>> layers;
    for (const PathMatch &match : context.facts.matches.of(PathGroup::Cache)) {
        if (match.kind == kind) {
            layers[context.image.tree->entry(match.entry).layer].push_back(match.entry);
        }
    }
    const bool isGeneric = kind == "xdg-generic";
    std::vector<Finding> findings;
    for (auto &[layer, entries] : layers) {
        Finding finding = layerFinding(context.image, Severity::Info, layer);
        finding.evidence.push_back(
            {.text = "made by " + layerText(context.image, layer), .layer = layer});
        const std::size_t files = entries.size();
        const bool isMeant = std::ranges::all_of(entries, [&](EntryId entry) {
            const PathTree &tree = *context.image.tree;
            return mayBeMeant(context, kind, tree.path(tree.entry(entry).node));
        });
        addFiles(context.image, std::move(entries), finding);
        const auto severity = sizeSeverity(finding.bytes, context);
        if (!severity || finding.bytes < context.settings.thresholds.cacheMinBytes
            || (isGeneric && finding.bytes < kLeastGeneric)) {
            continue;
        }
        finding.severity =
            isMeant || context.facts.kind == ImageKind::Builder ? Severity::Info : *severity;
        finding.confidence = isGeneric ? Confidence::Likely : Confidence::Certain;
        finding.summary = formatBytes(finding.bytes) + " in "
                          + formatCount(files, "cached file", "cached files") + ", made in layer "
                          + std::to_string(layer) + ".";
        findings.push_back(std::move(finding));
    }
    return findings;
}

/// Programs and models that tools install into ~/.cache: no cache, but in an odd place. Their bytes
/// are not held against the image.
std::vector<Finding> installsInCache(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    std::map<LayerIndex, std::vector<EntryId>> layers;
    for (const PathMatch &match : context.facts.matches.of(PathGroup::CacheInstall)) {
        layers[tree.entry(match.entry).layer].push_back(match.entry);
    }
    std::vector<Finding> findings;
    for (auto &[layer, entries] : layers) {
        Finding finding = layerFinding(context.image, Severity::Info, layer);
        finding.fingerprint += "\ninstalls";
        addFiles(context.image, std::move(entries), finding);
        const std::uint64_t bytes = std::exchange(finding.bytes, 0);
        if (bytes < kLeastGeneric) {
            continue;
        }
        finding.confidence = Confidence::Likely;
        finding.summary =
            formatBytes(bytes)
            + " that run with the application lie in ~/.cache, where people clean up; "
              "give them a folder of their own.";
        findings.push_back(std::move(finding));
    }
    return findings;
}

constexpr const char *kWhy =
    "A cache is of use to the next build, not to a container. In an image everybody downloads and "
    "stores it, for nothing.";

/// What differs from cache to cache.
struct Text
{
    const char *title;
    const char *fix;
    const char *detects;
    const char *guards;
    const char *aliases;
};

constexpr Rule row(const char *id, std::vector<Finding> (*check)(const AuditContext &), Text text)
{
    return {.id = id,
            .title = text.title,
            .severity = Severity::Medium,
            .needs = NeedsTree | NeedsPosix,
            .why = kWhy,
            .fix = text.fix,
            .references = references::kCaches,
            .check = check,
            .detects = text.detects,
            .guards = text.guards,
            .aliases = text.aliases,
            .traits = CountsBytes | LessInBase};
}

constexpr std::array kRules = {
    row("cache/apt-lists",
        [](const AuditContext &context) { return cacheFindings(context, "apt-lists"); },
        {"Package lists of apt",
         "apt-get update && apt-get install … && rm -rf /var/lib/apt/lists/* in one RUN (or "
         "apt-get dist-clean).",
         "Package indexes below /var/lib/apt/lists: 64 KiB or more in one layer that the final "
         "file system shows.",
         "Release files alone, which apt-get dist-clean leaves.",
         "DKL-DI-0005 DL3009"}),
    row("cache/apt-archives",
        [](const AuditContext &context) { return cacheFindings(context, "apt-archives"); },
        {"Downloaded packages of apt",
         "apt-get clean in the same RUN; keep /etc/apt/apt.conf.d/docker-clean.",
         "*.deb below /var/cache/apt/archives, apt's binary caches, *-old of dpkg and debconf: 64 "
         "KiB or more in one layer that the final file system shows.",
         "The lock file; apt's indexes without packages are info.",
         "DKL-DI-0005"}),
    row("cache/apk",
        [](const AuditContext &context) { return cacheFindings(context, "apk"); },
        {"Package cache of apk",
         "apk add --no-cache.",
         "/var/cache/apk, /etc/apk/cache, old package databases: 64 KiB or more in one layer that "
         "the final file system shows.",
         "apk's own database.",
         "DKL-DI-0004 DL3019 DS-0025"}),
    row("cache/dnf-yum",
        [](const AuditContext &context) { return cacheFindings(context, "dnf-yum"); },
        {"Package cache of dnf and yum",
         "dnf clean all && rm -rf /var/cache/dnf in the same RUN (microdnf clean all).",
         "/var/cache/{dnf,yum,libdnf5,tdnf,PackageKit}, /var/lib/dnf/repos: 64 KiB or more in one "
         "layer that the final file system shows.",
         "The package database and dnf's history.",
         "DL3032 DL3040 DS-0015 DS-0019 DS-0027"}),
    row("cache/zypper",
        [](const AuditContext &context) { return cacheFindings(context, "zypper"); },
        {"Package cache of zypper",
         "zypper clean -a in the same RUN.",
         "/var/cache/{zypp,zypper}: 64 KiB or more in one layer that the final file system shows.",
         "Empty directories.",
         "DL3036 DS-0020"}),
    row("cache/pacman",
        [](const AuditContext &context) { return cacheFindings(context, "pacman"); },
        {"Package cache of pacman",
         "pacman -Scc --noconfirm in the same RUN.",
         "/var/cache/pacman/pkg, /var/lib/pacman/sync: 64 KiB or more in one layer that the final "
         "file system shows.",
         "Empty directories.",
         ""}),
    row("cache/pip",
        [](const AuditContext &context) { return cacheFindings(context, "pip"); },
        {"Download cache of pip, uv, pdm, pipx",
         "pip install --no-cache-dir, UV_NO_CACHE=1, or RUN "
         "--mount=type=cache,target=/root/.cache.",
         "~/.cache/{pip,uv,pdm,pipenv}, PIP_CACHE_DIR, UV_CACHE_DIR: 64 KiB or more in one layer "
         "that the final file system shows.",
         "Environments that pipx keeps in ~/.local/share/pipx/venvs.",
         "DL3042"}),
    row("cache/poetry",
        [](const AuditContext &context) { return cacheFindings(context, "poetry"); },
        {"Download cache of Poetry",
         "poetry install --no-cache, or a cache mount.",
         "~/.cache/pypoetry/{cache,artifacts}: 64 KiB or more in one layer that the final file "
         "system shows.",
         "~/.cache/pypoetry/virtualenvs is the environment itself.",
         ""}),
    row("cache/conda",
        [](const AuditContext &context) { return cacheFindings(context, "conda"); },
        {"Package cache of conda",
         "conda clean -afy in the same RUN.",
         "Pkgs below conda's and mamba's folders: 64 KiB or more in one layer that the final file "
         "system shows.",
         "Extracted packages that are hard-linked into an environment.",
         ""}),
    row("cache/npm",
        [](const AuditContext &context) { return cacheFindings(context, "npm"); },
        {"Download cache of npm",
         "npm ci && npm cache clean --force in one RUN, or a cache mount.",
         "~/.npm/{_cacache,_logs,_npx}, npm_config_cache: 64 KiB or more in one layer that the "
         "final file system shows.",
         "Everything else in ~/.npm; what npx runs is info.",
         "DKL-LI-0003"}),
    row("cache/yarn",
        [](const AuditContext &context) { return cacheFindings(context, "yarn"); },
        {"Download cache of Yarn",
         "yarn cache clean in the same RUN.",
         "~/.cache/yarn, /usr/local/share/.cache/yarn, ~/.yarn/berry/cache, YARN_CACHE_FOLDER: 64 "
         "KiB or more in one layer that the final file system shows.",
         "A project's own .yarn/cache, which Plug'n'Play runs from.",
         "DL3060"}),
    row("cache/pnpm",
        [](const AuditContext &context) { return cacheFindings(context, "pnpm"); },
        {"Package store of pnpm or Bun",
         "pnpm store prune, or a cache mount.",
         "~/.local/share/pnpm/store, ~/.pnpm-store, /pnpm/store, ~/.bun/install/cache: 64 KiB or "
         "more in one layer that the final file system shows.",
         "Files that are hard-linked into node_modules.",
         ""}),
    row("cache/composer",
        [](const AuditContext &context) { return cacheFindings(context, "composer"); },
        {"Download cache of Composer",
         "composer install --no-cache, or composer clear-cache in the same RUN.",
         "~/.composer/cache, ~/.cache/composer, COMPOSER_CACHE_DIR: 64 KiB or more in one layer "
         "that the final file system shows.",
         "The vendor directory.",
         ""}),
    row("cache/gem-bundler",
        [](const AuditContext &context) { return cacheFindings(context, "gem-bundler"); },
        {"Gem archives of RubyGems and Bundler",
         "rm -rf \"$(gem env gemdir)/cache\" in the same RUN; rvm cleanup all.",
         "*.gem in the cache folders of Ruby installations and of applications: 64 KiB or more in "
         "one layer that the final file system shows.",
         "vendor/cache of an application, for offline installs, is info.",
         ""}),
    row("cache/go",
        [](const AuditContext &context) { return cacheFindings(context, "go"); },
        {"Module and build cache of Go",
         "Build in an earlier stage and copy the binary.",
         "~/.cache/go-build, pkg/{mod,sumdb,dep} below GOPATH, GOCACHE, GOMODCACHE: 64 KiB or more "
         "in one layer that the final file system shows.",
         "The standard library; pkg/dep is info.",
         ""}),
    row("cache/cargo",
        [](const AuditContext &context) { return cacheFindings(context, "cargo"); },
        {"Registry and build products of Cargo",
         "Build in an earlier stage and copy the binary; cache mount for the registry.",
         "Registry and git below CARGO_HOME, target/{debug,release}/{deps,build,incremental}: 64 "
         "KiB or more in one layer that the final file system shows.",
         "~/.cargo/bin.",
         ""}),
    row("cache/maven",
        [](const AuditContext &context) { return cacheFindings(context, "maven"); },
        {"Repository of Maven, Ivy, Coursier or sbt",
         "Build in an earlier stage and copy the archive that is run.",
         "~/.m2/repository, ~/.ivy2, ~/.cache/coursier, ~/.sbt/boot: 64 KiB or more in one layer "
         "that the final file system shows.",
         "/usr/share/maven.",
         ""}),
    row("cache/gradle",
        [](const AuditContext &context) { return cacheFindings(context, "gradle"); },
        {"Caches of Gradle",
         "Build in an earlier stage and copy the result.",
         "~/.gradle/{caches,daemon,wrapper/dists,native}, GRADLE_USER_HOME: 64 KiB or more in one "
         "layer that the final file system shows.",
         "Gradle's configuration.",
         ""}),
    row("cache/nuget",
        [](const AuditContext &context) { return cacheFindings(context, "nuget"); },
        {"Package folder of NuGet",
         "dotnet publish in an earlier stage; dotnet nuget locals all --clear.",
         "~/.nuget/packages, ~/.local/share/NuGet, NUGET_PACKAGES: 64 KiB or more in one layer "
         "that the final file system shows.",
         "NuGet's configuration.",
         ""}),
    row("cache/compiler",
        [](const AuditContext &context) { return cacheFindings(context, "compiler"); },
        {"Cache of a compiler or build system",
         "Keep it out of the image with a cache mount.",
         "~/.ccache, ~/.cache/{ccache,sccache,bazel,bazelisk}, bazel-out, CCACHE_DIR: 64 KiB or "
         "more in one layer that the final file system shows.",
         "The programs themselves.",
         ""}),
    row("cache/luarocks",
        [](const AuditContext &context) { return cacheFindings(context, "luarocks"); },
        {"Download cache of LuaRocks",
         "Delete ~/.cache/luarocks in the same RUN.",
         "~/.cache/luarocks: 64 KiB or more in one layer that the final file system shows.",
         "Installed rocks.",
         ""}),
    row("cache/cpan",
        [](const AuditContext &context) { return cacheFindings(context, "cpan"); },
        {"Work folders of CPAN",
         "rm -rf ~/.cpanm ~/.cpan in the same RUN.",
         "~/.cpan/{build,sources}, ~/.cpanm/work: 64 KiB or more in one layer that the final file "
         "system shows.",
         "Installed modules.",
         ""}),
    row("cache/r",
        [](const AuditContext &context) { return cacheFindings(context, "r"); },
        {"Downloads and temporary files of R",
         "install2.r … && rm -rf /tmp/downloaded_packages /tmp/Rtmp* in one RUN.",
         "/tmp/Rtmp*, /tmp/downloaded_packages, ~/.cache/R: 64 KiB or more in one layer that the "
         "final file system shows.",
         "renv's cache, which libraries link into.",
         ""}),
    row("cache/julia",
        [](const AuditContext &context) { return cacheFindings(context, "julia"); },
        {"Registries and logs of Julia",
         "rm -rf ~/.julia/registries after Pkg.precompile().",
         "~/.julia/{registries,clones,logs,scratchspaces}: 64 KiB or more in one layer that the "
         "final file system shows.",
         "Packages, compiled code and artifacts: needed when it runs.",
         ""}),
    row("cache/other",
        [](const AuditContext &context) { return cacheFindings(context, "other"); },
        {"Cache of another package manager",
         "Delete it in the RUN that makes it.",
         "Xbps, opkg, portage, hex, cabal, stack, opam, conan, pub, nvm, pyenv, sdkman, helm, "
         "pre-commit, terraform, vcpkg: 64 KiB or more in one layer that the final file system "
         "shows.",
         "The tools themselves.",
         ""}),
    row("cache/xdg-generic",
        [](const AuditContext &context) {
            std::vector<Finding> findings = cacheFindings(context, "xdg-generic");
            std::ranges::move(installsInCache(context), std::back_inserter(findings));
            return findings;
        },
        {"Files in ~/.cache",
         "Delete them in the RUN that makes them, or set the tool's own folder variable.",
         "A megabyte or more of files in any other folder of ~/.cache, in one layer that the final "
         "file system shows.",
         "Programs that tools install there are info: browsers of Playwright and Puppeteer, "
         "models, corepack.",
         "DKL-LI-0003"}),
};

} // namespace

std::span<const Rule> cacheRules()
{
    return kRules;
}

} // namespace cutaway
