// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/packages/packagespanel.h"

#include "core/base/text.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/packagesmodel.h"
#include "ui/models/text.h"
#include "ui/panels/packages/packagedetails.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace cutaway {

namespace {

constexpr int at(PackagesColumn column)
{
    return static_cast<int>(column);
}

QToolButton *filterButton(const QString &name, const QString &iconName)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIcon(icon(iconName));
    return button;
}

} // namespace

PackagesPanel::PackagesPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new PackagesModel(this))
    , m_summary(new QLabel)
    , m_notes(new QLabel)
    , m_view(new QTreeView)
    , m_details(new PackageDetails)
    , m_splitter(new QSplitter)
{
    setObjectName(QStringLiteral("packagesPanel"));
    buildView();
    m_summary->setObjectName(QStringLiteral("packagesSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setFont(theme::boldFont(font()));
    m_summary->setWordWrap(true);
    m_notes->setObjectName(QStringLiteral("packagesNotes"));
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setWordWrap(true);
    m_notes->setFont(theme::smallFont(font()));
    m_details->hide(); // the list has the whole width until one is chosen
    m_list = new EmptyState(m_view);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);

    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->setSpacing(theme::kGrid);
    column->addWidget(m_summary);
    column->addWidget(buildFilters());
    column->addWidget(m_splitter, 1);
    column->addWidget(m_notes);
    m_state = new EmptyState(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    setFocusProxy(m_view);
    connectAll();
    showInspection();
}

void PackagesPanel::buildView()
{
    setUpView(
        *m_view, QStringLiteral("packagesView"), [this](QMenu &menu, const QModelIndex &index) {
            if (const Package *package = m_model->package(index); package != nullptr) {
                menu.addAction(
                    icon(QStringLiteral("copy")),
                    tr("Copy package &URL"),
                    this,
                    [url = shown(package->purl)] { QGuiApplication::clipboard()->setText(url); });
                menu.addAction(icon(QStringLiteral("copy")),
                               tr("Copy &name"),
                               this,
                               [name = shown(package->record.name)] {
                                   QGuiApplication::clipboard()->setText(name);
                               });
                menu.addAction(icon(QStringLiteral("directory")),
                               tr("Show its &files"),
                               this,
                               &PackagesPanel::goToFiles)
                    ->setEnabled(m_details->hasFiles());
                menu.addSeparator();
            }
        });
    m_view->setAccessibleName(tr("Packages"));
    m_view->setWhatsThis(tr(
        "What package managers and build tools say is installed. Choose a package to see what is "
        "known of it, and its files."));
    m_view->setModel(m_model);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(at(PackagesColumn::Size), Qt::DescendingOrder);
    setColumnLetters(*m_view, {0, 20, 12, 11, 7, 20});
}

QWidget *PackagesPanel::buildFilters()
{
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::kGrid / 2);
    m_group = filterButton(QStringLiteral("packagesGroup"), QStringLiteral("group"));
    m_group->setPopupMode(QToolButton::InstantPopup);
    m_group->setMenu(new QMenu(m_group));
    m_group->setText(tr("Group"));
    m_group->setAccessibleName(tr("Group the packages"));
    m_group->setToolTip(tr("Group by kind, layer, licence or source package"));
    m_removed = filterButton(QStringLiteral("packagesRemoved"), QStringLiteral("removed"));
    m_removed->setCheckable(true);
    m_removed->setToolTip(tr("Show packages, too, that a later layer took away"));
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("filter"));
    m_search->setAccessibleName(tr("Search the packages"));
    m_search->setPlaceholderText(tr("Search packages"));
    m_search->setToolTip(
        tr("Words that all occur in name, version, kind, source or licence (Ctrl+F)"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("search"), theme::Role::Muted),
                        QLineEdit::LeadingPosition);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * 12);
    layout->addWidget(m_group);
    layout->addWidget(m_removed);
    layout->addWidget(m_search, 1);
    return line;
}

