// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/cpe.h"
#include "core/packages/reasons.h"
#include "core/report/billsreport.h"
#include "core/report/jsonparts.h"
#include "core/report/layerfacts.h"
#include "core/report/report.h"

#include <string>
#include <utility>

namespace cutaway {
namespace {

jsonparts::Value fileOf(const PathTree &tree, NodeId node)
{
    jsonparts::Value place = jsonparts::Value::object();
    jsonparts::setPath(place, tree.path(node));
    return place;
}

/// In which layers its bytes lie.
jsonparts::Value sharesOf(const Package &package)
{
    jsonparts::Value list = jsonparts::Value::array();
    for (const LayerShare &share : package.layers) {
        list.push_back(
            {{"layer", share.layer}, {"bytes", share.bytes}, {"hiddenBytes", share.hiddenBytes}});
    }
    return list;
}

jsonparts::Value rowOf(const Inspection &inspection, const Package &package)
{
    const PackageRecord &record = package.record;
    jsonparts::Value row;
    row["name"] = record.name;
    row["version"] = record.version;
    row["architecture"] = jsonparts::textOrNull(record.architecture);
    row["ecosystem"] = ecosystemName(record.ecosystem);
    row["purl"] = package.purl;
    row["source"] = nullptr;
    if (!record.source.empty()) {
        row["source"] = {{"name", record.source}, {"version", record.sourceVersion}};
    }
    row["license"] = jsonparts::textOrNull(record.licence);
    row["licenseExpression"] = jsonparts::textOrNull(record.licenceExpression);
    row["cpes"] = cpeCandidates(record);
    row["supplier"] = jsonparts::textOrNull(record.supplier);
    row["homepage"] = jsonparts::textOrNull(record.homepage);
    row["state"] = record.state;
    row["visible"] = package.isVisible();
    row["bytes"] = package.knowsFiles ? jsonparts::Value(package.bytes) : nullptr;
    row["declaredBytes"] = jsonparts::numberOrNull(record.declaredBytes);
    row["files"] = package.knowsFiles ? jsonparts::Value(package.files.size()) : nullptr;
    row["layer"] = package.layer;
    row["changedBy"] = package.changedBy;
    row["shares"] = sharesOf(package);
    row["removedBy"] = package.isVisible() ? nullptr : jsonparts::Value(package.removedBy);
    row["origin"] = layerOrigin(inspection, package.layer);
    row["reason"] = jsonparts::textOrNull(reasonName(package.reason));
    row["database"] = fileOf(*inspection.image->tree, package.database);
    return row;
}

jsonparts::Value ecosystemsOf(const Packages &packages)
{
    jsonparts::Value list = jsonparts::Value::array();
    for (int i = 0; i < kEcosystemCount; ++i) {
        const auto ecosystem = static_cast<Ecosystem>(i);
        std::uint64_t count = 0;
        for (const Package &package : packages.list) {
            const bool isCounted = package.isThere();
            count += isCounted && package.record.ecosystem == ecosystem ? 1 : 0;
        }
        if (count > 0) {
            list.push_back({{"ecosystem", ecosystemName(ecosystem)},
                            {"packages", count},
                            {"bytes", packages.ecosystemBytes[static_cast<std::size_t>(i)]}});
        }
    }
    return list;
}

jsonparts::Value layersOf(const Inspection &inspection)
{
    const Packages &packages = *inspection.packages;
    const std::vector<PackageChanges> changes =
        packageChanges(packages, inspection.image->layers.size());
    jsonparts::Value list = jsonparts::Value::array();
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const LayerOwners owners = i < packages.layers.size() ? packages.layers[i] : LayerOwners();
        list.push_back({{"index", i},
                        {"added", changes[i].added},
                        {"changed", changes[i].changed},
                        {"removed", changes[i].removed},
                        {"owned", ownedBytes(owners)},
                        {"ownedHidden", owners.hiddenBytes},
                        {"unowned", owners.unownedBytes},
                        {"unownedHidden", owners.unownedHiddenBytes}});
    }
    return list;
}

jsonparts::Value unownedOf(const Inspection &inspection)
{
    jsonparts::Value list = jsonparts::Value::array();
    for (const UnownedPlace &place : inspection.packages->unowned) {
        jsonparts::Value row = fileOf(*inspection.image->tree, place.directory);
        row["bytes"] = place.bytes;
        row["files"] = place.files;
        list.push_back(std::move(row));
    }
    return list;
}

jsonparts::Value sumJson(const Packages &packages, Reason reason)
{
    const ReasonSum sum = sumOf(packages, reason);
    return {{"packages", sum.packages}, {"bytes", sum.bytes}};
}

/// What came of holding files against their packages' checksums.
jsonparts::Value checksOf(const Inspection &inspection)
{
    const Packages &packages = *inspection.packages;
    if (!packages.checks) {
        return nullptr;
    }
    jsonparts::Value different = jsonparts::Value::array();
    for (const DifferingFile &file : packages.checks->different) {
        jsonparts::Value row = fileOf(*inspection.image->tree, file.node);
        row["package"] = packages.list[file.package].record.name;
        different.push_back(std::move(row));
    }
    return {{"compared", packages.checks->compared},
            {"leftOut", packages.checks->leftOut},
            {"different", std::move(different)}};
}

} // namespace

std::string packagesJson(const Inspection &inspection)
{
    if (!inspection.packages) {
        return {};
    }
    const Packages &packages = *inspection.packages;
    jsonparts::Value report = jsonparts::document();
    report["complete"] = inspection.image->complete && packages.notes.list().empty();
    report["sizes"] = {{"visible", packages.ownedBytes + packages.unownedBytes},
                       {"owned", packages.ownedBytes},
                       {"unowned", packages.unownedBytes}};
    report["ecosystems"] = ecosystemsOf(packages);
    report["packages"] = jsonparts::Value::array();
    for (const Package &package : packages.list) {
        report["packages"].push_back(rowOf(inspection, package));
    }
    report["unowned"] = unownedOf(inspection);
    report["layers"] = layersOf(inspection);
    report["spare"] = {{"recommended", sumJson(packages, Reason::Recommended)},
                       {"unneeded", sumJson(packages, Reason::None)}};
    report["checks"] = checksOf(inspection);
    addBills(report, inspection);
    report["notes"] = jsonparts::notes(packages.notes);
    report["notesLeftOut"] = packages.notes.leftOut();
    return jsonparts::written(report);
}

} // namespace cutaway
