// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/auditimage.h"

#include <QTest>

#include <chrono>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// Of a recent day, so that the image is not stale whenever the test runs.
std::string recently()
{
    const auto day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())
                     - std::chrono::days(30);
    const std::chrono::year_month_day date(day);
    const auto digits = [](unsigned number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return std::to_string(static_cast<int>(date.year())) + '-'
           + digits(static_cast<unsigned>(date.month())) + '-'
           + digits(static_cast<unsigned>(date.day())) + "T10:00:00Z";
}

/// What the last stage of a careful Dockerfile leaves: a pinned base, one install that cleans up,
/// a built program, a script that hands over.
std::string wellMade()
{
    return "tag registry.example.com/acme/shop:1.4.2\n"
           "source oci\n"
           "arch amd64\n"
           "created "
           + recently()
           + "\nuser 10001:10001\n"
             "workdir /app\n"
             "entrypoint [\"/app/entry.sh\"]\n"
             "cmd [\"/app/shop\", \"--serve\"]\n"
             "stopsignal SIGTERM\n"
             "port 8080/tcp\n"
             "volume /data\n"
             "env PATH=/usr/local/bin:/usr/bin:/bin\n"
             "env SHOP_PORT=8080\n"
             "env SHOP_DATA_DIR=/data\n"
             "health [\"CMD\", \"/app/shop\", \"--ping\"]\n"
             "label org.opencontainers.image.authors=Acme <shop@example.com>\n"
             "label org.opencontainers.image.title=Shop\n"
             "label org.opencontainers.image.description=A shop for stones\n"
             "label org.opencontainers.image.documentation=https://example.com/shop/docs\n"
             "label org.opencontainers.image.licenses=Apache-2.0\n"
             "label org.opencontainers.image.ref.name=acme/shop\n"
             "label org.opencontainers.image.revision=0123456789abcdef0123456789abcdef01234567\n"
             "label org.opencontainers.image.source=https://example.com/shop.git\n"
             "label org.opencontainers.image.url=https://example.com/shop\n"
             "label org.opencontainers.image.vendor=Acme\n"
             "label org.opencontainers.image.version=1.4.2\n"
             "label api.ENV.SHOP_TOKEN.description=Who the shop is for the bank\n"
             "label api.ENV.SHOP_TOKEN.mandatory=true\n"
             "annotation org.opencontainers.image.base.name=docker.io/library/debian:12.8-slim\n"
             "basename docker.io/library/debian:12.8-slim\n"
             "base 1\n"
             "attest https://spdx.dev/Document\n"
             "attest https://slsa.dev/provenance/v1\n"
             "layer ADD rootfs.tar / # buildkit\n"
             "mode usr/bin/dash 0755 125000 dash\n"
             "symlink bin -> usr/bin\n"
             "symlink usr/bin/sh -> dash\n"
             "text usr/lib/os-release NAME=\"Rocky Linux\"\\nID=rocky\\nVERSION_ID=\"10.1\"\\n\n"
             "symlink etc/os-release -> ../usr/lib/os-release\n"
             "text etc/passwd root:x:0:0:root:/root:/bin/sh\\n\n"
             "step CMD [\"bash\"]\n"
             "layer RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends "
             "libfoo1 && rm -rf /var/lib/apt/lists/* # buildkit\n"
             "mode usr/lib/libfoo.so.1 0644 90000 foo\n"
             "step WORKDIR /app\n"
             "layer COPY shop entry.sh /app/ # buildkit\n"
             "mode app/shop 0755 400000 shop\n"
             "script app/entry.sh #!/bin/sh\\nset -e\\n: \"${SHOP_TOKEN:?}\" "
             "\"${SHOP_LANGUAGE:-en}\"\\nexec \"$@\"\\n\n"
             "dirmode data 0750\n"
             "step USER 10001:10001\n"
             "step ENTRYPOINT [\"/app/entry.sh\"]\n"
             "step CMD [\"/app/shop\" \"--serve\"]\n";
}

QString told(const Inspection &inspection, Severity least)
{
    QStringList lines;
    for (const Finding &finding : inspection.findings) {
        if (finding.severity >= least) {
            lines << QString::fromStdString(finding.ruleId + ": " + finding.summary);
        }
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class WellMadeTest : public QObject
{
    Q_OBJECT

private slots:
    void hasNothingToMend()
    {
        const Inspection inspection = auditOf(wellMade());
        QCOMPARE(told(inspection, Severity::Low), QString());
        QVERIFY(inspection.score.isKnown);
        QCOMPARE(inspection.score.grade, 'A');
        QVERIFY(inspection.score.value > 99);
    }

    /// The same image with one thing undone each: the rule that is about it fires, and no other
    /// one above info.
    void oneFaultEach_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("instead");
        QTest::addColumn<QString>("rules");
        const auto row =
            [](const char *name, const char *line, const char *instead, const char *rules) {
                QTest::newRow(name)
                    << QByteArray(line) << QByteArray(instead) << QString::fromUtf8(rules);
            };
        row("no user", "user 10001:10001\n", "", "security/root-user");
        row("a tag that moves", "acme/shop:1.4.2", "acme/shop:latest", "supply/latest-tag");
        row("no hand-over", "exec \"$@\"", "\"$@\"", "process/wrapper-no-exec");
        row("a variable unsaid",
            "label api.ENV.SHOP_TOKEN.description=Who the shop is for the bank\n"
            "label api.ENV.SHOP_TOKEN.mandatory=true\n",
            "",
            "contract/undocumented-env");
        row("no health check",
            "health [\"CMD\", \"/app/shop\", \"--ping\"]\n",
            "",
            "process/no-healthcheck");
        row("an old distribution",
            "ID=rocky\\nVERSION_ID=\"10.1\"",
            "ID=debian\\nVERSION_ID=\"9\"",
            "supply/eol-os");
        row("a base that moves",
            "basename docker.io/library/debian:12.8-slim",
            "basename docker.io/library/debian:latest",
            "supply/base-unpinned");
        row("recommended packages", " --no-install-recommends", "", "supply/install-recommends");
    }
    void oneFaultEach()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, instead);
        QByteArray text = QByteArray::fromStdString(wellMade());
        QVERIFY(text.contains(line));
        text.replace(line, instead);
        const Inspection inspection = auditOf(text.toStdString());
        QStringList rules;
        for (const Finding &finding : inspection.findings) {
            if (finding.severity > Severity::Info) {
                rules << QString::fromStdString(finding.ruleId);
            }
        }
        rules.removeDuplicates();
        QTEST(rules.join(QLatin1Char(' ')), "rules");
    }
};

QTEST_GUILESS_MAIN(WellMadeTest)
#include "tst_wellmade.moc"
