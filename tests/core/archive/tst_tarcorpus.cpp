// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/codec.h"
#include "core/archive/tarcursor.h"
#include "core/base/bytesource.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "tests/support/chunkstream.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>

#include <clocale>
#include <map>

using namespace cutaway;

namespace {

constexpr std::uint64_t kHashedBytes = 1ull << 30; ///< the reference hashes no longer sparse files

/// Where a case allows more than one reading, the note in CASES.json says so.
const std::map<QString, QString> &allowedNames()
{
    static const std::map<QString, QString> kNames = {
        // Go honours a prefix that its own old bug wrote into GNU headers.
        {QStringLiteral("golang_go_archive_tar_invalid-go17.tar"), QStringLiteral("foo")},
    };
    return kNames;
}

/// Archives that libarchive and we read without an error, but not alike.
const std::map<QString, QString> &knownDifferences()
{
    static const std::map<QString, QString> kReasons = {
        {QStringLiteral("golang_go_archive_tar_nil-uid.tar"),
         QStringLiteral("it takes a GNU header's real size for files that are not sparse")},
        {QStringLiteral("libarchive_libarchive_test_read_format_tar_timestamp_overflow.tar"),
         QStringLiteral("it takes a GNU header's real size for files that are not sparse")},
        {QStringLiteral("golang_go_archive_tar_pax-global-records.tar"),
         QStringLiteral("it ignores global pax records")},
    };
    return kReasons;
}

QString casesDir()
{
    return qEnvironmentVariable("CUTAWAY_CASES_DIR");
}

/// As CASES.json writes names: UTF-8, or else stray bytes as %XX.
QString caseName(const std::string &bytes)
{
    if (isUtf8(bytes)) {
        return QString::fromStdString(bytes);
    }
    QString text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += byte < 0x80 ? QString(QLatin1Char(c))
                            : QStringLiteral("%%1").arg(byte, 2, 16, QLatin1Char('0')).toUpper();
    }
    return text;
}

QString typeName(EntryType type)
{
    switch (type) {
    case EntryType::File: return QStringLiteral("file");
    case EntryType::Directory: return QStringLiteral("dir");
    case EntryType::Symlink: return QStringLiteral("symlink");
    case EntryType::HardLink: return QStringLiteral("hardlink");
    case EntryType::CharDevice: return QStringLiteral("char");
    case EntryType::BlockDevice: return QStringLiteral("block");
    case EntryType::Fifo: return QStringLiteral("fifo");
    default: return QStringLiteral("?");
    }
}

/// md5 of what a file holds, holes as zeros; empty where the reference has none.
Result<QString> contentMd5(TarCursor &cursor, const TarMember &member)
{
    QCryptographicHash md5(QCryptographicHash::Md5);
    std::string stored;
    while (true) {
        const Result<Bytes> run = cursor.readData();
        if (!run) {
            return std::unexpected(run.error());
        }
        if (run->empty()) {
            break;
        }
        stored.append(reinterpret_cast<const char *>(run->data()), run->size());
    }
    if (member.size >= kHashedBytes) {
        return QString();
    }
    const auto addZeros = [&md5](std::uint64_t count) {
        static const QByteArray kZeros(1 << 16, '\0');
        for (; count > 0; count -= std::min<std::uint64_t>(count, kZeros.size())) {
            md5.addData(QByteArrayView(kZeros).first(
                static_cast<qsizetype>(std::min<std::uint64_t>(count, kZeros.size()))));
        }
    };
    std::uint64_t at = 0;
    std::uint64_t taken = 0;
    for (const SparseRun &run : member.sparse.value_or(std::vector{SparseRun{0, member.size}})) {
        addZeros(run.offset - at);
        md5.addData(QByteArrayView(stored).sliced(static_cast<qsizetype>(taken),
                                                  static_cast<qsizetype>(run.size)));
        taken += run.size;
        at = run.offset + run.size;
    }
    addZeros(member.size - at);
    return QString::fromLatin1(md5.result().toHex());
}

QString rowText(const QStringList &fields)
{
    return fields.join(QLatin1String(" | "));
}

