// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
// What the actions of the window do.
#include "core/audit/policy/policy.h"
#include "ui/delegates/copying.h"
#include "ui/dialogs/commandpalette.h"
#include "ui/dialogs/diffdialog.h"
#include "ui/dialogs/shortcutsdialog.h"
#include "ui/dialogs/suppressdialog.h"
#include "ui/dialogs/whatifdialog.h"
#include "ui/mainwindow/addressbar.h"
#include "ui/mainwindow/exporting.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/workspace.h"
#include "ui/models/pathversions.h"
#include "ui/models/text.h"
#include "ui/panels/compare/comparepanel.h"
#include "ui/panels/files/filespanel.h"
#include "ui/panels/findings/findingspanel.h"
#include "ui/panels/packages/packagespanel.h"
#include "ui/panels/path/pathpanel.h"
#include "ui/panels/preview/previewpanel.h"
#include "ui/panels/search/searchpanel.h"
#include "ui/panels/treemap/treemappanel.h"
#include "ui/settings/settings.h"
#include "ui/strata/strataview.h"
#include "ui/theme/icons.h"
#include "ui/theme/scheme.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>
#include <QToolButton>
#include <QWhatsThis>

#include <algorithm>
#include <array>
#include <utility>

namespace cutaway {

namespace {

constexpr std::array<std::pair<ActionId, const char *>, 8> kPanels = {{
    {ActionId::ShowFiles, "filesPanel"},
    {ActionId::ShowTreemap, "treemapPanel"},
    {ActionId::ShowWaste, "wastePanel"},
    {ActionId::ShowPackages, "packagesPanel"},
    {ActionId::ShowSteps, "stepsPanel"},
    {ActionId::ShowScore, "scorePanel"},
    {ActionId::ShowProperties, "propertiesPanel"},
    {ActionId::ShowSkipped, "skippedPanel"},
}};

} // namespace

void MainWindow::buildColours()
{
    struct Choice
    {
        settings::Appearance appearance;
        QString text;
        QString tip;
    };
    const Choice choices[] = {
        {settings::Appearance::System, tr("As the &system"), tr("Colours of the desktop")},
        {settings::Appearance::Light, tr("&Light"), tr("Dark text on light ground")},
        {settings::Appearance::Dark, tr("&Dark"), tr("Light text on dark ground")},
    };
    auto *group = new QActionGroup(this);
    for (const Choice &choice : choices) {
        QAction *action = m_menus.colours->addAction(choice.text);
        action->setCheckable(true);
        action->setChecked(choice.appearance == settings::appearance());
        action->setToolTip(choice.tip);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [appearance = choice.appearance] {
            settings::setAppearance(appearance);
            applyAppearance();
        });
    }
}

void applyAppearance()
{
    switch (settings::appearance()) {
    case settings::Appearance::System: theme::applyScheme(theme::Scheme::System); break;
    case settings::Appearance::Light: theme::applyScheme(theme::Scheme::Light); break;
    case settings::Appearance::Dark: theme::applyScheme(theme::Scheme::Dark); break;
    }
}

