// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/preview/coderows.h"

#include <QSplitter>

namespace cutaway {

class CodeView;

/// Two texts, line by line side by side, that scroll as one.
class CodePairView : public QSplitter
{
    Q_OBJECT

public:
    explicit CodePairView(QWidget *parent = nullptr);

    void setSides(SideBySide sides);
    void setNames(const QString &before, const QString &after);
    void setCanCopy(bool can);
    /// Goes to the next change (1) or the one before (-1); round at the ends.
    void step(int by);
    int changeCount() const { return static_cast<int>(m_places.size()); }
    /// Number of the change gone to last, from 0; -1 before the first step.
    int current() const { return m_current; }

private:
    void showCurrent();

    CodeView *m_before = nullptr;
    CodeView *m_after = nullptr;
    std::vector<std::uint32_t> m_places;
    int m_current = -1;
};

} // namespace cutaway
