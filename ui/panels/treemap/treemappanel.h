// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/document/place.h"
#include "ui/panels/treemap/treemaploader.h"

#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;
class QLabel;
class QVBoxLayout;

namespace cutaway {

class Breadcrumbs;
struct CellWords;
class Document;
class ElidedLabel;
class EmptyState;
class Legend;
class Selection;
class TreemapView;
class ViewSwitch;

/// Where are the bytes? The files of one view, or what later layers hide, drawn to size. Works only
/// while somebody sees it.
class TreemapPanel : public QWidget
{
    Q_OBJECT

public:
    TreemapPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

    /// Draws what the panel shows, with heading and legend, and hands over the file's bytes.
    void makePicture(bool asSvg, const std::function<void(const QByteArray &)> &done);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildPage();
    void buildColours();
    void connectAll();

    TreemapWish wish() const;
    void refresh();
    void showMap(const TreemapLoader::MapPtr &map);
    void showState();
    void showCurrent();
    void showWords();
    CellWords wordsOf(int cell) const;
    void followDocument();
    void followPlace(const Place &place, const Place &before);
    void choose(int cell);
    void showMenu(const QPoint &position);
    void chooseHidden();
    void chooseView(ViewSpec::Kind kind);
    void markView();
    void chooseColours(int index);
    void zoomTo(const QByteArray &directory);
    void zoomIn(NodeId directory);
    void zoomOut();

    Document &m_document;
    Selection &m_selection;
    TreemapLoader *m_loader = nullptr;
    ViewSwitch *m_switch = nullptr;
    QComboBox *m_colours = nullptr;
    Breadcrumbs *m_crumbs = nullptr;
    QLabel *m_total = nullptr;
    QLabel *m_notice = nullptr;
    TreemapView *m_view = nullptr;
    ElidedLabel *m_title = nullptr;
    ElidedLabel *m_facts = nullptr;
    Legend *m_legend = nullptr;
    EmptyState *m_state = nullptr;

    QByteArray m_root = "/";                           ///< directory that one zoomed into
    std::vector<QString> m_instructions;               ///< of the layers
    std::shared_ptr<const treemap::Scene> m_explained; ///< by the legend
    QString m_reference;                               ///< of the image that `m_root` is of
    bool m_isHidden = false;                           ///< the hidden bytes instead of a view
    bool m_isChoosing = false; ///< the selection is being moved by this panel
};

} // namespace cutaway
