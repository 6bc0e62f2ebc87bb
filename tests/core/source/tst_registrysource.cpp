// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"
#include "tests/support/webserver.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <random>

using namespace cutaway;
using namespace cutaway::test;

namespace {

constexpr const char *kOciManifest = "Content-Type: application/vnd.oci.image.manifest.v1+json";

std::string digestOf(std::string_view bytes)
{
    return blobPath(bytes).replace(0, 13, "sha256:");
}

/// A layer that does not fit into what a socket holds.
constexpr std::size_t kBigFile = 12U << 20U;

TestImage bigImage()
{
    std::string noise(kBigFile, '\0');
    std::minstd_rand random(7);
    std::ranges::generate(noise, [&random] { return static_cast<char>(random()); });
    TestImage image = smallImage();
    image.layers[0] = TarWriter().file("etc/name", "first").file("big", noise).finish();
    image.blobs[0] = image.layers[0];
    image.diffIds[0] = digestOf(image.layers[0]);
    return image;
}

/// A repository "team/app" as most registries would serve it.
class Registry
{
public:
    explicit Registry(TestImage image)
        : m_image(std::move(image))
        , m_manifest(manifestOf(m_image))
    {
        blobs[digestOf(configOf(m_image))] = configOf(m_image);
        for (const std::string &blob : m_image.blobs) {
            blobs[digestOf(blob)] = blob;
        }
    }

    void serve(const WebRequest &request, const WebConnection &to) const
    {
        constexpr std::string_view kBlobs = "/v2/team/app/blobs/";
        if (request.path == "/v2/") {
            to.answer(200, "{}");
        } else if (request.path.starts_with("/v2/team/app/manifests/")) {
            to.answer(200, request.method == "HEAD" ? "" : m_manifest, {kOciManifest});
        } else if (const auto blob = blobs.find(request.path.substr(kBlobs.size()));
                   blob != blobs.end()) {
            to.answer(200, blob->second);
        } else {
            to.answer(404, R"({"errors":[{"code":"BLOB_UNKNOWN","message":"gone"}]})");
        }
    }

    std::string layerPath(std::size_t index) const
    {
        return "/v2/team/app/blobs/" + digestOf(m_image.blobs[index]);
    }
    const std::string &layer(std::size_t index) const { return m_image.blobs[index]; }

    std::map<std::string, std::string> blobs; ///< by digest

private:
    TestImage m_image;
    std::string m_manifest;
};

/// A monitor that is cancelled as soon as something happens.
class WaitingMonitor : public Monitor
{
public:
    explicit WaitingMonitor(std::function<bool()> isTime)
        : m_isTime(std::move(isTime))
    {}
    bool isCancelled() const override
    {
        if (!m_isDone && m_isTime()) {
            m_isDone = true;
            m_since.start();
        }
        return m_isDone;
    }
    qint64 sinceMilliseconds() const { return m_since.elapsed(); }

private:
    std::function<bool()> m_isTime;
    mutable std::atomic<bool> m_isDone = false;
    mutable QElapsedTimer m_since;
};

std::size_t countOf(const WebServer &server, std::string_view path)
{
    const auto requests = server.requests();
    return static_cast<std::size_t>(std::ranges::count(requests, path, &WebRequest::path));
}

} // namespace

class TestRegistrySource : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void fetchesEachBlobOnce();
    void goesOnWhereItBrokeOff_data();
    void goesOnWhereItBrokeOff();
    void waitsAsLongAsAsked();
    void givesUp_data();
    void givesUp();
    void otherBytesAreRefused();
    void cancelKeepsWhatIsComplete();
    void authorizationStaysWithTheRegistry();
    void tokensAreRenewed();
    void nobodyIsForbidden();
    void realmsAreGuarded_data();
    void realmsAreGuarded();
    void mirrorsComeFirst_data();
    void mirrorsComeFirst();
    void foreignLayersAreNotFetched();

private:
    Result<ImagePtr> open(const WebServer &server, Monitor &monitor);
    std::string failureOf(const WebServer &server);

    std::unique_ptr<Folder> m_folder;
    OpenOptions m_options;
};

