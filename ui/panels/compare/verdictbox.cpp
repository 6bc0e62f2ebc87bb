// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/compare/verdictbox.h"

#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

#include <utility>

namespace cutaway {

namespace {

constexpr std::size_t kReasonsShown = 7;
constexpr int kSignSize = 24;

/// One below the other in two columns, so that they leave the room to what they are about.
QString inColumns(const QStringList &cells)
{
    const qsizetype rows = (cells.size() + 1) / 2;
    QString html = QStringLiteral("<table cellspacing=\"0\" cellpadding=\"0\">");
    for (qsizetype row = 0; row < rows; ++row) {
        html += QStringLiteral("<tr><td>%1</td><td style=\"padding-left:%2px\">%3</td></tr>")
                    .arg(cells[row])
                    .arg(2 * theme::kSection)
                    .arg(row + rows < cells.size() ? cells[row + rows] : QString());
    }
    return html + QStringLiteral("</table>");
}

} // namespace

VerdictBox::VerdictBox(QWidget *parent)
    : QWidget(parent)
    , m_sign(new QLabel)
    , m_title(new QLabel)
    , m_text(new QLabel)
{
    setObjectName(QStringLiteral("verdictBox"));
    m_title->setObjectName(QStringLiteral("verdictTitle"));
    m_title->setTextFormat(Qt::PlainText);
    QFont large = theme::boldFont(font());
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_title->setFont(large);
    m_text->setObjectName(QStringLiteral("verdictReasons"));
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(theme::kPadding);
    grid->setVerticalSpacing(theme::kGrid);
    grid->addWidget(m_sign, 0, 0);
    grid->addWidget(m_title, 0, 1);
    grid->addWidget(m_text, 1, 1);
    grid->setColumnStretch(1, 1);
}

void VerdictBox::show(const Comparison &comparison)
{
    m_verdict = comparison.verdict;
    m_reasons = comparison.reasons;
    m_isComplete = comparison.before->image->complete && comparison.after->image->complete;
    fill();
}

void VerdictBox::fill()
{
    const QSize size(kSignSize, kSignSize);
    switch (m_verdict) {
    case Comparison::Verdict::Same:
        m_title->setText(tr("Neither better nor worse"));
        m_sign->setPixmap(icon(QStringLiteral("info"), theme::Role::Info).pixmap(size));
        break;
    case Comparison::Verdict::Better:
        m_title->setText(tr("The second image is better"));
        m_sign->setPixmap(icon(QStringLiteral("good"), theme::Role::Good).pixmap(size));
        break;
    case Comparison::Verdict::Worse:
        m_title->setText(tr("The second image is worse"));
        m_sign->setPixmap(icon(QStringLiteral("high"), theme::Role::High).pixmap(size));
        break;
    }
    QStringList cells;
    for (std::size_t i = 0; i < std::min(kReasonsShown, m_reasons.size()); ++i) {
        const VerdictReason &reason = m_reasons[i];
        const theme::Role role = reason.isWorse ? theme::Role::Removed : theme::Role::Added;
        cells << QStringLiteral("<span style=\"color:%1\">%2</span> %3")
                     .arg(theme::color(role, palette()).name(),
                          reason.isWorse ? tr("worse:") : tr("better:"),
                          shown(reason.text).toHtmlEscaped());
    }
    if (m_reasons.size() > kReasonsShown) {
        cells << tr("… and %1 more").arg(m_reasons.size() - kReasonsShown);
    }
    if (m_reasons.empty()) {
        cells << tr("No finding that counts came or went, and no size changed by 1 % or more.");
    }
    if (!m_isComplete) {
        cells << tr("Not all layers could be read: this covers those that were.");
    }
    m_text->setText(inColumns(cells));
}

void VerdictBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_title->text().isEmpty()) {
        fill(); // its colours are written into it
    }
}

} // namespace cutaway
