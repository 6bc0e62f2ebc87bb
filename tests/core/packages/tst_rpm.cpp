// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/packages/collector.h"
#include "core/packages/databases.h"
#include "core/packages/recordcodec.h"
#include "core/packages/rpm.h"
#include "core/packages/rpmheader.h"
#include "core/packages/sqliterows.h"
#include "tests/core/packages/rpmwriter.h"

#include <QTest>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <sqlite3.h>

using namespace cutaway;
using namespace cutaway::test;

namespace {

std::string bashHeader()
{
    return HeaderWriter()
        .texts(1000, {"bash"})
        .texts(1001, {"5.1.8"})
        .texts(1002, {"6.el9"})
        .numbers(1003, {1})
        .numbers(1009, {7738634})
        .texts(1011, {"Red Hat, Inc."})
        .texts(1014, {"GPLv3+"})
        .texts(1020, {"https://www.gnu.org/software/bash"})
        .texts(1022, {"x86_64"})
        .texts(1044, {"bash-5.1.8-6.el9.src.rpm"})
        .numbers(1116, {0, 1, 7})
        .texts(1117, {"bash", "bashrc", "nowhere"})
        .texts(1118, {"/usr/bin/", "/etc/"})
        .texts(1047, {"bash", "/bin/sh"})
        .texts(1049, {"rpmlib(X)", "filesystem", "filesystem", "libc.so.6()(64bit)"})
        .texts(5046, {"bash-completion"})
        .bytes();
}

/// A hash database of Berkeley DB: a page that tells of it, one with pairs, and one for each
/// `pageBytes` of a value that is long.
class BerkeleyWriter
{
public:
    explicit BerkeleyWriter(bool isLittleEndian = true)
        : m_isLittleEndian(isLittleEndian)
    {
        m_pairs = page(13);
        add(std::string(4, '\0'), "\1\1\1\1"); // rpm's counter
    }
    void add(const std::string &key, const std::string &value)
    {
        addItem('\1' + key);
        if (value.size() < 100) {
            addItem('\1' + value);
            return;
        }
        const std::size_t first = 2 + m_chains.size() / kPage;
        addItem("\3" + std::string(3, '\0') + number(first, 4) + number(value.size(), 4));
        for (std::size_t at = 0; at < value.size(); at += kPage - kHeader) {
            const std::string part = value.substr(at, kPage - kHeader);
            std::string next = page(7);
            const bool isLast = at + part.size() == value.size();
            next.replace(16, 4, number(isLast ? 0 : 3 + m_chains.size() / kPage, 4));
            next.replace(22, 2, number(part.size(), 2));
            next.replace(kHeader, part.size(), part);
            m_chains += next;
        }
    }
    std::string bytes() const
    {
        std::string meta = page(8);
        meta.replace(12, 4, number(0x061561, 4));
        meta.replace(20, 4, number(kPage, 4));
        return meta + m_pairs + m_chains;
    }

private:
    static constexpr std::size_t kPage = 512;
    static constexpr std::size_t kHeader = 26;

    static std::string page(char type)
    {
        std::string page(kPage, '\0');
        page[25] = type;
        return page;
    }
    std::string number(std::size_t value, int bytes) const
    {
        std::string text = bigEndian(value, bytes);
        if (m_isLittleEndian) {
            std::ranges::reverse(text);
        }
        return text;
    }
    void addItem(const std::string &item)
    {
        m_free -= item.size();
        m_pairs.replace(m_free, item.size(), item);
        m_pairs.replace(kHeader + 2 * m_items, 2, number(m_free, 2));
        m_pairs.replace(20, 2, number(++m_items, 2));
    }

