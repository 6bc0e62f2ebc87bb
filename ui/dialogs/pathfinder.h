// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <string>
#include <vector>

namespace cutaway {

/// Looks for paths of an image by a part of their name, a slice at a time: the window never waits
/// for a tree of a million names.
class PathFinder : public QObject
{
    Q_OBJECT

public:
    /// More are not looked for.
    static constexpr std::size_t kMostFound = 200;

    explicit PathFinder(ImagePtr image, QObject *parent = nullptr);

    /// Forgets what was found, and looks for this: "/usr/li" finds what is in /usr and begins with
    /// "li"; all else what has it in its name, in small letters or large. Less than two letters
    /// find nothing.
    void look(const QString &question);
    bool isLooking() const { return m_timer.isActive(); }

    const std::vector<NodeId> &found() const { return m_found; }

signals:
    void foundMore(); ///< `found()` has more, or the search is over

private:
    void lookBelow(std::string_view path);
    void lookFurther();

    ImagePtr m_image;
    std::string m_part; ///< of a name, small letters
    NodeId m_next = 0;
    std::vector<NodeId> m_found;
    QTimer m_timer;
};

} // namespace cutaway
