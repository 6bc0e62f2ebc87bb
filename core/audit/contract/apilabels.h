// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// "X" and "mandatory" of `api.ENV.X.mandatory`; views into the key.
struct ApiKey
{
    std::string_view name;
    std::string_view attribute; ///< empty where the label names the thing itself
};
/// Takes apart what follows `api.ENV.` and the like. A name may have dots where the last word is a
/// known attribute ("db.example.port").
[[nodiscard]] ApiKey splitApiKey(std::string_view rest);
/// Whether an `api.…` label may end in this word.
[[nodiscard]] bool isApiAttribute(std::string_view word);

/// What labels say about one variable, argument, port or link. Raw text; empty = not said.
struct ApiEntry
{
    std::string name; ///< "TOKEN", "-q QUERY", "8080", "redis"
    std::string description;
    std::string example;
    std::string type;
    std::string image;
    std::string port;
    std::string protocol;
    std::optional<std::string> defaultValue;
    bool isMandatory = false;
    bool isSecret = false;
};

/// An image's interface as its `api.…` labels document it, each list by name. The three notations
/// that there have been are understood, and merged where they speak of the same thing:
/// `api.ENV.X.description`, `api.expected-envs.X.description`, and a JSON array of objects in
/// `api.expected-envs` (`-args`, `-links`).
struct ApiLabels
{
    std::vector<ApiEntry> variables;
    std::vector<ApiEntry> arguments;
    std::vector<ApiEntry> ports;
    std::vector<ApiEntry> links;
};
/// What fits no notation is left out; the rule contract/api-label-schema tells of it.
[[nodiscard]] ApiLabels readApiLabels(const std::map<std::string, std::string> &labels);

} // namespace cutaway
