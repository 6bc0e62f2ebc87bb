// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "tests/cli/program.h"
#include "tests/cli/registries.h"
#include "tests/core/source/imagefixture.h"

#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <thread>

using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

bool isInstalled(const char *program)
{
    return !QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty();
}

/// An index of two platforms, as a layout.
Files twoPlatforms()
{
    Files files = {{"oci-layout", R"({"imageLayoutVersion": "1.0.0"})"}};
    std::string manifests;
    for (const char *architecture : {"amd64", "arm64"}) {
        TestImage image = smallImage();
        image.architecture = architecture;
        const std::string manifest = manifestOf(image);
        for (const std::string &blob : image.blobs) {
            files.emplace_back(blobPath(blob), blob);
        }
        files.emplace_back(blobPath(configOf(image)), configOf(image));
        files.emplace_back(blobPath(manifest), manifest);
        manifests += (manifests.empty() ? "" : ", ")
                     + descriptorOf(manifest,
                                    "application/vnd.oci.image.manifest.v1+json",
                                    R"(, "platform": {"os": "linux", "architecture": ")"
                                        + std::string(architecture) + "\"}");
    }
    const std::string index =
        R"({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [)"
        + manifests + "]}";
    files.emplace_back(blobPath(index), index);
    files.emplace_back("index.json",
                       "{\"schemaVersion\": 2, \"manifests\": ["
                           + descriptorOf(index, "application/vnd.oci.image.index.v1+json") + "]}");
    return files;
}

} // namespace

/// Against a real registry.
class TestCliRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void sameAsTheArchive();
    void secondOpeningAsksForTheManifestOnly();
    void cacheIsAnImageLayout();
    void twoAtOnce();
    void platforms();
    void absence_data();
    void absence();
    void certificates();
    void passwords();
    void helpers();

private:
    Ran run(const Words &arguments) const;
    std::string name(const std::string &image) const { return m_registry->address() + "/" + image; }
    /// A certificate for localhost and who signed it; false when they cannot be made.
    bool makeCertificates() const;

    std::unique_ptr<QTemporaryDir> m_images;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<DockerRegistry> m_registry;
    std::string m_archive;
};

Ran TestCliRegistry::run(const Words &arguments) const
{
    const std::string home = m_home->path().toStdString();
    return runCli(arguments,
                  {.environment = {"HOME=" + home,
                                   "XDG_CONFIG_HOME=",
                                   "XDG_RUNTIME_DIR=",
                                   "DOCKER_CONFIG=",
                                   "REGISTRY_AUTH_FILE=",
                                   "PATH=" + home + "/bin:" + qgetenv("PATH").toStdString(),
                                   "CUTAWAY_CACHE_DIR=" + home + "/cache"}});
}

void TestCliRegistry::initTestCase()
{
    if (!isInstalled("docker-registry") || !isInstalled("skopeo")) {
        QSKIP("docker-registry or skopeo is not installed");
    }
    m_images = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<DockerRegistry>();
    QVERIFY(m_registry->start());
    m_archive = in(*m_images, "app.tar");
    writeFile(m_archive, sampleImage().bytes());
    const std::string layout = in(*m_images, "layout");
    for (const auto &[path, bytes] : twoPlatforms()) {
        fs::create_directories(fs::path(layout + "/" + path).parent_path());
        writeFile(layout + "/" + path, bytes);
    }
    const std::string to = "docker://" + m_registry->address() + "/team/";
    for (const Words &copy : {Words{"docker-archive:" + m_archive, to + "app:1"},
                              Words{"--format", "oci", "docker-archive:" + m_archive, to + "oci:1"},
                              Words{"--all", "oci:" + layout, to + "both:1"}}) {
        Words words = {"copy", "--quiet", "--dest-tls-verify=false"};
        words.insert(words.end(), copy.begin(), copy.end());
        const Ran copied = runProgram("skopeo", words);
        QVERIFY2(copied.code == 0, copied.err.constData());
    }
}

void TestCliRegistry::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_registry->stop();
    QVERIFY(m_registry->start());
}

void TestCliRegistry::sameAsTheArchive()
{
    const Words files = {"files", "--view", "all", "--format", "json"};
    const auto answerOf = [&](const std::string &reference) {
        Words words = files;
        words.push_back(reference);
        return run(words);
    };
    const Ran archive = answerOf(m_archive);
    QCOMPARE(archive.code, 0);
    for (const std::string &reference : {"docker://" + name("team/app:1"), name("team/app:1")}) {
        const Ran fetched = answerOf(reference);
        QVERIFY2(fetched.code == 0, fetched.err.constData());
        QCOMPARE(fetched.out, archive.out);
    }
    QVERIFY(run({"inspect", name("team/app:1")}).out.contains("registry"));
    QVERIFY(run({"audit", "--fail-on", "none", name("team/app:1")}).code == 0);
    const Ran unkept = run({"inspect", "--no-cache", name("team/app:1")});
    QVERIFY2(unkept.code == 0, unkept.err.constData());
}

