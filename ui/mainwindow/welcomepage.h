// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace cutaway {

class Actions;

/// What is seen before an image is open: the ways to open one.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(const Actions &actions, QWidget *parent = nullptr);

    void setRecent(const QStringList &references);
    /// Whether an engine answers on this machine.
    void setEngine(bool isThere);

signals:
    void openRequested(const QString &reference);

private:
    QWidget *m_engine = nullptr;
    QWidget *m_recentBox = nullptr;
    QVBoxLayout *m_recent = nullptr;
};

} // namespace cutaway