void PackagesPanel::connectAll()
{
    connect(&m_document, &Document::inspectionChanged, this, &PackagesPanel::showInspection);
    connect(&m_document, &Document::stateChanged, this, &PackagesPanel::showState);
    connect(&m_selection, &Selection::placeChanged, this, &PackagesPanel::followPlace);
    connect(m_model, &QAbstractItemModel::modelReset, this, &PackagesPanel::followRows);
    connect(m_group->menu(), &QMenu::aboutToShow, this, &PackagesPanel::fillGroupMenu);
    connect(m_removed, &QToolButton::toggled, this, [this](bool isOn) {
        change([isOn](PackagesQuery &query) { query.withRemoved = isOn; });
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        change([&text](PackagesQuery &query) {
            query.words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        });
    });
    connect(m_list, &EmptyState::actionActivated, m_search, &QLineEdit::clear);
    connect(m_view->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &PackagesPanel::choose);
    connect(m_view, &QTreeView::activated, this, &PackagesPanel::goToFiles);
    connect(
        m_details, &PackageDetails::fileChosen, this, [this](const QByteArray &path, int layer) {
            const Package *package = m_model->package(m_view->currentIndex());
            Place place{.path = path};
            if (package != nullptr && !package->isVisible()) { // gone: in its layer it is in sight
                place.layer = static_cast<LayerIndex>(layer);
                place.view = ViewSpec::Kind::Layer;
            }
            m_selection.setPlace(place);
        });
}

void PackagesPanel::fillGroupMenu()
{
    QMenu &menu = *m_group->menu();
    menu.clear();
    using enum PackagesQuery::Grouping;
    const std::array<std::pair<PackagesQuery::Grouping, QString>, 5> choices = {{
        {None, tr("&Not grouped")},
        {Kind, tr("By &kind")},
        {Layer, tr("By &layer")},
        {Licence, tr("By l&icence")},
        {Source, tr("By &source package")},
    }};
    for (const auto &[grouping, text] : choices) {
        QAction *action = menu.addAction(text, this, [this, chosen = grouping] {
            change([chosen](PackagesQuery &query) { query.grouping = chosen; });
        });
        action->setCheckable(true);
        action->setChecked(m_model->query().grouping == grouping);
    }
}

void PackagesPanel::change(const std::function<void(PackagesQuery &)> &change)
{
    PackagesQuery query = m_model->query();
    change(query);
    m_model->setQuery(query);
}

void PackagesPanel::showInspection()
{
    const QScopedValueRollback following(m_isFollowing, true);
    m_chosen = kNone;
    m_model->setInspection(m_document.inspection());
    followPlace();
    showSummary();
    showState();
}

void PackagesPanel::showSummary()
{
    const Packages *packages = m_model->list().packages();
    if (packages == nullptr) {
        return;
    }
    const auto all = packages->list.size();
    const auto removed = static_cast<std::size_t>(m_model->list().removedCount());
    const QString count = QString::fromStdString(formatCount(all - removed, "package", "packages"));
    m_summary->setText(packages->ownedBytes == 0
                           ? tr("%1; no list tells which files are theirs").arg(count)
                           : tr("%1, %2 of %3; %4 belong to no package")
                                 .arg(count,
                                      sizeText(packages->ownedBytes),
                                      sizeText(packages->ownedBytes + packages->unownedBytes),
                                      sizeText(packages->unownedBytes)));
    QStringList places;
    constexpr std::size_t kShown = 10;
    const PathTree &tree = *m_document.inspection()->image->tree;
    for (std::size_t i = 0; i < std::min(kShown, packages->unowned.size()); ++i) {
        const UnownedPlace &place = packages->unowned[i];
        places << tr("%1 in %2").arg(sizeText(place.bytes), shown(tree.path(place.directory)));
    }
    m_summary->setToolTip(places.isEmpty()
                              ? QString()
                              : plainToolTip(tr("Bytes of no package:") + QLatin1Char('\n')
                                             + places.join(QLatin1Char('\n'))));
    m_removed->setVisible(removed > 0);
    m_removed->setText(tr("Removed: %1").arg(numberText(removed)));
    m_removed->setAccessibleName(tr("Show %1 removed packages").arg(removed));
    showNotes(*packages);
}

