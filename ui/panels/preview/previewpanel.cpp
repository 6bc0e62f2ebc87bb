// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/preview/previewpanel.h"

#include "core/audit/reveal.h"
#include "core/tree/resolve.h"
#include "ui/delegates/emptystate.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/jobs/previewjob.h"
#include "ui/models/pathversions.h"
#include "ui/models/text.h"
#include "ui/panels/preview/previewpages.h"
#include "ui/panels/preview/previewwords.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

constexpr int kPause = 60;         ///< ms: keys held down in a tree read nothing on their way
constexpr int kPatience = 300;     ///< ms before it is told that something is being read
constexpr quint64 kMoreFactor = 8; ///< of what was shown before, when more is asked for

} // namespace

PreviewPanel::PreviewPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_job(new PreviewJob(this))
    , m_pages(new PreviewPages)
    , m_versions(new QComboBox)
    , m_compare(new QToolButton)
    , m_more(new QToolButton)
    , m_words(new QLabel)
{
    setObjectName(QStringLiteral("previewPanel"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    m_header = buildHeader();
    m_footer = buildFooter();
    m_state = new EmptyState(m_pages);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kPadding, theme::kGrid, theme::kPadding, theme::kGrid);
    layout->setSpacing(theme::kGrid);
    layout->addWidget(m_header);
    layout->addWidget(m_state, 1);
    layout->addWidget(m_footer);
    setFocusProxy(m_pages);
    connectAll();
    showPlace();
}

PreviewPanel::~PreviewPanel() = default;

QWidget *PreviewPanel::buildHeader()
{
    m_versions->setObjectName(QStringLiteral("previewVersion"));
    m_versions->setAccessibleName(tr("Version of the file"));
    m_versions->setToolTip(tr("Which layer's version is shown"));
    m_versions->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_compare->setObjectName(QStringLiteral("previewCompare"));
    m_compare->setText(tr("Compare versions…"));
    m_compare->setToolTip(tr("Hold two versions of this file side by side (Ctrl+Alt+D)"));
    m_compare->setIcon(icon(QStringLiteral("compare")));
    m_compare->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_compare->setAutoRaise(true);
    m_compare->setFocusPolicy(Qt::TabFocus);
    auto *header = new QWidget;
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::kPadding);
    row->addWidget(m_pages->pageSwitch());
    row->addWidget(m_versions);
    row->addStretch(1);
    row->addWidget(m_compare);
    return header;
}

QWidget *PreviewPanel::buildFooter()
{
    m_words->setObjectName(QStringLiteral("previewWords"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setFont(theme::smallFont(font()));
    m_more->setObjectName(QStringLiteral("previewMore"));
    m_more->setText(tr("Show more"));
    m_more->setToolTip(tr("Read on, and show more of the file"));
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    auto *footer = new QWidget;
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::kPadding);
    row->addWidget(m_words);
    row->addWidget(m_more);
    row->addStretch(1);
    return footer;
}

void PreviewPanel::connectAll()
{
    connect(&m_selection, &Selection::placeChanged, this, &PreviewPanel::followPlace);
    connect(&m_document, &Document::inspectionChanged, this, &PreviewPanel::followPlace);
    connect(&m_pause, &QTimer::timeout, this, &PreviewPanel::showPlace);
    connect(m_state, &EmptyState::actionActivated, this, &PreviewPanel::act);
    connect(m_compare, &QToolButton::clicked, this, &PreviewPanel::versionsWanted);
    connect(m_more, &QToolButton::clicked, this, [this] { load(m_wanted * kMoreFactor); });
    connect(m_versions, &QComboBox::activated, this, [this](int index) {
        m_selection.selectLayer(static_cast<LayerIndex>(m_versions->itemData(index).toInt()));
    });
    connect(m_job,
            &PreviewJob::loaded,
            this,
            [this](const std::shared_ptr<PreparedPreview> &preview) { showLoaded(*preview); });
    connect(m_job, &PreviewJob::progressChanged, this, &PreviewPanel::showProgress);
    connect(m_job, &PreviewJob::failed, this, [this](const QString &why) {
        m_offer = Offer::Retry;
        showText(tr("The file could not be read: %1").arg(why), tr("Try again"));
    });
}

void PreviewPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showPlace();
}

/// What nobody sees need not be kept, a secret least of all.
void PreviewPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    letGo();
}

void PreviewPanel::letGo()
{
    m_job->drop();
    m_pause.stop();
    m_pages->clear();
    m_entry = kNone;
    m_revealed = kNone;
    m_wanted = 0;
}

void PreviewPanel::followPlace()
{
    if (m_revealed != kNone) {
        letGo(); // at once, not after the pause
        showText({});
    }
    if (isVisible()) {
        m_pause.start();
    }
}

