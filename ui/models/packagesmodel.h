// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/cellgroups.h"
#include "ui/models/packagelist.h"

#include <vector>

namespace cutaway {

/// What is installed, in groups. Where nothing is grouped, all is in one group, which a view takes
/// as its root.
class PackagesModel : public CellGroups
{
    Q_OBJECT

public:
    explicit PackagesModel(QObject *parent = nullptr);

    void setInspection(InspectionPtr inspection);
    void setQuery(const PackagesQuery &query);
    const PackagesQuery &query() const { return m_query; }
    const PackageList &list() const { return m_list; }

    /// Null for a group.
    const Package *package(const QModelIndex &index) const;
    /// The row of a package, by its place in Packages::list; invalid where it is not shown.
    QModelIndex find(std::uint32_t package) const;

    void sort(int column, Qt::SortOrder order) override;

protected:
    int groups() const override { return static_cast<int>(m_list.groups().size()); }
    int items(int at) const override { return static_cast<int>(group(at).packages.size()); }
    const std::vector<Column> &columns() const override { return m_columns; }
    Cell cell(Row row, int column) const override;
    QVariant rowData(Row row, int role) const override;

private:
    const PackageList::Group &group(int at) const
    {
        return m_list.groups()[static_cast<std::size_t>(at)];
    }
    void arrange();
    Cell groupCell(const PackageList::Group &group, PackagesColumn column) const;
    Cell packageCell(const Package &package, PackagesColumn column) const;
    Cell layerCell(const Package &package) const;

    std::vector<Column> m_columns;
    PackageList m_list;
    PackagesQuery m_query;
    std::vector<QString> m_instructions;
    quint64 m_heaviest = 0;
};

} // namespace cutaway
