// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/commands.h"
#include "ui/dialogs/palettemodel.h"
#include "ui/dialogs/pathfinder.h"

#include <QDialog>

class QLineEdit;
class QTreeView;

namespace cutaway {

class EmptyState;

/// One line to type in, and below it what it may mean: entries of the menus first, then paths of
/// the image. Enter does it or goes there.
class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    /// `image` may be nullptr: then there are no paths.
    CommandPalette(QList<Command> commands, const ImagePtr &image, QWidget *parent = nullptr);

signals:
    void pathChosen(const QByteArray &path); ///< raw bytes

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildList();
    void ask(const QString &question);
    void addPaths();
    void choose();

    QList<Command> m_commands;
    bool m_hasPaths;
    PathFinder m_finder;
    PaletteModel m_rows;
    QLineEdit *m_line = nullptr;
    QTreeView *m_list = nullptr;
    EmptyState *m_place = nullptr;
};

} // namespace cutaway
