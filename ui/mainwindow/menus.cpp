// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/menus.h"

#include "ui/actions/actions.h"
#include "ui/mainwindow/workspace.h"
#include "ui/theme/icons.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include <initializer_list>
#include <optional>

namespace cutaway {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::Menus", text);
}

/// Nothing stands for a line between groups.
void fill(QMenu &menu, const Actions &actions, std::initializer_list<std::optional<ActionId>> ids)
{
    for (const std::optional<ActionId> &id : ids) {
        if (id) {
            menu.addAction(&actions[*id]);
        } else {
            menu.addSeparator();
        }
    }
}

QMenu *addMenu(QMainWindow &window, const char *title, const char *name)
{
    QMenu *menu = window.menuBar()->addMenu(tr(title));
    menu->setObjectName(QLatin1String(name));
    menu->setToolTipsVisible(true);
    return menu;
}

void giveIcons(const Actions &actions)
{
    for (int id = 0; id < kActionCount; ++id) {
        const auto action = static_cast<ActionId>(id);
        if (const QString name = Actions::iconName(action); !name.isEmpty()) {
            actions[action].setIcon(icon(name));
        }
    }
}

void addFileMenu(QMainWindow &window, const Actions &actions, Menus &menus)
{
    using enum ActionId;
    QMenu *file = addMenu(window, QT_TRANSLATE_NOOP("cutaway::Menus", "&File"), "fileMenu");
    fill(*file, actions, {OpenFile, OpenDirectory, BrowseRegistries, OpenEngine});
    menus.recent = file->addMenu(icon(QStringLiteral("recent")), tr("Open &recent"));
    menus.recent->setToolTipsVisible(true);
    fill(*file,
         actions,
         {OpenSample, std::nullopt, Reload, Compare, std::nullopt, ExtractPath, ExtractRoot});
    menus.exports = file->addMenu(icon(QStringLiteral("export")), tr("&Export"));
    menus.exports->setToolTipsVisible(true);
    fill(*menus.exports,
         actions,
         {ExportText,
          ExportJson,
          ExportAudit,
          ExportPackages,
          ExportDockerfile,
          ExportStrata,
          ExportTreemap});
    fill(*file, actions, {std::nullopt, SignIn, ClearCache, std::nullopt, Close, Quit});
}

} // namespace

Menus buildMenus(QMainWindow &window, const Actions &actions, const Workspace &workspace)
{
    using enum ActionId;
    giveIcons(actions);
    Menus menus;
    addFileMenu(window, actions, menus);
    QMenu *edit = addMenu(window, QT_TRANSLATE_NOOP("cutaway::Menus", "&Edit"), "editMenu");
    fill(*edit, actions, {Copy, CopyLink, std::nullopt, Find, FindAnything, ShowSearch});

    QMenu *view = addMenu(window, QT_TRANSLATE_NOOP("cutaway::Menus", "&View"), "viewMenu");
    fill(*view,
         actions,
         {ShowFiles,
          ShowTreemap,
          ShowWaste,
          ShowPackages,
          ShowSteps,
          ShowSearch,
          ShowComparison,
          std::nullopt,
          ShowPreview,
          CompareVersions,
          std::nullopt});
    workspace.addDockToggles(*view);
    view->addSeparator();
    menus.colours = view->addMenu(tr("&Colours"));
    menus.colours->setToolTipsVisible(true);
    fill(*view, actions, {FullScreen, ResetLayout});

    QMenu *go = addMenu(window, QT_TRANSLATE_NOOP("cutaway::Menus", "&Go"), "goMenu");
    fill(*go,
         actions,
         {Back,
          Forward,
          std::nullopt,
          LayerAbove,
          LayerBelow,
          NoSelection,
          std::nullopt,
          AddressBar});

    QMenu *audit = addMenu(window, QT_TRANSLATE_NOOP("cutaway::Menus", "&Audit"), "auditMenu");
    fill(*audit,
         actions,
         {ShowFindings,
          ShowScore,
          ShowProperties,
          ShowSkipped,
          std::nullopt,
          NextFinding,
          PreviousFinding,
          std::nullopt,
          CopyFix,
          RevealValue,
          Suppress,
          std::nullopt,
          ActionId::WhatIf});

    QMenu *help = addMenu(window, QT_TRANSLATE_NOOP("cutaway::Menus", "&Help"), "helpMenu");
    fill(*help, actions, {WhatsThis, Shortcuts, About});
    return menus;
}

} // namespace cutaway
