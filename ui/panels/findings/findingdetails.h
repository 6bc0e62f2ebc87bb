// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QModelIndex>
#include <QWidget>

class QLabel;
class QToolButton;

namespace cutaway {

class ExplanationView;
struct Evidence;
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
    /// What may be revealed: a fact of the chosen row that is about a secret; null where none is.
    const Evidence *hidden() const;
    /// Shows a value until another row is chosen. It cannot be marked, and is never copied.
    void showRevealed(const QString &text);
    void showRevealProblem(const QString &why);
    void hideRevealed();
    bool isRevealing() const { return m_isRevealing; }
    void setCanReveal(bool can);
    void setCanSuppress(bool can);

signals:
    void evidenceChosen(int at);
    void fixCopied();
    void revealWanted(bool isOn);
    void suppressWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildButtons();
    void buildRevealed();
    void showText();

    const FindingsModel &m_model;
    QPersistentModelIndex m_shown;
    QString m_snippet;
    ExplanationView *m_text = nullptr;
    QWidget *m_buttons = nullptr;
    QToolButton *m_copyFix = nullptr;
    QToolButton *m_reveal = nullptr;
    QToolButton *m_suppress = nullptr;
    QLabel *m_revealedTitle = nullptr;
    QLabel *m_revealed = nullptr;
    QWidget *m_revealedBox = nullptr;
    bool m_isRevealing = false;
};

} // namespace cutaway
