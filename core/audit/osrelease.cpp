// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/osrelease.h"

#include "core/audit/files.h"
#include "core/audit/rule.h"
#include "core/base/ascii.h"
#include "core/base/words.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace cutaway {

namespace {

constexpr std::size_t kLongestValue = 256;

/// The value of an assignment in the shell's manner: quotes off, backslashes resolved.
std::string unquoted(std::string_view value)
{
    std::string text(trimmed(value));
    const bool isQuoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'')
                          && text.back() == text.front();
    text = isQuoted ? text.substr(1, text.size() - 2) : text;
    std::erase(text, '\\');
    return text.substr(0, kLongestValue);
}

/// What older files call a distribution, and its id.
struct NameRow
{
    std::string_view name;
    std::string_view id;
};
constexpr std::array kNames = {
    NameRow{"CentOS Stream", "centos-stream"},
    NameRow{"CentOS", "centos"},
    NameRow{"Red Hat Enterprise Linux", "rhel"},
    NameRow{"Rocky Linux", "rocky"},
    NameRow{"AlmaLinux", "almalinux"},
    NameRow{"Fedora", "fedora"},
    NameRow{"Oracle Linux", "ol"},
    NameRow{"Amazon Linux", "amzn"},
    NameRow{"Scientific Linux", "scientific"},
};

std::optional<OsRelease> fromPlainVersion(std::string_view text, const char *id, const char *name)
{
    const std::string version(trimmed(text.substr(0, text.find('\n'))));
    const bool isVersion = !version.empty() && version.front() >= '0' && version.front() <= '9';
    if (!isVersion) {
        return std::nullopt; // "bookworm/sid"
    }
    return OsRelease{id, version.substr(0, kLongestValue), name, {}};
}

} // namespace

std::optional<OsRelease> parseOsRelease(std::string_view text)
{
    OsRelease release;
    for (const auto &&part : std::views::split(text, '\n')) {
        const std::string line(trimmed(std::string_view(part.begin(), part.end())));
        const std::size_t equals = line.find('=');
        if (equals == std::string::npos || line.starts_with('#')) {
            continue;
        }
        const std::string_view key = std::string_view(line).substr(0, equals);
        std::string value = unquoted(std::string_view(line).substr(equals + 1));
        if (key == "ID") {
            release.id = lowered(std::move(value));
        } else if (key == "VERSION_ID") {
            release.version = std::move(value);
        } else if (key == "NAME") {
            release.name = std::move(value);
        }
    }
    if (release.id.empty() && release.name.empty()) {
        return std::nullopt;
    }
    if (release.id == "centos" && release.name.contains("Stream")) {
        release.id = "centos-stream";
    }
    return release;
}

std::optional<OsRelease> parseReleaseLine(std::string_view line)
{
    line = line.substr(0, std::min(line.find('\n'), kLongestValue));
    const auto *const row = std::ranges::find_if(
        kNames, [&](const NameRow &known) { return line.starts_with(known.name); });
    const std::size_t digit = line.find_first_of("0123456789");
    if (row == kNames.end() || digit == std::string_view::npos) {
        return std::nullopt;
    }
    const std::size_t end = std::min(line.find_first_not_of("0123456789.", digit), line.size());
    return OsRelease{std::string(row->id),
                     std::string(line.substr(digit, end - digit)),
                     std::string(row->name),
                     {}};
}

std::optional<OsRelease> osReleaseOf(const PathTree &tree, const FileContents *contents)
{
    struct File
    {
        const char *path = "";
        std::optional<OsRelease> (*parse)(std::string_view);
    };
    static constexpr std::array kFiles = {
        File{"/etc/os-release", &parseOsRelease},
        File{"/usr/lib/os-release", &parseOsRelease},
        File{"/etc/centos-release", &parseReleaseLine},
        File{"/etc/redhat-release", &parseReleaseLine},
        File{"/etc/system-release", &parseReleaseLine},
        File{
            "/etc/alpine-release",
            [](std::string_view text) { return fromPlainVersion(text, "alpine", "Alpine Linux"); }},
        File{"/etc/debian_version",
             [](std::string_view text) {
                 return fromPlainVersion(text, "debian", "Debian GNU/Linux");
             }},
    };
    for (const File &file : kFiles) {
        const std::optional<FileContent> content = contentAt(tree, contents, file.path);
        std::optional<OsRelease> release = content ? file.parse(content->bytes) : std::nullopt;
        if (release) {
            release->file = file.path;
            return release;
        }
    }
    return std::nullopt;
}

std::optional<OsRelease> osReleaseOf(const AuditContext &context)
{
    return osReleaseOf(*context.image.tree, context.contents);
}

} // namespace cutaway
