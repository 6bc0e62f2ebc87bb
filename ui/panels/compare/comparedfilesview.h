// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/background.h"
#include "ui/models/comparedfilesmodel.h"

#include <QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QToolButton;
class QTreeView;

namespace cutaway {

class EmptyState;

/// The paths that differ: filtered and sorted in the background, for there may be a million.
class ComparedFilesView : public QWidget
{
    Q_OBJECT

public:
    explicit ComparedFilesView(QWidget *parent = nullptr);

    void setComparison(std::shared_ptr<const Comparison> comparison);
    /// Only files of these layers; -1: of all. `name` is for people.
    void setLayerPair(int pair, const QString &name);

signals:
    void pathActivated(const QByteArray &path);
    void contentsWanted(const QByteArray &path); ///< of both, side by side
    void allLayersWanted();

private:
    void buildView();
    void arrange();
    void showState(std::size_t matches);

    std::shared_ptr<const Comparison> m_comparison;
    ComparedFilesQuery m_query;
    QString m_layerName;
    ComparedFilesModel *m_model = nullptr;
    QLabel *m_summary = nullptr;
    QToolButton *m_quiet = nullptr;
    QToolButton *m_layer = nullptr;
    QLineEdit *m_filter = nullptr;
    QTreeView *m_view = nullptr;
    EmptyState *m_state = nullptr;
    Background m_background;
};

} // namespace cutaway