void TestRegistrySource::init()
{
    m_folder = std::make_unique<Folder>();
    m_options = {};
    m_options.blobs = BlobCache::open(m_folder->path("images")).value();
}

Result<ImagePtr> TestRegistrySource::open(const WebServer &server, Monitor &monitor)
{
    const auto reference = parseReference("docker://" + server.address() + "/team/app:1");
    auto source = openSource(*reference, m_options, monitor);
    if (!source) {
        return std::unexpected(source.error());
    }
    auto image = loadImage(**source, {}, monitor);
    (*source)->outliveMonitor();
    return image;
}

std::string TestRegistrySource::failureOf(const WebServer &server)
{
    Monitor monitor;
    const auto image = open(server, monitor);
    return image ? std::string("it was opened") : image.error().message;
}

void TestRegistrySource::fetchesEachBlobOnce()
{
    const Registry registry(smallImage());
    const WebServer server(
        [&](const auto &request, const auto &to) { registry.serve(request, to); });
    for (int i = 0; i < 2; ++i) {
        Monitor monitor;
        const auto image = open(server, monitor);
        QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
        QCOMPARE(filesOf(**image), std::string("/data/new 3\n/etc/name 5\n"));
        QCOMPARE((*image)->sourceName, std::string("registry"));
        QVERIFY((*image)->registry.has_value());
        QVERIFY(!(*image)->registry->isEncrypted);
    }
    QCOMPARE(countOf(server, registry.layerPath(0)), 1U);
    QCOMPARE(countOf(server, registry.layerPath(1)), 1U);
    m_options.registry.isOffline = true;
    const std::size_t before = server.requests().size();
    Monitor monitor;
    QVERIFY(open(server, monitor).has_value());
    QCOMPARE(server.requests().size(), before);
}

void TestRegistrySource::goesOnWhereItBrokeOff_data()
{
    QTest::addColumn<int>("answer"); ///< to a request for a range
    QTest::newRow("the rest") << 206;
    QTest::newRow("all of it once more") << 200;
    QTest::newRow("no ranges here") << 416;
}

void TestRegistrySource::goesOnWhereItBrokeOff()
{
    QFETCH(int, answer);
    const Registry registry(bigImage());
    const std::string &layer = registry.layer(0);
    std::atomic<int> asked = 0;
    const WebServer server([&](const WebRequest &request, const WebConnection &to) {
        if (request.path != registry.layerPath(0)) {
            registry.serve(request, to);
            return;
        }
        const auto range = request.headers.find("range");
        if (asked++ == 0) {
            to.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(layer.size())
                    + "\r\n\r\n" + layer.substr(0, layer.size() / 2));
        } else if (range == request.headers.end() || answer == 200) {
            to.answer(200, layer);
        } else if (answer == 416) {
            to.answer(416, "");
        } else {
            const std::size_t from = std::stoul(range->second.substr(6));
            to.answer(206,
                      layer.substr(from),
                      {"Content-Range: bytes " + std::to_string(from) + "-"
                       + std::to_string(layer.size() - 1) + "/" + std::to_string(layer.size())});
        }
    });
    Monitor monitor;
    const auto image = open(server, monitor);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QVERIFY((*image)->layers[0].verified == true);
    std::vector<std::string> ranges;
    for (const WebRequest &request : server.requests()) {
        if (request.path == registry.layerPath(0)) {
            const auto range = request.headers.find("range");
            ranges.push_back(range == request.headers.end() ? "" : range->second);
        }
    }
    QCOMPARE(ranges.size(), answer == 416 ? 3U : 2U);
    QCOMPARE(ranges[0], std::string());
    QCOMPARE(ranges[1], "bytes=" + std::to_string(layer.size() / 2) + "-");
}

void TestRegistrySource::waitsAsLongAsAsked()
{
    const Registry registry(smallImage());
    std::atomic<int> asked = 0;
    const WebServer server([&](const WebRequest &request, const WebConnection &to) {
        if (request.path == registry.layerPath(0) && asked++ == 0) {
            to.answer(429, "", {"Retry-After: 1"});
        } else {
            registry.serve(request, to);
        }
    });
    QElapsedTimer time;
    time.start();
    Monitor monitor;
    const auto image = open(server, monitor);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QVERIFY(time.elapsed() >= 1000);
    QCOMPARE(countOf(server, registry.layerPath(0)), 2U);
}

