// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/commands.h"

#include <QDialog>

namespace cutaway {

/// All keys that the menus have, menu by menu.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const QList<Command> &commands, QWidget *parent = nullptr);
};

} // namespace cutaway
