// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/commandpalette.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/models/roles.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

constexpr int kLettersWide = 84;
constexpr int kLinesHigh = 16;

/// Those that answer the question, the best first; else in the menus' order. What cannot be done
/// now is left out.
QList<Command> answering(const QList<Command> &commands, const QString &question)
{
    std::vector<std::pair<int, const Command *>> ranked;
    for (const Command &command : commands) {
        const int own = rankOf(command.text, question);
        // "view files": the menu's name narrows, and ranks behind.
        const int withMenu =
            rankOf(command.menu.join(QLatin1Char(' ')) + QLatin1Char(' ') + command.text, question);
        const int rank = own >= 0 ? own : withMenu < 0 ? -1 : withMenu + 3;
        if (rank >= 0 && command.action->isEnabled()) {
            ranked.emplace_back(rank, &command);
        }
    }
    std::ranges::stable_sort(ranked, {}, &std::pair<int, const Command *>::first);
    QList<Command> answers;
    for (const auto &[rank, command] : ranked) {
        answers.append(*command);
    }
    return answers;
}

} // namespace

CommandPalette::CommandPalette(QList<Command> commands, const ImagePtr &image, QWidget *parent)
    : QDialog(parent)
    , m_commands(std::move(commands))
    , m_hasPaths(image != nullptr && image->tree != nullptr)
    , m_finder(image)
    , m_rows(image)
    , m_line(new QLineEdit)
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Find an action or a path"));
    m_line->setObjectName(QStringLiteral("paletteLine"));
    m_line->setAccessibleName(tr("Action or path"));
    m_line->setPlaceholderText(m_hasPaths ? tr("What to do, a file's name, or a path from /")
                                          : tr("What to do"));
    m_line->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_line->setClearButtonEnabled(true);
    m_line->installEventFilter(this);
    buildList();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    layout->setSpacing(theme::kPadding);
    layout->addWidget(m_line);
    layout->addWidget(m_place);
    resize(fontMetrics().averageCharWidth() * kLettersWide,
           fontMetrics().lineSpacing() * kLinesHigh * 3 / 2);

    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::ask);
    connect(&m_finder, &PathFinder::foundMore, this, &CommandPalette::addPaths);
    connect(m_list, &QTreeView::activated, this, &CommandPalette::choose);
    ask({});
}

void CommandPalette::buildList()
{
    m_list = new QTreeView;
    setUpView(*m_list, QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("What it may mean"));
    m_list->setModel(&m_rows);
    m_list->setRootIsDecorated(false);
    m_list->setHeaderHidden(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setFocusPolicy(Qt::NoFocus); // the line has the keys
    setColumnLetters(*m_list, {34, 0, 18});
    m_place = new EmptyState(m_list);
}

/// Keys that the list shall have although one types in the line.
bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_line || event->type() != QEvent::KeyPress) {
        return QDialog::eventFilter(watched, event);
    }
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QCoreApplication::sendEvent(m_list, event); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: choose(); return true;
    default: return false;
    }
}

void CommandPalette::ask(const QString &question)
{
    const QString wanted = question.trimmed();
    m_rows.setCommands(wanted.startsWith(QLatin1Char('/')) ? QList<Command>()
                                                           : answering(m_commands, wanted));
    m_finder.look(wanted);
    addPaths();
}

void CommandPalette::addPaths()
{
    m_rows.setPaths(m_finder.found());
    if (m_rows.rowCount() > 0) {
        m_place->showView();
        if (!m_list->currentIndex().isValid()) {
            m_list->setCurrentIndex(m_rows.index(0, 0));
        }
    } else if (m_finder.isLooking()) {
        m_place->showText(tr("Looking…"));
    } else {
        m_place->showText(m_hasPaths ? tr("No action and no path is called that.")
                                     : tr("No action is called that."));
    }
}

void CommandPalette::choose()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid()) {
        return;
    }
    QAction *action = m_rows.action(index.row());
    const QByteArray path = index.data(role::Path).toByteArray();
    accept();
    if (action != nullptr) {
        // When this window is gone and the focus is back where it was.
        QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
    } else {
        emit pathChosen(path);
    }
}

} // namespace cutaway
