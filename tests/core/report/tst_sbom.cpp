// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/report.h"
#include "core/report/sbom.h"
#include "tests/support/auditimage.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <regex>
#include <set>

using namespace cutaway;
using namespace cutaway::test;
using nlohmann::json;

namespace {

constexpr std::string_view kImage =
    "tag docker.io/library/app:1\n"
    "created 2024-05-01T12:00:00.5+02:00\n"
    "arch amd64\n"
    "label password=hunter2-very-secret\n"
    "label title=App\n"
    "layer a\n"
    R"(text etc/os-release ID=debian\nVERSION_ID=12\n)"
    "\n"
    R"(text var/lib/dpkg/status Package: tool\nStatus: install ok installed\nVersion: 1:2+b1\nArchitecture: amd64\nMaintainer: Jo Do <jo@example.org>\nHomepage: https://example.org/t\nDepends: helper (>= 1)\n\nPackage: helper\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nHomepage: javascript:alert(1)\nMaintainer: Helper Team <t@example.org>\n\nPackage: rest\nStatus: deinstall ok config-files\nVersion: 1\n)"
    "\n"
    R"(text var/lib/dpkg/info/tool.list /usr/bin/tool\n/usr/bin/same\n)"
    "\n"
    R"(text usr/bin/tool abc)"
    "\n"
    R"(text app/node_modules/@s/pad/package.json {"name": "@s/pad", "version": "1", "license": "My own words"})"
    "\n"
    R"(text app/node_modules/gone/package.json {"name": "gone", "version": "1", "license": "MIT"})"
    "\n"
    "layer b\n"
    "file app/node_modules/gone/.wh.package.json\n";

Inspection inspectionOf(std::string_view text)
{
    Inspection inspection = auditOf(text);
    inspection.packages =
        findPackages(*inspection.image, *auditContents(text), {"debian", "12", "Debian"});
    return inspection;
}

using Writer = void (*)(const Inspection &, const SbomOptions &, const Sink &);

std::string written(Writer writer, const Inspection &inspection, const SbomOptions &options)
{
    std::string text;
    writer(inspection, options, [&text](std::string_view run) { text += run; });
    return text;
}

std::unordered_map<EntryId, ContentSums> sumsOf(const Inspection &inspection)
{
    std::unordered_map<EntryId, ContentSums> sums;
    for (const EntryId entry : sbomContents(inspection)) {
        sums[entry] = {std::string(40, 'a'), std::string(64, 'b')};
    }
    return sums;
}

/// The element with that name; null where there is none.
json named(const json &list, const std::string &name)
{
    for (const json &element : list) {
        if (element.at("name") == name) {
            return element;
        }
    }
    return nullptr;
}

} // namespace

/// Bills of materials: the rules of their formats that matter.
class TestSbom : public QObject
{
    Q_OBJECT

private slots:
    void uuids();
    void times_data();
    void times();
    void parties_data();
    void parties();
    void urls_data();
    void urls();
    void spdx_data();
    void spdx();
    void spdxPackages();
    void spdxFiles();
    void cycloneDx_data();
    void cycloneDx();
    void cycloneDxComponents();
    void removedPackages();
    void equalBytes();
    void noSecrets();
};

void TestSbom::uuids()
{
    // The example of RFC 9562 is of another namespace: this one was computed by Python's uuid5.
    QCOMPARE(sbom::uuidOf("www.example.com"), std::string("b63cdfa4-3df9-568e-97ae-006c5b8fd652"));
}

void TestSbom::times_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("time");
    const auto row = [](const char *what, const char *text, const char *time) {
        QTest::newRow(what) << QByteArray(text) << QByteArray(time);
    };
    row("UTC", "2024-02-29T10:00:00Z", "2024-02-29T10:00:00Z");
    row("a fraction", "2024-02-29T10:00:00.123456789Z", "2024-02-29T10:00:00Z");
    row("east", "2024-01-01T01:00:00+02:00", "2023-12-31T23:00:00Z");
    row("west", "2024-01-01T01:00:00-02:30", "2024-01-01T03:30:00Z");
    row("no such day", "2023-02-29T10:00:00Z", "");
    row("no offset", "2024-02-29T10:00:00", "");
    row("something behind", "2024-02-29T10:00:00Zx", "");
    row("signs for digits", "2024-02-29T-1:00:00Z", "");
    row("words", "yesterday", "");
    row("nothing", "", "");
}

