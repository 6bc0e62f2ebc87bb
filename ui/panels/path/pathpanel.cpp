// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/path/pathpanel.h"

#include "core/base/text.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/factform.h"
#include "ui/delegates/itemview.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/packagelist.h"
#include "ui/models/pathversions.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/models/timelinemodel.h"
#include "ui/strata/pathlifeview.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

namespace {

QLabel *textLabel(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

/// A value of an xattr: as text where it is one, else in hexadecimal digits.
QString xattrText(const std::string &value)
{
    constexpr std::size_t kShown = 64;
    const bool isText = isUtf8(value) && displayText(value) == value;
    const std::string_view head = std::string_view(value).substr(0, kShown);
    QString text = isText ? shown(head) : QString::fromLatin1(rawBytes(head).toHex(' '));
    return value.size() > kShown ? text + QStringLiteral(" …") : text;
}

} // namespace

PathPanel::PathPanel(Document &document, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new TimelineModel(this))
    , m_path(textLabel(QStringLiteral("path")))
    , m_shipped(textLabel(QStringLiteral("pathShipped")))
    , m_facts(new FactForm)
    , m_life(new PathLifeView)
    , m_view(new QTreeView)
{
    setObjectName(QStringLiteral("pathPanel"));
    buildView();
    m_path->setFont(theme::boldFont(theme::fixedFont(font())));

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->setSpacing(theme::kPadding);
    column->addWidget(m_path);
    column->addWidget(m_shipped);
    column->addWidget(buildButtons());
    column->addWidget(m_life);
    column->addWidget(m_view, 1);
    column->addWidget(m_facts);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);

    m_state = new EmptyState(scroll);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    setFocusProxy(m_view);

    connect(&m_selection, &Selection::placeChanged, this, &PathPanel::showPlace);
    connect(&m_document, &Document::inspectionChanged, this, &PathPanel::showPlace);
    connect(m_life, &PathLifeView::layerChosen, this, [this](int layer) {
        m_selection.selectLayer(static_cast<LayerIndex>(layer));
    });
    connect(m_view->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex &current) {
                if (!m_isFollowing && current.isValid()) {
                    m_selection.selectLayer(
                        static_cast<LayerIndex>(current.data(role::Layer).toInt()));
                }
            });
    showPlace();
}

void PathPanel::buildView()
{
    setUpView(*m_view, QStringLiteral("timeline"));
    m_view->setAccessibleName(tr("Timeline of the path"));
    m_view->setWhatsThis(
        tr("What each layer did to the path, the lowest first. Choose a row to see that layer."));
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setMinimumHeight(fontMetrics().height() * 6);
    setColumnLetters(*m_view, {6, 0, 9});
}

QWidget *PathPanel::buildButtons()
{
    const auto button =
        [this](const char *name, const char *iconName, const QString &text, const QString &tip) {
            auto *made = new QToolButton;
            made->setObjectName(QLatin1String(name));
            made->setIcon(icon(QLatin1String(iconName)));
            made->setText(text);
            made->setToolTip(tip);
            made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            made->setAutoRaise(true);
            made->setFont(theme::smallFont(font())); // all three stand in a narrow panel
            made->setFocusPolicy(Qt::TabFocus);
            return made;
        };
    m_preview =
        button("pathPreview", "file", tr("Preview"), tr("Show what the file holds (Ctrl+0)"));
    m_versions = button("pathVersions",
                        "compare",
                        tr("Versions…"),
                        tr("Hold two versions of the file side by side (Ctrl+Alt+D)"));
    connect(m_preview, &QToolButton::clicked, this, &PathPanel::previewWanted);
    connect(m_versions, &QToolButton::clicked, this, &PathPanel::versionsWanted);
    auto *extract =
        button("pathExtract",
               "export",
               tr("Extract…"),
               tr("Write the file, or the directory and all below it, to disk (Ctrl+Alt+X)"));
    connect(extract, &QToolButton::clicked, this, &PathPanel::extractWanted);
    auto *buttons = new QWidget;
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_preview);
    row->addWidget(extract);
    row->addWidget(m_versions);
    row->addStretch(1);
    return buttons;
}

