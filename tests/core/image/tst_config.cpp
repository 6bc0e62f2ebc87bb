// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.h"
#include "core/image/config.h"

#include <QTest>

using namespace cutaway;

class TestConfig : public QObject
{
    Q_OBJECT

private slots:
    void readsEverything();
    void takesNullForAbsent();
    void readsOtherShapes_data();
    void readsOtherShapes();
    void notesWrongShapes_data();
    void notesWrongShapes();
    void keepsNullApartFromEmpty();
    void readsLegacyContainerConfig();
    void keepsHistoryInPlace();
    void keepsDiffIdsInPlace();
    void replacesBadUtf8();
    void refuses_data();
    void refuses();
    void boundsNotes();
    void boundsDiffIds();
};

namespace {

struct Parsed
{
    ImageConfig config;
    QStringList notes;
};

Parsed parse(const QByteArray &text)
{
    Notes notes;
    Parsed parsed;
    auto config = parseConfig(text.toStdString(), notes);
    if (config) {
        parsed.config = std::move(*config);
    } else {
        parsed.notes << QStringLiteral("ERROR ") + QString::fromStdString(config.error().message);
    }
    for (const Note &note : notes.list()) {
        parsed.notes << QString::fromStdString(note.code + ": " + note.message);
    }
    return parsed;
}

using Texts = std::vector<std::string>;

} // namespace

void TestConfig::readsEverything()
{
    const QByteArray digest = "sha256:" + QByteArray(64, 'a');
    const auto [config, notes] = parse(R"({
        "os": "linux", "architecture": "arm", "variant": "v7", "os.version": "1",
        "created": "2024-01-02T03:04:05Z", "author": "A", "docker_version": "27",
        "config": {
            "User": "app", "WorkingDir": "/w", "StopSignal": "SIGINT",
            "Entrypoint": ["/e"], "Cmd": ["a", "b"], "Env": ["PATH=/bin", "E="],
            "ExposedPorts": {"80/tcp": {}, "443/udp": {}}, "Volumes": {"/v": {}},
            "Labels": {"k": "v", "json": "{\"a\": 1}"},
            "Healthcheck": {"Test": ["CMD", "x"], "Interval": 30000000000, "Timeout": 1,
                            "StartPeriod": 2, "StartInterval": 3, "Retries": 4},
            "OnBuild": ["RUN x"], "Shell": ["/bin/bash", "-c"], "ArgsEscaped": true},
        "rootfs": {"type": "layers", "diff_ids": [")"
                                       + digest + R"("]},
        "history": [{"created": "c", "created_by": "b", "author": "a", "comment": "m",
                     "empty_layer": true}]})");
    QVERIFY2(notes.isEmpty(), qPrintable(notes.join(QLatin1Char('\n'))));
    QCOMPARE(config.platform, (Platform{"linux", "arm", "v7", "1"}));
    QCOMPARE(config.created, std::string("2024-01-02T03:04:05Z"));
    QCOMPARE(config.author, std::string("A"));
    QCOMPARE(config.dockerVersion, std::string("27"));
    QCOMPARE(config.user, std::string("app"));
    QCOMPARE(config.workingDir, std::string("/w"));
    QCOMPARE(config.stopSignal, std::string("SIGINT"));
    QCOMPARE(config.entrypoint.value(), Texts{"/e"});
    QCOMPARE(config.cmd.value(), (Texts{"a", "b"}));
    QCOMPARE(config.env, (Texts{"PATH=/bin", "E="}));
    QCOMPARE(config.exposedPorts, (Texts{"443/udp", "80/tcp"}));
    QCOMPARE(config.volumes, Texts{"/v"});
    QCOMPARE(config.labels.at("json"), std::string("{\"a\": 1}"));
    QCOMPARE(config.healthcheck.value(), (Healthcheck{{"CMD", "x"}, 30'000'000'000, 1, 2, 3, 4}));
    QCOMPARE(config.onBuild, Texts{"RUN x"});
    QCOMPARE(config.shell, (Texts{"/bin/bash", "-c"}));
    QVERIFY(config.argsEscaped);
    QCOMPARE(config.diffIds.at(0).text(), digest.toStdString());
    QCOMPARE(config.history.at(0), (HistoryEntry{"c", "b", "a", "m", true, std::nullopt}));
}

void TestConfig::takesNullForAbsent()
{
    for (const char *text :
         {"{}",
          R"({"config": null, "rootfs": null, "history": null, "os": null, "created": null})",
          R"({"config": {"Env": null, "Cmd": null, "Labels": null, "ExposedPorts": null,
                         "Volumes": null, "Healthcheck": null, "OnBuild": null, "Shell": null,
                         "User": null, "ArgsEscaped": null},
              "rootfs": {"diff_ids": null}})"}) {
        const auto [config, notes] = parse(text);
        QVERIFY2(notes.isEmpty(), qPrintable(notes.join(QLatin1Char('\n'))));
        QVERIFY(!config.cmd.has_value());
        QVERIFY(config.env.empty());
        QVERIFY(!config.healthcheck.has_value());
        QVERIFY(config.diffIds.empty());
        QVERIFY(config.history.empty());
    }
}

