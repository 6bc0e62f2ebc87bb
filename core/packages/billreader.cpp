// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/base64.h"
#include "core/base/json.h"
#include "core/packages/bills.h"
#include "core/packages/packagelimits.h"
#include "core/packages/stanzas.h"

#include <utility>
#include <vector>

namespace cutaway {

namespace {

/// Whether it is the URL of software that is installed: the image itself is none.
bool isSoftware(std::string_view purl)
{
    return purl.starts_with("pkg:") && !purl.starts_with("pkg:oci/")
           && !purl.starts_with("pkg:docker/");
}

void add(Bill &bill, const std::string &purl, const Json &name, const Json &version)
{
    if (!isSoftware(purl)) {
        return;
    }
    if (bill.components.size() >= limits::kBillComponents) {
        ++bill.leftOut;
        return;
    }
    bill.components.push_back(
        {boundedText(purl), boundedText(name.toString()), boundedText(version.toString())});
}

/// "Tool: syft-1.20.0" among its creators.
std::string spdxTool(const Json &document)
{
    constexpr std::string_view kTool = "Tool:";
    for (const Json &creator : document["creationInfo"]["creators"].elements()) {
        if (creator.toString().starts_with(kTool)) {
            return boundedText(std::string_view(creator.toString()).substr(kTool.size()));
        }
    }
    return {};
}

Bill readSpdx(const Json &document)
{
    Bill bill;
    bill.format = Bill::Format::Spdx;
    bill.version = boundedText(document["spdxVersion"].toString());
    bill.tool = spdxTool(document);
    for (const Json &package : document["packages"].elements()) {
        for (const Json &reference : package["externalRefs"].elements()) {
            if (reference["referenceType"].toString() == "purl") {
                add(bill,
                    reference["referenceLocator"].toString(),
                    package["name"],
                    package["versionInfo"]);
                break;
            }
        }
    }
    return bill;
}

/// Before 1.5 a list, since then components.
std::string cycloneDxTool(const Json &document)
{
    const Json &tools = document["metadata"]["tools"];
    const std::vector<Json> &list =
        tools.isArray() ? tools.elements() : tools["components"].elements();
    if (list.empty()) {
        return {};
    }
    const std::string &version = list.front()["version"].toString();
    return boundedText(list.front()["name"].toString() + (version.empty() ? "" : '-' + version));
}

Bill readCycloneDx(const Json &document)
{
    Bill bill;
    bill.format = Bill::Format::CycloneDx;
    bill.version = boundedText(document["specVersion"].toString());
    bill.tool = cycloneDxTool(document);
    std::vector<const Json *> lists = {&document["components"]};
    while (!lists.empty()) {
        const Json &list = *lists.back();
        lists.pop_back();
        for (const Json &component : list.elements()) {
            add(bill, component["purl"].toString(), component["name"], component["version"]);
            if (component["components"].isArray()) {
                lists.push_back(&component["components"]);
            }
        }
    }
    return bill;
}

/// What a signed envelope holds (DSSE); nobody has verified it. Other text as it is.
std::optional<ParsedJson> parsedPayload(std::string_view text)
{
    constexpr const char *kWhat = "bill of materials";
    Result<ParsedJson> parsed = parseJson(text, kWhat, BadUtf8::Replace);
    if (parsed && parsed->value["payloadType"].toString() == "application/vnd.in-toto+json") {
        const auto payload = base64Decoded(parsed->value["payload"].toString());
        if (!payload) {
            return std::nullopt;
        }
        parsed = parseJson(*payload, kWhat, BadUtf8::Replace);
    }
    return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

} // namespace

std::optional<Bill> readBill(std::string_view text)
{
    if (text.size() > limits::kBillBytes) {
        return std::nullopt;
    }
    const std::optional<ParsedJson> parsed = parsedPayload(text);
    if (!parsed) {
        return std::nullopt;
    }
    const Json &outer = parsed->value;
    const bool isStatement = outer["_type"].toString().starts_with("https://in-toto.io/Statement");
    const Json &document = isStatement ? outer["predicate"] : outer;
    if (document["spdxVersion"].toString().starts_with("SPDX-2")) {
        return readSpdx(document);
    }
    if (document["bomFormat"].toString() == "CycloneDX") {
        return readCycloneDx(document);
    }
    return std::nullopt;
}

} // namespace cutaway
