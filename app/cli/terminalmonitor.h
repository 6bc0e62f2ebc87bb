// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"

#include <chrono>
#include <mutex>
#include <string>

namespace cutaway::cli {

/// Makes Ctrl+C and SIGTERM cancel every monitor of the program; the second one ends it at once.
/// A closed pipe becomes a failed write.
void installSignalHandlers();
[[nodiscard]] bool isInterrupted();

/// Progress as one line on a terminal's standard error, rewritten in place; none elsewhere.
class TerminalMonitor : public Monitor
{
public:
    explicit TerminalMonitor(bool quiet);
    ~TerminalMonitor() override;

    bool isCancelled() const override;
    void beginStep(std::string_view text) override;
    void advance(std::uint64_t done, std::uint64_t total) override;
    /// Takes the line away, so that something else can be written.
    void clear();

private:
    void draw(std::uint64_t done, std::uint64_t total);

    bool m_shows = false;
    std::mutex m_mutex;
    std::string m_step;
    bool m_isDrawn = false;
    std::chrono::steady_clock::time_point m_lastDrawn;
};

} // namespace cutaway::cli