    bool m_isLittleEndian;
    std::string m_pairs;
    std::string m_chains;
    std::size_t m_free = kPage;
    std::size_t m_items = 0;
};

/// The bytes of a database after these commands.
std::string sqliteOf(const std::string &commands)
{
    sqlite3 *database = nullptr;
    sqlite3_open(":memory:", &database);
    char *problem = nullptr;
    sqlite3_exec(database, commands.c_str(), nullptr, nullptr, &problem);
    Q_ASSERT(problem == nullptr);
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(database, "main", &size, 0);
    std::string copy(reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    sqlite3_close(database);
    return copy;
}

std::string hexOf(const std::string &bytes)
{
    return QByteArray::fromStdString(bytes).toHex().toStdString();
}

std::string packagesTable(const std::vector<std::string> &headers)
{
    std::string commands = "CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB NOT NULL);";
    for (const std::string &header : headers) {
        commands += "INSERT INTO Packages (blob) VALUES (x'" + hexOf(header) + "');";
    }
    return commands;
}

std::string described(const PackageRecords &records)
{
    std::string text;
    for (const PackageRecord &package : records.packages) {
        text += package.name + ' ' + package.version + ' ' + package.architecture + ' '
                + package.source + ' ' + package.sourceVersion + ' ' + package.licence + ' '
                + package.supplier + ' ' + package.homepage + ' '
                + std::to_string(package.declaredBytes.value_or(0));
        for (const PackagedFile &file : package.files) {
            text += ' ' + file.path;
        }
        for (const auto list :
             {&PackageRecord::needs, &PackageRecord::recommends, &PackageRecord::provides}) {
            for (const std::string &relation : package.*list) {
                text += ' ' + relation;
            }
        }
        text += '\n';
    }
    return text + (records.damaged > 0 ? "damaged " + std::to_string(records.damaged) : "");
}

const std::string kBash =
    "bash 1:5.1.8-6.el9 x86_64 bash 5.1.8-6.el9 GPLv3+ Red Hat, Inc. "
    "https://www.gnu.org/software/bash 7738634 /usr/bin/bash /etc/bashrc filesystem "
    "libc.so.6()(64bit) bash-completion /bin/sh bash\n";

} // namespace

class TestRpm : public QObject
{
    Q_OBJECT

private slots:
    void slotTables();
    void berkeley();
    void damagedBerkeley_data();
    void damagedBerkeley();
    void digests_data();
    void digests();
    void sqlite();
    void sqliteIsBounded();
    void dnfHistory();
    void damagedBytes();
    void kept();
    void realDatabase();
};

void TestRpm::slotTables()
{
    const std::string plain = HeaderWriter().texts(1000, {"a"}).texts(1001, {"1"}).bytes();
    QCOMPARE(described(readRpmSlots(slotsOf({bashHeader(), plain}))), kBash + "a 1       0\n");
    QCOMPARE(described(readRpmSlots(slotsOf({plain, "no header"}))), "a 1       0\ndamaged 1");
    QCOMPARE(described(readRpmSlots(slotsOf({}))), std::string());
    QCOMPARE(described(readRpmSlots("")), std::string("damaged 1"));
    std::string elsewhere = slotsOf({plain});
    elsewhere.replace(32 + 8, 4, littleEndian(0xFFFFFFFF));
    QCOMPARE(described(readRpmSlots(elsewhere)), std::string("damaged 1"));
}

void TestRpm::berkeley()
{
    const std::string plain = HeaderWriter().texts(1000, {"a"}).texts(1001, {"1"}).bytes();
    for (const bool isLittleEndian : {true, false}) {
        BerkeleyWriter writer(isLittleEndian);
        writer.add("\1", bashHeader());
        writer.add("\2", plain);
        QCOMPARE(described(readRpmBerkeley(writer.bytes())), kBash + "a 1       0\n");
    }
    QCOMPARE(described(readRpmBerkeley(BerkeleyWriter().bytes())), std::string());
}

void TestRpm::damagedBerkeley_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<QByteArray>("bytes"); // instead of those that are there
    const auto row = [](const char *what, int at, const QByteArray &bytes) {
        QTest::newRow(what) << at << bytes;
    };
    constexpr int kPairs = 512;
    constexpr int kChain = 1024;
    row("another magic", 12, "xxxx");
    row("encrypted", 24, "\1");
    row("another kind of database", 25, "\x9");
    row("pages of no power of two", 20, QByteArray("\1\2\0\0", 4));
    row("pages of no bytes", 20, QByteArray("\0\0\0\0", 4));
    row("more items than a page has", kPairs + 20, "\xff\xff");
    row("an item beyond the page", kPairs + 26 + 2 * 3, "\xff\xff");
    row("a chain that is none", kChain + 25, "\xd");
    row("a chain that ends early", kChain + 16, QByteArray("\0\0\0\0", 4));
    row("a chain that leads out", kChain + 16, "\xff\xff\xff\xff");
    row("a chain that goes round", kChain + 16, QByteArray("\2\0\0\0", 4));
    row("a page of a chain that is empty", kChain + 22, QByteArray("\0\0", 2));
    row("a page of a chain with more than it has", kChain + 22, "\xff\xff");
}

