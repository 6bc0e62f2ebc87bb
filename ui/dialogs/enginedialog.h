// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/engineimage.h"
#include "core/registry/enginesocket.h"
#include "ui/jobs/enginesjob.h"

#include <QDialog>

#include <vector>

class QLabel;
class QLineEdit;
class QModelIndex;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace cutaway {

class EmptyState;
class EngineImagesModel;

/// Lists what Docker and Podman hold, to choose one to be opened. An engine that cannot be asked
/// says so in place, with what to do.
class EngineDialog : public QDialog
{
    Q_OBJECT

public:
    explicit EngineDialog(EngineSearch search, QWidget *parent = nullptr);

    /// What opens the chosen image; empty where none is.
    QString reference() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildView();
    void buildFilter();
    QLayout *buildTop();
    QLayout *buildBottom();
    void ask();
    void take(const EngineListing &listing);
    void filter(const QString &text);
    void chooseFirst();
    void showState();
    QString problems() const;

    EngineSearch m_search;
    EnginesJob m_job;
    EngineImagesModel *m_model = nullptr;
    QSortFilterProxyModel *m_sorted = nullptr;
    QLineEdit *m_filter = nullptr;
    QPushButton *m_again = nullptr;
    QTreeView *m_view = nullptr;
    EmptyState *m_state = nullptr;
    QLabel *m_count = nullptr;
    QLabel *m_problems = nullptr;
    QPushButton *m_open = nullptr;
    std::vector<EngineListing> m_failed; ///< those that could not be asked
    bool m_hasAnswer = false;
};

} // namespace cutaway
