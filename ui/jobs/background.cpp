// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/background.h"

#include <QMetaObject>

#include <utility>

namespace cutaway {

Background::Background(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

Background::~Background()
{
    m_pool.clear();
    m_pool.waitForDone();
}

/// Always through the event loop, also when the work is done before this returns: who starts it is
/// told later, or can still let go of it.
void Background::start(std::function<std::function<void()>()> work)
{
    const quint64 number = ++m_newest;
    m_pool.start([this, number, work = std::move(work)] {
        const auto deliver = [this, number, tell = work()] {
            if (number == m_newest) {
                m_done = number;
                tell();
            }
        };
        QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
    });
}

} // namespace cutaway
