// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/workspace.h"

#include "ui/panels/contract/contractpanel.h"
#include "ui/panels/files/filespanel.h"
#include "ui/panels/findings/findingspanel.h"
#include "ui/panels/layers/layerspanel.h"
#include "ui/panels/packages/packagespanel.h"
#include "ui/panels/path/pathpanel.h"
#include "ui/panels/preview/previewpanel.h"
#include "ui/panels/properties/propertiespanel.h"
#include "ui/panels/score/scorepanel.h"
#include "ui/panels/search/searchpanel.h"
#include "ui/panels/skipped/skippedpanel.h"
#include "ui/panels/steps/stepspanel.h"
#include "ui/panels/treemap/treemappanel.h"
#include "ui/panels/waste/wastepanel.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QTabWidget>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace cutaway {

namespace {

enum class Area { Centre, Left, Right, Bottom };

struct PanelRow
{
    const char *title;
    const char *icon;
    Area area;
    QWidget *(*make)(Document &, Selection &, QWidget *);
};

template<typename Panel>
QWidget *make(Document &document, Selection &selection, QWidget *parent)
{
    return new Panel(document, selection, parent);
}

/// Every panel, one line each; docks of the right stand above one another in this order, those at
/// the bottom, which are the audit's, one behind the other.
constexpr PanelRow kPanels[] = {
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Layers"), "layers", Area::Left, make<LayersPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Files"), "directory", Area::Centre, make<FilesPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Treemap"),
     "treemap",
     Area::Centre,
     make<TreemapPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Waste"), "waste", Area::Centre, make<WastePanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Packages"),
     "package",
     Area::Centre,
     make<PackagesPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Build steps"),
     "steps",
     Area::Centre,
     make<StepsPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Search"), "search", Area::Centre, make<SearchPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Contract"),
     "image",
     Area::Right,
     make<ContractPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Selected path"),
     "file",
     Area::Right,
     make<PathPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Findings"),
     "finding",
     Area::Bottom,
     make<FindingsPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Preview"), "file", Area::Bottom, make<PreviewPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Grade"), "grade", Area::Bottom, make<ScorePanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Properties"),
     "container",
     Area::Bottom,
     make<PropertiesPanel>},
    {QT_TRANSLATE_NOOP("cutaway::Workspace", "Not asked"),
     "unknown",
     Area::Bottom,
     make<SkippedPanel>},
};

/// Raise it when docks come or go: an older layout would hide the new one.
constexpr int kLayoutVersion = 3;
const QString kLayout = QStringLiteral("docks");
const QString kTab = QStringLiteral("tab");

Qt::DockWidgetArea dockArea(Area area)
{
    switch (area) {
    case Area::Right: return Qt::RightDockWidgetArea;
    case Area::Bottom: return Qt::BottomDockWidgetArea;
    case Area::Centre:
    case Area::Left: break;
    }
    return Qt::LeftDockWidgetArea;
}

} // namespace

