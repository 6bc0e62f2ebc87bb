// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/benchmark/figures.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>

namespace cutaway::benchmark {

/// Beats in the thread of the window: what keeps it from beating keeps it from answering a person.
class Heartbeat
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] { beat(); });
        m_timer.start(1);
        m_clock.start();
    }
    void begin()
    {
        m_longest = 0;
        m_clock.start();
    }
    /// Milliseconds between the two beats that lay furthest apart.
    double longest()
    {
        beat();
        return m_longest;
    }

private:
    void beat()
    {
        m_longest = std::max(m_longest, static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        m_clock.start();
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_longest = 0;
};

/// One thing that a person does with the window, and what is seen when it is done.
struct Step
{
    std::string name;
    std::function<void()> act;
    std::function<bool()> isDone;
    std::optional<double> stallLimit = std::nullopt; ///< ms
    std::optional<double> timeLimit = std::nullopt;  ///< ms
    std::function<std::string()> remark = {};        ///< what to note beside the time
};

/// Adds how long it took and the longest stall. False, and words on stderr, when it does not end.
inline bool measure(const Step &step, Heartbeat &heart, Figures &figures)
{
    constexpr int kPatience = 120'000; // ms
    heart.begin();
    QElapsedTimer clock;
    clock.start();
    step.act();
    do {
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        if (clock.elapsed() > kPatience) {
            std::fprintf(stderr, "%s: it does not end\n", step.name.c_str());
            return false;
        }
    } while (!step.isDone());
    const double took = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    for (int i = 0; i < 20; ++i) { // what is painted afterwards belongs to it
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
    figures.add({step.name + ", longest stall", heart.longest(), "ms", step.stallLimit, {}});
    figures.add(
        {step.name, took, "ms", step.timeLimit, step.remark ? step.remark() : std::string()});
    return true;
}

} // namespace cutaway::benchmark
