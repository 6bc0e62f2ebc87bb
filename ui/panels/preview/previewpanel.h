// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QToolButton;

namespace cutaway {

class Document;
class EmptyState;
class PreviewJob;
class PreviewPages;
class Selection;
struct PreparedPreview;
struct Progress;

/// What does the chosen file hold? Of whichever layer; read when it is chosen, and let go of when
/// something else is. What a finding calls a secret is shown to who asks for it alone.
class PreviewPanel : public QWidget
{
    Q_OBJECT

public:
    PreviewPanel(Document &document, Selection &selection, QWidget *parent = nullptr);
    ~PreviewPanel() override;

signals:
    void versionsWanted(); ///< the chosen path's versions are to be compared

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildHeader();
    QWidget *buildFooter();
    void connectAll();
    void followPlace();
    void showPlace();
    void showVersions(EntryId shown);
    bool showOtherThanFile(NodeId node, EntryId entry);
    void load(quint64 wanted);
    void showLoaded(PreparedPreview &preview);
    void showProgress(const Progress &progress);
    void showText(const QString &text, const QString &action = {});
    void act();
    void letGo();

    /// What the link below a text does.
    enum class Offer { Nothing, Reveal, FollowLink, Stop, Retry };

    Document &m_document;
    Selection &m_selection;
    PreviewJob *m_job = nullptr;
    PreviewPages *m_pages = nullptr;
    EmptyState *m_state = nullptr;
    QWidget *m_header = nullptr;
    QWidget *m_footer = nullptr;
    QComboBox *m_versions = nullptr;
    QToolButton *m_compare = nullptr;
    QToolButton *m_more = nullptr;
    QLabel *m_words = nullptr;
    QTimer m_pause;
    QElapsedTimer m_since; ///< when reading began
    NodeId m_node = kNone;
    EntryId m_entry = kNone;    ///< shown, or to be shown
    EntryId m_revealed = kNone; ///< a secret that somebody asked to see
    quint64 m_wanted = 0;
    Offer m_offer = Offer::Nothing;
};

} // namespace cutaway
