// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/console.h"

#include "app/cli/terminalmonitor.h"
#include "core/base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cutaway::cli {
namespace {

constexpr int kUsualWidth = 100;
constexpr int kLeastWidth = 40;
constexpr int kNameAttempts = 100;

std::string errorText(int error)
{
    return std::strerror(error); // NOLINT(concurrency-mt-unsafe): one thread writes
}

bool writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR && !isInterrupted()) {
            continue;
        }
        if (written < 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool isSet(const char *variable)
{
    const char *value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

std::string directoryOf(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

/// The permissions that a plain new file would get.
mode_t newFileMode()
{
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

} // namespace

int exitCodeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return ExitCancelled;
    case ErrorCode::Unauthorized:
    case ErrorCode::Network: return ExitNetwork;
    case ErrorCode::InvalidInput:
    case ErrorCode::NotFound:
    case ErrorCode::Io:
    case ErrorCode::Corrupt:
    case ErrorCode::Unsupported:
    case ErrorCode::LimitExceeded: return ExitUnreadable;
    }
    return ExitUnreadable;
}

Output::~Output()
{
    if (m_hasFile) {
        ::close(m_descriptor);
    }
    if (!m_temporary.empty()) {
        ::unlink(m_temporary.c_str());
    }
}

Result<> Output::openFile(const std::string &path)
{
    const std::string directory = directoryOf(path);
    struct stat status{};
    m_isSpecial = ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
    const bool isDirectory = m_isSpecial && S_ISDIR(status.st_mode);
    if (path.empty() || isDirectory || ::access(directory.c_str(), W_OK | X_OK) != 0) {
        const int error = path.empty() ? ENOENT : isDirectory ? EISDIR : errno;
        return fail(ErrorCode::Io, displayText(path) + ": cannot be written: " + errorText(error));
    }
    m_path = path;
    return {};
}

bool Output::makeFile()
{
    int descriptor = -1;
    if (m_isSpecial) {
        descriptor = ::open(m_path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    } else if (::access("/proc/self/fd", X_OK) == 0) { // needed to give it a name in the end
        descriptor = ::open(directoryOf(m_path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    }
    if (descriptor < 0 && !m_isSpecial) {
        std::string name = m_path + ".XXXXXX";
        descriptor = ::mkostemp(name.data(), O_CLOEXEC);
        m_temporary = descriptor < 0 ? std::string() : std::move(name);
    }
    m_hasFile = descriptor >= 0;
    m_descriptor = m_hasFile ? descriptor : m_descriptor;
    return m_hasFile;
}

void Output::write(std::string_view bytes)
{
    if (m_error != 0) {
        return;
    }
    // Not before there is something to write: a run that fails or is cancelled makes nothing.
    const bool ready = m_path.empty() || m_hasFile || makeFile();
    if (ready && writeAll(m_descriptor, bytes)) {
        return;
    }
    if (errno == EPIPE && (m_path.empty() || m_isSpecial)) {
        std::_Exit(ExitOk); // the reader has what it wanted
    }
    m_error = errno;
}

/// Lets the file appear under its name, in place of what stood there.
bool Output::giveName()
{
    if (::fchmod(m_descriptor, newFileMode()) != 0) {
        return false;
    }
    const std::string self = "/proc/self/fd/" + std::to_string(m_descriptor);
    for (int attempt = 0; m_temporary.empty() && attempt < kNameAttempts; ++attempt) {
        std::string name =
            m_path + '.' + std::to_string(::getpid()) + '-' + std::to_string(attempt);
        if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
            m_temporary = std::move(name);
        } else if (errno != EEXIST) {
            return false;
        }
    }
    if (m_temporary.empty() || ::rename(m_temporary.c_str(), m_path.c_str()) != 0) {
        return false;
    }
    m_temporary.clear();
    return true;
}

Result<> Output::finish()
{
    if (m_path.empty()) {
        return m_error == 0 ? Result<>()
                            : fail(ErrorCode::Io, "standard output: " + errorText(m_error));
    }
    write({}); // an empty answer is an empty file
    if (m_error == 0 && !m_isSpecial && !giveName()) {
        m_error = errno;
    }
    if (m_hasFile && ::close(m_descriptor) != 0 && m_error == 0) {
        m_error = errno;
    }
    m_hasFile = false;
    m_descriptor = 1;
    if (m_error == 0) {
        return {};
    }
    return fail(ErrorCode::Io, displayText(m_path) + ": cannot be written: " + errorText(m_error));
}

bool Output::isTerminal() const
{
    return m_path.empty() && ::isatty(m_descriptor) == 1;
}

TextStyle styleFor(const Output &output)
{
    TextStyle style;
    style.width = 0;
    if (!output.isTerminal()) {
        return style;
    }
    const char *terminal = std::getenv("TERM");
    style.colour =
        !isSet("NO_COLOR") && (terminal == nullptr || std::string_view(terminal) != "dumb");
    winsize size{};
    const bool known = ::ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    style.width = known ? std::max<int>(size.ws_col, kLeastWidth) : kUsualWidth;
    return style;
}

void complain(std::string_view text)
{
    const std::string line = "cutaway-cli: " + std::string(text) + '\n';
    // Nothing can be done when even this fails.
    (void)writeAll(2, line);
}

} // namespace cutaway::cli
