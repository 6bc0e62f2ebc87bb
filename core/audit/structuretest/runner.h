// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/audit/structuretest/structuretest.h"
#include "core/image/filecontents.h"
#include "core/image/image.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

struct AuditContext;

/// What came of one test. Texts are displayable and without secrets.
struct TestOutcome
{
    enum class State : std::uint8_t { Passed, Failed, Skipped };
    State state = State::Passed;
    std::string_view kind;           ///< "file", "content", "metadata", "license", "command"
    std::string name;                ///< "File Existence Test: the server"
    std::vector<std::string> errors; ///< what is not as it should be
    std::string reason;              ///< of a skipped test
    std::uint64_t nanoseconds = 0;
};

/// The files whose whole contents the tests ask for, each once.
[[nodiscard]] std::vector<EntryId> contentsOfTests(const StructureTests &tests, const Image &image);

/// Runs them on the final file system and the configuration: command, content, existence, license
/// and metadata tests, in that order. `contents` are asked for contentsOfTests(); a file that it
/// does not have fails its test.
[[nodiscard]] std::vector<TestOutcome> runStructureTests(const StructureTests &tests,
                                                         const Image &image,
                                                         const FileContents *contents);

/// The assertions of a policy as findings, `assert/file` and so on, each failed test one. Contents
/// are as much of them as the context has.
[[nodiscard]] std::vector<Finding> runAsserts(const StructureTests &tests,
                                              const AuditContext &context);

} // namespace cutaway
