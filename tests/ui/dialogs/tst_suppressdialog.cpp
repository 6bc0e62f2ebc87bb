// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/suppressdialog.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTemporaryDir>
#include <QTest>

using namespace cutaway;

/// What people are asked before a finding is suppressed, and what is then written.
class TestSuppressDialog : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatWillBeWritten();
    void asksForAReason();
    void knowsDates_data();
    void knowsDates();
    void findingsWithoutPaths();
    void manyPathsAreTheRule();
    void isWrittenAsShown();
    void problemsAreSaid();
};

namespace {

Finding sample()
{
    Finding finding;
    finding.ruleId = "layer/deleted-later";
    finding.summary = "500 B are deleted <b>later</b>.";
    finding.evidence = {{.layer = 0, .path = "/usr/[a]*"}, {.layer = 1, .path = "/usr/[a]*"}};
    return finding;
}

template<typename Widget>
Widget &named(const QWidget &dialog, const char *name)
{
    auto *widget = dialog.findChild<Widget *>(QLatin1String(name));
    if (widget == nullptr) {
        qFatal("no %s", name);
    }
    return *widget;
}

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

void write(const QString &path, const char *text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QPushButton &writeButton(const QWidget &dialog)
{
    return named<QPushButton>(dialog, "suppressWrite");
}

} // namespace

void TestSuppressDialog::showsWhatWillBeWritten()
{
    const SuppressDialog dialog(sample(), QStringLiteral("/home/x/.cutaway.yaml"));
    QVERIFY(named<QLabel>(dialog, "suppressFile")
                .text()
                .contains(QLatin1String("/home/x/.cutaway.yaml")));
    named<QLineEdit>(dialog, "suppressReason").setText(QStringLiteral("  known  "));
    named<QLineEdit>(dialog, "suppressOwner").setText(QStringLiteral("ops"));
    const NewIgnore entry = dialog.entry();
    QCOMPARE(entry.rule, std::string("layer/deleted-later"));
    QCOMPARE(entry.reason, std::string("known"));
    QCOMPARE(entry.paths.size(), 1U); // once, however often it is named
    QCOMPARE(entry.paths.front(), std::string("/usr/\\[a\\]\\*"));
    const QString text = named<QPlainTextEdit>(dialog, "suppressText").toPlainText();
    QCOMPARE(text,
             QStringLiteral("version: 1\nignore:\n  - rule: \"layer/deleted-later\"\n    paths:\n"
                            "      - \"/usr/\\\\[a\\\\]\\\\*\"\n    reason: \"known\"\n"
                            "    owner: \"ops\""));
    named<QRadioButton>(dialog, "suppressRule").click();
    QVERIFY(dialog.entry().paths.empty());
    QVERIFY(!named<QPlainTextEdit>(dialog, "suppressText")
                 .toPlainText()
                 .contains(QLatin1String("paths")));
}

void TestSuppressDialog::asksForAReason()
{
    const SuppressDialog dialog(sample(), QStringLiteral("p.yaml"));
    QVERIFY(!writeButton(dialog).isEnabled());
    named<QLineEdit>(dialog, "suppressReason").setText(QStringLiteral(" "));
    QVERIFY(!writeButton(dialog).isEnabled());
    named<QLineEdit>(dialog, "suppressReason").setText(QStringLiteral("known"));
    QVERIFY(writeButton(dialog).isEnabled());
}

void TestSuppressDialog::knowsDates_data()
{
    QTest::addColumn<QString>("until");
    QTest::addColumn<bool>("isDate");
    QTest::newRow("none") << QString() << true;
    QTest::newRow("a day") << QStringLiteral("2027-03-31") << true;
    QTest::newRow("no such day") << QStringLiteral("2027-02-30") << false;
    QTest::newRow("another form") << QStringLiteral("31.3.2027") << false;
    QTest::newRow("words") << QStringLiteral("soon") << false;
    QTest::newRow("a day that has passed") << QStringLiteral("2020-01-31") << false;
}

void TestSuppressDialog::knowsDates()
{
    QFETCH(QString, until);
    const SuppressDialog dialog(sample(), QStringLiteral("p.yaml"));
    named<QLineEdit>(dialog, "suppressReason").setText(QStringLiteral("known"));
    named<QLineEdit>(dialog, "suppressUntil").setText(until);
    QTEST(writeButton(dialog).isEnabled(), "isDate");
    QTEST(named<QLabel>(dialog, "suppressProblem").isHidden(), "isDate");
}

void TestSuppressDialog::findingsWithoutPaths()
{
    Finding finding = sample();
    finding.evidence = {{.text = "not set", .field = "config.User"}};
    const SuppressDialog dialog(finding, QStringLiteral("p.yaml"));
    QVERIFY(named<QRadioButton>(dialog, "suppressPaths").isHidden());
    QVERIFY(named<QRadioButton>(dialog, "suppressRule").isChecked());
    QVERIFY(dialog.entry().paths.empty());
}

void TestSuppressDialog::manyPathsAreTheRule()
{
    Finding finding = sample();
    for (int i = 0; i < 100; ++i) {
        finding.evidence.push_back({.path = "/many/" + std::to_string(i)});
    }
    const SuppressDialog many(finding, QStringLiteral("p.yaml"));
    QVERIFY(many.entry().paths.empty());
    finding = sample();
    finding.evidence.push_back({.path = "/no\xfftext"});
    const SuppressDialog bytes(finding, QStringLiteral("p.yaml"));
    QVERIFY(bytes.entry().paths.empty());
}

void TestSuppressDialog::isWrittenAsShown()
{
    const QTemporaryDir home;
    const QString file = home.filePath(QStringLiteral("config/cutaway/policy.yaml")); // not there
    for (const char *reason : {"say \"known\"", "and again"}) {
        SuppressDialog dialog(sample(), file);
        named<QLineEdit>(dialog, "suppressReason").setText(QLatin1String(reason));
        const QString shown = named<QPlainTextEdit>(dialog, "suppressText").toPlainText();
        writeButton(dialog).click();
        QCOMPARE(dialog.result(), int{QDialog::Accepted});
        QVERIFY2(contentOf(file).contains(shown), qPrintable(contentOf(file)));
    }
    QCOMPARE(contentOf(file).count(QLatin1String("ignore:")), 1);
}

void TestSuppressDialog::problemsAreSaid()
{
    const QTemporaryDir home;
    const QString file = home.filePath(QStringLiteral(".cutaway.yaml"));
    write(file, "version: 1\nprofle: ska\n");
    const SuppressDialog wrong(sample(), file);
    named<QLineEdit>(wrong, "suppressReason").setText(QStringLiteral("known"));
    QVERIFY(!writeButton(wrong).isEnabled());
    const auto &label = named<QLabel>(wrong, "suppressProblem");
    QVERIFY2(label.text().contains(QLatin1String(".cutaway.yaml:2:1: there is no key 'profle'")),
             qPrintable(label.text()));
    QCOMPARE(label.textFormat(), Qt::PlainText);
    QVERIFY(named<QPlainTextEdit>(wrong, "suppressText").parentWidget()->isHidden());
    write(file, "ignore: []\n"); // has no place for a line
    SuppressDialog full(sample(), file);
    named<QLineEdit>(full, "suppressReason").setText(QStringLiteral("known"));
    writeButton(full).click();
    QCOMPARE(full.result(), int{QDialog::Rejected});
    QVERIFY(!named<QLabel>(full, "suppressProblem").isHidden());
    QCOMPARE(contentOf(file), QStringLiteral("ignore: []\n"));
}

QTEST_MAIN(TestSuppressDialog)
#include "tst_suppressdialog.moc"
