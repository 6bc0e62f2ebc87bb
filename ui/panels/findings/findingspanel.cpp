// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/findings/findingspanel.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/findingsmodel.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <array>

namespace cutaway {

namespace {

struct SeverityButton
{
    int severity;
    const char *icon;
    theme::Role role;
};
constexpr std::array<SeverityButton, 6> kButtons = {{
    {4, "critical", theme::Role::Critical},
    {3, "high", theme::Role::High},
    {2, "medium", theme::Role::Medium},
    {1, "low", theme::Role::Low},
    {0, "info", theme::Role::Info},
    {-1, "info", theme::Role::Muted},
}};

} // namespace

FindingsPanel::FindingsPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new FindingsModel(this))
    , m_filter(new FindingsFilter(this))
    , m_filterLine(new QLineEdit)
    , m_view(new QTreeView)
    , m_details(new QTextBrowser)
{
    setObjectName(QStringLiteral("findingsPanel"));
    buildView();
    m_details->setObjectName(QStringLiteral("findingDetails"));
    m_details->setAccessibleName(tr("Why, and how to fix it"));
    m_details->setOpenLinks(false);
    m_details->hide(); // the list has the whole width until one is chosen
    m_details->document()->setDocumentMargin(theme::kPadding);
    m_state = new EmptyState(m_view);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_state);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kGrid, theme::kGrid, theme::kGrid, theme::kGrid);
    layout->setSpacing(theme::kGrid);
    layout->addWidget(buildFilters());
    layout->addWidget(splitter, 1);
    setFocusProxy(m_view);

    connect(&m_document, &Document::inspectionChanged, this, &FindingsPanel::showInspection);
    connect(&m_document, &Document::stateChanged, this, &FindingsPanel::showState);
    connect(&m_selection, &Selection::placeChanged, this, &FindingsPanel::followPlace);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showDetails();
        choose();
    });
    connect(m_details, &QTextBrowser::anchorClicked, this, &FindingsPanel::follow);
    showInspection();
}

QWidget *FindingsPanel::buildFilters()
{
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::kGrid / 2);
    for (const SeverityButton &severity : kButtons) {
        auto *button = new QToolButton;
        button->setCheckable(true);
        button->setChecked(true);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(icon(QLatin1String(severity.icon), severity.role));
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::toggled, this, &FindingsPanel::filter);
        layout->addWidget(button);
        m_severities.append(button);
    }
    m_filterLine->setObjectName(QStringLiteral("filter"));
    m_filterLine->setAccessibleName(tr("Filter findings"));
    m_filterLine->setPlaceholderText(tr("Filter findings"));
    m_filterLine->setClearButtonEnabled(true);
    m_filterLine->addAction(icon(QStringLiteral("search"), theme::Role::Muted),
                            QLineEdit::LeadingPosition);
    m_filterLine->setMaximumWidth(fontMetrics().averageCharWidth() * 40);
    connect(m_filterLine, &QLineEdit::textChanged, this, &FindingsPanel::filter);
    layout->addStretch(1);
    layout->addWidget(m_filterLine, 1);
    return line;
}

void FindingsPanel::buildView()
{
    m_filter->setSourceModel(m_model);
    setUpView(*m_view, QStringLiteral("findingsView"));
    m_view->setAccessibleName(tr("Findings"));
    m_view->setWhatsThis(
        tr("What the rules found, the severest first; then notes on what was odd while reading the "
           "image. Choose one to go to its place."));
    m_view->setModel(m_filter);
    m_view->setRootIsDecorated(false);
    m_view->setSortingEnabled(true);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    setColumnLetters(*m_view, {14, 21, 0, 20, 10});
}

void FindingsPanel::showInspection()
{
    const QScopedValueRollback following(m_isFollowing, true);
    m_model->setInspection(m_document.inspection());
    showCounts();
    showState();
    showDetails();
    followPlace();
}

