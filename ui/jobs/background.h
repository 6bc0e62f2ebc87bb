// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace cutaway {

/// Runs short work of one kind off the main thread, the newest only: what an older call would have
/// said is dropped. For panels whose answers take longer than a frame.
class Background : public QObject
{
    Q_OBJECT

public:
    explicit Background(QObject *parent = nullptr);
    ~Background() override; ///< waits for what still runs

    /// Calls `work` in a background thread and then `done` with its result in this object's thread.
    template<typename Work, typename Done>
    void run(Work work, Done done)
    {
        start([work = std::move(work), done = std::move(done)]() mutable -> std::function<void()> {
            auto result = std::make_shared<decltype(work())>(work());
            return [result, done = std::move(done)]() mutable { done(std::move(*result)); };
        });
    }
    /// Lets go of whatever runs.
    void drop() { m_done = ++m_newest; }
    bool isBusy() const { return m_done != m_newest; }

private:
    void start(std::function<std::function<void()>()> work);

    QThreadPool m_pool;
    quint64 m_newest = 0;
    quint64 m_done = 0;
};

} // namespace cutaway
