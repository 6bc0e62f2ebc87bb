// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/explanationview.h"

#include "ui/theme/theme.h"

#include <QDesktopServices>
#include <QTextDocument>
#include <QUrl>

namespace cutaway {

ExplanationView::ExplanationView(QWidget *parent)
    : QTextBrowser(parent)
{
    setOpenLinks(false);
    setTabChangesFocus(true);
    document()->setDocumentMargin(theme::kPadding);
    connect(this, &QTextBrowser::anchorClicked, this, &ExplanationView::follow);
}

void ExplanationView::showHtml(const QString &html)
{
    if (html != m_html) {
        m_html = html;
        setHtml(html);
    }
}

QVariant ExplanationView::loadResource(int, const QUrl &)
{
    return {}; // nothing is fetched, whatever a text says
}

void ExplanationView::follow(const QUrl &link)
{
    if (link.scheme() == QLatin1String("evidence")) {
        emit evidenceChosen(link.path().toInt());
    } else if (link.scheme() == QLatin1String("https")) {
        QDesktopServices::openUrl(link);
    }
}

} // namespace cutaway
