// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "tests/cli/program.h"
#include "tests/cli/registries.h"
#include "tests/core/source/imagefixture.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

bool isInstalled(const char *program)
{
    return !QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty();
}

/// So large that a registry can be stopped while it is fetched.
DockerArchive largeImage()
{
    std::string noise(24U << 20U, '\0');
    std::minstd_rand random(7);
    std::ranges::generate(noise, [&random] { return static_cast<char>(random()); });
    return DockerArchive().layer(TarWriter().file("big", noise), "COPY big /");
}

/// The largest file that is not complete yet.
std::uint64_t partialBytes(const std::string &cache)
{
    std::uint64_t most = 0;
    std::error_code error;
    for (fs::directory_iterator it(cache + "/images/partial", error), end; !error && it != end;
         it.increment(error)) {
        most = std::max<std::uint64_t>(most, it->file_size(error));
    }
    return most;
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
    void lists();
    void schema1();
    void goesOnAfterItWasKilled();
    void damagedCopiesAreReplaced();
    void signsInWithTheKeyring();

private:
    Ran run(const Words &arguments, const std::string &input = {}) const;
    /// Somebody named "me" alone is let in, with that password.
    bool askForPassword(const std::string &password);
    std::string name(const std::string &image) const { return m_registry->address() + "/" + image; }
    /// A certificate for localhost and who signed it; false when they cannot be made.
    bool makeCertificates() const;

    std::unique_ptr<QTemporaryDir> m_images;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<DockerRegistry> m_registry;
    std::string m_archive;
};

