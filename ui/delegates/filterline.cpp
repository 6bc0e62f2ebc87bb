// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/filterline.h"

#include "core/tree/filtercompletion.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStandardItemModel>

namespace cutaway {

namespace {

constexpr int kShownOffers = 12;
constexpr int kWordRole = Qt::UserRole; ///< without its explanation

int lettersOf(const QByteArray &line, std::size_t bytes)
{
    return static_cast<int>(QString::fromUtf8(line.left(static_cast<qsizetype>(bytes))).size());
}

} // namespace

FilterLine::FilterLine(QWidget *parent)
    : QLineEdit(parent)
    , m_completer(new QCompleter(this))
    , m_offers(new QStandardItemModel(this))
{
    setClearButtonEnabled(true);
    addAction(icon(QStringLiteral("search"), theme::Role::Muted), QLineEdit::LeadingPosition);
    setToolTip(tr(
        "<p>All words have to hold:</p>"
        "<table cellspacing=4>"
        "<tr><td><code>apt</code></td><td>part of a name; <code>lib/apt</code> of a path</td></tr>"
        "<tr><td><code>*.so.?</code></td><td>pattern; <code>/usr/**.py</code> over "
        "directories</td></tr>"
        "<tr><td><code>/^lib.+[0-9]$/</code></td><td>regular expression</td></tr>"
        "<tr><td><code>size&gt;10MB</code></td><td>also &lt;, &gt;=, &lt;=, =</td></tr>"
        "<tr><td><code>layer:3</code></td><td>comes from layer 3; also 1,4-6</td></tr>"
        "<tr><td><code>type:setuid</code></td><td>file, dir, symlink, hardlink, exec, writable, "
        "xattr …</td></tr>"
        "<tr><td><code>change:removed</code></td><td>added, modified, metadata, any</td></tr>"
        "<tr><td><code>owner:0</code></td><td>user id, or user:group</td></tr>"
        "<tr><td><code>mtime&lt;2024-05</code></td><td>older; also &gt;, &lt;=, &gt;=, =</td></tr>"
        "<tr><td><code>content:\"BEGIN RSA\"</code></td><td>what files hold (in the "
        "search)</td></tr>"
        "<tr><td><code>!word</code></td><td>turned round</td></tr></table>"));
    m_completer->setModel(m_offers);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(kShownOffers);
    m_completer->popup()->setAccessibleName(tr("Words to go on with"));
    connect(this, &QLineEdit::textEdited, this, &FilterLine::offer);
    connect(m_completer,
            QOverload<const QModelIndex &>::of(&QCompleter::activated),
            this,
            &FilterLine::take);
}

void FilterLine::offer()
{
    const QByteArray line = text().toUtf8();
    const auto cursor = static_cast<std::size_t>(text().left(cursorPosition()).toUtf8().size());
    const FilterCompletions found = completeFilter(
        std::string_view(line.constData(), static_cast<std::size_t>(line.size())), cursor);
    m_offers->clear();
    for (const FilterCompletion &one : found.offers) {
        const QString word = QString::fromStdString(one.text);
        auto *item = new QStandardItem(
            one.explanation.empty()
                ? word
                : QStringLiteral("%1   %2").arg(word, QString::fromStdString(one.explanation)));
        item->setData(word, kWordRole);
        m_offers->appendRow(item);
    }
    m_from = lettersOf(line, found.from);
    m_to = lettersOf(line, found.to);
    if (found.offers.empty()) {
        m_completer->popup()->hide();
    } else {
        m_completer->complete();
    }
}

void FilterLine::take(const QModelIndex &chosen)
{
    const QString word = chosen.data(kWordRole).toString();
    setText(text().left(m_from) + word + text().mid(m_to));
    setCursorPosition(m_from + static_cast<int>(word.size()));
}

/// Ctrl+Space offers without another letter.
void FilterLine::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        offer();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace cutaway
