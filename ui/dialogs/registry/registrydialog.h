// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/inspectjob.h"
#include "ui/jobs/registryasking.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace cutaway {

class RegistryDetails;
class RegistryHosts;
class RegistryTags;

/// Looks around in registries: hosts and repositories, tags, what these stand for; opens an image,
/// or holds two against one another. Keeps what it shows while it is
/// closed.
class RegistryDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RegistryDialog(RegistryAskerPtr asker, QWidget *parent = nullptr);
    ~RegistryDialog() override;

    /// Somebody has said who they are: what was refused is asked again.
    void signedIn(const QString &host);

signals:
    void openWanted(const cutaway::OpenRequest &request);
    void compareWanted(const cutaway::OpenRequest &first, const cutaway::OpenRequest &second);
    void signInWanted(const QString &host);

private:
    void buildProblem();
    QLayout *buildButtons();
    void connectParts();
    void openChosen();
    void compareChosen();
    void showButtons();
    void showConnection(const QString &host);
    void showProblem(const QString &host, const Error &error);
    void hideProblem();

    RegistryAskerPtr m_asker;
    RegistryHosts *m_hosts = nullptr;
    RegistryTags *m_tags = nullptr;
    RegistryDetails *m_details = nullptr;
    QWidget *m_problem = nullptr;
    QLabel *m_problemText = nullptr;
    QPushButton *m_problemSignIn = nullptr;
    QString m_problemHost;
    QLabel *m_connection = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_compare = nullptr;
    QPushButton *m_open = nullptr;
};

} // namespace cutaway