struct Walk
{
    QStringList rows;
    QString error;
    std::uint64_t fileBytes = 0;
};

Result<std::unique_ptr<ByteStream>> openTar(const QString &file)
{
    const Result<ByteSourcePtr> source = openFile(file.toStdString());
    if (!source) {
        return std::unexpected(source.error());
    }
    std::array<std::byte, 8> first = {};
    const Result<std::size_t> got = (*source)->readAt(0, first);
    return decompress(streamOf(*source), sniffCompression(Bytes(first).first(got.value_or(0))));
}

Walk walkOurs(const QString &file)
{
    Walk walk;
    Result<std::unique_ptr<ByteStream>> stream = openTar(file);
    if (!stream) {
        walk.error = QString::fromStdString(stream.error().message);
        return walk;
    }
    TarCursor cursor(**stream);
    while (const TarMember *member = cursor.next()) {
        const bool isFile = member->type == EntryType::File;
        const Result<QString> md5 = contentMd5(cursor, *member);
        if (!md5) {
            break;
        }
        walk.fileBytes += member->size;
        walk.rows += rowText({caseName(member->name),
                              typeName(member->type),
                              QString::number(member->size),
                              QString::fromStdString(formatMode(member->mode & 07777)),
                              QString::number(member->uid),
                              QString::number(member->gid),
                              isFile ? *md5 : QString(),
                              caseName(member->target)});
    }
    if (!cursor.status()) {
        walk.error = QString::fromStdString(cursor.status().error().message);
    }
    return walk;
}

QStringList expectedRows(const QJsonObject &expected)
{
    static const QStringList kKnownTypes = {QStringLiteral("file"),
                                            QStringLiteral("dir"),
                                            QStringLiteral("symlink"),
                                            QStringLiteral("hardlink"),
                                            QStringLiteral("char"),
                                            QStringLiteral("block"),
                                            QStringLiteral("fifo")};
    QStringList rows;
    for (const QJsonValue &value : expected[QLatin1String("rows")].toArray()) {
        const QJsonArray row = value.toArray();
        // The reference lists types that no file system has; we pass over them.
        if (!kKnownTypes.contains(row[1].toString())) {
            continue;
        }
        rows += rowText({row[0].toString(),
                         row[1].toString(),
                         QString::number(row[2].toInteger()),
                         row[3].toString(),
                         QString::number(row[4].toInteger()),
                         QString::number(row[5].toInteger()),
                         row[6].toString(),
                         row[7].toString()});
    }
    return rows;
}

/// "type name size" as libarchive has it; nothing on any error.
std::optional<QStringList> walkTheirs(const std::string &tar)
{
    const std::unique_ptr<archive, int (*)(archive *)> reader(archive_read_new(),
                                                              archive_read_free);
    archive_read_support_format_tar(reader.get());
    if (archive_read_open_memory(reader.get(), tar.data(), tar.size()) != ARCHIVE_OK) {
        return std::nullopt;
    }
    QStringList rows;
    archive_entry *entry = nullptr;
    while (true) {
        const int result = archive_read_next_header(reader.get(), &entry);
        if (result == ARCHIVE_EOF) {
            return rows;
        }
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            return std::nullopt;
        }
        QString type = QStringLiteral("file");
        switch (archive_entry_filetype(entry)) {
        case AE_IFDIR: type = QStringLiteral("dir"); break;
        case AE_IFLNK: type = QStringLiteral("symlink"); break;
        case AE_IFCHR: type = QStringLiteral("char"); break;
        case AE_IFBLK: type = QStringLiteral("block"); break;
        case AE_IFIFO: type = QStringLiteral("fifo"); break;
        default: break;
        }
        if (archive_entry_hardlink(entry) != nullptr) {
            type = QStringLiteral("hardlink");
        }
        const char *name = archive_entry_pathname(entry);
        const auto size = type == QLatin1String("file") ? archive_entry_size(entry) : 0;
        rows += QStringLiteral("%1 %2 %3")
                    .arg(type, caseName(name != nullptr ? name : ""), QString::number(size));
    }
}

