// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/cachekind.h"
#include "core/audit/glob.h"

#include <QTest>

using namespace cutaway;

class GlobTest : public QObject
{
    Q_OBJECT

private slots:
    void matches_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *name, const char *pattern, const char *path, bool matches) {
            QTest::newRow(name) << QString::fromUtf8(pattern) << QString::fromUtf8(path) << matches;
        };
        row("plain", "/a/b", "/a/b", true);
        row("longer path", "/a/b", "/a/b/c", false);
        row("star in a component", "/a/*.deb", "/a/x.deb", true);
        row("star stops at a slash", "/a/*.deb", "/a/b/x.deb", false);
        row("star may be nothing", "/a/*.deb", "/a/.deb", true);
        row("two stars", "/a/*-*.x", "/a/b-c-d.x", true);
        row("everything below", "/a/**", "/a/b/c", true);
        row("below is not itself", "/a/**", "/a", false);
        row("any depth between", "/a/**/z", "/a/b/c/z", true);
        row("no depth between", "/a/**/z", "/a/z", true);
        row("any depth, then a part", "/a/**/z/*.gem", "/a/z/y/z/x.gem", true);
        row("two depths", "/**/t/{d}/**", "/x/t/{d}/y", true);
        row("question mark", "/a?", "/ab", true);
        row("question mark is no slash", "/a?b", "/a/b", false);
        row("trailing star", "/a*", "/abc", true);
    }
    void matches()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, path);
        QTEST(globMatches(pattern.toStdString(), path.toStdString()), "matches");
    }

    void hostilePatternsTakeNoTime()
    {
        std::string pattern = "/";
        for (int i = 0; i < 200; ++i) {
            pattern += "*a";
        }
        QVERIFY(!globMatches(pattern, "/" + std::string(20000, 'a') + "b"));
    }

    void braces()
    {
        QCOMPARE(expandBraces("/a/{b,c{d,e}}/f"),
                 (std::vector<std::string>{"/a/b/f", "/a/cd/f", "/a/ce/f"}));
        QCOMPARE(expandBraces("/plain"), std::vector<std::string>{"/plain"});
        QCOMPARE(expandBraces("/open{a"), std::vector<std::string>{"/open{a"});
    }

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

QTEST_GUILESS_MAIN(GlobTest)
#include "tst_glob.moc"
