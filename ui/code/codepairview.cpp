// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/code/codepairview.h"

#include "ui/code/codeview.h"

#include <QScrollBar>

#include <utility>

namespace cutaway {

CodePairView::CodePairView(QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_before(new CodeView)
    , m_after(new CodeView)
{
    m_before->setObjectName(QStringLiteral("codeBefore"));
    m_after->setObjectName(QStringLiteral("codeAfter"));
    addWidget(m_before);
    addWidget(m_after);
    setChildrenCollapsible(false);
    const auto follow = [](QScrollBar *leader, QScrollBar *follower) {
        connect(leader, &QScrollBar::valueChanged, follower, &QScrollBar::setValue);
    };
    for (const auto &[leader, follower] :
         {std::pair(m_before, m_after), std::pair(m_after, m_before)}) {
        follow(leader->verticalScrollBar(), follower->verticalScrollBar());
        follow(leader->horizontalScrollBar(), follower->horizontalScrollBar());
        // A change further down can be gone to only once both sides reach that far.
        connect(leader, &CodeView::filled, this, &CodePairView::showCurrent);
    }
    // Of two bars that move as one, one is enough; the lower ones keep the rows level.
    m_before->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_before->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_after->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
}

void CodePairView::setSides(SideBySide sides)
{
    m_places = std::move(sides.places);
    m_current = -1;
    m_before->setRows(std::move(sides.before));
    m_after->setRows(std::move(sides.after));
}

void CodePairView::setNames(const QString &before, const QString &after)
{
    m_before->setAccessibleName(before);
    m_after->setAccessibleName(after);
}

void CodePairView::setCanCopy(bool can)
{
    m_before->setCanCopy(can);
    m_after->setCanCopy(can);
}

void CodePairView::step(int by)
{
    if (m_places.empty()) {
        return;
    }
    const int count = changeCount();
    m_current = m_current < 0 ? (by > 0 ? 0 : count - 1) : (m_current + by + count) % count;
    showCurrent();
}

void CodePairView::showCurrent()
{
    if (m_current >= 0 && m_current < changeCount()) {
        m_after->showRowAt(static_cast<int>(m_places[static_cast<std::size_t>(m_current)]));
    }
}

} // namespace cutaway
