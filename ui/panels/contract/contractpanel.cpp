// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/contract/contractpanel.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/contractmodel.h"
#include "ui/models/roles.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

namespace {

constexpr int kOpenedItems = 16; ///< a field with more is left closed

} // namespace

ContractPanel::ContractPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new ContractModel(this))
    , m_view(new QTreeView)
{
    setObjectName(QStringLiteral("contractPanel"));
    setUpView(
        *m_view, QStringLiteral("contractView"), [this](QMenu &menu, const QModelIndex &index) {
            if (m_model->isMasked(index)) {
                menu.addAction(tr("&Show the value"), this, [this, index] { reveal(index); });
            }
            QAction *value = menu.addAction(tr("Copy &value"), this, [index] {
                QApplication::clipboard()->setText(
                    index.siblingAtColumn(ContractModel::ValueColumn).data(role::Sort).toString());
            });
            value->setEnabled(index.isValid());
        });
    m_view->setAccessibleName(tr("Contract"));
    m_view->setWhatsThis(
        tr("What the image's configuration declares: how it starts, as whom, which ports and "
           "volumes it expects, its labels and environment. A dash means: not declared."));
    m_view->setModel(m_model);
    m_view->setIndentation(theme::kSection);
    m_view->setAlternatingRowColors(false);
    m_view->setHeaderHidden(true);
    setColumnLetters(*m_view, {18, 0});

    m_state = new EmptyState(m_view);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kGrid, theme::kGrid, theme::kGrid, theme::kGrid);
    layout->addWidget(m_state);
    setFocusProxy(m_view);

    connect(&m_document, &Document::imageChanged, this, &ContractPanel::showImage);
    connect(&m_selection, &Selection::placeChanged, this, &ContractPanel::followPlace);
    connect(&m_document, &Document::inspectionChanged, this, &ContractPanel::showImage);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_model->hideAll();
    });
    connect(m_view, &QTreeView::clicked, this, &ContractPanel::reveal);
    connect(m_view, &QTreeView::activated, this, &ContractPanel::reveal);
    showImage();
}

void ContractPanel::showImage()
{
    const ImagePtr &image = m_document.image();
    m_model->setImage(image);
    if (const InspectionPtr &inspection = m_document.inspection()) {
        m_model->addContract(inspection->contract);
    }
    if (!image) {
        m_state->showText(
            tr("What an image declares appears here once one is open: its command, user, "
               "ports, volumes, labels and environment."));
        return;
    }
    for (int group = 0; group < m_model->rowCount(); ++group) {
        const QModelIndex index = m_model->groupIndex(group);
        m_view->setExpanded(index, m_model->rowCount(index) <= kOpenedItems);
    }
    m_state->showView();
}

void ContractPanel::followPlace()
{
    m_model->hideAll();
    const QModelIndex field = m_model->find(m_selection.place().field);
    if (field.isValid()) {
        showRow(*m_view, field);
    } else if (m_view->selectionModel()->hasSelection() && !m_view->hasFocus()) {
        m_view->selectionModel()->clear();
    }
}

void ContractPanel::reveal(const QModelIndex &index)
{
    if (index.column() == ContractModel::ValueColumn || !m_view->underMouse()) {
        m_model->reveal(index);
    }
}

} // namespace cutaway
