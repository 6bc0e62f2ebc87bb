// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <array>
#include <memory>

class QButtonGroup;
class QHBoxLayout;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace cutaway {

class CodeView;
class PictureView;
class PreviewFactsModel;
struct PreparedPreview;

/// The ways in which a file can be looked at, and the switch between those that suit it.
class PreviewPages : public QWidget
{
    Q_OBJECT

public:
    enum Page { Summary, Text, Picture, Bytes };

    explicit PreviewPages(QWidget *parent = nullptr);

    /// The buttons that switch, to be placed by who owns this.
    QWidget *pageSwitch() const { return m_switch; }
    /// Takes the rows out of it. `isMore`: the same file as before, more of it.
    void show(PreparedPreview &preview, bool isMore);
    void clear();
    void setCanCopy(bool can);
    Page page() const;

private:
    QToolButton *addButton(Page page, const char *name, const QString &text, const QString &tip);
    void setPage(Page page);

    QWidget *m_switch = nullptr;
    QButtonGroup *m_buttons = nullptr;
    QStackedWidget *m_pages = nullptr;
    PreviewFactsModel *m_facts = nullptr;
    QTreeView *m_summary = nullptr;
    CodeView *m_text = nullptr;
    PictureView *m_picture = nullptr;
    CodeView *m_bytes = nullptr;
    bool m_wantsBytes = false; ///< somebody chose bytes: kept from file to file
};

} // namespace cutaway
