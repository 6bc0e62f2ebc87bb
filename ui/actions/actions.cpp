// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/actions.h"

#include <QKeySequence>

namespace cutaway {

namespace {

struct Row
{
    ActionId id;
    const char *name; ///< object name, stable
    const char *text;
    const char *icon; ///< empty = none
    const char *keys; ///< shortcuts, "; " between several
    const char *tip;
};

#define TEXT(text) QT_TRANSLATE_NOOP("cutaway::Actions", text)

constexpr Row kRows[] = {
    {ActionId::OpenFile,
     "openFile",
     TEXT("&Open file…"),
     "open",
     "Ctrl+O",
     TEXT("Open an image archive (docker save, OCI archive, root file system)")},
    {ActionId::OpenDirectory,
     "openDirectory",
     TEXT("Open &directory…"),
     "folder",
     "Ctrl+Shift+O",
     TEXT("Open an OCI layout, a skopeo directory or a root file system")},
    {ActionId::OpenSample,
     "openSample",
     TEXT("Open the &sample image"),
     "sample",
     "",
     TEXT("Open the small image that comes with Cutaway")},
    {ActionId::Reload,
     "reload",
     TEXT("&Read again"),
     "reload",
     "F5; Ctrl+R",
     TEXT("Read the image from its source again")},
    {ActionId::Compare,
     "compare",
     TEXT("Co&mpare with…"),
     "compare",
     "Ctrl+D",
     TEXT("Hold another image, or another platform of this one, against it")},
    {ActionId::Close,
     "close",
     TEXT("&Close image"),
     "close",
     "Ctrl+W",
     TEXT("Close the image and go back to the start page")},
    {ActionId::ExportText,
     "exportText",
     TEXT("Summary as &text…"),
     "",
     "Ctrl+E",
     TEXT("Save the one-page summary as text")},
    {ActionId::ExportJson,
     "exportJson",
     TEXT("Report as &JSON…"),
     "",
     "Ctrl+Shift+E",
     TEXT("Save the whole report as JSON, as cutaway-cli inspect prints it")},
    {ActionId::ExportAudit,
     "exportAudit",
     TEXT("&Audit report…"),
     "",
     "Ctrl+Alt+E",
     TEXT("Save grade, findings and fixes as HTML, Markdown, JSON, SARIF, JUnit or CSV")},
    {ActionId::ExportPackages,
     "exportPackages",
     TEXT("Pac&kages…"),
     "",
     "Ctrl+Alt+P",
     TEXT("Save what is installed, and whose bytes are whose, as CSV or JSON")},
    {ActionId::ExportDockerfile,
     "exportDockerfile",
     TEXT("Build steps as &Dockerfile…"),
     "",
     "",
     TEXT("Save the build steps, rebuilt from the image's history")},
    {ActionId::ExportStrata,
     "exportStrata",
     TEXT("&Picture of the layers…"),
     "",
     "",
     TEXT("Save the drawing of the layers as PNG or SVG")},
    {ActionId::ExportTreemap,
     "exportTreemap",
     TEXT("Picture of the t&reemap…"),
     "",
     "",
     TEXT("Save the files, drawn to size as the treemap shows them, as PNG or SVG")},
    {ActionId::Quit, "quit", TEXT("&Quit"), "", "Ctrl+Q", TEXT("Quit Cutaway")},
    {ActionId::Copy, "copy", TEXT("&Copy"), "copy", "Ctrl+C", TEXT("Copy what is selected")},
    {ActionId::CopyLink,
     "copyLink",
     TEXT("Copy &link to this place"),
     "link",
     "Ctrl+Shift+C",
     TEXT("Copy a link that opens this image at this place again")},
    {ActionId::Find,
     "find",
     TEXT("&Filter…"),
     "search",
     "Ctrl+F",
     TEXT("Filter the current panel")},
    {ActionId::FindAnything,
     "findAnything",
     TEXT("Find action or &path…"),
     "",
     "Ctrl+K",
     TEXT("Type a few letters of what to do, or of a file's name")},
    {ActionId::AddressBar,
     "addressBar",
     TEXT("&Address bar"),
     "",
     "Ctrl+L; Alt+D",
     TEXT("Type the image to open")},
    {ActionId::Back, "back", TEXT("&Back"), "back", "Alt+Left", TEXT("Go to the place before")},
    {ActionId::Forward,
     "forward",
     TEXT("&Forward"),
     "forward",
     "Alt+Right",
     TEXT("Go to the place after")},
    {ActionId::LayerAbove,
     "layerAbove",
     TEXT("Layer &above"),
     "",
     "Alt+Up",
     TEXT("Choose the layer built after this one")},
    {ActionId::LayerBelow,
     "layerBelow",
     TEXT("Layer b&elow"),
     "",
     "Alt+Down",
     TEXT("Choose the layer built before this one")},
    {ActionId::NoSelection,
     "noSelection",
     TEXT("&Whole image"),
     "image",
     "Alt+Home",
     TEXT("Choose no layer and no path: the image as a container sees it")},
    {ActionId::ShowFiles,
     "showFiles",
     TEXT("&Files"),
     "directory",
     "Ctrl+1",
     TEXT("Show the files of the image or of one layer")},
    {ActionId::ShowTreemap,
     "showTreemap",
     TEXT("&Treemap"),
     "treemap",
     "Ctrl+9",
     TEXT("Show the files of the image or of one layer, drawn to size")},
    {ActionId::ShowWaste,
     "showWaste",
     TEXT("&Waste"),
     "waste",
     "Ctrl+2",
     TEXT("Show the bytes that are shipped but never seen")},
    {ActionId::ShowPackages,
     "showPackages",
     TEXT("Pac&kages"),
     "package",
     "Ctrl+8",
     TEXT("Show what is installed, and whose files are whose")},
    {ActionId::ShowSteps,
     "showSteps",
     TEXT("&Build steps"),
     "steps",
     "Ctrl+3",
     TEXT("Show how the image was built")},
    {ActionId::ShowScore,
     "showScore",
     TEXT("&Grade"),
     "grade",
     "Ctrl+4",
     TEXT("Show the grade, the sum behind it, and what would better it most")},
    {ActionId::ShowProperties,
     "showProperties",
     TEXT("&Properties of a module container"),
     "container",
     "Ctrl+5",
     TEXT("Show which of the seven properties of a module container the image has")},
    {ActionId::ShowSkipped,
     "showSkipped",
     TEXT("Rules &not asked"),
     "unknown",
     "Ctrl+6",
     TEXT("Show which rules could not be asked of this image, and why")},
    {ActionId::ShowFindings,
     "showFindings",
     TEXT("F&indings"),
     "finding",
     "Ctrl+7",
     TEXT("Go to the list of findings")},
    {ActionId::ShowComparison,
     "showComparison",
     TEXT("C&omparison"),
     "compare",
     "Ctrl+Shift+D",
     TEXT("Go to the comparison with another image")},
    {ActionId::NextFinding,
     "nextFinding",
     TEXT("&Next finding"),
     "",
     "F8",
     TEXT("Go to the next finding, its file and its layer")},
    {ActionId::PreviousFinding,
     "previousFinding",
     TEXT("&Previous finding"),
     "",
     "Shift+F8",
     TEXT("Go to the finding before")},
    {ActionId::CopyFix,
     "copyFix",
     TEXT("Copy &fix"),
     "copy",
     "Ctrl+Alt+C",
     TEXT("Copy the lines for a Dockerfile that mend the chosen finding")},
    {ActionId::RevealValue,
     "revealValue",
     TEXT("&Reveal or hide the value"),
     "reveal",
     "Ctrl+Alt+R",
     TEXT("Show the secret that the chosen finding is about, until something else is chosen")},
    {ActionId::Suppress,
     "suppress",
     TEXT("&Suppress…"),
     "suppress",
     "Ctrl+Alt+S",
     TEXT("Say in the policy file why the chosen finding shall not count")},
    {ActionId::WhatIf,
     "whatIf",
     TEXT("What &if it were built otherwise…"),
     "",
     "Ctrl+I",
     TEXT("Work out what the image would weigh with layers merged and paths left out")},
    {ActionId::FullScreen,
     "fullScreen",
     TEXT("F&ull screen"),
     "",
     "F11",
     TEXT("Fill the screen with the window")},
    {ActionId::ResetLayout,
     "resetLayout",
     TEXT("&Reset layout"),
     "",
     "",
     TEXT("Put all panels back where they were at first")},
    {ActionId::WhatsThis,
     "whatsThis",
     TEXT("&What is this?"),
     "info",
     "Shift+F1",
     TEXT("Click on something to have it explained")},
    {ActionId::Shortcuts,
     "shortcuts",
     TEXT("&Keyboard shortcuts"),
     "",
     "Ctrl+?",
     TEXT("All keys, menu by menu")},
    {ActionId::About,
     "about",
     TEXT("&About Cutaway"),
     "",
     "",
     TEXT("Which version this is, and its licence")},
};
static_assert(std::size(kRows) == kActionCount); // and in the order of ActionId

#undef TEXT

QAction::MenuRole menuRole(ActionId id)
{
    switch (id) {
    case ActionId::Quit: return QAction::QuitRole;
    case ActionId::About: return QAction::AboutRole;
    default: return QAction::NoRole;
    }
}

} // namespace

QString Actions::iconName(ActionId id)
{
    return QLatin1String(kRows[static_cast<std::size_t>(id)].icon);
}

Actions::Actions(QObject *parent)
    : QObject(parent)
{
    for (const Row &row : kRows) {
        auto *action = new QAction(tr(row.text), this);
        action->setObjectName(QLatin1String(row.name));
        if (*row.keys != '\0') { // of nothing, Qt would make an empty shortcut
            action->setShortcuts(QKeySequence::listFromString(QLatin1String(row.keys)));
        }
        QString tip = tr(row.tip);
        action->setStatusTip(tip);
        if (!action->shortcut().isEmpty()) {
            tip +=
                QStringLiteral(" (%1)").arg(action->shortcut().toString(QKeySequence::NativeText));
        }
        action->setToolTip(tip);
        action->setMenuRole(menuRole(row.id));
        m_actions[static_cast<std::size_t>(row.id)] = action;
    }
}

} // namespace cutaway
