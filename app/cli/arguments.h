// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway::cli {

/// An option that a command understands.
struct Option
{
    std::string_view name;   ///< "--format"
    std::string_view letter; ///< "-f", or empty
    std::string_view value;  ///< name of its value for the help; empty = a switch
    std::string_view help;
    std::string_view words = {}; ///< the values that there are, "path size", for completion
};

/// A command line taken apart.
struct Arguments
{
    std::vector<std::string> words;             ///< what is no option, in order
    std::map<std::string, std::string> options; ///< by name; a switch has an empty value
    std::vector<std::pair<std::string, std::string>> given; ///< those with values, in order

    bool has(std::string_view name) const { return options.contains(std::string(name)); }
    std::optional<std::string> value(std::string_view name) const;
    std::string valueOr(std::string_view name, std::string_view otherwise) const;
    /// All values of an option that may be given more than once.
    std::vector<std::string> values(std::string_view name) const;
};

/// Understands `--name value`, `--name=value`, `-n value`, `-nvalue` and `--`. Names the nearest
/// option when one is not known. "-" is a word.
[[nodiscard]] Result<Arguments> parseArguments(std::span<const std::string> arguments,
                                               const std::vector<Option> &options);

} // namespace cutaway::cli