void TestConfig::readsOtherShapes_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("ports");
    QTest::newRow("map") << QByteArray(R"("ExposedPorts": {"80/tcp": {}})") << "80/tcp";
    QTest::newRow("map to null") << QByteArray(R"("ExposedPorts": {"80/tcp": null})") << "80/tcp";
    QTest::newRow("list") << QByteArray(R"("ExposedPorts": ["81", "80/tcp", "81"])") << "80/tcp 81";
    QTest::newRow("empty list") << QByteArray(R"("ExposedPorts": [])") << "";
    QTest::newRow("key in another case") << QByteArray(R"("exposedports": {"1": {}})") << "1";
}

void TestConfig::readsOtherShapes()
{
    QFETCH(QByteArray, member);
    QFETCH(QString, ports);
    const auto [config, notes] = parse("{\"config\": {" + member + "}}");
    QVERIFY2(notes.isEmpty(), qPrintable(notes.join(QLatin1Char('\n'))));
    QStringList read;
    for (const std::string &port : config.exposedPorts) {
        read << QString::fromStdString(port);
    }
    QCOMPARE(read.join(QLatin1Char(' ')), ports);
}

void TestConfig::notesWrongShapes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("note");
    const auto top = [](const char *member, const char *note) {
        QTest::newRow(member) << "{" + QByteArray(member) + "}" << QString::fromUtf8(note);
    };
    const auto inner = [](const char *member, const char *note) {
        QTest::newRow(member) << "{\"config\": {" + QByteArray(member) + "}}"
                              << QString::fromUtf8(note);
    };
    top(R"("os": 123)", "os is a number, not a text; it is left out");
    top(R"("created": {})", "created is an object, not a text; it is left out");
    top(R"("config": [])", "config is a list, not an object; it is left out");
    top(R"("rootfs": "x")", "rootfs is a text, not an object; it is left out");
    top(R"("rootfs": {"diff_ids": {}})",
        "rootfs.diff_ids is an object, not a list; it is left out");
    top(R"("history": {})", "history is an object, not a list; it is left out");
    top(R"("history": [null])", "history[0] is null, not an object; it says nothing");
    top(R"("history": [{"empty_layer": "yes"}])",
        "history[0].empty_layer is a text, not a boolean; it is left out");
    inner(R"("User": 1234)", "User is a number, not a text; it is left out");
    inner(R"("Env": "A=b")", "Env is a text, not a list; it is left out");
    inner(R"("Env": [7353, "A=b"])", "Env[0] is a number, not a text; it is left out");
    inner(R"("Env": ["foo"])", "Env has “foo”, which has no “=”");
    inner(R"("Cmd": "run it")", "Cmd is a text, not a list; it is read as a list of one");
    inner(R"("Cmd": {})", "Cmd is an object, not a list; it is left out");
    inner(R"("Volumes": 1)", "Volumes is a number, not a list; it is left out");
    inner(R"("Labels": ["a"])", "Labels is a list, not an object; it is left out");
    inner(R"("Labels": {"n": 1, "ok": "x"})",
          R"(Labels["n"] is a number, not a text; it is left out)");
    inner(R"("Healthcheck": "curl")", "Healthcheck is a text, not an object; it is left out");
    inner(R"("Healthcheck": {"Interval": "30s"})",
          "Healthcheck.Interval is a text, not a whole number; it is left out");
    inner(R"("Healthcheck": {"Retries": 1.5})",
          "Healthcheck.Retries is a number, not a whole number; it is left out");
    inner(R"("ArgsEscaped": 1)", "ArgsEscaped is a number, not a boolean; it is left out");
    inner(R"("StopSignal": 9)", "StopSignal is a number, not a text; it is left out");
}

void TestConfig::notesWrongShapes()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, note);
    const auto [config, notes] = parse(text);
    QCOMPARE(notes.join(QLatin1Char('\n')), QLatin1String("config-field: config: ") + note);
    QVERIFY(config.user.empty());
    QVERIFY(!config.labels.contains("n"));
}

