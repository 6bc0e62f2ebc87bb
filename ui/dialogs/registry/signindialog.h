// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/registryasking.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace cutaway {

/// Asks who one is to a registry, and has that tried before it is kept: in the desktop's keyring,
/// nowhere else. What was typed is forgotten with the dialog.
class SignInDialog : public QDialog
{
    Q_OBJECT

public:
    /// `host` may be empty: then it is asked for, too.
    SignInDialog(const RegistryAskerPtr &asker, const QString &host, QWidget *parent = nullptr);

    QString host() const;

private:
    void buildFields(const QString &host);
    void tryIt();
    void showProblem(const Error &error);
    void showState();

    RegistryLane *m_lane = nullptr;
    QLineEdit *m_host = nullptr;
    QLineEdit *m_user = nullptr;
    QLineEdit *m_password = nullptr;
    QLabel *m_problem = nullptr;
    QProgressBar *m_busy = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace cutaway
