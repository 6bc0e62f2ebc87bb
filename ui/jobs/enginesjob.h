// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/enginesocket.h"
#include "ui/jobs/background.h"

#include <QObject>

#include <memory>

namespace cutaway {

/// Asks Docker and Podman for their images, both at once: one that hangs keeps nobody from the
/// other's.
class EnginesJob : public QObject
{
    Q_OBJECT

public:
    explicit EnginesJob(QObject *parent = nullptr);
    ~EnginesJob() override;

    /// What an earlier start would still have said is dropped.
    void start(const EngineSearch &search);
    void drop();
    bool isBusy() const { return m_docker.isBusy() || m_podman.isBusy(); }

signals:
    void listed(const cutaway::EngineListing &listing);

private:
    struct Stop;
    void ask(Background &background, EngineKind kind, const EngineSearch &search);

    std::shared_ptr<Stop> m_stop;
    Background m_docker;
    Background m_podman;
};

} // namespace cutaway
