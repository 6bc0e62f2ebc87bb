// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/search/searchmenu.h"

#include "ui/models/text.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"

#include <QMenu>

namespace cutaway {

namespace {

struct ReadySearch
{
    const char *title;
    const char *filter;
    std::optional<HitGrouping> grouping = std::nullopt;
    bool isBySize = false;
};

#define TEXT(text) QT_TRANSLATE_NOOP("cutaway::SearchMenu", text)

constexpr ReadySearch kReady[] = {
    {TEXT("Largest files"), "type:file !change:removed", std::nullopt, true},
    {TEXT("The same content several times"), "type:file", HitGrouping::Content},
    {TEXT("Size by extension"), "type:file", HitGrouping::Extension},
    {TEXT("Size by directory"), "type:file", HitGrouping::Directory},
    {TEXT("Size by layer"), "type:file", HitGrouping::Layer},
    {TEXT("Shipped, then removed"), "change:removed type:file", std::nullopt, true},
    {TEXT("Programs that run as their owner"), "type:setuid,setgid"},
    {TEXT("Files that everybody may write"), "type:writable !type:symlink"},
    {TEXT("Private keys"), "content:\"PRIVATE KEY-----\" size<1MB"},
};

#undef TEXT

QString menuText(const QString &filter)
{
    return shown(filter.toStdString()).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

SearchMenu::SearchMenu(QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(QStringLiteral("searchMenu"));
    setText(tr("Searches"));
    setToolTip(tr("Searches that many ask for, and those that you kept"));
    setIcon(cutaway::icon(QStringLiteral("recent")));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setMenu(new QMenu(this));
    menu()->setToolTipsVisible(true);
    connect(menu(), &QMenu::aboutToShow, this, &SearchMenu::fill);
    fill();
}

void SearchMenu::setCurrent(const QString &filter)
{
    m_current = filter;
}

void SearchMenu::fill()
{
    menu()->clear();
    addReady();
    addKept();
    menu()->addSeparator();
    const bool isKept = settings::searches().contains(m_current);
    QAction *keep = menu()->addAction(isKept ? tr("&Forget this search") : tr("&Keep this search"));
    keep->setEnabled(!m_current.isEmpty());
    keep->setToolTip(isKept ? tr("Take it off this list") : tr("Have it in this list from now on"));
    connect(keep, &QAction::triggered, this, [this, isKept] {
        isKept ? settings::removeSearch(m_current) : settings::addSearch(m_current);
    });
}

void SearchMenu::addReady()
{
    for (const ReadySearch &ready : kReady) {
        QAction *action = menu()->addAction(tr(ready.title));
        const SavedSearch search{QString::fromLatin1(ready.filter), ready.grouping, ready.isBySize};
        action->setToolTip(plainToolTip(search.filter));
        connect(action, &QAction::triggered, this, [this, search] { emit chosen(search); });
    }
}

void SearchMenu::addKept()
{
    const QStringList kept = settings::searches();
    if (!kept.isEmpty()) {
        menu()->addSection(tr("Kept"));
    }
    for (const QString &filter : kept) {
        QAction *action = menu()->addAction(menuText(filter));
        connect(action, &QAction::triggered, this, [this, filter] {
            emit chosen(SavedSearch{filter});
        });
    }
}

} // namespace cutaway
