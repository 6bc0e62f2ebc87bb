// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/commands.h"

#include <cstdint>
#include <string>
#include <vector>

/// Scripts that let shells complete command lines, all from the command table: none can forget an
/// option.
namespace cutaway::cli {

using WordList = std::vector<std::string>;

/// What may follow an option.
struct Completed
{
    enum class Kind : std::uint8_t {
        Switch,     ///< nothing
        Words,      ///< one of them; anything when there are none
        Beginnings, ///< one of them and something more
        File,
        Directory,
    };
    Kind kind = Kind::Switch;
    WordList words;
};
[[nodiscard]] Completed completedBy(const Option &option, const Command &command);
/// What may follow the command, where that is no file: rules, shells.
[[nodiscard]] WordList wordsAfter(const Command &command);

[[nodiscard]] std::string bashCompletion();
[[nodiscard]] std::string fishCompletion();
[[nodiscard]] std::string zshCompletion();

} // namespace cutaway::cli