void PreviewPanel::showPlace()
{
    m_offer = Offer::Nothing;
    const InspectionPtr &inspection = m_document.inspection();
    const Place &place = m_selection.place();
    if (!inspection || !m_document.source() || place.path.isEmpty()) {
        letGo();
        showText(tr("Choose a file to see what it holds: text, pictures, programs, certificates, "
                    "archives, or plain bytes."));
        return;
    }
    if (!isVisible()) {
        return;
    }
    const PathTree &tree = *inspection->image->tree;
    m_node = tree.find(viewOf(place.path));
    const EntryId entry = m_node == kNone ? kNone : entryAtPlace(tree, m_node, place.layer);
    if (entry != kNone && entry == m_entry) {
        return;
    }
    letGo();
    m_entry = entry;
    if (showOtherThanFile(m_node, entry)) {
        return;
    }
    showVersions(entry);
    if (holdsSecret(*inspection, entry)) {
        m_offer = Offer::Reveal;
        showText(tr("A finding says that this file holds a secret."),
                 tr("Show it until something else is chosen"));
        m_header->setVisible(true);
        return;
    }
    load(limits::kPreviewFirstBytes);
}

/// Says what it is, where there is no content to be shown.
bool PreviewPanel::showOtherThanFile(NodeId node, EntryId entry)
{
    if (entry == kNone) {
        showText(node == kNone ? tr("This path is in no layer of the image.")
                               : tr("No layer holds anything for this path."));
        return true;
    }
    const PathTree &tree = *m_document.inspection()->image->tree;
    const EntryType type = tree.effectiveType(entry);
    if (type == EntryType::File && tree.content(entry) != kNone) {
        return false;
    }
    if (type == EntryType::Symlink) {
        const bool leads = resolvePath(tree, tree.path(node)) != kNone;
        m_offer = leads ? Offer::FollowLink : Offer::Nothing;
        showText(tr("A symbolic link to %1.").arg(shown(tree.linkTarget(entry))),
                 leads ? tr("Go to what it leads to") : QString());
    } else if (type == EntryType::File) {
        showText(tr("A hard link to %1, which is not there.").arg(shown(tree.linkTarget(entry))));
    } else {
        showText(tr("This is a %1: it holds no bytes of its own.").arg(typeText(type)));
    }
    return true;
}

void PreviewPanel::showVersions(EntryId shown)
{
    const QSignalBlocker silent(m_versions);
    m_versions->clear();
    const auto versions = versionsOf(*m_document.inspection()->image->tree, m_node);
    for (const PathVersion &version : versions) {
        m_versions->addItem(version.words, int{version.layer});
        if (version.entry == shown) {
            m_versions->setCurrentIndex(m_versions->count() - 1);
        }
    }
    m_versions->setEnabled(versions.size() > 1);
    m_compare->setVisible(versions.size() > 1);
}

void PreviewPanel::load(quint64 wanted)
{
    const bool isMore = m_wanted > 0 && wanted > m_wanted;
    m_wanted = std::min<quint64>(wanted, limits::kPreviewMostBytes);
    m_since.start();
    if (!isMore) {
        m_more->hide();
        m_words->setText(tr("Reading …"));
        m_header->show();
        m_footer->show();
    }
    m_more->setEnabled(false);
    m_job->start(m_document.inspected(), m_entry, m_wanted);
}

void PreviewPanel::showLoaded(PreparedPreview &preview)
{
    const Preview &file = preview.preview;
    const bool isCut = file.text ? !file.isTextWhole : !file.isWhole;
    m_words->setText(previewWords(preview));
    m_more->setEnabled(true);
    m_more->setVisible(isCut && m_wanted < limits::kPreviewMostBytes);
    m_pages->setCanCopy(m_revealed == kNone);
    if (file.kind == PreviewKind::Empty) {
        showText(tr("The file is empty."));
        m_header->show();
        return;
    }
    m_pages->show(preview, m_wanted > limits::kPreviewFirstBytes);
    m_header->show();
    m_footer->show();
    m_state->showView();
}

void PreviewPanel::showProgress(const Progress &progress)
{
    if (m_since.elapsed() < kPatience || m_wanted > limits::kPreviewFirstBytes) {
        return;
    }
    m_offer = Offer::Stop;
    const QString how =
        progress.done == 0
            ? tr("Unpacking the layer up to the file …")
            : tr("Reading %1 of %2 …").arg(sizeText(progress.done), sizeText(progress.total));
    m_state->showText(how, tr("Stop"));
}

void PreviewPanel::showText(const QString &text, const QString &action)
{
    m_header->hide();
    m_footer->hide();
    m_state->showText(text, action);
}

void PreviewPanel::act()
{
    switch (std::exchange(m_offer, Offer::Nothing)) {
    case Offer::Nothing: break;
    case Offer::Reveal:
        m_revealed = m_entry;
        load(limits::kPreviewFirstBytes);
        break;
    case Offer::FollowLink: {
        const PathTree &tree = *m_document.inspection()->image->tree;
        const NodeId target = resolvePath(tree, tree.path(m_node));
        m_selection.selectPath(rawBytes(tree.path(target)));
        break;
    }
    case Offer::Stop:
        m_job->drop();
        m_offer = Offer::Retry;
        showText(tr("Reading was stopped."), tr("Read it after all"));
        break;
    case Offer::Retry: load(limits::kPreviewFirstBytes); break;
    }
}

} // namespace cutaway
