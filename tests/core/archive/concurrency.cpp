// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/layerpool.h"
#include "tests/support/faultsource.h"
#include "tests/support/tarwriter.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

/// The readers' threads, driven without Qt, so that the thread sanitizer sees every one of them.
namespace cutaway::test {
namespace {

constexpr int kLayers = 8;
constexpr std::size_t kFileBytes =
    700'000; ///< several blocks, so that both threads of a layer work

int failures = 0;

void check(bool holds, const char *what, int line)
{
    if (!holds) {
        std::fprintf(stderr, "line %d: not so: %s\n", line, what);
        ++failures;
    }
}
#define CHECK(condition) check((condition), #condition, __LINE__)

/// Bytes that do not compress to nothing.
std::string noise(std::size_t size, std::uint32_t seed)
{
    std::string bytes(size, '\0');
    for (char &byte : bytes) {
        seed = seed * 1664525 + 1013904223;
        byte = static_cast<char>(seed >> 24);
    }
    return bytes;
}

/// A layer of its own for each number; plain, gzip and zstd take turns.
std::string layerBytes(int number)
{
    const auto seed = static_cast<std::uint32_t>(number);
    const std::string tar = TarWriter()
                                .directory("d" + std::to_string(number))
                                .file("big", noise(kFileBytes, seed))
                                .file("small", std::to_string(number))
                                .finish();
    switch (number % 3) {
    case 0: return tar;
    case 1: return gzip(tar);
    default: return zstd(tar);
    }
}

using Sources = std::vector<std::shared_ptr<FaultSource>>;

Sources makeSources()
{
    static const std::vector<std::string> kBytes = [] {
        std::vector<std::string> all;
        for (int i = 0; i < kLayers; ++i) {
            all.push_back(layerBytes(i));
        }
        return all;
    }();
    Sources sources;
    for (const std::string &bytes : kBytes) {
        sources.push_back(std::make_shared<FaultSource>(bytes));
    }
    return sources;
}

struct Outcome
{
    std::map<std::size_t, Result<LayerReading>> readings;
    std::atomic<std::uint64_t> progress = 0;
};

/// Reads all in parallel, and keeps what is reported and in which order.
void readAllLayers(Outcome &outcome,
                   const Sources &sources,
                   const Monitor &monitor,
                   const std::atomic<std::size_t> *priority = nullptr)
{
    std::mutex mutex;
    std::vector<LayerJob> jobs;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        LayerJob job;
        job.index = i;
        job.blob = sources[i];
        job.options.onProgress = [&outcome](std::uint64_t done) { outcome.progress = done; };
        jobs.push_back(std::move(job));
    }
    readLayers(
        std::move(jobs),
        priority,
        [&](std::size_t index, Result<LayerReading> reading) {
            const std::scoped_lock lock(mutex);
            outcome.readings.emplace(index, std::move(reading));
        },
        monitor);
}

bool isWhole(const Result<LayerReading> &reading)
{
    return reading && reading->tree.counts().files == 2 && reading->diffSha256.size() == 64;
}

void allAreRead()
{
    Outcome outcome;
    const Monitor monitor;
    readAllLayers(outcome, makeSources(), monitor);
    CHECK(outcome.readings.size() == kLayers);
    for (const auto &[index, reading] : outcome.readings) {
        CHECK(isWhole(reading));
        const auto alone = readLayer(makeSources()[index], {}, monitor);
        CHECK(alone && reading && alone->diffSha256 == reading->diffSha256);
        CHECK(alone && reading && alone->blobSha256 == reading->blobSha256);
    }
    CHECK(outcome.progress > 0);
}

void shortReadsChangeNothing()
{
    Outcome outcome;
    const Monitor monitor;
    const Sources sources = makeSources();
    for (const auto &source : sources) {
        source->atMost(5000);
    }
    readAllLayers(outcome, sources, monitor);
    CHECK(std::ranges::all_of(outcome.readings,
                              [](const auto &item) { return isWhole(item.second); }));
}

void cancelledAtAnyRead()
{
    for (int at = 0; at < 12; ++at) {
        Outcome outcome;
        Monitor monitor;
        std::atomic<int> reads = 0;
        const Sources sources = makeSources();
        for (const auto &source : sources) {
            source->onRead([&](int) {
                if (reads.fetch_add(1) == at) {
                    monitor.cancel();
                }
            });
        }
        readAllLayers(outcome, sources, monitor);
        CHECK(outcome.readings.size() == kLayers);
        const auto cancelled = std::ranges::count_if(outcome.readings, [](const auto &item) {
            return !item.second && item.second.error().code == ErrorCode::Cancelled;
        });
        CHECK(cancelled > 0);
        CHECK(reads < 100);
    }
}

void cancelledWhileASourceWaits()
{
    Outcome outcome;
    Monitor monitor;
    const Sources sources = makeSources();
    std::atomic<int> waiting = 0;
    for (const auto &source : sources) {
        source->blockAt(300'000, monitor).onRead([&waiting](int) { ++waiting; });
    }
    std::thread canceller([&] {
        while (waiting == 0) {
            std::this_thread::yield();
        }
        monitor.cancel();
    });
    readAllLayers(outcome, sources, monitor);
    canceller.join();
    CHECK(outcome.readings.size() == kLayers);
    CHECK(std::ranges::none_of(outcome.readings,
                               [](const auto &item) { return item.second.has_value(); }));
}

void oneFailsAndTheOthersGoOn()
{
    struct Fault
    {
        const char *name;
        void (*make)(FaultSource &source);
        ErrorCode code;
    };
    static const std::vector<Fault> kFaults = {
        {"a disk error", [](FaultSource &source) { source.failAt(300'000); }, ErrorCode::Io},
        {"no memory at first",
         [](FaultSource &source) { source.throwAt(0); },
         ErrorCode::LimitExceeded},
        {"no memory later",
         [](FaultSource &source) { source.throwAt(2); },
         ErrorCode::LimitExceeded},
        {"an end that comes early",
         [](FaultSource &source) { source.endAt(300'000); },
         ErrorCode::Corrupt},
        {"other bytes",
         [](FaultSource &source) { source.changeAt(2, noise(kFileBytes, 99)); },
         ErrorCode::Corrupt},
    };
    for (const Fault &fault : kFaults) {
        for (std::size_t broken = 0; broken < 3; ++broken) { // plain, gzip, zstd
            Outcome outcome;
            const Monitor monitor;
            const Sources sources = makeSources();
            fault.make(*sources[broken]);
            readAllLayers(outcome, sources, monitor);
            for (const auto &[index, reading] : outcome.readings) {
                if (index != broken) {
                    CHECK(isWhole(reading));
                    continue;
                }
                const bool isRight = !reading && reading.error().code == fault.code;
                check(isRight, fault.name, static_cast<int>(broken));
            }
        }
    }
}

void theOneAskedForComesNext()
{
    Outcome outcome;
    const Monitor monitor;
    const std::atomic<std::size_t> priority = kLayers - 1;
    const Sources sources = makeSources();
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<int> begun;
    const std::size_t workers =
        std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kLayers);
    for (int i = 0; i < kLayers; ++i) {
        sources[static_cast<std::size_t>(i)]->onRead([&, i](int read) {
            if (read != 0) {
                return;
            }
            // Nobody goes on before every worker holds a layer: who came first is then known.
            std::unique_lock lock(mutex);
            begun.push_back(i);
            changed.notify_all();
            changed.wait(lock, [&] { return begun.size() >= workers; });
        });
    }
    readAllLayers(outcome, sources, monitor, &priority);
    CHECK(begun.size() == kLayers);
    const auto place = std::ranges::find(begun, kLayers - 1) - begun.begin();
    CHECK(place < static_cast<std::ptrdiff_t>(workers)); // all begin at once
}

void wishesChangeAllTheTime()
{
    Outcome outcome;
    const Monitor monitor;
    std::atomic<std::size_t> priority = kNoPriority;
    std::atomic<bool> isDone = false;
    std::thread viewer([&] {
        for (std::size_t wish = 0; !isDone; wish = (wish + 1) % (kLayers + 3)) {
            priority = wish > kLayers ? kNoPriority : wish;
            std::this_thread::yield();
        }
    });
    readAllLayers(outcome, makeSources(), monitor, &priority);
    isDone = true;
    viewer.join();
    CHECK(outcome.readings.size() == kLayers);
    CHECK(std::ranges::all_of(outcome.readings,
                              [](const auto &item) { return isWhole(item.second); }));
}

void aListenerThatThrowsStopsNobody()
{
    std::atomic<int> told = 0;
    std::vector<LayerJob> jobs;
    const Sources sources = makeSources();
    for (std::size_t i = 0; i < sources.size(); ++i) {
        LayerJob job;
        job.index = i;
        job.blob = sources[i];
        jobs.push_back(std::move(job));
    }
    const Monitor monitor;
    readLayers(
        std::move(jobs),
        nullptr,
        [&told](std::size_t, const Result<LayerReading> &) {
            ++told;
            throw std::runtime_error("the viewer is gone");
        },
        monitor);
    CHECK(told == kLayers);
}

} // namespace
} // namespace cutaway::test

int main()
{
    using namespace cutaway::test;
    allAreRead();
    shortReadsChangeNothing();
    cancelledAtAnyRead();
    cancelledWhileASourceWaits();
    oneFailsAndTheOthersGoOn();
    theOneAskedForComesNext();
    wishesChangeAllTheTime();
    aListenerThatThrowsStopsNobody();
    std::printf(failures == 0 ? "all is well\n" : "%d checks failed\n", failures);
    return failures == 0 ? 0 : 1;
}
