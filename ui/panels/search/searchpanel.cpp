// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/search/searchpanel.h"

#include "core/base/text.h"
#include "core/tree/filterregex.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/filterline.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/jobs/searchjob.h"
#include "ui/models/roles.h"
#include "ui/models/searchmodel.h"
#include "ui/models/text.h"
#include "ui/panels/search/searchmenu.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace cutaway {

namespace {

constexpr int kPause = 250; ///< ms after the last letter

} // namespace

SearchPanel::SearchPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_job(new SearchJob(this))
    , m_model(new SearchModel(this))
    , m_groups(new SearchGroupsModel(this))
    , m_line(new FilterLine)
    , m_grouping(new QComboBox)
    , m_menu(new SearchMenu)
    , m_words(new QLabel)
    , m_stop(new QToolButton)
    , m_list(new QTreeView)
    , m_sums(new QTreeView)
    , m_views(new QStackedWidget)
{
    setObjectName(QStringLiteral("searchPanel"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    buildViews();
    m_state = new EmptyState(m_views);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    layout->setSpacing(theme::kPadding);
    layout->addWidget(buildLine());
    layout->addWidget(m_state, 1);
    layout->addWidget(buildState());
    setFocusProxy(m_line);
    connectAll();
    showDocument();
}

SearchPanel::~SearchPanel() = default;

QWidget *SearchPanel::buildLine()
{
    m_line->setObjectName(QStringLiteral("filter"));
    m_line->setAccessibleName(tr("Search all layers"));
    m_line->setPlaceholderText(
        tr("Search all layers: name, size>10MB, change:removed, content:\"…\""));
    m_grouping->setObjectName(QStringLiteral("searchGrouping"));
    m_grouping->setAccessibleName(tr("Sums"));
    m_grouping->setToolTip(
        tr("Each match by itself, or sums of files that have something in common"));
    m_grouping->addItem(tr("Each match"), -1);
    m_grouping->addItem(tr("By extension"), static_cast<int>(HitGrouping::Extension));
    m_grouping->addItem(tr("By directory"), static_cast<int>(HitGrouping::Directory));
    m_grouping->addItem(tr("By layer"), static_cast<int>(HitGrouping::Layer));
    m_grouping->addItem(tr("Same content"), static_cast<int>(HitGrouping::Content));
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::kPadding);
    row->addWidget(m_line, 1);
    row->addWidget(m_grouping);
    row->addWidget(m_menu);
    return line;
}

QWidget *SearchPanel::buildState()
{
    m_words->setObjectName(QStringLiteral("searchWords"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setFont(theme::smallFont(font()));
    m_words->setWordWrap(true);
    m_stop->setObjectName(QStringLiteral("searchStop"));
    m_stop->setText(tr("Stop"));
    m_stop->setToolTip(tr("End the search; what was found stays"));
    m_stop->setAutoRaise(true);
    m_stop->setFocusPolicy(Qt::TabFocus);
    m_stop->hide();
    auto *state = new QWidget;
    auto *row = new QHBoxLayout(state);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::kPadding);
    row->addWidget(m_words, 1);
    row->addWidget(m_stop);
    return state;
}

void SearchPanel::buildViews()
{
    setUpView(*m_list, QStringLiteral("searchList"));
    m_list->setAccessibleName(tr("What was found"));
    m_list->setWhatsThis(
        tr("Paths of all layers that the line describes, a row for each layer that does something "
           "to one. Choose a row to see it in its layer."));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setSortingEnabled(true);
    m_list->header()->setSortIndicator(-1, Qt::AscendingOrder); // as they are found
    m_list->header()->setSortIndicatorClearable(true);
    setColumnLetters(*m_list, {0, 7, 13, 10, 12, 8, 20});
    setUpView(*m_sums, QStringLiteral("searchSums"));
    m_sums->setAccessibleName(tr("Sums of what was found"));
    m_sums->setWhatsThis(tr("Open a row to see its files one by one."));
    m_sums->setModel(m_groups);
    m_sums->setRootIsDecorated(false);
    m_views->addWidget(m_list);
    m_views->addWidget(m_sums);
}

void SearchPanel::connectAll()
{
    connect(&m_document, &Document::inspectionChanged, this, &SearchPanel::showDocument);
    connect(&m_document, &Document::stateChanged, this, [this] {
        if (!m_document.inspection()) {
            showDocument();
        }
    });
    connect(&m_selection, &Selection::placeChanged, this, &SearchPanel::followPlace);
    connect(m_line, &QLineEdit::textChanged, this, [this] { m_pause.start(); });
    connect(m_line, &QLineEdit::returnPressed, this, [this] { readFilter(true); });
    connect(&m_pause, &QTimer::timeout, this, [this] { readFilter(false); });
    connect(m_menu, &SearchMenu::chosen, this, &SearchPanel::ask);
    connect(m_grouping, &QComboBox::currentIndexChanged, this, &SearchPanel::groupHits);
    connect(m_stop, &QToolButton::clicked, this, [this] {
        m_job->stop();
        m_stop->hide();
        showCount();
        m_words->setText(tr("Stopped. %1").arg(m_words->text()));
        groupHits();
    });
    connect(m_job, &SearchJob::found, this, [this](const std::vector<SearchHit> &hits) {
        m_model->append(hits);
        showView();
    });
    connect(m_job, &SearchJob::progressChanged, this, &SearchPanel::showProgress);
    connect(m_job, &SearchJob::finished, this, &SearchPanel::finish);
    connect(m_job, &SearchJob::failed, this, &SearchPanel::showProblem);
    connect(m_model, &SearchModel::sortWanted, this, &SearchPanel::sortHits);
    connect(m_state, &EmptyState::actionActivated, this, [this] { m_menu->showMenu(); });
    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &SearchPanel::choose);
    connect(m_list, &QTreeView::activated, this, &SearchPanel::previewWanted);
    connect(m_sums, &QTreeView::activated, this, &SearchPanel::narrowTo);
}

void SearchPanel::ask(const SavedSearch &search)
{
    m_isBySize = search.isBySize;
    m_line->setText(search.filter);
    const QSignalBlocker silent(m_grouping);
    m_grouping->setCurrentIndex(
        m_grouping->findData(search.grouping ? static_cast<int>(*search.grouping) : -1));
    readFilter(true);
}

void SearchPanel::showDocument()
{
    m_job->stop();
    m_stop->hide();
    m_words->clear();
    const InspectionPtr &inspection = m_document.inspection();
    m_model->reset(inspection ? inspection->image->tree : nullptr);
    m_groups->setGroups(nullptr, m_groups->grouping(), {});
    if (!inspection) {
        m_state->showText(
            tr("Once an image is open, files of all its layers can be looked for here."));
        return;
    }
    readFilter(false);
}

void SearchPanel::readFilter(bool isEntered)
{
    m_pause.stop();
    if (!m_document.inspection()) {
        return;
    }
    m_job->stop();
    m_stop->hide();
    const auto filter = parseFileFilter(m_line->text().toStdString(), compileRegex);
    if (!filter) {
        showProblem(QString::fromStdString(filter.error().message));
        return; // what was found before stays, while one is still typing
    }
    m_menu->setCurrent(m_line->text().simplified());
    if (filter->isEmpty()) {
        m_model->reset(m_document.inspection()->image->tree);
        m_words->clear();
        m_state->showText(
            tr("Type what to look for in all layers: a part of a name, a pattern, a size, "
               "a kind, what a layer did, what files hold."),
            tr("Choose a search that many ask for"));
        return;
    }
    if (filter->asksForContent() && !isEntered) {
        m_words->setText(tr("Press Enter to read the files and look for what they hold."));
        return;
    }
    search(*filter);
}

void SearchPanel::search(const FileFilter &filter)
{
    m_sorting.drop();
    m_summing.drop();
    m_summary = {};
    m_model->reset(m_document.inspection()->image->tree);
    m_groups->setGroups(nullptr, m_groups->grouping(), {});
    m_list->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_words->setText(tr("Searching …"));
    m_stop->show();
    m_job->start(m_document.inspected(), filter);
}

void SearchPanel::showProgress(const Progress &progress)
{
    const QString found = QString::fromStdString(
        formatCount(m_model->hits().size(), "match so far", "matches so far"));
    const bool isReading = progress.total > 0 && progress.step.contains(QLatin1String("contents"));
    m_words->setText(
        isReading
            ? tr("%1 · read %2 of %3").arg(found, sizeText(progress.done), sizeText(progress.total))
            : tr("%1 · layer %2 of %3")
                  .arg(found, numberText(progress.done + 1), numberText(progress.total)));
}

void SearchPanel::finish(const SearchSummary &summary)
{
    m_summary = summary;
    m_stop->hide();
    showCount();
    showView();
    groupHits();
    if (std::exchange(m_isBySize, false)) {
        m_list->sortByColumn(SearchModel::SizeColumn, Qt::DescendingOrder);
    }
    followPlace();
}

void SearchPanel::showCount()
{
    std::uint64_t bytes = m_summary.bytes;
    if (m_summary.hits == 0) { // it was stopped
        for (const SearchHit &hit : m_model->hits()) {
            bytes += bytesOf(*m_model->tree(), hit);
        }
    }
    QStringList parts = {
        QString::fromStdString(formatCount(m_model->hits().size(), "match", "matches")),
        tr("%1 shipped").arg(sizeText(bytes))};
    if (m_summary.isCut) {
        parts << tr("⚠ there are more: narrow the search");
    }
    if (m_summary.contents) {
        parts << tr("%1 read in %2")
                     .arg(sizeText(m_summary.contents->bytes),
                          QString::fromStdString(
                              formatCount(m_summary.contents->files, "file", "files")));
        if (m_summary.contents->passed + m_summary.contents->cut > 0) {
            parts << tr("⚠ not all was read: narrow the search");
        }
    }
    m_words->setText(parts.join(QStringLiteral(" · ")));
}

void SearchPanel::showProblem(const QString &text)
{
    m_stop->hide();
    m_words->setText(QStringLiteral("⚠ ") + text);
}

void SearchPanel::showView()
{
    if (m_model->hits().empty()) {
        m_state->showText(tr("No layer has anything like this."));
        return;
    }
    m_views->setCurrentWidget(m_grouping->currentData().toInt() < 0 ? m_list : m_sums);
    m_state->showView();
}

void SearchPanel::sortHits(int column, Qt::SortOrder order)
{
    if (column < 0 || !m_model->tree() || m_job->isRunning()) {
        return; // found ones come in the order of layers
    }
    m_sorting.run(
        [tree = m_model->tree(), hits = m_model->hits(), column, order] {
            return sortedHits(*tree, hits, column, order);
        },
        [this](std::vector<SearchHit> hits) {
            m_model->setHits(std::move(hits));
            followPlace();
        });
}

void SearchPanel::groupHits()
{
    if (m_job->isRunning() || m_model->hits().empty()) {
        return;
    }
    showView();
    const int chosen = m_grouping->currentData().toInt();
    if (chosen < 0) {
        return;
    }
    const auto grouping = static_cast<HitGrouping>(chosen);
    m_summing.run([tree = m_model->tree(),
                   hits = m_model->hits(),
                   grouping] { return cutaway::groupHits(*tree, hits, grouping, Monitor()); },
                  [this, grouping](std::vector<HitGroup> groups) {
                      const bool isEmpty = groups.empty();
                      m_groups->setGroups(m_model->tree(), grouping, std::move(groups));
                      if (grouping == HitGrouping::Content) {
                          setColumnLetters(*m_sums, {0, 9, 12, 12});
                      } else {
                          setColumnLetters(*m_sums, {0, 9, 12});
                      }
                      if (isEmpty) {
                          m_state->showText(grouping == HitGrouping::Content
                                                ? tr("No two of the files found hold the same.")
                                                : tr("There is no file among what was found."));
                      }
                  });
}

/// The files of a group, one by one.
void SearchPanel::narrowTo(const QModelIndex &group)
{
    const QString filter =
        m_line->text().simplified() + QLatin1Char(' ') + m_groups->filterOf(group.row());
    ask({filter, std::nullopt, true});
}

void SearchPanel::choose(const QModelIndex &index)
{
    if (m_isFollowing || !index.isValid()) {
        return;
    }
    // In its layer's own change the path is in sight, whatever became of it later.
    m_selection.setPlace({.path = index.data(role::Path).toByteArray(),
                          .layer = static_cast<LayerIndex>(index.data(role::Layer).toInt()),
                          .view = ViewSpec::Kind::Layer});
}

void SearchPanel::followPlace()
{
    const Place &place = m_selection.place();
    const QScopedValueRollback following(m_isFollowing, true);
    const QModelIndex current = m_list->currentIndex();
    const int layer = place.layer ? int{*place.layer} : -1;
    if (current.isValid() && current.data(role::Path).toByteArray() == place.path
        && (layer < 0 || current.data(role::Layer).toInt() == layer)) {
        return;
    }
    const QModelIndex found = m_model->find(place.path, layer);
    if (found.isValid()) {
        showRow(*m_list, found);
    } else {
        m_list->selectionModel()->clear();
    }
}

} // namespace cutaway
