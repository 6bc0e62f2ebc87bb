// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/view.h"

#include <QWidget>

#include <array>

class QButtonGroup;
class QToolButton;

namespace cutaway {

/// Which tree is looked at: a layer's changes, the tree after it, or what a container sees; where
/// `withHidden` is asked for also what later layers hide.
class ViewSwitch : public QWidget
{
    Q_OBJECT

public:
    explicit ViewSwitch(bool withHidden = false, QWidget *parent = nullptr);

    /// `layer` is -1 where none is chosen.
    void setView(ViewSpec::Kind kind, int layer);
    /// The hidden bytes, in place of a view.
    void setHidden(int layer);

signals:
    void viewChosen(cutaway::ViewSpec::Kind kind);
    void hiddenChosen();

private:
    QToolButton *addButton(const QString &name);
    void setLayer(int layer);
    void mark(const QToolButton *chosen);

    QButtonGroup *m_group = nullptr;
    std::array<QToolButton *, 3> m_buttons{};
    QToolButton *m_hidden = nullptr;
};

} // namespace cutaway
