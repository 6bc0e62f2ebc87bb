// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/compare/comparepanel.h"

#include "core/base/text.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/models/directorysizesmodel.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/panels/compare/comparedfilesview.h"
#include "ui/panels/compare/comparedstrata.h"
#include "ui/panels/compare/comparedtable.h"
#include "ui/panels/compare/verdictbox.h"
#include "ui/strata/stratapairview.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

/// What the tabs show, made away from the main thread.
struct Tables
{
    TableRows settings;
    TableRows steps;
    TableRows findings;
    TableRows packages;
    TableRows sizes;
    DirectoryOrder directories;
};

QToolButton *button(const char *name, const QString &text, const char *iconName)
{
    auto *made = new QToolButton;
    made->setObjectName(QLatin1String(name));
    made->setText(text);
    made->setIcon(icon(QLatin1String(iconName)));
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    made->setAutoRaise(true);
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}

QString nameOf(const Image &image)
{
    const std::string &name = image.tags.empty() ? image.reference : image.tags.front();
    return shown(name);
}

QString factsOf(const Inspection &inspection)
{
    const Image &image = *inspection.image;
    QStringList facts;
    if (const std::string platform = image.config.platform.text(); !platform.empty()) {
        facts << shown(platform);
    }
    facts << QString::fromStdString(formatCount(image.layers.size(), "layer", "layers"))
          << sizeText(inspection.analysis.fileBytes);
    if (inspection.score.isKnown) {
        facts << QCoreApplication::translate("cutaway::ComparePanel", "grade %1")
                     .arg(QString::fromStdString(gradeName(inspection.score)));
    }
    return facts.join(QStringLiteral(" · "));
}

} // namespace

ComparePanel::ComparePanel(QWidget *parent)
    : QWidget(parent)
    , m_verdict(new VerdictBox)
    , m_strata(new StrataPairView)
    , m_tabs(new QTabWidget)
{
    setObjectName(QStringLiteral("comparePanel"));
    buildTabs();
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setFocusProxy(m_strata);
    scroll->setWidget(m_strata);
    auto *splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("compareSplitter"));
    splitter->addWidget(scroll);
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 5);
    splitter->setChildrenCollapsible(false);
    m_page = new QWidget;
    auto *column = new QVBoxLayout(m_page);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->setSpacing(theme::kPadding);
    column->addWidget(m_verdict);
    column->addWidget(splitter, 1);
    m_stack = new QStackedWidget;
    m_state = new EmptyState(m_page);
    m_waiting = buildWaiting();
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_waiting);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHeader());
    layout->addWidget(m_stack, 1);
    connect(m_state, &EmptyState::actionActivated, this, &ComparePanel::anotherWanted);
    connect(m_strata, &StrataPairView::joinChosen, this, &ComparePanel::chooseJoin);
    clear();
}

QWidget *ComparePanel::buildHeader()
{
    auto *header = new QWidget;
    auto *line = new QHBoxLayout(header);
    line->setContentsMargins(theme::kPadding, theme::kGrid, theme::kPadding, theme::kGrid);
    line->setSpacing(theme::kGroup);
    QToolButton *back = button("compareBack", tr("Back to the image"), "back");
    back->setToolTip(tr("Leave the comparison (Esc)"));
    m_swap = button("compareSwap", tr("Swap"), "compare");
    m_swap->setToolTip(tr("Look at it the other way round: the second image as the first"));
    QToolButton *another = button("compareAnother", tr("Another image…"), "open");
    another->setToolTip(tr("Choose another image to compare with"));
    const auto label = [](const char *name) {
        auto *made = new QLabel;
        made->setObjectName(QLatin1String(name));
        made->setTextFormat(Qt::RichText);
        made->setTextInteractionFlags(Qt::TextSelectableByMouse);
        made->setMinimumWidth(1); // long names give way
        return made;
    };
    m_before = label("compareBefore");
    m_after = label("compareAfter");
    line->addWidget(back);
    line->addWidget(m_before, 1);
    line->addWidget(m_swap);
    line->addWidget(m_after, 1);
    line->addWidget(another);
    connect(back, &QToolButton::clicked, this, &ComparePanel::backWanted);
    connect(m_swap, &QToolButton::clicked, this, &ComparePanel::swapWanted);
    connect(another, &QToolButton::clicked, this, &ComparePanel::anotherWanted);
    return header;
}

