// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/bills.h"
#include "core/packages/databases.h"
#include "core/packages/inventory.h"
#include "core/packages/packagelimits.h"
#include "core/packages/purl.h"
#include "core/packages/requirements.h"

#include <QTest>

using namespace cutaway;

namespace {

/// "SPDX SPDX-2.3 syft-1 | purl name version": what was read.
std::string described(const std::optional<Bill> &bill)
{
    if (!bill) {
        return "none";
    }
    std::string text =
        std::string(billFormatName(bill->format)) + ' ' + bill->version + ' ' + bill->tool;
    for (const BillComponent &component : bill->components) {
        text += " | " + component.purl + ' ' + component.name + ' ' + component.version;
    }
    return text;
}

Package package(Ecosystem ecosystem, const char *name, const char *version, const char *purl)
{
    Package made;
    made.record.ecosystem = ecosystem;
    made.record.name = name;
    made.record.version = version;
    made.purl = purl;
    return made;
}

constexpr const char *kSpdx =
    R"({"spdxVersion": "SPDX-2.3", "creationInfo": {"creators": ["Organization: A", "Tool: syft-1"]},
        "packages": [
          {"name": "app", "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:oci/app"}]},
          {"name": "bash", "versionInfo": "5", "externalRefs": [
             {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:x"},
             {"referenceType": "purl", "referenceLocator": "pkg:deb/debian/bash@5?arch=amd64"}]},
          {"name": "no purl"}]})";
constexpr const char *kCycloneDx =
    R"({"bomFormat": "CycloneDX", "specVersion": "1.5",
        "metadata": {"tools": {"components": [{"name": "trivy", "version": "0.5"}]}},
        "components": [{"type": "library", "name": "a", "version": "1", "purl": "pkg:npm/a@1",
                        "components": [{"name": "b", "version": "2", "purl": "pkg:npm/b@2"}]}]})";

} // namespace

/// Bills of materials that lie in images, and what packages need.
class TestBills : public QObject
{
    Q_OBJECT

private slots:
    void read_data();
    void read();
    void tooManyComponents();
    void codec();
    void names_data();
    void names();
    void keys_data();
    void keys();
    void compared();
    void needed();
};

void TestBills::read_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bill");
    const auto row = [](const char *what, const QByteArray &text, const char *bill) {
        QTest::newRow(what) << text << QByteArray(bill);
    };
    row("SPDX", kSpdx, "SPDX SPDX-2.3 syft-1 | pkg:deb/debian/bash@5?arch=amd64 bash 5");
    row("CycloneDX, nested",
        kCycloneDx,
        "CycloneDX 1.5 trivy-0.5 | pkg:npm/a@1 a 1 | pkg:npm/b@2 b 2");
    row("CycloneDX, older tools",
        R"({"bomFormat": "CycloneDX", "specVersion": "1.3", "metadata": {"tools": [{"name": "t"}]}})",
        "CycloneDX 1.3 t");
    row("an in-toto statement",
        QByteArray(R"({"_type": "https://in-toto.io/Statement/v0.1", "predicate": )") + kSpdx + "}",
        "SPDX SPDX-2.3 syft-1 | pkg:deb/debian/bash@5?arch=amd64 bash 5");
    row("a statement of something else",
        R"({"_type": "https://in-toto.io/Statement/v0.1", "predicate": {"builder": {}}})",
        "none");
    row("other JSON", R"({"name": "app", "packages": []})", "none");
    row("SPDX as tags and values", "SPDXVersion: SPDX-2.3\n", "none");
    row("cut short", R"({"bomFormat": "CycloneDX", )", "none");
    row("wrong kinds",
        R"({"bomFormat": "CycloneDX", "specVersion": 1, "components": {"purl": "pkg:npm/a"}})",
        "CycloneDX  ");
}

void TestBills::read()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, bill);
    QCOMPARE(QByteArray::fromStdString(described(readBill(text.toStdString()))), bill);
}

void TestBills::tooManyComponents()
{
    std::string text = R"({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{})";
    for (std::size_t i = 0; i < limits::kBillComponents + 3; ++i) {
        text += R"(,{"purl":"pkg:npm/a@1"})";
    }
    const std::optional<Bill> bill = readBill(text + "]}");
    QVERIFY(bill.has_value());
    QCOMPARE(bill->components.size(), limits::kBillComponents);
    QCOMPARE(bill->leftOut, 3U);
}

void TestBills::codec()
{
    const std::optional<Bill> bill = readBill(kCycloneDx);
    QVERIFY(bill.has_value());
    const std::string bytes = encodeBill(*bill);
    QCOMPARE(described(decodeBill(bytes)), described(bill));
    QVERIFY(!decodeBill(std::string_view(bytes).substr(0, bytes.size() - 1)));
    QVERIFY(!decodeBill({}));
}

