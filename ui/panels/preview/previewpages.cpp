// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/preview/previewpages.h"

#include "ui/code/codeview.h"
#include "ui/code/pictureview.h"
#include "ui/delegates/itemview.h"
#include "ui/jobs/previewjob.h"
#include "ui/models/previewfacts.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QDateTime>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace cutaway {

PreviewPages::PreviewPages(QWidget *parent)
    : QWidget(parent)
    , m_switch(new QWidget)
    , m_buttons(new QButtonGroup(this))
    , m_pages(new QStackedWidget)
    , m_facts(new PreviewFactsModel(this))
    , m_summary(new QTreeView)
    , m_text(new CodeView)
    , m_picture(new PictureView)
    , m_bytes(new CodeView)
{
    setUpView(*m_summary, QStringLiteral("previewSummary"));
    m_summary->setAccessibleName(tr("Summary of the file"));
    m_summary->setModel(m_facts);
    setColumnLetters(*m_summary, {34, 0, 10});
    m_text->setObjectName(QStringLiteral("previewText"));
    m_text->setAccessibleName(tr("Text of the file"));
    m_picture->setObjectName(QStringLiteral("previewPicture"));
    m_picture->setAccessibleName(tr("The picture"));
    m_bytes->setObjectName(QStringLiteral("previewBytes"));
    m_bytes->setAccessibleName(tr("Bytes of the file, in hexadecimal digits"));

    auto *buttons = new QHBoxLayout(m_switch);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(0);
    buttons->addWidget(
        addButton(Summary, "showSummary", tr("Summary"), tr("What the file says of itself")));
    buttons->addWidget(addButton(Text, "showText", tr("Text"), tr("The file as text")));
    buttons->addWidget(
        addButton(Picture, "showPicture", tr("Picture"), tr("The file as a picture")));
    buttons->addWidget(addButton(Bytes,
                                 "showBytes",
                                 tr("Bytes"),
                                 tr("The file's bytes, sixteen a line, with their offsets")));
    for (QWidget *page : std::initializer_list<QWidget *>{m_summary, m_text, m_picture, m_bytes}) {
        m_pages->addWidget(page); // in the order of Page
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int page) {
        m_wantsBytes = page == Bytes;
        setPage(static_cast<Page>(page));
    });
}

QToolButton *PreviewPages::addButton(Page page,
                                     const char *name,
                                     const QString &text,
                                     const QString &tip)
{
    auto *button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setToolTip(tip);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    m_buttons->addButton(button, page);
    return button;
}

void PreviewPages::setPage(Page page)
{
    m_pages->setCurrentIndex(page);
    setFocusProxy(m_pages->currentWidget());
    for (QAbstractButton *button : m_buttons->buttons()) {
        const bool isChosen = m_buttons->id(button) == page;
        button->setChecked(isChosen);
        button->setFont(isChosen ? theme::boldFont(font()) : font());
    }
}

PreviewPages::Page PreviewPages::page() const
{
    return static_cast<Page>(m_pages->currentIndex());
}

void PreviewPages::show(PreparedPreview &preview, bool isMore)
{
    const Preview &file = preview.preview;
    m_facts->setPreview(file, QDateTime::currentSecsSinceEpoch());
    for (int group = 0; group < m_facts->openGroups(); ++group) {
        m_summary->expand(m_facts->groupIndex(group));
    }
    m_text->setRows(std::move(preview.textRows), isMore);
    m_bytes->setRows(std::move(preview.hexRows), isMore);
    m_picture->setPicture(preview.picture);
    const std::array<bool, 4> has = {
        m_facts->rowCount() > 0, file.text.has_value(), !preview.picture.isNull(), true};
    std::optional<Page> first;
    for (int page = Summary; page <= Bytes; ++page) {
        m_buttons->button(page)->setVisible(has[static_cast<std::size_t>(page)]);
        if (has[static_cast<std::size_t>(page)] && !first) {
            first = static_cast<Page>(page);
        }
    }
    const bool keeps = isMore && has[static_cast<std::size_t>(page())];
    setPage(keeps ? page() : m_wantsBytes ? Bytes : *first);
}

void PreviewPages::clear()
{
    m_facts->clear();
    m_text->setRows({});
    m_bytes->setRows({});
    m_picture->setPicture({});
}

void PreviewPages::setCanCopy(bool can)
{
    m_text->setCanCopy(can);
    m_bytes->setCanCopy(can);
}

} // namespace cutaway
