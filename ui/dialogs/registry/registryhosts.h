// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/registryasking.h"

#include <QHash>
#include <QPersistentModelIndex>
#include <QWidget>

class QLineEdit;
class QPushButton;
class QStandardItem;
class QStandardItemModel;
class QTreeView;

namespace cutaway {

class EmptyState;

/// The registries that somebody has added, and their repositories: those that they list, a page at
/// a time, and those that were typed.
class RegistryHosts : public QWidget
{
    Q_OBJECT

public:
    explicit RegistryHosts(const RegistryAskerPtr &asker, QWidget *parent = nullptr);

    /// What is kept from one start to the next: hosts, and repositories that were typed.
    QStringList kept() const;
    void setKept(const QStringList &list);
    /// A host, or a repository; says why it is neither.
    Result<> addText(const QString &typed);
    /// Of the chosen row; empty where none is.
    QString currentHost() const;
    /// Lists the repositories of the host once more.
    void reload(const QString &host);

signals:
    void repositoryChosen(const cutaway::RepositoryPlace &place);
    void hostChosen(const QString &host);
    void keptChanged();
    void listed(const QString &host); ///< it has answered
    void signInWanted(const QString &host);
    void failed(const QString &host, const cutaway::Error &error);

private:
    void buildTree();
    void addTyped();
    void removeCurrent();
    QStandardItem *hostItem(const QString &host) const;
    QStandardItem *addHost(const QString &host);
    void addRepository(QStandardItem *host, const QString &path, bool isTyped);
    void expand(const QModelIndex &index);
    void choose(const QModelIndex &index);
    void ask(QStandardItem *host, const std::string &next);
    void showPage(QStandardItem *host, const Result<NamePage> &page);
    void note(QStandardItem *host, const QString &text, const std::string &next = {});
    void showEmptyState();

    RegistryLane *m_lane = nullptr;
    QLineEdit *m_add = nullptr;
    QStandardItemModel *m_model = nullptr;
    QTreeView *m_tree = nullptr;
    EmptyState *m_state = nullptr;
    QPersistentModelIndex m_asking;                 ///< the host that the lane asks
    QHash<QString, QStandardItem *> m_repositories; ///< by "host/path"
    QPushButton *m_signIn = nullptr;
    QPushButton *m_remove = nullptr;
};

} // namespace cutaway
