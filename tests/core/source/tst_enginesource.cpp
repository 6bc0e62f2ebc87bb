// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/source/contentreader.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/webserver.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

using namespace cutaway;
using namespace cutaway::test;

namespace {

using Pack = Files (*)(const TestImage &);

/// An engine with one image, "app:1", whose ID is its config's digest as Podman has it.
struct FakeEngine
{
    std::string id;
    std::string archive;
    std::string tags = R"(["example.com/app:1","example.com/app:latest"])";

    explicit FakeEngine(const TestImage &image, Pack pack = dockerFiles)
        : id("sha256:" + sha256Hex(configOf(image)))
        , archive(tarOf(pack(image)))
    {}

    void serve(const WebRequest &request, const WebConnection &to) const
    {
        if (request.path == "/_ping") {
            to.answer(200, "OK");
        } else if (request.path == "/images/app:1/json") {
            to.answer(200,
                      R"({"Id":")" + id + R"(","RepoTags":)" + tags + "}",
                      {"Content-Type: application/json"});
        } else if (request.path == "/images/" + id + "/get") {
            to.send("HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\n\r\n");
            to.send(archive);
        } else {
            to.answer(404, "{}", {"Content-Type: application/json"});
        }
    }
};

std::size_t archivesOf(const WebServer &server)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(server.requests(), [](const WebRequest &request) {
            return request.path.ends_with("/get");
        }));
}

struct Opened
{
    std::unique_ptr<ImageSource> source;
    ImagePtr image;
};

std::string factsOf(const Image &image)
{
    std::string text = image.digest.text() + ' ' + image.configDigest.text() + ' ' + image.mediaType
                       + '\n' + filesOf(image) + notesOf(image);
    for (const Layer &layer : image.layers) {
        text += layer.descriptor.mediaType + ' ' + layer.digest.text() + ' ' + layer.diffId.text()
                + ' ' + layer.compression + ' ' + std::to_string(layer.wireBytes.value_or(0))
                + (layer.verified == true ? " verified\n" : " not verified\n");
    }
    return text;
}

} // namespace

class TestEngineSource : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sameAsTheArchive_data();
    void sameAsTheArchive();
    void secondTimeNothingComes_data();
    void secondTimeNothingComes();
    void damagedMemoryIsForgotten_data();
    void damagedMemoryIsForgotten();
    void anotherImageOfThatName();
    void idsThatNameNoContent();
    void contents_data();
    void contents();
    void contentsBeyondTheLimit();
    void namesAreTheEngines();
    void refuses_data();
    void refuses();
    void cancel();

private:
    Result<Opened> open(Monitor &monitor) const
    {
        const auto reference = parseReference("podman:app:1");
        auto source = openSource(*reference, m_options, monitor);
        if (!source) {
            return std::unexpected(source.error());
        }
        LoadOptions load;
        load.cache = m_options.analyses;
        auto image = loadImage(**source, load, monitor);
        (*source)->outliveMonitor();
        if (!image) {
            return std::unexpected(image.error());
        }
        return Opened{std::move(*source), std::move(*image)};
    }
    Result<Opened> open() const
    {
        Monitor monitor;
        return open(monitor);
    }
    std::string socket() const { return m_folder->path("engine.sock"); }

    std::optional<Folder> m_folder;
    OpenOptions m_options;
};

void TestEngineSource::init()
{
    m_folder.emplace();
    m_options = OpenOptions();
    m_options.engines.containerHost = "unix://" + socket();
    m_options.engines.silentTime = std::chrono::seconds(1);
    m_options.analyses = AnalysisCache::open(m_folder->path("cache")).value_or(nullptr);
    QVERIFY(m_options.analyses != nullptr);
}

void TestEngineSource::sameAsTheArchive_data()
{
    QTest::addColumn<Pack>("pack");
    QTest::addColumn<bool>("wantContents");
    for (const bool want : {true, false}) {
        const char *how = want ? "kept" : "passed by";
        QTest::addRow("docker, %s", how) << Pack(dockerFiles) << want;
        QTest::addRow("with an OCI layout, %s", how) << Pack(hybridFiles) << want;
        QTest::addRow("an OCI layout alone, %s", how) << Pack(ociFiles) << want;
    }
}

void TestEngineSource::sameAsTheArchive()
{
    QFETCH(Pack, pack);
    QFETCH(bool, wantContents);
    m_options.wantContents = wantContents;
    const FakeEngine engine(smallImage(), pack);
    const WebServer server([&](const auto &request, const auto &to) { engine.serve(request, to); },
                           socket());
    const auto opened = open();
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
    const auto direct = load(m_folder->write("app.tar", engine.archive));
    QVERIFY(direct.has_value());
    QCOMPARE(QString::fromStdString(factsOf(*opened->image)),
             QString::fromStdString(factsOf(**direct)));
    QCOMPARE(opened->image->sourceName, "podman");
    QCOMPARE(archivesOf(server), 1U);
}