void TestRegistrySource::givesUp_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("requests");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("busy for ever")
        << QByteArray("Retry-After: 0") << limits::kTries << QByteArray("answers 503");
    QTest::newRow("busy for long")
        << QByteArray("Retry-After: 3600") << 1 << QByteArray("asked again in 3600 seconds");
}

void TestRegistrySource::givesUp()
{
    QFETCH(QByteArray, header);
    QFETCH(int, requests);
    QFETCH(QByteArray, message);
    const Registry registry(smallImage());
    const WebServer server([&](const WebRequest &request, const WebConnection &to) {
        if (request.path == registry.layerPath(1)) {
            to.answer(503, "", {header.toStdString()});
        } else {
            registry.serve(request, to);
        }
    });
    Monitor monitor;
    const auto image = open(server, monitor);
    QVERIFY(!image.has_value());
    QCOMPARE(image.error().code, ErrorCode::Network);
    QVERIFY2(QByteArray::fromStdString(image.error().message).contains(message),
             image.error().message.c_str());
    QCOMPARE(countOf(server, registry.layerPath(1)), static_cast<std::size_t>(requests));
}

void TestRegistrySource::otherBytesAreRefused()
{
    Registry registry(smallImage());
    std::string &blob = registry.blobs[digestOf(registry.layer(0))];
    blob[600] = '?';
    const WebServer server(
        [&](const auto &request, const auto &to) { registry.serve(request, to); });
    Monitor monitor;
    const auto image = open(server, monitor);
    QVERIFY(image.has_value()); // the other layer is as it should be
    QCOMPARE((*image)->layers[0].state, Layer::State::Damaged);
    QVERIFY2((*image)->layers[0].problem.contains("not those of its digest"),
             (*image)->layers[0].problem.c_str());
    QVERIFY(!m_options.blobs->find(Digest::parse(digestOf(registry.layer(0))).value()).has_value());
}

void TestRegistrySource::cancelKeepsWhatIsComplete()
{
    const Registry registry(bigImage());
    const Digest small = Digest::parse(digestOf(registry.layer(1))).value();
    const WebServer server([&](const WebRequest &request, const WebConnection &to) {
        if (request.path != registry.layerPath(0)) {
            registry.serve(request, to);
            return;
        }
        to.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(registry.layer(0).size())
                + "\r\n\r\n" + registry.layer(0).substr(0, 5000));
        to.waitForEnd();
    });
    WaitingMonitor monitor([&] {
        return countOf(server, registry.layerPath(0)) == 1
               && m_options.blobs->find(small).has_value();
    });
    const auto image = open(server, monitor);
    QVERIFY(monitor.sinceMilliseconds() < 100);
    QVERIFY(!image.has_value());
    QCOMPARE(image.error().code, ErrorCode::Cancelled);
    QVERIFY(m_options.blobs->find(small).has_value());
    std::size_t files = 0;
    for (const auto &file :
         std::filesystem::directory_iterator(m_folder->path("images/blobs/sha256"))) {
        files += file.path().filename() != "lock" ? 1 : 0;
    }
    QCOMPARE(files, 3U); // manifest, config and the layer that was complete
}

