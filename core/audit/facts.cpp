// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/facts.h"

#include "core/audit/files.h"
#include "core/base/limits.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 6> kInits = {
    "tini", "tini-static", "dumb-init", "catatonit", "docker-init", "pid1"};
constexpr std::array<std::string_view, 4> kUserSwitches = {"gosu", "su-exec", "setpriv", "env"};
constexpr std::array<std::string_view, 6> kBuilderWords = {
    "sdk", "devel", "builder", "ci", "dev", "debug"};
constexpr std::array<std::string_view, 8> kBuilderPrograms = {
    "mvn", "gradle", "go", "cargo", "gcc", "make", "cmake", "sbt"};
constexpr std::array<std::string_view, 10> kInterpreters = {
    "python", "python3", "node", "irb", "php", "perl", "julia", "R", "jshell", "pypy3"};

template<typename List>
bool contains(const List &list, std::string_view word)
{
    return std::ranges::find(list, word) != list.end();
}

/// "registry/acme/app-dev:1.0" has the words registry, acme, app, dev, 1, 0.
bool hasBuilderWord(std::string_view name)
{
    std::string word;
    for (const char c : std::string(name) + ' ') {
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (isLetter) {
            word += c;
        } else if (contains(kBuilderWords, word)) {
            return true;
        } else {
            word.clear();
        }
    }
    return false;
}

bool isNamedAsBuilder(const Image &image)
{
    if (std::ranges::any_of(image.tags, hasBuilderWord)) {
        return true;
    }
    return std::ranges::any_of(
        std::array{"org.opencontainers.image.title", "org.opencontainers.image.ref.name", "name"},
        [&](const char *key) {
            const auto found = image.config.labels.find(key);
            return found != image.config.labels.end() && hasBuilderWord(found->second);
        });
}

bool isOsBase(const Image &image, const AuditFacts &facts)
{
    const bool isBareShell = facts.argv.size() == 1 && isUnixShell(facts.argv.front());
    const bool isImported = facts.argv.empty() && image.layers.size() == 1;
    const bool isAllBase = knowsBase(image.base) && image.base.layers >= image.layers.size();
    return (isBareShell && (image.layers.size() <= 1 || isAllBase)) || isImported;
}

bool hasAnyShell(const PathTree &tree)
{
    return std::ranges::any_of(
        std::array{"/bin/sh", "/bin/bash", "/bin/busybox", "/usr/bin/bash", "/busybox/sh"},
        [&](const char *path) { return pathExists(tree, path); });
}

bool hasBillOfMaterials(const PathTree &tree)
{
    return std::ranges::any_of(
        std::array{
            "/var/lib/db/sbom", "/sbom", "/layers/sbom", "/root/buildinfo/content_manifests"},
        [&](const char *path) { return pathExists(tree, path); });
}

ImageKind kindOf(const Image &image, const AuditFacts &facts)
{
    if (!image.artifactType.empty()) {
        return ImageKind::Artifact;
    }
    if (image.config.platform.os == "windows") {
        return ImageKind::Windows;
    }
    if (isNamedAsBuilder(image) || contains(kBuilderPrograms, facts.program())) {
        return ImageKind::Builder;
    }
    if (image.tree != nullptr && image.complete && !facts.hasShell) {
        if (pathExists(*image.tree, "/var/lib/dpkg/status.d")) {
            return ImageKind::Distroless;
        }
        if (!pathExists(*image.tree, "/etc/os-release")) {
            return ImageKind::Scratch;
        }
    }
    if (isOsBase(image, facts)) {
        return ImageKind::OsBase;
    }
    return facts.argv.size() == 1 && contains(kInterpreters, facts.program())
               ? ImageKind::Runtime
               : ImageKind::Application;
}

/// Where the program stands in the command, behind inits and what switches users.
std::size_t applicationIn(const std::vector<std::string> &argv)
{
    std::size_t at = 0;
    while (at + 1 < argv.size()) {
        const std::string_view name = baseName(argv[at]);
        const bool isSwitch = contains(kUserSwitches, name);
        if (!isSwitch && !contains(kInits, name)) {
            break;
        }
        std::size_t next = at + 1;
        const auto isOwn = [&](const std::string &word) {
            return word.starts_with('-') || (name == "env" && word.contains('='));
        };
        while (next < argv.size() && isOwn(argv[next])) {
            ++next;
        }
        next += name == "gosu" || name == "su-exec" ? 1 : 0; // the user
        if (next >= argv.size()) {
            break;
        }
        at = next;
    }
    return at;
}

/// How many lines of history are the base image's: those of its layers, and what it says after the
/// last of them up to its CMD.
std::size_t baseSteps(const Image &image)
{
    const std::vector<HistoryEntry> &history = image.config.history;
    if (!image.historyAligned || !knowsBase(image.base) || image.base.layers == 0) {
        return 0;
    }
    std::size_t end = 0;
    for (std::size_t i = 0; i < history.size(); ++i) {
        if (history[i].layer && *history[i].layer < image.base.layers) {
            end = i + 1;
        }
    }
    std::size_t last = end;
    for (std::size_t i = end; i < history.size() && history[i].emptyLayer; ++i) {
        last = normaliseHistory(history[i]).keyword == "CMD" ? i + 1 : last;
    }
    return last;
}

