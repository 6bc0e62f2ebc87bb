// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/layers/layerspanel.h"

#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/layermodel.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/settings/settings.h"
#include "ui/strata/strataview.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QItemSelectionModel>
#include <QMenu>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

namespace {

const QString kSplitterState = QStringLiteral("layers/splitter");

} // namespace

LayersPanel::LayersPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new LayerModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_strata(new StrataView)
    , m_list(new QTreeView)
{
    setObjectName(QStringLiteral("layersPanel"));
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("strataScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setFocusProxy(m_strata);
    scroll->setWidget(m_strata);
    buildList();

    m_splitter->addWidget(scroll);
    m_splitter->addWidget(m_list);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({340, 260});
    m_splitter->restoreState(settings::state(kSplitterState));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kGrid, theme::kGrid, theme::kGrid, theme::kGrid);
    layout->addWidget(m_splitter);

    connectAll();
    showImage();
    showInspection();
}

LayersPanel::~LayersPanel()
{
    settings::setState(kSplitterState, m_splitter->saveState());
}

void LayersPanel::buildList()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(role::Sort);
    m_list->setAccessibleName(tr("Layers"));
    m_list->setWhatsThis(
        tr("The layers of the image, the newest at the top as in the drawing. Choose "
           "one to see what it changed."));
    setUpView(*m_list, QStringLiteral("layerList"), [this](QMenu &menu, const QModelIndex &index) {
        addDigestActions(menu, index);
    });
    m_list->setModel(m_sorted);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setRootIsDecorated(false);
    m_list->setSortingEnabled(true);
    m_list->setIconSize({theme::kGroup, theme::kGroup});
    m_list->sortByColumn(LayerModel::Number, Qt::DescendingOrder);

    setColumnLetters(*m_list, {4, 11, 0, 5, 8, 9, 10});
}

void LayersPanel::addDigestActions(QMenu &menu, const QModelIndex &index)
{
    if (!index.isValid() || !m_model->image()) {
        return;
    }
    const auto row = static_cast<std::size_t>(m_sorted->mapToSource(index).row());
    const Layer &layer = m_model->image()->layers[row];
    const auto add = [&menu](const QString &text, const Digest &digest) {
        if (!digest.isEmpty()) {
            menu.addAction(text, &menu, [value = QString::fromStdString(digest.text())] {
                QApplication::clipboard()->setText(value);
            });
        }
    };
    add(tr("Copy &digest"), layer.digest);
    add(tr("Copy diff &ID"), layer.diffId);
}

void LayersPanel::connectAll()
{
    connect(&m_document, &Document::imageChanged, this, &LayersPanel::showImage);
    connect(&m_document, &Document::layerRead, this, &LayersPanel::showLayer);
    connect(&m_document, &Document::inspectionChanged, this, &LayersPanel::showInspection);
    connect(&m_selection, &Selection::placeChanged, this, &LayersPanel::followPlace);
    connect(m_strata, &StrataView::layerChosen, this, &LayersPanel::choose);
    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex &current) {
                if (current.isValid()) {
                    choose(m_sorted->mapToSource(current).row());
                }
            });
}

void LayersPanel::showImage()
{
    if (m_document.inspection()) {
        return; // comes with inspectionChanged
    }
    m_model->setImage(m_document.image());
    for (int layer = 0; layer < m_model->rowCount(); ++layer) {
        if (const auto tree = m_document.layerTree(static_cast<std::size_t>(layer))) {
            m_model->setCounts(layer, tree->counts());
        }
    }
    fillStrata();
}

void LayersPanel::showLayer(int layer)
{
    if (const auto tree = m_document.layerTree(static_cast<std::size_t>(layer))) {
        m_model->setCounts(layer, tree->counts());
        fillStrata();
    }
}

void LayersPanel::showInspection()
{
    if (!m_document.inspection()) {
        return;
    }
    m_model->setInspection(m_document.inspection());
    showColumns();
    fillStrata();
    followPlace(m_selection.place());
}

void LayersPanel::showColumns()
{
    // Where the base is not known the column would say nothing. The instruction needs the room
    // most; what packages a layer brings is in its tooltip, too.
    constexpr int kLettersForPackages = 75;
    const int letters = width() / fontMetrics().averageCharWidth();
    m_list->setColumnHidden(LayerModel::From, m_model->baseLayers() == 0);
    m_list->setColumnHidden(LayerModel::Packages,
                            !m_model->hasPackages() || letters < kLettersForPackages);
}

void LayersPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showColumns();
}

void LayersPanel::fillStrata()
{
    std::vector<StrataLayer> layers;
    layers.reserve(static_cast<std::size_t>(m_model->rowCount()));
    for (int layer = 0; layer < m_model->rowCount(); ++layer) {
        StrataLayer shown;
        shown.share = {.bytes = m_model->bytes(layer), .shadowed = m_model->shadowedBytes(layer)};
        shown.title = QStringLiteral("%1  %2").arg(layer).arg(m_model->title(layer));
        shown.isPending = !m_model->isRead(layer);
        if (!shown.isPending) {
            shown.size = sizeText(shown.share.bytes);
        } else if (shown.share.bytes > 0) {
            shown.size = QStringLiteral("↓ %1").arg(sizeText(shown.share.bytes));
        }
        shown.toolTip = m_model->toolTip(layer);
        shown.spoken = tr("Layer %1 of %2: %3, %4, %5 hidden later")
                           .arg(layer)
                           .arg(m_model->rowCount())
                           .arg(m_model->title(layer),
                                sizeText(shown.share.bytes),
                                sizeText(shown.share.shadowed));
        layers.push_back(std::move(shown));
    }
    m_strata->setLayers(std::move(layers), m_model->baseLayers());
}

void LayersPanel::followPlace(const Place &place)
{
    const int layer = place.layer && *place.layer < m_model->rowCount() ? *place.layer : -1;
    m_strata->setSelected(layer);
    if (layer < 0) {
        m_list->selectionModel()->clear();
        return;
    }
    const QModelIndex row = m_sorted->mapFromSource(m_model->index(layer, 0));
    if (m_list->currentIndex().row() != row.row() || !m_list->selectionModel()->isSelected(row)) {
        m_list->setCurrentIndex(row);
    }
    m_list->scrollTo(row);
}

void LayersPanel::choose(int layer)
{
    const auto chosen = static_cast<LayerIndex>(layer);
    if (m_selection.place().layer != chosen) {
        m_selection.selectLayer(chosen);
    }
}

} // namespace cutaway
