// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/viewswitch.h"

#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

namespace cutaway {

namespace {

/// In the order of the buttons.
constexpr std::array kKinds = {ViewSpec::Kind::Layer, ViewSpec::Kind::At, ViewSpec::Kind::Final};

} // namespace

ViewSwitch::ViewSwitch(bool withHidden, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    setAccessibleName(tr("View"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    constexpr std::array kNames = {"viewLayer", "viewAt", "viewFinal"};
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        m_buttons[i] = addButton(QLatin1String(kNames[i]));
        connect(
            m_buttons[i], &QToolButton::clicked, this, [this, i] { emit viewChosen(kKinds[i]); });
    }
    m_buttons[0]->setToolTip(tr("What the chosen layer adds, changes and removes"));
    m_buttons[1]->setToolTip(tr("All files as they are once the chosen layer is applied"));
    m_buttons[2]->setToolTip(tr("All files as a container sees them"));
    m_buttons[2]->setText(tr("Final"));
    if (withHidden) {
        m_hidden = addButton(QStringLiteral("viewHidden"));
        m_hidden->setText(tr("Hidden"));
        m_hidden->setToolTip(tr("Bytes that the layers ship and later layers hide"));
        connect(m_hidden, &QToolButton::clicked, this, &ViewSwitch::hiddenChosen);
    }
    setView(ViewSpec::Kind::Final, -1);
}

QToolButton *ViewSwitch::addButton(const QString &name)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    m_group->addButton(button);
    layout()->addWidget(button);
    return button;
}

void ViewSwitch::setView(ViewSpec::Kind kind, int layer)
{
    setLayer(layer);
    mark(m_buttons[static_cast<std::size_t>(std::ranges::find(kKinds, kind) - kKinds.begin())]);
}

void ViewSwitch::setHidden(int layer)
{
    setLayer(layer);
    mark(m_hidden);
}

void ViewSwitch::setLayer(int layer)
{
    m_buttons[0]->setText(layer < 0 ? tr("Layer's changes") : tr("Changes of layer %1").arg(layer));
    m_buttons[1]->setText(layer < 0 ? tr("After layer") : tr("After layer %1").arg(layer));
}

void ViewSwitch::mark(const QToolButton *chosen)
{
    for (QAbstractButton *button : m_group->buttons()) {
        const bool isChosen = button == chosen;
        button->setChecked(isChosen);
        // On dark grounds a pressed button differs too little from the others to tell by its shade.
        button->setFont(isChosen ? theme::boldFont(font()) : font());
    }
}

} // namespace cutaway
