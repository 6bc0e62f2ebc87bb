// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/image/config.h"
#include "core/image/imagename.h"
#include "core/image/manifest.h"
#include "core/image/reference.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <array>

using namespace cutaway;

namespace {

/// Well formed, but of algorithms that nobody can compute: refused as Unsupported.
constexpr std::array kUnknownAlgorithms = {
    "opencontainers_image-spec_schema_cases_descriptor_23_valid.json",
    "opencontainers_image-spec_schema_cases_descriptor_27_valid.json",
    "opencontainers_image-spec_schema_cases_descriptor_28_valid.json",
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool hasFaults(const std::vector<Descriptor> &descriptors)
{
    return std::ranges::any_of(descriptors,
                               [](const Descriptor &entry) { return !entry.faults.empty(); });
}

/// "valid" or what is wrong; a fault that we only note counts as wrong.
QString judgeDescriptor(const QByteArray &text)
{
    const auto json = parseJson(text.toStdString(), "the descriptor");
    if (!json) {
        return QString::fromStdString(json.error().message);
    }
    const auto descriptor = Descriptor::ofJson(json->value);
    if (!descriptor) {
        const bool isUnsupported = descriptor.error().code == ErrorCode::Unsupported;
        return (isUnsupported ? QStringLiteral("unsupported: ") : QString())
               + QString::fromStdString(descriptor.error().message);
    }
    return descriptor->faults.empty() ? QStringLiteral("valid")
                                      : QString::fromStdString(descriptor->faults.front());
}

QString judgeManifest(const QByteArray &text)
{
    const auto manifest = parseManifest(text.toStdString());
    if (!manifest) {
        return QString::fromStdString(manifest.error().message);
    }
    return hasFaults(manifest->layers) || !manifest->config.faults.empty()
               ? QStringLiteral("faults")
               : QStringLiteral("valid");
}

QString judgeIndex(const QByteArray &text)
{
    const auto index = parseIndex(text.toStdString());
    if (!index) {
        return QString::fromStdString(index.error().message);
    }
    return hasFaults(index->manifests) ? QStringLiteral("faults") : QStringLiteral("valid");
}

QString judgeConfig(const QByteArray &text)
{
    Notes notes;
    const auto config = parseConfig(text.toStdString(), notes);
    if (!config) {
        return QString::fromStdString(config.error().message);
    }
    return notes.list().empty() ? QStringLiteral("valid")
                                : QString::fromStdString(notes.list().front().message);
}

/// The oci-layout file has a version and nothing else; that it is JSON is all that is ours here.
QString judgeLayout(const QByteArray &text)
{
    const auto json = parseJson(text.toStdString(), "oci-layout");
    return json && json->value["imageLayoutVersion"].isString() ? QStringLiteral("valid")
                                                                : QStringLiteral("no JSON");
}

QString judge(const QString &kind, const QByteArray &text)
{
    if (kind == QLatin1String("json-descriptor")) {
        return judgeDescriptor(text);
    }
    if (kind == QLatin1String("json-manifest")) {
        return judgeManifest(text);
    }
    if (kind == QLatin1String("json-imageindex")) {
        return judgeIndex(text);
    }
    if (kind == QLatin1String("json-imagelayout")) {
        return judgeLayout(text);
    }
    if (kind == QLatin1String("json-docker-compat")) {
        const auto isIndex = isIndexText(text.toStdString(), "");
        return isIndex.value_or(false) ? judgeIndex(text) : judgeManifest(text);
    }
    return judgeConfig(text);
}

} // namespace

/// Walks the shared collection of other tools' test data (CASES.json).
class TestImageCases : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void judgesDocuments_data();
    void judgesDocuments();
    void guessesMediaTypes_data();
    void guessesMediaTypes();
    void computesManifestDigests_data();
    void computesManifestDigests();
    void readsLintedConfigs_data();
    void readsLintedConfigs();
    void parsesDigests_data();
    void parsesDigests();
    void parsesArchiveReferences_data();
    void parsesArchiveReferences();
    void normalisesLintedCommands_data();
    void normalisesLintedCommands();

private:
    void addRows(const QStringList &kinds);
    QJsonDocument inlineFile(const QString &kind) const;

    QString m_folder;
    QJsonArray m_cases;
};

void TestImageCases::initTestCase()
{
    m_folder = qEnvironmentVariable("CUTAWAY_CASES_DIR");
    if (m_folder.isEmpty()) {
        QSKIP("CUTAWAY_CASES_DIR does not name the folder of shared cases");
    }
    m_cases = QJsonDocument::fromJson(contentOf(m_folder + QLatin1String("/CASES.json"))).array();
    QVERIFY2(!m_cases.isEmpty(), "CUTAWAY_CASES_DIR has no CASES.json");
}

