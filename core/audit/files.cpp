// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/files.h"

#include "core/base/limits.h"
#include "core/image/config.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace cutaway {

namespace {

constexpr std::string_view kEnginePath =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

constexpr std::array kProgramFolders = {
    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"};

/// One name of many that busybox or toybox goes by: a link of either kind.
bool isApplet(const PathTree &tree, EntryId entry)
{
    if (tree.effectiveType(entry) == EntryType::Symlink) {
        const std::string_view target = tree.linkTarget(entry);
        return target.ends_with("busybox") || target.ends_with("toybox");
    }
    const EntryId content = tree.content(entry);
    return std::ranges::any_of(
        std::array{"/bin/busybox", "/usr/bin/busybox", "/bin/toybox"}, [&](const char *path) {
            const NodeId node = tree.find(path);
            const EntryId box = node == kNone ? kNone : tree.finalEntry(node);
            return box != kNone && box != entry && tree.content(box) == content;
        });
}

} // namespace

bool pathExists(const PathTree &tree, std::string_view path)
{
    return resolvePath(tree, path) != kNone;
}

std::optional<FileContent> contentAt(const PathTree &tree,
                                     const FileContents *contents,
                                     std::string_view path)
{
    const NodeId node = contents == nullptr ? kNone : resolvePath(tree, path);
    const EntryId entry = node == kNone ? kNone : tree.finalEntry(node);
    if (entry == kNone || tree.effectiveType(entry) != EntryType::File) {
        return std::nullopt;
    }
    return contents->content(entry);
}

std::vector<std::string> programFolders(const ImageConfig &config)
{
    std::string_view path = kEnginePath;
    for (const std::string &variable : config.env) {
        if (variable.starts_with("PATH=")) {
            path = std::string_view(variable).substr(5);
        }
    }
    std::vector<std::string> folders;
    for (const auto &&part : std::views::split(path, ':')) {
        folders.emplace_back(part.begin(), part.end());
    }
    return folders;
}

NodeId findProgram(const PathTree &tree, const ImageConfig &config, std::string_view name)
{
    if (name.empty()) {
        return kNone;
    }
    if (name.contains('/')) {
        const std::string folder = name.starts_with('/') ? std::string() : config.workingDir + '/';
        return resolvePath(tree, folder + std::string(name));
    }
    for (const std::string &folder : programFolders(config)) {
        const NodeId node = resolvePath(tree, folder + '/' + std::string(name));
        if (node != kNone && tree.effectiveType(tree.finalEntry(node)) == EntryType::File) {
            return node;
        }
    }
    return kNone;
}

EntryId installedProgram(const PathTree &tree, std::string_view name)
{
    for (const char *folder : kProgramFolders) {
        const NodeId node = tree.find(std::string(folder) + '/' + std::string(name));
        const EntryId entry = node == kNone ? kNone : tree.finalEntry(node);
        if (entry == kNone || isApplet(tree, entry)) {
            continue;
        }
        const EntryType type = tree.effectiveType(entry);
        if (type == EntryType::File || type == EntryType::Symlink) {
            return entry;
        }
    }
    return kNone;
}

} // namespace cutaway
