// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTextBrowser>

namespace cutaway {

/// Shows what ui/models/explanation.h writes. Links out of our own catalogue open in the browser,
/// and only when they are clicked; those to evidence are told of.
class ExplanationView : public QTextBrowser
{
    Q_OBJECT

public:
    explicit ExplanationView(QWidget *parent = nullptr);

    /// Begins at the top, unless it is the text that is shown already.
    void showHtml(const QString &html);

signals:
    void evidenceChosen(int at);

protected:
    QVariant loadResource(int type, const QUrl &name) override;

private:
    void follow(const QUrl &link);

    QString m_html;
};

} // namespace cutaway
