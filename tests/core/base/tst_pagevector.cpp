// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/pagevector.h"

#include <QTest>

#include <cstdint>
#include <fstream>
#include <numeric>
#include <string>
#include <utility>

namespace cutaway {

namespace {

constexpr std::size_t kMany = 3'000'000; ///< well beyond the heap's part

/// Bytes of this process that lie in memory.
std::uint64_t residentBytes()
{
    std::ifstream file("/proc/self/statm");
    std::uint64_t pages = 0;
    std::uint64_t resident = 0;
    file >> pages >> resident;
    return resident * 4096;
}

PageVector<std::uint32_t> counted(std::size_t size)
{
    PageVector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < size; ++i) {
        numbers.push_back(static_cast<std::uint32_t>(i));
    }
    return numbers;
}

bool isCounted(const PageVector<std::uint32_t> &numbers, std::size_t from = 0)
{
    for (std::size_t i = from; i < numbers.size(); ++i) {
        if (numbers[i] != i) {
            return false;
        }
    }
    return true;
}

} // namespace

class TestPageVector : public QObject
{
    Q_OBJECT

private slots:
    void growing_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 16, 17, 16'383, 16'384, 16'385, 3'000'000}) {
            QTest::addRow("%d numbers", size) << size;
        }
    }
    void growing()
    {
        QFETCH(int, size);
        const auto count = static_cast<std::size_t>(size);
        const PageVector<std::uint32_t> numbers = counted(count);
        QCOMPARE(numbers.size(), count);
        QCOMPARE(numbers.empty(), count == 0);
        QVERIFY(isCounted(numbers));
    }

    void anElementOfItsOwnCanBeAdded()
    {
        PageVector<std::uint64_t> numbers;
        numbers.push_back(7);
        for (int i = 0; i < 20'000; ++i) {
            numbers.push_back(numbers[0]);
        }
        QCOMPARE(numbers.back(), std::uint64_t{7});
    }

    void resizingFillsWithTheValue()
    {
        PageVector<std::uint32_t> numbers(3, 9);
        numbers.resize(100'000, 5);
        QCOMPARE(numbers[2], 9U);
        QCOMPARE(numbers[3], 5U);
        QCOMPARE(numbers[99'999], 5U);
        numbers.resize(2);
        numbers.resize(4);
        QCOMPARE(numbers[3], 0U);
    }

    void zerosWhateverWasThere_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("on the heap") << 100;
        QTest::newRow("on pages") << 100'000;
    }
    void zerosWhateverWasThere()
    {
        QFETCH(int, size);
        const auto count = static_cast<std::size_t>(size);
        PageVector<std::uint32_t> numbers(count, 5);
        numbers.assignZeros(count);
        QCOMPARE(std::accumulate(numbers.begin(), numbers.end(), 0U), 0U);
    }

    void movingLeavesNothingBehind()
    {
        PageVector<std::uint32_t> from = counted(100'000);
        PageVector<std::uint32_t> to = counted(3);
        to = std::move(from);
        QCOMPARE(to.size(), std::size_t{100'000});
        QVERIFY(isCounted(to));
        QVERIFY(from.empty()); // NOLINT(bugprone-use-after-move): that is what is asked
    }

    void whatFollowsAForgottenFrontStays()
    {
        PageVector<std::uint32_t> numbers = counted(kMany);
        numbers.forgetFront(1'234'567);
        QVERIFY(isCounted(numbers, 1'234'567));
        PageVector<std::uint32_t> few = counted(10);
        few.forgetFront(10);
        QVERIFY(isCounted(few));
    }

    void aForgottenFrontIsGivenBack()
    {
        PageVector<std::uint64_t> numbers(kMany, 1);
        const std::uint64_t before = residentBytes();
        numbers.forgetFront(kMany);
        const std::uint64_t after = residentBytes();
        QVERIFY(before - after > kMany * sizeof(std::uint64_t) / 2);
    }
};

} // namespace cutaway

QTEST_GUILESS_MAIN(cutaway::TestPageVector)
#include "tst_pagevector.moc"