QWidget *ComparePanel::buildWaiting()
{
    auto *waiting = new QWidget;
    m_waitingText = new QLabel;
    m_waitingText->setObjectName(QStringLiteral("compareStep"));
    m_waitingText->setTextFormat(Qt::PlainText);
    m_waitingText->setAlignment(Qt::AlignCenter);
    m_waitingText->setWordWrap(true);
    m_progress = new QProgressBar;
    m_progress->setObjectName(QStringLiteral("compareProgress"));
    m_progress->setAccessibleName(tr("How far the second image is read"));
    m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * 60);
    auto *cancel = new QPushButton(tr("&Cancel"));
    cancel->setObjectName(QStringLiteral("compareCancel"));
    auto *column = new QVBoxLayout(waiting);
    column->addStretch(1);
    column->addWidget(m_waitingText);
    column->addWidget(m_progress, 0, Qt::AlignHCenter);
    column->addWidget(cancel, 0, Qt::AlignHCenter);
    column->addStretch(2);
    connect(cancel, &QPushButton::clicked, this, &ComparePanel::cancelWanted);
    return waiting;
}

void ComparePanel::buildTabs()
{
    m_tabs->setObjectName(QStringLiteral("compareTabs"));
    m_tabs->setDocumentMode(true);
    m_files = new ComparedFilesView;
    m_settings = new ComparedTable(QStringLiteral("comparedSettings"),
                                   tr("Configuration and contract"),
                                   tr("Both images are configured alike and promise the same."));
    m_steps = new ComparedTable(QStringLiteral("comparedSteps"),
                                tr("Build steps"),
                                tr("Neither image says how it was built."));
    m_findings = new ComparedTable(
        QStringLiteral("comparedFindings"), tr("Findings"), tr("Neither image has findings."));
    m_packages = new ComparedTable(QStringLiteral("comparedPackages"), tr("Packages"), {});
    m_tabs->addTab(m_files, icon(QStringLiteral("directory")), tr("Files"));
    m_tabs->addTab(m_settings, icon(QStringLiteral("image")), tr("Configuration"));
    m_tabs->addTab(m_steps, icon(QStringLiteral("steps")), tr("Build steps"));
    m_tabs->addTab(m_findings, icon(QStringLiteral("finding")), tr("Findings"));
    m_tabs->addTab(m_packages, icon(QStringLiteral("package")), tr("Packages"));
    m_tabs->addTab(buildSizes(), icon(QStringLiteral("waste")), tr("Sizes"));
    connect(m_files, &ComparedFilesView::pathActivated, this, &ComparePanel::pathActivated);
    connect(m_files, &ComparedFilesView::contentsWanted, this, &ComparePanel::contentsWanted);
    connect(m_files, &ComparedFilesView::allLayersWanted, this, [this] {
        m_strata->setSelected(-1);
        chooseJoin(-1);
    });
}

QWidget *ComparePanel::buildSizes()
{
    m_sizes = new ComparedTable(QStringLiteral("comparedSizes"), tr("Sizes"), {});
    m_directories = new DirectorySizesModel(this);
    m_directoryView = new QTreeView;
    setUpView(*m_directoryView, QStringLiteral("comparedDirectories"));
    m_directoryView->setAccessibleName(tr("Bytes by directory"));
    m_directoryView->setWhatsThis(
        tr("Directories below which something differs, with the bytes that a container sees there, "
           "the biggest change first."));
    m_directoryView->setModel(m_directories);
    setColumnLetters(*m_directoryView, {0, 12, 12, 12, 10});
    m_sizes->hideFilter(); // six rows
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->addWidget(m_directoryView);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_sizes);
    splitter->addWidget(page);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 5);
    splitter->setChildrenCollapsible(false);
    connect(m_directoryView, &QTreeView::activated, this, [this](const QModelIndex &index) {
        emit pathActivated(index.data(role::Path).toByteArray());
    });
    return splitter;
}

void ComparePanel::clear()
{
    m_background.drop();
    m_comparison.reset();
    m_files->setComparison(nullptr);
    m_directories->set(nullptr, {});
    m_before->clear();
    m_after->clear();
    m_swap->setEnabled(false);
    m_stack->setCurrentWidget(m_state);
    m_state->showText(tr("What two images have in common and what not appears here."),
                      tr("Choose an image to compare with"));
}

void ComparePanel::showRunning(const QString &reference)
{
    m_swap->setEnabled(false);
    m_waitingText->setText(tr("Reading %1 …").arg(shown(reference.toStdString())));
    m_progress->setRange(0, 0);
    m_stack->setCurrentWidget(m_waiting);
}

void ComparePanel::showProgress(const Progress &progress)
{
    constexpr int kParts = 1000;
    if (!progress.step.isEmpty()) {
        m_waitingText->setText(progress.step + QStringLiteral(" …"));
    }
    m_progress->setRange(0, progress.total > 0 ? kParts : 0);
    if (progress.total > 0) {
        m_progress->setValue(
            static_cast<int>(static_cast<double>(kParts) * static_cast<double>(progress.done)
                             / static_cast<double>(progress.total)));
    }
}

