// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace cutaway {

enum class PackagesColumn { Name, Version, Size, Kind, Layer, Licence };

/// Which packages are shown, in which order and groups.
struct PackagesQuery
{
    enum class Grouping { None, Kind, Layer, Licence, Source };

    Grouping grouping = Grouping::None;
    bool withRemoved = false; ///< those that later layers took away, too
    QStringList words = {};   ///< all of them occur, in name, version, kind, source or licence
    PackagesColumn sortBy = PackagesColumn::Size;
    bool isDescending = true;

    bool operator==(const PackagesQuery &) const = default;
};

/// What is installed in an image, filtered, sorted, grouped. Keys are worked out once, so that tens
/// of thousands of packages answer while one types.
class PackageList
{
public:
    struct Group
    {
        QString title;
        std::vector<int> packages; ///< places in Packages::list
        quint64 bytes = 0;         ///< what they weigh together
    };

    void setInspection(InspectionPtr inspection);
    void arrange(const PackagesQuery &query);

    const InspectionPtr &inspection() const { return m_inspection; }
    /// Nothing where nobody looked.
    const Packages *packages() const;
    const Package &package(int at) const { return packages()->list[static_cast<std::size_t>(at)]; }
    /// The one group of all where nothing is grouped; none where nothing is shown.
    const std::vector<Group> &groups() const { return m_groups; }
    int removedCount() const;

private:
    bool accepts(int at, const PackagesQuery &query) const;
    void sort(std::vector<int> &shown, const PackagesQuery &query) const;
    QString groupOf(const Package &package, PackagesQuery::Grouping grouping) const;

    InspectionPtr m_inspection;
    std::vector<QString> m_searched; ///< what words are looked for in, by package
    std::vector<Group> m_groups;
};

/// "Debian", "Node.js": whose packages they are.
QString packageKind(Ecosystem ecosystem);
/// "bash 5.2.15, dash 0.5": whose a path is. Empty where it is nobody's, or a directory that
/// several packages share: that is nobody's in particular.
QString ownersOf(const Packages &packages, NodeId node, bool isDirectory);
/// "/app.spdx.json (SPDX-2.3, by syft): 240 as listed, 2 in another version, 3 not found": a bill
/// of materials that came with the image, held against its packages.
QString billText(const Inspection &inspection, const FoundBill &found);
/// The licence in one line: its SPDX expression, else what the database says.
QString packageLicence(const Package &package);

} // namespace cutaway
