// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/cachekind.h"

#include <QTest>

using namespace cutaway;

class CacheKindTest : public QObject
{
    Q_OBJECT

private slots:
    void cacheKinds_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char *path, const char *kind) {
            QTest::newRow(path) << QString::fromUtf8(path) << QString::fromUtf8(kind);
        };
        row("/var/lib/apt/lists/deb.debian.org_dists_bookworm_main_Packages.lz4", "apt-lists");
        row("/var/lib/apt/lists/deb.debian.org_dists_bookworm_InRelease", "");
        row("/var/cache/apt/archives/curl_1_amd64.deb", "apt-archives");
        row("/var/cache/apk/APKINDEX.0.tar.gz", "apk");
        row("/root/.cache/pip/http-v2/a/b", "pip");
        row("/home/app/.npm/_cacache/content-v2/x", "npm");
        row("/srv/app/.m2/repository/org/x.jar", "maven");
        row("/var/kept/pip/wheels/x", "pip");
        row("/root/.cache/ms-playwright/chromium/x", "");
        row("/root/.cache/pypoetry/virtualenvs/x/bin/python", "");
        row("/root/.cache/something/x", "xdg-generic");
        row("/go/pkg/mod/cache/download/x", "go");
        row("/app/target/release/deps/libx.rlib", "cargo");
        row("/usr/bin/apt", "");
    }
    void cacheKinds()
    {
        ImageConfig config;
        config.env = {"PATH=/bin", "HOME=/srv/app/", "XDG_CACHE_HOME=/var/kept"};
        QFETCH(QString, path);
        const std::string kind(CacheKinds(config).of(path.toStdString()));
        QTEST(QString::fromStdString(kind), "kind");
    }
};

QTEST_GUILESS_MAIN(CacheKindTest)
#include "tst_cachekind.moc"