void TestConfig::keepsNullApartFromEmpty()
{
    const auto [config, notes] = parse(R"({"config": {"Entrypoint": [], "Cmd": null}})");
    QVERIFY(config.entrypoint.has_value());
    QVERIFY(config.entrypoint->empty());
    QVERIFY(!config.cmd.has_value());
    QCOMPARE(parse(R"({"config": {"Cmd": "run it"}})").config.cmd.value(), Texts{"run it"});
    QCOMPARE(parse(R"({"config": {"Env": [1, "A=b"]}})").config.env, Texts{"A=b"});
}

void TestConfig::readsLegacyContainerConfig()
{
    const QByteArray legacy =
        R"("container_config": {"User": "old", "Cmd": ["/bin/sh", "-c", "#(nop) CMD"]})";
    const auto both = parse("{\"config\": {\"User\": \"new\"}, " + legacy + "}");
    QCOMPARE(both.config.user, std::string("new"));
    QVERIFY(!both.config.cmd.has_value());
    QVERIFY(both.notes.isEmpty());
    const auto alone = parse("{" + legacy + "}");
    QCOMPARE(alone.config.user, std::string("old"));
    QVERIFY(!alone.config.cmd.has_value());
    QCOMPARE(alone.notes.size(), 1);
    QVERIFY(alone.notes[0].startsWith(QLatin1String("container-config: ")));
}

void TestConfig::keepsHistoryInPlace()
{
    const auto [config, notes] =
        parse(R"({"history": [{"created_by": "a"}, null, 5, {"created_by": 1, "comment": "c"}]})");
    QCOMPARE(config.history.size(), std::size_t{4});
    QCOMPARE(config.history[0].createdBy, std::string("a"));
    QCOMPARE(config.history[1], HistoryEntry());
    QVERIFY(config.history[3].createdBy.empty());
    QCOMPARE(config.history[3].comment, std::string("c"));
    QCOMPARE(notes.size(), 3);
}

void TestConfig::keepsDiffIdsInPlace()
{
    const QByteArray digest = "sha256:" + QByteArray(64, 'b');
    const auto [config, notes] =
        parse("{\"rootfs\": {\"diff_ids\": [\"x\", null, \"" + digest + "\"]}}");
    QCOMPARE(config.diffIds.size(), std::size_t{3});
    QVERIFY(config.diffIds[0].isEmpty());
    QVERIFY(config.diffIds[1].isEmpty());
    QCOMPARE(config.diffIds[2].text(), digest.toStdString());
    QCOMPARE(notes.size(), 2);
    QVERIFY(notes[0].contains(QLatin1String("rootfs.diff_ids[0] cannot be used")));
}

void TestConfig::replacesBadUtf8()
{
    const auto [config, notes] = parse("{\"config\": {\"Labels\": {\"k\": \"a\xff\xfe\"}}}");
    QCOMPARE(config.labels.at("k"), std::string("a\xef\xbf\xbd\xef\xbf\xbd"));
    QCOMPARE(notes.size(), 1);
    QVERIFY(notes[0].startsWith(QLatin1String("invalid-utf8: ")));
}

void TestConfig::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::newRow("empty") << QByteArray() << static_cast<int>(ErrorCode::Corrupt);
    QTest::newRow("no JSON") << QByteArray("\x1f\x8b") << static_cast<int>(ErrorCode::Corrupt);
    QTest::newRow("a list") << QByteArray("[]") << static_cast<int>(ErrorCode::InvalidInput);
    QTest::newRow("null") << QByteArray("null") << static_cast<int>(ErrorCode::InvalidInput);
}

void TestConfig::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    Notes notes;
    const auto config = parseConfig(text.toStdString(), notes);
    QVERIFY(!config.has_value());
    QCOMPARE(static_cast<int>(config.error().code), code);
}

void TestConfig::boundsNotes()
{
    QByteArray env = "1";
    for (std::size_t i = 0; i < limits::kNotes + 10; ++i) {
        env += ",1";
    }
    Notes notes;
    const auto config =
        parseConfig(("{\"config\": {\"Env\": [" + env + "]}}").toStdString(), notes);
    QVERIFY(config.has_value());
    QCOMPARE(notes.list().size(), limits::kNotes);
    QCOMPARE(notes.leftOut(), std::uint64_t{11});
}

void TestConfig::boundsDiffIds()
{
    const QByteArray digest = "\"sha256:" + QByteArray(64, 'b') + "\"";
    QByteArray list = digest;
    for (std::uint32_t i = 0; i < limits::kMostLayers; ++i) {
        list += "," + digest;
    }
    const auto [config, notes] = parse("{\"rootfs\": {\"diff_ids\": [" + list + "]}}");
    QCOMPARE(config.diffIds.size(), std::size_t{limits::kMostLayers});
    QCOMPARE(notes.size(), 1);
}

QTEST_APPLESS_MAIN(TestConfig)
#include "tst_config.moc"
