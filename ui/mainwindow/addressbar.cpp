// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/addressbar.h"

#include "ui/theme/icons.h"

#include <QAction>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

namespace cutaway {

AddressBar::AddressBar(QWidget *parent)
    : QLineEdit(parent)
    , m_history(new QStringListModel(this))
{
    setObjectName(QStringLiteral("address"));
    setPlaceholderText(
        tr("Path of an image archive or directory, or a name in a registry: HOST/NAME:TAG"));
    setAccessibleName(tr("Address of the image"));
    setToolTip(tr("The image that is shown; type another and press Enter (Ctrl+L)"));
    setWhatsThis(
        tr("Type what to open: a path, the name of an image in a registry, one of skopeo's "
           "references (docker-archive: oci-archive: oci: dir: docker://), or a copied "
           "cutaway: link."));
    addAction(icon(QStringLiteral("image")), QLineEdit::LeadingPosition);

    auto *completer = new QCompleter(m_history, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCompletionMode(QCompleter::PopupCompletion);
    setCompleter(completer);
    connect(this, &QLineEdit::returnPressed, this, &AddressBar::submit);
}

void AddressBar::setReference(const QString &reference)
{
    m_reference = reference;
    if (!hasFocus() || !isModified()) {
        setText(reference);
        setCursorPosition(0);
    }
}

void AddressBar::setHistory(const QStringList &references)
{
    m_history->setStringList(references);
}

void AddressBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && text() != m_reference) {
        setText(m_reference);
        selectAll();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void AddressBar::submit()
{
    const QString wanted = text().trimmed();
    if (!wanted.isEmpty()) {
        setModified(false);
        emit openRequested(wanted);
    }
}

} // namespace cutaway
