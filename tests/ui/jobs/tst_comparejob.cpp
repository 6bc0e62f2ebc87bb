// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"
#include "tests/support/auditimage.h"
#include "ui/jobs/comparejob.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cutaway;

class TestCompareJob : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void compares();
    void swaps();
    void newestWins();
    void refusalIsTold();
    void cancelIsInstant();
    void endsWhileRunning();

private:
    OpenRequest request(const char *name) const;

    QTemporaryDir m_folder;
    InspectionPtr m_before;
};

void TestCompareJob::initTestCase()
{
    m_before = std::make_shared<const Inspection>(test::auditOf("debian"));
    const auto write = [this](const char *name, std::size_t bytes) {
        const test::TarWriter layer = test::TarWriter().file("f", std::string(bytes, 'x'));
        test::writeFile(m_folder.filePath(QLatin1String(name)).toStdString(),
                        test::DockerArchive().layer(layer, "COPY f").bytes());
    };
    write("small.tar", 1000);
    write("large.tar", 60'000'000);
}

OpenRequest TestCompareJob::request(const char *name) const
{
    return {.reference = m_folder.filePath(QLatin1String(name)),
            .image = {},
            .platform = {},
            .place = {}};
}

void TestCompareJob::compares()
{
    CompareJob job;
    QSignalSpy finished(&job, &CompareJob::finished);
    job.start(m_before, request("small.tar"));
    QVERIFY(job.isRunning());
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!job.isRunning());
    const auto comparison = finished[0][0].value<ComparisonPtr>();
    QCOMPARE(comparison->before, m_before);
    QCOMPARE(comparison->after->analysis.visibleBytes, std::uint64_t{1000});
}

void TestCompareJob::swaps()
{
    CompareJob job;
    QSignalSpy finished(&job, &CompareJob::finished);
    job.start(m_before, request("small.tar"));
    QTRY_COMPARE(finished.count(), 1);
    job.swap(*finished[0][0].value<ComparisonPtr>());
    QTRY_COMPARE(finished.count(), 2);
    QCOMPARE(finished[1][0].value<ComparisonPtr>()->after, m_before);
}

void TestCompareJob::newestWins()
{
    CompareJob job;
    QSignalSpy finished(&job, &CompareJob::finished);
    job.start(m_before, request("large.tar"));
    job.start(m_before, request("small.tar"));
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished[0][0].value<ComparisonPtr>()->after->analysis.visibleBytes,
             std::uint64_t{1000});
    QTest::qWait(100);
    QCOMPARE(finished.count(), 1);
}

void TestCompareJob::refusalIsTold()
{
    CompareJob job;
    QSignalSpy failed(&job, &CompareJob::failed);
    job.start(m_before, request("none.tar"));
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].value<InspectError>().error.code, ErrorCode::NotFound);
    QCOMPARE(job.request().reference, request("none.tar").reference);
}

void TestCompareJob::cancelIsInstant()
{
    CompareJob job;
    const QSignalSpy finished(&job, &CompareJob::finished);
    QSignalSpy failed(&job, &CompareJob::failed);
    job.start(m_before, request("large.tar"));
    job.cancel();
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].value<InspectError>().error.code, ErrorCode::Cancelled);
    QVERIFY(!job.isRunning());
    QTest::qWait(200);
    QCOMPARE(finished.count(), 0);
}

void TestCompareJob::endsWhileRunning()
{
    CompareJob job;
    job.start(m_before, request("large.tar"));
}

QTEST_GUILESS_MAIN(TestCompareJob)
#include "tst_comparejob.moc"
