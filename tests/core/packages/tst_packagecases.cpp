// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/readers.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

using namespace cutaway;
using nlohmann::json;

namespace {

using Names = std::vector<std::pair<std::string, std::string>>; ///< name and version

std::string readFile(const std::string &path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The files of a txtar: after a line `-- NAME --` each.
std::map<std::string, std::string> txtarFiles(const std::string &text)
{
    std::map<std::string, std::string> files;
    std::string name;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("-- ") && line.ends_with(" --")) {
            name = line.substr(3, line.size() - 6);
        } else if (!name.empty()) {
            files[name] += line + '\n';
        }
    }
    return files;
}

Names sorted(Names names)
{
    std::ranges::sort(names);
    return names;
}

Names namesOf(const PackageRecords &records, bool isAll)
{
    Names names;
    for (const PackageRecord &package : records.packages) {
        if (isAll || package.isInstalled()) {
            names.emplace_back(package.name, package.version);
        }
    }
    return sorted(names);
}

QByteArray shown(const Names &names)
{
    QByteArray text;
    for (const auto &[name, version] : names) {
        text += QByteArray::fromStdString(name + ' ' + version + '\n');
    }
    return text;
}

} // namespace

/// What the tests of other tools expect of their databases.
class TestPackageCases : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cases_data();
    void cases();
    void txtars_data();
    void txtars();
    void references_data();
    void references();

private:
    void addRows(std::string_view kind, std::string_view otherKind);

    std::string m_folder;
    json m_cases;
};

void TestPackageCases::initTestCase()
{
    m_folder = qEnvironmentVariable("CUTAWAY_CASES_DIR").toStdString();
    if (m_folder.empty()) {
        QSKIP("CUTAWAY_CASES_DIR is not set");
    }
    m_cases = json::parse(readFile(m_folder + "/CASES.json"));
}

void TestPackageCases::addRows(std::string_view kind, std::string_view otherKind)
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < m_cases.size(); ++i) {
        const std::string is = m_cases[i]["kind"];
        if (is == kind || is == otherKind) {
            const std::string id = m_cases[i]["id"];
            QTest::addRow("%s (%s, %d)", id.c_str(), is.c_str(), static_cast<int>(i))
                << static_cast<int>(i);
        }
    }
}

void TestPackageCases::cases_data()
{
    addRows("pkgdb-dpkg", "pkgdb-apk");
}

void TestPackageCases::cases()
{
    QFETCH(int, index);
    const json &one = m_cases[static_cast<std::size_t>(index)];
    const std::string file = one["file"];
    const json &peer = one["expected"]["peer"][0];
    if (!peer.contains("packages")) {
        QSKIP("no names are expected; the reference has the numbers");
    }
    const std::string text = readFile(m_folder + '/' + file);
    if (file.ends_with(".md5sums")) {
        QVERIFY(!readDpkgSums(text).empty());
        return;
    }
    const bool isApk = one["kind"] == "pkgdb-apk";
    const PackageRecords records = isApk                         ? readApkInstalled(text)
                                   : file.contains("/opkg/")     ? readOpkgStatus(text)
                                   : file.contains("/status.d/") ? readDpkgPart(text)
                                                                 : readDpkgStatus(text);
    if (peer.contains("reject")) {
        QCOMPARE(namesOf(records, true).size(), std::size_t{0});
        QVERIFY(records.damaged > 0);
        return;
    }
    const bool isAll = peer["name"].get<std::string>().contains("including not installed");
    Names expected;
    for (const json &package : peer["packages"]) {
        // Without a status dpkg itself takes a package for not installed.
        if (package[0] != "wantnostatus") {
            expected.emplace_back(package[0], package[1]);
        }
    }
    QCOMPARE(shown(namesOf(records, isAll)), shown(sorted(expected)));
}

void TestPackageCases::txtars_data()
{
    addRows("pkgdb-dpkg-txtar", "");
}

/// Versions are in parts there: upstream, revision, and the source package's.
void TestPackageCases::txtars()
{
    QFETCH(int, index);
    const json &one = m_cases[static_cast<std::size_t>(index)];
    const std::string file = one["file"];
    const auto files = txtarFiles(readFile(m_folder + '/' + file));
    const PackageRecords records = readDpkgStatus(files.at("var/lib/dpkg/status"));
    const json &peer = one["expected"]["peer"][0]["infos"][0]["packages"];
    QCOMPARE(namesOf(records, false).size(), peer.size());
    for (const json &expected : peer) {
        const std::string name = expected[0];
        const auto found = std::ranges::find(records.packages, name, &PackageRecord::name);
        QVERIFY2(found != records.packages.end(), name.c_str());
        std::string version = expected[1];
        version += expected[2].is_null() ? "" : "-" + expected[2].get<std::string>();
        QVERIFY2(found->version == version || found->version.ends_with(':' + version),
                 name.c_str());
        QCOMPARE(found->source, expected[3].get<std::string>());
    }
}

void TestPackageCases::references_data()
{
    addRows("pkgdb-reference", "");
}

/// What dpkg-query says where it says anything.
void TestPackageCases::references()
{
    QFETCH(int, index);
    const json &one = m_cases[static_cast<std::size_t>(index)];
    const json &expected = one["expected"];
    if (expected["tool"] != "dpkg-query" || expected["rc"] != 0) {
        QSKIP("dpkg-query gives up on it");
    }
    const std::string file = one["file"];
    const PackageRecords records = readDpkgStatus(readFile(m_folder + '/' + file));
    QCOMPARE(namesOf(records, false).size(), expected["installed"].get<std::size_t>());
    QCOMPARE(namesOf(records, true).size(), expected["all"].get<std::size_t>());
}

QTEST_GUILESS_MAIN(TestPackageCases)
#include "tst_packagecases.moc"