void FindingsPanel::showCounts()
{
    for (qsizetype i = 0; i < m_severities.size(); ++i) {
        const int severity = kButtons[static_cast<std::size_t>(i)].severity;
        const int count = m_model->count(severity);
        const QString word = severity < 0 ? tr("Notes") : severityWord(severity);
        m_severities[i]->setText(QStringLiteral("%1 %2").arg(word).arg(count));
        m_severities[i]->setToolTip(tr("Show or hide: %1 (%2)").arg(word).arg(count));
        m_severities[i]->setEnabled(count > 0);
    }
}

void FindingsPanel::showState()
{
    if (m_filter->rowCount() > 0) {
        m_state->showView();
    } else if (m_model->rowCount() > 0) {
        m_state->showText(tr("All findings are filtered out."));
    } else if (m_document.inspection()) {
        m_state->showText(
            tr("Nothing to report: no rule found anything, and nothing was odd while reading."));
    } else if (m_document.state() == Document::State::Loading) {
        m_state->showText(tr("Findings appear once all layers are read …"));
    } else {
        m_state->showText(tr("What the rules find in an image appears here once one is open."));
    }
}

int FindingsPanel::currentRow() const
{
    const QModelIndex current = m_filter->mapToSource(m_view->currentIndex());
    return current.isValid() ? current.row() : -1;
}

void FindingsPanel::showDetails()
{
    const int row = currentRow();
    m_details->setVisible(row >= 0);
    m_view->setColumnHidden(FindingsModel::RuleColumn, row >= 0); // the details begin with it
    m_details->setHtml(row < 0 ? QString() : m_model->detailsHtml(row));
}

void FindingsPanel::follow(const QUrl &link)
{
    if (link.scheme() == QLatin1String("https")) {
        QDesktopServices::openUrl(link); // addresses come from our own catalogue
        return;
    }
    const Evidence *evidence = m_model->evidence(currentRow(), link.path().toUInt());
    if (evidence == nullptr) {
        return;
    }
    Place place = m_selection.place();
    place.path = rawBytes(evidence->path);
    if (evidence->layer) {
        place.layer = evidence->layer;
        place.view = ViewSpec::Kind::Layer;
    }
    m_selection.setPlace(place);
}

void FindingsPanel::filter()
{
    unsigned severities = 0;
    for (qsizetype i = 0; i < m_severities.size(); ++i) {
        if (m_severities[i]->isChecked()) {
            const int severity = kButtons[static_cast<std::size_t>(i)].severity;
            severities |=
                severity < 0 ? FindingsFilter::kNotes : 1U << static_cast<unsigned>(severity);
        }
    }
    const QScopedValueRollback following(m_isFollowing, true);
    m_filter->setSeverities(severities);
    m_filter->setText(m_filterLine->text());
    showState();
}

void FindingsPanel::followPlace()
{
    const QScopedValueRollback following(m_isFollowing, true);
    const QString &finding = m_selection.place().finding;
    const QString current = m_view->currentIndex().data(role::Finding).toString();
    const int row = m_model->rowOf(finding);
    if (row >= 0 && current != finding) {
        const QModelIndex index = m_filter->mapFromSource(m_model->index(row, 0));
        if (index.isValid()) {
            showRow(*m_view, index);
        }
    } else if (row < 0 && !current.isEmpty()) {
        m_view->selectionModel()->clear();
    }
}

void FindingsPanel::choose()
{
    const QModelIndex current = m_view->currentIndex();
    if (m_isFollowing || !current.isValid()) {
        return;
    }
    const int layer = current.data(role::Layer).toInt();
    Place place{.path = current.data(role::Path).toByteArray(),
                .finding = current.data(role::Finding).toString()};
    if (layer >= 0) {
        // In its layer's own change the file is in sight, whatever became of it later.
        place.layer = static_cast<LayerIndex>(layer);
        place.view = ViewSpec::Kind::Layer;
    }
    m_selection.setPlace(place);
}

} // namespace cutaway
