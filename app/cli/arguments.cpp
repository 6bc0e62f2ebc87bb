// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/arguments.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstddef>

namespace cutaway::cli {
namespace {

const Option *findOption(const std::vector<Option> &options, std::string_view name)
{
    const auto found = std::ranges::find_if(options, [name](const Option &option) {
        return option.name == name || (!option.letter.empty() && option.letter == name);
    });
    return found == options.end() ? nullptr : &*found;
}

std::unexpected<Error> unknownOption(std::string_view name, const std::vector<Option> &options)
{
    std::vector<std::string> names;
    for (const Option &option : options) {
        names.emplace_back(option.name);
    }
    std::string message = "there is no option '" + displayText(name) + "'";
    if (const std::string nearest = nearestWord(name, names); !nearest.empty()) {
        message += "; did you mean '" + nearest + "'?";
    }
    return fail(ErrorCode::InvalidInput, std::move(message));
}

/// An option as it stands on the command line, with the value that is stuck to it.
struct Written
{
    std::string name;
    std::optional<std::string> value;
};

Written takeApart(const std::string &argument)
{
    if (argument.starts_with("--")) {
        const std::size_t equals = argument.find('=');
        if (equals == std::string::npos) {
            return {argument, std::nullopt};
        }
        return {argument.substr(0, equals), argument.substr(equals + 1)};
    }
    if (argument.size() > 2) {
        return {argument.substr(0, 2), argument.substr(2)};
    }
    return {argument, std::nullopt};
}

} // namespace

std::optional<std::string> Arguments::value(std::string_view name) const
{
    const auto found = options.find(std::string(name));
    return found == options.end() ? std::nullopt : std::optional(found->second);
}

std::string Arguments::valueOr(std::string_view name, std::string_view otherwise) const
{
    return value(name).value_or(std::string(otherwise));
}

std::vector<std::string> Arguments::values(std::string_view name) const
{
    std::vector<std::string> values;
    for (const auto &[option, value] : given) {
        if (option == name) {
            values.push_back(value);
        }
    }
    return values;
}

Result<Arguments> parseArguments(std::span<const std::string> arguments,
                                 const std::vector<Option> &options)
{
    Arguments result;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string &argument = arguments[i];
        if (argument == "--") {
            result.words.insert(result.words.end(),
                                arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                arguments.end());
            break;
        }
        if (!argument.starts_with('-') || argument == "-") {
            result.words.push_back(argument);
            continue;
        }
        Written written = takeApart(argument);
        const Option *option = findOption(options, written.name);
        if (option == nullptr) {
            return unknownOption(argument.starts_with("--") ? written.name : argument, options);
        }
        if (option->value.empty()) {
            if (written.value) {
                return fail(ErrorCode::InvalidInput,
                            "the option '" + written.name + "' takes no value");
            }
            result.options[std::string(option->name)] = {};
            continue;
        }
        if (!written.value) {
            if (i + 1 == arguments.size()) {
                return fail(ErrorCode::InvalidInput,
                            "the option '" + written.name
                                + "' needs a value: " + std::string(option->value));
            }
            written.value = arguments[++i];
        }
        result.given.emplace_back(option->name, *written.value);
        result.options[std::string(option->name)] = std::move(*written.value);
    }
    return result;
}

} // namespace cutaway::cli
