// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/treemap/treemappanel.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/viewswitch.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/text.h"
#include "ui/panels/treemap/breadcrumbs.h"
#include "ui/panels/treemap/elidedlabel.h"
#include "ui/panels/treemap/legend.h"
#include "ui/panels/treemap/treemapwords.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/treemap/treemapview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QToolTip>
#include <QVBoxLayout>

#include <utility>

namespace cutaway {

namespace {

const QString kColours = QStringLiteral("treemap/colours");

using treemap::ColourBy;

/// As it is kept in the settings.
struct ColourName
{
    ColourBy by;
    const char *name;
};
constexpr ColourName kColourNames[] = {{ColourBy::Layer, "layer"},
                                       {ColourBy::Change, "change"},
                                       {ColourBy::Type, "type"},
                                       {ColourBy::Package, "package"}};

bool isBelow(const QByteArray &path, const QByteArray &directory)
{
    return directory == "/" || path == directory || path.startsWith(directory + '/');
}

QByteArray parentOf(const QByteArray &path)
{
    const qsizetype slash = path.lastIndexOf('/');
    return slash <= 0 ? QByteArray("/") : path.left(slash);
}

} // namespace

TreemapPanel::TreemapPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_loader(new TreemapLoader(this))
    , m_switch(new ViewSwitch(true))
    , m_colours(new QComboBox)
    , m_crumbs(new Breadcrumbs)
    , m_total(new QLabel)
    , m_notice(new QLabel)
    , m_view(new TreemapView)
    , m_title(new ElidedLabel(Qt::ElideMiddle))
    , m_facts(new ElidedLabel(Qt::ElideRight))
    , m_legend(new Legend)
{
    setObjectName(QStringLiteral("treemapPanel"));
    buildColours();
    m_state = new EmptyState(buildPage());
    auto *top = new QHBoxLayout;
    top->setSpacing(theme::kPadding);
    top->addWidget(m_switch);
    top->addStretch(1);
    top->addWidget(m_colours);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    layout->setSpacing(theme::kGrid);
    layout->addLayout(top);
    layout->addWidget(m_state, 1);
    setFocusProxy(m_view);
    connectAll();
    markView();
    showState();
}

QWidget *TreemapPanel::buildPage()
{
    m_total->setObjectName(QStringLiteral("treemapTotal"));
    m_total->setTextFormat(Qt::PlainText);
    m_total->setFont(theme::boldFont(font()));
    m_notice->setObjectName(QStringLiteral("treemapNotice"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setText(
        QStringLiteral("⚠ ")
        + tr("Some layers could not be read: only the files of the others are drawn."));
    m_title->setObjectName(QStringLiteral("cellTitle"));
    m_facts->setObjectName(QStringLiteral("cellFacts"));
    m_facts->setFont(theme::smallFont(font()));
    m_view->installEventFilter(this);

    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::kGrid);
    auto *line = new QHBoxLayout;
    line->addWidget(m_crumbs);
    line->addStretch(1);
    line->addWidget(m_total);
    column->addLayout(line);
    column->addWidget(m_notice);
    column->addWidget(m_view, 1);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    column->addWidget(m_legend);
    return page;
}

void TreemapPanel::buildColours()
{
    m_colours->setObjectName(QStringLiteral("treemapColours"));
    m_colours->setAccessibleName(tr("Colours of the treemap"));
    m_colours->setToolTip(tr("What the colours tell"));
    m_colours->addItem(tr("Colours: layer"));
    m_colours->addItem(tr("Colours: change"));
    m_colours->addItem(tr("Colours: file type"));
    m_colours->addItem(tr("Colours: package"));
    const QByteArray kept = settings::state(kColours);
    for (int i = 0; i < m_colours->count(); ++i) {
        if (kept == kColourNames[i].name) {
            m_colours->setCurrentIndex(i);
        }
    }
}

void TreemapPanel::connectAll()
{
    connect(&m_document, &Document::inspectionChanged, this, &TreemapPanel::followDocument);
    connect(&m_document, &Document::stateChanged, this, &TreemapPanel::followDocument);
    connect(&m_selection, &Selection::placeChanged, this, &TreemapPanel::followPlace);
    connect(m_loader, &TreemapLoader::loaded, this, &TreemapPanel::showMap);
    connect(m_switch, &ViewSwitch::viewChosen, this, &TreemapPanel::chooseView);
    connect(m_switch, &ViewSwitch::hiddenChosen, this, &TreemapPanel::chooseHidden);
    connect(m_colours, &QComboBox::activated, this, &TreemapPanel::chooseColours);
    connect(m_crumbs, &Breadcrumbs::pathChosen, this, &TreemapPanel::zoomTo);
    connect(m_crumbs, &Breadcrumbs::upChosen, this, &TreemapPanel::zoomOut);
    connect(m_legend, &Legend::highlightChanged, this, &TreemapPanel::refresh);
    connect(m_view, &TreemapView::drawingOutdated, this, &TreemapPanel::refresh);
    connect(m_view, &TreemapView::cellChosen, this, &TreemapPanel::choose);
    connect(m_view, &TreemapView::cellHovered, this, &TreemapPanel::showWords);
    connect(m_view, &TreemapView::menuWanted, this, &TreemapPanel::showMenu);
    connect(m_view, &TreemapView::zoomedIn, this, &TreemapPanel::zoomIn);
    connect(m_view, &TreemapView::zoomedOut, this, &TreemapPanel::zoomOut);
}

TreemapWish TreemapPanel::wish() const
{
    const InspectionPtr &inspection = m_document.inspection();
    const NodeId root = inspection->image->tree->find(cutaway::viewOf(m_root));
    return {.inspection = inspection,
            .spec = m_selection.place().viewSpec(),
            .isHidden = m_isHidden,
            .by = kColourNames[m_colours->currentIndex()].by,
            .root = root == kNone ? kRoot : root,
            .look = {.palette = m_view->palette(),
                     .font = m_view->font(),
                     .highlighted = m_legend->highlighted()},
            .size = m_view->size(),
            .pixelRatio = m_view->devicePixelRatioF()};
}

void TreemapPanel::refresh()
{
    if (m_document.inspection() && isVisible()) {
        m_loader->load(wish());
    }
}

void TreemapPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void TreemapPanel::followDocument()
{
    const InspectionPtr &inspection = m_document.inspection();
    m_instructions = inspection ? layerInstructions(*inspection->image) : std::vector<QString>();
    const TreemapLoader::MapPtr &map = m_view->map();
    if (map && (!inspection || inspection->image->tree != map->scene->subject->tree)) {
        m_loader->cancel();
        m_view->setMap(nullptr);
        m_explained = nullptr;
    }
    if (m_document.reference() != m_reference) {
        m_reference = m_document.reference();
        m_root = "/";
        m_isHidden = false;
    }
    markView();
    showState();
    refresh();
}

void TreemapPanel::showMap(const TreemapLoader::MapPtr &map)
{
    const InspectionPtr &inspection = m_document.inspection();
    if (!inspection || inspection->image->tree != map->scene->subject->tree) {
        return;
    }
    m_view->setMap(map);
    if (map->scene != m_explained) {
        m_explained = map->scene;
        const bool wasHighlighted = m_legend->highlighted() >= 0;
        m_legend->setColouring(map->scene->colouring);
        if (wasHighlighted) {
            refresh(); // the colours are others now, and all of them are shown
        }
    }
    if (map->layout.root() != kNone) {
        const std::string root = map->scene->subject->tree->path(map->layout.root());
        m_root = QByteArray::fromStdString(root);
    }
    m_crumbs->setPath(m_root);
    const quint64 bytes = map->layout.count() > 0 ? map->layout.cell(0).bytes : 0;
    m_total->setText(sizeText(bytes));
    m_total->setToolTip(exactBytes(bytes));
    m_notice->setVisible(!inspection->analysis.complete);
    showState();
    showCurrent();
}

void TreemapPanel::showState()
{
    const TreemapLoader::MapPtr &map = m_view->map();
    // The first map is made for the size of the view: it has to be there before.
    const bool isAwaited = !map && m_document.inspection();
    if (isAwaited || (map && map->layout.count() > 0)) {
        m_state->showView();
    } else if (map && m_isHidden) {
        m_state->showText(
            tr("Nothing is hidden: every byte that the layers ship can be seen in the container."));
    } else if (map) {
        m_state->showText(map->scene->subject->spec.kind == ViewSpec::Kind::Layer
                              ? tr("This layer neither adds nor removes a file that holds bytes.")
                              : tr("There are no files that hold bytes here."));
    } else {
        m_state->showText(m_document.isUnfinished()
                              ? tr("The files can be drawn to size once all layers are read …")
                              : tr("The files of an image appear here, drawn to size, once one is "
                                   "open."));
    }
}

void TreemapPanel::showCurrent()
{
    const TreemapLoader::MapPtr &map = m_view->map();
    const QByteArray &path = m_selection.place().path;
    int cell = -1;
    bool isExact = false;
    if (map && !path.isEmpty()) {
        const PathTree &tree = *map->scene->subject->tree;
        const NodeId node = tree.find(cutaway::viewOf(path));
        cell = node == kNone ? -1 : map->layout.cellOf(tree, node);
        isExact = cell >= 0 && map->layout.isExactly(cell, node);
        if (cell == 0 && !isExact) {
            cell = -1; // the whole map says nothing of where it is
        }
    }
    m_view->setCurrent(cell, isExact);
    showWords();
}

CellWords TreemapPanel::wordsOf(int cell) const
{
    const TreemapLoader::MapPtr &map = m_view->map();
    const InspectionPtr &inspection = m_document.inspection();
    return map && inspection && cell >= 0
               ? describe(*inspection, m_instructions, *map, map->layout.cell(cell))
               : CellWords();
}

void TreemapPanel::showWords()
{
    const CellWords chosen = wordsOf(m_view->current());
    const CellWords shown = m_view->hovered() >= 0 ? wordsOf(m_view->hovered()) : chosen;
    m_title->setText(shown.title.isEmpty() ? tr("Point at a cell, or walk over them with the arrow "
                                                "keys, to see what it is")
                                           : shown.title);
    m_facts->setText(shown.facts);
    const QString name =
        chosen.title.isEmpty() ? tr("Treemap") : tr("%1, %2").arg(chosen.title, chosen.facts);
    if (name != m_view->accessibleName()) { // what is told again is read out again
        m_view->setAccessibleName(name);
    }
}

void TreemapPanel::followPlace(const Place &place, const Place &before)
{
    markView();
    if (place.path != before.path && !place.path.isEmpty() && !m_isChoosing) {
        while (!isBelow(place.path, m_root)) {
            m_root = parentOf(m_root);
        }
    }
    const TreemapLoader::MapPtr &map = m_view->map();
    const bool isOther = map && !m_isHidden && !(map->scene->subject->spec == place.viewSpec());
    const bool isElsewhere =
        map && map->layout.root() != kNone
        && map->scene->subject->tree->path(map->layout.root()) != m_root.toStdString();
    if (isOther || isElsewhere || !map) {
        refresh();
    }
    if (!m_isChoosing) {
        showCurrent();
    }
}

void TreemapPanel::markView()
{
    const Place &place = m_selection.place();
    const int layer = place.layer ? int{*place.layer} : -1;
    if (m_isHidden) {
        m_switch->setHidden(layer);
    } else {
        m_switch->setView(place.viewSpec().kind, layer);
    }
}

void TreemapPanel::chooseColours(int index)
{
    settings::setState(kColours, kColourNames[index].name);
    refresh();
}

bool TreemapPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_view || event->type() != QEvent::ToolTip) {
        return QWidget::eventFilter(watched, event);
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    const TreemapLoader::MapPtr &map = m_view->map();
    const int cell = map ? map->layout.cellAt(help->pos()) : -1;
    if (cell < 0 || !m_document.inspection()) {
        QToolTip::hideText();
        return true;
    }
    const CellWords words = wordsOf(cell);
    QString facts = words.facts;
    facts.replace(QStringLiteral(" · "), QStringLiteral("\n"));
    QToolTip::showText(help->globalPos(),
                       plainToolTip(words.title + QLatin1Char('\n') + facts),
                       m_view,
                       map->layout.cell(cell).rect.toAlignedRect());
    return true;
}

} // namespace cutaway
