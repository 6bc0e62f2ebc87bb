// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/treemap/colouring.h"

#include <QList>
#include <QWidget>

class QLabel;
class QToolButton;

namespace cutaway {

/// What the colours of a treemap mean, in words; choosing one brings out what has it.
class Legend : public QWidget
{
    Q_OBJECT

public:
    explicit Legend(QWidget *parent = nullptr);

    void setColouring(const treemap::Colouring &colouring);
    /// Place of the one that is brought out; -1: none.
    int highlighted() const;

signals:
    void highlightChanged(int category);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void choose(const QToolButton *button);

    QList<QToolButton *> m_entries;
    QLabel *m_more = nullptr;
    int m_others = 0; ///< categories that have no entry
};

} // namespace cutaway
