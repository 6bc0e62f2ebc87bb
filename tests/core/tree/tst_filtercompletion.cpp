// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/filtercompletion.h"

#include <QTest>

using namespace cutaway;

class TestFilterCompletion : public QObject
{
    Q_OBJECT

private slots:
    void offers_data();
    void offers();
};

void TestFilterCompletion::offers_data()
{
    QTest::addColumn<QString>("line");  // a bar where the cursor stands
    QTest::addColumn<QString>("found"); // the word that is replaced, then the offers
    const auto row = [](const char *name, const char *line, const char *found) {
        QTest::newRow(name) << QString::fromLatin1(line) << QString::fromLatin1(found);
    };
    row("nothing yet", "|", "");
    row("a key", "si|", "si: size> size<");
    row("in capitals", "SI|", "SI: size> size<");
    row("the second word", "apt ty|", "ty: type:");
    row("turned round", "!ow|", "ow: owner:");
    row("behind a blank", "apt |", "");
    row("a whole key has its values",
        "change:|",
        ": added removed modified metadata unmodified any");
    row("the beginning of a value", "change:m|", "m: modified metadata");
    row("the next of several", "type:file,s|", "s: symlink setuid setgid sticky");
    row("other spellings are not offered", "type:su|", "su:");
    row("within quotes", "content:\"si|", "");
    row("behind quotes", "content:\"a b\" si|", "si: size> size<");
    row("in the middle", "si| size>1", "si: size> size<");
    row("no key begins so", "zz|", "zz:");
}

void TestFilterCompletion::offers()
{
    QFETCH(QString, line);
    QFETCH(QString, found);
    const qsizetype cursor = line.indexOf(QLatin1Char('|'));
    const std::string text = line.remove(cursor, 1).toStdString();
    const FilterCompletions completions = completeFilter(text, static_cast<std::size_t>(cursor));
    QString told;
    if (completions.to > completions.from || !completions.offers.empty()) {
        told =
            QString::fromStdString(text.substr(completions.from, completions.to - completions.from))
            + QLatin1Char(':');
        for (const FilterCompletion &one : completions.offers) {
            told += QLatin1Char(' ') + QString::fromStdString(one.text);
        }
    }
    QCOMPARE(told, found);
}

QTEST_GUILESS_MAIN(TestFilterCompletion)
#include "tst_filtercompletion.moc"
