// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/welcomepage.h"

#include "ui/actions/actions.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace cutaway {

namespace {

constexpr int kLogoSize = 64;
constexpr int kRecentShown = 6;
constexpr ActionId kStarts[] = {ActionId::OpenFile,
                                ActionId::OpenDirectory,
                                ActionId::BrowseRegistries,
                                ActionId::OpenEngine,
                                ActionId::OpenSample};

/// One way to start: icon and words on a line that can be clicked.
QToolButton *lineButton(QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumHeight(button->fontMetrics().height() + theme::kGroup);
    button->setCursor(Qt::PointingHandCursor);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(theme::boldFont(label->font()));
    return label;
}

} // namespace

WelcomePage::WelcomePage(const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_recentBox(new QWidget(this))
    , m_recent(new QVBoxLayout(m_recentBox))
{
    setObjectName(QStringLiteral("welcomePage"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *logo = new QLabel(this);
    logo->setPixmap(logoIcon().pixmap(kLogoSize, kLogoSize));
    auto *name = heading(QStringLiteral("Cutaway"), this);
    QFont large = name->font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    name->setFont(large);
    auto *purpose =
        new QLabel(tr("See what a container image is made of, what it weighs, and why."), this);
    purpose->setWordWrap(true);

    auto *start = new QVBoxLayout;
    start->setSpacing(0);
    start->addWidget(heading(tr("Start"), this));
    start->addSpacing(theme::kGrid);
    for (const ActionId id : kStarts) {
        QToolButton *button = lineButton(this);
        button->setDefaultAction(&actions[id]);
        start->addWidget(button);
        if (id == ActionId::OpenEngine) {
            button->setObjectName(QStringLiteral("welcomeEngine"));
            button->hide(); // until one is known to be there
            m_engine = button;
        }
    }
    m_recent->setContentsMargins(0, 0, 0, 0);
    m_recent->setSpacing(0);

    auto *drop =
        new QLabel(tr("Or drop an image archive or a directory anywhere in this window."), this);
    drop->setWordWrap(true);
    drop->setForegroundRole(QPalette::PlaceholderText);

    auto *column = new QWidget(this);
    column->setMaximumWidth(fontMetrics().averageCharWidth() * 100);
    auto *grid = new QGridLayout(column);
    grid->setHorizontalSpacing(theme::kSection);
    grid->setVerticalSpacing(0);
    grid->addWidget(logo, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(name, 0, 1, Qt::AlignBottom);
    grid->addWidget(purpose, 1, 1, Qt::AlignTop);
    grid->setRowMinimumHeight(2, theme::kSection * 2);
    grid->addLayout(start, 3, 1);
    grid->setRowMinimumHeight(4, theme::kSection);
    grid->addWidget(m_recentBox, 5, 1);
    grid->setRowMinimumHeight(6, theme::kSection);
    grid->addWidget(drop, 7, 1);
    grid->setColumnStretch(1, 1);

    auto *layout = new QGridLayout(this);
    layout->addWidget(column, 1, 1);
    layout->setRowStretch(0, 1);
    layout->setRowStretch(2, 2);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 20);
    layout->setColumnStretch(2, 1);
}

void WelcomePage::setEngine(bool isThere)
{
    m_engine->setVisible(isThere);
}

void WelcomePage::setRecent(const QStringList &references)
{
    while (QLayoutItem *item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_recentBox->setVisible(!references.isEmpty());
    if (references.isEmpty()) {
        return;
    }
    m_recent->addWidget(heading(tr("Recent"), m_recentBox));
    m_recent->addSpacing(theme::kGrid);
    for (const QString &reference : references.mid(0, kRecentShown)) {
        QToolButton *button = lineButton(m_recentBox);
        QString text = button->fontMetrics().elidedText(
            shown(reference.toStdString()), Qt::ElideMiddle, fontMetrics().averageCharWidth() * 60);
        button->setText(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        button->setIcon(icon(QStringLiteral("recent")));
        button->setToolTip(plainToolTip(reference));
        button->setAccessibleName(tr("Open %1").arg(reference));
        connect(button, &QToolButton::clicked, this, [this, reference] {
            emit openRequested(reference);
        });
        m_recent->addWidget(button);
    }
}

} // namespace cutaway
