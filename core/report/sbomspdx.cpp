// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/packages/cpe.h"
#include "core/report/jsonstream.h"
#include "core/report/report.h"
#include "core/report/sbom.h"
#include "core/report/sbomfiles.h"

#include <map>
#include <utility>

namespace cutaway {
namespace {

using jsonparts::Value;

constexpr std::string_view kUnknown = "NOASSERTION";
constexpr std::string_view kDocument = "SPDXRef-DOCUMENT";
constexpr std::string_view kImage = "SPDXRef-Image";
constexpr std::string_view kSystem = "SPDXRef-OperatingSystem";
constexpr std::string_view kTool = "Tool: cutaway-" CUTAWAY_VERSION;
constexpr std::size_t kIdDigits = 16;
constexpr std::size_t kFileIdDigits = 32;

Value relationship(std::string_view from, std::string_view type, std::string_view to)
{
    return {{"spdxElementId", from}, {"relationshipType", type}, {"relatedSpdxElement", to}};
}

Value checksum(std::string_view algorithm, std::string_view value)
{
    return {{"algorithm", algorithm}, {"checksumValue", value}};
}

/// "Person: Name (name@example.org)"
std::string agentOf(std::string_view text)
{
    const std::optional<sbom::Party> party = sbom::partyOf(text);
    if (!party) {
        return std::string(kUnknown);
    }
    return (party->isPerson ? "Person: " : "Organization: ") + party->name
           + (party->email.empty() ? std::string() : " (" + party->email + ')');
}

class SpdxDocument
{
public:
    SpdxDocument(const Inspection &inspection, const SbomOptions &options, const Sink &sink)
        : m_inspection(inspection)
        , m_image(*inspection.image)
        , m_options(options)
        , m_items(sbom::itemsOf(inspection, options))
        , m_created(sbom::createdTime(*inspection.image, options))
        , m_json(sink)
    {}

    void write()
    {
        m_json.beginObject();
        m_json.members(head());
        m_json.beginList("packages");
        m_json.item(imageRow());
        if (hasSystem()) {
            m_json.item(systemRow());
        }
        for (const sbom::Item &item : m_items) {
            m_json.item(packageRow(item));
        }
        m_json.endList();
        writeFiles();
        if (!m_licences.empty()) {
            m_json.beginList("hasExtractedLicensingInfos");
            for (const auto &[id, text] : m_licences) {
                m_json.item({{"licenseId", id}, {"extractedText", text}, {"name", kUnknown}});
            }
            m_json.endList();
        }
        writeRelationships();
        m_json.endObject();
        m_json.finish();
    }

private:
    Value head() const
    {
        Value value;
        value["spdxVersion"] = "SPDX-2.3";
        value["dataLicense"] = "CC0-1.0";
        value["SPDXID"] = kDocument;
        value["name"] = sbom::imageName(m_image);
        value["documentNamespace"] =
            "urn:uuid:" + sbom::documentUuid(m_inspection, "spdx", m_options);
        value["creationInfo"] = {{"created", m_created}, {"creators", Value::array({kTool})}};
        if (!isComplete()) {
            value["comment"] = "Some layers or databases could not be read: packages may be "
                               "missing.";
        }
        return value;
    }

    bool isComplete() const
    {
        return m_image.complete && m_inspection.packages->notes.list().empty();
    }

    bool hasSystem() const { return !m_inspection.packages->distribution.id.empty(); }

    static std::string idOf(const sbom::Item &item) { return "SPDXRef-Package-" + item.id; }

    std::string fileId(NodeId node) const
    {
        return "SPDXRef-File-" + sha256Hex(m_image.tree->path(node)).substr(0, kFileIdDigits);
    }

    Value annotation(std::string comment) const
    {
        return {{"annotationDate", m_created},
                {"annotationType", "OTHER"},
                {"annotator", kTool},
                {"comment", std::move(comment)}};
    }

    /// Its digests under the names that Trivy gives them.
    void annotateLayer(Value &list, LayerIndex layer) const
    {
        const Layer &row = m_image.layers[layer];
        if (!row.digest.isEmpty()) {
            list.push_back(annotation("LayerDigest: " + row.digest.text()));
        }
        if (!row.diffId.isEmpty()) {
            list.push_back(annotation("LayerDiffID: " + row.diffId.text()));
        }
    }

    static Value package(std::string_view id, const std::string &name, const std::string &version)
    {
        Value row;
        row["SPDXID"] = id;
        row["name"] = name;
        if (!version.empty()) {
            row["versionInfo"] = version;
        }
        row["supplier"] = kUnknown;
        row["downloadLocation"] = kUnknown;
        row["filesAnalyzed"] = false;
        return row;
    }

    static void addUnknownLicence(Value &row)
    {
        row["licenseConcluded"] = kUnknown;
        row["licenseDeclared"] = kUnknown;
        row["copyrightText"] = kUnknown;
    }

    static Value reference(std::string_view category, std::string_view type, std::string_view text)
    {
        return {
            {"referenceCategory", category}, {"referenceType", type}, {"referenceLocator", text}};
    }

