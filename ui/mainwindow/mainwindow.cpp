// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/mainwindow.h"

#include "ui/dialogs/enginedialog.h"
#include "ui/mainwindow/addressbar.h"
#include "ui/mainwindow/problempage.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/welcomepage.h"
#include "ui/mainwindow/workspace.h"
#include "ui/models/text.h"
#include "ui/panels/compare/comparepanel.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

namespace cutaway {

namespace {

constexpr QSize kFirstSize(1280, 800);
const QString kGeometry = QStringLiteral("geometry");

/// The local path that a drag carries; empty when it is none, or several.
QString draggedPath(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_job(m_document, m_selection)
    , m_actions(this)
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(logoIcon());
    setAcceptDrops(true);
    m_pages = new QStackedWidget(this);
    m_pages->setObjectName(QStringLiteral("pages"));
    m_welcome = new WelcomePage(m_actions, m_pages);
    m_workspace = new Workspace(m_document, m_selection, m_pages);
    m_problem = new ProblemPage(m_document, m_pages);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_workspace);
    m_pages->addWidget(m_problem);
    m_compare = new ComparePanel(m_pages);
    m_pages->addWidget(m_compare);
    setCentralWidget(m_pages);

    m_menus = buildMenus(*this, m_actions, *m_workspace);
    buildColours();
    buildToolBar();
    m_status = new StatusLine(m_document, this);
    statusBar()->setObjectName(QStringLiteral("statusBar"));
    statusBar()->addPermanentWidget(m_status, 1);

