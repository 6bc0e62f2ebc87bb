// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/actions/actions.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/jobs/background.h"
#include "ui/jobs/comparejob.h"
#include "ui/jobs/inspectjob.h"
#include "ui/jobs/registryasking.h"
#include "ui/mainwindow/menus.h"

#include <QMainWindow>

#include <optional>

class QStackedWidget;
class QToolBar;
class QToolButton;

namespace cutaway {

class AddressBar;
class ComparePanel;
class ExtractJob;
class ProblemPage;
class RegistryDialog;
class StatusLine;
class WelcomePage;
class Workspace;
enum class ExportKind;

/// Gives the application the colours that a person chose.
void applyAppearance();

/// The frame: toolbar, menus, status line, and in the middle the start page, the panels or a
/// problem.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens what a person typed: a reference, or a `cutaway:` link.
    void open(const QString &text);
    void open(const OpenRequest &request);
    void setCache(AnalysisCachePtr cache);
    void setBlobs(BlobCachePtr blobs);
    /// Holds that image against the open one.
    void compareWith(const OpenRequest &request);

    Document &document() { return m_document; }
    Selection &selection() { return m_selection; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildToolBar();
    void buildColours();
    void connectActions();
    void connectFindings();
    void readAgain(const Place &place);
    void suppress();
    void connectLooking();
    void compareVersions();
    void connectExtracting();
    void extract(const QByteArray &path);
    void connectComparison();
    void compareContents(const QByteArray &path);
    void askForComparison();
    void showComparisonProblem(const InspectError &error);
    void connectPages();
    void connectRegistries();
    void browseRegistries();
    void signIn(const QString &host);
    void compareNext();
    void openFile();
    void openDirectory();
    void openEngine();
    void lookForEngines();
    void showState();
    void showPlatforms();
    void showRecent();
    void updateActions();
    void stepLayer(int by);
    void copy();
    void copyLink();
    void findAnything();
    void goToPath(const QByteArray &path);
    void exportAs(ExportKind kind);
    void tellExport(const QString &path, const Result<> &written);
    void about();

    Document m_document;
    Selection m_selection;
    InspectJob m_job;
    CompareJob m_compareJob;
    ExtractJob *m_extractJob = nullptr;
    Actions m_actions;
    Menus m_menus;
    AddressBar *m_address = nullptr;
    QToolButton *m_platforms = nullptr;
    QAction *m_platformsAction = nullptr;
    QToolButton *m_export = nullptr;
    QStackedWidget *m_pages = nullptr;
    WelcomePage *m_welcome = nullptr;
    Workspace *m_workspace = nullptr;
    ProblemPage *m_problem = nullptr;
    ComparePanel *m_compare = nullptr;
    RegistryAskerPtr m_registryAsker;
    RegistryDialog *m_registries = nullptr; ///< made when it is wanted
    AnalysisCachePtr m_cache;
    BlobCachePtr m_blobs;
    std::optional<OpenRequest> m_compareNext; ///< with what is being opened
    bool m_isComparing = false;               ///< the comparison is in front, not the image
    StatusLine *m_status = nullptr;
    Background m_looking; ///< for engines
};

} // namespace cutaway
