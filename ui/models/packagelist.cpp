// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/packagelist.h"

#include "ui/models/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace cutaway {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::PackageList", text);
}

/// As they are shown; names of things, not to be translated. In the order of Ecosystem.
constexpr std::array<const char *, kEcosystemCount> kKinds = {
    "Debian",
    "Alpine",
    "Arch Linux",
    "opkg",
    "RPM",
    "Python",
    "Node.js",
    "Ruby",
    "Go",
    "Rust",
    "Java",
    "PHP",
    ".NET",
    "Perl",
    "R",
};

template<typename Key>
void sortBy(std::vector<int> &shown, bool isDescending, Key key)
{
    std::ranges::stable_sort(
        shown, [&](int a, int b) { return isDescending ? key(b) < key(a) : key(a) < key(b); });
}

} // namespace

QString packageKind(Ecosystem ecosystem)
{
    return QLatin1String(kKinds.at(static_cast<std::size_t>(ecosystem)));
}

QString ownersOf(const Packages &packages, NodeId node, bool isDirectory)
{
    const std::vector<std::uint32_t> owners = packages.owners.all(node);
    if (isDirectory && owners.size() > 1) {
        return {};
    }
    QStringList texts;
    for (const std::uint32_t owner : owners) {
        const PackageRecord &record = packages.list[owner].record;
        texts << shown(record.name) + QLatin1Char(' ') + shown(record.version);
    }
    return texts.join(QStringLiteral(", "));
}

QString billText(const Inspection &inspection, const FoundBill &found)
{
    const Bill &bill = found.bill;
    const QString place = found.node != kNone
                              ? shown(inspection.image->tree->path(found.node))
                              : tr("Attestation %1").arg(shown(found.attestation.shortText()));
    const QString format = bill.format == Bill::Format::Spdx
                               ? shown(bill.version)
                               : QStringLiteral("CycloneDX ") + shown(bill.version);
    const QString maker =
        bill.tool.empty() ? format : tr("%1, by %2").arg(format, shown(bill.tool));
    return tr("%1 (%2): %3 as listed, %4 in another version, %5 not found")
        .arg(place,
             maker,
             numberText(found.matching),
             numberText(found.otherVersion.size()),
             numberText(found.onlyListed.size()));
}

QString packageLicence(const Package &package)
{
    const PackageRecord &record = package.record;
    return shown(record.licenceExpression.empty() ? record.licence : record.licenceExpression);
}

void PackageList::setInspection(InspectionPtr inspection)
{
    m_inspection = std::move(inspection);
    m_groups.clear();
    m_searched.clear();
    if (packages() == nullptr) {
        return;
    }
    m_searched.reserve(packages()->list.size());
    for (const Package &package : packages()->list) {
        const PackageRecord &record = package.record;
        m_searched.push_back(QStringList{shown(record.name),
                                         shown(record.version),
                                         packageKind(record.ecosystem),
                                         shown(record.source),
                                         packageLicence(package)}
                                 .join(QLatin1Char(' ')));
    }
}

const Packages *PackageList::packages() const
{
    return m_inspection && m_inspection->packages ? &*m_inspection->packages : nullptr;
}

int PackageList::removedCount() const
{
    return packages() == nullptr
               ? 0
               : static_cast<int>(std::ranges::count_if(
                     packages()->list, [](const Package &each) { return !each.isVisible(); }));
}

bool PackageList::accepts(int at, const PackagesQuery &query) const
{
    if (!query.withRemoved && !package(at).isVisible()) {
        return false;
    }
    const QString &text = m_searched[static_cast<std::size_t>(at)];
    return std::ranges::all_of(query.words, [&text](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

void PackageList::sort(std::vector<int> &shown, const PackagesQuery &query) const
{
    const auto record = [this](int at) -> const PackageRecord & { return package(at).record; };
    switch (query.sortBy) {
    case PackagesColumn::Name:
        sortBy(shown, query.isDescending, [&](int at) -> const std::string & {
            return record(at).name;
        });
        break;
    case PackagesColumn::Version:
        sortBy(shown, query.isDescending, [&](int at) -> const std::string & {
            return record(at).version;
        });
        break;
    case PackagesColumn::Size:
        sortBy(shown, query.isDescending, [&](int at) { return package(at).weight(); });
        break;
    case PackagesColumn::Kind:
        sortBy(
            shown, query.isDescending, [&](int at) { return packageKind(record(at).ecosystem); });
        break;
    case PackagesColumn::Layer:
        sortBy(shown, query.isDescending, [&](int at) { return package(at).layer; });
        break;
    case PackagesColumn::Licence: {
        std::map<int, QString> texts;
        for (const int at : shown) {
            texts.emplace(at, packageLicence(package(at)));
        }
        sortBy(shown, query.isDescending, [&](int at) -> const QString & { return texts.at(at); });
        break;
    }
    }
}

QString PackageList::groupOf(const Package &package, PackagesQuery::Grouping grouping) const
{
    switch (grouping) {
    case PackagesQuery::Grouping::None: break;
    case PackagesQuery::Grouping::Kind: return packageKind(package.record.ecosystem);
    case PackagesQuery::Grouping::Layer: return tr("Layer %1").arg(package.layer);
    case PackagesQuery::Grouping::Licence: {
        const QString licence = packageLicence(package);
        return licence.isEmpty() ? tr("No licence told") : licence;
    }
    case PackagesQuery::Grouping::Source: {
        const PackageRecord &record = package.record;
        return shown(record.source.empty() ? record.name : record.source);
    }
    }
    return {};
}

void PackageList::arrange(const PackagesQuery &query)
{
    m_groups.clear();
    if (packages() == nullptr) {
        return;
    }
    std::vector<int> shown;
    for (int at = 0; at < static_cast<int>(packages()->list.size()); ++at) {
        if (accepts(at, query)) {
            shown.push_back(at);
        }
    }
    sort(shown, query);
    std::map<QString, std::size_t> places;
    for (const int at : shown) {
        const QString title = groupOf(package(at), query.grouping);
        const auto [place, isNew] = places.emplace(title, m_groups.size());
        if (isNew) {
            m_groups.push_back({title, {}, 0});
        }
        Group &group = m_groups[place->second];
        group.packages.push_back(at);
        group.bytes += package(at).weight();
    }
    // Layers in their order, everything else by what weighs most.
    const bool isByLayer = query.grouping == PackagesQuery::Grouping::Layer;
    std::ranges::stable_sort(m_groups, [&](const Group &a, const Group &b) {
        return isByLayer ? package(a.packages.front()).layer < package(b.packages.front()).layer
                         : a.bytes > b.bytes;
    });
}

} // namespace cutaway
