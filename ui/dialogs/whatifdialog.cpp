// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/whatifdialog.h"

#include "core/audit/savings.h"
#include "core/report/report.h"
#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

constexpr std::size_t kMostPaths = 50;
constexpr int kLettersWide = 110;
constexpr int kLinesHigh = 42;

enum LayerColumn { NumberColumn, FilesColumn, WouldBeColumn, StepColumn };
enum PathColumn { NameColumn, BytesColumn, WhyColumn };
constexpr int kNode = Qt::UserRole;

QTreeWidget *makeList(const QString &name, const QString &title, const QStringList &columns)
{
    auto *list = new QTreeWidget;
    list->setObjectName(name);
    list->setAccessibleName(title);
    list->setHeaderLabels(columns);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAlternatingRowColors(true);
    list->setAllColumnsShowFocus(true);
    list->setTextElideMode(Qt::ElideMiddle);
    list->header()->setStretchLastSection(false);
    return list;
}

/// All as wide as what they hold, but for one that takes the rest.
void fitColumns(QTreeWidget &list, int widest)
{
    list.header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    list.header()->setSectionResizeMode(widest, QHeaderView::Stretch);
}

/// A title over a list.
QWidget *titled(const QString &title, QWidget *list)
{
    auto *box = new QWidget;
    auto *label = new QLabel(title);
    label->setBuddy(list);
    label->setFont(theme::boldFont(label->font()));
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(theme::kGrid);
    layout->addWidget(label);
    layout->addWidget(list);
    return box;
}

bool isChecked(const QTreeWidgetItem &item)
{
    return item.checkState(0) == Qt::Checked;
}

/// "-12.0 %"
QString percentText(quint64 part, quint64 whole)
{
    const double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
    return QStringLiteral("%L1 %").arg(share * 100, 0, 'f', 1);
}

} // namespace

WhatIfDialog::WhatIfDialog(InspectionPtr inspection, const QByteArray &path, QWidget *parent)
    : QDialog(parent)
    , m_inspection(std::move(inspection))
{
    setObjectName(QStringLiteral("whatIfDialog"));
    setWindowTitle(tr("What if it were built otherwise?"));
    auto *lists = new QSplitter(Qt::Vertical);
    lists->setChildrenCollapsible(false);
    lists->addWidget(buildLayers());
    lists->addWidget(buildPaths(path));
    lists->addWidget(buildAnswer());
    lists->setStretchFactor(0, 3);
    lists->setStretchFactor(1, 2);
    lists->setStretchFactor(2, 2);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *best = buttons->addButton(tr("&Suggest"), QDialogButtonBox::ActionRole);
    best->setObjectName(QStringLiteral("whatIfSuggest"));
    best->setToolTip(tr("Merge what saves most, and leave out what rules name"));
    m_copy = buttons->addButton(tr("&Copy advice"), QDialogButtonBox::ActionRole);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::kGroup);
    layout->addWidget(lists);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * kLettersWide,
           std::min(fontMetrics().lineSpacing() * kLinesHigh,
                    parent == nullptr ? QWIDGETSIZE_MAX : parent->height()));

    connect(m_layers, &QTreeWidget::itemChanged, this, &WhatIfDialog::ask);
    connect(m_paths, &QTreeWidget::itemChanged, this, &WhatIfDialog::ask);
    connect(best, &QPushButton::clicked, this, &WhatIfDialog::suggest);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_how->toPlainText());
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    ask();
}

QWidget *WhatIfDialog::buildLayers()
{
    m_layers = makeList(QStringLiteral("whatIfLayers"),
                        tr("Layers, and which of them one step builds"),
                        {tr("With the one before"), tr("Files"), tr("Would be"), tr("Build step")});
    const std::vector<QString> steps = layerInstructions(*m_inspection->image);
    for (std::size_t i = 0; i < m_inspection->image->layers.size(); ++i) {
        addLayer(static_cast<LayerIndex>(i), steps[i]);
    }
    fitColumns(*m_layers, StepColumn);
    return titled(tr("&Layers that one step builds"), m_layers);
}