    Value imageRow() const
    {
        const Digest &digest = sbom::imageDigest(m_image);
        Value row = package(kImage, sbom::imageName(m_image), digest.text());
        if (!digest.isEmpty()) {
            const bool isSha512 = digest.algorithm() == HashAlgorithm::Sha512;
            row["checksums"] =
                Value::array({checksum(isSha512 ? "SHA512" : "SHA256", digest.hex())});
        }
        addUnknownLicence(row);
        row["externalRefs"] =
            Value::array({reference("PACKAGE-MANAGER", "purl", sbom::imagePurl(m_image))});
        row["primaryPackagePurpose"] = "CONTAINER";
        Value list = Value::array();
        for (const sbom::Label &label : sbom::labelsOf(m_image)) {
            list.push_back(annotation("Label: " + label.name + '=' + label.value));
        }
        for (std::size_t i = 0; i < m_image.layers.size(); ++i) {
            annotateLayer(list, static_cast<LayerIndex>(i));
        }
        if (!list.empty()) {
            row["annotations"] = std::move(list);
        }
        return row;
    }

    Value systemRow() const
    {
        const Distribution &system = m_inspection.packages->distribution;
        Value row = package(kSystem, system.id, system.version);
        addUnknownLicence(row);
        if (!system.name.empty()) {
            row["summary"] = system.name;
        }
        row["primaryPackagePurpose"] = "OPERATING_SYSTEM";
        return row;
    }

    /// An expression, or a reference to the package's own words, which the document then quotes.
    std::string licenceOf(const PackageRecord &record)
    {
        if (!record.licenceExpression.empty()) {
            return record.licenceExpression;
        }
        if (record.licence.empty()) {
            return std::string(kUnknown);
        }
        std::string id = "LicenseRef-" + sha256Hex(record.licence).substr(0, kIdDigits);
        m_licences.try_emplace(id, record.licence);
        return id;
    }

    Value packageRow(const sbom::Item &item)
    {
        const PackageRecord &record = item.package->record;
        const std::string database = jsonName(m_image.tree->path(item.package->database)).text;
        Value row = package(idOf(item), record.name, record.version);
        row["supplier"] = agentOf(record.supplier);
        const auto files = sbom::filesOf(m_inspection, item.package->files, m_options);
        if (!files.empty()) {
            row["filesAnalyzed"] = true;
            row["packageVerificationCode"] = {
                {"packageVerificationCodeValue", sbom::verificationCode(files)}};
        }
        if (const auto url = sbom::urlOf(record.homepage)) {
            row["homepage"] = *url;
        }
        row["sourceInfo"] = "acquired package info from " + database;
        row["licenseConcluded"] = kUnknown;
        row["licenseDeclared"] = licenceOf(record);
        row["copyrightText"] = kUnknown;
        Value references = Value::array();
        for (const std::string &cpe : cpeCandidates(record)) {
            references.push_back(reference("SECURITY", "cpe23Type", cpe));
        }
        if (!item.package->purl.empty()) {
            references.push_back(reference("PACKAGE-MANAGER", "purl", item.package->purl));
        }
        if (!references.empty()) {
            row["externalRefs"] = std::move(references);
        }
        Value list = Value::array();
        annotateLayer(list, item.package->layer);
        if (!item.package->isVisible()) {
            list.push_back(annotation("RemovedByLayer: "
                                      + sbom::layerDigest(m_image, item.package->removedBy)));
        }
        if (!list.empty()) {
            row["annotations"] = std::move(list);
        }
        return row;
    }

    void writeFiles()
    {
        if (m_options.sums == nullptr) {
            return;
        }
        const auto files =
            sbom::filesOf(m_inspection, sbom::allFiles(*m_inspection.packages), m_options);
        m_json.beginList("files");
        for (const sbom::File &file : files) {
            Value row;
            row["SPDXID"] = fileId(file.node);
            row["fileName"] = '.' + jsonName(m_image.tree->path(file.node)).text;
            row["checksums"] = Value::array(
                {checksum("SHA1", file.sums->sha1), checksum("SHA256", file.sums->sha256)});
            row["licenseConcluded"] = kUnknown;
            row["copyrightText"] = kUnknown;
            row["comment"] = "Layer: " + sbom::layerDigest(m_image, file.layer);
            m_json.item(row);
        }
        m_json.endList();
    }

    void writeRelationships()
    {
        m_json.beginList("relationships");
        m_json.item(relationship(kDocument, "DESCRIBES", kImage));
        if (hasSystem()) {
            m_json.item(relationship(kImage, "CONTAINS", kSystem));
        }
        for (const sbom::Item &item : m_items) {
            const std::string id = idOf(item);
            m_json.item(relationship(kImage, "CONTAINS", id));
            for (const std::uint32_t needed : item.needs) {
                m_json.item(relationship(id, "DEPENDS_ON", idOf(m_items[needed])));
            }
            for (const sbom::File &file :
                 sbom::filesOf(m_inspection, item.package->files, m_options)) {
                m_json.item(relationship(id, "CONTAINS", fileId(file.node)));
            }
        }
        m_json.endList();
    }

    const Inspection &m_inspection;
    const Image &m_image;
    const SbomOptions &m_options;
    std::vector<sbom::Item> m_items;
    std::string m_created;
    JsonStream m_json;
    std::map<std::string, std::string> m_licences; ///< own words, by the reference to them
};

} // namespace

void packagesSpdx(const Inspection &inspection, const SbomOptions &options, const Sink &sink)
{
    if (inspection.packages) {
        SpdxDocument(inspection, options, sink).write();
    }
}

} // namespace cutaway
