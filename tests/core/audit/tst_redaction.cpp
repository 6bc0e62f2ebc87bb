// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/redaction.h"

#include <QTest>

using namespace cutaway;

class TestRedaction : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void lines_data();
    void lines();
    void historyKnowsBuildArguments();
    void shownOnDemand();
};

void TestRedaction::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("secret");
    for (const char *name : {"PASSWORD",
                             "DB_PASSWORD",
                             "mysql_root_password",
                             "API_KEY",
                             "NPM_TOKEN",
                             "AWS_SECRET_ACCESS_KEY",
                             "AWS_ACCESS_KEY_ID",
                             "com.example.token",
                             "DB_PWD",
                             "CLIENT_SECRET",
                             "APIKEY",
                             "SSH_PRIVATE_KEY",
                             "DB_PASS"}) {
        QTest::newRow(name) << QByteArray(name) << true;
    }
    for (const char *name : {"PATH",
                             "PWD",
                             "OLDPWD",
                             "PASSWORD_FILE",
                             "TOKEN_URL",
                             "KEYBOARD",
                             "GPG_KEY",
                             "SECRETARY",
                             "TOKENIZER",
                             "COMPASS",
                             "BYPASS",
                             "SECRET_NAME",
                             ""}) {
        QTest::newRow(name[0] == '\0' ? "no name" : name) << QByteArray(name) << false;
    }
}

void TestRedaction::names()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, secret);
    QCOMPARE(isSecretName(name.toStdString()), secret);
}

void TestRedaction::lines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char *name, const char *line, const char *shown) {
        QTest::newRow(name) << QByteArray(line) << QByteArray(shown);
    };
    row("nothing secret", "RUN A=1 make install", "RUN A=1 make install");
    row("one variable", "ENV TOKEN=abc", "ENV TOKEN=[redacted]");
    row("several variables", "ENV A=b TOKEN=abc C=d", "ENV A=b TOKEN=[redacted] C=d");
    row("a value with blanks, as history keeps it",
        "ENV PASSWORD=a b c X=y",
        "ENV PASSWORD=[redacted] X=y");
    row("in double quotes", "RUN TOKEN=\"a \\\" b\" make", "RUN TOKEN=[redacted] make");
    row("in single quotes", "RUN TOKEN='a b' make", "RUN TOKEN=[redacted] make");
    row("exported in a command",
        "RUN export DB_PASSWORD=hunter2; make",
        "RUN export DB_PASSWORD=[redacted]; make");
    row("an option", "CMD --password=hunter2 -v", "CMD --password=[redacted] -v");
    row("the old form of ENV", "ENV PASSWORD hunter2", "ENV PASSWORD [redacted]");
    row("a variable instead", "RUN TOKEN=$TOKEN make", "RUN TOKEN=$TOKEN make");
    row("a command instead", "RUN TOKEN=$(cat /x) make", "RUN TOKEN=$(cat /x) make");
    row("empty", "ENV TOKEN=", "ENV TOKEN=");
    row("a switch", "ENV TOKEN=false", "ENV TOKEN=false");
    row("twice", "A TOKEN=aaa TOKEN=bbb", "A TOKEN=[redacted] TOKEN=[redacted]");
    row("an equals sign in the value", "RUN TOKEN=a=b make", "RUN TOKEN=[redacted] make");
    row("a quote that never ends", "RUN TOKEN=\"abc", "RUN TOKEN=[redacted]");
    row("ends with the name", "RUN TOKEN", "RUN TOKEN");
}

void TestRedaction::lines()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, shown);
    const Redacted redacted = redactLine(line.toStdString(), Secrets::Redacted);
    QCOMPARE(QByteArray::fromStdString(redacted.text), shown);
    QCOMPARE(redacted.redacted, line != shown);
}

void TestRedaction::historyKnowsBuildArguments()
{
    HistoryEntry entry;
    entry.createdBy = "|2 TOKEN=a long one MODE=x /bin/sh -c make";
    const Redacted redacted = redactHistory(entry, Secrets::Redacted);
    QVERIFY(redacted.redacted);
    QVERIFY2(redacted.text.find("long one") == std::string::npos, redacted.text.c_str());
    QVERIFY(redacted.text.find("MODE=x") != std::string::npos);
}

void TestRedaction::shownOnDemand()
{
    QCOMPARE(redactAssignment("TOKEN=abc", Secrets::Shown).text, std::string("TOKEN=abc"));
    QCOMPARE(redactAssignment("TOKEN=abc", Secrets::Redacted).text,
             std::string("TOKEN=[redacted]"));
    QCOMPARE(redactAssignment("TOKEN", Secrets::Redacted).text, std::string("TOKEN"));
    QCOMPARE(redactValue("api.token", "abc", Secrets::Shown).text, std::string("abc"));
    QCOMPARE(redactLine("TOKEN=abc", Secrets::Shown).redacted, false);
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
