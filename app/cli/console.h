// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/report/report.h"

#include <string>
#include <string_view>

namespace cutaway::cli {

/// What a run of the program ends with (screens.md, "Exit codes").
enum ExitCode : int {
    ExitOk = 0,
    ExitGateFailed = 1,
    ExitUsage = 2,
    ExitUnreadable = 3,
    ExitNetwork = 4,
    ExitCancelled = 130,
};
[[nodiscard]] int exitCodeOf(ErrorCode code);

/// Where the answer goes: standard output, or a file that appears under its name only when it is
/// whole. Until then it has no name at all, so that nothing is left however the program ends. What
/// is no regular file (/dev/stdout, /dev/null, a FIFO) is written to as it is.
class Output
{
public:
    Output() = default;
    ~Output(); ///< drops a file that was not finished
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    /// From now on writes to a file that will be `path`, made with the first bytes.
    [[nodiscard]] Result<> openFile(const std::string &path);
    /// Failures are kept and told by finish(). A reader that has gone ends the program quietly.
    void write(std::string_view bytes);
    [[nodiscard]] Result<> finish();
    bool isTerminal() const;

private:
    bool makeFile();
    bool giveName();

    int m_descriptor = 1;
    int m_error = 0;
    std::string m_path;
    std::string m_temporary;  ///< name of the file until it is whole; mostly it has none
    bool m_hasFile = false;   ///< m_descriptor is ours
    bool m_isSpecial = false; ///< the path is a device, a FIFO …
};

/// Layout for people: the terminal's width, colour unless NO_COLOR; nothing is cut where the text
/// goes to a file or a pipe.
[[nodiscard]] TextStyle styleFor(const Output &output);

/// A line on standard error. `text` must be displayable.
void complain(std::string_view text);

} // namespace cutaway::cli