void TestRpm::damagedBerkeley()
{
    QFETCH(int, at);
    QFETCH(QByteArray, bytes);
    BerkeleyWriter writer;
    writer.add("\1", bashHeader());
    std::string database = writer.bytes();
    database.replace(
        static_cast<std::size_t>(at), static_cast<std::size_t>(bytes.size()), bytes.toStdString());
    const PackageRecords records = readRpmBerkeley(database);
    QVERIFY(records.packages.empty());
    QVERIFY(records.damaged > 0);
}

void TestRpm::digests_data()
{
    QTest::addColumn<std::string>("digest");
    QTest::addColumn<quint32>("flags");
    QTest::addColumn<std::string>("found");
    const std::string sha256(64, 'a');
    QTest::newRow("SHA-256") << sha256 << 0U << sha256;
    QTest::newRow("MD5, documentation") << std::string(32, 'a') << 2U << std::string(32, 'a');
    QTest::newRow("a directory's") << std::string() << 0U << std::string();
    QTest::newRow("a setting's") << sha256 << 17U << std::string();
    QTest::newRow("of a file that is no part of it") << sha256 << 64U << std::string();
    QTest::newRow("longer than any that is compared")
        << std::string(128, 'a') << 0U << std::string();
}

/// Those that files must still have.
void TestRpm::digests()
{
    QFETCH(std::string, digest);
    QFETCH(quint32, flags);
    QFETCH(std::string, found);
    const auto header = readRpmHeader(HeaderWriter()
                                          .texts(1000, {"a"})
                                          .texts(1001, {"1"})
                                          .texts(1035, {digest, "b"})
                                          .numbers(1037, {flags, 0})
                                          .numbers(1116, {0, 0})
                                          .texts(1117, {"a", "b"})
                                          .texts(1118, {"/"})
                                          .bytes());
    QVERIFY(header.has_value());
    QCOMPARE(header->files.at(0).digest, found);
    QCOMPARE(header->files.at(1).digest, std::string("b"));
    const auto kept = decodeRecords(encodeRecords({{*header}, 0}));
    QCOMPARE(kept.value().packages.at(0).files.at(1).path, std::string("/b"));
    QCOMPARE(kept.value().packages.at(0).files.at(1).digest, std::string());
}

