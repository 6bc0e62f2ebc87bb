// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/registryasking.h"

#include <QPersistentModelIndex>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTreeView;

namespace cutaway {

class EmptyState;
class TagDetailsModel;

/// What one tag stands for: platforms, and what is kept beside them, as a tree; below it the chosen
/// statement, made readable. Nobody verifies signatures here, and it says so.
class RegistryDetails : public QWidget
{
    Q_OBJECT

public:
    explicit RegistryDetails(const RegistryAskerPtr &asker, QWidget *parent = nullptr);

    /// Of what nobody has looked at yet, `facts` is null.
    void showTag(const RepositoryPlace &place, const QString &tag, const TagOutline *facts);
    /// Of the chosen image: "linux/arm64"; empty where none of several is.
    Platform chosenPlatform() const;

signals:
    void failed(const QString &host, const cutaway::Error &error);
    void platformActivated();

private:
    void buildViews();
    void choose(const QModelIndex &index);
    void askReferrers(const QModelIndex &subject);
    void askParts(const QModelIndex &attached);
    void askText(const QModelIndex &part);
    void showText(const Descriptor &part, const AttachedText &text, const QString &readable);
    void showWords(const QString &words);
    void tell(const QPersistentModelIndex &index, const Error &error);

    RepositoryPlace m_place;
    RegistryLane *m_lane = nullptr;
    TagDetailsModel *m_model = nullptr;
    QTreeView *m_tree = nullptr;
    EmptyState *m_state = nullptr;
    EmptyState *m_textState = nullptr;
    QLabel *m_about = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QPersistentModelIndex m_asking; ///< what the lane asks for
};

} // namespace cutaway
