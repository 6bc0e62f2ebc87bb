// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
// Files of the image, written to disk.
#include "ui/jobs/extractjob.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/models/pathversions.h"
#include "ui/models/text.h"

#include <QFileDialog>
#include <QProgressDialog>
#include <QStatusBar>

#include <algorithm>

namespace cutaway {

namespace {

constexpr int kPatience = 500; ///< ms before a dialog tells how far it is
constexpr int kSteps = 1000;
constexpr qsizetype kNameLetters = 100;

/// A name to begin with in a dialog, where a person looks at it: nothing of the image's but letters
/// that mean nothing to any file system.
QString harmlessName(const QByteArray &path)
{
    QString name = QString::fromUtf8(path.mid(path.lastIndexOf('/') + 1)).left(kNameLetters);
    std::ranges::replace_if(
        name,
        [](QChar c) { return !c.isLetterOrNumber() && !QStringView(u"._-+@").contains(c); },
        QLatin1Char('_'));
    return name.startsWith(QLatin1Char('.')) ? QLatin1Char('_') + name.mid(1) : name;
}

} // namespace

void MainWindow::connectExtracting()
{
    m_extractJob = new ExtractJob(this);
    connect(&m_actions[ActionId::ExtractPath], &QAction::triggered, this, [this] {
        extract(m_selection.place().path);
    });
    connect(&m_actions[ActionId::ExtractRoot], &QAction::triggered, this, [this] { extract("/"); });
    auto *progress = new QProgressDialog(this);
    progress->setObjectName(QStringLiteral("extractProgress"));
    progress->setWindowTitle(tr("Extracting"));
    progress->setLabelText(tr("Writing files of the image …"));
    progress->setRange(0, kSteps);
    progress->setMinimumDuration(kPatience);
    progress->setAutoReset(false);
    progress->reset(); // else it would come up by itself
    connect(progress, &QProgressDialog::canceled, m_extractJob, &ExtractJob::cancel);
    connect(m_extractJob, &ExtractJob::progressChanged, progress, [progress](const Progress &at) {
        const double part =
            at.total == 0 ? 0 : static_cast<double>(at.done) / static_cast<double>(at.total);
        progress->setValue(static_cast<int>(part * (kSteps - 1)));
    });
    connect(m_extractJob, &ExtractJob::finished, this, [this, progress](const QString &summary) {
        progress->reset();
        statusBar()->showMessage(tr("Extracted %1").arg(summary), 10000);
    });
    connect(m_extractJob, &ExtractJob::failed, this, [this, progress](const QString &why) {
        progress->reset();
        statusBar()->showMessage(why.isEmpty() ? tr("Extracting was stopped")
                                               : tr("Nothing was extracted: %1").arg(why),
                                 15000);
    });
}

/// One file is saved under a name that a person gives; of all else the tree below it, as it is
/// after the chosen layer, goes into a directory.
void MainWindow::extract(const QByteArray &path)
{
    if (!m_document.inspection() || !m_document.source() || path.isEmpty()) {
        return;
    }
    const Image &image = *m_document.inspection()->image;
    const PathTree &tree = *image.tree;
    const NodeId node = tree.find(viewOf(path));
    const std::optional<LayerIndex> chosen = m_selection.place().layer;
    const EntryId entry = node == kNone ? kNone : entryAtPlace(tree, node, chosen);
    const EntryId content = entry == kNone ? kNone : tree.content(entry);
    if (content != kNone && tree.entry(content).type == EntryType::File) {
        const QString file =
            QFileDialog::getSaveFileName(this, tr("Extract the file as"), harmlessName(path));
        if (!file.isEmpty()) {
            m_extractJob->saveFile(m_document.inspected(), entry, file);
        }
        return;
    }
    if (node == kNone || image.layers.empty()) {
        return;
    }
    const QString directory = QFileDialog::getExistingDirectory(
        this, tr("Extract into an empty directory"), QString(), QFileDialog::ShowDirsOnly);
    if (!directory.isEmpty()) {
        const auto last = static_cast<LayerIndex>(image.layers.size() - 1);
        m_extractJob->extract(m_document.inspected(), node, chosen.value_or(last), directory);
    }
}

} // namespace cutaway
