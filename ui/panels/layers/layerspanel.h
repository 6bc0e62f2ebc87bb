// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <optional>

class QMenu;
class QModelIndex;
class QSortFilterProxyModel;
class QSplitter;
class QTreeView;

namespace cutaway {

class Document;
class LayerModel;
class Selection;
class StrataView;
struct Place;

/// Which layers is the image made of, and how large is each? The strata, and the same as a list.
class LayersPanel : public QWidget
{
    Q_OBJECT

public:
    LayersPanel(Document &document, Selection &selection, QWidget *parent = nullptr);
    ~LayersPanel() override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildList();
    void addDigestActions(QMenu &menu, const QModelIndex &index);
    void connectAll();
    void showImage();
    void showLayer(int layer);
    void showInspection();
    void showColumns();
    void fillStrata();
    void followPlace(const Place &place);
    void choose(int layer);

    Document &m_document;
    Selection &m_selection;
    LayerModel *m_model = nullptr;
    QSortFilterProxyModel *m_sorted = nullptr;
    QSplitter *m_splitter = nullptr;
    StrataView *m_strata = nullptr;
    QTreeView *m_list = nullptr;
};

} // namespace cutaway
