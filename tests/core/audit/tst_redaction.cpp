// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/redaction.h"
#include "core/audit/secrets/names.h"
#include "core/audit/secrets/secretlimits.h"
#include "tests/support/fakesecrets.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cutaway;
using namespace cutaway::test;

class TestRedaction : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void lines_data();
    void lines();
    void shapes_data();
    void shapes();
    void valuesByNameAndShape();
    void wordsOfCommands();
    void longTextsAreCut();
    void manySecrets();
    void hostileLinesTakeNoTime();
    void severalThreads();
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
    row("an option and its value", "RUN x --password hunter2 y", "RUN x --password [redacted] y");
    row("a user and a password",
        "RUN curl -u me:hunter2 https://x",
        "RUN curl -u me:[redacted] https://x");
    row("a user and a group", "RUN curl -u 1000:1000 x", "RUN curl -u 1000:1000 x");
    row("a user of another program", "RUN tar -u me:hunter2", "RUN tar -u me:hunter2");
    row("a login", "RUN docker login -u me -p hunter2 r", "RUN docker login -u me -p [redacted] r");
    row("mysql's own form", "RUN mysql -u me -phunter2 d", "RUN mysql -u me -p[redacted] d");
    row("mysql and another program",
        "RUN apt-get install -y mysql-client && tar -pxzf a.tgz",
        "RUN apt-get install -y mysql-client && tar -pxzf a.tgz");
    row("a port of a container", "RUN docker run -p 8080:80 x", "RUN docker run -p 8080:80 x");
    row("a header in small letters",
        "RUN curl -H 'authorization: bearer abcdef' x",
        "RUN curl -H 'authorization: bearer [redacted]' x");
    row("mysql asks", "RUN mysql -u me -p d", "RUN mysql -u me -p d");
    row("a port of another program", "RUN x -p8080", "RUN x -p8080");
    row("a key that is set",
        "RUN aws configure set aws_secret_access_key hunter2x",
        "RUN aws configure set aws_secret_access_key [redacted]");
    row("an address of any kind",
        "RUN x nats://me:hunter2@h:1/y ws://h/a:b@c",
        "RUN x nats://me:[redacted]@h:1/y ws://h/a:b@c");
    row("a folder", "RUN mkdir -p hunter2", "RUN mkdir -p hunter2");
    row("an option at the front", "--token hunter2 y", "--token [redacted] y");
    row("no option", "RUN x---token hunter2", "RUN x---token hunter2");
    row("an option and a variable", "RUN x --password $P y", "RUN x --password $P y");
    row("an option and another", "RUN x --password --verbose", "RUN x --password --verbose");
    row("a header",
        "RUN curl -H 'Authorization: Bearer abcdef' https://x",
        "RUN curl -H 'Authorization: Bearer [redacted]' https://x");
    row("an address",
        "RUN git clone https://me:h4nter2@x/y",
        "RUN git clone https://me:[redacted]@x/y");
    row("an address without one", "RUN git clone https://me@x/y", "RUN git clone https://me@x/y");
}

void TestRedaction::lines()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, shown);
    const Redacted redacted = redactLine(line.toStdString(), Secrets::Redacted);
    QCOMPARE(QByteArray::fromStdString(redacted.text), shown);
    QCOMPARE(redacted.redacted, line != shown);
}

void TestRedaction::shapes_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char *name, const char *line, const char *shown) {
        QTest::newRow(name) << QByteArray::fromStdString(withFakeSecrets(line))
                            << QByteArray(shown);
    };
    row("a token alone", "<<github>>", "[redacted]");
    row("a token in a step",
        "RUN curl -d <<github>> https://x",
        "RUN curl -d [redacted] https://x");
    row("a name that says nothing", "ENV GH=<<github>> A=b", "ENV GH=[redacted] A=b");
    row("of both kinds", "ENV TOKEN=abc GH=<<github>>", "ENV TOKEN=[redacted] GH=[redacted]");
    row("a secret name and a shape", "ENV TOKEN=<<github>>", "ENV TOKEN=[redacted]");
    row("in a text of an author", "me <<github>>", "me [redacted]");
    row("too short", "ENV GH=x", "ENV GH=x");
}

void TestRedaction::shapes()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, shown);
    const Redacted redacted = redactLine(line.toStdString(), Secrets::Redacted);
    QCOMPARE(QByteArray::fromStdString(redacted.text), shown);
    QCOMPARE(redacted.redacted, line != shown);
}