void TestSbom::times()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, time);
    QCOMPARE(QByteArray::fromStdString(sbom::utcTime(text.toStdString()).value_or("")), time);
}

void TestSbom::parties_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("party");
    const auto row = [](const char *what, const char *text, const char *party) {
        QTest::newRow(what) << QByteArray(text) << QByteArray(party);
    };
    row("a person", "Jo Do <jo@example.org>", "person Jo Do jo@example.org");
    row("a team",
        "Debian Foo Team <x@lists.example.org>",
        "group Debian Foo Team x@lists.example.org");
    row("a company", "Red Hat, Inc.", "group Red Hat, Inc. ");
    row("an address alone", "<a@b.org>", "group a@b.org a@b.org");
    row("no address", "Jo Do <not an address>", "group Jo Do ");
    row("an address of no host", "Jo Do <jo@example>", "group Jo Do ");
    row("brackets", "A (B) <a@b.org>", "person A B a@b.org");
    row("nothing", "", "none");
}

void TestSbom::parties()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, party);
    const auto found = sbom::partyOf(text.toStdString());
    QCOMPARE(found ? QByteArray(found->isPerson ? "person " : "group ")
                         + QByteArray::fromStdString(found->name + ' ' + found->email)
                   : QByteArray("none"),
             party);
}

void TestSbom::urls_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isUrl");
    QTest::newRow("plain") << QByteArray("https://example.org/a?b=c#d") << true;
    QTest::newRow("a port") << QByteArray("http://example.org:8080") << true;
    QTest::newRow("another scheme") << QByteArray("javascript:alert(1)") << false;
    QTest::newRow("a password") << QByteArray("https://me:secret@example.org") << false;
    QTest::newRow("a blank") << QByteArray("https://example.org/a b") << false;
    QTest::newRow("two fragments") << QByteArray("https://example.org/#a#b") << false;
    QTest::newRow("no host") << QByteArray("https:///a") << false;
}

void TestSbom::urls()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isUrl);
    QCOMPARE(sbom::urlOf(text.toStdString()).has_value(), isUrl);
}

void TestSbom::spdx_data()
{
    QTest::addColumn<bool>("withFiles");
    QTest::addColumn<bool>("allLayers");
    QTest::newRow("packages") << false << false;
    QTest::newRow("with files") << true << false;
    QTest::newRow("all layers") << false << true;
}

void TestSbom::spdx()
{
    QFETCH(bool, withFiles);
    QFETCH(bool, allLayers);
    const Inspection inspection = inspectionOf(kImage);
    const auto sums = sumsOf(inspection);
    const json document = json::parse(
        written(&packagesSpdx,
                inspection,
                {.allLayers = allLayers, .created = {}, .sums = withFiles ? &sums : nullptr}));
    QCOMPARE(document.at("spdxVersion").dump(), json("SPDX-2.3").dump());
    QCOMPARE(document.at("dataLicense").dump(), json("CC0-1.0").dump());
    QCOMPARE(document.at("SPDXID").dump(), json("SPDXRef-DOCUMENT").dump());
    QCOMPARE(document.at("creationInfo").at("created").dump(), json("2024-05-01T10:00:00Z").dump());
    QVERIFY(document.at("documentNamespace").get<std::string>().starts_with("urn:uuid:"));
    const std::regex id("SPDXRef-[a-zA-Z0-9.-]+");
    std::set<std::string> ids = {"SPDXRef-DOCUMENT"};
    json elements = document.at("packages");
    if (withFiles) {
        elements.insert(elements.end(), document.at("files").begin(), document.at("files").end());
    }
    for (const json &element : elements) {
        const auto own = element.at("SPDXID").get<std::string>();
        QVERIFY2(std::regex_match(own, id), own.c_str());
        QVERIFY2(ids.insert(own).second, own.c_str());
    }
    for (const json &relationship : document.at("relationships")) {
        QVERIFY(ids.contains(relationship.at("spdxElementId")));
        QVERIFY(ids.contains(relationship.at("relatedSpdxElement")));
    }
    QCOMPARE(document.contains("files"), withFiles);
    QCOMPARE(document.at("packages").size(), allLayers ? 6U : 5U);
}

