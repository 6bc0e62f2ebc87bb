// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/compare/comparison.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace cutaway {

/// Whether the second image is better or worse, and what speaks for either.
class VerdictBox : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictBox(QWidget *parent = nullptr);

    void show(const Comparison &comparison);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();

    Comparison::Verdict m_verdict = Comparison::Verdict::Same;
    std::vector<VerdictReason> m_reasons;
    bool m_isComplete = true;
    QLabel *m_sign = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_text = nullptr;
};

} // namespace cutaway