void TestRedaction::valuesByNameAndShape()
{
    const std::string token = withFakeSecrets("<<github>>");
    const auto shown = [](std::string_view name, std::string_view value) {
        return redactValue(name, value, Secrets::Redacted).text;
    };
    QCOMPARE(shown("GH", token), std::string("[redacted]"));
    QCOMPARE(shown("note", "see " + token + "."), std::string("see [redacted]."));
    QCOMPARE(shown("RUN", "docker run -e DB_PASSWORD=hunter2 x"),
             std::string("docker run -e DB_PASSWORD=[redacted] x"));
    QCOMPARE(shown("URL", "https://me:h4nter2@x/"), std::string("https://me:[redacted]@x/"));
    QCOMPARE(shown(token, "x"), std::string("x")); // names are not values
    QCOMPARE(redactAssignment("GH=" + token, Secrets::Redacted).text, std::string("GH=[redacted]"));
    QCOMPARE(redactAssignment(token, Secrets::Redacted).text, std::string("[redacted]"));
    QCOMPARE(redactValue("GH", token, Secrets::Shown).text, token);
}

void TestRedaction::wordsOfCommands()
{
    const std::vector<std::string> words = {
        "app", "--token", "hunter2", "--secret", "$S", withFakeSecrets("<<github>>"), "-v"};
    const RedactedWords shown = redactWords(words, Secrets::Redacted);
    QVERIFY(shown.redacted);
    QCOMPARE(shown.words,
             (std::vector<std::string>{
                 "app", "--token", "[redacted]", "--secret", "$S", "[redacted]", "-v"}));
    QCOMPARE(redactWords(words, Secrets::Shown).words, words);
    QVERIFY(!redactWords({"app", "-v"}, Secrets::Redacted).redacted);
    QCOMPARE(redactWords({"/bin/curl", "-u", "me:hunter2"}, Secrets::Redacted).words[2],
             std::string("me:[redacted]"));
    QVERIFY(!redactWords({"run", "-u", "me:hunter2"}, Secrets::Redacted).redacted);
    QCOMPARE(redactWords({"docker", "login", "-p", "hunter2 x", "r"}, Secrets::Redacted).words,
             (std::vector<std::string>{"docker", "login", "-p", "[redacted]", "r"}));
    QCOMPARE(redactWords({"mysqldump", "-phunter2", "d"}, Secrets::Redacted).words,
             (std::vector<std::string>{"mysqldump", "-p[redacted]", "d"}));
}

void TestRedaction::longTextsAreCut()
{
    const std::string token = withFakeSecrets("<<github>>");
    const std::string fits(limits::kSettingBytes - token.size() - 1, '.');
    QCOMPARE(redactLine(fits + ' ' + token, Secrets::Redacted).text, fits + " [redacted]");
    const std::string longer = std::string(limits::kSettingBytes, '.') + ' ' + token;
    const Redacted shown = redactLine(longer, Secrets::Redacted);
    QVERIFY(shown.redacted);
    QVERIFY(shown.text.find(token) == std::string::npos);
    QVERIFY2(shown.text.ends_with(" bytes not searched for secrets]"),
             shown.text.substr(shown.text.size() - 60).c_str());
    QCOMPARE(redactLine(longer, Secrets::Shown).text, longer);
}

void TestRedaction::manySecrets()
{
    const std::string token = withFakeSecrets("<<github>>");
    std::string text;
    for (std::size_t i = 0; i < 2 * limits::kSecretHits; ++i) {
        text += token + '\n';
    }
    const Redacted shown = redactLine(text, Secrets::Redacted);
    QVERIFY(shown.text.find(token) == std::string::npos);
    QVERIFY(shown.text.ends_with(" bytes not searched for secrets]"));
}

void TestRedaction::hostileLinesTakeNoTime()
{
    QElapsedTimer timer;
    timer.start();
    for (const char *piece : {"TOKEN=$",
                              "=",
                              "TOKEN=",
                              "://",
                              " --password",
                              "\"--",
                              "--",
                              "curl -u a:",
                              "mysql",
                              "mysql -p",
                              "docker login ",
                              "docker login -p x ",
                              "docker;",
                              "ENV A=b ",
                              "\"a="}) {
        std::string text = "ENV ";
        while (text.size() < limits::kSettingBytes) {
            text += piece;
        }
        QVERIFY(!redactLine(text, Secrets::Redacted).text.empty());
    }
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void TestRedaction::severalThreads()
{
    const std::string line =
        std::string(limits::kPlainBytes, '.') + ' ' + withFakeSecrets("<<github>>");
    std::array<std::string, 4> shown;
    {
        std::vector<std::jthread> threads;
        for (std::string &text : shown) {
            threads.emplace_back([&] {
                text = redactLine(line, Secrets::Redacted).text;
                text = redactLine(line, Secrets::Redacted).text; // with a database
            });
        }
    }
    for (const std::string &text : shown) {
        QVERIFY(text.ends_with(". [redacted]"));
    }
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