void TestSbom::spdxPackages()
{
    const json document = json::parse(written(&packagesSpdx, inspectionOf(kImage), {}));
    const json &packages = document.at("packages");
    const json image = named(packages, "docker.io/library/app");
    QCOMPARE(image.at("primaryPackagePurpose").dump(), json("CONTAINER").dump());
    QCOMPARE(named(packages, "debian").at("primaryPackagePurpose").dump(),
             json("OPERATING_SYSTEM").dump());
    const json tool = named(packages, "tool");
    QCOMPARE(tool.at("versionInfo").dump(), json("1:2+b1").dump());
    QCOMPARE(tool.at("supplier").dump(), json("Person: Jo Do (jo@example.org)").dump());
    QCOMPARE(tool.at("homepage").dump(), json("https://example.org/t").dump());
    QCOMPARE(tool.at("licenseDeclared").dump(), json("NOASSERTION").dump());
    QCOMPARE(tool.at("externalRefs").back().at("referenceLocator").dump(),
             json("pkg:deb/debian/tool@1:2%2Bb1?arch=amd64&distro=debian-12").dump());
    const json helper = named(packages, "helper");
    QCOMPARE(helper.at("supplier").dump(),
             json("Organization: Helper Team (t@example.org)").dump());
    QVERIFY(!helper.contains("homepage"));
    QVERIFY(named(packages, "rest").is_null());
    // Own words for a licence are quoted.
    const json licence = document.at("hasExtractedLicensingInfos").at(0);
    QVERIFY(named(packages, "@s/pad").at("licenseDeclared") == licence.at("licenseId"));
    QCOMPARE(licence.at("extractedText").dump(), json("My own words").dump());
    QVERIFY(licence.at("licenseId").get<std::string>().starts_with("LicenseRef-"));
    const json needs = {{"spdxElementId", tool.at("SPDXID")},
                        {"relationshipType", "DEPENDS_ON"},
                        {"relatedSpdxElement", helper.at("SPDXID")}};
    QVERIFY(std::ranges::find(document.at("relationships"), needs)
            != document.at("relationships").end());
}

void TestSbom::spdxFiles()
{
    const Inspection inspection = inspectionOf(kImage);
    const auto sums = sumsOf(inspection);
    const json document = json::parse(
        written(&packagesSpdx, inspection, {.allLayers = false, .created = {}, .sums = &sums}));
    std::set<std::string> names;
    for (const json &file : document.at("files")) {
        names.insert(file.at("fileName").get<std::string>());
        QCOMPARE(file.at("checksums").at(0).at("algorithm").dump(), json("SHA1").dump());
    }
    QCOMPARE(names,
             (std::set<std::string>{"./app/node_modules/@s/pad/package.json", "./usr/bin/tool"}));
    const json tool = named(document.at("packages"), "tool");
    QCOMPARE(tool.at("filesAnalyzed").dump(), json(true).dump());
    // SHA-1 of forty times "a".
    QCOMPARE(tool.at("packageVerificationCode").at("packageVerificationCodeValue").dump(),
             json("a56559418dc7908ce5f0b24b05c78e055cb863dc").dump());
    QCOMPARE(named(document.at("packages"), "helper").at("filesAnalyzed").dump(),
             json(false).dump());
}

void TestSbom::cycloneDx_data()
{
    spdx_data();
}

