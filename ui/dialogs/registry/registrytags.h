// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/registryasking.h"

#include <QStringList>
#include <QWidget>

#include <deque>
#include <string>

class QLabel;
class QLineEdit;
class QModelIndex;
class QPushButton;
class QTreeView;

namespace cutaway {

class EmptyState;
class TagsFilter;
class TagsModel;

/// The tags of one repository, listed a page at a time; what they stand for is asked when somebody
/// chooses one, or wants to know of all that are in sight.
class RegistryTags : public QWidget
{
    Q_OBJECT

public:
    explicit RegistryTags(const RegistryAskerPtr &asker, QWidget *parent = nullptr);

    void showRepository(const RepositoryPlace &place);
    void clear();
    const RepositoryPlace &place() const { return m_place; }
    /// "docker://ghcr.io/org/app:1.2", of the chosen tags in their order.
    QStringList chosenReferences() const;

signals:
    /// One tag is chosen, and was looked at; nothing is while `facts` is null.
    void tagShown(const QString &tag, const cutaway::TagOutline *facts);
    void choiceChanged();
    void activated();
    void failed(const QString &host, const cutaway::Error &error);
    void answered(); ///< the registry has said something

private:
    void buildView();
    void buildFooter();
    void askPage(const std::string &next);
    void showPage(const Result<NamePage> &page);
    void choose();
    void lookAtAll();
    void lookNext();
    void showFooter();
    int sourceRow(const QModelIndex &index) const;
    QString referenceOf(int row) const;

    RepositoryPlace m_place;
    std::string m_next;              ///< the page behind those that are listed; empty = none
    std::deque<std::string> m_queue; ///< tags to be looked at
    QString m_shownTag;              ///< that tagShown() told last
    RegistryLane *m_list = nullptr;
    RegistryLane *m_looks = nullptr;
    TagsModel *m_model = nullptr;
    TagsFilter *m_filter = nullptr;
    QLabel *m_title = nullptr;
    QLineEdit *m_filterLine = nullptr;
    QTreeView *m_view = nullptr;
    EmptyState *m_state = nullptr;
    QLabel *m_count = nullptr;
    QPushButton *m_more = nullptr;
    QPushButton *m_lookAll = nullptr;
};

} // namespace cutaway
