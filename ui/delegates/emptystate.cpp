// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/emptystate.h"

#include "ui/theme/theme.h"

#include <QLabel>

namespace cutaway {

EmptyState::EmptyState(QWidget *view, QWidget *parent)
    : QStackedWidget(parent)
    , m_label(new QLabel)
{
    m_label->setObjectName(QStringLiteral("emptyState"));
    m_label->setAlignment(Qt::AlignCenter);
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::RichText);
    m_label->setMargin(theme::kSection);
    m_label->setAutoFillBackground(true);
    m_label->setBackgroundRole(QPalette::Base);
    m_label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_label, &QLabel::linkActivated, this, &EmptyState::actionActivated);
    addWidget(view);
    addWidget(m_label);
}

void EmptyState::showView()
{
    setCurrentIndex(0);
}

void EmptyState::showText(const QString &text, const QString &action)
{
    QString html =
        QStringLiteral("<p style=\"color:%1\">%2</p>")
            .arg(theme::color(theme::Role::Muted, palette()).name(), text.toHtmlEscaped());
    if (!action.isEmpty()) {
        html += QStringLiteral("<p><a href=\"#\">%1</a></p>").arg(action.toHtmlEscaped());
    }
    m_label->setText(html);
    setCurrentIndex(1);
}

bool EmptyState::isEmpty() const
{
    return currentIndex() == 1;
}

} // namespace cutaway