void TestImageCases::addRows(const QStringList &kinds)
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QJsonObject>("expected");
    for (const QJsonValue &value : m_cases) {
        const QJsonObject object = value.toObject();
        const QString kind = object[QLatin1String("kind")].toString();
        const QJsonArray peers = object[QLatin1String("expected")][QLatin1String("peer")].toArray();
        if (!kinds.contains(kind) || peers.isEmpty()) {
            continue;
        }
        const QString id = object[QLatin1String("id")].toString();
        QTest::newRow(qPrintable(kind + QLatin1Char(' ') + id))
            << id << kind
            << contentOf(m_folder + QLatin1Char('/') + object[QLatin1String("file")].toString())
            << peers[0].toObject();
    }
}

QJsonDocument TestImageCases::inlineFile(const QString &kind) const
{
    for (const QJsonValue &value : m_cases) {
        if (value[QLatin1String("kind")].toString() == kind) {
            return QJsonDocument::fromJson(
                contentOf(m_folder + QLatin1Char('/') + value[QLatin1String("file")].toString()));
        }
    }
    return {};
}

void TestImageCases::judgesDocuments_data()
{
    addRows({QStringLiteral("json-config"),
             QStringLiteral("json-descriptor"),
             QStringLiteral("json-manifest"),
             QStringLiteral("json-imageindex"),
             QStringLiteral("json-imagelayout"),
             QStringLiteral("json-docker-compat")});
}

void TestImageCases::judgesDocuments()
{
    QFETCH(QString, id);
    QFETCH(QString, kind);
    QFETCH(QByteArray, text);
    QFETCH(QJsonObject, expected);
    const QString verdict = judge(kind, text);
    if (std::ranges::find(kUnknownAlgorithms, id.toStdString()) != kUnknownAlgorithms.end()) {
        QVERIFY2(verdict.startsWith(QLatin1String("unsupported: ")), qPrintable(verdict));
        return;
    }
    QVERIFY2(
        (verdict == QLatin1String("valid")) == expected[QLatin1String("valid")].toBool(),
        qPrintable(verdict + QLatin1String(" / ") + expected[QLatin1String("why")].toString()));
    if (expected.contains(QLatin1String("digest"))) {
        QCOMPARE(QLatin1String("sha256:") + QString::fromStdString(sha256Hex(text.toStdString())),
                 expected[QLatin1String("digest")].toString());
    }
}

void TestImageCases::guessesMediaTypes_data()
{
    addRows({QStringLiteral("manifest-json")});
}

void TestImageCases::guessesMediaTypes()
{
    QFETCH(QByteArray, text);
    QFETCH(QJsonObject, expected);
    const QString guessed = expected[QLatin1String("guessed_media_type")].toString();
    const auto isIndex = isIndexText(text.toStdString(), "");
    if (guessed.isEmpty()) {
        QVERIFY(!isIndex.has_value());
        QCOMPARE(isIndex.error().code, ErrorCode::Corrupt);
    } else if (guessed.contains(QLatin1String("distribution.manifest.v1+"))) {
        QVERIFY(!isIndex.has_value());
        QCOMPARE(isIndex.error().code, ErrorCode::Unsupported);
        QVERIFY(isIndex.error().message.contains("schema 1"));
    } else {
        QVERIFY(isIndex.has_value());
        QCOMPARE(*isIndex, isIndexType(guessed.toStdString()));
        if (*isIndex) {
            QCOMPARE(QString::fromStdString(parseIndex(text.toStdString()).value().mediaType),
                     guessed);
        } else if (const auto manifest = parseManifest(text.toStdString())) {
            QCOMPARE(QString::fromStdString(manifest->mediaType), guessed);
        } else {
            // One document of the peer's has an empty digest, which is enough to guess by.
            QVERIFY(manifest.error().message.contains("the digest is empty"));
        }
    }
}

void TestImageCases::computesManifestDigests_data()
{
    addRows({QStringLiteral("manifest-digest")});
}

void TestImageCases::computesManifestDigests()
{
    QFETCH(QByteArray, text);
    QFETCH(QJsonObject, expected);
    const auto isIndex = isIndexText(text.toStdString(), "");
    const bool isSigned = !expected[QLatin1String("note")].isNull();
    const QString digest =
        QLatin1String("sha256:") + QString::fromStdString(sha256Hex(text.toStdString()));
    // A signed schema 1 manifest is hashed without its signature; that schema is refused as a
    // whole.
    QCOMPARE(digest == expected[QLatin1String("digest")].toString(), !isSigned);
    QVERIFY(!isSigned || (!isIndex && isIndex.error().code == ErrorCode::Unsupported));
}

void TestImageCases::readsLintedConfigs_data()
{
    addRows({QStringLiteral("image-config-lint")});
}

