// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/steps/steptext.h"

#include <QMimeData>

namespace cutaway {

StepText::StepText(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false); // else what was revealed stays behind
}

void StepText::showMasked(const QString &text)
{
    m_masked = QString();
    setPlainText(text);
}

void StepText::showRevealed(const QString &text, const QString &masked)
{
    m_masked = masked;
    setPlainText(text);
}

QMimeData *StepText::createMimeDataFromSelection() const
{
    if (m_masked.isNull()) {
        return QPlainTextEdit::createMimeDataFromSelection();
    }
    auto *mime = new QMimeData; // the caller's
    mime->setText(m_masked);
    return mime;
}

} // namespace cutaway
