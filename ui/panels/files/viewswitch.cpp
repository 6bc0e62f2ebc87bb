// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/files/viewswitch.h"

#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace cutaway {

namespace {

/// In the order of the buttons.
constexpr std::array kKinds = {ViewSpec::Kind::Layer, ViewSpec::Kind::At, ViewSpec::Kind::Final};

} // namespace

ViewSwitch::ViewSwitch(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("View"));
    auto *group = new QButtonGroup(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    constexpr std::array kNames = {"viewLayer", "viewAt", "viewFinal"};
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        auto *button = new QToolButton;
        button->setObjectName(QLatin1String(kNames[i]));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        group->addButton(button);
        layout->addWidget(button);
        m_buttons[i] = button;
        connect(button, &QToolButton::clicked, this, [this, i] { emit viewChosen(kKinds[i]); });
    }
    m_buttons[0]->setToolTip(tr("What the chosen layer adds, changes and removes"));
    m_buttons[1]->setToolTip(tr("All files as they are once the chosen layer is applied"));
    m_buttons[2]->setToolTip(tr("All files as a container sees them"));
    m_buttons[2]->setText(tr("Final"));
    setView(ViewSpec::Kind::Final, -1);
}

void ViewSwitch::setView(ViewSpec::Kind kind, int layer)
{
    m_buttons[0]->setText(layer < 0 ? tr("Layer's changes") : tr("Changes of layer %1").arg(layer));
    m_buttons[1]->setText(layer < 0 ? tr("After layer") : tr("After layer %1").arg(layer));
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        const bool isChosen = kKinds[i] == kind;
        m_buttons[i]->setChecked(isChosen);
        // On dark grounds a pressed button differs too little from the others to tell by its shade.
        m_buttons[i]->setFont(isChosen ? theme::boldFont(font()) : font());
    }
}

} // namespace cutaway
