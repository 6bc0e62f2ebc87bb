// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"

#include <QFile>
#include <QTest>

#include <map>
#include <ranges>
#include <set>
#include <string>

using namespace cutaway;

namespace {

using Ids = std::map<std::string, std::set<std::string>>;

/// peerids.txt: for each id of another tool the rules that it stands for.
Ids peerIds()
{
    QFile file(QStringLiteral(CUTAWAY_PEER_IDS));
    Ids ids;
    if (!file.open(QIODevice::ReadOnly)) {
        return ids;
    }
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        if (line.isEmpty() || line.startsWith('#')) {
            continue;
        }
        QByteArrayList words = line.split(' ');
        const std::string id = words.takeFirst().toStdString();
        for (const QByteArray &word : words) {
            if (word != "-") {
                ids[id].insert(word.toStdString());
            } else {
                ids[id];
            }
        }
    }
    return ids;
}

std::string joined(const std::set<std::string> &words)
{
    std::string text;
    for (const std::string &word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

} // namespace

/// Whoever knows another tool's id finds our rule by it.
class AliasesTest : public QObject
{
    Q_OBJECT

private slots:
    void idsStandForRules_data();
    void idsStandForRules();
    void allAliasesAreListed();
};

void AliasesTest::idsStandForRules_data()
{
    QTest::addColumn<QByteArray>("rules");
    for (const auto &[id, rules] : peerIds()) {
        QTest::newRow(id.c_str()) << QByteArray::fromStdString(joined(rules));
    }
}

void AliasesTest::idsStandForRules()
{
    QFETCH(QByteArray, rules);
    const QByteArray id = QTest::currentDataTag();
    for (const QByteArray &written : {id, id.toLower()}) {
        std::set<std::string> found;
        for (const Rule *rule : rulesNamed(written.toStdString())) {
            found.emplace(rule->id);
        }
        QCOMPARE(QByteArray::fromStdString(joined(found)), rules);
    }
}

void AliasesTest::allAliasesAreListed()
{
    const Ids ids = peerIds();
    QVERIFY(!ids.empty());
    for (const Rule &rule : allRules()) {
        for (const auto &&part : std::views::split(std::string_view(rule.aliases), ' ')) {
            const std::string alias(part.begin(), part.end());
            const auto listed = ids.find(alias);
            QVERIFY2(alias.empty() || (listed != ids.end() && listed->second.contains(rule.id)),
                     (alias + " of " + rule.id).c_str());
        }
    }
}

QTEST_GUILESS_MAIN(AliasesTest)
#include "tst_aliases.moc"