Ran TestCliRegistry::run(const Words &arguments, const std::string &input) const
{
    const std::string home = m_home->path().toStdString();
    return runCli(arguments,
                  {.input = QByteArray::fromStdString(input),
                   .environment = {"HOME=" + home,
                                   "XDG_CONFIG_HOME=",
                                   "XDG_RUNTIME_DIR=",
                                   "DBUS_SESSION_BUS_ADDRESS=",
                                   "CONTAINERS_REGISTRIES_CONF=/dev/null",
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
    const std::string large = in(*m_images, "large.tar");
    writeFile(large, largeImage().bytes());
    const std::string layout = in(*m_images, "layout");
    for (const auto &[path, bytes] : twoPlatforms()) {
        fs::create_directories(fs::path(layout + "/" + path).parent_path());
        writeFile(layout + "/" + path, bytes);
    }
    const std::string to = "docker://" + m_registry->address() + "/team/";
    for (const Words &copy :
         {Words{"docker-archive:" + m_archive, to + "app:1"},
          Words{"--format", "oci", "docker-archive:" + m_archive, to + "oci:1"},
          Words{"--format", "v2s1", "docker-archive:" + m_archive, to + "old:1"},
          Words{"docker-archive:" + large, to + "large:1"},
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
    QVERIFY(askForPassword("open sesame"));
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
    QVERIFY(askForPassword("secret"));
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

void TestCliRegistry::lists()
{
    const Ran hosts = run({"tags", m_registry->address()});
    QVERIFY2(hosts.code == 0, hosts.err.constData());
    QCOMPARE(hosts.out, QByteArray("team/app\nteam/both\nteam/large\nteam/oci\nteam/old\n"));
    const Ran tags = run({"tags", "--format", "json", name("team/app")});
    QVERIFY2(tags.code == 0, tags.err.constData());
    const QJsonObject listed = QJsonDocument::fromJson(tags.out).object();
    QCOMPARE(listed[QLatin1String("tags")].toArray(), QJsonArray{QStringLiteral("1")});
    const Ran most = run({"tags", "--most", "2", m_registry->address()});
    QVERIFY2(most.out.startsWith("team/app\nteam/both\n…"), most.out.constData());
    const Ran both = run({"tags", name("team/both:1")});
    QVERIFY2(both.code == 0, both.err.constData());
    QVERIFY2(both.out.contains("linux/amd64") && both.out.contains("linux/arm64")
                 && both.out.contains("nothing lies beside it"),
             both.out.constData());
    const Ran one = run({"tags", "--format", "json", "--no-referrers", name("team/oci:1")});
    const QJsonObject image =
        QJsonDocument::fromJson(one.out).object()[QLatin1String("image")].toObject();
    QVERIFY2(image[QLatin1String("layers")].toInt() > 0, one.out.constData());
    for (const std::string &request : m_registry->requests()) {
        QVERIFY2(!request.contains("referrers") || request.contains("/team/both/"),
                 request.c_str());
    }
    QCOMPARE(run({"tags", name("team/none")}).code, 3);
    QCOMPARE(run({"tags", "--most", "none", name("team/app")}).code, 2);
}

void TestCliRegistry::schema1()
{
    const Ran old = run({"files", "--format", "json", name("team/old:1")});
    QVERIFY2(old.code == 0, old.err.constData());
    const Ran now = run({"files", "--format", "json", name("team/app:1")});
    const auto pathsOf = [](const Ran &ran) {
        QStringList paths;
        const QJsonArray files =
            QJsonDocument::fromJson(ran.out).object()[QLatin1String("entries")].toArray();
        for (const QJsonValue file : files) {
            paths += file[QLatin1String("path")].toString();
        }
        return paths;
    };
    QVERIFY(!pathsOf(now).isEmpty());
    QCOMPARE(pathsOf(old), pathsOf(now));
    const Ran told = run({"inspect", name("team/old:1")});
    QVERIFY2(told.out.contains("schema 1"), told.out.constData());
}

void TestCliRegistry::goesOnAfterItWasKilled()
{
    const std::string cache = in(*m_home, "cache");
    constexpr std::uint64_t kSome = 1U << 20;
    const auto killMidway = [&] {
        QElapsedTimer time;
        time.start();
        while (partialBytes(cache) < kSome && time.elapsed() < 60'000) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        m_registry->stop();
    };
    Ran broken;
    {
        const std::jthread client([&] { broken = run({"inspect", name("team/large:1")}); });
        killMidway();
    }
    QCOMPARE(broken.code, 4);
    const std::uint64_t left = partialBytes(cache);
    QVERIFY(left >= kSome);
    QVERIFY(m_registry->start());
    const Ran whole = run({"inspect", "--format", "json", name("team/large:1")});
    QVERIFY2(whole.code == 0, whole.err.constData());
    QCOMPARE(m_registry->partialAnswers(), 1);
    QCOMPARE(partialBytes(cache), 0U);
    // What is left may have been damaged since: then it is fetched whole.
    QCOMPARE(run({"cache", "clear"}).code, 0);
    {
        const std::jthread client([&] { broken = run({"inspect", name("team/large:1")}); });
        killMidway();
    }
    for (const std::string &file : namesIn(cache + "/images/partial")) {
        std::fstream damaged(cache + "/images/partial/" + file,
                             std::ios::in | std::ios::out | std::ios::binary);
        damaged.seekp(1000);
        damaged << "damaged";
    }
    QVERIFY(m_registry->start());
    const Ran healed = run({"inspect", "--format", "json", name("team/large:1")});
    QVERIFY2(healed.code == 0, healed.err.constData());
    QCOMPARE(healed.out, whole.out);
}

void TestCliRegistry::damagedCopiesAreReplaced()
{
    const Words command = {"files", "--hash", "--format", "json", name("team/app:1")};
    const Ran before = run(command);
    QCOMPARE(before.code, 0);
    const std::string blobs = in(*m_home, "cache/images/blobs/sha256/");
    for (const std::string &blob : namesIn(blobs)) {
        if (blob == "lock") {
            continue;
        }
        std::fstream damaged(blobs + blob, std::ios::in | std::ios::out | std::ios::binary);
        damaged.seekp(20);
        damaged << "damaged";
    }
    fs::remove_all(in(*m_home, "cache/layers"));
    const Ran after = run(command);
    QVERIFY2(after.code == 0, after.err.constData());
    QCOMPARE(after.out, before.out);
    m_registry->stop();
    QCOMPARE(run({"inspect", "--offline", name("team/app:1")}).code, 0);
}

bool TestCliRegistry::askForPassword(const std::string &password)
{
    const std::string passwords = in(*m_home, "htpasswd");
    m_registry->stop();
    return runProgram("htpasswd", {"-Bbc", passwords, "me", password}).code == 0
           && m_registry->start({{}, {}, passwords});
}

void TestCliRegistry::signsInWithTheKeyring()
{
    for (const char *program : {"htpasswd", "dbus-run-session", "gnome-keyring-daemon"}) {
        if (!isInstalled(program)) {
            QSKIP((QByteArray(program) + " is not installed").constData());
        }
    }
    QVERIFY(askForPassword("open sesame"));
    const Ran alone = run({"login", "--username", "me", "--password-stdin", m_registry->address()},
                          "open sesame\n");
    QCOMPARE(alone.code, 3); // there is no D-Bus
    QVERIFY2(alone.err.contains("docker login"), alone.err.constData());
    const std::string script = in(*m_home, "session");
    writeFile(
        script,
        "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null\n"
        "login() { printf '%s\\n' \"$1\" | \"$CLI\" login -u me --password-stdin \"$HOST\"; }\n"
        "login 'wrong sesame'; echo \"wrong $?\"\n"
        "\"$CLI\" inspect \"$HOST/team/app:1\" >/dev/null; echo \"nobody $?\"\n"
        "login 'open sesame'; echo \"right $?\"\n"
        "\"$CLI\" login\n"
        "\"$CLI\" inspect \"$HOST/team/app:1\" >/dev/null; echo \"me $?\"\n"
        "\"$CLI\" logout \"$HOST\"; echo \"out $?\"\n"
        "\"$CLI\" inspect --no-cache \"$HOST/team/app:1\" >/dev/null; echo \"nobody $?\"\n");
    const std::string home = m_home->path().toStdString();
    fs::create_directories(home + "/run");
    fs::permissions(home + "/run", fs::perms::owner_all);
    const Ran session = runProgram("env",
                                   {"HOME=" + home,
                                    "XDG_CONFIG_HOME=" + home + "/config",
                                    "XDG_DATA_HOME=" + home + "/data",
                                    "XDG_RUNTIME_DIR=" + home + "/run",
                                    "DOCKER_CONFIG=",
                                    "CUTAWAY_CACHE_DIR=" + home + "/cache",
                                    "CLI=" + cutawayPath(),
                                    "HOST=" + m_registry->address(),
                                    "dbus-run-session",
                                    "--",
                                    "sh",
                                    script});
    const QByteArray host = QByteArray::fromStdString(m_registry->address());
    QVERIFY2(session.out
                 == "wrong 4\nnobody 4\nsigned in to " + host + " as me\nright 0\n" + host
                        + "\nme 0\nsigned out of " + host + "\nout 0\nnobody 4\n",
             (session.out + session.err).constData());
    QVERIFY(!session.err.contains("sesame"));
    for (const auto &file : fs::recursive_directory_iterator(home + "/config")) {
        if (!file.is_regular_file()) {
            continue;
        }
        std::ifstream content(file.path());
        const std::string text(std::istreambuf_iterator<char>(content), {});
        QVERIFY2(!text.contains("sesame"), file.path().c_str());
    }
}

QTEST_GUILESS_MAIN(TestCliRegistry)

#include "tst_cliregistry.moc"