void ComparePanel::showProblem(const InspectError &error)
{
    if (error.error.code == ErrorCode::Cancelled && m_comparison) {
        showComparison(m_comparison); // as it was
        return;
    }
    clear();
    m_state->showText(error.error.code == ErrorCode::Cancelled
                          ? tr("Reading was stopped.")
                          : tr("There is nothing to compare: %1").arg(shown(error.error.message)),
                      tr("Choose another image"));
}

void ComparePanel::showComparison(const ComparisonPtr &comparison)
{
    m_comparison = comparison;
    m_swap->setEnabled(true);
    fillHeader();
    m_verdict->show(*comparison);
    fillStrata();
    m_files->setComparison(comparison);
    fillTables();
    m_state->showView();
    m_stack->setCurrentWidget(m_state);
    m_files->setFocus();
}

void ComparePanel::fillHeader()
{
    const QString muted = theme::color(theme::Role::Muted, palette()).name();
    const auto fill = [&](QLabel *label, const QString &side, const Inspection &inspection) {
        const QString name = nameOf(*inspection.image);
        label->setText(QStringLiteral("<span style=\"color:%1\">%2</span> <b>%3</b><br>"
                                      "<span style=\"color:%1\">%4</span>")
                           .arg(muted,
                                side.toHtmlEscaped(),
                                name.toHtmlEscaped(),
                                factsOf(inspection).toHtmlEscaped()));
        label->setToolTip(plainToolTip(shown(inspection.image->reference) + QLatin1Char('\n')
                                       + shown(inspection.image->digest.text())));
        label->setAccessibleName(side + QLatin1Char(' ') + name);
    };
    fill(m_before, tr("Before"), *m_comparison->before);
    fill(m_after, tr("After"), *m_comparison->after);
}

void ComparePanel::fillStrata()
{
    ComparedStrata strata = comparedStrata(*m_comparison);
    m_strata->set(std::move(strata.before),
                  std::move(strata.after),
                  std::move(strata.joins),
                  static_cast<int>(m_comparison->layers.shared));
}

void ComparePanel::fillTables()
{
    m_background.run(
        [comparison = m_comparison] {
            return Tables{comparedSettings(*comparison),
                          comparedSteps(*comparison),
                          comparedFindings(*comparison),
                          comparedPackages(*comparison),
                          comparedSizes(*comparison),
                          orderDirectories(comparison->files.directories)};
        },
        [this, comparison = m_comparison](Tables tables) {
            const auto title = [this](QWidget *tab, const QString &text, std::size_t count) {
                m_tabs->setTabText(m_tabs->indexOf(tab),
                                   count == 0 ? text : tr("%1 (%2)").arg(text, numberText(count)));
            };
            const auto others = std::ranges::count_if(
                comparison->steps, [](const StepPair &pair) { return !pair.isSame(); });
            const std::size_t turns = comparison->count(FindingPair::Kind::New)
                                      + comparison->count(FindingPair::Kind::Fixed)
                                      + comparison->count(FindingPair::Kind::Changed);
            title(m_settings, tr("Configuration"), tables.settings.rows.size());
            title(m_steps, tr("Build steps"), static_cast<std::size_t>(others));
            title(m_findings, tr("Findings"), turns);
            title(m_packages, tr("Packages"), tables.packages.rows.size());
            m_packages->setEmptyText(
                !comparison->packages.isKnown
                    ? tr("Not both images could be searched for packages.")
                    : tr("Both images have the same packages in the same versions."));
            m_settings->setTable(std::move(tables.settings), {3, 30, 0, 0});
            m_steps->setTable(std::move(tables.steps), {3, 8, 8, 0});
            m_findings->setTable(std::move(tables.findings), {13, 14, 32, 0});
            m_packages->setTable(std::move(tables.packages), {14, 0, 10, 24, 24, 12});
            m_sizes->setTable(std::move(tables.sizes), {0, 12, 12, 12});
            m_directories->set(comparison, std::move(tables.directories));
            m_directoryView->expandToDepth(0);
        });
}

void ComparePanel::chooseJoin(int join)
{
    QString name;
    if (join >= 0 && m_comparison) {
        const LayerPair &pair = m_comparison->layers.list[static_cast<std::size_t>(join)];
        name = pair.after ? tr("Layer %1 of the second").arg(*pair.after)
                          : tr("Layer %1 of the first").arg(*pair.before);
        m_tabs->setCurrentWidget(m_files);
    }
    m_files->setLayerPair(join, name);
}

void ComparePanel::focusFilter()
{
    auto *filter = m_tabs->currentWidget()->findChild<QLineEdit *>(QStringLiteral("filter"));
    if (filter != nullptr && filter->isVisible()) {
        filter->setFocus(Qt::ShortcutFocusReason);
        filter->selectAll();
    }
}

void ComparePanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        emit backWanted();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace cutaway
