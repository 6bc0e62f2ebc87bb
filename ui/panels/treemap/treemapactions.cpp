// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
/// What a person does with the treemap.
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/text.h"
#include "ui/panels/treemap/treemappanel.h"
#include "ui/panels/treemap/treemapwords.h"
#include "ui/theme/icons.h"
#include "ui/treemap/treemapview.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QScopedValueRollback>
#include <QToolTip>

namespace cutaway {

namespace {

constexpr QSize kLeastPicture(1280, 800);

} // namespace

void TreemapPanel::choose(int cell)
{
    const TreemapLoader::MapPtr &map = m_view->map();
    const treemap::Cell &chosen = map->layout.cell(cell);
    const treemap::Subject &subject = *map->scene->subject;
    const QByteArray path = chosen.node == kRoot
                                ? QByteArray()
                                : QByteArray::fromStdString(subject.tree->path(chosen.node));
    const QScopedValueRollback choosing(m_isChoosing, true);
    if (m_isHidden && chosen.kind == treemap::Cell::Kind::File) {
        // In its layer's own change the file is in sight, whatever became of it later.
        const EntryId entry = subject.entries[chosen.node];
        m_selection.setPlace({.path = path,
                              .layer = subject.tree->entry(entry).layer,
                              .view = ViewSpec::Kind::Layer});
    } else {
        m_selection.selectPath(path);
    }
    showWords();
}

void TreemapPanel::showMenu(const QPoint &position)
{
    const TreemapLoader::MapPtr &map = m_view->map();
    auto *menu = new QMenu(m_view);
    menu->setObjectName(QStringLiteral("treemapMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const NodeId target = m_view->zoomTarget(m_view->current());
    QAction *in = menu->addAction(tr("Zoom &in"), this, [this, target] { zoomIn(target); });
    in->setEnabled(target != kNone);
    QAction *out = menu->addAction(tr("Zoom &out"), this, &TreemapPanel::zoomOut);
    out->setEnabled(map && map->layout.root() != kNone && map->layout.root() != kRoot);
    const QByteArray path = m_selection.place().path;
    if (!path.isEmpty()) {
        menu->addSeparator();
        menu->addAction(icon(QStringLiteral("copy")), tr("Copy &path"), this, [path] {
            QApplication::clipboard()->setText(QString::fromUtf8(path));
        });
        menu->addAction(icon(QStringLiteral("link")), tr("Copy &link"), this, [this] {
            QApplication::clipboard()->setText(
                QString::fromLatin1(m_selection.place().toUrl(m_document.reference()).toEncoded()));
        });
    }
    menu->popup(position);
}

void TreemapPanel::chooseHidden()
{
    m_isHidden = true;
    markView();
    refresh();
}

void TreemapPanel::chooseView(ViewSpec::Kind kind)
{
    m_isHidden = false;
    m_selection.selectView(kind, m_document.uppermostLayer());
    markView();
    refresh();
}

void TreemapPanel::zoomTo(const QByteArray &directory)
{
    m_root = directory;
    QToolTip::hideText(); // it speaks of a cell that goes
    refresh();
}

void TreemapPanel::zoomIn(NodeId directory)
{
    zoomTo(QByteArray::fromStdString(m_view->map()->scene->subject->tree->path(directory)));
}

/// To the nearest directory that holds more than this one.
void TreemapPanel::zoomOut()
{
    const TreemapLoader::MapPtr &map = m_view->map();
    if (!map || map->layout.root() == kNone || map->layout.root() == kRoot) {
        return;
    }
    const treemap::Subject &subject = *map->scene->subject;
    const NodeId from = map->layout.root();
    NodeId to = subject.tree->node(from).parent;
    while (to != kRoot && subject.sizes.bytes[to] == subject.sizes.bytes[from]) {
        to = subject.tree->node(to).parent;
    }
    zoomTo(QByteArray::fromStdString(subject.tree->path(to)));
}

void TreemapPanel::makePicture(bool asSvg, const std::function<void(const QByteArray &)> &done)
{
    if (!m_document.inspection()) {
        return;
    }
    TreemapWish drawn = wish();
    drawn.size = m_view->size().expandedTo(kLeastPicture);
    drawn.look.highlighted = -1;
    const treemap::Subject subject{.tree = nullptr,
                                   .spec = drawn.spec,
                                   .isHidden = drawn.isHidden,
                                   .entries = {},
                                   .sizes = {}};
    const QString heading = QStringList{shown(m_document.reference().toStdString()),
                                        shown(cutaway::viewOf(m_root)),
                                        subjectTitle(subject),
                                        colouredBy(drawn.by)}
                                .join(QStringLiteral(" · "));
    m_loader->draw(drawn, asSvg, heading, done);
}

} // namespace cutaway
