// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/image/config.h"
#include "core/image/schema1.h"

#include <QTest>

using namespace cutaway;

namespace {

std::string digest(char digit)
{
    return "sha256:" + std::string(64, digit);
}

/// Layers newest first, as Docker wrote them.
std::string manifestOf(const std::string &newest,
                       const std::string &middle,
                       const std::string &oldest)
{
    return R"({"schemaVersion": 1, "name": "team/app", "tag": "1", "architecture": "amd64",
"fsLayers": [{"blobSum": ")"
           + digest('c') + R"("}, {"blobSum": ")" + digest('b') + R"("}, {"blobSum": ")"
           + digest('a') + R"("}],
"history": [{"v1Compatibility": ")"
           + newest + R"("}, {"v1Compatibility": ")" + middle + R"("}, {"v1Compatibility": ")"
           + oldest + R"("}]})";
}

const std::string kManifest = manifestOf(
    R"({\"architecture\":\"amd64\",\"os\":\"linux\",\"id\":\"x\",\"config\":{\"User\":\"app\",)"
    R"(\"Cmd\":[\"serve\"]},\"container_config\":{\"Cmd\":[\"/bin/sh\",\"-c\",\"#(nop) CMD\"]},)"
    R"(\"created\":\"2015-03-01T00:00:00Z\",\"throwaway\":true})",
    R"({\"container_config\":{\"Cmd\":[\"/bin/sh\",\"-c\",\"make \\\"it\\\"\\n\"]},)"
    R"(\"author\":\"me\"})",
    R"({\"comment\":\"imported\"})");

/// What a signature covers, and the text that it was put into.
std::string signedText(const std::string &payload, const std::string &tail)
{
    const std::size_t length = payload.size() - tail.size();
    const std::string header = base64("{\"formatLength\":" + std::to_string(length)
                                      + ",\"formatTail\":\"" + base64(tail) + "\"}");
    return payload.substr(0, length) + ",\n\"signatures\": [{\"protected\": \"" + header + "\"}]"
           + tail;
}

} // namespace

class TestSchema1 : public QObject
{
    Q_OBJECT

private slots:
    void isTold_data();
    void isTold();
    void becomesAnImage();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void payloadIsWhatWasSigned();
    void payloadsAreChecked_data();
    void payloadsAreChecked();
};

void TestSchema1::isTold_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("is");
    QTest::newRow("its own version") << QByteArray::fromStdString(kManifest) << true;
    QTest::newRow("its members alone") << QByteArray(R"({"fsLayers": []})") << true;
    QTest::newRow("version 2") << QByteArray(R"({"schemaVersion": 2, "fsLayers": []})") << false;
    QTest::newRow("no object") << QByteArray("[1]") << false;
    QTest::newRow("no JSON") << QByteArray("schemaVersion") << false;
}

void TestSchema1::isTold()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, is);
    QCOMPARE(isSchema1Text(text.toStdString()), is);
}

void TestSchema1::becomesAnImage()
{
    const auto image = parseSchema1(kManifest);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QCOMPARE(image->manifest.layers.size(), 2U); // the throwaway holds nothing
    QCOMPARE(image->manifest.layers[0].digest.text(), digest('a'));
    QCOMPARE(image->manifest.layers[1].digest.text(), digest('b'));
    QVERIFY(image->manifest.isImage());
    QVERIFY(image->manifest.config.digest.isEmpty());
    Notes notes;
    const auto config = parseConfig(image->configText, notes);
    QVERIFY2(config.has_value(), config ? "" : config.error().message.c_str());
    QVERIFY(notes.list().empty());
    QCOMPARE(config->user, std::string("app"));
    QCOMPARE(config->cmd, std::vector<std::string>{"serve"});
    QCOMPARE(config->platform.text(), std::string("linux/amd64"));
    QVERIFY(config->diffIds.empty());
    QCOMPARE(config->history.size(), 3U);
    QCOMPARE(config->history[0].comment, std::string("imported"));
    QCOMPARE(config->history[1].createdBy, std::string("/bin/sh -c make \"it\"\n"));
    QCOMPARE(config->history[1].author, std::string("me"));
    QVERIFY(!config->history[1].emptyLayer);
    QVERIFY(config->history[2].emptyLayer);
}

void TestSchema1::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *name, const std::string &text, const char *message) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(message);
    };
    row("no layers", R"({"schemaVersion": 1, "fsLayers": [], "history": []})", "has no layers");
    row("fewer steps",
        R"({"fsLayers": [{"blobSum": ")" + digest('a') + R"("}], "history": []})",
        "as many steps as layers");
    row("no digest",
        R"({"fsLayers": [{"blobSum": "../../x"}], "history": [{"v1Compatibility": "{}"}]})",
        "digest");
    row("a step that is none", manifestOf("{}", "nothing", "{}"), "v1Compatibility");
    row("a step that is a list", manifestOf("[]", "{}", "{}"), "of which nothing is known");
    std::string layers = R"({"blobSum": ")" + digest('a') + "\"}";
    std::string steps = R"({"v1Compatibility": "{}"})";
    for (int i = 0; i < 1000; ++i) {
        layers += R"(,{"blobSum": ")" + digest('a') + "\"}";
        steps += R"(,{"v1Compatibility": "{}"})";
    }
    row("too many",
        "{\"fsLayers\": [" + layers + "], \"history\": [" + steps + "]}",
        "more than 1,000 layers");
}

void TestSchema1::refusesWhatIsNone()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    const auto image = parseSchema1(text.toStdString());
    QVERIFY(!image.has_value());
    QVERIFY2(image.error().message.contains(message.toStdString()), image.error().message.c_str());
}

void TestSchema1::payloadIsWhatWasSigned()
{
    const std::string payload = "{\n\"schemaVersion\": 1, \"name\": \"a\"\n}";
    QCOMPARE(schema1Payload(payload).value(), payload); // nobody signed it
    const std::string text = signedText(payload, "\n}");
    QVERIFY(text != payload);
    QCOMPARE(schema1Payload(text).value(), payload);
    // What stands behind the payload is no part of it, whatever a reader would make of it.
    std::string more = text;
    more.insert(more.size() - 2, ",\"name\": \"b\"");
    QCOMPARE(schema1Payload(more).value(), payload);
}

void TestSchema1::payloadsAreChecked_data()
{
    QTest::addColumn<QByteArray>("header");
    const auto row = [](const char *name, const std::string &header) {
        QTest::newRow(name) << QByteArray::fromStdString(header);
    };
    row("no base64", "***");
    row("no JSON", base64("x"));
    row("no length", base64(R"({"formatTail":"fQ"})"));
    row("a length below 0", base64(R"({"formatLength":-1,"formatTail":"fQ"})"));
    row("a length beyond the text", base64(R"({"formatLength":100000,"formatTail":"fQ"})"));
    row("no tail", base64(R"({"formatLength":1,"formatTail":"*"})"));
}

void TestSchema1::payloadsAreChecked()
{
    QFETCH(QByteArray, header);
    const auto payload =
        schema1Payload(R"({"signatures": [{"protected": ")" + header.toStdString() + "\"}]}");
    QVERIFY(!payload.has_value());
}

QTEST_APPLESS_MAIN(TestSchema1)

#include "tst_schema1.moc"
