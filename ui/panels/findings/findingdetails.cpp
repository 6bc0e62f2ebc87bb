// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/findings/findingdetails.h"

#include "ui/delegates/explanationview.h"
#include "ui/models/explanation.h"
#include "ui/models/findingsmodel.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace cutaway {

FindingDetails::FindingDetails(const FindingsModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_text(new ExplanationView)
    , m_buttons(new QWidget)
    , m_copyFix(new QToolButton)
{
    m_text->setObjectName(QStringLiteral("findingDetails"));
    m_text->setAccessibleName(tr("Why, and how to fix it"));
    connect(m_text, &ExplanationView::evidenceChosen, this, &FindingDetails::evidenceChosen);

    m_copyFix->setObjectName(QStringLiteral("copyFix"));
    m_copyFix->setText(tr("Copy fix"));
    m_copyFix->setIcon(icon(QStringLiteral("copy")));
    m_copyFix->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copyFix->setAutoRaise(true);
    m_copyFix->setFocusPolicy(Qt::TabFocus);
    m_copyFix->setToolTip(tr("Copy the lines for the Dockerfile"));
    connect(m_copyFix, &QToolButton::clicked, this, &FindingDetails::copyFix);

    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(theme::kGrid);
    buttons->addWidget(m_copyFix);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::kGrid);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_buttons);
}

void FindingDetails::showRow(const QModelIndex &index)
{
    m_shown = index;
    const Finding *finding = m_model.finding(index);
    m_snippet = finding == nullptr ? QString() : snippetOf(finding->ruleId);
    m_copyFix->setEnabled(canCopyFix());
    m_buttons->setVisible(finding != nullptr);
    showText();
}

void FindingDetails::showText()
{
    if (const Finding *finding = m_model.finding(m_shown)) {
        m_text->showHtml(findingHtml(*finding, palette()));
    } else if (const FindingsItem *note = m_model.item(m_shown)) {
        m_text->showHtml(noteHtml(*note, palette()));
    } else {
        m_text->showHtml({});
    }
}

void FindingDetails::copyFix()
{
    if (canCopyFix()) {
        QApplication::clipboard()->setText(m_snippet + QLatin1Char('\n'));
        emit fixCopied();
    }
}

void FindingDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showText(); // its colours are written into it
    }
}

} // namespace cutaway
