// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/packagecommands.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

struct Row
{
    std::string_view programs; ///< blank-separated
    std::string_view verbs;    ///< blank-separated
    PackageAct act = PackageAct::None;
};

constexpr std::array kActs = {
    Row{"apt-get apt aptitude", "update", PackageAct::Update},
    Row{"apt-get apt aptitude", "install build-dep satisfy reinstall", PackageAct::Install},
    Row{"apt-get apt aptitude", "upgrade safe-upgrade", PackageAct::Upgrade},
    Row{"apt-get apt aptitude", "dist-upgrade full-upgrade", PackageAct::DistUpgrade},
    Row{"do-release-upgrade", "", PackageAct::DistUpgrade},
    Row{"apk", "update", PackageAct::Update},
    Row{"apk", "add", PackageAct::Install},
    Row{"apk", "upgrade", PackageAct::Upgrade},
    Row{"dnf yum microdnf tdnf dnf5", "makecache check-update", PackageAct::Update},
    Row{"dnf yum microdnf tdnf dnf5",
        "install reinstall groupinstall localinstall",
        PackageAct::Install},
    Row{"dnf yum microdnf tdnf dnf5", "update upgrade", PackageAct::Upgrade},
    Row{"dnf yum microdnf tdnf dnf5", "distro-sync", PackageAct::DistUpgrade},
    Row{"zypper", "refresh ref", PackageAct::Update},
    Row{"zypper", "install in", PackageAct::Install},
    Row{"zypper", "update up patch", PackageAct::Upgrade},
    Row{"zypper", "dup dist-upgrade", PackageAct::DistUpgrade},
};

constexpr std::array kLanguageInstalls = {
    Row{"pip pip3 pipx uv conda mamba micromamba", "install sync add"},
    Row{"npm pnpm", "install ci i add"},
    Row{"yarn composer bundle gem poetry", "install add require"},
    Row{"go", "mod get install"},
    Row{"cargo", "fetch install"},
    Row{"mvn mvnw", "dependency:go-offline dependency:resolve"},
};

constexpr std::array<std::string_view, 9> kValued = {
    "-o", "-t", "-c", "--option", "--root", "-p", "--repository", "-X", "--target-release"};

bool hasWord(std::string_view list, std::string_view word)
{
    for (std::size_t at = list.find(word); at != std::string_view::npos && !word.empty();
         at = list.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) {
            return true;
        }
    }
    return false;
}

} // namespace

std::string_view packageVerb(const ShellCommand &command)
{
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        const std::string &word = command.words[i];
        if (!word.starts_with('-')) {
            return word;
        }
        i += std::ranges::find(kValued, word) == kValued.end() ? 0 : 1;
    }
    return {};
}

PackageAct systemPackageAct(const ShellCommand &command)
{
    const std::string_view verb = packageVerb(command);
    for (const Row &row : kActs) {
        if (!hasWord(row.programs, command.program())
            || !(row.verbs.empty() || hasWord(row.verbs, verb))) {
            continue;
        }
        const bool isYumUpgrade =
            row.act == PackageAct::Upgrade && !command.program().starts_with("a");
        if (isYumUpgrade) { // `yum update openssl` is about named packages
            const auto at = std::ranges::find(command.words, verb);
            const bool namesSome = std::any_of(at + 1, command.words.end(), [](const auto &word) {
                return !word.starts_with('-');
            });
            return namesSome ? PackageAct::Install : row.act;
        }
        return row.act;
    }
    return PackageAct::None;
}

bool installsLanguagePackages(const ShellCommand &command)
{
    const std::string_view verb = packageVerb(command);
    if (command.program().starts_with("python")) {
        return command.has("pip") && command.has("install");
    }
    return std::ranges::any_of(kLanguageInstalls, [&](const Row &row) {
        return hasWord(row.programs, command.program()) && hasWord(row.verbs, verb);
    });
}

} // namespace cutaway
