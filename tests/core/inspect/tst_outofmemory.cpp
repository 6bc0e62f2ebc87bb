// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/inspect.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

using namespace cutaway;
using namespace cutaway::test;

namespace {

constexpr std::int64_t kNone64 = -1;

std::atomic<std::int64_t> asked = 0;         ///< how often memory was asked for
std::atomic<std::int64_t> refused = kNone64; ///< which of these is refused
std::atomic<bool> refusesOn = false;         ///< and all large ones after it

constexpr std::size_t kLarge = 1024;

bool isRefused(std::size_t size)
{
    const std::int64_t number = asked.fetch_add(1);
    const std::int64_t first = refused.load();
    return first != kNone64 && (number == first || (refusesOn && number > first && size >= kLarge));
}

void *allocate(std::size_t size)
{
    void *memory = isRefused(size) ? nullptr : std::malloc(std::max<std::size_t>(size, 1));
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}

} // namespace

void *operator new(std::size_t size)
{
    return allocate(size);
}
void *operator new[](std::size_t size)
{
    return allocate(size);
}
// The library's own for code that can do without the memory, as stable sorting can.
void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    return isRefused(size) ? nullptr : std::malloc(std::max<std::size_t>(size, 1));
}
void *operator new[](std::size_t size, const std::nothrow_t &) noexcept
{
    return isRefused(size) ? nullptr : std::malloc(std::max<std::size_t>(size, 1));
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete[](void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void *memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace {

using Outcome = std::expected<Inspected, InspectError>;
using Pack = std::string (*)(std::string_view);

Outcome inspectOnce(const Reference &reference)
{
    static const InspectOptions options; // made once: its own texts are none of an inspection's
    Monitor monitor;
    return inspect(reference, options, monitor);
}

/// What must hold whatever was refused; empty when it does.
std::string faultOf(const Outcome &outcome)
{
    if (!outcome) {
        return outcome.error().error.message.empty() ? "an error without a text" : "";
    }
    const Image &image = *outcome->inspection->image;
    if (image.tree == nullptr || image.tree->layerCount() != image.layers.size()) {
        return "the tree does not fit the layers";
    }
    const bool allRead = std::ranges::all_of(image.layers, &Layer::isRead);
    if (allRead != image.complete) {
        return "complete, though a layer is missing";
    }
    const bool allSaid = std::ranges::all_of(
        image.layers, [](const Layer &layer) { return layer.isRead() || !layer.problem.empty(); });
    return allSaid ? "" : "a layer is missing, and nothing says why";
}

} // namespace

/// Each request for memory in a whole inspection is refused once: the answer is an error, or an
/// image on which the layer that suffered is marked; it is never the program's end.
class TestOutOfMemory : public QObject
{
    Q_OBJECT

private slots:
    void everyRequestRefused_data();
    void everyRequestRefused();

private:
    Folder m_folder;
};

void TestOutOfMemory::everyRequestRefused_data()
{
    QTest::addColumn<Pack>("pack");
    QTest::addColumn<bool>("refusesLater");

    QTest::newRow("gzip, one request") << Pack(&gzip) << false;
    QTest::newRow("zstd, one request") << Pack(&zstd) << false;
    QTest::newRow("gzip, large ones from then on, too") << Pack(&gzip) << true;
    QTest::newRow("zstd, large ones from then on, too") << Pack(&zstd) << true;
}

void TestOutOfMemory::everyRequestRefused()
{
    QFETCH(Pack, pack);
    QFETCH(bool, refusesLater);
    TestImage image = smallImage();
    std::string noise(200'000, '\0');
    std::uint32_t random = 1;
    for (char &byte : noise) {
        random = random * 1664525 + 1013904223;
        byte = static_cast<char>(random >> 24);
    }
    image.layers[0] = TarWriter().file("etc/name", "first").file("big", noise).finish();
    image.blobs = {pack(image.layers[0]), pack(image.layers[1])};
    const Reference reference = pathReference(m_folder.write("image.tar", tarOf(ociFiles(image))));
    QVERIFY(inspectOnce(reference)); // what is made once a process
    asked = 0;
    QVERIFY(inspectOnce(reference));
    const std::int64_t requests = asked;
    QVERIFY(requests > 300);
    constexpr std::int64_t kRuns = 400;
    const std::int64_t step = std::max<std::int64_t>(1, requests / kRuns);
    int failed = 0;
    for (std::int64_t number = 0; number < requests; number += step) {
        refusesOn = refusesLater;
        asked = 0;
        refused = number;
        const Outcome outcome = inspectOnce(reference);
        refused = kNone64;
        failed += outcome && outcome->inspection->image->complete ? 0 : 1;
        const std::string fault = faultOf(outcome);
        QVERIFY2(
            fault.empty(),
            qPrintable(QStringLiteral("request %1: ").arg(number) + QString::fromStdString(fault)));
    }
    QVERIFY2(failed > kRuns / 4, "hardly any refusal was felt"); // else nothing is refused
    QVERIFY(inspectOnce(reference));
}

QTEST_GUILESS_MAIN(TestOutOfMemory)

#include "tst_outofmemory.moc"
