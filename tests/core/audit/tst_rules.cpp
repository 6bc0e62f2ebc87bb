// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "tests/core/audit/rows/rulerows.h"
#include "tests/support/auditimage.h"

#include <QTest>

#include <algorithm>
#include <set>
#include <utility>

using namespace cutaway;
using namespace cutaway::test;

namespace {

Image beforeLayersAreRead(Image image)
{
    image.tree = nullptr;
    for (Layer &layer : image.layers) {
        Layer unread;
        unread.descriptor = layer.descriptor;
        unread.digest = layer.digest;
        unread.diffId = layer.diffId;
        layer = std::move(unread);
    }
    return image;
}

} // namespace

class RulesTest : public QObject
{
    Q_OBJECT

private slots:
    void rows_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QByteArray>("image");
        QTest::addColumn<QString>("expected");
        for (const std::span<const RuleRow> family : allRuleRows()) {
            for (const RuleRow &row : family) {
                QTest::addRow("%s: %s", row.rule, row.name)
                    << QByteArray(row.rule) << QByteArray(row.image)
                    << QString::fromUtf8(row.expected);
            }
        }
    }
    void rows()
    {
        QFETCH(QByteArray, rule);
        QFETCH(QByteArray, image);
        QVERIFY2(findRule(rule.toStdString()) != nullptr, "no such rule");
        const Inspection inspection = auditOf(image.toStdString());
        QTEST(QString::fromStdString(verdictOf(inspection, rule.toStdString())), "expected");
    }

    /// What manifest and config alone tell stands when the layers are read.
    void nothingIsTakenBack_data() { rows_data(); }
    void nothingIsTakenBack()
    {
        QFETCH(QByteArray, image);
        const Inspection whole = auditOf(image.toStdString());
        const Inspection early = auditOf(beforeLayersAreRead(*whole.image));
        for (const Finding &finding : early.findings) {
            const bool isFoundAgain =
                std::ranges::any_of(whole.findings, [&](const Finding &other) {
                    return other.ruleId == finding.ruleId
                           && other.fingerprint == finding.fingerprint;
                });
            QVERIFY2(isFoundAgain, (finding.ruleId + ": " + finding.summary).c_str());
        }
    }

    void everyRuleHasRowsOfBothKinds_data()
    {
        QTest::addColumn<QByteArray>("id");
        for (const Rule &rule : allRules()) {
            QTest::addRow("%s", rule.id) << QByteArray(rule.id);
        }
    }
    void everyRuleHasRowsOfBothKinds()
    {
        QFETCH(QByteArray, id);
        bool fires = false;
        bool isSilent = false;
        for (const std::span<const RuleRow> family : allRuleRows()) {
            for (const RuleRow &row : family) {
                const bool isMeant = id == row.rule;
                const bool isNone = qstrcmp(row.expected, "none") == 0;
                fires = fires || (isMeant && !isNone && qstrcmp(row.expected, "skipped") != 0);
                isSilent = isSilent || (isMeant && isNone);
            }
        }
        QVERIFY2(fires, "no row in which it fires");
        QVERIFY2(isSilent, "no near miss");
    }

    /// Absent data: what a rule needs and does not get makes it skipped, with a reason.
    void unmetNeedsAreTold_data() { everyRuleHasRowsOfBothKinds_data(); }
    void unmetNeedsAreTold()
    {
        QFETCH(QByteArray, id);
        const Rule *rule = findRule(id.toStdString());
        Image image;
        if ((rule->needs & NeedsConfig) != 0) {
            image = auditImage("artifact application/x\nlayer x\nfile a 1 x\nlayer y\nfile b 1 x");
        } else if ((rule->needs & NeedsPosix) != 0) {
            image = auditImage("os windows\nlayer x\nfile a 1 x\nlayer y\nfile b 1 x");
        } else {
            image.layers.resize(1); // and no tree, history, name, base or index
        }
        if (rule->needs == 0) {
            // They ask the list of layers alone, and the policy.
            QVERIFY(id == "layer/too-many" || id.startsWith("policy/"));
            return;
        }
        const Inspection inspection = auditOf(std::move(image));
        const auto skipped =
            std::ranges::find(inspection.skipped, id.toStdString(), &SkippedRule::ruleId);
        QVERIFY(skipped != inspection.skipped.end());
        QVERIFY(skipped->reason.size() > 10);
    }

    void catalogue()
    {
        std::set<std::string_view> ids;
        for (const Rule &rule : allRules()) {
            QVERIFY2(ids.insert(rule.id).second, rule.id);
            QVERIFY2(findRule(rule.id) == &rule, rule.id);
            QVERIFY2(std::string_view(rule.id).starts_with(std::string(rule.family()) + "/"),
                     rule.id);
            for (const char *text :
                 {rule.title, rule.why, rule.fix, rule.references, rule.detects, rule.guards}) {
                QVERIFY2(std::string_view(text).size() > 5, rule.id);
            }
            const QStringList lines = QString::fromUtf8(rule.references).split(QLatin1Char('\n'));
            QCOMPARE(lines.size() % 2, 0);
            for (qsizetype i = 1; i < lines.size(); i += 2) {
                QVERIFY2(lines[i].startsWith(QStringLiteral("https://")), rule.id);
            }
            QVERIFY2(!std::string_view(rule.title).ends_with('.'), rule.id);
        }
        QVERIFY(findRule("layer/none") == nullptr);
    }

    void aliases()
    {
        const auto idsOf = [](std::string_view name) {
            QStringList ids;
            for (const Rule *rule : rulesNamed(name)) {
                ids << QString::fromUtf8(rule->id);
            }
            return ids.join(QLatin1Char(' '));
        };
        QCOMPARE(idsOf("CIS-DI-0001"), QStringLiteral("security/root-user"));
        QCOMPARE(idsOf("dl3002"), QStringLiteral("security/root-user"));
        QCOMPARE(idsOf("Security/Root-User"), QStringLiteral("security/root-user"));
        QCOMPARE(idsOf("DKL-DI-0005"), QStringLiteral("cache/apt-lists cache/apt-archives"));
        QCOMPARE(idsOf("DL300"), QString());
        QCOMPARE(idsOf(""), QString());
    }
};

QTEST_GUILESS_MAIN(RulesTest)
#include "tst_rules.moc"
