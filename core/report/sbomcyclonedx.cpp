// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/spdx.h"
#include "core/base/text.h"
#include "core/packages/cpe.h"
#include "core/packages/reasons.h"
#include "core/report/jsonstream.h"
#include "core/report/report.h"
#include "core/report/sbom.h"
#include "core/report/sbomfiles.h"

#include <utility>

namespace cutaway {
namespace {

using jsonparts::Value;

constexpr std::string_view kImage = "image";
constexpr std::string_view kSystem = "operating-system";

void addProperty(Value &list, std::string_view name, const std::string &value)
{
    if (!value.empty()) {
        list.push_back({{"name", "cutaway:" + std::string(name)}, {"value", value}});
    }
}

/// The part of the name that stands for who publishes it, and the rest.
std::pair<std::string, std::string> groupedName(const PackageRecord &record)
{
    const bool isMaven = record.ecosystem == Ecosystem::Maven;
    const bool isPath = record.ecosystem == Ecosystem::Composer
                        || (record.ecosystem == Ecosystem::Node && record.name.starts_with('@'));
    const std::size_t at = isMaven  ? record.name.find(':')
                           : isPath ? record.name.find('/')
                                    : std::string::npos;
    return at == std::string::npos
               ? std::pair(std::string(), record.name)
               : std::pair(record.name.substr(0, at), record.name.substr(at + 1));
}

Value licencesOf(const PackageRecord &record)
{
    const std::string &expression = record.licenceExpression;
    if (isSpdxLicence(expression)) {
        return Value::array({{{"license", {{"id", expression}}}}});
    }
    if (!expression.empty()) {
        return Value::array({{{"expression", expression}}});
    }
    return record.licence.empty() ? Value::array()
                                  : Value::array({{{"license", {{"name", record.licence}}}}});
}

Value supplierOf(const sbom::Party &party)
{
    Value supplier = {{"name", party.name}};
    if (!party.email.empty()) {
        supplier["contact"] = Value::array({{{"name", party.name}, {"email", party.email}}});
    }
    return supplier;
}

class CycloneDxDocument
{
public:
    CycloneDxDocument(const Inspection &inspection, const SbomOptions &options, const Sink &sink)
        : m_inspection(inspection)
        , m_image(*inspection.image)
        , m_options(options)
        , m_items(sbom::itemsOf(inspection, options))
        , m_json(sink)
    {}

    void write()
    {
        m_json.beginObject();
        m_json.members(head());
        m_json.beginList("components");
        if (hasSystem()) {
            m_json.item(systemRow());
        }
        for (const sbom::Item &item : m_items) {
            m_json.beginObject();
            m_json.members(packageRow(item));
            writeFiles(item);
            m_json.endObject();
        }
        m_json.endList();
        writeDependencies();
        if (!m_image.complete || !m_inspection.packages->notes.list().empty()) {
            m_json.members({{"compositions",
                             Value::array({{{"aggregate", "incomplete"},
                                            {"assemblies", Value::array({kImage})}}})}});
        }
        m_json.endObject();
        m_json.finish();
    }

private:
    Value head() const
    {
        Value value;
        value["$schema"] = "http://cyclonedx.org/schema/bom-1.5.schema.json";
        value["bomFormat"] = "CycloneDX";
        value["specVersion"] = "1.5";
        value["serialNumber"] =
            "urn:uuid:" + sbom::documentUuid(m_inspection, "cyclonedx", m_options);
        value["version"] = 1;
        Value tool = {{"type", "application"}, {"name", "cutaway"}, {"version", CUTAWAY_VERSION}};
        value["metadata"] = {{"timestamp", sbom::createdTime(m_image, m_options)},
                             {"lifecycles", Value::array({{{"phase", "post-build"}}})},
                             {"tools", {{"components", Value::array({std::move(tool)})}}},
                             {"component", imageRow()}};
        return value;
    }

    bool hasSystem() const { return !m_inspection.packages->distribution.id.empty(); }

    static std::string refOf(const sbom::Item &item)
    {
        const std::string &purl = item.package->purl;
        return purl.empty() ? item.id
                            : purl + (purl.contains('?') ? '&' : '?') + "package-id=" + item.id;
    }

    void addLayer(Value &properties, std::string_view prefix, LayerIndex layer) const
    {
        const Layer &row = m_image.layers[layer];
        const std::string name(prefix);
        addProperty(properties, name + ":index", std::to_string(layer));
        addProperty(properties, name + ":digest", row.digest.text());
        addProperty(properties, name + ":diffId", row.diffId.text());
    }

    Value imageRow() const
    {
        const Digest &digest = sbom::imageDigest(m_image);
        Value row = {
            {"bom-ref", kImage}, {"type", "container"}, {"name", sbom::imageName(m_image)}};
        if (!digest.isEmpty()) {
            const bool isSha512 = digest.algorithm() == HashAlgorithm::Sha512;
            row["version"] = digest.text();
            row["hashes"] = Value::array(
                {{{"alg", isSha512 ? "SHA-512" : "SHA-256"}, {"content", digest.hex()}}});
        }
        row["purl"] = sbom::imagePurl(m_image);
        Value properties = Value::array();
        for (const sbom::Label &label : sbom::labelsOf(m_image)) {
            addProperty(properties, "label:" + label.name, label.value);
        }
        for (std::size_t i = 0; i < m_image.layers.size(); ++i) {
            const Layer &layer = m_image.layers[i];
            const std::string name = "layer:" + std::to_string(i);
            addProperty(properties, name + ":digest", layer.digest.text());
            addProperty(properties, name + ":diffId", layer.diffId.text());
        }
        if (!properties.empty()) {
            row["properties"] = std::move(properties);
        }
        return row;
    }