void TestEngineSource::secondTimeNothingComes_data()
{
    QTest::addColumn<Pack>("pack");
    QTest::newRow("docker") << Pack(dockerFiles);
    QTest::newRow("with an OCI layout") << Pack(hybridFiles);
}

void TestEngineSource::secondTimeNothingComes()
{
    QFETCH(Pack, pack);
    const FakeEngine engine(smallImage(), pack);
    const WebServer server([&](const auto &request, const auto &to) { engine.serve(request, to); },
                           socket());
    const auto first = open();
    const auto second = open();
    QVERIFY(first.has_value());
    QVERIFY2(second.has_value(), second ? "" : second.error().message.c_str());
    QCOMPARE(archivesOf(server), 1U);
    QCOMPARE(QString::fromStdString(factsOf(*second->image)),
             QString::fromStdString(factsOf(*first->image)));
    QVERIFY(!first->image->layers[0].verifiedEarlier);
    QVERIFY(second->image->layers[0].verifiedEarlier);
    m_options.analyses = nullptr;
    QVERIFY(open().has_value());
    QCOMPARE(archivesOf(server), 2U);
}

void TestEngineSource::damagedMemoryIsForgotten_data()
{
    QTest::addColumn<QByteArray>("ending");
    QTest::newRow("what the archive held") << QByteArray(".archive");
    QTest::newRow("a layer's record") << QByteArray(".blob");
    QTest::newRow("a layer's tree") << QByteArray(".tree");
}

void TestEngineSource::damagedMemoryIsForgotten()
{
    QFETCH(QByteArray, ending);
    const FakeEngine engine(smallImage());
    const WebServer server([&](const auto &request, const auto &to) { engine.serve(request, to); },
                           socket());
    const auto first = open();
    QVERIFY(first.has_value());
    std::size_t damaged = 0;
    for (const auto &file : std::filesystem::directory_iterator(m_folder->path("cache"))) {
        if (damaged == 0 && file.path().extension() == ending.toStdString()) {
            std::filesystem::resize_file(file.path(), file.file_size() - 1);
            ++damaged;
        }
    }
    QVERIFY(damaged > 0);
    const auto second = open();
    QVERIFY2(second.has_value(), second ? "" : second.error().message.c_str());
    QCOMPARE(archivesOf(server), 2U);
    QCOMPARE(QString::fromStdString(factsOf(*second->image)),
             QString::fromStdString(factsOf(*first->image)));
    QVERIFY(open().has_value()); // and kept again
    QCOMPARE(archivesOf(server), 2U);
}

void TestEngineSource::anotherImageOfThatName()
{
    FakeEngine engine(smallImage());
    std::mutex mutex;
    const WebServer server(
        [&](const auto &request, const auto &to) {
            const std::scoped_lock lock(mutex);
            engine.serve(request, to);
        },
        socket());
    QVERIFY(open().has_value());
    TestImage other = smallImage();
    other.architecture = "arm64";
    {
        const std::scoped_lock lock(mutex);
        engine = FakeEngine(other);
    }
    const auto second = open();
    QVERIFY(second.has_value());
    QCOMPARE(second->image->config.platform.architecture, "arm64");
    QCOMPARE(archivesOf(server), 2U);
}

/// Then the next archive of that ID may be another one.
void TestEngineSource::idsThatNameNoContent()
{
    FakeEngine engine(smallImage());
    engine.id = "sha256:" + std::string(64, '0');
    const WebServer server([&](const auto &request, const auto &to) { engine.serve(request, to); },
                           socket());
    QVERIFY(open().has_value());
    QVERIFY(open().has_value());
    QCOMPARE(archivesOf(server), 2U);
}

void TestEngineSource::contents_data()
{
    QTest::addColumn<bool>("wantContents");
    QTest::addColumn<int>("times"); ///< that it was opened before
    QTest::addColumn<std::size_t>("archives");
    QTest::newRow("kept as it came by") << true << 0 << std::size_t{1};
    QTest::newRow("fetched when asked for") << false << 0 << std::size_t{2};
    QTest::newRow("out of the cache, fetched when asked for") << true << 1 << std::size_t{2};
}

