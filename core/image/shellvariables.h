// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// One way in which a script reads a variable; of uses that are alike the first.
struct VariableUse
{
    enum class Kind : std::uint8_t {
        Plain,       ///< `$X`, `${X}`, `${X%.*}`: empty where it is not set
        Default,     ///< `${X:-d}`, `${X-d}`
        Assign,      ///< `${X:=d}`, `${X=d}`
        Required,    ///< `${X:?}`, `${X?}`: the script ends where it is not set
        Alternative, ///< `${X:+d}`, `${X+d}`
    };
    std::string name;
    Kind kind = Kind::Plain;
    std::string fallback; ///< what stands behind the operator, as written
    std::uint32_t line = 0;
    bool isOwn = false; ///< the script had given it a value before

    bool operator==(const VariableUse &) const = default;
};

/// What a script does with variables.
struct ShellVariables
{
    std::vector<VariableUse> uses;     ///< in the order of the text; names only, no `$1`, `$@`
    std::vector<std::string> assigned; ///< `X=`, `export X=`, `read X`, `for X`, sorted
    bool usesArguments = false;        ///< `$@`, `$*`, `$1` … or `shift`
    bool isTruncated = false;

    bool assigns(std::string_view name) const;
};

/// Looks for variables in shell text: single quotes, comments and here-documents with a quoted word
/// are passed over. Nothing is expanded. Bounded by limits::kShellBytes and kShellVariables.
[[nodiscard]] ShellVariables shellVariables(std::string_view text);

} // namespace cutaway
