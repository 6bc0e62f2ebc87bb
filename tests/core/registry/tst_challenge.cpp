// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/challenge.h"
#include "core/registry/registrylimits.h"

#include <QTest>

using namespace cutaway;

class TestChallenge : public QObject
{
    Q_OBJECT

private slots:
    void parsed_data();
    void parsed();
    void isBounded();
};

/// "bearer{realm=x, scope=y} negotiate(abc==)"
static std::string shown(const std::vector<Challenge> &challenges)
{
    std::string text;
    for (const Challenge &challenge : challenges) {
        text += (text.empty() ? "" : " ") + challenge.scheme;
        if (!challenge.token.empty()) {
            text += '(' + challenge.token + ')';
        }
        std::string parameters;
        for (const auto &[name, value] : challenge.parameters) {
            parameters += (parameters.empty() ? "" : ", ") + name + '=' + value;
        }
        text += parameters.empty() ? "" : '{' + parameters + '}';
    }
    return text;
}

void TestChallenge::parsed_data()
{
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArrayList &headers, const char *expected) {
        QTest::newRow(name) << headers << QByteArray(expected);
    };
    row("none", {}, "");
    row("empty", {""}, "");
    row("Docker Hub's",
        {R"(Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull")"},
        "bearer{realm=https://auth.docker.io/token, service=registry.docker.io, "
        "scope=repository:a/b:pull}");
    row("letters in any case", {R"(BEARER Realm="x")"}, "bearer{realm=x}");
    row("commas inside quotes",
        {R"(Bearer realm="x",scope="repository:a:pull,push")"},
        "bearer{realm=x, scope=repository:a:pull,push}");
    row("quotes inside quotes",
        {R"(Basic realm="a \"b\" \\ c", charset=UTF-8)"},
        "basic{realm=a \"b\" \\ c, charset=UTF-8}");
    row("several in one header",
        {R"(Negotiate, Basic realm="x", Bearer realm="y")"},
        "negotiate basic{realm=x} bearer{realm=y}");
    row("several headers", {R"(Negotiate)", R"(Bearer realm="y")"}, "negotiate bearer{realm=y}");
    row("a token with padding",
        {R"(NTLM TlRMTVNTUA==, Basic realm="x")"},
        "ntlm(TlRMTVNTUA==) basic{realm=x}");
    row("a token alone", {"Negotiate abc"}, "negotiate(abc)");
    row("without quotes",
        {"Bearer realm=https://a/token,service=b"},
        "bearer{realm=https://a/token, service=b}");
    row("blanks around the sign",
        {R"(Basic realm = "x" , charset = "y")"},
        "basic{realm=x, charset=y}");
    row("empty elements", {R"(,, Basic realm="x",, ,)"}, "basic{realm=x}");
    row("an empty value", {R"(Basic realm="")"}, "basic{realm=}");
    row("a quote that does not end", {R"(Bearer realm="x)"}, "bearer");
    row("parameters of no scheme", {R"(realm="x")"}, "realm");
    row("what is no token", {"\"x\""}, "");
    row("control characters", {"Bearer \x01realm=x"}, "bearer");
}

void TestChallenge::parsed()
{
    QFETCH(QByteArrayList, headers);
    QFETCH(QByteArray, expected);
    std::vector<std::string> texts;
    for (const QByteArray &header : headers) {
        texts.push_back(header.toStdString());
    }
    QCOMPARE(QByteArray::fromStdString(shown(parseChallenges(texts))), expected);
}

void TestChallenge::isBounded()
{
    std::string many;
    for (std::size_t i = 0; i < 10 * limits::kChallenges; ++i) {
        many += "Basic realm=\"x\", ";
    }
    QCOMPARE(parseChallenges(std::vector{many}).size(), limits::kChallenges);
    std::string long1 = "Bearer ";
    for (std::size_t i = 0; i < 10 * limits::kChallengeParameters; ++i) {
        long1 += "a=b,";
    }
    const auto one = parseChallenges(std::vector{long1});
    QCOMPARE(one.size(), 1U);
    QCOMPARE(one[0].parameters.size(), limits::kChallengeParameters);
}

QTEST_APPLESS_MAIN(TestChallenge)
#include "tst_challenge.moc"