void TestRegistrySource::authorizationStaysWithTheRegistry()
{
    const Registry registry(smallImage());
    const WebServer store(
        [&](const auto &request, const auto &to) { registry.serve(request, to); });
    const WebServer server([&](const WebRequest &request, const WebConnection &to) {
        const auto who = request.headers.find("authorization");
        if (who == request.headers.end() || who->second != "Basic " + base64("me:secret")) {
            to.answer(401, "", {"WWW-Authenticate: Basic realm=\"r\""});
        } else if (request.path.contains("/blobs/")) {
            to.answer(
                307, "", {"Location: http://localhost:" + store.port() + request.path + "?sig=x"});
        } else {
            registry.serve(request, to);
        }
    });
    // What is behind the path is the store's own affair.
    const std::string without = failureOf(server);
    QVERIFY2(without.contains("wants a user and a password"), without.c_str());
    m_options.registry.places.home = m_folder->writeAll(
        "home",
        {{".docker/config.json",
          R"({"auths":{")" + server.address() + R"(":{"username":"me","password":"secret"}}})"}});
    const std::string with = failureOf(server);
    QVERIFY2(with.contains("no such blob") && !with.contains("sig="), with.c_str());
    QVERIFY(!store.requests().empty());
    for (const WebRequest &request : store.requests()) {
        QVERIFY(!request.headers.contains("authorization"));
    }
    m_folder->write("home/.docker/config.json",
                    R"({"auths":{")" + server.address()
                        + R"(":{"username":"me","password":"wrong"}}})");
    const std::string refused = failureOf(server);
    QVERIFY2(refused.contains("refuses the credentials of") && !refused.contains("wrong")
                 && refused.contains("config.json"),
             refused.c_str());
}

/// A token server on a port of its own, whose tokens are good for one request, of one scope.
void TestRegistrySource::tokensAreRenewed()
{
    const Registry registry(smallImage());
    std::mutex mutex;
    std::map<std::string, std::string> scopeOf; ///< of tokens that were not used yet
    int given = 0;
    const WebServer tokens([&](const WebRequest &request, const WebConnection &to) {
        const std::scoped_lock lock(mutex);
        const std::string token = "t" + std::to_string(++given);
        scopeOf[token] = request.path.substr(request.path.find("scope=") + 6);
        to.answer(200, R"({"access_token":")" + token + R"(","expires_in":1})");
    });
    const WebServer server([&](const WebRequest &request, const WebConnection &to) {
        const std::string scope =
            request.path.contains("/blobs/") ? "blobs%3Ateam%2Fapp" : "team%2Fapp";
        const auto who = request.headers.find("authorization");
        const std::scoped_lock lock(mutex);
        const auto held =
            who == request.headers.end() ? scopeOf.end() : scopeOf.find(who->second.substr(7));
        if (held != scopeOf.end() && held->second == scope) {
            scopeOf.erase(held);
            registry.serve(request, to);
            return;
        }
        const std::string plain = request.path.contains("/blobs/") ? "blobs:team/app" : "team/app";
        to.answer(401,
                  "",
                  {"WWW-Authenticate: Negotiate, Bearer realm=\"http://localhost:" + tokens.port()
                   + "/token\",service=\"a, b\",scope=\"" + plain + "\""});
    });
    Monitor monitor;
    const auto image = open(server, monitor);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QVERIFY((*image)->registry->isAnonymous);
    QVERIFY(tokens.requests().size() >= 4);
    for (const WebRequest &request : tokens.requests()) {
        QVERIFY(request.path.starts_with("/token?service=a%2C%20b&scope="));
        QVERIFY(!request.headers.contains("authorization"));
    }
}

/// A registry that gives tokens to anybody, and says with 403 that nobody may read.
void TestRegistrySource::nobodyIsForbidden()
{
    const Registry registry(smallImage());
    const WebServer server([&](const WebRequest &request, const WebConnection &to) {
        const auto who = request.headers.find("authorization");
        const std::string sent = who == request.headers.end() ? std::string() : who->second;
        if (request.path.starts_with("/token")) {
            const bool isKnown = sent == "Basic " + base64("me:secret");
            to.answer(200, isKnown ? R"({"token":"mine"})" : R"({"token":"anybody"})");
        } else if (sent == "Bearer mine" || request.path == "/v2/") {
            registry.serve(request, to);
        } else if (sent == "Bearer anybody") {
            to.answer(403, R"({"errors":[{"code":"DENIED","message":"not for you"}]})");
        } else {
            to.answer(401,
                      "",
                      {"WWW-Authenticate: Bearer realm=\"http://" + request.headers.at("host")
                       + "/token\",service=\"s\""});
        }
    });
    const std::string nobody = failureOf(server);
    QVERIFY2(nobody.contains("asked without credentials (DENIED: not for you)"), nobody.c_str());
    m_options.registry.places.home = m_folder->writeAll(
        "home",
        {{".docker/config.json",
          R"({"auths":{")" + server.address() + R"(":{"username":"me","password":"secret"}}})"}});
    Monitor monitor;
    const auto image = open(server, monitor);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QVERIFY(!(*image)->registry->isAnonymous);
}