void TestImageCases::readsLintedConfigs()
{
    QFETCH(QByteArray, text);
    QFETCH(QJsonObject, expected);
    Notes notes;
    const auto config = parseConfig(text.toStdString(), notes);
    QVERIFY(config.has_value());
    QVERIFY(notes.list().empty());
    QVERIFY(!config->history.empty());
    qsizetype adds = 0;
    for (const HistoryEntry &entry : config->history) {
        const BuildStep step = normaliseHistory(entry);
        QVERIFY2(!step.keyword.empty(), entry.createdBy.c_str());
        QVERIFY(!step.text().contains("#(nop)"));
        adds += step.keyword == "ADD" ? 1 : 0;
    }
    // The peer counts each ADD but the first, which brings the root file system.
    const QJsonArray codes = expected[QLatin1String("codes")].toArray();
    QCOMPARE(adds - 1, std::ranges::count(codes, QJsonValue(QStringLiteral("UseCOPY"))));
    QCOMPARE(config->user.empty(), codes.contains(QStringLiteral("AvoidRootDefault")));
    QCOMPARE(!config->healthcheck, codes.contains(QStringLiteral("AddHealthcheck")));
}

void TestImageCases::parsesDigests_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error");
    for (const QJsonValue &value : inlineFile(QStringLiteral("inline-digest-parse")).array()) {
        QTest::newRow(
            qPrintable(QStringLiteral("line %1").arg(value[QLatin1String("$line")].toInt())))
            << value[QLatin1String("Input")].toString() << value[QLatin1String("Err")].toString();
    }
}

void TestImageCases::parsesDigests()
{
    QFETCH(QString, text);
    QFETCH(QString, error);
    const auto digest = Digest::parse(text.toStdString());
    if (text.startsWith(QLatin1String("sha384:"))) {
        // The peer knows sha384; image-spec registers sha256 and sha512, and so do we.
        QVERIFY(!digest.has_value());
        QCOMPARE(digest.error().code, ErrorCode::Unsupported);
        return;
    }
    QCOMPARE(digest.has_value(), error.isEmpty());
    if (!digest) {
        const bool isUnsupported = error.endsWith(QLatin1String("Unsupported"));
        QCOMPARE(digest.error().code,
                 isUnsupported ? ErrorCode::Unsupported : ErrorCode::InvalidInput);
    }
}

void TestImageCases::parsesArchiveReferences_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("index");
    const QJsonArray rows =
        inlineFile(QStringLiteral("inline-archive-reference")).array()[0].toArray()[0].toArray();
    for (const QJsonValue &row : rows) {
        QString text = row[0].toString();
        text.replace(QLatin1String("$sha256digest"),
                     QStringLiteral("@sha256:") + QString(64, QLatin1Char('a')));
        QTest::newRow(qPrintable(QStringLiteral("“%1”").arg(text)))
            << text << row[1].toString() << row[2].toString() << row[3].toInt();
    }
}

void TestImageCases::parsesArchiveReferences()
{
    QFETCH(QString, text);
    QFETCH(QString, path);
    QFETCH(QString, name);
    QFETCH(int, index);
    const auto reference = parseReference("docker-archive:" + text.toStdString());
    QCOMPARE(reference.has_value(), !path.isEmpty());
    if (!reference) {
        QCOMPARE(reference.error().code, ErrorCode::InvalidInput);
        return;
    }
    QCOMPARE(QString::fromStdString(reference->path), path);
    const auto place = imageIndex(reference->image);
    QCOMPARE(place ? static_cast<int>(*place) : -1, index);
    if (!name.isEmpty()) {
        QCOMPARE(QString::fromStdString(ImageName::parse(reference->image).value().text()), name);
    }
}

void TestImageCases::normalisesLintedCommands_data()
{
    QTest::addColumn<QString>("line");
    const QJsonObject tables = inlineFile(QStringLiteral("inline-lint-rules")).object();
    for (const QString &table :
         {QStringLiteral("TestSensitiveVars.tests"), QStringLiteral("TestAddStatement.tests")}) {
        const QJsonObject rows = tables[table].toObject();
        for (auto row = rows.begin(); row != rows.end(); ++row) {
            QStringList words;
            for (const QJsonValue &word :
                 row.value()[QLatin1String("cmdSlices")][QLatin1String("0")].toArray()) {
                words << word.toString();
            }
            const QString line = words.isEmpty() ? row.value()[QLatin1String("cmd")].toString()
                                                 : words.join(QLatin1Char(' '));
            if (line.startsWith(QLatin1String("/bin/sh"))) {
                QTest::newRow(qPrintable(table + QLatin1Char(' ') + row.key())) << line;
            }
        }
    }
}

void TestImageCases::normalisesLintedCommands()
{
    QFETCH(QString, line);
    const BuildStep step = normaliseHistory(HistoryEntry{.createdBy = line.toStdString()});
    const QString text = QString::fromStdString(step.text());
    QString expected = line;
    if (expected.remove(QLatin1String("/bin/sh -c #(nop) ")) == line) {
        expected.replace(QLatin1String("/bin/sh -c "), QLatin1String("RUN "));
    }
    expected.replace(QLatin1String(" in /"), QLatin1String(" /"));
    QCOMPARE(text, expected.trimmed());
}

QTEST_GUILESS_MAIN(TestImageCases)
#include "tst_imagecases.moc"
