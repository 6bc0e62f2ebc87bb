// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

class QMainWindow;
class QMenu;

namespace cutaway {

class Actions;
class Workspace;

/// The menus that the window has to fill or change itself.
struct Menus
{
    QMenu *recent = nullptr;
    QMenu *exports = nullptr;
    QMenu *colours = nullptr;
};

/// Gives the actions their icons and builds the menu bar from them.
Menus buildMenus(QMainWindow &window, const Actions &actions, const Workspace &workspace);

} // namespace cutaway
