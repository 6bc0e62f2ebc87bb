// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/shortcutsdialog.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/dialogs/palettemodel.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

namespace cutaway {

namespace {

constexpr int kLettersWide = 76;
constexpr int kLinesHigh = 34;

/// With keys, and something of which is as the question says.
QList<Command> answering(const QList<Command> &commands, const QString &question)
{
    QList<Command> answers;
    for (const Command &command : commands) {
        const QString keys = command.keys();
        const QString all = command.text + QLatin1Char(' ') + command.menu.join(QLatin1Char(' '));
        const bool isMeant =
            rankOf(all, question) >= 0 || keys.contains(question, Qt::CaseInsensitive);
        if (!keys.isEmpty() && isMeant) {
            answers.append(command);
        }
    }
    return answers;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<Command> &commands, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    auto *line = new QLineEdit;
    line->setObjectName(QStringLiteral("shortcutsLine"));
    line->setAccessibleName(tr("Action or keys"));
    line->setPlaceholderText(tr("An action, or keys: Ctrl+E"));
    line->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    line->setClearButtonEnabled(true);
    auto *rows = new PaletteModel(nullptr, this);
    auto *list = new QTreeView;
    setUpView(*list, QStringLiteral("shortcutsList"));
    list->setAccessibleName(tr("Actions and their keys"));
    list->setModel(rows);
    list->setRootIsDecorated(false);
    setColumnLetters(*list, {0, 16, 22});
    auto *place = new EmptyState(list);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::kPadding);
    layout->addWidget(line);
    layout->addWidget(place);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * kLettersWide,
           fontMetrics().lineSpacing() * kLinesHigh);

    const auto ask = [rows, place, commands](const QString &question) {
        rows->setCommands(answering(commands, question.trimmed()));
        if (rows->rowCount() > 0) {
            place->showView();
        } else {
            place->showText(tr("No action is called that, and none has these keys."));
        }
    };
    connect(line, &QLineEdit::textChanged, this, ask);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    ask({});
}

} // namespace cutaway
