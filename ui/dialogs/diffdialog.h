// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inspect/inspect.h"
#include "ui/models/pathversions.h"

#include <QDialog>

#include <array>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QToolButton;

namespace cutaway {

class CodePairView;
class EmptyState;
class PreviewJob;
struct PreparedDiff;

/// What became of a text file between two of its versions, line by line side by side.
class DiffDialog : public QDialog
{
    Q_OBJECT

public:
    /// The path in one image: any two of its versions, `newer` and the one before it at first
    /// (kNone: the last two).
    DiffDialog(const Inspected &image, NodeId node, EntryId newer, QWidget *parent = nullptr);
    /// The path in two images, their final versions at first.
    DiffDialog(const Inspected &before,
               const Inspected &after,
               const QByteArray &path,
               QWidget *parent = nullptr);
    ~DiffDialog() override;

private:
    struct Side
    {
        Inspected image;
        std::vector<PathVersion> versions;
        QComboBox *choice = nullptr;

        EntryId entry() const;
    };

    void build(const QString &path);
    void fill(Side &side, EntryId chosen);
    void load();
    void showDiff(PreparedDiff &diff);
    void showText(const QString &text, const QString &action = {});
    void step(int by);

    std::array<Side, 2> m_sides;
    PreviewJob *m_job = nullptr;
    CodePairView *m_view = nullptr;
    EmptyState *m_state = nullptr;
    QLabel *m_words = nullptr;
    QToolButton *m_previous = nullptr;
    QToolButton *m_next = nullptr;
    QString m_summary;
    bool m_isRevealed = false; ///< somebody asked to see the secret in the versions chosen
};

} // namespace cutaway
