// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/files/filespanel.h"

#include "core/base/text.h"
#include "core/tree/filterregex.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/filterline.h"
#include "ui/delegates/itemview.h"
#include "ui/delegates/viewswitch.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QTreeView>
#include <QVBoxLayout>

#include <deque>

namespace cutaway {

namespace {

const QString kHeaderState = QStringLiteral("files/header");
constexpr int kOpenedAtOnce = 400;        ///< directories that a filter opens to show what it found
constexpr std::uint32_t kShownWhole = 60; ///< rows of a layer's change that are shown opened
constexpr auto kEarlyPause = 400;         ///< ms between two early trees
constexpr std::uint32_t kEarlyEntries =
    200'000; ///< above, the early tree would cost more than it helps
constexpr std::uint32_t kExpandBelow =
    20'000; ///< files below a directory that "Expand below" opens

} // namespace

FilesPanel::FilesPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new FileTreeModel(this))
    , m_loader(new TreeLoader(this))
    , m_switch(new ViewSwitch)
    , m_filterLine(new FilterLine)
    , m_count(new QLabel)
    , m_error(new QLabel)
    , m_tree(new QTreeView)
{
    setObjectName(QStringLiteral("filesPanel"));
    m_earlyTimer.setSingleShot(true);
    m_earlyTimer.setInterval(kEarlyPause);
    buildTree();
    m_state = new EmptyState(m_tree);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    layout->setSpacing(theme::kPadding);
    buildLine();
    layout->addWidget(m_state, 1);
    setFocusProxy(m_tree);
    connectAll();
    m_switch->setView(m_selection.place().viewSpec().kind, -1);
    reload();
}

FilesPanel::~FilesPanel()
{
    settings::setState(kHeaderState, m_tree->header()->saveState());
}

void FilesPanel::buildLine()
{
    m_filterLine->setObjectName(QStringLiteral("filter"));
    m_filterLine->setAccessibleName(tr("Filter files"));
    m_filterLine->setPlaceholderText(
        tr("Filter: name, *.so, size>10MB, type:setuid, change:removed …"));
    m_filterLine->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("filterCount"));
    m_count->setFont(theme::smallFont(font()));
    m_count->setTextFormat(Qt::PlainText);
    m_error->setObjectName(QStringLiteral("filterError"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->hide();

    auto *line = new QHBoxLayout;
    line->setSpacing(theme::kPadding);
    line->addWidget(m_switch);
    line->addWidget(m_filterLine, 1);
    line->addWidget(m_count);
    auto *layout = static_cast<QVBoxLayout *>(this->layout());
    layout->addLayout(line);
    layout->addWidget(m_error);
}

void FilesPanel::buildTree()
{
    setUpView(*m_tree, QStringLiteral("fileTree"), [this](QMenu &menu, const QModelIndex &index) {
        fillMenu(menu, index);
    });
    m_tree->setAccessibleName(tr("Files"));
    m_tree->setWhatsThis(
        tr("The files of the chosen view. Removed ones are struck out; “+”, “−”, “~” and “◇” "
           "say what the layer added, removed, modified, or changed in metadata alone."));
    m_tree->setModel(m_model);
    m_tree->setSortingEnabled(true);
    m_tree->sortByColumn(FileTreeModel::NameColumn, Qt::AscendingOrder);
    setColumnLetters(*m_tree, {0, 11, 12, 14, 9, 8, 18});
    m_tree->header()->restoreState(settings::state(kHeaderState));
}

void FilesPanel::connectAll()
{
    connect(&m_document, &Document::inspectionChanged, this, &FilesPanel::reload);
    connect(&m_document, &Document::stateChanged, this, [this] {
        if (!m_document.inspection()) {
            reload();
        }
    });
    connect(&m_document, &Document::layerRead, this, [this] {
        if (!m_earlyTimer.isActive()) {
            m_earlyTimer.start();
        }
    });
    connect(&m_earlyTimer, &QTimer::timeout, this, &FilesPanel::reloadEarly);
    connect(&m_selection, &Selection::placeChanged, this, &FilesPanel::followPlace);
    connect(m_loader, &TreeLoader::loaded, this, &FilesPanel::showTree);
    connect(m_switch, &ViewSwitch::viewChosen, this, &FilesPanel::chooseView);
    connect(m_filterLine, &QLineEdit::textChanged, this, &FilesPanel::readFilter);
    connect(m_state, &EmptyState::actionActivated, m_filterLine, &QLineEdit::clear);
    connect(m_tree->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &FilesPanel::chooseCurrent);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (!m_model->hasChildren(index.siblingAtColumn(0)) && m_document.inspection()) {
            emit previewWanted();
        }
    });
    connect(m_tree, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        if (!m_isFiltered) {
            m_expanded.insert(m_model->node(index));
        }
    });
    connect(m_tree, &QTreeView::collapsed, this, [this](const QModelIndex &index) {
        if (!m_isFiltered) {
            m_expanded.erase(m_model->node(index));
        }
    });
}

