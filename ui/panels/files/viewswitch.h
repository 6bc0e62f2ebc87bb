// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/view.h"

#include <QWidget>

#include <array>

class QToolButton;

namespace cutaway {

/// Which tree is looked at: a layer's changes, the tree after it, or what a container sees.
class ViewSwitch : public QWidget
{
    Q_OBJECT

public:
    explicit ViewSwitch(QWidget *parent = nullptr);

    /// `layer` is -1 where none is chosen.
    void setView(ViewSpec::Kind kind, int layer);

signals:
    void viewChosen(cutaway::ViewSpec::Kind kind);

private:
    std::array<QToolButton *, 3> m_buttons{};
};

} // namespace cutaway
