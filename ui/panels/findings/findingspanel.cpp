// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/findings/findingspanel.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/jobs/revealjob.h"
#include "ui/models/audittexts.h"
#include "ui/models/findingsmodel.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/panels/findings/findingdetails.h"
#include "ui/panels/findings/findingsfilters.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

namespace {

constexpr int at(FindingsColumn column)
{
    return static_cast<int>(column);
}

/// Where a row leads; nothing for a group.
std::optional<Place> placeOfRow(const FindingsModel &model, const QModelIndex &index)
{
    const Finding *finding = model.finding(index);
    if (finding != nullptr) {
        const Evidence *evidence = model.evidence(index);
        return evidence == nullptr ? placeOf(*finding) : placeOf(*finding, *evidence);
    }
    const FindingsItem *note = model.item(index);
    if (note == nullptr) {
        return std::nullopt;
    }
    Place place{.path = note->path};
    if (note->layer >= 0) {
        place.layer = static_cast<LayerIndex>(note->layer);
        place.view = ViewSpec::Kind::Layer;
    }
    return place;
}

} // namespace

FindingsPanel::FindingsPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new FindingsModel(this))
    , m_view(new QTreeView)
    , m_splitter(new QSplitter)
    , m_revealJob(new RevealJob(document, this))
{
    setObjectName(QStringLiteral("findingsPanel"));
    buildView();
    m_filters = new FindingsFilters(m_model->list());
    m_policyProblem = new QLabel;
    m_policyProblem->setObjectName(QStringLiteral("policyProblem"));
    m_policyProblem->setTextFormat(Qt::PlainText);
    m_policyProblem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_policyProblem->setWordWrap(true);
    m_policyProblem->setMargin(theme::kGrid);
    m_policyProblem->hide();
    m_early = new QLabel;
    m_early->setObjectName(QStringLiteral("findingsEarly"));
    m_early->setTextFormat(Qt::PlainText);
    m_early->setWordWrap(true);
    m_early->setMargin(theme::kGrid);
    m_early->setText(tr("From the manifest and the config alone: what the files say is added once "
                        "all layers are read."));
    m_early->hide();
    m_details = new FindingDetails(*m_model);
    m_details->hide(); // the list has the whole width until one is chosen
    m_state = new EmptyState(m_view);
    m_splitter->addWidget(m_state);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kGrid, theme::kGrid, theme::kGrid, theme::kGrid);
    layout->setSpacing(theme::kGrid);
    layout->addWidget(m_policyProblem);
    layout->addWidget(m_early);
    layout->addWidget(m_filters);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_view);
    connectAll();
    showInspection();
}

void FindingsPanel::buildView()
{
    setUpView(*m_view,
              QStringLiteral("findingsView"),
              [this](QMenu &menu, const QModelIndex &index) { addActions(menu, index); });
    m_view->setAccessibleName(tr("Findings"));
    m_view->setWhatsThis(
        tr("What the rules found, the severest first; then notes on what was odd while reading the "
           "image. Choose one to go to its place; open it to see all that it rests on."));
    m_view->setModel(m_model);
    m_view->setTreePosition(at(FindingsColumn::Summary));
    m_view->setIndentation(theme::kSection);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_view->setSortingEnabled(true);
    setColumnLetters(*m_view, {13, 0, 24, 10, 8, 22});
}

void FindingsPanel::connectAll()
{
    connect(&m_document, &Document::inspectionChanged, this, &FindingsPanel::showInspection);
    connect(&m_document, &Document::earlyInspectionChanged, this, &FindingsPanel::showInspection);
    connect(&m_document, &Document::stateChanged, this, &FindingsPanel::leaveEarly);
    connect(&m_selection, &Selection::placeChanged, this, [this] { followPlace(true); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &FindingsPanel::followRows);
    connect(m_filters, &FindingsFilters::queryChanged, this, &FindingsPanel::filter);
    connect(m_state, &EmptyState::actionActivated, m_filters, &FindingsFilters::clear);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showDetails();
        choose();
    });
    connect(m_details, &FindingDetails::revealWanted, this, &FindingsPanel::reveal);
    connect(m_revealJob, &RevealJob::revealed, this, [this](const QByteArray &bytes) {
        m_details->showRevealed(shownLines(viewOf(bytes)));
    });
    connect(m_revealJob, &RevealJob::failed, m_details, &FindingDetails::showRevealProblem);
    connect(m_details, &FindingDetails::fixCopied, this, &FindingsPanel::fixCopied);
    connect(m_details, &FindingDetails::suppressWanted, this, &FindingsPanel::suppressWanted);
    connect(m_details, &FindingDetails::evidenceChosen, this, &FindingsPanel::goTo);
}