void TestRpm::sqlite()
{
    QCOMPARE(described(readRpmSqlite(sqliteOf(packagesTable({bashHeader()})))), kBash);
    QCOMPARE(described(readRpmSqlite(sqliteOf(packagesTable({"short"})))),
             std::string("damaged 1"));
    QCOMPARE(described(readRpmSqlite("")), std::string("damaged 1"));
    QCOMPARE(described(readRpmSqlite(std::string(10'000, 'x'))), std::string("damaged 1"));
    // As rpm leaves it behind: with a log beside it that is empty.
    std::string logged = sqliteOf(packagesTable({bashHeader()}));
    logged[18] = 2;
    logged[19] = 2;
    QCOMPARE(described(readRpmSqlite(logged)), kBash);
}

/// A view that never ends under the table's name.
void TestRpm::sqliteIsBounded()
{
    const std::string endless = sqliteOf(
        "CREATE VIEW Packages AS WITH RECURSIVE n(hnum) AS (SELECT 1 UNION ALL SELECT hnum + 1 "
        "FROM n) SELECT hnum, x'00' AS blob FROM n;");
    QCOMPARE(described(readRpmSqlite(endless)), std::string("damaged 1"));
    std::uint64_t rows = 0;
    const Result<> read = forEachSqliteBlob(
        sqliteOf(packagesTable({})),
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
        [&rows](std::string_view) { ++rows; });
    QVERIFY(!read);
    QVERIFY(rows > 0);
}

void TestRpm::dnfHistory()
{
    const std::string lines = readDnfHistory(
        sqliteOf("CREATE TABLE rpm (item_id INTEGER, name TEXT, arch TEXT);"
                 "CREATE TABLE trans_item (id INTEGER, item_id INTEGER, reason INTEGER);"
                 "INSERT INTO rpm VALUES (1, 'bash', 'x86_64'), (2, 'glibc', 'x86_64'),"
                 " (3, 'x', 'noarch'), (4, 'never', 'noarch');"
                 "INSERT INTO trans_item VALUES (1, 1, 1), (2, 2, 1), (3, 1, 2), (4, 3, 0);"));
    QCOMPARE(lines, std::string("bash.x86_64 1\nglibc.x86_64 1\nbash.x86_64 2\nx.noarch 0\n"));
    const auto reasons = dnfReasons(lines + "a.noarch 5\nb.noarch 4\nbad\nc.noarch x\n");
    QCOMPARE(reasons.size(), std::size_t{5});
    QCOMPARE(reasons.at("bash.x86_64"), InstalledAs::Asked);
    QCOMPARE(reasons.at("glibc.x86_64"), InstalledAs::Needed);
    QCOMPARE(reasons.at("x.noarch"), InstalledAs::Unknown);
    QCOMPARE(reasons.at("a.noarch"), InstalledAs::Asked);
    QCOMPARE(reasons.at("b.noarch"), InstalledAs::Needed);
    QCOMPARE(readDnfHistory(sqliteOf(packagesTable({}))), std::string());
    QCOMPARE(readDnfHistory("no database"), std::string());
}

void TestRpm::damagedBytes()
{
    const std::string slotTable = slotsOf({bashHeader(), bashHeader()});
    const std::string database = sqliteOf(packagesTable({bashHeader(), bashHeader()}));
    BerkeleyWriter writer;
    writer.add("\1", bashHeader());
    const std::string berkeley = writer.bytes();
    std::mt19937 random(5);
    for (int round = 0; round < 500; ++round) {
        std::string table = slotTable.substr(0, random() % (slotTable.size() + 1));
        std::string rows = database;
        std::string header = bashHeader();
        for (std::string *bytes : {&table, &rows, &header}) {
            for (int flips = 0; flips < 20 && !bytes->empty(); ++flips) {
                (*bytes)[random() % bytes->size()] = static_cast<char>(random());
            }
        }
        QVERIFY(readRpmSlots(table).packages.size() <= 254);
        std::string pages = berkeley;
        for (int flips = 0; flips < 20; ++flips) {
            pages[random() % pages.size()] = static_cast<char>(random());
        }
        QVERIFY(readRpmBerkeley(pages).packages.size() <= 254);
        QVERIFY(readRpmSqlite(rows).packages.size() <= 1000);
        const auto record = readRpmHeader(header);
        QVERIFY(!record || record->files.size() <= header.size());
    }
}

/// The collector keeps records, and these come back as they were; changed bytes are no records.
void TestRpm::kept()
{
    const std::string database = slotsOf({bashHeader()});
    const auto collector = packageCollector();
    Entry entry;
    entry.size = database.size();
    FileFacts facts;
    QVERIFY(collector->begin("var/lib/rpm/Packages.db", entry));
    collector->data(std::as_bytes(std::span(database)));
    collector->end(facts);
    QCOMPARE(facts.size(), std::size_t{1});
    const std::string &bytes = facts.front().bytes;
    QVERIFY(bytes.size() < 500);
    QVERIFY(decodeRecords(bytes).has_value());
    QCOMPARE(described(*decodeRecords(bytes)), kBash);
    QVERIFY(!decodeRecords(bytes.substr(0, 50)));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0x80);
        (void)decodeRecords(changed);
    }
}

/// SUSE's base container image.
void TestRpm::realDatabase()
{
    const QByteArray folder = qgetenv("CUTAWAY_CASES_DIR");
    if (folder.isEmpty()) {
        QSKIP("CUTAWAY_CASES_DIR is not set");
    }
    std::ifstream stream(folder.toStdString()
                             + "/knqyf263+go-rpmdb/pkg/testdata/sle15-bci/Packages.db",
                         std::ios::binary);
    const PackageRecords records = readRpmSlots(std::string(std::istreambuf_iterator(stream), {}));
    QCOMPARE(records.packages.size(), std::size_t{35});
    QCOMPARE(records.damaged, 0U);
    const auto glibc = std::ranges::find(records.packages, "glibc", &PackageRecord::name);
    QVERIFY(glibc != records.packages.end());
    QCOMPARE(glibc->architecture, std::string("x86_64"));
    QVERIFY(glibc->files.size() > 10);
}

QTEST_GUILESS_MAIN(TestRpm)
#include "tst_rpm.moc"