void MainWindow::connectActions()
{
    const auto on = [this](ActionId id, auto what) {
        connect(&m_actions[id], &QAction::triggered, this, what);
    };
    on(ActionId::OpenFile, &MainWindow::openFile);
    on(ActionId::OpenDirectory, &MainWindow::openDirectory);
    on(ActionId::OpenEngine, &MainWindow::openEngine);
    on(ActionId::OpenSample, [this] { open(settings::sampleImagePath()); });
    on(ActionId::Reload, [this] { readAgain(m_selection.place()); });
    on(ActionId::Compare, [this] { askForComparison(); });
    on(ActionId::Close, [this] {
        m_job.cancel();
        m_selection.reset();
        m_document.clear();
    });
    on(ActionId::ExportText, [this] { exportAs(ExportKind::Text); });
    on(ActionId::ExportJson, [this] { exportAs(ExportKind::Json); });
    on(ActionId::ExportAudit, [this] { exportAs(ExportKind::Audit); });
    on(ActionId::ExportPackages, [this] { exportAs(ExportKind::Packages); });
    on(ActionId::ExportDockerfile, [this] { exportAs(ExportKind::Dockerfile); });
    on(ActionId::ExportStrata, [this] { exportAs(ExportKind::Strata); });
    on(ActionId::ExportTreemap, [this] { exportAs(ExportKind::Treemap); });
    on(ActionId::Quit, &MainWindow::close);
    on(ActionId::Copy, &MainWindow::copy);
    on(ActionId::CopyLink, &MainWindow::copyLink);
    on(ActionId::Find,
       [this] { m_isComparing ? m_compare->focusFilter() : m_workspace->focusFilter(); });
    on(ActionId::FindAnything, [this] { findAnything(); });
    on(ActionId::WhatIf, [this] {
        auto *dialog = new WhatIfDialog(m_document.inspection(), m_selection.place().path, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
    on(ActionId::AddressBar, [this] {
        m_address->setFocus(Qt::ShortcutFocusReason);
        m_address->selectAll();
    });
    on(ActionId::Back, [this] { m_selection.back(); });
    on(ActionId::Forward, [this] { m_selection.forward(); });
    on(ActionId::LayerAbove, [this] { stepLayer(1); });
    on(ActionId::LayerBelow, [this] { stepLayer(-1); });
    on(ActionId::NoSelection, [this] { m_selection.setPlace({}); });
    for (const auto &[id, panel] : kPanels) {
        on(id, [this, panel] { m_workspace->showPanel(QLatin1String(panel)); });
    }
    connectFindings();
    connectLooking();
    connectExtracting();
    m_actions[ActionId::FullScreen].setCheckable(true);
    on(ActionId::FullScreen, [this](bool full) { full ? showFullScreen() : showNormal(); });
    on(ActionId::ResetLayout, [this] { m_workspace->resetLayout(); });
    on(ActionId::WhatsThis, [] { QWhatsThis::enterWhatsThisMode(); });
    on(ActionId::Shortcuts, [this] {
        auto *dialog = new ShortcutsDialog(commandsOf(*menuBar()), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
    on(ActionId::About, &MainWindow::about);
    m_actions[ActionId::OpenSample].setEnabled(!settings::sampleImagePath().isEmpty());
}

void MainWindow::connectFindings()
{
    connect(m_workspace->findChild<PackagesPanel *>(), &PackagesPanel::filesWanted, this, [this] {
        m_actions[ActionId::ShowFiles].trigger();
    });
    auto *panel = m_workspace->findChild<FindingsPanel *>();
    const auto on = [this, panel](ActionId id, auto what) {
        connect(&m_actions[id], &QAction::triggered, panel, what);
    };
    on(ActionId::ShowFindings, [this] { m_workspace->showPanel(QStringLiteral("findingsPanel")); });
    on(ActionId::NextFinding, [panel] { panel->step(1); });
    on(ActionId::PreviousFinding, [panel] { panel->step(-1); });
    on(ActionId::CopyFix, [panel] { panel->copyFix(); });
    on(ActionId::RevealValue, [panel] { panel->toggleReveal(); });
    on(ActionId::Suppress, [this] { suppress(); });
    connect(panel, &FindingsPanel::suppressWanted, this, &MainWindow::suppress);
    connect(panel, &FindingsPanel::fixCopied, this, [this] {
        statusBar()->showMessage(tr("The fix was copied"), 2000);
    });
    connect(panel, &FindingsPanel::chosenChanged, this, &MainWindow::updateActions);
}

void MainWindow::connectLooking()
{
    connect(&m_actions[ActionId::ShowPreview], &QAction::triggered, this, [this] {
        m_workspace->showPanel(QStringLiteral("previewPanel"));
    });
    connect(&m_actions[ActionId::CompareVersions],
            &QAction::triggered,
            this,
            &MainWindow::compareVersions);
    connect(m_workspace->findChild<PreviewPanel *>(),
            &PreviewPanel::versionsWanted,
            this,
            &MainWindow::compareVersions);
    const auto *path = m_workspace->findChild<PathPanel *>();
    connect(path, &PathPanel::versionsWanted, this, &MainWindow::compareVersions);
    connect(path, &PathPanel::previewWanted, &m_actions[ActionId::ShowPreview], &QAction::trigger);
    connect(m_workspace->findChild<FilesPanel *>(),
            &FilesPanel::previewWanted,
            &m_actions[ActionId::ShowPreview],
            &QAction::trigger);
    connect(m_workspace->findChild<FilesPanel *>(),
            &FilesPanel::extractWanted,
            this,
            &MainWindow::extract);
    connect(path, &PathPanel::extractWanted, &m_actions[ActionId::ExtractPath], &QAction::trigger);
    connect(&m_actions[ActionId::ShowSearch], &QAction::triggered, this, [this] {
        m_workspace->showPanel(QStringLiteral("searchPanel"));
    });
    connect(m_workspace->findChild<SearchPanel *>(),
            &SearchPanel::previewWanted,
            &m_actions[ActionId::ShowPreview],
            &QAction::trigger);
    connect(&m_selection, &Selection::placeChanged, this, &MainWindow::updateActions);
}

/// The chosen file's version and the one before it, each to be changed for another.
void MainWindow::compareVersions()
{
    const Place &place = m_selection.place();
    if (!m_document.inspection() || !m_document.source() || place.path.isEmpty()) {
        return;
    }
    const PathTree &tree = *m_document.inspection()->image->tree;
    const NodeId node = tree.find(viewOf(place.path));
    if (node == kNone || versionsOf(tree, node).size() < 2) {
        return;
    }
    auto *dialog =
        new DiffDialog(m_document.inspected(), node, entryAtPlace(tree, node, place.layer), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_document, &Document::inspectionChanged, dialog, &QWidget::close);
    dialog->show();
}

void MainWindow::readAgain(const Place &place)
{
    OpenRequest request = m_job.request();
    request.place = place;
    open(request);
}

void MainWindow::suppress()
{
    const Finding *finding = m_workspace->findChild<FindingsPanel *>()->suppressible();
    if (finding == nullptr) {
        return;
    }
    const QString file = QFile::decodeName(policyFileToWrite(m_job.policySearch()).c_str());
    auto *dialog =
        new SuppressDialog(*finding, QDir::cleanPath(QFileInfo(file).absoluteFilePath()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, written = dialog->file()] {
        Place place = m_selection.place();
        place.finding.clear(); // it is out of the list
        readAgain(place);
        statusBar()->showMessage(tr("Written to %1; the list's filter can show what is suppressed")
                                     .arg(shown(QFile::encodeName(written).toStdString())),
                                 8000);
    });
    dialog->open();
}

void MainWindow::updateActions()
{
    const bool isReady = m_document.inspection() != nullptr;
    const bool isOpen = m_document.state() != Document::State::Empty;
    for (const ActionId id : {ActionId::ExportText,
                              ActionId::ExportJson,
                              ActionId::ExportAudit,
                              ActionId::ExportPackages,
                              ActionId::ExportDockerfile,
                              ActionId::ExportStrata,
                              ActionId::ExportTreemap,
                              ActionId::CopyLink,
                              ActionId::WhatIf}) {
        m_actions[id].setEnabled(isReady);
    }
    const auto *findings = m_workspace->findChild<FindingsPanel *>();
    m_actions[ActionId::NextFinding].setEnabled(isReady);
    m_actions[ActionId::PreviousFinding].setEnabled(isReady);
    m_actions[ActionId::CopyFix].setEnabled(findings->canCopyFix());
    m_actions[ActionId::RevealValue].setEnabled(findings->canReveal());
    m_actions[ActionId::Suppress].setEnabled(findings->suppressible() != nullptr);
    m_actions[ActionId::ExtractRoot].setEnabled(isReady);
    m_actions[ActionId::ExtractPath].setEnabled(isReady && !m_selection.place().path.isEmpty());
    const PathTree *tree = isReady ? m_document.inspection()->image->tree.get() : nullptr;
    const NodeId node = tree == nullptr ? kNone : tree->find(viewOf(m_selection.place().path));
    m_actions[ActionId::CompareVersions].setEnabled(node != kNone
                                                    && versionsOf(*tree, node).size() > 1);
    m_export->setEnabled(isReady);
    m_menus.exports->setEnabled(isReady);
    const bool hasImage = m_document.image() != nullptr;
    const std::size_t layers = hasImage ? m_document.image()->layers.size() : 0;
    const std::optional<LayerIndex> layer = m_selection.place().layer;
    m_actions[ActionId::LayerAbove].setEnabled(layers > 0 && (!layer || *layer + 1U < layers));
    m_actions[ActionId::LayerBelow].setEnabled(layers > 0 && (!layer || *layer > 0));
    m_actions[ActionId::NoSelection].setEnabled(isReady && m_selection.place() != Place{});
    m_actions[ActionId::Reload].setEnabled(isOpen);
    m_actions[ActionId::Compare].setEnabled(isReady);
    m_actions[ActionId::ShowComparison].setEnabled(m_compare->comparison() != nullptr);
    m_actions[ActionId::Close].setEnabled(isOpen);
    m_actions[ActionId::Back].setEnabled(m_selection.canGoBack());
    m_actions[ActionId::Forward].setEnabled(m_selection.canGoForward());
    for (const ActionId id : {ActionId::Find,
                              ActionId::ShowFiles,
                              ActionId::ShowTreemap,
                              ActionId::ShowWaste,
                              ActionId::ShowPackages,
                              ActionId::ShowSteps,
                              ActionId::ShowSearch,
                              ActionId::ShowPreview,
                              ActionId::ShowScore,
                              ActionId::ShowProperties,
                              ActionId::ShowSkipped,
                              ActionId::ShowFindings,
                              ActionId::ResetLayout}) {
        m_actions[id].setEnabled(hasImage || m_document.isUnfinished());
    }
}

void MainWindow::stepLayer(int by)
{
    const ImagePtr image = m_document.image();
    if (!image || image->layers.empty()) {
        return;
    }
    const int last = static_cast<int>(image->layers.size()) - 1;
    const std::optional<LayerIndex> layer = m_selection.place().layer;
    const int next = layer ? *layer + by : (by > 0 ? 0 : last);
    m_selection.selectLayer(static_cast<LayerIndex>(std::clamp(next, 0, last)));
}

void MainWindow::copy()
{
    if (copySelection(QApplication::focusWidget())) {
        statusBar()->showMessage(tr("Copied"), 2000);
    }
}

void MainWindow::copyLink()
{
    const QUrl link = m_selection.place().toUrl(m_document.reference());
    QApplication::clipboard()->setText(QString::fromLatin1(link.toEncoded()));
    statusBar()->showMessage(tr("The link was copied"), 4000);
}

void MainWindow::findAnything()
{
    // Of an image that is still being read there are no paths yet.
    const InspectionPtr inspection = m_document.inspection();
    auto *palette = new CommandPalette(
        commandsOf(*menuBar()), inspection != nullptr ? inspection->image : nullptr, this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    connect(palette, &CommandPalette::pathChosen, this, [this](const QByteArray &path) {
        m_actions[ActionId::ShowFiles].trigger();
        goToPath(path);
    });
    palette->open();
}

/// Of a path that is gone: to the layer that still had it.
void MainWindow::goToPath(const QByteArray &path)
{
    const PathTree &tree = *m_document.inspection()->image->tree;
    const NodeId node = tree.find(viewOf(path));
    const EntryId last = node == kNone ? kNone : tree.lastEntry(node);
    if (last == kNone || tree.finalEntry(node) != kNone) {
        m_selection.selectPath(path);
    } else {
        m_selection.setPlace(
            {.path = path, .layer = tree.entry(last).layer, .view = ViewSpec::Kind::At});
    }
}

void MainWindow::exportAs(ExportKind kind)
{
    const InspectionPtr inspection = m_document.inspection();
    if (!inspection) {
        return;
    }
    QFileDialog dialog(this, tr("Export"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setNameFilters(exportFilters(kind));
    dialog.selectFile(exportName(kind, m_document.reference()));
    // The name follows the format, so that the dialog asks before another file is written over.
    connect(&dialog, &QFileDialog::filterSelected, &dialog, [&](const QString &filter) {
        if (const QStringList files = dialog.selectedFiles(); !files.isEmpty()) {
            dialog.selectFile(exportPath(kind, files.constFirst(), filter));
        }
    });
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) {
        return;
    }
    const QString path = dialog.selectedFiles().constFirst();
    if (kind == ExportKind::Treemap) {
        const bool asSvg = path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive);
        findChild<TreemapPanel *>()->makePicture(asSvg, [this, path](const QByteArray &bytes) {
            tellExport(path, saveFile(path, bytes));
        });
        return;
    }
    const auto *strata = findChild<StrataView *>(QStringLiteral("strata"));
    tellExport(path, writeExport(kind, *inspection, strata, path));
}

void MainWindow::tellExport(const QString &path, const Result<> &written)
{
    if (written) {
        statusBar()->showMessage(tr("Saved %1").arg(shown(path.toStdString())), 6000);
    } else {
        statusBar()->showMessage(
            tr("%1 could not be saved: %2")
                .arg(shown(path.toStdString()), shown(written.error().message)),
            15000);
    }
}

void MainWindow::about()
{
    QMessageBox box(this);
    box.setWindowTitle(tr("About Cutaway"));
    box.setIconPixmap(logoIcon().pixmap(48, 48));
    box.setTextFormat(Qt::PlainText);
    box.setText(QStringLiteral("Cutaway %1").arg(QStringLiteral(CUTAWAY_VERSION)));
    box.setInformativeText(
        tr("Reads container images without an engine, works out what they weigh and "
           "why, and shows it in one window.\n\nLicensed under the Apache License 2.0. "
           "Made with Qt %1, libarchive, ISA-L, zstd, OpenSSL, xxHash and "
           "nlohmann/json.")
            .arg(QLatin1String(qVersion())));
    box.exec();
}

} // namespace cutaway
