// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/contract/apilabels.h"
#include "core/audit/redaction.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The contract: what an image expects of whoever runs it, and what it offers. Put together from
/// what its configuration declares, what its labels document and what its files let infer. Texts
/// are raw unless they are said to be displayable; what a name calls a secret is redacted by those
/// who write it out.
namespace cutaway {

struct AuditContext;

/// How a thing is known of an image that nobody has run.
enum class Known : std::uint8_t {
    Declared, ///< by its configuration or labels
    Inferred, ///< from its files, variables or command
    RunTime,  ///< only when it runs: ask its author
};
[[nodiscard]] std::string_view knownName(Known known); ///< "declared", "inferred", "run-time"

/// An environment variable that the image can be configured by.
struct ContractVariable
{
    ApiEntry api;                     ///< what labels say; at least the name
    bool isDeclared = false;          ///< set in the configuration; its value is the default
    bool isDocumented = false;        ///< some label speaks of it
    std::vector<std::string> scripts; ///< paths of the entry scripts that read it

    const std::string &name() const { return api.name; }
    /// By its name, or by what a label says.
    bool isSecret() const;
    /// The value that it has unless another is given; empty where it has none.
    Redacted shownDefault(Secrets secrets) const;
};

struct ContractPort
{
    std::string text;        ///< "8080/tcp"
    std::string description; ///< of the labels
    bool isExposed = false;
};

struct ContractVolume
{
    std::string path;
    std::optional<std::uint64_t> bytes; ///< of the files that the image has below it
    std::optional<std::uint64_t> files; ///< nothing where they were not counted
};

/// Something that the author wants run at some point of a container's life.
struct ContractHook
{
    std::string name;    ///< "run", "install", "healthcheck" …
    std::string command; ///< raw
    std::string source;  ///< "label RUN", "config.Healthcheck", a path
};

/// One fact on a touch point; displayable, without secrets.
struct TouchFact
{
    Known known = Known::RunTime;
    std::string text;
};

/// A place where a container and what is around it meet.
struct TouchPoint
{
    std::string_view id;          ///< "network"
    std::string_view title;       ///< "Network"
    std::vector<TouchFact> facts; ///< never empty
};

struct Contract
{
    std::string image; ///< its tag, else the reference that it was opened by
    bool isTagged = false;
    std::string author;
    std::string created;
    std::uint64_t fileBytes = 0;
    std::uint64_t wireBytes = 0;
    std::vector<ContractVariable> variables; ///< by name
    std::vector<ApiEntry> links;
    std::vector<ApiEntry> arguments;
    std::vector<ContractPort> ports;
    std::vector<ContractVolume> volumes;
    std::vector<ContractHook> hooks;
    std::vector<TouchPoint> touchPoints; ///< all of them, in a fixed order
};

/// Pure. One pass over the tree; contents are used where the context has them.
[[nodiscard]] Contract contractOf(const AuditContext &context);

} // namespace cutaway
