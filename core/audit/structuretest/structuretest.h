// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/pattern.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The tests of container-structure-test (schema 2.0.0), as far as they can be answered without
/// running anything: what files there are, what they hold, what the configuration says.
namespace cutaway {

class Yaml;

/// A regular expression, and its text for messages.
struct TestPattern
{
    std::string text;
    std::shared_ptr<const Pattern> pattern;
};

struct FileExistenceTest
{
    enum class Executable : std::uint8_t { Unasked, Owner, Group, Other, Any };
    std::string name;
    std::string path;
    bool shouldExist = true;
    std::string permissions; ///< as Go writes file modes: "-rwxr-xr-x"; empty = unasked
    std::optional<std::uint32_t> uid;
    std::optional<std::uint32_t> gid;
    Executable executable = Executable::Unasked;
};

struct FileContentTest
{
    std::string name;
    std::string path;
    std::vector<TestPattern> expected;
    std::vector<TestPattern> excluded;
};

/// A variable or label.
struct KeyValueTest
{
    std::string key;
    std::string value;
    std::shared_ptr<const Pattern> pattern; ///< where the value is a regular expression
};

struct MetadataTest
{
    std::vector<KeyValueTest> variables;
    std::vector<std::string> unboundVariables;
    std::vector<KeyValueTest> labels;
    std::vector<std::string> exposedPorts;
    std::vector<std::string> unexposedPorts;
    std::vector<std::string> volumes;
    std::vector<std::string> unmountedVolumes;
    std::optional<std::vector<std::string>> entrypoint; ///< nothing = unasked, [] = must be empty
    std::optional<std::vector<std::string>> command;
    std::string workingDir; ///< empty = unasked
    std::string user;
};

struct LicenseTest
{
    bool debian = false; ///< each package's copyright file in /usr/share/doc
    std::vector<std::string> files;
};

/// One file of tests.
struct StructureTests
{
    std::vector<std::pair<std::string, std::string>> globalVariables;
    std::vector<std::string> commandTests; ///< their names
    std::vector<FileContentTest> contentTests;
    std::vector<FileExistenceTest> existenceTests;
    std::vector<LicenseTest> licenseTests;
    std::vector<MetadataTest> metadataTests; ///< one at most in a file of tests
};

/// Reads a test file, YAML or JSON. InvalidInput with "WHAT:LINE:COLUMN: …" for what is no such
/// file: keys that nobody knows, wrong kinds of values, a missing name or path, a pattern that is
/// none.
[[nodiscard]] Result<StructureTests> parseStructureTests(std::string_view text,
                                                         std::string_view what);

/// Reads the short form of a policy file: a list of `{kind: file|content|metadata, …}`.
[[nodiscard]] Result<StructureTests> readAsserts(const Yaml &list, std::string_view what);

} // namespace cutaway
