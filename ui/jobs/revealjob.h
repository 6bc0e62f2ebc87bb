// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/document/document.h"
#include "ui/jobs/background.h"

#include <QObject>

#include <memory>

namespace cutaway {

/// Reads what a fact of the audit is about, at the moment it is asked for and for as long as it is
/// wanted: the beginning of a file out of its layer, a setting, a build step. Nothing is kept.
class RevealJob : public QObject
{
    Q_OBJECT

public:
    explicit RevealJob(Document &document, QObject *parent = nullptr);
    ~RevealJob() override;

    /// Whether there is anything to be shown of it.
    bool canReveal(const Evidence &evidence) const;
    void start(const Evidence &evidence);
    /// What is still being read is not wanted any more.
    void drop();

signals:
    void revealed(const QByteArray &bytes); ///< raw, at most kRevealedBytes
    void failed(const QString &why);

private:
    struct Stop;

    Document &m_document;
    std::shared_ptr<Stop> m_stop;
    Background m_background;
};

} // namespace cutaway
