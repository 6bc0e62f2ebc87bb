// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/grab.h"

#include "ui/mainwindow/mainwindow.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QTimer>

namespace cutaway {

namespace {

/// Panels may still be computing what they show when the image is there.
constexpr int kSettleMilliseconds = 800;

} // namespace

Grab::Grab(MainWindow &window, QString file, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_file(std::move(file))
{
    connect(&window.document(), &Document::stateChanged, this, &Grab::waitForPanels);
    waitForPanels();
}

void Grab::waitForPanels()
{
    if (!m_isWaiting && m_window.document().state() != Document::State::Loading) {
        m_isWaiting = true;
        QTimer::singleShot(kSettleMilliseconds, this, &Grab::save);
    }
}

void Grab::save()
{
    const bool isSaved = m_window.grab().save(m_file);
    const bool isFailed = m_window.document().state() == Document::State::Failed;
    QCoreApplication::exit(isSaved ? (isFailed ? 3 : 0) : 1);
}

} // namespace cutaway
