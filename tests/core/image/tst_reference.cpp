// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/imagename.h"
#include "core/image/reference.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cutaway;
using Transport = Reference::Transport;

/// Runs in a folder of its own: app.tar, nginx (a file), "a:b.tar", folder layout, folder redis.
class TestReference : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void saysWhatToDoInstead_data();
    void saysWhatToDoInstead();
    void readsPlaces_data();
    void readsPlaces();
    void readsImageNames_data();
    void readsImageNames();
    void refusesImageNames_data();
    void refusesImageNames();
    void comparesImageNames();

private:
    QTemporaryDir m_folder;
    QString m_before;
};

void TestReference::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder.path()));
    for (const char *name : {"app.tar", "nginx", "a:b.tar"}) {
        QFile file(QString::fromUtf8(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QVERIFY(QDir().mkdir(QStringLiteral("layout")));
    QVERIFY(QDir().mkdir(QStringLiteral("redis")));
}

void TestReference::cleanupTestCase()
{
    QDir::setCurrent(m_before);
}

void TestReference::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("transport");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("image");
    const auto row = [](const char *name,
                        const char *text,
                        Transport transport,
                        const char *path,
                        const char *image = "") {
        QTest::newRow(name) << QString::fromUtf8(text) << static_cast<int>(transport)
                            << QString::fromUtf8(path) << QString::fromUtf8(image);
    };
    row("stdin", "-", Transport::Stdin, "");
    row("a file", "app.tar", Transport::Path, "app.tar");
    row("a file without an ending", "nginx", Transport::Path, "nginx");
    row("a folder", "layout", Transport::Path, "layout");
    row("a folder by its path", "./layout", Transport::Path, "./layout");
    row("a file with a colon", "a:b.tar", Transport::Path, "a:b.tar");
    row("an absent file with an ending", "gone.tar", Transport::Path, "gone.tar");
    row("an absent compressed file", "gone.tar.zst", Transport::Path, "gone.tar.zst");
    row("an absent absolute path", "/gone/x", Transport::Path, "/gone/x");
    row("an absent relative path", "./gone", Transport::Path, "./gone");
    row("what cannot be an image name", "No Such File", Transport::Path, "No Such File");
    row("a file and a place", "app.tar:@1", Transport::Path, "app.tar", "@1");
    row("a file and a name", "./app.tar:nginx:1", Transport::Path, "./app.tar", "nginx:1");
    row("a file with a colon and a place", "a:b.tar:@0", Transport::Path, "a:b.tar", "@0");
    row("docker archive", "docker-archive:app.tar", Transport::DockerArchive, "app.tar");
    row("docker archive, name",
        "docker-archive:app.tar:nginx",
        Transport::DockerArchive,
        "app.tar",
        "nginx");
    row("docker archive, name and tag",
        "docker-archive:/x:r.example/a/b:1",
        Transport::DockerArchive,
        "/x",
        "r.example/a/b:1");
    row("docker archive, place", "docker-archive:/x:@3", Transport::DockerArchive, "/x", "@3");
    row("docker archive with a colon that exists",
        "docker-archive:a:b.tar",
        Transport::DockerArchive,
        "a:b.tar");
    row("docker archive with a colon and a name",
        "docker-archive:a:b.tar:nginx:1",
        Transport::DockerArchive,
        "a:b.tar",
        "nginx:1");
    row("OCI archive", "oci-archive:x.tar:1.2", Transport::OciArchive, "x.tar", "1.2");
    row("OCI archive, any text",
        "oci-archive:x.tar:Some Name",
        Transport::OciArchive,
        "x.tar",
        "Some Name");
    row("OCI folder", "oci:layout", Transport::Oci, "layout");
    row("OCI folder, name", "oci:layout:v1:x", Transport::Oci, "layout", "v1:x");
    row("OCI folder, empty name", "oci:layout:", Transport::Oci, "layout");
    row("dir", "dir:layout:x", Transport::Dir, "layout:x");
    row("registry", "docker://alpine", Transport::Registry, "docker.io/library/alpine:latest");
    row("registry by its word",
        "registry:r.example:5000/a",
        Transport::Registry,
        "r.example:5000/a:latest");
    row("image name", "alpine:3.20", Transport::Registry, "docker.io/library/alpine:3.20");
    row("image name of a registry",
        "ghcr.io/team/app:1",
        Transport::Registry,
        "ghcr.io/team/app:1");
    row("image name beside a folder", "redis:7", Transport::Registry, "docker.io/library/redis:7");
}

void TestReference::parses()
{
    QFETCH(QString, text);
    QFETCH(int, transport);
    QFETCH(QString, path);
    QFETCH(QString, image);
    const auto reference = parseReference(text.toStdString());
    QVERIFY2(reference.has_value(), reference ? "" : reference.error().message.c_str());
    QCOMPARE(static_cast<int>(reference->transport), transport);
    QCOMPARE(QString::fromStdString(reference->path), path);
    QCOMPARE(QString::fromStdString(reference->image), image);
    QCOMPARE(QString::fromStdString(reference->text), text);
}

void TestReference::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const QByteArray &text, ErrorCode code) {
        QTest::newRow(name) << text << static_cast<int>(code);
    };
    row("empty", "", ErrorCode::InvalidInput);
    row("zero byte", QByteArray("a\0b", 3), ErrorCode::InvalidInput);
    row("no path", "docker-archive:", ErrorCode::InvalidInput);
    row("a name and no path", "oci::x", ErrorCode::InvalidInput);
    row("dir without a path", "dir:", ErrorCode::InvalidInput);
    row("capital name", "docker-archive:/x:UPPER", ErrorCode::InvalidInput);
    row("empty name", "docker-archive:/x:", ErrorCode::InvalidInput);
    row("digest", "docker-archive:/x:a@sha256:" + QByteArray(64, 'a'), ErrorCode::InvalidInput);
    row("place without a number", "docker-archive:/x:@", ErrorCode::InvalidInput);
    row("negative place", "docker-archive:/x:@-1", ErrorCode::InvalidInput);
    row("place beyond 32 bits", "oci:/x:@99999999999", ErrorCode::InvalidInput);
    row("place that is none, of a file", "app.tar:@x", ErrorCode::InvalidInput);
    row("no name of a registry", "docker://No Name", ErrorCode::InvalidInput);
    row("a registry and no name", "registry:", ErrorCode::InvalidInput);
    row("an engine and no image", "docker:", ErrorCode::InvalidInput);
    row("no name of an engine's", "podman:x/../../containers/json", ErrorCode::InvalidInput);
    row("a question behind the name", "docker:nginx?all=1", ErrorCode::InvalidInput);
    row("podman's storage", "containers-storage:nginx", ErrorCode::Unsupported);
}

