// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/console.h"
#include "app/cli/outputs.h"
#include "app/cli/terminalmonitor.h"
#include "core/inspect/inspect.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The command table. A command is a row here and a file of its own.
namespace cutaway::cli {

struct Command;

/// What a command is given.
struct Context
{
    const Command &command;
    const Arguments &arguments;
    Output &output;
    MoreOutputs &moreOutputs;
    TerminalMonitor &monitor;
    TextStyle style;
    std::string format; ///< "text", "json" …
};

struct Command
{
    std::string_view name;
    std::string_view usage;   ///< what follows the name: "REF [GLOB…]"
    std::string_view summary; ///< one line
    std::string_view help;    ///< more, below the usage
    std::vector<std::string_view> formats;
    std::vector<Option> options; ///< besides the shared ones
    std::size_t leastWords = 1;
    std::size_t mostWords = 1;
    int (*run)(Context &);
    InspectDepth depth = InspectDepth::Numbers; ///< what its answer rests on
    bool severalOutputs = false;                ///< --output FORMAT=FILE writes further reports
};

[[nodiscard]] std::span<const Command> allCommands();
[[nodiscard]] const Command *findCommand(std::string_view name);
[[nodiscard]] const std::vector<Option> &sharedOptions();

/// The whole program: finds the command and runs it. Gives the exit code.
[[nodiscard]] int runProgram(std::span<const std::string> given);

/// The help of a command, or of all when there is none of that name.
[[nodiscard]] std::string helpText(std::string_view name);

int runInspect(Context &context);
int runLayers(Context &context);
int runFiles(Context &context);
int runWaste(Context &context);
int runWhatIf(Context &context);
int runHistory(Context &context);
int runCat(Context &context);
int runExtract(Context &context);
int runDockerfile(Context &context);
int runGate(Context &context);
int runImages(Context &context);
int runCache(Context &context);
int runAudit(Context &context);
int runRules(Context &context);
int runContract(Context &context);
int runPackages(Context &context);
int runCompare(Context &context);
int runTest(Context &context);
int runLogin(Context &context);
int runLogout(Context &context);
int runTags(Context &context);
int runCompletion(Context &context);
int runHelp(Context &context);

} // namespace cutaway::cli
