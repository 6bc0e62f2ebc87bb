// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/filecontents.h"
#include "core/image/image.h"
#include "core/image/shellscript.h"
#include "core/image/shellvariables.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a shell does before, or instead of, the application: the text of a shell form, the script
/// that the entrypoint names, and the scripts that those read in or give way to.
namespace cutaway {

/// The first line of a script, taken apart.
struct Shebang
{
    std::string program;            ///< "/bin/sh"; behind env the one that it looks for: "bash"
    std::vector<std::string> words; ///< all of the line
    bool hasCarriageReturn = false; ///< the line ends as in Windows, and nothing can start it

    /// Whether it is a shell that runs the script, directly or behind an init.
    bool isShell() const;
};
/// Nothing where the bytes do not begin with "#!".
[[nodiscard]] std::optional<Shebang> parseShebang(std::string_view bytes);

struct EntryScript
{
    enum class Role : std::uint8_t {
        Text,    ///< of a shell form
        Entry,   ///< the file that the container starts
        Sourced, ///< `. file`
        Started, ///< `exec file`, or the command that an entry script ends in
    };
    Role role = Role::Entry;
    std::string path; ///< raw bytes, links followed; empty for a text
    EntryId entry = kNone;
    std::size_t depth = 0;
    std::string text;
    ShellScript script;
    ShellVariables variables;
};

struct EntryScripts
{
    std::vector<EntryScript> scripts; ///< the first one is what the container starts with
    bool isComplete = true;           ///< no script is missing whose name could be told

    bool isEmpty() const { return scripts.empty(); }
    /// Whether any of them gives the variable a value, whatever it was before.
    bool assigns(std::string_view name) const;
};

/// Reads and parses them: at most limits::kEntryScripts, down to limits::kEntryScriptDepth. With no
/// contents there is but the text of a shell form. `argv` are entrypoint and command, `application`
/// is where the program stands among them.
[[nodiscard]] EntryScripts readEntryScripts(const Image &image,
                                            const std::vector<std::string> &argv,
                                            std::size_t application,
                                            const FileContents *contents);

} // namespace cutaway
