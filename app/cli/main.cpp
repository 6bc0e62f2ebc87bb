// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/terminalmonitor.h"

#include <clocale>
#include <cstdio>
#include <new>
#include <string>
#include <vector>

int main(int argumentCount, char **arguments)
{
    using namespace cutaway::cli; // NOLINT(google-build-using-namespace): the program is this
                                  // namespace
    std::setlocale(LC_ALL, "");   // NOLINT(concurrency-mt-unsafe): the only thread
    installSignalHandlers();
    try {
        return runProgram(std::vector<std::string>(arguments + 1, arguments + argumentCount));
    } catch (const std::bad_alloc &) {
        std::fputs("cutaway-cli: there is not enough memory for this image\n", stderr);
        return ExitUnreadable;
    }
}
