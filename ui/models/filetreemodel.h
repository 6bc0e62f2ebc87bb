// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/tree/filter.h"
#include "core/tree/view.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QIcon>

#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cutaway {

/// The file tree of one view, straight over the shared node array: nothing is copied, a directory
/// costs something only once it is opened, and then at most one order of its children.
class FileTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        SizeColumn,
        ChangeColumn,
        ModeColumn,
        OwnerColumn,
        LayerColumn,
        TimeColumn
    };
    static constexpr int kColumnCount = 7;

    using ViewPtr = std::shared_ptr<const TreeView>;
    using FilterPtr = std::shared_ptr<const FilterResult>;

    explicit FileTreeModel(QObject *parent = nullptr);
    ~FileTreeModel() override;

    /// Shows another view, or none; `filter` (of that same view) may be null.
    void setView(ViewPtr view, FilterPtr filter);
    /// Knows whose the files are; of another tree than the view's, or null: nobody's.
    void setInspection(InspectionPtr inspection) { m_inspection = std::move(inspection); }
    const ViewPtr &view() const { return m_view; }
    const FilterPtr &filter() const { return m_filter; }

    /// kNone for an invalid index.
    NodeId node(const QModelIndex &index) const;
    /// Invalid where the node is not shown.
    QModelIndex indexOf(NodeId node, int column = NameColumn) const;
    /// The node of a path, or of the nearest directory above it that is shown; kNone where none is.
    NodeId nearestShown(std::string_view path) const;
    bool isShown(NodeId node) const;

    /// Children looked at so far to answer for rows: tests count the work with it.
    quint64 childrenVisited() const { return m_childrenVisited; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    /// Rows of an opened directory. Empty vectors: every child is shown, in the tree's own order.
    struct Rows
    {
        std::uint32_t count = 0;
        std::vector<NodeId> nodes;        ///< row → node
        std::vector<std::uint32_t> rowOf; ///< node - first child → row
    };
    const Rows &rows(NodeId directory) const;
    Rows makeRows(NodeId directory) const;
    bool isBefore(NodeId a, NodeId b) const;
    std::uint32_t rowOf(NodeId node) const;

    std::uint64_t sizeOf(NodeId node) const;
    std::uint64_t totalSize() const;
    QString text(NodeId node, int column) const;
    QVariant rawValue(NodeId node, int column) const;
    QString suffix(NodeId node) const;
    QString toolTip(NodeId node, int column) const;
    QString sizeToolTip(NodeId node) const;
    QString packagesOf(NodeId node) const;
    QVariant look(NodeId node, int column, int role) const;
    QIcon iconOf(NodeId node) const;

    InspectionPtr m_inspection;
    ViewPtr m_view;
    FilterPtr m_filter;
    int m_sortColumn = NameColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    mutable std::unordered_map<NodeId, Rows> m_rows;
    mutable quint64 m_childrenVisited = 0;
    mutable QHash<QString, QIcon> m_icons;
};

} // namespace cutaway
