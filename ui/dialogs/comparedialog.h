// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "ui/jobs/inspectjob.h"

#include <QDialog>
#include <QStringList>

#include <vector>

class QComboBox;
class QPushButton;

namespace cutaway {

/// Asks for the image to hold against the open one: a reference, a file or a directory; or another
/// platform of the same index.
class CompareDialog : public QDialog
{
    Q_OBJECT

public:
    CompareDialog(const Image &image,
                  const QString &reference,
                  const QStringList &recent,
                  QWidget *parent = nullptr);

    /// What was chosen.
    OpenRequest request() const;

private:
    QLayout *buildReference(const QStringList &recent);
    void fillPlatforms(const Image &image);
    void choosePlatform(int index);
    void browse(bool wantsDirectory);

    QString m_own;
    std::vector<Platform> m_platforms;
    QComboBox *m_reference = nullptr;
    QComboBox *m_platform = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace cutaway