void PathPanel::showPlace()
{
    const QScopedValueRollback following(m_isFollowing, true);
    const InspectionPtr &inspection = m_document.inspection();
    const Place &place = m_selection.place();
    const NodeId node = inspection && !place.path.isEmpty()
                            ? inspection->image->tree->find(viewOf(place.path))
                            : kNone;
    if (node == kNone) {
        m_model->setPath(nullptr, kNone);
        m_state->showText(
            place.path.isEmpty() || !inspection
                ? tr("Choose a file or directory to see what each layer did to it.")
                : tr("%1 is in no layer of this image.").arg(shown(viewOf(place.path))));
        return;
    }
    m_model->setPath(inspection->image, node);
    m_path->setText(breakable(shown(viewOf(place.path))));
    QString bytes = tr("Shipped: %1").arg(exactBytes(m_model->shippedBytes()));
    if (m_model->hiddenBytes() > 0) {
        bytes += m_model->hiddenBytes() == m_model->shippedBytes()
                     ? tr(", all of it never seen")
                     : tr(", %1 of it never seen").arg(exactBytes(m_model->hiddenBytes()));
    }
    m_shipped->setText(bytes);
    m_shipped->setVisible(m_model->shippedBytes() > 0);
    const std::size_t versions = versionsOf(*inspection->image->tree, node).size();
    m_preview->setVisible(versions > 0);
    m_versions->setVisible(versions > 1);
    showFacts(node);
    m_life->setPath(
        *inspection->image->tree, node, static_cast<int>(inspection->image->base.layers));
    m_life->setSelected(place.layer ? int{*place.layer} : -1);
    const int row = place.layer ? m_model->rowOfLayer(*place.layer) : -1;
    if (row >= 0) {
        showRow(*m_view, m_model->index(row, 0));
    } else {
        m_view->selectionModel()->clear();
    }
    m_state->showView();
}

void PathPanel::showFacts(NodeId node)
{
    m_facts->clear();
    const PathTree &tree = *m_document.inspection()->image->tree;
    const EntryId id = entryAtPlace(tree, node, m_selection.place().layer);
    if (id == kNone) {
        return;
    }
    const Entry &entry = tree.entry(id);
    m_facts->add(tr("Type"), typeText(entry.type));
    if (const auto &packages = m_document.inspection()->packages) {
        m_facts->addIfAny(tr("Package"),
                          ownersOf(*packages, node, entry.type == EntryType::Directory));
    }
    if (const std::string_view target = tree.linkTarget(id); !target.empty()) {
        m_facts->add(tr("Leads to"), breakable(shown(target)), true);
    }
    if (entry.type == EntryType::File) {
        m_facts->add(tr("Size"), exactBytes(entry.size));
    }
    m_facts->add(tr("Mode"),
                 QStringLiteral("%1  %2").arg(QString::fromStdString(formatMode(entry.mode)),
                                              modeText(entry)),
                 true);
    m_facts->add(tr("Owner"), tr("%1:%2").arg(entry.uid).arg(entry.gid), true);
    m_facts->add(tr("Modified"), QString::fromStdString(formatTime(entry.mtime, entry.mtimeNsec)));
    const EntryExtra *extra = tree.extra(id);
    if (extra == nullptr) {
        return;
    }
    if (entry.type == EntryType::CharDevice || entry.type == EntryType::BlockDevice) {
        m_facts->add(tr("Device"),
                     QStringLiteral("%1, %2").arg(extra->deviceMajor).arg(extra->deviceMinor));
    }
    if (extra->isSparse) {
        m_facts->add(tr("Stored"),
                     tr("%1; the rest are holes").arg(exactBytes(extra->storedBytes)));
    }
    for (const auto &[name, value] : extra->xattrs) {
        m_facts->add(shown(name), breakable(xattrText(value)), true);
    }
}

} // namespace cutaway