    connectActions();
    connectPages();
    connectComparison();
    connectRegistries();
    showRecent();
    showState();
    lookForEngines();
    resize(kFirstSize);
    restoreGeometry(settings::state(kGeometry));
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow()
{
    qApp->removeEventFilter(this);
}

void MainWindow::buildToolBar()
{
    QToolBar *bar = addToolBar(tr("Toolbar"));
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setIconSize({theme::kIcon, theme::kIcon});
    bar->addAction(&m_actions[ActionId::Back]);
    bar->addAction(&m_actions[ActionId::Forward]);
    bar->addSeparator();

    const auto menuButton = [bar](const char *name, const QString &text, const char *iconName) {
        auto *button = new QToolButton(bar);
        button->setObjectName(QLatin1String(name));
        button->setText(text);
        button->setIcon(icon(QLatin1String(iconName)));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setPopupMode(QToolButton::InstantPopup);
        return button;
    };
    QToolButton *openButton = menuButton("openButton", tr("Open"), "open");
    openButton->setToolTip(tr("Open an image"));
    auto *openMenu = new QMenu(openButton);
    openMenu->setToolTipsVisible(true);
    openMenu->addAction(&m_actions[ActionId::OpenFile]);
    openMenu->addAction(&m_actions[ActionId::OpenDirectory]);
    openMenu->addAction(&m_actions[ActionId::BrowseRegistries]);
    openMenu->addAction(&m_actions[ActionId::OpenEngine]);
    openMenu->addAction(&m_actions[ActionId::OpenSample]);
    openMenu->addSeparator();
    openMenu->addMenu(m_menus.recent);
    openButton->setMenu(openMenu);
    bar->addWidget(openButton);

    m_address = new AddressBar(bar);
    bar->addWidget(m_address);
    m_platforms = menuButton("platformButton", tr("Platform"), "platform");
    m_platforms->setToolTip(tr("The image is there for several platforms: choose one"));
    m_platforms->setMenu(new QMenu(m_platforms));
    m_platformsAction = bar->addWidget(m_platforms);
    m_platformsAction->setVisible(false);
    m_actions[ActionId::Compare].setIconText(tr("Compare"));
    bar->addAction(&m_actions[ActionId::Compare]);
    if (auto *compare =
            qobject_cast<QToolButton *>(bar->widgetForAction(&m_actions[ActionId::Compare]))) {
        compare->setObjectName(QStringLiteral("compareButton"));
        compare->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    m_export = menuButton("exportButton", tr("Export"), "export");
    m_export->setToolTip(tr("Save what is known of the image"));
    m_export->setMenu(m_menus.exports);
    bar->addWidget(m_export);
}

void MainWindow::connectPages()
{
    const auto openText = [this](const QString &text) { open(text); };
    connect(m_address, &AddressBar::openRequested, this, openText);
    connect(m_welcome, &WelcomePage::openRequested, this, openText);
    connect(m_status, &StatusLine::cancelRequested, &m_job, &InspectJob::cancel);
    connect(
        m_status, &StatusLine::continueRequested, this, [this] { readAgain(m_selection.place()); });
    // The bar's own place for messages is what the line leaves over: nothing.
    connect(statusBar(), &QStatusBar::messageChanged, m_status, &StatusLine::showMessage);
    connect(m_status, &StatusLine::gradeChosen, this, [this] {
        m_actions[ActionId::ShowScore].trigger();
    });
    connect(m_problem, &ProblemPage::retryRequested, this, [this] { open(m_job.request()); });
    connect(m_problem, &ProblemPage::openFileRequested, this, &MainWindow::openFile);
    connect(m_problem, &ProblemPage::closeRequested, &m_document, &Document::clear);
    connect(m_problem, &ProblemPage::imageChosen, this, [this](const QString &image) {
        OpenRequest request = m_job.request();
        request.image = image;
        open(request);
    });
    connect(&m_document, &Document::stateChanged, this, &MainWindow::showState);
    connect(&m_document, &Document::imageChanged, this, &MainWindow::showPlatforms);
    connect(&m_selection, &Selection::historyChanged, this, &MainWindow::updateActions);
    connect(m_menus.recent, &QMenu::triggered, this, [this](const QAction *action) {
        if (action->data().isValid()) {
            open(action->data().toString());
        } else {
            settings::clearRecent();
            showRecent();
        }
    });
}

void MainWindow::open(const QString &text)
{
    const std::optional<Link> link = parseLink(text);
    if (!link) {
        open(OpenRequest{.reference = text, .image = {}, .platform = {}, .place = {}});
        return;
    }
    const bool isElsewhere = !link->image.isEmpty() && link->image != m_document.reference();
    if (!isElsewhere && m_document.inspection()) {
        m_selection.setPlace(link->place);
        m_address->setModified(false);
        m_address->setReference(m_document.reference());
    } else if (!link->image.isEmpty()) {
        open(OpenRequest{
            .reference = link->image, .image = {}, .platform = {}, .place = link->place});
    } else {
        statusBar()->showMessage(tr("This link names no image: open the image first"), 8000);
    }
}

void MainWindow::open(const OpenRequest &request)
{
    statusBar()->clearMessage();
    m_compareNext.reset();
    m_address->setModified(false);
    OpenRequest limited = request;
    QStringList problems;
    limited.limits = settings::limits(&problems);
    m_job.open(limited);
    if (!problems.isEmpty()) {
        statusBar()->showMessage(problems.join(QLatin1Char(' ')));
    }
}

void MainWindow::openFile()
{
    const QString path = QFileDialog::getOpenFileName(this,
                                                      tr("Open an image archive"),
                                                      QFileInfo(m_document.reference()).path(),
                                                      tr("All files (*)"));
    if (!path.isEmpty()) {
        open(path);
    }
}

void MainWindow::openDirectory()
{
    const QString path = QFileDialog::getExistingDirectory(
        this, tr("Open an OCI layout, dir: or root file system"), m_document.reference());
    if (!path.isEmpty()) {
        open(path);
    }
}

void MainWindow::lookForEngines()
{
    m_looking.run(
        [search = EngineSearch::ofEnvironment()] {
            return findEngine(EngineKind::Docker, search) || findEngine(EngineKind::Podman, search);
        },
        [this](bool isThere) { m_welcome->setEngine(isThere); });
}

void MainWindow::openEngine()
{
    EngineDialog dialog(EngineSearch::ofEnvironment(), this);
    if (dialog.exec() == QDialog::Accepted && !dialog.reference().isEmpty()) {
        open(dialog.reference());
    }
}

void MainWindow::showState()
{
    const Document::State state = m_document.state();
    // Another image, or the same read again: what was compared is not what is open.
    m_compareJob.drop();
    m_compare->clear();
    m_isComparing = false;
    switch (state) {
    case Document::State::Empty: m_pages->setCurrentWidget(m_welcome); break;
    case Document::State::Failed: m_pages->setCurrentWidget(m_problem); break;
    case Document::State::Loading:
    case Document::State::Stopped:
    case Document::State::Ready: m_pages->setCurrentWidget(m_workspace); break;
    }
    m_address->setReference(m_document.reference());
    QString title = QStringLiteral("Cutaway");
    if (!m_document.reference().isEmpty()) {
        const QString name = QFileInfo(m_document.reference()).fileName();
        title = shown((name.isEmpty() ? m_document.reference() : name).toStdString())
                + QStringLiteral(" – ") + title;
    }
    setWindowTitle(title);
    if (state == Document::State::Ready) {
        settings::addRecent(m_document.reference());
        showRecent();
    }
    updateActions();
    compareNext();
}

void MainWindow::showPlatforms()
{
    QMenu *menu = m_platforms->menu();
    menu->clear();
    const ImagePtr image = m_document.image();
    const bool hasChoice = image && !image->platforms.empty();
    m_platformsAction->setVisible(hasChoice);
    if (!hasChoice) {
        return;
    }
    const Platform current = image->config.platform;
    m_platforms->setText(shown(current.text()));
    std::vector<PlatformEntry> entries = image->platforms; // the others
    entries.push_back({current, image->digest, true});
    std::ranges::sort(
        entries, {}, [](const PlatformEntry &entry) { return entry.platform.text(); });
    for (const PlatformEntry &entry : entries) {
        const bool isHost = entry.platform.answers(Platform::host());
        QString text = shown(entry.platform.text());
        QAction *action = menu->addAction(isHost ? tr("%1 (this computer)").arg(text) : text);
        action->setCheckable(true);
        action->setChecked(entry.digest == image->digest);
        action->setEnabled(entry.present);
        if (!entry.present) {
            action->setText(tr("%1 (not in this archive)").arg(action->text()));
        }
        connect(action, &QAction::triggered, this, [this, platform = entry.platform] {
            OpenRequest request = m_job.request();
            request.image.clear();
            request.platform = platform;
            request.place = {};
            open(request);
        });
    }
}

void MainWindow::showRecent()
{
    const QStringList references = settings::recent();
    m_menus.recent->clear();
    for (const QString &reference : references) {
        QString text = shown(reference.toStdString());
        QAction *action =
            m_menus.recent->addAction(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setData(reference);
        action->setToolTip(plainToolTip(reference));
    }
    m_menus.recent->setEnabled(!references.isEmpty());
    if (!references.isEmpty()) {
        m_menus.recent->addSeparator();
        m_menus.recent->addAction(tr("&Forget all"))->setToolTip(tr("Empty this list"));
    }
    m_welcome->setRecent(references);
    m_address->setHistory(references);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    settings::setState(kGeometry, saveGeometry());
    m_workspace->saveLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!draggedPath(*event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = draggedPath(*event->mimeData());
    if (!path.isEmpty()) {
        event->acceptProposedAction();
        open(path);
    }
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // The mouse's own back and forward buttons, over whatever panel.
    if (event->type() == QEvent::MouseButtonPress) {
        const Qt::MouseButton button = static_cast<QMouseEvent *>(event)->button();
        if (button == Qt::BackButton || button == Qt::ForwardButton) {
            button == Qt::BackButton ? m_selection.back() : m_selection.forward();
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace cutaway