void TestEngineSource::contents()
{
    QFETCH(bool, wantContents);
    QFETCH(int, times);
    QFETCH(std::size_t, archives);
    m_options.wantContents = wantContents;
    const FakeEngine engine(smallImage());
    const WebServer server([&](const auto &request, const auto &to) { engine.serve(request, to); },
                           socket());
    for (int i = 0; i < times; ++i) {
        QVERIFY(open().has_value());
    }
    const auto opened = open();
    QVERIFY(opened.has_value());
    for (const char *path : {"etc/name", "data/new"}) {
        const PathTree &tree = *opened->image->tree;
        const NodeId node = tree.find(path);
        std::string bytes;
        const ContentReceiver receiver{[](EntryId) { return Result<>(); },
                                       [&bytes](EntryId, Bytes run) {
                                           bytes.append(reinterpret_cast<const char *>(run.data()),
                                                        run.size());
                                           return Result<>();
                                       }};
        const Monitor monitor;
        const EntryId entry = tree.finalEntry(node);
        const auto read = readContents(*opened->source, *opened->image, {entry}, receiver, monitor);
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QVERIFY(!bytes.empty());
    }
    QCOMPARE(archivesOf(server), archives);
}

/// The image can be looked at all the same.
void TestEngineSource::contentsBeyondTheLimit()
{
    m_options.limits.spoolBytes = 2000;
    const FakeEngine engine(smallImage());
    const WebServer server([&](const auto &request, const auto &to) { engine.serve(request, to); },
                           socket());
    const auto opened = open();
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
    const auto blob = opened->source->blob(opened->image->layers[0].descriptor);
    QVERIFY(!blob.has_value());
    QCOMPARE(blob.error().code, ErrorCode::LimitExceeded);
    QVERIFY2(blob.error().message.contains("--limit temporary-disk"), blob.error().message.c_str());
    QCOMPARE(archivesOf(server), 1U);
}

void TestEngineSource::namesAreTheEngines()
{
    const FakeEngine engine(smallImage());
    const WebServer server([&](const auto &request, const auto &to) { engine.serve(request, to); },
                           socket());
    const auto opened = open();
    QVERIFY(opened.has_value());
    const std::vector<std::string> tags = {"example.com/app:1", "example.com/app:latest"};
    QCOMPARE(opened->image->tags, tags);
    const auto candidates = opened->source->images();
    QVERIFY(candidates.has_value());
    QCOMPARE(candidates->front().reference, "podman:example.com/app:1");
}

void TestEngineSource::refuses_data()
{
    QTest::addColumn<QByteArray>("archive");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QByteArray>("words");
    const QByteArray good = QByteArray::fromStdString(FakeEngine(smallImage()).archive);
    const auto sent = [](const QByteArray &bytes, qsizetype said) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(said) + "\r\n\r\n"
               + bytes;
    };
    QTest::newRow("cut off") << sent(good.first(3000), good.size()) << ErrorCode::Network
                             << QByteArray("ended early");
    QTest::newRow("no archive") << sent("{}", 2) << ErrorCode::Corrupt
                                << QByteArray("sends no archive of the image but");
    QTest::newRow("nothing") << sent("", 0) << ErrorCode::Corrupt
                             << QByteArray("sends no archive of the image but");
    const QByteArray other = QByteArray::fromStdString(tarOf({{"blobs/x", "y"}}));
    QTest::newRow("no image") << sent(other, other.size()) << ErrorCode::Corrupt
                              << QByteArray("neither manifest.json nor index.json");
    QTest::newRow("a refusal") << QByteArray(
        "HTTP/1.1 500 X\r\nContent-Length: 22\r\n\r\n{\"message\":\"disk full\"}")
                               << ErrorCode::Network << QByteArray("it answers: ");
}

void TestEngineSource::refuses()
{
    QFETCH(QByteArray, archive);
    QFETCH(ErrorCode, code);
    QFETCH(QByteArray, words);
    const FakeEngine engine(smallImage());
    const WebServer server(
        [&](const WebRequest &request, const WebConnection &to) {
            if (request.path.ends_with("/get")) {
                to.send(archive.toStdString());
            } else {
                engine.serve(request, to);
            }
        },
        socket());
    const auto opened = open();
    QVERIFY(!opened.has_value());
    const std::string &message = opened.error().message;
    QVERIFY2(opened.error().code == code, message.c_str());
    QVERIFY2(message.contains(words.toStdString()), message.c_str());
    QVERIFY2(message.contains("Podman at " + socket()), message.c_str());
    QVERIFY(!m_options.analyses->findArchive(engine.id).has_value());
}

void TestEngineSource::cancel()
{
    const FakeEngine engine(smallImage());
    std::atomic<bool> isWaiting = false;
    const WebServer server(
        [&](const WebRequest &request, const WebConnection &to) {
            if (request.path.ends_with("/get")) {
                to.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
                        + engine.archive.substr(0, 1500));
                isWaiting = true;
                to.waitForEnd();
            } else {
                engine.serve(request, to);
            }
        },
        socket());
    Monitor monitor;
    QElapsedTimer timer;
    std::jthread later([&] {
        while (!isWaiting) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        timer.start();
        monitor.cancel();
    });
    const auto opened = open(monitor);
    later.join();
    QVERIFY(timer.elapsed() < 100);
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestEngineSource)
#include "tst_enginesource.moc"
