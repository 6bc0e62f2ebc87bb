// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/reveal.h"
#include "tests/support/images.h"

#include <QTest>

using namespace cutaway;

/// What is shown of a secret to those who ask for it.
class TestReveal : public QObject
{
    Q_OBJECT

private slots:
    void settings_data();
    void settings();
    void isBounded();
    void files();
    void filesWithSecrets();
};

namespace {

Image sample()
{
    Image image = test::imageOf({"file a 5 x", "file a 7 y\nfile b 1 z"}, {"ADD . /", "RUN t=1 x"});
    image.config.env = {"PATH=/bin", "TOKEN=abc", "TOKEN_OLD=def", "BARE"};
    image.config.labels = {{"key", "v"}, {"key2", "w"}};
    image.config.entrypoint = {"/run"};
    image.config.cmd = {"--password", "p w"};
    image.config.onBuild = {"ENV A=b"};
    return image;
}

} // namespace

void TestReveal::settings_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("step");
    QTest::addColumn<QByteArray>("shown");
    const auto row =
        [](const char *name, const char *field, const char *text, int step, const char *shown) {
            QTest::newRow(name) << QByteArray(field) << QByteArray(text) << step
                                << QByteArray(shown);
        };
    row("a variable", "config.Env", "TOKEN, a value of 3 bytes", -1, "TOKEN=abc");
    row("not the one it begins like", "config.Env", "TOKEN_OLD, a value", -1, "TOKEN_OLD=def");
    row("a variable without a value", "config.Env", "BARE", -1, "BARE");
    row("no such variable", "config.Env", "OTHER, a value", -1, "");
    row("a label", "config.Labels", "key=[redacted]", -1, "key=v");
    row("the command", "config.Entrypoint", "--password", -1, "/run\n--password p w");
    row("triggers", "config.OnBuild", "ENV", -1, "ENV A=b");
    row("no healthcheck", "config.Healthcheck", "x", -1, "");
    row("a build step", "", "t", 1, "RUN t=1 x");
    row("a step behind the last", "", "t", 9, "");
    row("another setting", "created", "x", -1, "");
}

void TestReveal::settings()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, text);
    QFETCH(int, step);
    Evidence evidence;
    evidence.field = field.toStdString();
    evidence.text = text.toStdString();
    if (step >= 0) {
        evidence.step = static_cast<std::uint32_t>(step);
    }
    QTEST(QByteArray::fromStdString(revealedText(sample(), evidence)), "shown");
}

void TestReveal::isBounded()
{
    Image image = sample();
    image.config.env = {"TOKEN=" + std::string(2 * kRevealedBytes, 'x')};
    QCOMPARE(revealedText(image, {.text = "TOKEN", .field = "config.Env"}).size(), kRevealedBytes);
}

void TestReveal::files()
{
    const Image image = sample();
    const EntryId second = revealedEntry(image, {.layer = 1, .path = "/a"});
    QVERIFY(second != kNone);
    QCOMPARE(image.tree->entry(second).size, 7U);
    QCOMPARE(revealedEntry(image, {.path = "/a", .entry = second}), second);
    QCOMPARE(revealedEntry(image, {.path = "/a", .entry = 99}), kNone);
    QCOMPARE(revealedEntry(image, {.layer = 0, .path = "/b"}), kNone);
    QCOMPARE(revealedEntry(image, {.path = "/none"}), kNone);
    QCOMPARE(revealedEntry(image, {.field = "config.Env"}), kNone);
    QVERIFY(revealedText(image, {.path = "/a"}).empty());
}

void TestReveal::filesWithSecrets()
{
    Inspection inspection;
    inspection.image = std::make_shared<const Image>(test::imageOf(
        {"file a 5 x\nfile copy 5 x\nfile other 5 y", "file a 7 z\nhardlink link -> a"}));
    const PathTree &tree = *inspection.image->tree;
    const auto entry = [&tree](std::string_view path, LayerIndex layer) {
        return tree.entryOf(tree.find(path), layer);
    };
    Finding finding;
    finding.ruleId = "secret/token";
    finding.evidence = {{.path = "/a", .entry = entry("/a", 0)}};
    inspection.findings = {finding};
    QVERIFY(holdsSecret(inspection, entry("/a", 0)));
    QVERIFY2(holdsSecret(inspection, entry("/copy", 0)), "the same bytes elsewhere");
    QVERIFY(!holdsSecret(inspection, entry("/other", 0)));
    QVERIFY2(!holdsSecret(inspection, entry("/a", 1)), "another content of the same path");
    inspection.findings[0].evidence = {{.path = "/a", .entry = entry("/a", 1)}};
    QVERIFY2(holdsSecret(inspection, entry("/link", 1)), "another name");
    inspection.findings[0].ruleId = "size/duplicates";
    QVERIFY(!holdsSecret(inspection, entry("/link", 1)));
}

QTEST_APPLESS_MAIN(TestReveal)
#include "tst_reveal.moc"
