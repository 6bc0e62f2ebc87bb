// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

/// Starts the real program, as a person would.
class ProgramTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void version();
    void help();
    void twoImagesAreRefused();
    void unknownOptionIsRefused();
    void badPlatformIsRefused();
    void showsTheSample_data();
    void showsTheSample();
    void saysWhyItCannotOpen();

private:
    struct Outcome
    {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
    };
    Outcome run(const QStringList &arguments, const QString &appearance = {}, int scale = 1);
    Outcome runWithoutScreen(const QStringList &arguments);
    Outcome runIn(const QProcessEnvironment &environment, const QStringList &arguments);

    QString m_program = qEnvironmentVariable("CUTAWAY_PROGRAM");
    QString m_sample = qEnvironmentVariable("CUTAWAY_SAMPLE");
    QString m_pictures = qEnvironmentVariable("CUTAWAY_PICTURES");
};

namespace {

constexpr int kMilliseconds = 60'000;

/// Distinct colours, of every fourth pixel of every fourth line: a blank window has a handful.
int coloursOf(const QImage &image)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 4) {
        for (int x = 0; x < image.width(); x += 4) {
            colours.insert(image.pixel(x, y));
        }
    }
    return static_cast<int>(colours.size());
}

} // namespace

void ProgramTest::initTestCase()
{
    QVERIFY2(QFile::exists(m_program), "CUTAWAY_PROGRAM must name the program");
    QVERIFY2(QFile::exists(m_sample), "CUTAWAY_SAMPLE must name the sample image");
}

ProgramTest::Outcome ProgramTest::run(const QStringList &arguments,
                                      const QString &appearance,
                                      int scale)
{
    const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.path());
    environment.insert(QStringLiteral("CUTAWAY_CACHE_DIR"), home.path());
    environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QString::number(scale));
    if (!appearance.isEmpty()) {
        QDir(home.path()).mkdir(QStringLiteral("cutaway"));
        QFile file(home.filePath(QStringLiteral("cutaway/cutaway.ini")));
        if (file.open(QIODevice::WriteOnly)) {
            file.write("[General]\nappearance=" + appearance.toLatin1() + '\n');
        }
    }
    return runIn(environment, arguments);
}

ProgramTest::Outcome ProgramTest::runWithoutScreen(const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.remove(QStringLiteral("DISPLAY"));
    return runIn(environment, arguments);
}

ProgramTest::Outcome ProgramTest::runIn(const QProcessEnvironment &environment,
                                        const QStringList &arguments)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(m_program, arguments);
    Outcome outcome;
    if (process.waitForFinished(kMilliseconds) && process.exitStatus() == QProcess::NormalExit) {
        outcome.exitCode = process.exitCode();
    }
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    return outcome;
}

void ProgramTest::version()
{
    const Outcome outcome = runWithoutScreen({QStringLiteral("--version")});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.out.trimmed(), QByteArray("Cutaway " CUTAWAY_VERSION));
}

void ProgramTest::help()
{
    const Outcome outcome = runWithoutScreen({QStringLiteral("--help")});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.out.contains("--grab"));
    QVERIFY(outcome.out.contains("REFERENCE"));
}

void ProgramTest::twoImagesAreRefused()
{
    QCOMPARE(runWithoutScreen({m_sample, m_sample}).exitCode, 2);
}

void ProgramTest::unknownOptionIsRefused()
{
    const Outcome outcome = runWithoutScreen({QStringLiteral("--nonsense")});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.err.contains("nonsense"));
}

void ProgramTest::badPlatformIsRefused()
{
    const Outcome outcome =
        runWithoutScreen({QStringLiteral("--platform"), QStringLiteral("/"), m_sample});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.err.contains("--platform"));
}

void ProgramTest::showsTheSample_data()
{
    QTest::addColumn<QString>("appearance");
    QTest::addColumn<int>("scale");
    QTest::newRow("light") << QStringLiteral("light") << 1;
    QTest::newRow("dark") << QStringLiteral("dark") << 1;
    QTest::newRow("light-200-percent") << QStringLiteral("light") << 2;
}

void ProgramTest::showsTheSample()
{
    QFETCH(QString, appearance);
    QFETCH(int, scale);
    const QString picture =
        QStringLiteral("%1/sample-%2.png").arg(m_pictures, QLatin1String(QTest::currentDataTag()));
    QFile::remove(picture);
    const Outcome outcome = run({QStringLiteral("--grab"), picture, m_sample}, appearance, scale);
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    const QImage image(picture);
    QVERIFY(image.width() >= 800);
    QVERIFY2(coloursOf(image) > 100, qPrintable(QString::number(coloursOf(image))));
    const bool isDark = qGray(image.pixel(image.width() - 3, 3)) < 128;
    QCOMPARE(isDark, appearance == QLatin1String("dark"));
}

void ProgramTest::saysWhyItCannotOpen()
{
    const QString picture = m_pictures + QStringLiteral("/problem.png");
    QFile::remove(picture);
    const Outcome outcome =
        run({QStringLiteral("--grab"), picture, QStringLiteral("/none/such.tar")});
    QCOMPARE(outcome.exitCode, 3);
    QVERIFY(coloursOf(QImage(picture)) > 20);
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "tst_program.moc"
