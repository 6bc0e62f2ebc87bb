// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/treemap/breadcrumbs.h"

#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace cutaway {

namespace {

constexpr qsizetype kSteps = 4;  ///< the last ones of a long way
constexpr int kStepLetters = 18; ///< that a step is wide at the most

/// As a button wants it: "&" would underline a letter.
QString label(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

Breadcrumbs::Breadcrumbs(QWidget *parent)
    : QWidget(parent)
    , m_up(new QToolButton)
{
    setObjectName(QStringLiteral("breadcrumbs"));
    setAccessibleName(tr("Directory that is shown"));
    m_up->setObjectName(QStringLiteral("zoomOut"));
    m_up->setArrowType(Qt::UpArrow);
    m_up->setAutoRaise(true);
    m_up->setFocusPolicy(Qt::TabFocus);
    m_up->setAccessibleName(tr("Zoom out"));
    m_up->setToolTip(tr("Zoom out (Backspace)"));
    connect(m_up, &QToolButton::clicked, this, &Breadcrumbs::upChosen);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(theme::kGrid);
    line->addWidget(m_up);
    m_steps = new QHBoxLayout;
    m_steps->setSpacing(0);
    line->addLayout(m_steps);
    setPath("/");
}

void Breadcrumbs::setPath(const QByteArray &path)
{
    m_up->setEnabled(path.size() > 1);
    if (path == m_path) {
        return;
    }
    m_path = path;
    while (QLayoutItem *item = m_steps->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that was clicked
        delete item;
    }
    const QList<QByteArray> names = path == "/" ? QList<QByteArray>() : path.mid(1).split('/');
    addStep(QStringLiteral("/"), "/", names.isEmpty());
    const qsizetype first = std::max<qsizetype>(names.size() - kSteps, 0);
    QByteArray here;
    for (qsizetype i = 0; i < names.size(); ++i) {
        here += '/' + names[i];
        if (i + 1 == first) {
            addStep(QStringLiteral("…"), here, false);
        } else if (i >= first) {
            addStep(shown(viewOf(names[i])), here, i + 1 == names.size());
        }
    }
}

void Breadcrumbs::addStep(const QString &text, const QByteArray &path, bool isLast)
{
    if (m_steps->count() > 0) {
        m_steps->addWidget(new QLabel(QStringLiteral("›")));
    }
    auto *step = new QToolButton;
    step->setAutoRaise(true);
    step->setFocusPolicy(isLast ? Qt::NoFocus : Qt::TabFocus);
    step->setFont(isLast ? theme::boldFont(font()) : font());
    step->setText(label(
        QFontMetrics(step->font())
            .elidedText(text, Qt::ElideMiddle, kStepLetters * fontMetrics().averageCharWidth())));
    step->setAccessibleName(text);
    step->setToolTip(plainToolTip(shown(viewOf(path))));
    if (!isLast) {
        connect(step, &QToolButton::clicked, this, [this, path] { emit pathChosen(path); });
    }
    m_steps->addWidget(step);
}

} // namespace cutaway
