// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace cutaway {

/// Where one is in a tree: a button for each directory on the way, and one that leads up.
class Breadcrumbs : public QWidget
{
    Q_OBJECT

public:
    explicit Breadcrumbs(QWidget *parent = nullptr);

    /// Absolute, raw bytes.
    void setPath(const QByteArray &path);

signals:
    void pathChosen(const QByteArray &path);
    void upChosen();

private:
    void addStep(const QString &text, const QByteArray &path, bool isLast);

    QHBoxLayout *m_steps = nullptr;
    QToolButton *m_up = nullptr;
    QByteArray m_path;
};

} // namespace cutaway
