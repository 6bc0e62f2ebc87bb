// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/commands.h"

#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace cutaway {

namespace {

/// "&Open file…" without what marks its letter; "&&" stands for the letter itself.
QString withoutMnemonic(const QString &text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == QLatin1Char('&') && ++i == text.size()) {
            break;
        }
        plain += text[i];
    }
    return plain;
}

void collect(const QList<QAction *> &actions, const QStringList &menu, QList<Command> &commands)
{
    for (QAction *action : actions) {
        const QString text = withoutMnemonic(action->text());
        const bool isThere =
            std::ranges::find(commands, action, &Command::action) != commands.end();
        if (action->menu() != nullptr) {
            collect(action->menu()->actions(), menu + QStringList(text), commands);
        } else if (!isThere && !action->isSeparator() && action->isVisible() && !text.isEmpty()) {
            commands.append({action, text, menu});
        }
    }
}

bool beginsWord(const QString &text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

} // namespace

QString Command::keys() const
{
    return QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
}

QList<Command> commandsOf(const QMenuBar &bar)
{
    QList<Command> commands;
    collect(bar.actions(), {}, commands);
    return commands;
}

int rankOf(const QString &text, const QString &question)
{
    int rank = 0;
    bool isFirst = true;
    for (const QString &word : question.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0) {
            return -1;
        }
        rank = std::max(rank, isFirst && at > 0 ? 1 : 0);
        isFirst = false;
        while (at >= 0 && !beginsWord(text, at)) {
            at = text.indexOf(word, at + 1, Qt::CaseInsensitive);
        }
        rank = at < 0 ? 2 : rank;
    }
    return rank;
}

} // namespace cutaway
