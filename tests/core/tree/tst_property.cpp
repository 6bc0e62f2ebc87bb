// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/stackcomparison.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

constexpr std::uint32_t kStacks = 4000;

} // namespace

/// Random stacks of layers, each laid out by the real tree and by a naive extractor: they must
/// agree on every path after every layer, on every byte, and on what hid it.
class PropertyTest : public QObject
{
    Q_OBJECT

private slots:
    void randomStacksAgreeWithNaiveExtractor()
    {
        for (std::uint32_t seed = 1; seed <= kStacks; ++seed) {
            const std::string trouble = disagreement(randomStack(seed));
            QVERIFY2(trouble.empty(), ("seed " + std::to_string(seed) + ": " + trouble).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(PropertyTest)
#include "tst_property.moc"
