// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/addignore.h"

#include "core/audit/policy/policyreader.h"
#include "core/base/ownedfd.h"
#include "core/base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cutaway {
namespace {

/// In double quotes, as YAML and JSON have them.
std::string quotedScalar(std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            quoted += "\\u00";
            quoted += kHex[byte >> 4];
            quoted += kHex[byte & 15U];
        } else {
            quoted += c == '"' || c == '\\' ? "\\" : "";
            quoted += c;
        }
    }
    return quoted + '"';
}

std::string entryText(const NewIgnore &entry, const std::string &indent)
{
    std::string text = indent + "- rule: " + quotedScalar(entry.rule) + '\n';
    const auto add = [&](std::string_view key, const std::string &value) {
        if (!value.empty()) {
            text += indent + "  " + std::string(key) + ": " + quotedScalar(value) + '\n';
        }
    };
    if (!entry.paths.empty()) {
        text += indent + "  paths:\n";
        for (const std::string &path : entry.paths) {
            text += indent + "    - " + quotedScalar(path) + '\n';
        }
    }
    add("until", entry.until);
    add("reason", entry.reason);
    add("owner", entry.owner);
    return text;
}

/// Where the line after the given one begins; lines count from 1.
std::size_t behindLine(std::string_view text, std::size_t line)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < line && at < text.size(); ++i) {
        const std::size_t end = text.find('\n', at);
        at = end == std::string_view::npos ? text.size() : end + 1;
    }
    return at;
}

/// How far the list below `ignore:` is indented: as its first dash is.
std::string indentAt(std::string_view text, std::size_t at)
{
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        const std::size_t first = line.find_first_not_of(' ');
        if (first != std::string_view::npos && line[first] == '-') {
            return std::string(first, ' ');
        }
        at = end + 1;
    }
    return "  ";
}

IgnorePlace placeIn(std::string_view text, const Yaml &root)
{
    const auto key = std::ranges::find_if(
        root.members(), [](const Yaml::Member &member) { return member.first.text() == "ignore"; });
    if (key == root.members().end()) {
        const bool isCut = !text.empty() && !text.ends_with('\n');
        return {text.size(),
                std::string(isCut ? "\n" : "") + (root.isNull() ? "version: 1\n" : "")
                    + "ignore:\n",
                "  "};
    }
    const std::size_t at = behindLine(text, key->first.line());
    const bool isCut = at == text.size() && !text.ends_with('\n');
    return {at, isCut ? "\n" : "", indentAt(text, at)};
}

std::unexpected<Error> failWith(const std::string &file, int error)
{
    return fail(ErrorCode::Io, displayText(file) + ": " + std::strerror(error));
}

Result<> writeAll(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            return fail(ErrorCode::Io, std::strerror(errno));
        }
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0 ? Result<>() : fail(ErrorCode::Io, std::strerror(errno));
}

/// The text under another name first, then under its own.
Result<> replaceFile(const std::string &file, std::string_view text, mode_t mode)
{
    std::string temporary = file + ".XXXXXX";
    const OwnedFd descriptor(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!descriptor.isOpen()) {
        return failWith(file, errno);
    }
    Result<> written = writeAll(descriptor.get(), text);
    if (written
        && (::fchmod(descriptor.get(), mode) != 0
            || ::rename(temporary.c_str(), file.c_str()) != 0)) {
        written = fail(ErrorCode::Io, std::strerror(errno));
    }
    if (!written) {
        ::unlink(temporary.c_str());
        return failIn(displayText(file), written.error());
    }
    return {};
}

struct Existing
{
    std::string text;
    Yaml root;
    mode_t mode = 0;
};

/// The policy as it is; empty where there is none.
Result<Existing> readExisting(const std::string &file)
{
    constexpr mode_t kNewMode = 0644;
    constexpr mode_t kModeBits = 0777;
    struct stat status = {};
    const bool isThere = ::lstat(file.c_str(), &status) == 0;
    if (!isThere && errno != ENOENT) {
        return failWith(file, errno);
    }
    if (isThere && !S_ISREG(status.st_mode)) {
        return fail(ErrorCode::InvalidInput,
                    displayText(file) + ": this is no regular file, and is not written to");
    }
    Result<std::string> text = isThere ? readSmallFile(file) : Result<std::string>("");
    if (!text) {
        return std::unexpected(text.error());
    }
    Result<Yaml> root = parseYaml(*text, file);
    if (!root) {
        return std::unexpected(root.error());
    }
    return Existing{
        std::move(*text), std::move(*root), isThere ? status.st_mode & kModeBits : kNewMode};
}

} // namespace

Result<IgnorePlace> placeForIgnore(const std::string &file)
{
    const Result<Existing> before = readExisting(file);
    if (!before) {
        return std::unexpected(before.error());
    }
    Policy policy;
    if (const Result<> read = readPolicy(before->root, file, policy); !read) {
        return std::unexpected(read.error());
    }
    return placeIn(before->text, before->root);
}

std::string ignoreText(const IgnorePlace &place, const NewIgnore &entry)
{
    return place.heading + entryText(entry, place.indent);
}

Result<> addIgnore(const std::string &file, const NewIgnore &entry)
{
    const Result<Existing> before = readExisting(file);
    if (!before) {
        return std::unexpected(before.error());
    }
    const IgnorePlace place = placeIn(before->text, before->root);
    std::string changed = before->text;
    changed.insert(place.at, ignoreText(place, entry));
    const Result<Yaml> after = parseYaml(changed, file);
    Policy policy;
    const Result<> read = after ? readPolicy(*after, file, policy) : std::unexpected(after.error());
    const std::size_t wanted = before->root["ignore"].elements().size() + 1;
    if (!after || (*after)["ignore"].elements().size() != wanted
        || after->members().size() < before->root.members().size()) {
        return fail(ErrorCode::Unsupported,
                    displayText(file)
                        + ": the way in which this is written has no place for another line; "
                          "write 'ignore:' and its entries below each other");
    }
    return read ? replaceFile(file, changed, before->mode) : read;
}

std::string patternOf(std::string_view path)
{
    std::string pattern;
    for (const char c : path) {
        pattern += std::string_view("*?[]\\").contains(c) ? "\\" : "";
        pattern += c;
    }
    return pattern;
}

} // namespace cutaway