void TestSbom::cycloneDx()
{
    QFETCH(bool, withFiles);
    QFETCH(bool, allLayers);
    const Inspection inspection = inspectionOf(kImage);
    const auto sums = sumsOf(inspection);
    const json document = json::parse(
        written(&packagesCycloneDx,
                inspection,
                {.allLayers = allLayers, .created = {}, .sums = withFiles ? &sums : nullptr}));
    QCOMPARE(document.at("bomFormat").dump(), json("CycloneDX").dump());
    QCOMPARE(document.at("specVersion").dump(), json("1.5").dump());
    const std::regex serial(
        "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    QVERIFY(std::regex_match(document.at("serialNumber").get<std::string>(), serial));
    QCOMPARE(document.at("metadata").at("timestamp").dump(), json("2024-05-01T10:00:00Z").dump());
    std::set<std::string> refs = {document.at("metadata").at("component").at("bom-ref")};
    for (const json &component : document.at("components")) {
        QVERIFY(refs.insert(component.at("bom-ref")).second);
        QVERIFY(!component.at("name").get<std::string>().empty());
        QVERIFY(component.at("type").is_string());
    }
    for (const json &dependency : document.at("dependencies")) {
        QVERIFY(refs.contains(dependency.at("ref")));
        std::set<std::string> once;
        for (const json &needed : dependency.at("dependsOn")) {
            QVERIFY(refs.contains(needed) && once.insert(needed).second);
        }
    }
    const json tool = named(document.at("components"), "tool");
    QCOMPARE(tool.contains("components"), withFiles);
    QCOMPARE(document.at("components").size(), allLayers ? 5U : 4U);
}

void TestSbom::cycloneDxComponents()
{
    const json document = json::parse(written(&packagesCycloneDx, inspectionOf(kImage), {}));
    const json &image = document.at("metadata").at("component");
    QCOMPARE(image.at("type").dump(), json("container").dump());
    QCOMPARE(image.at("purl").dump(),
             json("pkg:oci/app?arch=amd64&repository_url=docker.io%2Flibrary%2Fapp&tag=1").dump());
    const json tool = named(document.at("components"), "tool");
    QCOMPARE(tool.at("supplier").at("contact").at(0).at("email").dump(),
             json("jo@example.org").dump());
    QCOMPARE(tool.at("evidence").at("occurrences").at(0).at("location").dump(),
             json("/var/lib/dpkg/status").dump());
    const json pad = named(document.at("components"), "pad");
    QCOMPARE(pad.at("group").dump(), json("@s").dump());
    QCOMPARE(pad.at("licenses").at(0).at("license").at("name").dump(), json("My own words").dump());
    QCOMPARE(named(document.at("components"), "debian").at("type").dump(),
             json("operating-system").dump());
}

void TestSbom::removedPackages()
{
    const Inspection inspection = inspectionOf(kImage);
    const json without = json::parse(written(&packagesCycloneDx, inspection, {}));
    QVERIFY(named(without.at("components"), "gone").is_null());
    const json with = json::parse(written(
        &packagesCycloneDx, inspection, {.allLayers = true, .created = {}, .sums = nullptr}));
    const json gone = named(with.at("components"), "gone");
    QCOMPARE(gone.at("scope").dump(), json("excluded").dump());
    QCOMPARE(gone.at("licenses").at(0).at("license").at("id").dump(), json("MIT").dump());
    QVERIFY(with.at("serialNumber") != without.at("serialNumber"));
}

void TestSbom::equalBytes()
{
    for (const Writer writer : {&packagesSpdx, &packagesCycloneDx}) {
        QCOMPARE(written(writer, inspectionOf(kImage), {}),
                 written(writer, inspectionOf(kImage), {}));
    }
    const json dated = json::parse(written(
        &packagesSpdx, inspectionOf(kImage), {.allLayers = false, .created = 0, .sums = nullptr}));
    QCOMPARE(dated.at("creationInfo").at("created").dump(), json("1970-01-01T00:00:00Z").dump());
}

void TestSbom::noSecrets()
{
    for (const Writer writer : {&packagesSpdx, &packagesCycloneDx}) {
        const std::string text = written(writer, inspectionOf(kImage), {});
        QVERIFY(!text.contains("hunter2"));
        QVERIFY(text.contains("App"));
    }
}

QTEST_GUILESS_MAIN(TestSbom)
#include "tst_sbom.moc"
