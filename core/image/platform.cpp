// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/platform.h"

#include "core/base/ascii.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <sys/utsname.h>
#include <vector>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 14> kSystems = {"aix",
                                                       "android",
                                                       "darwin",
                                                       "dragonfly",
                                                       "freebsd",
                                                       "illumos",
                                                       "ios",
                                                       "js",
                                                       "linux",
                                                       "netbsd",
                                                       "openbsd",
                                                       "plan9",
                                                       "solaris",
                                                       "windows"};

constexpr std::array<std::string_view, 16> kArchitectures = {"386",
                                                             "amd64",
                                                             "arm",
                                                             "arm64",
                                                             "loong64",
                                                             "mips",
                                                             "mips64",
                                                             "mips64le",
                                                             "mipsle",
                                                             "ppc64",
                                                             "ppc64le",
                                                             "riscv",
                                                             "riscv64",
                                                             "s390x",
                                                             "sparc64",
                                                             "wasm"};

bool isWord(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '_' || c == '-' || c == '.';
    });
}

std::string armVariant(const std::string &variant)
{
    const bool isBare = variant.size() == 1 && variant >= "5" && variant <= "8";
    return isBare ? "v" + variant : variant;
}

/// The words of Go, which registries and engines use, for what `uname` and people say.
Platform normalised(const Platform &platform)
{
    Platform result = platform;
    result.os = lowered(platform.os);
    result.architecture = lowered(platform.architecture);
    result.variant = lowered(platform.variant);
    if (result.os == "macos") {
        result.os = "darwin";
    }
    std::string &architecture = result.architecture;
    std::string &variant = result.variant;
    const bool isOldIntel =
        architecture.size() == 4 && architecture[0] == 'i' && architecture.ends_with("86");
    if (isOldIntel) {
        architecture = "386";
        variant.clear();
    } else if (architecture == "x86_64" || architecture == "x86-64" || architecture == "amd64") {
        architecture = "amd64";
        if (variant == "v1") {
            variant.clear();
        }
    } else if (architecture == "aarch64" || architecture == "arm64") {
        architecture = "arm64";
        if (variant == "8" || variant == "v8" || variant == "v8.0") {
            variant.clear();
        }
    } else if (architecture == "armhf") {
        architecture = "arm";
        variant = "v7";
    } else if (architecture == "armel") {
        architecture = "arm";
        variant = "v6";
    } else if (architecture == "arm") {
        variant = armVariant(variant);
    } else if (architecture == "loongarch64") {
        architecture = "loong64";
    }
    return result;
}

/// The variant to compare by: an arm image that does not say is a v7 one.
std::string comparableVariant(const Platform &platform)
{
    return platform.architecture == "arm" && platform.variant.empty() ? "v7" : platform.variant;
}

std::unexpected<Error> refuse(std::string_view text)
{
    return fail(ErrorCode::InvalidInput,
                "“" + displayText(text)
                    + "” is no platform; write it as os/architecture, as in linux/arm64");
}

/// "windows(10.0.17763)": the version of the system in parentheses, as containerd writes it.
bool takeOsVersion(std::string &os, std::string &version)
{
    const std::size_t open = os.find('(');
    if (open == std::string::npos) {
        return true;
    }
    if (!os.ends_with(')')) {
        return false;
    }
    version = os.substr(open + 1, os.size() - open - 2);
    os.resize(open);
    return isWord(version);
}

/// One word alone is a system or an architecture of this machine's.
Result<Platform> ofOneWord(std::string_view text, const Platform &asNamed)
{
    const Platform host = Platform::host();
    Platform asSystem = normalised(asNamed);
    if (std::ranges::find(kSystems, asSystem.os) != kSystems.end()) {
        asSystem.architecture = host.architecture;
        return asSystem;
    }
    Platform asMachine;
    asMachine.os = host.os;
    asMachine.architecture = asNamed.os;
    asMachine = normalised(asMachine);
    if (!asNamed.osVersion.empty()
        || std::ranges::find(kArchitectures, asMachine.architecture) == kArchitectures.end()) {
        return refuse(text);
    }
    return asMachine;
}

} // namespace

std::string Platform::text() const
{
    std::string result;
    for (const std::string *part : {&os, &architecture, &variant}) {
        if (!part->empty()) {
            result += (result.empty() ? "" : "/") + *part;
        }
    }
    return result;
}

Result<Platform> Platform::parse(std::string_view text)
{
    std::vector<std::string> parts;
    for (const auto part : std::views::split(text, '/')) {
        parts.emplace_back(std::string_view(part));
    }
    if (parts.empty() || parts.size() > 3) {
        return refuse(text);
    }
    Platform platform;
    platform.os = parts[0];
    if (!takeOsVersion(platform.os, platform.osVersion) || !isWord(platform.os)
        || !std::ranges::all_of(parts | std::views::drop(1), isWord)) {
        return refuse(text);
    }
    if (parts.size() == 1) {
        return ofOneWord(text, platform);
    }
    platform.architecture = parts[1];
    if (parts.size() == 3) {
        platform.variant = parts[2];
    }
    return normalised(platform);
}

Platform Platform::ofJson(const Json &object)
{
    Platform platform;
    platform.os = object.anyCase("os").toString();
    platform.architecture = object.anyCase("architecture").toString();
    platform.variant = object.anyCase("variant").toString();
    platform.osVersion = object.anyCase("os.version").toString();
    return platform;
}

Platform Platform::host()
{
    utsname names = {};
    Platform platform;
    if (uname(&names) != 0) {
        return platform;
    }
    platform.os = static_cast<const char *>(names.sysname);
    std::string machine = static_cast<const char *>(names.machine);
    if (machine.starts_with("armv")) {
        platform.variant = "v" + machine.substr(4, 1);
        machine = "arm";
    }
    platform.architecture = machine;
    return normalised(platform);
}

bool Platform::answers(const Platform &wish) const
{
    const Platform mine = normalised(*this);
    const Platform wanted = normalised(wish);
    if ((!wanted.os.empty() && mine.os != wanted.os)
        || (!wanted.architecture.empty() && mine.architecture != wanted.architecture)) {
        return false;
    }
    // An empty variant is a wish only where the wish named v8 of arm64 or v1 of amd64, which are
    // what those architectures are without one.
    const bool wantsVariant = !wish.variant.empty();
    if (wantsVariant && comparableVariant(mine) != comparableVariant(wanted)) {
        return false;
    }
    return wanted.osVersion.empty() || mine.osVersion == wanted.osVersion
           || mine.osVersion.starts_with(wanted.osVersion + ".");
}

} // namespace cutaway
