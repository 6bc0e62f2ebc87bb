// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QModelIndex;
class QSplitter;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class FindingDetails;
class FindingsFilters;
class FindingsModel;
struct Finding;
class RevealJob;
class Selection;

/// What is wrong with the image, why does it matter, and how is it mended? Notes of reading
/// included.
class FindingsPanel : public QWidget
{
    Q_OBJECT

public:
    FindingsPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

    /// Goes to the next finding that is shown, or with -1 to the one before.
    void step(int by);
    void copyFix();
    bool canCopyFix() const;
    /// Shows the secret that the chosen finding is about, or hides it again.
    void toggleReveal();
    bool canReveal() const;
    /// The chosen finding, if an entry in the policy can take it out of the sum; else null.
    const Finding *suppressible() const;

signals:
    void chosenChanged(); ///< another finding is chosen, or none
    void fixCopied();
    void suppressWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildView();
    void connectAll();
    void addActions(QMenu &menu, const QModelIndex &index);
    void showInspection();
    void leaveEarly();
    void showPolicyProblem();
    void showState();
    void showDetails();
    void showColumns();
    void filter();
    void followRows();
    /// Chooses the row of the selection's finding; where filters hide it, `mayShowAll` takes them
    /// away.
    void followPlace(bool mayShowAll);
    void goTo(int evidence);
    void reveal(bool isWanted);
    void choose();

    Document &m_document;
    Selection &m_selection;
    FindingsModel *m_model = nullptr;
    FindingsFilters *m_filters = nullptr;
    QLabel *m_early = nullptr;
    QLabel *m_policyProblem = nullptr;
    EmptyState *m_state = nullptr;
    QTreeView *m_view = nullptr;
    FindingDetails *m_details = nullptr;
    QSplitter *m_splitter = nullptr;
    RevealJob *m_revealJob = nullptr;
    bool m_isFollowing = false;
};

} // namespace cutaway