void TestRegistrySource::realmsAreGuarded_data()
{
    QTest::addColumn<QByteArray>("realm");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *name, const char *realm, const char *message) {
        QTest::newRow(name) << QByteArray(realm) << QByteArray(message);
    };
    row("a file", "file:///etc/passwd", "no address of the web");
    row("without TLS",
        "http://tokens.example/x?key=1",
        "without TLS, which is refused: http://tokens.example/x");
    row("a private network", "https://10.0.0.1/x", "inside a private network");
    row("a cloud's own", "https://169.254.169.254/latest", "inside a private network");
    row("a user in it", "https://me:pass@tokens.example/x", "has a user in it");
    row("none", "", "is no address");
}

void TestRegistrySource::realmsAreGuarded()
{
    QFETCH(QByteArray, realm);
    QFETCH(QByteArray, message);
    const WebServer server([&](const WebRequest &request, const WebConnection &to) {
        if (request.path == "/v2/") {
            to.answer(200, "{}");
            return;
        }
        to.answer(401, "", {"WWW-Authenticate: Bearer realm=\"" + realm.toStdString() + "\""});
    });
    const std::string failure = failureOf(server);
    QVERIFY2(failure.contains(message.toStdString()), failure.c_str());
    QVERIFY(!failure.contains("key=") && !failure.contains("pass@"));
}

void TestRegistrySource::mirrorsComeFirst_data()
{
    QTest::addColumn<int>("status"); ///< of the mirror
    QTest::newRow("a mirror has it") << 200;
    QTest::newRow("a mirror has it not") << 404;
    QTest::newRow("a mirror does not know who asks") << 401;
}

void TestRegistrySource::mirrorsComeFirst()
{
    QFETCH(int, status);
    const Registry registry(smallImage());
    const WebServer mirror([&](WebRequest request, const WebConnection &to) {
        constexpr std::string_view kThere = "/v2/copies/app/";
        if (request.path.starts_with(kThere)) {
            request.path.replace(0, kThere.size(), "/v2/team/app/");
        }
        if (status == 200 || request.path == "/v2/") {
            registry.serve(request, to);
        } else {
            to.answer(status, "{}");
        }
    });
    const WebServer server(
        [&](const auto &request, const auto &to) { registry.serve(request, to); });
    m_options.registry.registriesFiles = {m_folder->path("registries.conf")};
    m_folder->write("registries.conf",
                    "[[registry]]\nlocation = '" + server.address()
                        + "'\n[[registry.mirror]]\nlocation = '" + mirror.address()
                        + "'\n[[registry]]\nprefix = '" + server.address() + "/team'\nlocation = '"
                        + server.address() + "/team'\n[[registry.mirror]]\nlocation = '"
                        + mirror.address() + "/copies'\n");
    Monitor monitor;
    const auto image = open(server, monitor);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QCOMPARE(filesOf(**image), std::string("/data/new 3\n/etc/name 5\n"));
    QCOMPARE((*image)->registry->host, status == 200 ? mirror.address() : server.address());
    QCOMPARE(server.requests().empty(), status == 200);
    const bool wasNoted = std::ranges::any_of((*image)->notes.list(), [](const Note &note) {
        return note.message.contains("the mirror 127.0.0.1");
    });
    QCOMPARE(wasNoted, status != 200);
}

void TestRegistrySource::foreignLayersAreNotFetched()
{
    TestImage foreign = smallImage();
    foreign.mediaTypes[0] = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
    const Registry registry(foreign);
    const WebServer server(
        [&](const auto &request, const auto &to) { registry.serve(request, to); });
    Monitor monitor;
    const auto image = open(server, monitor);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QCOMPARE((*image)->layers[0].state, Layer::State::Foreign);
    QCOMPARE((*image)->layers[1].state, Layer::State::Read);
    QCOMPARE(countOf(server, registry.layerPath(0)), 0U);
}

QTEST_APPLESS_MAIN(TestRegistrySource)

#include "tst_registrysource.moc"
