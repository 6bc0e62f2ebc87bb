// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStackedWidget>

class QLabel;

namespace cutaway {

/// A view, or in its place the words that say what would be here and how to get it.
class EmptyState : public QStackedWidget
{
    Q_OBJECT

public:
    /// Takes the view over.
    explicit EmptyState(QWidget *view, QWidget *parent = nullptr);

    void showView();
    /// `text` is plain; `action`, when given, is a link below it.
    void showText(const QString &text, const QString &action = {});
    bool isEmpty() const;

signals:
    void actionActivated();

private:
    QLabel *m_label = nullptr;
};

} // namespace cutaway
