// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/prompt.h"

#include "app/cli/terminalmonitor.h"
#include "core/base/monitor.h"

#include <cerrno>
#include <string_view>
#include <termios.h>
#include <unistd.h>

namespace cutaway::cli {

namespace {

constexpr std::size_t kMostBytes = 64 * 1024;

/// What is typed is not shown until it goes.
class HiddenInput
{
public:
    HiddenInput()
    {
        m_isHidden = ::tcgetattr(0, &m_before) == 0;
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_isHidden = m_isHidden && ::tcsetattr(0, TCSAFLUSH, &hidden) == 0;
    }
    ~HiddenInput()
    {
        if (m_isHidden) {
            ::tcsetattr(0, TCSAFLUSH, &m_before);
        }
    }
    HiddenInput(const HiddenInput &) = delete;
    HiddenInput &operator=(const HiddenInput &) = delete;

    bool isHidden() const { return m_isHidden; }

private:
    termios m_before = {};
    bool m_isHidden = false;
};

void say(std::string_view text)
{
    (void)!::write(2, text.data(), text.size());
}

} // namespace

Result<std::string> readLine()
{
    std::string line;
    char c = 0;
    while (line.size() < kMostBytes) {
        const ssize_t count = ::read(0, &c, 1);
        if (isInterrupted()) {
            return failCancelled();
        }
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(ErrorCode::Io, "standard input cannot be read");
        }
        if (count == 0 || c == '\n') {
            if (line.ends_with('\r')) {
                line.pop_back();
            }
            return line;
        }
        line += c;
    }
    return fail(ErrorCode::InvalidInput, "the line is too long");
}

Result<std::string> askLine(const std::string &question, Echo echo)
{
    if (::isatty(0) != 1) {
        return fail(ErrorCode::InvalidInput,
                    "there is no terminal to ask at; give --username and --password-stdin");
    }
    say(question);
    if (echo == Echo::Shown) {
        return readLine();
    }
    const HiddenInput hidden;
    if (!hidden.isHidden()) {
        return fail(ErrorCode::Io, "the terminal would show the password");
    }
    Result<std::string> line = readLine();
    say("\n");
    return line;
}

} // namespace cutaway::cli
