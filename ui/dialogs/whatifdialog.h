// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/whatif.h"
#include "core/audit/inspection.h"
#include "ui/jobs/background.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace cutaway {

/// What the image would weigh if some layers were built in one step and some paths left out, and
/// how a Dockerfile would say it. Changes nothing.
class WhatIfDialog : public QDialog
{
    Q_OBJECT

public:
    /// `path` (raw bytes) is offered besides those that rules name; it may be empty.
    WhatIfDialog(InspectionPtr inspection, const QByteArray &path, QWidget *parent = nullptr);

    /// What is chosen.
    WhatIf question() const;

private:
    QWidget *buildLayers();
    QWidget *buildPaths(const QByteArray &path);
    QWidget *buildAnswer();
    void addLayer(LayerIndex layer, const QString &step);
    void addPath(NodeId node, quint64 bytes, const QString &why);
    void suggest();
    void ask();
    void tell(const WhatIf &question, const WhatIfNumbers &numbers);

    InspectionPtr m_inspection;
    Background m_background;
    QTreeWidget *m_layers = nullptr;
    QTreeWidget *m_paths = nullptr;
    QLabel *m_sum = nullptr;
    QLabel *m_details = nullptr;
    QPlainTextEdit *m_how = nullptr;
    QPushButton *m_copy = nullptr;
};

} // namespace cutaway