Workspace::Workspace(Document &document, Selection &selection, QWidget *parent)
    : QMainWindow(parent)
    , m_tabs(new QTabWidget(this))
{
    setWindowFlags(Qt::Widget); // a main window makes itself a top-level one
    setObjectName(QStringLiteral("workspace"));
    setContextMenuPolicy(Qt::NoContextMenu);
    setDockOptions(AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    // The sides keep the whole height: layers and contract are read from top to bottom.
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setDocumentMode(true);
    setCentralWidget(m_tabs);

    for (const PanelRow &row : kPanels) {
        QWidget *panel = row.make(document, selection, this);
        if (row.area == Area::Centre) {
            m_tabs->addTab(panel, icon(QLatin1String(row.icon)), tr(row.title));
            continue;
        }
        auto *dock = new QDockWidget(tr(row.title), this);
        dock->setObjectName(panel->objectName() + QStringLiteral("Dock"));
        dock->setWidget(panel);
        addDockWidget(dockArea(row.area), dock);
        m_docks.append(dock);
        if (row.area == Area::Bottom) {
            connect(dock, &QDockWidget::visibilityChanged, this, &Workspace::dropDoubleTitles);
            connect(dock, &QDockWidget::topLevelChanged, this, &Workspace::dropDoubleTitles);
        }
    }
}

/// A dock that has a tab needs no title as well.
void Workspace::dropDoubleTitles()
{
    for (QDockWidget *dock : std::as_const(m_docks)) {
        const QList<QDockWidget *> others = tabifiedDockWidgets(dock);
        const bool hasTab =
            !dock->isFloating() && std::ranges::any_of(others, [](const QDockWidget *other) {
                return !other->isHidden();
            });
        QWidget *own = dock->titleBarWidget();
        if (hasTab && own == nullptr) {
            dock->setTitleBarWidget(new QWidget(dock));
        } else if (!hasTab && own != nullptr) {
            dock->setTitleBarWidget(nullptr);
            own->deleteLater();
        }
    }
}

void Workspace::addDockToggles(QMenu &menu) const
{
    for (const QDockWidget *dock : m_docks) {
        QAction *toggle = dock->toggleViewAction();
        toggle->setToolTip(tr("Show or hide the panel “%1”").arg(dock->windowTitle()));
        toggle->setStatusTip(toggle->toolTip());
        menu.addAction(toggle);
    }
}

void Workspace::showPanel(const QString &panelName)
{
    if (auto *panel = m_tabs->findChild<QWidget *>(panelName)) {
        m_tabs->setCurrentWidget(panel);
        panel->setFocus();
        return;
    }
    auto *dock = findChild<QDockWidget *>(panelName + QStringLiteral("Dock"));
    if (dock != nullptr) {
        dock->show();
        dock->raise();
        dock->widget()->setFocus();
    }
}

void Workspace::focusFilter()
{
    const auto filterOf = [](const QWidget *panel) {
        return panel->findChild<QLineEdit *>(QStringLiteral("filter"));
    };
    QLineEdit *filter = nullptr;
    for (const QWidget *at = QApplication::focusWidget(); at != nullptr && filter == nullptr;
         at = at->parentWidget()) {
        if (at == m_tabs || at == this) {
            break;
        }
        filter = filterOf(at);
    }
    if (filter == nullptr) {
        filter = filterOf(m_tabs->currentWidget());
    }
    if (filter != nullptr) {
        filter->setFocus(Qt::ShortcutFocusReason);
        filter->selectAll();
    }
}

void Workspace::arrange()
{
    QDockWidget *before = nullptr;
    Area areaBefore = Area::Centre;
    std::size_t next = 0;
    for (const PanelRow &row : kPanels) {
        if (row.area == Area::Centre) {
            continue;
        }
        QDockWidget *dock = m_docks[static_cast<qsizetype>(next++)];
        dock->setFloating(false);
        addDockWidget(dockArea(row.area), dock);
        if (before != nullptr && row.area == areaBefore) {
            if (row.area == Area::Bottom) {
                tabifyDockWidget(before, dock);
            } else {
                splitDockWidget(before, dock, Qt::Vertical);
            }
        }
        dock->show();
        before = dock;
        areaBefore = row.area;
    }
    if (auto *findings = findChild<QDockWidget *>(QStringLiteral("findingsPanelDock"))) {
        findings->raise();
    }
    // By the width of the text, so that they fit at any scale.
    const int letter = fontMetrics().averageCharWidth();
    const int line = fontMetrics().height();
    const auto share = [this](Qt::Orientation orientation,
                              std::initializer_list<std::pair<const char *, int>> sizes) {
        QList<QDockWidget *> docks;
        QList<int> wanted;
        for (const auto &[name, size] : sizes) {
            if (auto *dock = findChild<QDockWidget *>(QLatin1String(name))) {
                docks.append(dock);
                wanted.append(size);
            }
        }
        resizeDocks(docks, wanted, orientation);
    };
    share(Qt::Horizontal, {{"layersPanelDock", letter * 52}, {"contractPanelDock", letter * 48}});
    share(Qt::Vertical, {{"contractPanelDock", line * 26}, {"pathPanelDock", line * 16}});
    share(Qt::Vertical, {{"findingsPanelDock", line * 17}});
}

void Workspace::resetLayout()
{
    arrange();
    m_tabs->setCurrentIndex(0);
}

void Workspace::saveLayout() const
{
    if (m_isArranged) {
        settings::setState(kLayout, saveState(kLayoutVersion));
        settings::setState(kTab, QByteArray::number(m_tabs->currentIndex()));
    }
}

void Workspace::restoreLayout()
{
    if (!restoreState(settings::state(kLayout), kLayoutVersion)) {
        arrange();
    }
    m_tabs->setCurrentIndex(settings::state(kTab).toInt());
}

void Workspace::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!m_isArranged) {
        m_isArranged = true; // sizes can be shared out only once there is a size
        restoreLayout();
    }
}

} // namespace cutaway
