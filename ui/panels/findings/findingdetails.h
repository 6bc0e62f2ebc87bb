// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QModelIndex>
#include <QWidget>

class QToolButton;

namespace cutaway {

class ExplanationView;
class FindingsModel;

/// All that is to be read of the chosen finding, and what can be done about it.
class FindingDetails : public QWidget
{
    Q_OBJECT

public:
    explicit FindingDetails(const FindingsModel &model, QWidget *parent = nullptr);

    /// Nothing for a group or no row.
    void showRow(const QModelIndex &index);
    /// Whether there are lines for a Dockerfile to be copied.
    bool canCopyFix() const { return !m_snippet.isEmpty(); }
    void copyFix();

signals:
    void evidenceChosen(int at);
    void fixCopied();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showText();

    const FindingsModel &m_model;
    QPersistentModelIndex m_shown;
    QString m_snippet;
    ExplanationView *m_text = nullptr;
    QWidget *m_buttons = nullptr;
    QToolButton *m_copyFix = nullptr;
};

} // namespace cutaway
