// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/packages/packagedetails.h"

#include "core/base/text.h"
#include "ui/delegates/factform.h"
#include "ui/delegates/itemview.h"
#include "ui/models/packagefilesmodel.h"
#include "ui/models/packagelist.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

namespace {

QString reasonText(Reason reason)
{
    switch (reason) {
    case Reason::Unknown: break;
    case Reason::Asked: return PackageDetails::tr("asked for, or part of every system");
    case Reason::Needed: return PackageDetails::tr("another package needs it");
    case Reason::Recommended:
        return PackageDetails::tr("only recommended by another package (--no-install-recommends)");
    case Reason::None: return PackageDetails::tr("nothing needs it any more (apt-get autoremove)");
    }
    return {};
}

QString layerText(LayerIndex layer, const std::vector<QString> &instructions)
{
    const QString instruction = layer < instructions.size() ? instructions[layer] : QString();
    constexpr qsizetype kShown = 120;
    return instruction.isEmpty() ? PackageDetails::tr("layer %1").arg(layer)
                                 : PackageDetails::tr("layer %1: %2")
                                       .arg(layer)
                                       .arg(instruction.size() > kShown
                                                ? instruction.left(kShown) + QStringLiteral("…")
                                                : instruction);
}

} // namespace

PackageDetails::PackageDetails(QWidget *parent)
    : QWidget(parent)
    , m_model(new PackageFilesModel(this))
    , m_title(new QLabel)
    , m_facts(new FactForm)
    , m_view(new QTreeView)
{
    m_title->setObjectName(QStringLiteral("packageTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setFont(theme::boldFont(font()));
    setUpView(*m_view, QStringLiteral("packageFiles"));
    m_view->setAccessibleName(tr("Files of the package"));
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->setMinimumHeight(fontMetrics().height() * 6);
    setColumnLetters(*m_view, {0, 11, 7});

    auto *facts = new QWidget;
    auto *column = new QVBoxLayout(facts);
    column->setContentsMargins(theme::kPadding, 0, theme::kPadding, 0);
    column->setSpacing(theme::kPadding);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(facts);
    scroll->setMinimumHeight(fontMetrics().height() * 7);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(scroll);
    splitter->addWidget(m_view);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_view->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex &current) {
                if (!m_isFollowing && current.isValid()) {
                    emit fileChosen(current.data(role::Path).toByteArray(),
                                    current.data(role::Layer).toInt());
                }
            });
}

void PackageDetails::showPackage(const InspectionPtr &inspection, const Package *package)
{
    const QScopedValueRollback following(m_isFollowing, true);
    m_model->setPackage(inspection, package);
    m_facts->clear();
    m_title->clear();
    if (package != nullptr) {
        m_title->setText(QStringLiteral("%1 %2").arg(shown(package->record.name),
                                                     shown(package->record.version)));
        showFacts(*inspection, *package);
    }
    m_view->setVisible(m_model->rowCount() > 0);
}

void PackageDetails::showFacts(const Inspection &inspection, const Package &package)
{
    const PackageRecord &record = package.record;
    const std::vector<QString> instructions = layerInstructions(*inspection.image);
    const std::size_t files = package.isVisible() ? package.files.size() : package.gone.size();
    m_facts->add(tr("Kind"), packageKind(record.ecosystem));
    if (package.knowsFiles && package.isVisible()) {
        m_facts->add(tr("Size"),
                     tr("%1 in %2")
                         .arg(exactBytes(package.bytes),
                              QString::fromStdString(formatCount(files, "file", "files"))));
    } else if (record.declaredBytes) {
        m_facts->add(tr("Size"),
                     tr("%1, as its database says").arg(exactBytes(*record.declaredBytes)));
    }
    m_facts->add(tr("Installed by"), layerText(package.layer, instructions));
    for (const LayerIndex layer : package.changedBy) {
        m_facts->add(tr("Again by"), layerText(layer, instructions));
    }
    if (!package.isVisible()) {
        m_facts->add(tr("Removed by"), layerText(package.removedBy, instructions));
    }
    m_facts->addIfAny(tr("Why"), reasonText(package.reason));
    m_facts->addIfAny(tr("Licence"), packageLicence(package));
    m_facts->addIfAny(tr("Architecture"), shown(record.architecture));
    m_facts->addIfAny(tr("Source"), shown(record.source));
    m_facts->addIfAny(tr("Supplier"), shown(record.supplier));
    m_facts->addIfAny(tr("Home page"), breakable(shown(record.homepage)));
    m_facts->add(tr("Package URL"), breakable(shown(package.purl)), true);
    if (package.database != kNone) {
        m_facts->add(
            tr("Told by"), breakable(shown(inspection.image->tree->path(package.database))), true);
    }
}

bool PackageDetails::hasFiles() const
{
    return m_model->rowCount() > 0;
}

bool PackageDetails::chooseFirst()
{
    if (!hasFiles()) {
        return false;
    }
    showRow(*m_view, m_model->index(0, 0));
    return true;
}

void PackageDetails::followPath(const QByteArray &path)
{
    const QScopedValueRollback following(m_isFollowing, true);
    const QModelIndex found = m_model->find(path);
    if (found.isValid()) {
        showRow(*m_view, found);
    } else {
        m_view->selectionModel()->clear();
    }
}

} // namespace cutaway