void FindingsPanel::addActions(QMenu &menu, const QModelIndex &index)
{
    const Finding *finding = m_model->finding(index);
    if (finding == nullptr) {
        return;
    }
    if (m_details->canCopyFix()) {
        menu.addAction(
            icon(QStringLiteral("copy")), tr("Copy &fix"), this, &FindingsPanel::copyFix);
    }
    if (canReveal()) {
        menu.addAction(icon(QStringLiteral("reveal")),
                       m_details->isRevealing() ? tr("&Hide the value") : tr("&Reveal the value"),
                       this,
                       &FindingsPanel::toggleReveal);
    }
    if (suppressible() != nullptr) {
        menu.addAction(icon(QStringLiteral("suppress")),
                       tr("&Suppress…"),
                       this,
                       &FindingsPanel::suppressWanted);
    }
    menu.addSeparator();
    const FindingsItem *item = m_model->item(index);
    const auto narrow = [this, &menu](const QString &text, const auto &change) {
        menu.addAction(text, this, [this, change] {
            FindingsQuery query = m_filters->query();
            change(query);
            m_filters->setQuery(query);
        });
    };
    narrow(tr("Show only “%1”").arg(familyTitle(item->family)),
           [family = item->family](FindingsQuery &query) { query.family = family; });
    if (item->layer >= 0) {
        narrow(tr("Show only layer %1").arg(item->layer),
               [layer = item->layer](FindingsQuery &query) { query.layer = layer; });
    }
    menu.addAction(tr("Show &all"), m_filters, &FindingsFilters::clear);
}

void FindingsPanel::showInspection()
{
    const QScopedValueRollback following(m_isFollowing, true);
    const bool isEarly = m_document.inspection() == nullptr && m_document.earlyInspection();
    m_model->setInspection(isEarly ? m_document.earlyInspection() : m_document.inspection());
    m_filters->showCounts();
    m_early->setVisible(isEarly);
    showPolicyProblem();
    showState();
}

/// What was found early goes with its image.
void FindingsPanel::leaveEarly()
{
    if (m_early->isHidden() || m_document.earlyInspection()) {
        showState();
    } else {
        showInspection();
    }
}

void FindingsPanel::showPolicyProblem()
{
    const QString &problem = m_document.policyProblem();
    m_policyProblem->setVisible(!problem.isEmpty());
    m_policyProblem->setText(
        tr("⚠ The policy cannot be read, so that all rules count as they are: %1").arg(problem));
}

void FindingsPanel::followRows()
{
    const QScopedValueRollback following(m_isFollowing, true);
    if (m_model->query().grouping != FindingsQuery::Grouping::None) {
        m_view->expandToDepth(0);
    }
    m_view->setRootIsDecorated(m_model->rowCount() > 0);
    followPlace(false);
    showDetails();
    showState();
}

void FindingsPanel::showState()
{
    if (m_model->rowCount() > 0) {
        m_state->showView();
    } else if (!m_model->list().items().empty()) {
        const int suppressed = m_model->list().suppressedCount();
        const bool isAll = suppressed == static_cast<int>(m_model->list().items().size());
        m_state->showText(isAll ? tr("All findings are suppressed by the policy file.")
                                : tr("All findings are filtered out."),
                          isAll ? QString() : tr("Show all"));
    } else if (m_document.inspection()) {
        m_state->showText(
            tr("Nothing to report: no rule found anything, and nothing was odd while reading."));
    } else if (m_document.isUnfinished()) {
        m_state->showText(tr("Findings appear once all layers are read …"));
    } else {
        m_state->showText(tr("What the rules find in an image appears here once one is open."));
    }
}

void FindingsPanel::showDetails()
{
    const QModelIndex current = m_view->currentIndex();
    const bool isShown = m_model->item(current) != nullptr;
    m_details->setVisible(isShown);
    m_revealJob->drop();
    m_details->showRow(current);
    m_details->setCanReveal(canReveal());
    m_details->setCanSuppress(suppressible() != nullptr);
    showColumns();
    emit chosenChanged();
}

