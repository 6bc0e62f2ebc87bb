// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/steps/stepspanel.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/roles.h"
#include "ui/models/stepsmodel.h"
#include "ui/panels/steps/steptext.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

StepsPanel::StepsPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_steps(new StepsModel(this))
    , m_layers(new LayerRowsModel(this))
    , m_notice(new QLabel)
    , m_details(new QLabel)
    , m_stepsView(new QTreeView)
    , m_layersView(new QTreeView)
    , m_text(new StepText)
{
    setObjectName(QStringLiteral("stepsPanel"));
    buildViews();
    auto *lists = new QSplitter(Qt::Horizontal);
    lists->addWidget(m_stepsView);
    lists->addWidget(m_layersView);
    lists->setStretchFactor(0, 3);
    lists->setStretchFactor(1, 2);
    auto *below = new QWidget;
    auto *belowColumn = new QVBoxLayout(below);
    belowColumn->setContentsMargins(0, theme::kGrid, 0, 0);
    belowColumn->setSpacing(theme::kGrid);
    belowColumn->addWidget(m_details);
    belowColumn->addWidget(m_text, 1);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(lists);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);

    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->setSpacing(theme::kPadding);
    column->addWidget(m_notice);
    column->addWidget(splitter, 1);
    m_state = new EmptyState(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    setFocusProxy(m_stepsView);
    connectAll();
    showImage();
}

void StepsPanel::buildViews()
{
    setUpView(*m_stepsView,
              QStringLiteral("stepsView"),
              [this](QMenu &menu, const QModelIndex &index) { addActions(menu, index); });
    m_stepsView->setAccessibleName(tr("Build steps"));
    m_stepsView->setWhatsThis(
        tr("The build steps that the image's history tells of, the first at the top. Those of "
           "the base image are grey. Choose one to see the layer that it made."));
    m_stepsView->setModel(m_steps);
    m_stepsView->setRootIsDecorated(false);
    setColumnLetters(*m_stepsView, {7, 12, 0});
    setUpView(*m_layersView, QStringLiteral("stepsLayers"));
    m_layersView->setAccessibleName(tr("Layers"));
    m_layersView->setModel(m_layers);
    m_layersView->setRootIsDecorated(false);
    setColumnLetters(*m_layersView, {7, 12, 0});
    m_notice->setObjectName(QStringLiteral("stepsNotice"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setText(tr(
        "The history of this image does not tell which step made which layer: it has another "
        "number "
        "of steps with files than there are layers. Steps and layers are therefore shown apart."));
    m_details->setObjectName(QStringLiteral("stepDetails"));
    m_details->setTextFormat(Qt::PlainText);
    m_details->setFont(theme::smallFont(font()));
    m_text->setObjectName(QStringLiteral("stepText"));
    m_text->setAccessibleName(tr("The whole instruction"));
    m_text->setFont(theme::fixedFont(font()));
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setPlaceholderText(tr("Choose a step to read all of it"));
}

void StepsPanel::addActions(QMenu &menu, const QModelIndex &index)
{
    QAction *one = menu.addAction(tr("Copy the &instruction"), this, [this, index] {
        QApplication::clipboard()->setText(m_steps->fullText(index.row()));
    });
    one->setEnabled(index.isValid());
    menu.addAction(tr("Copy the whole &Dockerfile"), this, [this] {
        QApplication::clipboard()->setText(m_steps->dockerfile());
    });
    if (!index.isValid() || !m_steps->isMasked(index.row())) {
        return;
    }
    QAction *reveal = menu.addAction(icon(QStringLiteral("reveal")),
                                     index.row() == m_revealed ? tr("&Hide masked values")
                                                               : tr("&Show masked values"),
                                     this,
                                     [this, index] { toggleReveal(index.row()); });
    reveal->setObjectName(QStringLiteral("revealStep"));
}

void StepsPanel::connectAll()
{
    connect(&m_document, &Document::imageChanged, this, &StepsPanel::showImage);
    connect(&m_document, &Document::inspectionChanged, this, &StepsPanel::showImage);
    connect(&m_selection, &Selection::placeChanged, this, &StepsPanel::followPlace);
    connect(m_stepsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showStep();
        chooseLayer(*m_stepsView);
    });
    connect(m_layersView->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        chooseLayer(*m_layersView);
    });
}

void StepsPanel::showImage()
{
    const ImagePtr &image = m_document.image();
    const InspectionPtr &inspection = m_document.inspection();
    const Analysis *analysis = inspection ? &inspection->analysis : nullptr;
    const QScopedValueRollback following(m_isFollowing, true);
    m_revealed = -1;
    m_steps->setImage(image, analysis);
    m_layers->setImage(image, analysis);
    m_notice->setVisible(!m_steps->isAligned());
    m_layersView->setVisible(!m_steps->isAligned());
    showStep();
    if (!image) {
        m_state->showText(tr("The steps that built an image appear here once one is open."));
    } else if (m_steps->rowCount() == 0 && m_layers->rowCount() == 0) {
        m_state->showText(tr("This image has no history: whatever made it left none."));
    } else {
        m_state->showView();
        followPlace();
    }
}

void StepsPanel::showStep()
{
    const QModelIndex current = m_stepsView->currentIndex();
    const int row = current.isValid() ? current.row() : -1;
    m_revealed = row == m_revealed ? m_revealed : -1;
    const QString text = row >= 0 ? m_steps->fullText(row) : QString();
    if (m_revealed >= 0) {
        m_text->showRevealed(m_steps->revealedText(row), text);
    } else {
        m_text->showMasked(text);
    }
    m_details->setText(current.isValid() ? m_steps->details(current.row()) : QString());
    m_details->setVisible(!m_details->text().isEmpty());
}

void StepsPanel::toggleReveal(int row)
{
    const bool isWanted = row != m_revealed;
    showRow(*m_stepsView, m_steps->index(row, 0)); // which hides those of another step
    m_revealed = isWanted ? row : -1;
    showStep();
}

void StepsPanel::followPlace()
{
    const QScopedValueRollback following(m_isFollowing, true);
    m_revealed = -1;
    const Place &place = m_selection.place();
    const std::optional<LayerIndex> layer = place.layer;
    const auto follow = [&layer](QTreeView &view, int row) {
        if (row >= 0 && view.currentIndex().data(role::Layer).toInt() != int{*layer}) {
            showRow(view, view.model()->index(row, 0));
        } else if (row < 0 && view.currentIndex().data(role::Layer).toInt() >= 0) {
            view.selectionModel()->clear();
        }
    };
    if (place.step && static_cast<int>(*place.step) < m_steps->rowCount()) {
        showRow(*m_stepsView,
                m_steps->index(static_cast<int>(*place.step), 0)); // one without a layer, too
    } else {
        follow(*m_stepsView, layer ? m_steps->rowOfLayer(*layer) : -1);
    }
    follow(*m_layersView, layer && *layer < m_layers->rowCount() ? int{*layer} : -1);
    showStep();
}

void StepsPanel::chooseLayer(const QTreeView &view)
{
    const QModelIndex current = view.currentIndex();
    const int layer = current.isValid() ? current.data(role::Layer).toInt() : -1;
    if (!m_isFollowing && layer >= 0) {
        m_selection.selectLayer(static_cast<LayerIndex>(layer));
    }
}

} // namespace cutaway
