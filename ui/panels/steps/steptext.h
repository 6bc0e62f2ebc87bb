// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>

namespace cutaway {

/// A build step's whole instruction. Values that are revealed can be looked at, but not be taken
/// along: whatever part of them is copied or dragged, it is the masked instruction that is.
class StepText : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit StepText(QWidget *parent = nullptr);

    void showMasked(const QString &text);
    void showRevealed(const QString &text, const QString &masked);

protected:
    QMimeData *createMimeDataFromSelection() const override;

private:
    QString m_masked; ///< what is copied instead; null when nothing is revealed
};

} // namespace cutaway