    Value systemRow() const
    {
        const Distribution &system = m_inspection.packages->distribution;
        Value row = {{"bom-ref", kSystem}, {"type", "operating-system"}, {"name", system.id}};
        if (!system.version.empty()) {
            row["version"] = system.version;
        }
        if (!system.name.empty()) {
            row["description"] = system.name;
        }
        return row;
    }

    Value propertiesOf(const Package &package) const
    {
        const PackageRecord &record = package.record;
        Value list = Value::array();
        addProperty(list, "package:type", std::string(ecosystemName(record.ecosystem)));
        addProperty(list, "package:architecture", record.architecture);
        addProperty(list, "package:source:name", record.source);
        addProperty(list, "package:source:version", record.sourceVersion);
        addProperty(list, "package:reason", std::string(reasonName(package.reason)));
        if (package.knowsFiles) {
            addProperty(list, "package:bytes", std::to_string(package.bytes));
        }
        addLayer(list, "layer", package.layer);
        if (!package.isVisible()) {
            addLayer(list, "removedBy", package.removedBy);
        }
        return list;
    }

    /// Where it was found: what a program was built from stands in the program.
    Value evidenceOf(const Package &package) const
    {
        const std::string database = jsonName(m_image.tree->path(package.database)).text;
        const Ecosystem ecosystem = package.record.ecosystem;
        const bool isBinary = ecosystem == Ecosystem::Go || ecosystem == Ecosystem::Cargo;
        Value method = {{"technique", isBinary ? "binary-analysis" : "manifest-analysis"},
                        {"confidence", 1},
                        {"value", database}};
        return {{"identity",
                 {{"field", package.purl.empty() ? "name" : "purl"},
                  {"confidence", 1},
                  {"methods", Value::array({std::move(method)})}}},
                {"occurrences", Value::array({{{"location", database}}})}};
    }

    Value packageRow(const sbom::Item &item) const
    {
        const Package &package = *item.package;
        const PackageRecord &record = package.record;
        Value row = {{"bom-ref", refOf(item)}, {"type", "library"}};
        if (const auto party = sbom::partyOf(record.supplier)) {
            row["supplier"] = supplierOf(*party);
        }
        const auto [group, name] = groupedName(record);
        if (!group.empty()) {
            row["group"] = group;
        }
        row["name"] = name;
        row["version"] = record.version;
        if (!package.isVisible()) {
            row["scope"] = "excluded";
        }
        if (Value licences = licencesOf(record); !licences.empty()) {
            row["licenses"] = std::move(licences);
        }
        if (const auto cpes = cpeCandidates(record); !cpes.empty()) {
            row["cpe"] = cpes.front();
        }
        if (!package.purl.empty()) {
            row["purl"] = package.purl;
        }
        if (const auto url = sbom::urlOf(record.homepage)) {
            row["externalReferences"] = Value::array({{{"type", "website"}, {"url", *url}}});
        }
        row["evidence"] = evidenceOf(package);
        row["properties"] = propertiesOf(package);
        return row;
    }

    void writeFiles(const sbom::Item &item)
    {
        const auto files = sbom::filesOf(m_inspection, item.package->files, m_options);
        if (files.empty()) {
            return;
        }
        m_json.beginList("components");
        for (const sbom::File &file : files) {
            Value properties = Value::array();
            addProperty(properties, "layer:index", std::to_string(file.layer));
            m_json.item({{"type", "file"},
                         {"name", jsonName(m_image.tree->path(file.node)).text},
                         {"hashes",
                          Value::array({{{"alg", "SHA-1"}, {"content", file.sums->sha1}},
                                        {{"alg", "SHA-256"}, {"content", file.sums->sha256}}})},
                         {"properties", std::move(properties)}});
        }
        m_json.endList();
    }

    void writeDependencies()
    {
        m_json.beginList("dependencies");
        Value all = Value::array();
        if (hasSystem()) {
            all.push_back(kSystem);
        }
        for (const sbom::Item &item : m_items) {
            if (item.package->isVisible()) {
                all.push_back(refOf(item));
            }
        }
        m_json.item({{"ref", kImage}, {"dependsOn", std::move(all)}});
        for (const sbom::Item &item : m_items) {
            if (!item.knowsNeeds) {
                continue;
            }
            Value needed = Value::array();
            for (const std::uint32_t place : item.needs) {
                needed.push_back(refOf(m_items[place]));
            }
            m_json.item({{"ref", refOf(item)}, {"dependsOn", std::move(needed)}});
        }
        m_json.endList();
    }

    const Inspection &m_inspection;
    const Image &m_image;
    const SbomOptions &m_options;
    std::vector<sbom::Item> m_items;
    JsonStream m_json;
};

} // namespace

void packagesCycloneDx(const Inspection &inspection, const SbomOptions &options, const Sink &sink)
{
    if (inspection.packages) {
        CycloneDxDocument(inspection, options, sink).write();
    }
}

} // namespace cutaway
