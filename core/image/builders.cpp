// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/builders.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <string_view>

namespace cutaway {

namespace {

/// Words with which tools sign the history they write, at its beginning.
struct Signature
{
    std::string HistoryEntry::*field;
    std::string_view beginning;
    std::string_view tool;
};

constexpr std::array<Signature, 33> kSignatures = {{
    {&HistoryEntry::createdBy, "jib", "jib"},
    {&HistoryEntry::author, "Jib", "jib"},
    {&HistoryEntry::createdBy, "ko build ", "ko"},
    {&HistoryEntry::createdBy, "ko publish ", "ko"},
    {&HistoryEntry::author, "github.com/ko-build/ko", "ko"},
    {&HistoryEntry::author, "github.com/google/ko", "ko"},
    {&HistoryEntry::createdBy, "bazel build", "bazel"},
    {&HistoryEntry::author, "Bazel", "bazel"},
    {&HistoryEntry::createdBy, "apko", "apko"},
    {&HistoryEntry::author, "apko", "apko"},
    {&HistoryEntry::comment, "This is an apko", "apko"},
    {&HistoryEntry::comment, "store paths:", "nix"},
    {&HistoryEntry::createdBy, "/nix/store/", "nix"},
    {&HistoryEntry::createdBy, "Buildpacks ", "buildpacks"},
    {&HistoryEntry::createdBy, "Application Layer", "buildpacks"},
    {&HistoryEntry::createdBy, "Application Launcher", "buildpacks"},
    {&HistoryEntry::createdBy, "Application Slice", "buildpacks"},
    {&HistoryEntry::createdBy, "Software Bill-of-Materials", "buildpacks"},
    {&HistoryEntry::createdBy, "Process Types", "buildpacks"},
    {&HistoryEntry::createdBy, "Layer: '", "buildpacks"},
    {&HistoryEntry::comment, "Imported from ", "import"},
    {&HistoryEntry::comment, "debuerreotype", "debuerreotype"},
    {&HistoryEntry::createdBy, "umoci ", "umoci"},
    {&HistoryEntry::createdBy, "crane ", "crane"},
    {&HistoryEntry::author, "github.com/google/go-containerregistry", "crane"},
    {&HistoryEntry::createdBy, "stacker ", "stacker"},
    {&HistoryEntry::createdBy, "KIWI ", "kiwi"},
    {&HistoryEntry::createdBy, "ostree export of ", "ostree"},
    {&HistoryEntry::createdBy, "mkosi", "mkosi"},
    {&HistoryEntry::createdBy, ".NET SDK", "dotnet"},
    {&HistoryEntry::author, ".NET SDK", "dotnet"},
    {&HistoryEntry::createdBy, "Apply image ", "windows"},
    {&HistoryEntry::createdBy, "Install update ", "windows"},
}};

constexpr std::array<std::string_view, 11> kShells = {
    "sh", "bash", "ash", "dash", "zsh", "ksh", "fish", "busybox", "cmd", "powershell", "pwsh"};

/// What `docker commit` records is the command that the container ran: a shell, or a program by its
/// path.
bool isCommitted(const HistoryEntry &entry)
{
    const std::string_view line = entry.createdBy;
    const std::string_view program = line.substr(0, line.find(' '));
    const std::size_t slash = program.find_last_of("/\\");
    std::string_view name = slash == std::string_view::npos ? program : program.substr(slash + 1);
    if (name.ends_with(".exe")) {
        name.remove_suffix(4);
    }
    return program.starts_with('/') || std::ranges::find(kShells, name) != kShells.end();
}

bool isInstruction(const HistoryEntry &entry)
{
    return !entry.createdBy.empty() && !normaliseHistory(entry).keyword.empty();
}

} // namespace

std::string_view history::signature(const HistoryEntry &entry)
{
    for (const Signature &row : kSignatures) {
        if ((entry.*row.field).starts_with(row.beginning)) {
            return row.tool;
        }
    }
    return {};
}

std::string builderWithoutDockerfile(const std::vector<HistoryEntry> &entries)
{
    // The youngest line that says something decides: what is below it may be a base of another
    // make.
    std::string_view editor;
    for (const HistoryEntry &entry : entries | std::views::reverse) {
        const std::string_view tool = history::signature(entry);
        if (!tool.empty() && entry.emptyLayer) {
            // It may have changed the settings of an image that a Dockerfile made.
            editor = editor.empty() ? tool : editor;
            continue;
        }
        if (!tool.empty()) {
            return std::string(editor.empty() ? tool : editor);
        }
        if (isInstruction(entry)) {
            return {};
        }
        if (isCommitted(entry)) {
            return entry.comment.starts_with("FROM ") ? "buildah" : "commit";
        }
    }
    return std::string(editor);
}

} // namespace cutaway
