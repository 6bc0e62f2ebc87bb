// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

class QCompleter;
class QStandardItemModel;

namespace cutaway {

/// A line for the filter of files: its grammar on hover, and offers of words as one types.
class FilterLine : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterLine(QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void offer();
    void take(const QModelIndex &chosen);

    QCompleter *m_completer = nullptr;
    QStandardItemModel *m_offers = nullptr;
    int m_from = 0; ///< of the word that an offer stands for
    int m_to = 0;
};

} // namespace cutaway