void FilesPanel::reload()
{
    const Place &place = m_selection.place();
    m_switch->setView(place.viewSpec().kind, place.layer ? int{*place.layer} : -1);
    const InspectionPtr &inspection = m_document.inspection();
    m_model->setInspection(inspection);
    if (inspection) {
        m_loader->load(inspection->image->tree, place.viewSpec(), m_filter, m_model->view());
        return;
    }
    if (!m_document.isUnfinished() || !m_model->view()) {
        m_loader->cancel();
        m_model->setView(nullptr, nullptr);
        showEmptyState();
    }
}

void FilesPanel::reloadEarly()
{
    const ImagePtr &image = m_document.image();
    if (m_document.inspection() || !image) {
        return;
    }
    std::vector<std::shared_ptr<const LayerTree>> layers;
    std::size_t entries = 0;
    for (std::size_t i = 0; i < image->layers.size(); ++i) {
        layers.push_back(m_document.layerTree(i));
        entries += layers.back() ? layers.back()->entries().size() : 0;
    }
    const ViewSpec spec = m_selection.place().viewSpec();
    const bool isToCome = spec.kind != ViewSpec::Kind::Final && !m_document.layerTree(spec.layer);
    if (isToCome) {
        m_loader->cancel();
        m_model->setView(nullptr, nullptr);
        showEmptyState();
    } else if (entries > 0 && entries <= kEarlyEntries) {
        m_loader->loadEarly(std::move(layers), spec);
    }
}

void FilesPanel::readFilter()
{
    auto filter = parseFileFilter(m_filterLine->text().toStdString(), compileRegex);
    if (filter && filter->asksForContent()) {
        filter =
            fail(ErrorCode::InvalidInput,
                 tr("What files hold is looked for in the search (Ctrl+Shift+F).").toStdString());
    }
    m_error->setVisible(!filter.has_value());
    if (!filter) {
        QPalette colours = palette();
        colours.setColor(QPalette::WindowText, theme::color(theme::Role::Removed, palette()));
        m_error->setPalette(colours);
        m_error->setText(QStringLiteral("⚠ ") + QString::fromStdString(filter.error().message));
        return; // what was found before stays, while one is still typing
    }
    m_filter = *std::move(filter);
    reload();
}

void FilesPanel::showTree(const TreeLoader::Loaded &result)
{
    const PathTreePtr &tree = result.view->treePtr();
    if (m_expandedOf != tree) {
        m_expanded.clear();
        m_expandedOf = tree;
    }
    const QScopedValueRollback following(m_isFollowing, true);
    m_tree->setUpdatesEnabled(false);
    m_isFiltered = true; // until the tree stands, nothing that opens or closes is the user's doing
    m_model->setView(result.view, result.filter);
    m_isFiltered = result.filter != nullptr;
    const bool isSmallChange = result.view->spec().kind == ViewSpec::Kind::Layer
                               && result.view->shownCount() <= kShownWhole;
    if (m_isFiltered || isSmallChange) {
        expandTowardsMatches();
    } else {
        restoreExpanded();
    }
    showPath();
    m_tree->setUpdatesEnabled(true);
    showEmptyState();
    showCount();
}

void FilesPanel::showEmptyState()
{
    if (m_model->rowCount() > 0) {
        m_state->showView();
        return;
    }
    if (m_model->filter()) {
        m_state->showText(
            tr("Nothing matches “%1”").arg(shown(m_filterLine->text().simplified().toStdString())),
            tr("Clear the filter"));
    } else if (m_model->view()) {
        m_state->showText(m_model->view()->spec().kind == ViewSpec::Kind::Layer
                              ? tr("This layer changes no files.")
                              : tr("There are no files here."));
    } else if (m_document.isUnfinished()) {
        const Place &place = m_selection.place();
        m_state->showText(place.layer ? tr("Layer %1 is still to come …").arg(*place.layer)
                                      : tr("The files appear here as the layers are read …"));
    } else {
        m_state->showText(tr("The files of an image appear here once one is open."));
    }
}

void FilesPanel::showCount()
{
    const FileTreeModel::FilterPtr &filter = m_model->filter();
    m_count->setVisible(filter != nullptr);
    if (filter) {
        m_count->setText(tr("%1 · %2").arg(
            QString::fromStdString(formatCount(filter->matches, "match", "matches")),
            sizeText(filter->bytes)));
    }
}

void FilesPanel::followPlace(const Place &place, const Place &before)
{
    m_switch->setView(place.viewSpec().kind, place.layer ? int{*place.layer} : -1);
    if (!(place.viewSpec() == before.viewSpec())) {
        m_document.inspection() ? reload() : reloadEarly();
    }
    if (place.path != before.path && m_model->view()
        && m_model->view()->spec() == place.viewSpec()) {
        const QScopedValueRollback following(m_isFollowing, true);
        showPath();
    }
}

