// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/background.h"

#include <QFuture>
#include <QtConcurrentRun>

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

void Background::start(std::function<std::function<void()>()> work)
{
    const quint64 number = ++m_newest;
    QtConcurrent::run(&m_pool, std::move(work))
        .then(this, [this, number](const std::function<void()> &deliver) {
            if (number == m_newest) {
                m_done = number;
                deliver();
            }
        });
}

} // namespace cutaway
