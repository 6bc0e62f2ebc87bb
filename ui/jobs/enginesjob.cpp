// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/enginesjob.h"

#include "core/registry/engine.h"

namespace cutaway {

struct EnginesJob::Stop
{
    Monitor monitor;
};

EnginesJob::EnginesJob(QObject *parent)
    : QObject(parent)
{}

EnginesJob::~EnginesJob()
{
    drop();
}

void EnginesJob::start(const EngineSearch &search)
{
    drop();
    m_stop = std::make_shared<Stop>();
    ask(m_docker, EngineKind::Docker, search);
    ask(m_podman, EngineKind::Podman, search);
}

void EnginesJob::ask(Background &background, EngineKind kind, const EngineSearch &search)
{
    background.run(
        [stop = m_stop, kind, search] { return listImages(kind, search, stop->monitor); },
        [this](const EngineListing &listing) { emit listed(listing); });
}

void EnginesJob::drop()
{
    if (m_stop) {
        m_stop->monitor.cancel();
        m_stop.reset();
    }
    m_docker.drop();
    m_podman.drop();
}

} // namespace cutaway
