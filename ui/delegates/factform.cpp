// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/factform.h"

#include "ui/theme/theme.h"

#include <QFormLayout>
#include <QLabel>

namespace cutaway {

FactForm::FactForm(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(theme::kGroup);
    m_form->setVerticalSpacing(theme::kGrid / 2);
    m_form->setLabelAlignment(Qt::AlignLeft);
}

void FactForm::clear()
{
    while (m_form->rowCount() > 0) {
        m_form->removeRow(0);
    }
}

void FactForm::add(const QString &name, const QString &value, bool isFixed)
{
    auto *title = new QLabel(name);
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, theme::color(theme::Role::Muted, palette()));
    title->setPalette(quiet);
    title->setFont(theme::smallFont(font()));
    auto *text = new QLabel;
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setFont(isFixed ? theme::fixedFont(font()) : font());
    text->setText(value);
    title->setBuddy(text);
    m_form->addRow(title, text);
}

void FactForm::addIfAny(const QString &name, const QString &value, bool isFixed)
{
    if (!value.isEmpty()) {
        add(name, value, isFixed);
    }
}

QString breakable(QString path)
{
    return path.replace(QLatin1Char('/'), QStringLiteral("/\u200b"));
}

} // namespace cutaway
