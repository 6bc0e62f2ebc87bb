// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/palettemodel.h"

#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QPixmap>

#include <string_view>
#include <utility>

namespace cutaway {

namespace {

/// So that words begin in one line, whether they have an icon or not.
QIcon blankIcon()
{
    QPixmap pixmap(theme::kIcon, theme::kIcon);
    pixmap.fill(Qt::transparent);
    return pixmap;
}

QString iconNameOf(EntryType type)
{
    switch (type) {
    case EntryType::Directory: return QStringLiteral("directory");
    case EntryType::Symlink: return QStringLiteral("symlink");
    default: return QStringLiteral("file");
    }
}

} // namespace

PaletteModel::PaletteModel(ImagePtr image, QObject *parent)
    : CellTable(parent)
    , m_columns({{"what", tr("What")}, {"where", tr("Where")}, {"keys", tr("Keys"), {}, true}})
    , m_image(std::move(image))
    , m_blank(blankIcon())
{}

void PaletteModel::setCommands(QList<Command> commands)
{
    beginResetModel();
    m_commands = std::move(commands);
    m_paths.clear();
    endResetModel();
}

void PaletteModel::setPaths(const std::vector<NodeId> &paths)
{
    if (paths.size() <= m_paths.size()) {
        return;
    }
    const int first = rows();
    beginInsertRows({}, first, first + static_cast<int>(paths.size() - m_paths.size()) - 1);
    m_paths = paths;
    endInsertRows();
}

QAction *PaletteModel::action(int row) const
{
    return isCommand(row) ? m_commands[row].action : nullptr;
}

int PaletteModel::rows() const
{
    return static_cast<int>(m_commands.size()) + static_cast<int>(m_paths.size());
}

NodeId PaletteModel::node(int row) const
{
    return m_paths[static_cast<std::size_t>(row - m_commands.size())];
}

Cell PaletteModel::cell(int row, int column) const
{
    return isCommand(row) ? commandCell(m_commands[row], column) : pathCell(node(row), column);
}

Cell PaletteModel::commandCell(const Command &command, int column) const
{
    switch (column) {
    case WhatColumn:
        return {.text = command.text,
                .toolTip = command.action->statusTip(),
                .icon = command.action->icon().isNull() ? m_blank : command.action->icon(),
                .muted = !command.action->isEnabled()};
    case WhereColumn: return {.text = command.menu.join(QStringLiteral(" › ")), .muted = true};
    case KeysColumn: return {.text = command.keys(), .right = true, .muted = true};
    default: return {};
    }
}

Cell PaletteModel::pathCell(NodeId node, int column) const
{
    const PathTree &tree = *m_image->tree;
    const EntryId last = tree.lastEntry(node);
    switch (column) {
    case WhatColumn:
        return {.text = shown(tree.name(node)),
                .toolTip = shown(tree.path(node)),
                .icon = icon(
                    iconNameOf(last == kNone ? EntryType::Directory : tree.effectiveType(last))),
                .fixed = true,
                .struck = tree.finalEntry(node) == kNone,
                .elide = Qt::ElideMiddle};
    case WhereColumn:
        return {.text = shown(tree.path(tree.node(node).parent)),
                .muted = true,
                .fixed = true,
                .elide = Qt::ElideMiddle};
    default: return {};
    }
}

QVariant PaletteModel::rowData(int row, int role) const
{
    if (role == role::Path && !isCommand(row)) {
        return rawBytes(m_image->tree->path(node(row)));
    }
    return role == role::Path ? QVariant(QByteArray()) : QVariant();
}

} // namespace cutaway
