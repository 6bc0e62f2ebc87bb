// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace cutaway {

class Document;

/// The status line: what the image weighs, and while it is read how far that is, with Cancel.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(Document &document, QWidget *parent = nullptr);

public slots:
    /// In place of the numbers, as long as there is a text.
    void showMessage(const QString &text);

signals:
    void cancelRequested();
    void continueRequested();
    void gradeChosen();

private:
    void buildWork();
    void buildStopped();
    QLabel *addFact(const char *name, const QString &help);
    void showState();
    void showProgress();
    void showNumbers();
    void showVerified();
    void showGrade();

    Document &m_document;
    QWidget *m_facts = nullptr;
    QLabel *m_wire = nullptr;
    QLabel *m_unpacked = nullptr;
    QLabel *m_visible = nullptr;
    QLabel *m_shadowed = nullptr;
    QLabel *m_efficiency = nullptr;
    QToolButton *m_grade = nullptr;
    QLabel *m_verifiedSign = nullptr;
    QLabel *m_verified = nullptr;
    QLabel *m_message = nullptr;
    QWidget *m_work = nullptr;
    QLabel *m_step = nullptr;
    QProgressBar *m_bar = nullptr;
    QWidget *m_stopped = nullptr;
    QLabel *m_stoppedText = nullptr;
};

} // namespace cutaway
