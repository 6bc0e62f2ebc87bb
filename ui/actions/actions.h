// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QObject>
#include <QString>

#include <array>

namespace cutaway {

enum class ActionId {
    OpenFile,
    OpenDirectory,
    OpenEngine,
    OpenSample,
    BrowseRegistries,
    Reload,
    Compare,
    Close,
    SignIn,
    ClearCache,
    ExportText,
    ExportJson,
    ExportAudit,
    ExportPackages,
    ExportDockerfile,
    ExportStrata,
    ExportTreemap,
    ExtractPath,
    ExtractRoot,
    Quit,
    Copy,
    CopyLink,
    Find,
    FindAnything,
    AddressBar,
    Back,
    Forward,
    LayerAbove,
    LayerBelow,
    NoSelection,
    ShowFiles,
    ShowTreemap,
    ShowWaste,
    ShowPackages,
    ShowSteps,
    ShowSearch,
    ShowPreview,
    ShowScore,
    ShowProperties,
    ShowSkipped,
    ShowFindings,
    ShowComparison,
    NextFinding,
    PreviousFinding,
    CompareVersions,
    CopyFix,
    RevealValue,
    Suppress,
    WhatIf,
    FullScreen,
    ResetLayout,
    WhatsThis,
    Shortcuts,
    About,
};
inline constexpr int kActionCount = static_cast<int>(ActionId::About) + 1;

/// Every action of the window, made from one table: name, words, icon, shortcut, tooltip. Menus,
/// toolbar and pages only place them; what they do is connected where it is done.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject *parent = nullptr);

    /// Name of the action's icon in the theme; empty = none. Who places the actions sets the icons.
    static QString iconName(ActionId id);

    QAction &operator[](ActionId id) const { return *m_actions[static_cast<std::size_t>(id)]; }

private:
    std::array<QAction *, kActionCount> m_actions{};
};

} // namespace cutaway