std::optional<QStringList> walkOursBriefly(const std::string &tar)
{
    test::ChunkStream stream(tar, 0);
    TarCursor cursor(stream);
    QStringList rows;
    while (const TarMember *member = cursor.next()) {
        rows +=
            QStringLiteral("%1 %2 %3")
                .arg(typeName(member->type), caseName(member->name), QString::number(member->size));
    }
    return cursor.status() ? std::optional(rows) : std::nullopt;
}

} // namespace

class TestTarCorpus : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void asTheReference_data();
    void asTheReference();
    void asLibarchive_data();
    void asLibarchive();

private:
    void addCases() const;

    QJsonArray m_cases;
};

void TestTarCorpus::initTestCase()
{
    if (casesDir().isEmpty()) {
        QSKIP("CUTAWAY_CASES_DIR is not set");
    }
    // libarchive gives names as bytes only in a UTF-8 locale.
    std::setlocale(LC_CTYPE, "C.UTF-8"); // NOLINT(concurrency-mt-unsafe): before any thread
    QFile file(casesDir() + QStringLiteral("/CASES.json"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    m_cases = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(!m_cases.isEmpty());
}

void TestTarCorpus::addCases() const
{
    QTest::addColumn<QJsonObject>("testCase");
    for (const QJsonValue &value : m_cases) {
        const QJsonObject testCase = value.toObject();
        if (testCase[QLatin1String("kind")].toString() == QLatin1String("layer-tar")) {
            QTest::newRow(qPrintable(testCase[QLatin1String("id")].toString())) << testCase;
        }
    }
}

void TestTarCorpus::asTheReference_data()
{
    addCases();
}

void TestTarCorpus::asTheReference()
{
    QFETCH(QJsonObject, testCase);
    const QJsonObject expected = testCase[QLatin1String("expected")].toObject();
    const Walk walk = walkOurs(casesDir() + u'/' + testCase[QLatin1String("file")].toString());
    const QJsonValue error = expected[QLatin1String("error")];
    QVERIFY2(error.isNull() == walk.error.isEmpty(), qPrintable(walk.error + error.toString()));
    const auto allowed = allowedNames().find(testCase[QLatin1String("id")].toString());
    if (allowed != allowedNames().end()) {
        QCOMPARE(walk.rows.size(), 1);
        QVERIFY(walk.rows.first().startsWith(allowed->second));
        return;
    }
    if (expected[QLatin1String("rows")].isNull()) { // too many to be listed
        QCOMPARE(walk.rows.size(), expected[QLatin1String("entries")].toInteger());
        QCOMPARE(walk.fileBytes,
                 static_cast<std::uint64_t>(expected[QLatin1String("files_bytes")].toInteger()));
        return;
    }
    QCOMPARE(walk.rows.join(u'\n'), expectedRows(expected).join(u'\n'));
}

void TestTarCorpus::asLibarchive_data()
{
    addCases();
}

void TestTarCorpus::asLibarchive()
{
    QFETCH(QJsonObject, testCase);
    Result<std::unique_ptr<ByteStream>> stream =
        openTar(casesDir() + u'/' + testCase[QLatin1String("file")].toString());
    QVERIFY(stream.has_value());
    const Result<std::string> tar = test::readToEnd(**stream);
    QVERIFY2(tar.has_value(), tar ? "" : tar.error().message.c_str());
    const std::optional<QStringList> ours = walkOursBriefly(*tar);
    const std::optional<QStringList> theirs = walkTheirs(*tar);
    if (!ours || !theirs) {
        return; // one of them refuses it: which, and why, is the other test's matter
    }
    const auto known = knownDifferences().find(testCase[QLatin1String("id")].toString());
    if (known != knownDifferences().end()) {
        QVERIFY2(*ours != *theirs, "no longer different: take it off the list");
        return;
    }
    QCOMPARE(ours->join(u'\n'), theirs->join(u'\n'));
}

QTEST_GUILESS_MAIN(TestTarCorpus)
#include "tst_tarcorpus.moc"
