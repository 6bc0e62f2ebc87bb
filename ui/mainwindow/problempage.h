// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inspect/inspect.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStandardItemModel;
class QTreeView;

namespace cutaway {

class Document;

/// Why there is no image to be seen, in place of it: what happened, what was tried, what to do.
/// When the source holds several images, the choice.
class ProblemPage : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemPage(Document &document, QWidget *parent = nullptr);

    /// The registry that was asked; empty: the image is of none.
    void setRegistry(const QString &host);

signals:
    void retryRequested();
    void openFileRequested();
    void imageChosen(const QString &image); ///< "@2"
    void closeRequested();
    void signInRequested();
    void browseRequested();

private:
    void buildChoice();
    void showError();
    void showAdvice(ErrorCode code);
    QString adviceOnRegistry(ErrorCode code) const;
    void showCandidates(const std::vector<ImageCandidate> &candidates);
    void openChosen();

    Document &m_document;
    QLabel *m_sign = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_cause = nullptr;
    QLabel *m_tried = nullptr;
    QLabel *m_advice = nullptr;
    QTreeView *m_choice = nullptr;
    QStandardItemModel *m_candidates = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_retry = nullptr;
    QPushButton *m_signIn = nullptr;
    QPushButton *m_browse = nullptr;
    QString m_registry;
};

} // namespace cutaway