void FindingsPanel::showColumns()
{
    // What says the most stays when there is little room; the details repeat the rest.
    m_splitter->setOrientation(width() * 2 > height() * 3 ? Qt::Horizontal : Qt::Vertical);
    const bool isBeside = !m_details->isHidden() && m_splitter->orientation() == Qt::Horizontal;
    const int letters = width() / fontMetrics().averageCharWidth() * (isBeside ? 3 : 5) / 5;
    const auto show = [this, letters](FindingsColumn column, int least) {
        m_view->setColumnHidden(at(column), letters < least);
    };
    show(FindingsColumn::Rule, 130);
    show(FindingsColumn::Where, 75);
    show(FindingsColumn::Size, 65);
}

void FindingsPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showColumns();
}

void FindingsPanel::filter()
{
    FindingsQuery query = m_filters->query();
    query.sortBy = m_model->query().sortBy;
    query.isDescending = m_model->query().isDescending;
    m_model->setQuery(query);
}

void FindingsPanel::followPlace(bool mayShowAll)
{
    const QScopedValueRollback following(m_isFollowing, true);
    const Place &place = m_selection.place();
    const QModelIndex current = m_view->currentIndex();
    if (current.isValid() && placeOfRow(*m_model, current) == place) {
        return;
    }
    QModelIndex found = m_model->find(place.finding);
    if (!found.isValid() && mayShowAll && m_document.findingIndex(place.finding) >= 0) {
        FindingsQuery all;
        all.grouping = m_filters->query().grouping;
        all.withSuppressed = true;
        m_filters->setQuery(all);
        found = m_model->find(place.finding);
    }
    if (found.isValid()) {
        showRow(*m_view, found);
    } else if (current.isValid()) {
        m_view->selectionModel()->clear();
        showDetails();
    }
}

void FindingsPanel::goTo(int evidence)
{
    const Finding *finding = m_model->finding(m_view->currentIndex());
    if (finding == nullptr || evidence < 0
        || static_cast<std::size_t>(evidence) >= finding->evidence.size()) {
        return;
    }
    const QModelIndex current = m_view->currentIndex();
    const QModelIndex row = m_model->evidence(current) == nullptr ? current : current.parent();
    showRow(*m_view, m_model->evidenceIndex(row, evidence));
}

void FindingsPanel::choose()
{
    if (m_isFollowing) {
        return;
    }
    if (const std::optional<Place> place = placeOfRow(*m_model, m_view->currentIndex())) {
        m_selection.setPlace(*place);
    }
}

void FindingsPanel::step(int by)
{
    QModelIndex next = m_view->currentIndex();
    do {
        next = !next.isValid() ? m_model->index(by > 0 ? 0 : m_model->rowCount() - 1, 0)
               : by > 0        ? m_view->indexBelow(next)
                               : m_view->indexAbove(next);
    } while (next.isValid() && m_model->level(next) != FindingsModel::Level::Item);
    if (next.isValid()) {
        showRow(*m_view, next);
    }
}

bool FindingsPanel::canCopyFix() const
{
    return m_details->canCopyFix();
}

bool FindingsPanel::canReveal() const
{
    const Evidence *hidden = m_details->hidden();
    return hidden != nullptr && m_revealJob->canReveal(*hidden);
}

const Finding *FindingsPanel::suppressible() const
{
    const Finding *finding = m_model->finding(m_view->currentIndex());
    // What is said on the policy's own entries no entry takes away.
    const bool isAboutEntries = finding != nullptr && finding->ruleId.starts_with("policy/")
                                && finding->ruleId.ends_with("-ignore");
    const bool isEarly = m_document.inspection() == nullptr;
    return finding == nullptr || isEarly || finding->suppressed || isAboutEntries ? nullptr
                                                                                  : finding;
}

void FindingsPanel::toggleReveal()
{
    reveal(!m_details->isRevealing());
}

void FindingsPanel::reveal(bool isWanted)
{
    m_revealJob->drop();
    m_details->hideRevealed();
    if (isWanted && canReveal()) {
        m_revealJob->start(*m_details->hidden());
    }
}

void FindingsPanel::copyFix()
{
    m_details->copyFix();
}

} // namespace cutaway