std::vector<BuildFact> stepsOf(const Image &image)
{
    std::vector<BuildFact> steps;
    const std::size_t base = baseSteps(image);
    const bool isKnown = knowsBase(image.base) && image.historyAligned;
    std::string shell;
    for (std::uint32_t i = 0; i < image.config.history.size(); ++i) {
        BuildFact fact;
        fact.index = i;
        fact.entry = &image.config.history[i];
        fact.step = normaliseHistory(*fact.entry);
        fact.origin = !isKnown ? Origin::Unknown : i < base ? Origin::Base : Origin::App;
        if (fact.step.keyword == "SHELL") {
            shell = fact.step.arguments;
        } else if (fact.step.keyword == "FROM") {
            shell.clear();
        } else if (fact.step.keyword == "RUN") {
            fact.script = parseRun(fact.step, shell);
        }
        steps.push_back(std::move(fact));
    }
    return steps;
}

AccountFile readAccounts(const PathTree &tree,
                         const FileContents *contents,
                         const char *path,
                         AccountFile (*parse)(std::string_view, bool))
{
    const std::optional<FileContent> content = contentAt(tree, contents, path);
    return content ? parse(content->bytes, content->isWhole) : AccountFile{};
}

Accounts accountsOf(const PathTree &tree, const FileContents *contents)
{
    return {.users = readAccounts(tree, contents, "/etc/passwd", &parsePasswd),
            .groups = readAccounts(tree, contents, "/etc/group", &parseGroup),
            .shadow = readAccounts(tree, contents, "/etc/shadow", &parseShadow)};
}

/// Where users are at home, as far as it is there and can stand in a pattern.
std::vector<std::string> homesOf(const PathTree &tree, const Accounts &accounts)
{
    std::vector<std::string> homes;
    for (const Account &user : accounts.users.accounts) {
        std::string home = user.home;
        while (home.ends_with('/')) {
            home.pop_back();
        }
        const NodeId node = home.starts_with('/') ? tree.find(home) : kNone;
        const bool isUsable = node != kNone && tree.finalEntry(node) != kNone
                              && tree.node(node).childCount > 0
                              && home.find_first_of("*?{}[]\\") == std::string::npos;
        if (isUsable && !contains(homes, home) && homes.size() < limits::kHomes) {
            homes.push_back(std::move(home));
        }
    }
    return homes;
}

} // namespace

std::string_view imageKindName(ImageKind kind)
{
    switch (kind) {
    case ImageKind::Application: return "application";
    case ImageKind::Runtime: return "language-runtime";
    case ImageKind::OsBase: return "os-base";
    case ImageKind::Builder: return "builder";
    case ImageKind::Distroless: return "distroless";
    case ImageKind::Scratch: return "scratch";
    case ImageKind::Windows: return "windows";
    case ImageKind::Artifact: return "artifact";
    }
    return {};
}

const std::string *AuditFacts::variable(std::string_view name) const
{
    const auto found = env.find(name);
    return found == env.end() ? nullptr : &found->second;
}

std::string_view AuditFacts::program() const
{
    return application < argv.size() ? baseName(argv[application]) : std::string_view();
}

bool knowsBase(const BaseImage &base)
{
    return base.by == BaseImage::By::User || base.layers > 0;
}

Origin originOf(const Image &image, LayerIndex layer)
{
    if (!knowsBase(image.base)) {
        return Origin::Unknown;
    }
    return layer < image.base.layers ? Origin::Base : Origin::App;
}

AuditFacts gatherFacts(const Image &image, const FileContents *contents, const Monitor &monitor)
{
    AuditFacts facts;
    facts.builder = builderWithoutDockerfile(image.config.history);
    facts.steps = stepsOf(image);
    for (const auto &list : {image.config.entrypoint, image.config.cmd}) {
        if (list) {
            std::ranges::copy(*list, std::back_inserter(facts.argv));
        }
    }
    facts.application = applicationIn(facts.argv);
    for (const std::string &variable : image.config.env) {
        const std::size_t equals = std::min(variable.find('='), variable.size());
        facts.env[variable.substr(0, equals)] =
            equals < variable.size() ? variable.substr(equals + 1) : std::string();
    }
    if (image.tree != nullptr && image.tree->nodeCount() > 0 && !monitor.isCancelled()) {
        facts.hasShell = hasAnyShell(*image.tree);
        facts.hasSbom = hasBillOfMaterials(*image.tree);
        facts.accounts = accountsOf(*image.tree, contents);
        facts.homes = homesOf(*image.tree, facts.accounts);
        facts.matches = matchTree(*image.tree, image.config, facts.homes);
    }
    facts.scripts = readEntryScripts(image, facts.argv, facts.application, contents);
    facts.kind = kindOf(image, facts);
    return facts;
}

} // namespace cutaway
