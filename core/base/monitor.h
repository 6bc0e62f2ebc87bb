// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <atomic>
#include <cstdint>
#include <string_view>

namespace cutaway {

/// Progress and cancelling of one long call. Every function may be called from any thread.
class Monitor
{
public:
    Monitor() = default;
    virtual ~Monitor() = default;
    Monitor(const Monitor &) = delete;
    Monitor &operator=(const Monitor &) = delete;

    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }
    virtual bool isCancelled() const { return m_cancelled.load(std::memory_order_relaxed); }

    /// A new stage of the work begins; `text` is a short phrase for people.
    virtual void beginStep(std::string_view text) { (void)text; }
    /// How far the current step is, in a unit of its own (bytes, mostly). `total` 0 = not known.
    virtual void advance(std::uint64_t done, std::uint64_t total)
    {
        (void)done;
        (void)total;
    }

private:
    std::atomic<bool> m_cancelled = false;
};

[[nodiscard]] inline std::unexpected<Error> failCancelled()
{
    return fail(ErrorCode::Cancelled, "cancelled");
}

} // namespace cutaway
