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
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QToolButton>

namespace cutaway {

namespace {

constexpr int kRevealedLines = 6; ///< in sight; the rest is scrolled to

} // namespace

FindingDetails::FindingDetails(const FindingsModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_text(new ExplanationView)
    , m_buttons(new QWidget)
    , m_copyFix(new QToolButton)
    , m_reveal(new QToolButton)
    , m_suppress(new QToolButton)
    , m_revealedTitle(new QLabel)
    , m_revealed(new QLabel)
    , m_revealedBox(new QWidget)
{
    m_text->setObjectName(QStringLiteral("findingDetails"));
    m_text->setAccessibleName(tr("Why, and how to fix it"));
    connect(m_text, &ExplanationView::evidenceChosen, this, &FindingDetails::evidenceChosen);

    buildRevealed();
    buildButtons();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::kGrid);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_revealedBox);
    layout->addWidget(m_buttons);
}

void FindingDetails::buildButtons()
{
    const auto setUp = [](QToolButton &button, const char *name, const char *iconName) {
        button.setObjectName(QLatin1String(name));
        button.setIcon(icon(QLatin1String(iconName)));
        button.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button.setAutoRaise(true);
        button.setFocusPolicy(Qt::TabFocus);
    };
    setUp(*m_copyFix, "copyFix", "copy");
    m_copyFix->setText(tr("Copy fix"));
    m_copyFix->setToolTip(tr("Copy the lines for the Dockerfile (Ctrl+Alt+C)"));
    connect(m_copyFix, &QToolButton::clicked, this, &FindingDetails::copyFix);
    setUp(*m_reveal, "revealValue", "reveal");
    m_reveal->setText(tr("Reveal"));
    m_reveal->setCheckable(true);
    m_reveal->setToolTip(
        tr("Read the value from the image and show it until something else is chosen "
           "(Ctrl+Alt+R)"));
    connect(m_reveal, &QToolButton::toggled, this, &FindingDetails::revealWanted);
    setUp(*m_suppress, "suppressFinding", "suppress");
    m_suppress->setText(tr("Suppress…"));
    m_suppress->setToolTip(tr("Say in the policy file why this shall not count (Ctrl+Alt+S)"));
    connect(m_suppress, &QToolButton::clicked, this, &FindingDetails::suppressWanted);

    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(theme::kGrid);
    buttons->addWidget(m_copyFix);
    buttons->addWidget(m_reveal);
    buttons->addWidget(m_suppress);
    buttons->addStretch(1);
}

void FindingDetails::buildRevealed()
{
    m_revealedTitle->setObjectName(QStringLiteral("revealedTitle"));
    m_revealedTitle->setTextFormat(Qt::PlainText);
    m_revealedTitle->setFont(theme::smallFont(font()));
    m_revealedTitle->setWordWrap(true);
    m_revealed->setObjectName(QStringLiteral("revealed"));
    m_revealed->setAccessibleName(tr("The revealed value"));
    m_revealed->setTextFormat(Qt::PlainText);
    m_revealed->setTextInteractionFlags(Qt::NoTextInteraction); // so that nothing copies it
    m_revealed->setFont(theme::fixedFont(font()));
    m_revealed->setWordWrap(true);
    m_revealed->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_revealed->setMargin(theme::kPadding);
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_revealed);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::TabFocus);
    scroll->setAccessibleName(tr("The revealed value"));
    scroll->setBackgroundRole(QPalette::Base);
    scroll->setMaximumHeight(fontMetrics().height() * kRevealedLines);
    m_revealedBox->setVisible(false);
    auto *column = new QVBoxLayout(m_revealedBox);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::kGrid);
    column->addWidget(m_revealedTitle);
    column->addWidget(scroll);
}

void FindingDetails::showRow(const QModelIndex &index)
{
    if (index != m_shown) {
        hideRevealed();
    }
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

const Evidence *FindingDetails::hidden() const
{
    const Finding *finding = m_model.finding(m_shown);
    if (finding == nullptr || finding->evidence.empty()
        || !finding->ruleId.starts_with("secret/")) {
        return nullptr;
    }
    const Evidence *chosen = m_model.evidence(m_shown);
    return chosen != nullptr ? chosen : &finding->evidence.front();
}

void FindingDetails::showRevealed(const QString &text)
{
    m_isRevealing = true;
    m_revealed->setText(text);
    const QSignalBlocker silent(m_reveal);
    m_reveal->setChecked(true);
    m_revealed->parentWidget()->parentWidget()->setVisible(true);
    m_revealedTitle->setText(tr("As it is in the image, until you choose something else:"));
    m_revealedBox->setVisible(true);
}

void FindingDetails::showRevealProblem(const QString &why)
{
    hideRevealed();
    m_revealedTitle->setText(tr("It could not be read: %1").arg(why));
    m_revealed->parentWidget()->parentWidget()->setVisible(false);
    m_revealedBox->setVisible(true);
}

void FindingDetails::hideRevealed()
{
    m_isRevealing = false;
    m_revealed->clear();
    m_revealedTitle->clear();
    m_revealedBox->setVisible(false);
    const QSignalBlocker silent(m_reveal);
    m_reveal->setChecked(false);
}

void FindingDetails::setCanReveal(bool can)
{
    m_reveal->setVisible(can);
}

void FindingDetails::setCanSuppress(bool can)
{
    m_suppress->setVisible(can);
}

void FindingDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showText(); // its colours are written into it
    }
}

} // namespace cutaway
