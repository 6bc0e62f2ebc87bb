// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/image/imagename.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Another place that has the repositories of a registry.
struct RegistryMirror
{
    enum class Pulls : std::uint8_t { All, ByDigest, ByTag };
    std::string location;    ///< "mirror.example/docker": stands for the rule's prefix
    bool isInsecure = false; ///< without TLS, or with a certificate that nobody checks
    Pulls pulls = Pulls::All;
};

/// What registries.conf says of the images whose names begin with a prefix.
struct RegistryRule
{
    std::string prefix;   ///< "docker.io/library", "*.example.com"
    std::string location; ///< stands for the prefix; empty: nothing else does
    bool isInsecure = false;
    bool isBlocked = false;
    std::vector<RegistryMirror> mirrors; ///< asked before it, in this order
    std::string from;                    ///< for people: the file
};

/// containers-registries.conf(5), version 2, as far as it is about reading. Names without a
/// registry are Docker Hub's here, whatever it says of them.
struct RegistriesConf
{
    std::vector<RegistryRule> rules;
    std::vector<std::string> searched; ///< unqualified-search-registries, which are not used

    /// The rule of the longest prefix of the name; nullptr: there is none.
    const RegistryRule *ruleFor(const ImageName &name) const;
    /// What a file that is read later adds: a rule of the same prefix takes the place of the first.
    void add(RegistriesConf other);
};

/// InvalidInput for what is no TOML, Unsupported for version 1 of the format. `from` is the file's
/// name.
[[nodiscard]] Result<RegistriesConf> parseRegistriesConf(std::string_view text,
                                                         const std::string &from);

/// Reads the first of `files` that is there, and all "*.conf" of the folders. What cannot be read
/// is a note.
[[nodiscard]] RegistriesConf readRegistriesConf(const std::vector<std::string> &files,
                                                const std::vector<std::string> &folders,
                                                std::vector<std::string> &notes);

/// The name with `location` in place of the rule's prefix. InvalidInput when that is no name.
[[nodiscard]] Result<ImageName> relocated(const ImageName &name,
                                          const std::string &prefix,
                                          const std::string &location);

} // namespace cutaway
