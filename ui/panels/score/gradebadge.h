// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/score.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cutaway {

/// The colour that goes with a grade; the letter says the same.
theme::Role gradeRole(const Score &score);

/// The grade as one large letter in a frame.
class GradeBadge : public QWidget
{
    Q_OBJECT

public:
    explicit GradeBadge(QWidget *parent = nullptr);

    void setScore(const Score &score);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont letterFont() const;

    QString m_letter;
    theme::Role m_role = theme::Role::Muted;
};

} // namespace cutaway
