// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSortFilterProxyModel>

namespace cutaway {

/// Tags that have all the words in their name, those that only hold what is attached to an image
/// left out unless a word asks for them; sorted as people count: 1.9 before 1.10.
class TagsFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit TagsFilter(QObject *parent = nullptr);

    void setWords(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QStringList m_words;
};

} // namespace cutaway