void TestBills::names_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isBill");
    QTest::newRow("syft's") << QByteArray("app/sbom.spdx.json") << true;
    QTest::newRow("trivy's") << QByteArray("/app/image.cdx.json") << true;
    QTest::newRow("Bitnami's") << QByteArray("opt/bitnami/redis/.spdx-redis.spdx") << true;
    QTest::newRow("Wolfi's") << QByteArray("var/lib/db/sbom/busybox-1.36.spdx.json") << true;
    QTest::newRow("a folder of them") << QByteArray("usr/local/share/sbom/app.json") << true;
    QTest::newRow("CycloneDX's default") << QByteArray("bom.json") << true;
    QTest::newRow("something else") << QByteArray("app/aplomb.json") << false;
    QTest::newRow("in a folder of that name") << QByteArray("sbom/app.json") << false;
}

void TestBills::names()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, isBill);
    QCOMPARE(databaseFile(path.toStdString()) == DatabaseFile::BillOfMaterials, isBill);
}

void TestBills::keys_data()
{
    QTest::addColumn<QByteArray>("purl");
    QTest::addColumn<QByteArray>("key");
    const auto row = [](const char *what, const char *purl, const char *key) {
        QTest::newRow(what) << QByteArray(purl) << QByteArray(key);
    };
    row("of a distribution", "pkg:deb/debian/Bash@1%3A5-2?arch=amd64", "deb/bash 1:5-2");
    row("a scope", "pkg:npm/%40a/b@1.0", "npm/@a/b 1.0");
    row("a scope as it is, no version", "pkg:npm/@a/b", "npm/@a/b ");
    row("Python's spelling", "pkg:pypi/Zope.Interface_x@1", "pypi/zope-interface-x 1");
    row("a subpath", "pkg:golang/github.com/a/b@v1#sub", "golang/github.com/a/b v1");
    row("a percent sign that begins nothing", "pkg:npm/a@1%zz%4", "npm/a 1%zz%4");
    row("no name", "pkg:npm/", "none");
    row("no type", "pkg:/a", "none");
    row("no package URL", "https://example.org", "none");
}

void TestBills::keys()
{
    QFETCH(QByteArray, purl);
    QFETCH(QByteArray, key);
    const auto found = packageKey(purl.toStdString());
    QCOMPARE(found ? QByteArray::fromStdString(found->name + ' ' + found->version) : "none", key);
}

void TestBills::compared()
{
    std::vector<Package> packages = {
        package(Ecosystem::Deb, "bash", "5", "pkg:deb/debian/bash@5?arch=amd64"),
        package(Ecosystem::Deb, "dash", "1", "pkg:deb/debian/dash@1"),
        package(Ecosystem::Deb, "new", "1", "pkg:deb/debian/new@1"),
        package(Ecosystem::Node, "left-pad", "1", "pkg:npm/left-pad@1"),
        package(Ecosystem::Deb, "gone", "1", "pkg:deb/debian/gone@1")};
    packages.back().removedBy = 1;
    FoundBills bills;
    FoundBill &found = bills.list.emplace_back();
    for (const char *purl : {"pkg:deb/ubuntu/bash@5",
                             "pkg:deb/debian/bash@5?arch=all",
                             "pkg:deb/debian/dash@2",
                             "pkg:deb/debian/old@1",
                             "pkg:deb/debian/gone@1"}) {
        found.bill.components.push_back({purl, {}, {}});
    }
    compareBills(packages, bills);
    QCOMPARE(found.matching, 1U);
    QCOMPARE(found.onlyListed, (std::vector<std::uint32_t>{3, 4}));
    QCOMPARE(found.otherVersion.size(), 1U);
    QCOMPARE(found.otherVersion.front().component, 2U);
    QCOMPARE(found.otherVersion.front().package, 1U);
    // Of Node.js the bill says nothing.
    QCOMPARE(bills.unlisted, (std::vector<std::uint32_t>{2}));
}

void TestBills::needed()
{
    std::vector<Package> packages = {package(Ecosystem::Deb, "a", "1", ""),
                                     package(Ecosystem::Deb, "b", "1", ""),
                                     package(Ecosystem::Deb, "c", "1", ""),
                                     package(Ecosystem::Apk, "b", "1", ""),
                                     package(Ecosystem::Deb, "gone", "1", "")};
    packages[0].record.needs = {"b (>= 1) | nothing", "virtual", "gone", "a"};
    packages[2].record.provides = {"virtual (= 2)"};
    packages[4].removedBy = 1;
    const auto needed = neededPackages(packages);
    QCOMPARE(needed.at(0), (std::vector<std::uint32_t>{1, 2}));
    QVERIFY(needed.at(1).empty());
    QVERIFY(tellsNeeds(Ecosystem::Deb));
    QVERIFY(!tellsNeeds(Ecosystem::Gem));
}

QTEST_GUILESS_MAIN(TestBills)
#include "tst_bills.moc"
