// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/waste/wastepanel.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/models/wastemodel.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QTreeView>
#include <QVBoxLayout>

#include <cmath>

namespace cutaway {

WastePanel::WastePanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new WasteModel(this))
    , m_summary(new QLabel)
    , m_explanation(new QLabel)
    , m_view(new QTreeView)
{
    setObjectName(QStringLiteral("wastePanel"));
    setUpView(*m_view, QStringLiteral("wasteView"));
    m_view->setAccessibleName(tr("Waste by cause"));
    m_view->setWhatsThis(
        tr("Bytes that the layers ship and that nobody sees in the end, by what hid them. Choose a "
           "row to see the file in its layer."));
    m_view->setModel(m_model);
    setColumnLetters(*m_view, {0, 12, 9, 10, 26});
    m_summary->setObjectName(QStringLiteral("wasteSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setFont(theme::boldFont(font()));
    m_explanation->setObjectName(QStringLiteral("wasteExplanation"));
    m_explanation->setTextFormat(Qt::PlainText);
    m_explanation->setWordWrap(true);
    m_explanation->setFont(theme::smallFont(font()));

    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->setSpacing(theme::kPadding);
    column->addWidget(m_summary);
    column->addWidget(m_view, 1);
    column->addWidget(m_explanation);
    m_state = new EmptyState(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    setFocusProxy(m_view);

    connect(&m_document, &Document::inspectionChanged, this, &WastePanel::showInspection);
    connect(&m_document, &Document::stateChanged, this, &WastePanel::showInspection);
    connect(&m_selection, &Selection::placeChanged, this, &WastePanel::followPlace);
    connect(m_view->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &WastePanel::choose);
    connect(m_view, &QTreeView::activated, this, &WastePanel::activate);
    connect(m_view, &QTreeView::clicked, this, &WastePanel::activate);
    showInspection();
}

void WastePanel::showInspection()
{
    const InspectionPtr &inspection = m_document.inspection();
    const QScopedValueRollback following(m_isFollowing, true);
    m_model->setInspection(inspection);
    m_explanation->clear();
    if (!inspection) {
        m_state->showText(
            m_document.isUnfinished()
                ? tr("What is wasted can be told once all layers are read …")
                : tr("Bytes that an image ships and nobody sees appear here once one is open."));
        return;
    }
    if (m_model->rowCount() == 0) {
        m_state->showText(
            tr("Nothing is wasted: every byte that the layers ship can be seen in the container."));
        return;
    }
    const Analysis &analysis = inspection->analysis;
    m_summary->setText(
        analysis.shadowedBytes == 0
            ? tr("Every byte that is shipped can be seen.")
            : tr("%1 of %2 are shipped but never seen (efficiency %3 %)")
                  .arg(sizeText(analysis.shadowedBytes), sizeText(analysis.fileBytes))
                  .arg(locale().toString(std::floor(analysis.efficiency * 1000) / 10, 'f', 1)));
    m_summary->setToolTip(
        tr("%1 of %2").arg(exactBytes(analysis.shadowedBytes), exactBytes(analysis.fileBytes)));
    m_view->expand(m_model->groupIndex(0));
    m_state->showView();
    followPlace();
}

void WastePanel::followPlace()
{
    const Place &place = m_selection.place();
    const QModelIndex found = m_model->find(place.path, place.layer ? int{*place.layer} : -1);
    const QScopedValueRollback following(m_isFollowing, true);
    const QModelIndex current = m_view->currentIndex();
    if (found.isValid() && current.siblingAtColumn(0) != found) {
        showRow(*m_view, found);
    } else if (!found.isValid() && current.data(role::Path).toByteArray() != place.path) {
        m_view->selectionModel()->clear();
    }
}

void WastePanel::choose(const QModelIndex &index)
{
    m_explanation->setText(index.isValid() ? m_model->explanation(index) : QString());
    const QByteArray path = index.data(role::Path).toByteArray();
    if (m_isFollowing || path.isEmpty()) {
        return;
    }
    // In its layer's own change the file is in sight, whatever became of it later.
    m_selection.setPlace({.path = path,
                          .layer = static_cast<LayerIndex>(index.data(role::Layer).toInt()),
                          .view = ViewSpec::Kind::Layer});
}

void WastePanel::activate(const QModelIndex &index)
{
    if (m_model->isShowAll(index)) {
        m_model->showAll(WasteModel::rowAt(index).group);
    }
}

} // namespace cutaway
