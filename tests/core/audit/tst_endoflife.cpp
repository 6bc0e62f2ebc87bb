// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/endoflife.h"
#include "core/audit/osrelease.h"
#include "core/base/json.h"
#include "tests/support/auditimage.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

QString casesFolder()
{
    return qEnvironmentVariable("CUTAWAY_CASES_DIR");
}

std::string textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// Cases of one kind, as CASES.json lists them.
std::vector<Json> casesOf(std::string_view kind)
{
    const std::string text = textOf(casesFolder() + QStringLiteral("/CASES.json"));
    std::vector<Json> cases;
    if (text.empty()) {
        return cases;
    }
    const ParsedJson parsed = parseJson(text, "cases").value();
    for (const Json &entry : parsed.value.elements()) {
        if (entry["kind"].toString() == kind) {
            cases.push_back(entry);
        }
    }
    return cases;
}

/// What the peers call it, and the ID that the file has.
QString familyOf(const QString &id)
{
    static const QHash<QString, QString> kFamilies = {
        {QStringLiteral("RedHat"), QStringLiteral("rhel")},
        {QStringLiteral("CentOS"), QStringLiteral("centos")},
        {QStringLiteral("CentOSStream"), QStringLiteral("centos-stream")},
        {QStringLiteral("Alma"), QStringLiteral("almalinux")},
        {QStringLiteral("Oracle"), QStringLiteral("ol")},
        {QStringLiteral("OpenSUSELeap"), QStringLiteral("opensuse")},
        {QStringLiteral("SLEMicro"), QStringLiteral("sle-micro")},
        {QStringLiteral("Azure"), QStringLiteral("azurelinux")},
    };
    return kFamilies.value(id, id.toLower());
}

QString escaped(std::string_view text)
{
    QString line = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return line.replace(QLatin1Char('\\'), QStringLiteral("\\\\"))
        .replace(QLatin1Char('\n'), QStringLiteral("\\n"));
}

} // namespace

class EndOfLifeTest : public QObject
{
    Q_OBJECT

private slots:
    void builtInTable()
    {
        const EndOfLifeTable &table = EndOfLifeTable::builtIn();
        QVERIFY(table.date() > std::chrono::sys_days(std::chrono::year(2026) / 11 / 1));
        for (const char *id : {"debian",
                               "ubuntu",
                               "alpine",
                               "centos",
                               "centos-stream",
                               "rhel",
                               "rocky",
                               "almalinux",
                               "fedora",
                               "amzn",
                               "opensuse-leap",
                               "sles",
                               "ol",
                               "photon"}) {
            QVERIFY2(table.knows(id), id);
        }
        QVERIFY(!table.knows("acme"));
    }

    void releases_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *id, const char *version, const char *expected) {
            QTest::addRow("%s %s", id, version)
                << QByteArray(id) << QByteArray(version) << QString::fromUtf8(expected);
        };
        row("debian", "11", "11 until 2026-08-31");
        row("debian", "13.5", "13 until 2030-06-30");
        row("ubuntu", "20.04", "20.04 until 2025-05-31");
        row("alpine", "3.11.6", "3.11 until 2021-11-01");
        row("alpine", "3.2", "3.2 until 2017-05-01"); // not 3.20
        row("rhel", "9.4", "9 until 2032-05-31");
        row("centos", "7", "7 until 2024-06-30");
        row("amzn", "2", "2 until 2026-06-30");
        row("amzn", "2018.03", "2018.03 until 2023-12-31");
        row("opensuse", "42.3", "42.3 until 2019-07-01");
        row("sles", "16.0", "16.0 without end");
        row("debian", "", "unknown");
        row("debian", "99", "unknown");
        row("acme", "1", "unknown");
    }
    void releases()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, version);
        const auto found = EndOfLifeTable::builtIn().find(id.toStdString(), version.toStdString());
        const std::string text = !found        ? "unknown"
                                 : !found->end ? found->version + " without end"
                                               : found->version + " until " + dayText(*found->end);
        QTEST(QString::fromStdString(text), "expected");
    }

    void brokenTables()
    {
        QVERIFY(!EndOfLifeTable::parse("no JSON"));
        QVERIFY(!EndOfLifeTable::parse("{\"systems\": []}"));
        QVERIFY(!EndOfLifeTable::parse("{\"date\": \"2026-01-01\", \"systems\": [{\"id\": \"a\", "
                                       "\"releases\": {\"1\": \"soon\"}}]}"));
        QVERIFY(EndOfLifeTable::parse("{\"date\": \"2026-01-01\"}"));
    }

    void releaseFiles()
    {
        int count = 0;
        for (const Json &entry : casesOf("os-release-file")) {
            const std::string text = textOf(casesFolder() + QLatin1Char('/')
                                            + QString::fromStdString(entry["file"].toString()));
            const Json &wanted = entry["expected"]["peer"].elements().front();
            const auto release = parseOsRelease(text);
            const std::string &id = entry["id"].toString();
            QVERIFY2(release, id.c_str());
            if (wanted["family"].isNull()) {
                QVERIFY2(!EndOfLifeTable::builtIn().knows(release->id), id.c_str());
            } else {
                QCOMPARE(QString::fromStdString(release->id),
                         familyOf(QString::fromStdString(wanted["family"].toString())));
                QCOMPARE(release->version, wanted["version"].toString());
            }
            ++count;
        }
        if (count == 0) {
            QSKIP("CUTAWAY_CASES_DIR has no release files");
        }
        QVERIFY(count >= 12);
    }

    /// Whole trees, through the rule: what it says is about the release that the peer found.
    void releaseTrees()
    {
        int count = 0;
        for (const Json &entry : casesOf("os-release-tree")) {
            const QString folder =
                casesFolder() + QLatin1Char('/') + QString::fromStdString(entry["file"].toString());
            QString image = QStringLiteral("entrypoint [\"/app\"]\nlayer ADD x /\nfile app 1 x\n");
            QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString path = files.next();
                const QString name = QDir(folder).relativeFilePath(path);
                if (name.endsWith(QStringLiteral("-release"))
                    || name.endsWith(QStringLiteral("debian_version"))) {
                    image += QStringLiteral("text %1 %2\n").arg(name, escaped(textOf(path)));
                }
            }
            const Json &wanted = entry["expected"]["peer"].elements().front();
            std::string want = wanted["ID"].toString();
            std::string version = wanted["VersionID"].toString();
            if (wanted.contains("want")) {
                const ParsedJson parsed = parseJson(wanted["want"].toString(), "want").value();
                want = parsed.value.elements().front()["did"].toString();
                version = parsed.value.elements().front()["version"].toString();
            }
            const auto known = EndOfLifeTable::builtIn().find(want, version);
            const bool isOver = known && known->end && dayText(*known->end) < "2026-11-01";
            const std::string verdict = verdictOf(auditOf(image.toStdString()), "supply/eol-os");
            const std::string told = entry["id"].toString() + ": " + verdict;
            if (isOver) {
                QVERIFY2(verdict == "high", told.c_str());
            } else {
                QVERIFY2(verdict != "skipped" && (verdict != "high" || known), told.c_str());
            }
            ++count;
        }
        if (count == 0) {
            QSKIP("CUTAWAY_CASES_DIR has no release trees");
        }
        QVERIFY(count >= 21);
    }
};

QTEST_GUILESS_MAIN(EndOfLifeTest)
#include "tst_endoflife.moc"