void FilesPanel::showPath()
{
    const QByteArray &path = m_selection.place().path;
    if (!m_model->view() || m_model->node(m_tree->currentIndex()) == kNone) {
        m_tree->selectionModel()->clear();
    }
    const NodeId node = path.isEmpty() ? kNone : m_model->view()->tree().find(viewOf(path));
    const QModelIndex index = m_model->indexOf(node);
    if (!index.isValid()) {
        m_tree->selectionModel()->clear();
        return;
    }
    if (m_tree->currentIndex().siblingAtColumn(0) != index
        || !m_tree->selectionModel()->hasSelection()) {
        showRow(*m_tree, index);
    }
}

void FilesPanel::chooseView(ViewSpec::Kind kind)
{
    m_selection.selectView(kind, m_document.uppermostLayer());
    const Place &place = m_selection.place();
    m_switch->setView(place.viewSpec().kind, place.layer ? int{*place.layer} : -1);
}

void FilesPanel::chooseCurrent(const QModelIndex &current)
{
    if (!m_isFollowing && current.isValid() && m_document.inspection()) {
        m_selection.selectPath(current.data(role::Path).toByteArray());
    }
}

void FilesPanel::restoreExpanded()
{
    for (const NodeId node : m_expanded) { // in node order: parents before children
        if (const QModelIndex index = m_model->indexOf(node); index.isValid()) {
            m_tree->setExpanded(index, true);
        }
    }
}

/// Opens directories from the top until everything found is in sight, or enough is open.
void FilesPanel::expandTowardsMatches()
{
    const FileTreeModel::FilterPtr &filter = m_model->filter();
    std::deque<QModelIndex> directories = {QModelIndex()};
    for (int opened = 0; !directories.empty() && opened < kOpenedAtOnce; ++opened) {
        const QModelIndex directory = directories.front();
        directories.pop_front();
        if (directory.isValid()) {
            m_tree->setExpanded(directory, true);
        }
        const int rows = m_model->rowCount(directory);
        for (int row = 0; row < rows; ++row) {
            const QModelIndex child = m_model->index(row, 0, directory);
            const bool isFound =
                filter && m_filter.isNamesOnly() && filter->matched[m_model->node(child)];
            if (!isFound && m_model->hasChildren(child)) {
                directories.push_back(child);
            }
        }
    }
}

void FilesPanel::fillMenu(QMenu &menu, const QModelIndex &index)
{
    if (index.isValid()) {
        const QByteArray path = index.data(role::Path).toByteArray();
        menu.addAction(icon(QStringLiteral("copy")), tr("Copy &path"), this, [path] {
            QApplication::clipboard()->setText(QString::fromUtf8(path));
        });
        menu.addAction(icon(QStringLiteral("link")), tr("Copy &link"), this, [this, path] {
            Place place = m_selection.place();
            place.path = path;
            QApplication::clipboard()->setText(
                QString::fromLatin1(place.toUrl(m_document.reference()).toEncoded()));
        });
        const QPersistentModelIndex row = index.siblingAtColumn(0);
        if (!m_model->hasChildren(row)) {
            menu.addAction(
                icon(QStringLiteral("file")), tr("&Preview"), this, &FilesPanel::previewWanted);
        }
        menu.addAction(icon(QStringLiteral("export")), tr("E&xtract…"), this, [this, path] {
            emit extractWanted(path);
        });
        if (m_model->hasChildren(row)) {
            menu.addSeparator();
            menu.addAction(tr("&Expand below"), this, [this, row] {
                const bool isLarge = m_model->view()->files(m_model->node(row)) > kExpandBelow;
                m_tree->expandRecursively(row, isLarge ? 1 : -1);
            });
            menu.addAction(tr("&Collapse below"), this, [this, row] { m_tree->collapse(row); });
        }
        menu.addSeparator();
    }
    QAction *onlyChanges = menu.addAction(tr("&Only changes"));
    const QString term = QStringLiteral("change:any");
    onlyChanges->setCheckable(true);
    onlyChanges->setChecked(m_filterLine->text().contains(term));
    connect(onlyChanges, &QAction::toggled, this, [this, term](bool on) {
        QString text = m_filterLine->text();
        m_filterLine->setText(on ? (text + QLatin1Char(' ') + term).simplified()
                                 : text.remove(term).simplified());
    });
}

bool FilesPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filterLine && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape && !m_filterLine->text().isEmpty()) {
            m_filterLine->clear();
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_tree->setFocus();
            if (!m_tree->currentIndex().isValid() && m_model->rowCount() > 0) {
                showRow(*m_tree, m_model->index(0, 0));
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace cutaway
