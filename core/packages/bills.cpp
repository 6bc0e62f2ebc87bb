// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/bills.h"

#include "core/base/binary.h"
#include "core/packages/inventory.h"
#include "core/packages/packagelimits.h"
#include "core/packages/purl.h"

#include <map>
#include <set>
#include <utility>

namespace cutaway {

namespace {

/// Packages by what tells them, and of each the versions.
using Versions = std::map<std::string, std::uint32_t, std::less<>>;
using Index = std::map<std::string, Versions, std::less<>>;

Index indexOf(std::span<const Package> packages)
{
    Index index;
    for (std::uint32_t i = 0; i < packages.size(); ++i) {
        const Package &package = packages[i];
        if (package.isThere()) {
            if (auto key = packageKey(package.purl)) {
                index[std::move(key->name)].try_emplace(std::move(key->version), i);
            }
        }
    }
    return index;
}

class Comparison
{
public:
    explicit Comparison(std::span<const Package> packages)
        : m_index(indexOf(packages))
    {}

    void hold(FoundBill &found)
    {
        std::set<std::pair<std::string, std::string>> seen;
        const std::vector<BillComponent> &components = found.bill.components;
        for (std::uint32_t i = 0; i < components.size(); ++i) {
            const auto key = packageKey(components[i].purl);
            if (!key || !seen.emplace(key->name, key->version).second) {
                continue;
            }
            m_kinds.insert(key->kind());
            m_listed.insert(key->name);
            const auto named = m_index.find(key->name);
            if (named == m_index.end()) {
                found.onlyListed.push_back(i);
            } else if (key->version.empty() || named->second.contains(key->version)) {
                ++found.matching;
            } else {
                found.otherVersion.push_back({i, named->second.begin()->second});
            }
        }
    }

    /// What none of the bills lists, though it lists others of the kind.
    std::vector<std::uint32_t> unlisted(std::span<const Package> packages) const
    {
        std::vector<std::uint32_t> places;
        for (std::uint32_t i = 0; i < packages.size(); ++i) {
            const auto key = packageKey(packages[i].purl);
            if (key && packages[i].isThere() && m_kinds.contains(key->kind())
                && !m_listed.contains(key->name)) {
                places.push_back(i);
            }
        }
        return places;
    }

private:
    Index m_index;
    std::set<std::string, std::less<>> m_kinds;
    std::set<std::string, std::less<>> m_listed;
};

} // namespace

std::string encodeBill(const Bill &bill)
{
    std::string bytes;
    BinaryWriter writer = binaryWriterInto(bytes);
    writer.number(static_cast<std::uint8_t>(bill.format));
    writer.number(bill.leftOut);
    writer.text(bill.version);
    writer.text(bill.tool);
    for (const BillComponent &component : bill.components) {
        writer.text(component.purl);
        writer.text(component.name);
        writer.text(component.version);
    }
    return bytes;
}

std::optional<Bill> decodeBill(std::string_view bytes)
{
    TextStream stream(bytes);
    BinaryReader reader(stream);
    Bill bill;
    bill.format = reader.number<std::uint8_t>() == 0 ? Bill::Format::Spdx : Bill::Format::CycloneDx;
    bill.leftOut = reader.number<std::uint32_t>();
    bill.version = reader.text(limits::kPackageTextBytes);
    bill.tool = reader.text(limits::kPackageTextBytes);
    while (reader.isGood() && !reader.isAtEnd()
           && bill.components.size() < limits::kBillComponents) {
        BillComponent component;
        component.purl = reader.text(limits::kPackageTextBytes);
        component.name = reader.text(limits::kPackageTextBytes);
        component.version = reader.text(limits::kPackageTextBytes);
        bill.components.push_back(std::move(component));
    }
    return reader.isGood() ? std::optional(std::move(bill)) : std::nullopt;
}

void compareBills(std::span<const Package> packages, FoundBills &bills)
{
    Comparison comparison(packages);
    for (FoundBill &found : bills.list) {
        found.matching = 0;
        found.onlyListed.clear();
        found.otherVersion.clear();
        comparison.hold(found);
    }
    bills.unlisted = comparison.unlisted(packages);
}

std::string_view billFormatName(Bill::Format format)
{
    return format == Bill::Format::Spdx ? "SPDX" : "CycloneDX";
}

} // namespace cutaway