void TestReference::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto reference = parseReference(text.toStdString());
    QVERIFY(!reference.has_value());
    QCOMPARE(static_cast<int>(reference.error().code), code);
}

void TestReference::saysWhatToDoInstead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("command");
    QTest::newRow("podman's storage") << "containers-storage:app:2" << "`podman:app:2`";
    QTest::newRow("no text of strangers in a command")
        << "containers-storage:x;rm -rf /" << "`podman:NAME`";
    QTest::newRow("a list") << "podman:" << "`cutaway-cli images podman`";
}

void TestReference::saysWhatToDoInstead()
{
    QFETCH(QString, text);
    QFETCH(QString, command);
    const auto reference = parseReference(text.toStdString());
    QVERIFY(!reference.has_value());
    const QString message = QString::fromStdString(reference.error().message);
    QVERIFY2(message.contains(command), qPrintable(message));
}

void TestReference::readsPlaces_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("expected");
    QTest::newRow("first") << "@0" << 0;
    QTest::newRow("large") << "@999999" << 999999;
    QTest::newRow("name") << "nginx" << -1;
    QTest::newRow("empty") << "" << -1;
    QTest::newRow("sign") << "@+1" << -1;
    QTest::newRow("text behind") << "@0:x" << -1;
}

void TestReference::readsPlaces()
{
    QFETCH(QString, text);
    QFETCH(int, expected);
    const auto index = imageIndex(text.toStdString());
    QCOMPARE(index ? static_cast<int>(*index) : -1, expected);
}

void TestReference::readsImageNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const QString digest = QStringLiteral("@sha256:") + QString(64, QLatin1Char('a'));
    QTest::newRow("bare") << "nginx" << "docker.io/library/nginx:latest";
    QTest::newRow("tag") << "nginx:1.27" << "docker.io/library/nginx:1.27";
    QTest::newRow("user") << "team/app" << "docker.io/team/app:latest";
    QTest::newRow("registry") << "r.example/app:2" << "r.example/app:2";
    QTest::newRow("registry with a port") << "localhost:5000/a/b" << "localhost:5000/a/b:latest";
    QTest::newRow("localhost") << "localhost/app:1" << "localhost/app:1";
    QTest::newRow("IPv6") << "[::1]:5000/app" << "[::1]:5000/app:latest";
    QTest::newRow("docker's old host") << "index.docker.io/nginx"
                                       << "docker.io/library/nginx:latest";
    const QString path = QStringLiteral("docker.io/library/nginx");
    QTest::newRow("digest") << QStringLiteral("nginx") + digest << path + digest;
    QTest::newRow("tag and digest")
        << QStringLiteral("nginx:1") + digest << path + QStringLiteral(":1") + digest;
    QTest::newRow("separators") << "a_b/c__d/e---f.g" << "docker.io/a_b/c__d/e---f.g:latest";
}

void TestReference::readsImageNames()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto name = ImageName::parse(text.toStdString());
    QVERIFY(name.has_value());
    QCOMPARE(QString::fromStdString(name->text()), expected);
}

void TestReference::refusesImageNames_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",          ":",          "a:",     "a:b:c",  "-a",
                             "a-",        "a..b",       "a___b",  "a/",     "/a",
                             "a//b",      "Upper",      "a b",    "a:-x",   "a@sha256:1",
                             "a@",        "r.example/", "-x.y/a", "[::1/a", "r.example:port/a",
                             "a:\xc3\xa9"}) {
        QTest::newRow(qPrintable(QStringLiteral("“%1”").arg(QString::fromUtf8(text))))
            << QString::fromUtf8(text);
    }
    QTest::newRow("tag too long") << QStringLiteral("a:") + QString(129, QLatin1Char('x'));
    QTest::newRow("name too long") << QString(300, QLatin1Char('x'));
}

void TestReference::refusesImageNames()
{
    QFETCH(QString, text);
    const auto name = ImageName::parse(text.toStdString());
    QVERIFY(!name.has_value());
    QCOMPARE(name.error().code, ErrorCode::InvalidInput);
}

void TestReference::comparesImageNames()
{
    QVERIFY(sameImageName("nginx", "docker.io/library/nginx:latest"));
    QVERIFY(sameImageName("not a name", "not a name"));
    QVERIFY(!sameImageName("nginx:1", "nginx:2"));
    QVERIFY(!sameImageName("not a name", "nor this one"));
}

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
