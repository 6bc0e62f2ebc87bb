// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/properties/propertiespanel.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/explanationview.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/explanation.h"
#include "ui/models/propertiesmodel.h"
#include "ui/models/roles.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

PropertiesPanel::PropertiesPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new PropertiesModel(this))
    , m_summary(new QLabel)
    , m_view(new QTreeView)
    , m_explanation(new ExplanationView)
{
    setObjectName(QStringLiteral("propertiesPanel"));
    buildView();
    m_summary->setObjectName(QStringLiteral("propertiesSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setFont(theme::boldFont(font()));
    m_explanation->setObjectName(QStringLiteral("propertyDetails"));
    m_explanation->setAccessibleName(tr("What the rule looks at, and why"));
    m_explanation->hide(); // the list has all the room until a row is chosen
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
    column->addWidget(m_summary);
    column->addWidget(splitter, 1);
    m_state = new EmptyState(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    setFocusProxy(m_view);

    connect(&m_document, &Document::inspectionChanged, this, &PropertiesPanel::showInspection);
    connect(&m_document, &Document::stateChanged, this, &PropertiesPanel::showInspection);
    connect(&m_selection, &Selection::placeChanged, this, &PropertiesPanel::followPlace);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showExplanation();
        choose();
    });
    showInspection();
}

void PropertiesPanel::buildView()
{
    setUpView(*m_view, QStringLiteral("propertiesView"));
    m_view->setAccessibleName(tr("Properties of a module container"));
    m_view->setWhatsThis(
        tr("The seven properties of a container that others can build upon, the practices that "
           "make each of them up, and what the rules say of this image. Choose a row to read "
           "about its rule and to go to what it found."));
    m_view->setModel(m_model);
    m_view->setIndentation(theme::kSection);
    setColumnLetters(*m_view, {0, 22, 30});
}

void PropertiesPanel::showInspection()
{
    const InspectionPtr &inspection = m_document.inspection();
    const QScopedValueRollback following(m_isFollowing, true);
    m_model->setInspection(inspection);
    showExplanation();
    if (!inspection) {
        m_state->showText(m_document.isUnfinished()
                              ? tr("Properties can be told once all layers are read …")
                              : tr("Whether an image is a module that others can build upon "
                                   "appears here once one is open."));
        return;
    }
    const int kept = m_model->count(Verdict::Kept);
    const int remarks = m_model->count(Verdict::Remarks);
    QString summary = tr("%1 of 7 properties of a module container are kept").arg(kept + remarks);
    if (remarks > 0) {
        summary += tr(", %1 with remarks").arg(remarks);
    }
    m_summary->setText(summary);
    for (int property = 0; property < m_model->rowCount(); ++property) {
        const Verdict verdict = m_model->verdict(property);
        m_view->setExpanded(m_model->groupIndex(property),
                            verdict == Verdict::Broken || verdict == Verdict::Remarks);
    }
    m_state->showView();
    followPlace();
}

void PropertiesPanel::showExplanation()
{
    const QModelIndex current = m_view->currentIndex();
    m_explanation->setVisible(current.isValid());
    if (!current.isValid()) {
        m_explanation->showHtml({});
        return;
    }
    const QString remark = m_model->explanation(current);
    const Rule *rule = m_model->rule(current);
    m_explanation->showHtml(rule == nullptr
                                ? QStringLiteral("<p>%1</p>").arg(remark.toHtmlEscaped())
                                : ruleHtml(*rule, remark, palette()));
}

void PropertiesPanel::followPlace()
{
    const QScopedValueRollback following(m_isFollowing, true);
    const QModelIndex current = m_view->currentIndex();
    const QString shown = current.data(role::Finding).toString();
    if (!shown.isEmpty() && shown != m_selection.place().finding) {
        m_view->selectionModel()->clear();
        showExplanation();
    }
}

void PropertiesPanel::choose()
{
    const Finding *finding = m_model->finding(m_view->currentIndex());
    if (!m_isFollowing && finding != nullptr) {
        m_selection.setPlace(placeOf(*finding));
    }
}

void PropertiesPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showExplanation(); // its colours are written into it
    }
}

} // namespace cutaway
