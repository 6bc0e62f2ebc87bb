// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

namespace cutaway {

class MainWindow;

/// `--grab FILE`: waits until the window's image is read (or refused), saves a picture of the
/// window, and quits: 0 when the picture was written, 3 when the image could not be opened (the
/// picture then shows why), 1 when it could not be written.
class Grab : public QObject
{
    Q_OBJECT

public:
    Grab(MainWindow &window, QString file, QObject *parent = nullptr);

private:
    void waitForPanels();
    void save();

    MainWindow &m_window;
    QString m_file;
    bool m_isWaiting = false;
};

} // namespace cutaway
