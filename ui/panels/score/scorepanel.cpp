// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/score/scorepanel.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/audittexts.h"
#include "ui/models/roles.h"
#include "ui/models/scoremodel.h"
#include "ui/models/text.h"
#include "ui/panels/score/gradebadge.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace cutaway {

ScorePanel::ScorePanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new ScoreModel(this))
    , m_badge(new GradeBadge)
    , m_headline(new QLabel)
    , m_facts(new QLabel)
    , m_view(new QTreeView)
{
    setObjectName(QStringLiteral("scorePanel"));
    buildView();
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->setSpacing(theme::kPadding);
    column->addWidget(buildCard());
    column->addWidget(m_view, 1);
    m_state = new EmptyState(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    setFocusProxy(m_view);

    connect(&m_document, &Document::inspectionChanged, this, &ScorePanel::showInspection);
    connect(&m_document, &Document::stateChanged, this, &ScorePanel::showInspection);
    connect(&m_selection, &Selection::placeChanged, this, &ScorePanel::followPlace);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        choose();
    });
    showInspection();
}

QWidget *ScorePanel::buildCard()
{
    m_headline->setObjectName(QStringLiteral("scoreHeadline"));
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setFont(theme::boldFont(font()));
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setObjectName(QStringLiteral("scoreFacts"));
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setFont(theme::smallFont(font()));
    m_facts->setWordWrap(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(theme::kGrid);
    words->addStretch(1);
    words->addWidget(m_headline);
    words->addWidget(m_facts);
    words->addStretch(1);
    auto *card = new QWidget;
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::kGroup);
    row->addWidget(m_badge);
    row->addLayout(words, 1);
    return card;
}

void ScorePanel::buildView()
{
    setUpView(*m_view, QStringLiteral("scoreView"));
    m_view->setAccessibleName(tr("The sum behind the grade"));
    m_view->setWhatsThis(
        tr("100 points to begin with, less a point for each percent of the image that could be "
           "saved, less what each rule that found something costs. Some findings keep the grade "
           "down whatever the sum says. Choose a row to go to its finding."));
    m_view->setModel(m_model);
    m_view->setIndentation(theme::kSection);
    setColumnLetters(*m_view, {0, 26, 10});
}

void ScorePanel::showInspection()
{
    const InspectionPtr &inspection = m_document.inspection();
    const QScopedValueRollback following(m_isFollowing, true);
    m_model->setInspection(inspection);
    if (!inspection) {
        m_state->showText(m_document.isUnfinished()
                              ? tr("The grade can be told once all layers are read …")
                              : tr("The grade of an image, and the sum behind it, appear here once "
                                   "one is open."));
        return;
    }
    m_badge->setScore(inspection->score);
    m_headline->setText(gradeHeadline(inspection->score));
    showFacts();
    m_view->expandAll();
    m_state->showView();
    followPlace();
}

void ScorePanel::showFacts()
{
    const Inspection &inspection = *m_document.inspection();
    const auto suppressed = std::ranges::count_if(
        inspection.findings, [](const Finding &finding) { return finding.suppressed.has_value(); });
    const auto hidden = static_cast<std::size_t>(suppressed);
    QStringList facts = {findingsText(inspection.findings.size() - hidden)};
    if (hidden > 0) {
        facts << tr("%1 suppressed").arg(numberText(hidden));
    }
    facts << skippedText(inspection.skipped.size());
    m_facts->setText(facts.join(QStringLiteral(" · ")));
}

void ScorePanel::followPlace()
{
    const QScopedValueRollback following(m_isFollowing, true);
    const QString finding = m_selection.place().finding;
    if (m_view->currentIndex().data(role::Finding).toString() == finding) {
        return;
    }
    // The fix' own row is in the first group.
    const QModelIndex gains = m_model->rowCount() > 0 ? m_model->groupIndex(0) : QModelIndex();
    for (int row = 0; !finding.isEmpty() && row < m_model->rowCount(gains); ++row) {
        const QModelIndex index = m_model->itemIndex(0, row);
        if (index.data(role::Finding).toString() == finding) {
            showRow(*m_view, index);
            return;
        }
    }
    m_view->selectionModel()->clear();
}

void ScorePanel::choose()
{
    const Finding *finding = m_model->finding(m_view->currentIndex());
    if (!m_isFollowing && finding != nullptr) {
        m_selection.setPlace(placeOf(*finding));
    }
}

} // namespace cutaway
