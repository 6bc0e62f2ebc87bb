// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

/// How cells of every table and tree are painted, told by the roles of ui/models/roles.h.
namespace cutaway {

/// Paints changes and severities with sign and colour, secondary facts quietly, paths in the fixed
/// font, sizes with a bar for their share of the whole.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter,
               const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    void paintText(QPainter &painter,
                   const QStyleOptionViewItem &option,
                   const QRect &area,
                   const QString &suffix) const;
};

} // namespace cutaway
