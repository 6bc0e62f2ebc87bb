// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QList>
#include <QString>
#include <QStringList>

class QMenuBar;

namespace cutaway {

/// An entry of a menu that does something.
struct Command
{
    QAction *action = nullptr;
    QString text;     ///< without its mnemonic: "Copy link to this place"
    QStringList menu; ///< where it is: "View", "Colours"

    QString keys() const; ///< as the desktop writes them; empty = none
};

/// What the menus hold, in their order; what is in two of them where it comes first. Of what a menu
/// lists only while it is open (images opened before) as much as it holds now.
[[nodiscard]] QList<Command> commandsOf(const QMenuBar &bar);

/// How well a text answers a question: every word of it must begin a word of the text (rank 0 where
/// the first begins the text, else 1) or be somewhere in it (2). -1: it does not. Case is nothing.
[[nodiscard]] int rankOf(const QString &text, const QString &question);

} // namespace cutaway
