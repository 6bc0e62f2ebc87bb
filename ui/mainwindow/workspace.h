// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMainWindow>

class QMenu;
class QTabWidget;

namespace cutaway {

class Document;
class Selection;

/// The panels around an image: tabs in the centre, docks at the sides. A window of its own within
/// the main window, so that start page and problems can take its place without touching its layout.
class Workspace : public QMainWindow
{
    Q_OBJECT

public:
    Workspace(Document &document, Selection &selection, QWidget *parent = nullptr);

    /// Show or hide each dock.
    void addDockToggles(QMenu &menu) const;
    /// Puts this panel to the front, tab or dock, and gives it the focus.
    void showPanel(const QString &panelName);
    /// Puts the cursor into the filter line of the panel that has the focus, else of the tab in
    /// front.
    void focusFilter();
    void resetLayout();
    void saveLayout() const;
    void restoreLayout();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void arrange();
    void dropDoubleTitles();

    QTabWidget *m_tabs = nullptr;
    QList<QDockWidget *> m_docks;
    bool m_isArranged = false;
};

} // namespace cutaway
