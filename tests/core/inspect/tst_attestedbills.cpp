// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/inspect/inspect.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

const std::string kBill =
    R"({"spdxVersion": "SPDX-2.3", "packages": [
        {"name": "bash", "versionInfo": "5.2", "externalRefs": [{"referenceType": "purl",
         "referenceLocator": "pkg:deb/debian/bash@5.2"}]},
        {"name": "dash", "versionInfo": "0.4", "externalRefs": [{"referenceType": "purl",
         "referenceLocator": "pkg:deb/debian/dash@0.4"}]},
        {"name": "gone", "versionInfo": "1", "externalRefs": [{"referenceType": "purl",
         "referenceLocator": "pkg:deb/debian/gone@1"}]}]})";

std::string statementOf(const std::string &predicate)
{
    return R"({"_type": "https://in-toto.io/Statement/v0.1", "predicateType": "x", "predicate": )"
           + predicate + "}";
}

std::string envelopeOf(const std::string &payload)
{
    return R"({"payloadType": "application/vnd.in-toto+json", "payload": ")"
           + QByteArray::fromStdString(payload).toBase64().toStdString()
           + R"(", "signatures": [{"sig": "AAAA"}]})";
}

/// Debian with bash 5.2 and dash 0.5.
TestImage debian()
{
    const std::string layer =
        TarWriter()
            .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
            .file("var/lib/dpkg/status",
                  "Package: bash\nStatus: install ok installed\nVersion: 5.2\n\n"
                  "Package: dash\nStatus: install ok installed\nVersion: 0.5\n")
            .finish();
    TestImage image;
    image.layers = image.blobs = {layer};
    image.mediaTypes = {"application/vnd.oci.image.layer.v1.tar"};
    image.diffIds = {"sha256:" + sha256Hex(layer)};
    return image;
}

/// "1 as listed, 1 in another version, 1 not found" for each bill.
QByteArray foundIn(const Packages &packages)
{
    QByteArray text;
    for (const FoundBill &found : packages.bills.list) {
        text += QByteArray::number(found.matching) + " as listed, "
                + QByteArray::number(found.otherVersion.size()) + " in another version, "
                + QByteArray::number(found.onlyListed.size()) + " not found";
        text += found.attestation.isEmpty() ? "; a file" : "";
    }
    return text;
}

} // namespace

/// Bills of materials that lie beside an image.
class TestAttestedBills : public QObject
{
    Q_OBJECT

private slots:
    void bills_data();
    void bills();
    void damagedOnesAreLeftOut();

private:
    QByteArray foundAt(const std::string &path) const;

    Folder m_folder;
};

QByteArray TestAttestedBills::foundAt(const std::string &path) const
{
    Monitor monitor;
    const auto inspected = inspect(pathReference(path), {}, monitor);
    return inspected ? foundIn(inspected->inspection->packages.value())
                     : QByteArray::fromStdString(inspected.error().error.message);
}

void TestAttestedBills::bills_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("mediaType");
    QTest::addColumn<bool>("byTag");
    QTest::addColumn<QByteArray>("found");
    const QByteArray all = "1 as listed, 1 in another version, 1 not found";
    const std::string inToto = "application/vnd.in-toto+json";
    const std::string dsse = "application/vnd.dsse.envelope.v1+json";
    QTest::newRow("BuildKit") << statementOf(kBill) << inToto << false << all;
    QTest::newRow("cosign attest") << envelopeOf(statementOf(kBill)) << dsse << true << all;
    QTest::newRow("cosign attach") << kBill << std::string("text/spdx+json") << true << all;
    QTest::newRow("an envelope that is not base64")
        << std::string(R"({"payloadType": "application/vnd.in-toto+json", "payload": "!"})") << dsse
        << true << QByteArray();
    QTest::newRow("provenance") << statementOf(R"({"buildType": "x"})") << inToto << false
                                << QByteArray();
    QTest::newRow("another media type")
        << kBill << std::string("text/html") << false << QByteArray();
}

void TestAttestedBills::bills()
{
    QFETCH(std::string, text);
    QFETCH(std::string, mediaType);
    QFETCH(bool, byTag);
    QFETCH(QByteArray, found);
    const Attested attested{.text = text, .mediaType = mediaType, .byTag = byTag};
    const Files files = attestedFiles(debian(), attested);
    QCOMPARE(foundAt(m_folder.write("attested.tar", tarOf(files))), found);
}

void TestAttestedBills::damagedOnesAreLeftOut()
{
    const std::string statement = statementOf(kBill);
    Files files = attestedFiles(debian(), {.text = statement});
    std::string other = statement;
    other.replace(other.find("5.2"), 3, "5.3");
    replaceFile(files, blobPath(statement), other);
    QCOMPARE(foundAt(m_folder.write("damaged.tar", tarOf(files))), QByteArray());
    std::erase_if(files, [&](const auto &file) { return file.first == blobPath(statement); });
    QCOMPARE(foundAt(m_folder.write("absent.tar", tarOf(files))), QByteArray());
}

QTEST_GUILESS_MAIN(TestAttestedBills)
#include "tst_attestedbills.moc"