void TestCliRegistry::secondOpeningAsksForTheManifestOnly()
{
    QCOMPARE(run({"inspect", name("team/app:1")}).code, 0);
    const std::size_t before = m_registry->requests().size();
    QVERIFY(before >= 4);
    QCOMPARE(run({"inspect", name("team/app:1")}).code, 0);
    auto requests = m_registry->requests();
    requests.erase(requests.begin(), requests.begin() + static_cast<std::ptrdiff_t>(before));
    QCOMPARE(requests, (std::vector<std::string>{"GET /v2/", "HEAD /v2/team/app/manifests/1"}));
    m_registry->stop();
    QCOMPARE(run({"inspect", name("team/app:1")}).code, 4);
    QCOMPARE(run({"inspect", "--offline", name("team/app:1")}).code, 0);
    const Ran unknown = run({"inspect", "--offline", name("team/app:2")});
    QCOMPARE(unknown.code, 4);
    QVERIFY2(unknown.err.contains("is not kept"), unknown.err.constData());
}

void TestCliRegistry::cacheIsAnImageLayout()
{
    QCOMPARE(run({"inspect", name("team/oci:1")}).code, 0);
    const std::string images = in(*m_home, "cache/images");
    const Ran looked =
        runProgram("skopeo", {"inspect", "oci:" + images + ":" + name("team/oci:1")});
    QVERIFY2(looked.code == 0, looked.err.constData());
    const Ran opened = run({"inspect", "oci:" + images});
    QVERIFY2(opened.code == 0, opened.err.constData());
    const QByteArray shown = run({"cache"}).out;
    QVERIFY2(shown.contains(QByteArray::fromStdString(images)), shown.constData());
    QVERIFY(namesIn(images + "/blobs/sha256").size() >= 4);
    QCOMPARE(run({"cache", "clear"}).code, 0);
    QCOMPARE(namesIn(images + "/blobs/sha256"), Words{"lock"});
}

void TestCliRegistry::twoAtOnce()
{
    std::vector<Ran> ran(4);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < ran.size(); ++i) {
            threads.emplace_back([this, &ran, i] {
                ran[i] = run(
                    {"files", "--format", "json", name(i % 2 == 0 ? "team/app:1" : "team/oci:1")});
            });
        }
    }
    for (const Ran &one : ran) {
        QVERIFY2(one.code == 0, one.err.constData());
        QCOMPARE(one.out, ran.front().out);
    }
    for (const std::string &file : namesIn(in(*m_home, "cache/images/blobs/sha256"))) {
        QVERIFY2(!file.starts_with("new-"), file.c_str());
    }
}

void TestCliRegistry::platforms()
{
    for (const char *architecture : {"amd64", "arm64"}) {
        const Ran ran = run({"inspect",
                             "--platform",
                             "linux/" + std::string(architecture),
                             "--format",
                             "json",
                             name("team/both:1")});
        QVERIFY2(ran.code == 0, ran.err.constData());
        QVERIFY(ran.out.contains(architecture));
    }
    const Ran other = run({"inspect", "--platform", "linux/s390x", name("team/both:1")});
    QVERIFY2(other.code != 0 && other.err.contains("arm64"), other.err.constData());
}

void TestCliRegistry::absence_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("a tag") << QByteArray("team/app:2") << 3 << QByteArray("has no tag 2");
    QTest::newRow("a repository") << QByteArray("team/none:1") << 3
                                  << QByteArray("there is no repository team/none");
    QTest::newRow("a digest") << "team/app@sha256:" + QByteArray(64, 'a') << 3
                              << QByteArray("has no manifest sha256:aaaaaaaaaaaa");
}

void TestCliRegistry::absence()
{
    QFETCH(QByteArray, image);
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    const Ran ran = run({"inspect", "docker://" + name(image.toStdString())});
    QCOMPARE(ran.code, code);
    QVERIFY2(ran.err.contains(message), ran.err.constData());
}

