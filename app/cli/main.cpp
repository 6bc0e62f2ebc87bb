// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/terminalmonitor.h"

#include <clocale>
#include <cstdio>
#include <fcntl.h>
#include <new>
#include <string>
#include <vector>

namespace {

/// A descriptor that was closed would be given to the next file that is opened, and what is meant
/// for people would be written into it. Opened the wrong way round, so that using it is an error.
void fillStandardStreams()
{
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        if (::fcntl(descriptor, F_GETFD) < 0) {
            // NOLINTNEXTLINE(android-cloexec-open): as the standard ones are
            (void)::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

} // namespace

int main(int argumentCount, char **arguments)
{
    using namespace cutaway::cli; // NOLINT(google-build-using-namespace): the program is this
                                  // namespace
    fillStandardStreams();
    std::setlocale(LC_ALL, ""); // NOLINT(concurrency-mt-unsafe): the only thread
    installSignalHandlers();
    try {
        return runProgram(std::vector<std::string>(arguments + 1, arguments + argumentCount));
    } catch (const std::bad_alloc &) {
        std::fputs("cutaway-cli: there is not enough memory for this image\n", stderr);
        return ExitUnreadable;
    }
}
