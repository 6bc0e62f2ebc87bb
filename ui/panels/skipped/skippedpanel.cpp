// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/skipped/skippedpanel.h"

#include "core/audit/rule.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/explanationview.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/models/audittexts.h"
#include "ui/models/explanation.h"
#include "ui/models/roles.h"
#include "ui/models/skippedmodel.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

SkippedPanel::SkippedPanel(Document &document, Selection &, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_model(new SkippedModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_summary(new QLabel)
    , m_filter(new QLineEdit)
    , m_view(new QTreeView)
    , m_explanation(new ExplanationView)
{
    setObjectName(QStringLiteral("skippedPanel"));
    buildView();
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_view);
    splitter->addWidget(m_explanation);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->setSpacing(theme::kPadding);
    auto *top = new QHBoxLayout;
    top->setSpacing(theme::kGroup);
    top->addWidget(m_summary, 1);
    top->addWidget(m_filter, 1);
    column->addLayout(top);
    column->addWidget(splitter, 1);
    m_state = new EmptyState(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    setFocusProxy(m_view);

    connect(&m_document, &Document::inspectionChanged, this, &SkippedPanel::showInspection);
    connect(&m_document, &Document::stateChanged, this, &SkippedPanel::showInspection);
    connect(
        m_filter, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_view->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &SkippedPanel::showExplanation);
    showInspection();
}

void SkippedPanel::buildView()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(role::Sort);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setUpView(*m_view, QStringLiteral("skippedView"));
    m_view->setAccessibleName(tr("Rules that were not asked"));
    m_view->setWhatsThis(tr("A rule that needs what this image or its source does not have is not "
                            "asked; it costs no points and gains none."));
    m_view->setModel(m_sorted);
    m_view->setRootIsDecorated(false);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_view->setSortingEnabled(true);
    setColumnLetters(*m_view, {28, 0, 42});
    m_summary->setObjectName(QStringLiteral("skippedSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setFont(theme::boldFont(font()));
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setAccessibleName(tr("Filter rules"));
    m_filter->setPlaceholderText(tr("Filter rules"));
    m_filter->setToolTip(tr("Show only rules with this text (Ctrl+F)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("search"), theme::Role::Muted),
                        QLineEdit::LeadingPosition);
    m_explanation->setObjectName(QStringLiteral("skippedDetails"));
    m_explanation->setAccessibleName(tr("What the rule looks at, and why"));
    m_explanation->hide();
}

void SkippedPanel::showInspection()
{
    const InspectionPtr &inspection = m_document.inspection();
    m_model->setInspection(inspection);
    showExplanation();
    if (!inspection) {
        m_state->showText(m_document.isUnfinished()
                              ? tr("What could not be asked can be told once all layers are read …")
                              : tr("Rules that cannot be asked of an image appear here once one is "
                                   "open, with the reason."));
        return;
    }
    if (inspection->skipped.empty()) {
        m_state->showText(tr("Every rule was asked."));
        return;
    }
    m_summary->setText(skippedText(inspection->skipped.size()));
    m_state->showView();
}

void SkippedPanel::showExplanation()
{
    const QModelIndex current = m_sorted->mapToSource(m_view->currentIndex());
    const Rule *rule = current.isValid() ? m_model->rule(current.row()) : nullptr;
    m_explanation->setVisible(rule != nullptr);
    m_explanation->showHtml(
        rule == nullptr
            ? QString()
            : ruleHtml(*rule, tr("Not asked: %1.").arg(m_model->reason(current.row())), palette()));
}

void SkippedPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showExplanation(); // its colours are written into it
    }
}

} // namespace cutaway