void WhatIfDialog::addLayer(LayerIndex layer, const QString &step)
{
    auto *item = new QTreeWidgetItem(m_layers);
    item->setText(NumberColumn, tr("Layer %1").arg(layer));
    item->setText(FilesColumn, sizeText(m_inspection->analysis.layers[layer].fileBytes));
    item->setText(StepColumn, step);
    item->setToolTip(StepColumn, plainToolTip(step));
    for (const int column : {FilesColumn, WouldBeColumn}) {
        item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    if (layer > 0) { // there is none before the first
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(NumberColumn, Qt::Unchecked);
    }
}

QWidget *WhatIfDialog::buildPaths(const QByteArray &path)
{
    m_paths = makeList(QStringLiteral("whatIfPaths"),
                       tr("Paths, and which of them are left out"),
                       {tr("Path"), tr("Files"), tr("Why")});
    const PathTree &tree = *m_inspection->image->tree;
    const NodeId chosen = path.isEmpty() ? kNone : tree.find(viewOf(path));
    const std::vector<SparePath> spare = sparePaths(*m_inspection, kMostPaths);
    if (chosen != kNone && std::ranges::find(spare, chosen, &SparePath::node) == spare.end()) {
        const WhatIfNumbers numbers =
            whatIf(*m_inspection->image, m_inspection->analysis, {{}, {chosen}});
        addPath(chosen, numbers.dropped, tr("chosen in the window"));
    }
    for (const SparePath &one : spare) {
        addPath(one.node, one.bytes, QString::fromStdString(one.ruleId));
    }
    fitColumns(*m_paths, NameColumn);
    return titled(tr("&Paths left out"), m_paths);
}

void WhatIfDialog::addPath(NodeId node, quint64 bytes, const QString &why)
{
    const QString text = shown(m_inspection->image->tree->path(node));
    auto *item = new QTreeWidgetItem(m_paths);
    item->setText(NameColumn, text);
    item->setToolTip(NameColumn, plainToolTip(text));
    item->setText(BytesColumn, sizeText(bytes));
    item->setTextAlignment(BytesColumn, Qt::AlignRight | Qt::AlignVCenter);
    item->setText(WhyColumn, why);
    item->setData(NameColumn, kNode, node);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(NameColumn, Qt::Unchecked);
}

QWidget *WhatIfDialog::buildAnswer()
{
    m_sum = new QLabel;
    m_sum->setObjectName(QStringLiteral("whatIfSum"));
    m_sum->setFont(theme::boldFont(m_sum->font()));
    m_details = new QLabel;
    m_details->setWordWrap(true);
    m_how = new QPlainTextEdit;
    m_how->setObjectName(QStringLiteral("whatIfHow"));
    m_how->setAccessibleName(tr("How to build it so"));
    m_how->setReadOnly(true);
    m_how->setFont(theme::fixedFont(m_how->font()));
    m_how->setPlaceholderText(
        tr("Choose above what one step would build, and what would be left out."));
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(theme::kGrid);
    layout->addWidget(m_sum);
    layout->addWidget(m_details);
    layout->addWidget(m_how);
    return box;
}

WhatIf WhatIfDialog::question() const
{
    WhatIf question;
    for (int i = 1; i < m_layers->topLevelItemCount(); ++i) {
        if (!isChecked(*m_layers->topLevelItem(i))) {
            continue;
        }
        const auto layer = static_cast<LayerIndex>(i);
        if (!question.merged.empty() && question.merged.back().last + 1U == layer) {
            question.merged.back().last = layer;
        } else {
            question.merged.push_back({static_cast<LayerIndex>(layer - 1), layer});
        }
    }
    for (int i = 0; i < m_paths->topLevelItemCount(); ++i) {
        if (const QTreeWidgetItem &item = *m_paths->topLevelItem(i); isChecked(item)) {
            question.dropped.push_back(item.data(NameColumn, kNode).toUInt());
        }
    }
    return question;
}

void WhatIfDialog::suggest()
{
    {
        const QSignalBlocker noLayers(m_layers);
        const QSignalBlocker noPaths(m_paths);
        const std::vector<MergeGain> best =
            bestMerges(*m_inspection->image, m_inspection->analysis, 1);
        for (int i = 1; i < m_layers->topLevelItemCount(); ++i) {
            const bool isIn = !best.empty() && i > best[0].layers.first && i <= best[0].layers.last;
            m_layers->topLevelItem(i)->setCheckState(NumberColumn,
                                                     isIn ? Qt::Checked : Qt::Unchecked);
        }
        for (int i = 0; i < m_paths->topLevelItemCount(); ++i) {
            m_paths->topLevelItem(i)->setCheckState(NameColumn, Qt::Checked);
        }
    }
    ask();
}

void WhatIfDialog::ask()
{
    m_background.run(
        [inspection = m_inspection, asked = question()] {
            return std::pair(asked, whatIf(*inspection->image, inspection->analysis, asked));
        },
        [this](const std::pair<WhatIf, WhatIfNumbers> &answer) {
            tell(answer.first, answer.second);
        });
}

void WhatIfDialog::tell(const WhatIf &question, const WhatIfNumbers &numbers)
{
    const QSignalBlocker silent(m_layers);
    for (const WhatIfLayer &layer : numbers.layers) {
        for (int i = layer.layers.first; i <= layer.layers.last; ++i) {
            // Of layers that are one, the first says what they weigh together.
            const bool isFirst = i == layer.layers.first;
            m_layers->topLevelItem(i)->setText(WouldBeColumn,
                                               isFirst ? sizeText(layer.after())
                                                       : tr("in layer %1").arg(layer.layers.first));
        }
    }
    const quint64 saved = numbers.dropped + numbers.hidden;
    m_sum->setText(saved == 0 ? tr("%1 of files, as it is").arg(sizeText(numbers.before))
                              : tr("%1 of files instead of %2: %3 less (%4)")
                                    .arg(sizeText(numbers.after()),
                                         sizeText(numbers.before),
                                         sizeText(saved),
                                         percentText(saved, numbers.before)));
    m_details->setText(saved == 0 ? tr("To pull: %1.").arg(sizeText(numbers.wireBefore))
                                  : tr("To pull: about %1 instead of %2. A container would see %3.")
                                        .arg(sizeText(numbers.wireAfter),
                                             sizeText(numbers.wireBefore),
                                             sizeText(numbers.visibleAfter)));
    TextStyle style;
    style.width = 0;
    m_how->setPlainText(QString::fromStdString(whatIfAdvice(*m_inspection, question, style)));
    m_copy->setEnabled(!m_how->document()->isEmpty());
}

} // namespace cutaway
