// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/terminalmonitor.h"

#include "app/cli/console.h"
#include "core/base/text.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace cutaway::cli {
namespace {

constexpr std::chrono::milliseconds kInterval{100};
constexpr std::string_view kClearLine = "\r\x1b[K";

std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void onSignal(int)
{
    if (interrupted.exchange(true)) {
        _exit(ExitCancelled);
    }
}

void writeError(std::string_view text)
{
    // A line of progress that is lost is no loss.
    (void)!::write(2, text.data(), text.size());
}

} // namespace

void installSignalHandlers()
{
    struct sigaction action = {};
    action.sa_handler = onSignal;
    sigemptyset(&action.sa_mask);
    // Without SA_RESTART: a read that waits for a slow stream must come back.
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, nullptr);
    sigaction(SIGXFSZ, &ignore, nullptr); // a file over the limit is an error like a full disk
}

bool isInterrupted()
{
    return interrupted.load(std::memory_order_relaxed);
}

TerminalMonitor::TerminalMonitor(bool quiet)
{
    const char *terminal = std::getenv("TERM");
    const bool isDumb = terminal != nullptr && std::string_view(terminal) == "dumb";
    m_shows = !quiet && !isDumb && ::isatty(2) == 1;
}

TerminalMonitor::~TerminalMonitor()
{
    clear();
}

bool TerminalMonitor::isCancelled() const
{
    return isInterrupted() || Monitor::isCancelled();
}

void TerminalMonitor::beginStep(std::string_view text)
{
    if (!m_shows) {
        return;
    }
    const std::scoped_lock lock(m_mutex);
    m_step = displayText(text);
    draw(0, 0);
}

void TerminalMonitor::advance(std::uint64_t done, std::uint64_t total)
{
    if (!m_shows) {
        return;
    }
    const std::scoped_lock lock(m_mutex);
    draw(done, total);
}

void TerminalMonitor::draw(std::uint64_t done, std::uint64_t total)
{
    const auto now = std::chrono::steady_clock::now();
    if (m_isDrawn && now - m_lastDrawn < kInterval) {
        return;
    }
    std::string line(kClearLine);
    line += m_step;
    if (done > 0) {
        line += "  " + formatBytes(done);
        line += total > 0 ? " of " + formatBytes(total) : std::string();
    }
    writeError(line);
    m_isDrawn = true;
    m_lastDrawn = now;
}

void TerminalMonitor::clear()
{
    const std::scoped_lock lock(m_mutex);
    if (m_isDrawn) {
        writeError(kClearLine);
        m_isDrawn = false;
    }
}

} // namespace cutaway::cli
