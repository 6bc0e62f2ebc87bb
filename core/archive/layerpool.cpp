// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/layerpool.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

namespace cutaway {

namespace {

using LayerDone = std::function<void(std::size_t index, Result<LayerReading>)>;

class LayerPool
{
public:
    LayerPool(std::vector<LayerJob> jobs,
              const std::atomic<std::size_t> *priority,
              const LayerDone &onDone,
              const Monitor &monitor,
              LayerOrder order)
        : m_jobs(std::move(jobs))
        , m_priority(priority)
        , m_onDone(onDone)
        , m_monitor(monitor)
    {
        // The first stands last, where it is taken from; of equal ones the lowest layer.
        std::ranges::sort(m_jobs, [order](const LayerJob &left, const LayerJob &right) {
            const std::uint64_t a = left.blob->size();
            const std::uint64_t b = right.blob->size();
            if (a != b) {
                return order == LayerOrder::BiggestFirst ? a < b : a > b;
            }
            return left.index > right.index;
        });
    }

    void run()
    {
        const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
        const std::size_t workers = std::min(cores, m_jobs.size());
        std::vector<std::jthread> threads;
        try {
            // The calling thread is a worker too, so that one layer needs no thread of the pool.
            for (std::size_t i = 1; i < workers; ++i) {
                threads.emplace_back([this] { work(); });
            }
        } catch (const std::system_error &) {
            // No more threads to be had: those that there are do it all.
        }
        work();
    }

private:
    void work()
    {
        while (std::optional<LayerJob> job = takeJob()) {
            report(job->index, read(*job));
        }
    }

    std::optional<LayerJob> takeJob()
    {
        const std::scoped_lock lock(m_mutex);
        if (m_jobs.empty()) {
            return std::nullopt;
        }
        auto chosen = m_jobs.end() - 1;
        const std::size_t asked = m_priority != nullptr ? m_priority->load() : kNoPriority;
        if (asked != kNoPriority) {
            const auto found = std::ranges::find(m_jobs, asked, &LayerJob::index);
            chosen = found != m_jobs.end() ? found : chosen;
        }
        LayerJob job = std::move(*chosen);
        m_jobs.erase(chosen);
        return job;
    }

    Result<LayerReading> read(const LayerJob &job) const
    {
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        try {
            return readLayer(job.blob, job.options, m_monitor);
        } catch (const std::bad_alloc &) {
            return failOutOfMemory();
        } catch (const std::exception &exception) {
            return fail(ErrorCode::Io, exception.what());
        }
    }

    void report(std::size_t index, Result<LayerReading> result) const
    {
        try {
            m_onDone(index, std::move(result));
        } catch (const std::exception &) {
            // A reading thread has nobody to throw at; the other layers are read all the same.
        }
    }

    std::mutex m_mutex;
    std::vector<LayerJob> m_jobs;
    const std::atomic<std::size_t> *m_priority;
    const LayerDone &m_onDone;
    const Monitor &m_monitor;
};

} // namespace

void readLayers(std::vector<LayerJob> jobs,
                const std::atomic<std::size_t> *priority,
                const std::function<void(std::size_t index, Result<LayerReading>)> &onDone,
                const Monitor &monitor,
                LayerOrder order)
{
    LayerPool(std::move(jobs), priority, onDone, monitor, order).run();
}

} // namespace cutaway