/// What could not be read, and bills of materials that came with the image.
void PackagesPanel::showNotes(const Packages &packages)
{
    constexpr std::size_t kShown = 3;
    QStringList notes;
    for (const Note &note : packages.notes.list()) {
        notes << QString::fromStdString(note.message);
    }
    const std::vector<FoundBill> &bills = packages.bills.list;
    for (std::size_t i = 0; i < std::min(kShown, bills.size()); ++i) {
        notes << billText(*m_document.inspection(), bills[i]);
    }
    if (bills.size() > kShown) {
        notes << tr("%1 more bills of materials").arg(numberText(bills.size() - kShown));
    }
    if (!packages.bills.unlisted.empty()) {
        notes << tr("Packages that no bill of materials lists: %1")
                     .arg(numberText(packages.bills.unlisted.size()));
    }
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
}

void PackagesPanel::showState()
{
    const Packages *packages = m_model->list().packages();
    if (packages != nullptr && !packages->list.empty()) {
        if (m_model->rowCount() > 0) {
            m_list->showView();
        } else {
            m_list->showText(tr("No package has all of these words."), tr("Show all"));
        }
        m_state->showView();
    } else if (m_document.inspection()) {
        m_state->showText(tr("No package manager and no build tool left word of what is installed: "
                             "this image was put "
                             "together from single files, or what they leave was deleted."));
    } else if (m_document.isUnfinished()) {
        m_state->showText(tr("Packages appear once all layers are read …"));
    } else {
        m_state->showText(tr("What is installed in an image appears here once one is open."));
    }
}

void PackagesPanel::followRows()
{
    const QScopedValueRollback following(m_isFollowing, true);
    const bool isGrouped = m_model->query().grouping != PackagesQuery::Grouping::None;
    m_view->setRootIndex(isGrouped ? QModelIndex() : m_model->groupIndex(0));
    m_view->setRootIsDecorated(isGrouped);
    m_group->setText(isGrouped ? tr("Grouped") : tr("Group"));
    if (isGrouped && m_model->rowCount() == 1) {
        m_view->expand(m_model->groupIndex(0));
    }
    if (const QModelIndex chosen = m_model->find(m_chosen); chosen.isValid()) {
        showRow(*m_view, chosen);
    }
    showDetails();
    showState();
}

void PackagesPanel::followPlace()
{
    const QScopedValueRollback following(m_isFollowing, true);
    const Packages *packages = m_model->list().packages();
    const QByteArray &path = m_selection.place().path;
    if (packages == nullptr || path.isEmpty()) {
        return;
    }
    const NodeId node = m_document.inspection()->image->tree->find(viewOf(path));
    const std::uint32_t owner = node == kNone ? kNone : packages->owners.of(node);
    const Package *current = m_model->package(m_view->currentIndex());
    const bool isShown = owner != kNone && current == &packages->list[owner];
    if (owner != kNone && !isShown) {
        m_chosen = owner;
        if (const QModelIndex found = m_model->find(owner); found.isValid()) {
            showRow(*m_view, found);
        }
    }
    m_details->followPath(path);
}

void PackagesPanel::choose()
{
    const Package *package = m_model->package(m_view->currentIndex());
    if (package != nullptr) {
        m_chosen = static_cast<std::uint32_t>(package - m_model->list().packages()->list.data());
    }
    showDetails();
}

void PackagesPanel::goToFiles()
{
    if (m_model->package(m_view->currentIndex()) != nullptr && m_details->chooseFirst()) {
        emit filesWanted();
    }
}

void PackagesPanel::showDetails()
{
    const Package *package = m_model->package(m_view->currentIndex());
    m_details->setVisible(package != nullptr);
    m_details->showPackage(m_document.inspection(), package);
    m_details->followPath(m_selection.place().path);
    showColumns();
}

void PackagesPanel::showColumns()
{
    // What says the most stays when there is little room; the details repeat the rest.
    m_splitter->setOrientation(width() * 2 > height() * 3 ? Qt::Horizontal : Qt::Vertical);
    const bool isBeside = !m_details->isHidden() && m_splitter->orientation() == Qt::Horizontal;
    const int letters = width() / fontMetrics().averageCharWidth() * (isBeside ? 3 : 5) / 5;
    const auto show = [this, letters](PackagesColumn column, int least) {
        m_view->setColumnHidden(at(column), letters < least);
    };
    show(PackagesColumn::Licence, 100);
    show(PackagesColumn::Kind, 75);
    show(PackagesColumn::Layer, 65);
    show(PackagesColumn::Version, 50);
}

void PackagesPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showColumns();
}

} // namespace cutaway