bool TestCliRegistry::makeCertificates() const
{
    const std::string base = m_home->path().toStdString() + "/";
    writeFile(base + "names", "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    const std::vector<Words> steps = {{"req",
                                       "-x509",
                                       "-newkey",
                                       "rsa:2048",
                                       "-nodes",
                                       "-days",
                                       "2",
                                       "-subj",
                                       "/CN=Test CA",
                                       "-keyout",
                                       base + "ca.key",
                                       "-out",
                                       base + "ca.crt"},
                                      {"req",
                                       "-newkey",
                                       "rsa:2048",
                                       "-nodes",
                                       "-subj",
                                       "/CN=localhost",
                                       "-keyout",
                                       base + "server.key",
                                       "-out",
                                       base + "server.csr"},
                                      {"x509",
                                       "-req",
                                       "-in",
                                       base + "server.csr",
                                       "-CA",
                                       base + "ca.crt",
                                       "-CAkey",
                                       base + "ca.key",
                                       "-set_serial",
                                       "7",
                                       "-days",
                                       "2",
                                       "-extfile",
                                       base + "names",
                                       "-out",
                                       base + "server.crt"}};
    return std::ranges::all_of(
        steps, [](const Words &step) { return runProgram("openssl", step).code == 0; });
}

void TestCliRegistry::certificates()
{
    QVERIFY(makeCertificates());
    m_registry->stop();
    QVERIFY(m_registry->start({in(*m_home, "server.crt"), in(*m_home, "server.key"), {}}));
    const Ran untrusted = run({"inspect", name("team/app:1")});
    QCOMPARE(untrusted.code, 4);
    QVERIFY2(untrusted.err.contains("its certificate is not trusted"), untrusted.err.constData());
    const fs::path trust = in(*m_home, ".config/containers/certs.d/") + m_registry->address();
    fs::create_directories(trust);
    fs::copy_file(in(*m_home, "ca.crt"), trust / "ca.crt");
    const Ran trusted = run({"inspect", "--format", "json", name("team/app:1")});
    QVERIFY2(trusted.code == 0, trusted.err.constData());
}

void TestCliRegistry::passwords()
{
    if (!isInstalled("htpasswd")) {
        QSKIP("htpasswd is not installed");
    }
    const std::string passwords = in(*m_home, "htpasswd");
    QCOMPARE(runProgram("htpasswd", {"-Bbc", passwords, "me", "open sesame"}).code, 0);
    m_registry->stop();
    QVERIFY(m_registry->start({{}, {}, passwords}));
    const Ran nobody = run({"inspect", name("team/app:1")});
    QCOMPARE(nobody.code, 4);
    QVERIFY2(nobody.err.contains("none are known for it"), nobody.err.constData());
    const auto knowPassword = [this](const std::string &password) {
        fs::create_directories(in(*m_home, ".docker"));
        writeFile(in(*m_home, ".docker/config.json"),
                  R"({"auths": {")" + m_registry->address() + R"(": {"auth": ")"
                      + cutaway::base64("me:" + password) + "\"}}}");
    };
    knowPassword("wrong sesame");
    const Ran wrong = run({"inspect", name("team/app:1")});
    QCOMPARE(wrong.code, 4);
    QVERIFY2(wrong.err.contains(".docker/config.json") && !wrong.err.contains("sesame"),
             wrong.err.constData());
    knowPassword("open sesame");
    const Ran right = run({"inspect", "--format", "json", name("team/app:1")});
    QVERIFY2(right.code == 0, right.err.constData());
    QVERIFY(!right.out.contains("sesame"));
}

void TestCliRegistry::helpers()
{
    if (!isInstalled("htpasswd")) {
        QSKIP("htpasswd is not installed");
    }
    const std::string passwords = in(*m_home, "htpasswd");
    QCOMPARE(runProgram("htpasswd", {"-Bbc", passwords, "me", "secret"}).code, 0);
    m_registry->stop();
    QVERIFY(m_registry->start({{}, {}, passwords}));
    fs::create_directories(in(*m_home, ".docker"));
    fs::create_directories(in(*m_home, "bin"));
    writeFile(in(*m_home, ".docker/config.json"), R"({"credsStore": "test"})");
    const Ran absent = run({"inspect", name("team/app:1")});
    QCOMPARE(absent.code, 4);
    const std::string helper = in(*m_home, "bin/docker-credential-test");
    const auto makeHelper = [&helper](const std::string &script) {
        writeFile(helper, "#!/bin/sh\n" + script);
        fs::permissions(helper, fs::perms::owner_all);
    };
    makeHelper("read server; [ \"$1 $server\" = \"get " + m_registry->address()
               + "\" ] || exit 1\n"
                 "echo '{\"Username\":\"me\",\"Secret\":\"secret\"}'\n");
    const Ran asked = run({"inspect", name("team/app:1")});
    QVERIFY2(asked.code == 0, asked.err.constData());
    makeHelper("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done\n");
    QCOMPARE(run({"inspect", name("team/app:1")}).code, 4);
}

QTEST_GUILESS_MAIN(TestCliRegistry)

#include "tst_cliregistry.moc"
