// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"

#include <QWidget>

class QLabel;
class QTreeView;

namespace cutaway {

class FactForm;
class PackageFilesModel;

/// All that is known of one package, and its files.
class PackageDetails : public QWidget
{
    Q_OBJECT

public:
    explicit PackageDetails(QWidget *parent = nullptr);

    /// `package` is one of the inspection's, or null.
    void showPackage(const InspectionPtr &inspection, const Package *package);
    /// Marks the file of that path, where it is one of the package's.
    void followPath(const QByteArray &path);
    bool hasFiles() const;
    /// Goes to the biggest file; false where none is known.
    bool chooseFirst();

signals:
    void fileChosen(const QByteArray &path, int layer);

private:
    void showFacts(const Inspection &inspection, const Package &package);

    PackageFilesModel *m_model = nullptr;
    QLabel *m_title = nullptr;
    FactForm *m_facts = nullptr;
    QTreeView *m_view = nullptr;
    bool m_isFollowing = false;
};

} // namespace cutaway
